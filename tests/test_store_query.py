"""Parameters as terms: whatever the value, it stays one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import XSD, BNode, Literal, URIRef

from hpkg.errors import CallerError
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.query import bind, parameters, projection, written

if TYPE_CHECKING:
    from rdflib.term import Node

ECHO = "SELECT ?value { VALUES ?value { UNDEF } }"
INJECTIONS = [
    '"} SELECT * { ?s ?p ?o } #',
    '" } UNION { ?s ?p ?o',
    "\\",
    '\\"',
    '"""',
    "'''",
    "\n} # \r",
    "UNDEF",
    "?s",
    "<urn:x>",
    '"@vi',
    '"^^<urn:x>',
    "\\u0022",
    "Thủy Nguyên",
    "\U0001f600\u0000x",
]


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """A store with one triple that no echo may find."""
    return EmbeddedStore({"urn:g": b"<urn:secret> <urn:p> 1 ."})


@pytest.mark.parametrize("value", INJECTIONS)
@pytest.mark.parametrize("tag", [{}, {"lang": "vi"}, {"datatype": URIRef("urn:type")}])
def test_a_hostile_text_comes_back_as_the_value_it_is(store: EmbeddedStore, value: str, tag: dict[str, str]) -> None:
    """Quotes, brackets, escapes and keywords in a value are characters, never syntax."""
    term = Literal(value, **tag)  # type: ignore[arg-type]
    assert store.select(ECHO, {"value": term}).rows == ((term,),)


@given(st.text())
def test_every_text_makes_the_round_trip(value: str) -> None:
    """Any text at all comes back from the engine as it was given."""
    assert EmbeddedStore({"urn:g": b""}).select(ECHO, {"value": Literal(value)}).rows == ((Literal(value),),)


@pytest.mark.parametrize("iri", ["urn:a> . ?s ?p ?o . <urn:b", "urn:a b", "urn:{x}", 'urn:"x"', "urn:a\\u003E", "a\nb"])
def test_an_iri_with_characters_that_no_iri_has_is_refused(iri: str) -> None:
    """An IRI cannot be escaped into safety, so one that could end itself is not bound at all."""
    with pytest.raises(CallerError) as refused:
        written(URIRef(iri))
    assert refused.value.code == "value-not-bindable"


@pytest.mark.parametrize("term", [BNode("b"), Literal("x", datatype=URIRef("urn:a>b"))])
def test_only_iris_and_literals_can_be_bound(term: Node) -> None:
    """A blank node is a variable in a query, so it is no value."""
    with pytest.raises(CallerError):
        written(term)


def test_a_number_keeps_its_type(store: EmbeddedStore) -> None:
    """A typed value is compared as what it is."""
    year = Literal(2021, datatype=XSD.integer)
    assert store.select("SELECT (?value + 1 AS ?next) { VALUES ?value { UNDEF } }", {"value": year}).rows == (
        (Literal(2022),),
    )


def test_every_block_that_names_a_parameter_is_filled() -> None:
    """A parameter may be needed in several groups; terms of other variables stay."""
    query = 'SELECT * { VALUES (?a ?b) { (UNDEF "vi"@vi) } { VALUES ?a { UNDEF } } UNION { VALUES ?b { 1 } } }'
    bound = bind(query, {"a": URIRef("urn:x")})
    assert (
        bound == 'SELECT * { VALUES (?a ?b) { (<urn:x> "vi"@vi) } { VALUES ?a { <urn:x> } } UNION { VALUES ?b { 1 } } }'
    )


def test_a_block_of_several_rows_is_data_and_no_parameter() -> None:
    """Only a block of exactly one row takes a value."""
    assert parameters("SELECT * { VALUES (?a) { (1) (2) } VALUES ?b { 1 2 } VALUES ?c { <urn:x>} }") == {"c"}


def test_words_inside_strings_make_no_block() -> None:
    """`VALUES` in a string or a comment is text."""
    assert parameters("SELECT * { ?s ?p 'VALUES ?a { 1 }' } # VALUES ?b { 1 }") == frozenset()


def test_a_binding_without_a_block_is_refused() -> None:
    """A value that the query would ignore is an error, not silence."""
    with pytest.raises(CallerError) as refused:
        bind("SELECT * { VALUES ?a { UNDEF } }", {"b": Literal(1)})
    assert refused.value.code == "parameter-without-block"


def test_the_projection_is_read_in_order() -> None:
    """The columns of an answer are those of SELECT, also renamed and computed ones."""
    assert projection("SELECT ?a (COUNT(DISTINCT ?b) AS ?n) (?c AS ?d)\nFROM <urn:g> WHERE { ?a ?b ?c }") == (
        "a",
        "n",
        "d",
    )
