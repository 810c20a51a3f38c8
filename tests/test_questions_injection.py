"""A value is data: whatever its characters, it changes no query and gains no rows, in any parameter of any module."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from hpkg.errors import CallerError
from hpkg.home import Home
from hpkg.questions import all_questions, ask, choices
from hpkg.questions.parameter import resolve
from hpkg.questions.question import Bilingual, Column, Empty, Golden, Parameter, Question
from hpkg.store.query import bind, parameters
from hpkg.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rdflib.term import Node

    from hpkg.store.embedded import EmbeddedStore

ROOT = Path(__file__).parent.parent
QUESTIONS = all_questions(Home(ROOT))
SLOTS = [(question, name) for question in QUESTIONS for name in sorted(parameters(question.sparql))]
GIVEN = [
    (question, [slot for one, slot in SLOTS if one is question and slot in names])
    for question in QUESTIONS
    if (names := {p.name for p in question.parameters})
]
HARMLESS = Literal("harmless")
HOSTILE = (
    '"',
    "'",
    '"""',
    "'''",
    '\\"',
    "\\",
    "\\\\",
    "}",
    "{",
    "} UNION { ?s ?p ?o }",
    '" } ?s ?p ?o { "',
    '"@vi } ?s ?p ?o . VALUES ?x { "',
    '"^^<urn:x> } { ?s ?p ?o } #',
    "> } ?s ?p ?o { <",
    "<urn:x> } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o",
    '" } SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } VALUES ?y { "',
    "# a comment",
    "x # } ?s ?p ?o",
    "a\nb",
    "a\r\nb",
    'a\n" } ?s ?p ?o { "',
    "\t\x08\x0c",
    "\\u0022 } ?s ?p ?o { \\u0022",
    "\\U00000022",
    "\u2028\u2029\u0085",
    "\ufeff\u200b\u202e",
    "); DROP ALL; (",
    "'; DELETE WHERE { ?s ?p ?o } ; SELECT * { ?s ?p '",
    "UNDEF",
    "?s",
    "hp:Task",
    "%22%7D",
    "a" * 10_000,
)
ALL_AT_ONCE = " ".join(HOSTILE[:-1])


def named(value: object) -> str | None:
    """Return how a test of a question is called."""
    return value.name if isinstance(value, Question) else None


def shape(query: str) -> list[tuple[str, str]]:
    """Return the tokens of a query: what they are, and their characters."""
    return [(token.kind, token.text) for token in tokens(query)]


def algebra(query: str, values: Mapping[Literal, str]) -> object:
    """Return the algebra that rdflib parses out of a query as nested tuples, with marks in the place of `values`."""

    def told(node: object) -> object:
        if isinstance(node, Literal) and node in values:
            return values[node]
        if isinstance(node, dict):
            name = node.name if isinstance(node, CompValue) else ""
            return (name, tuple((key, told(node[key])) for key in sorted(node)))
        if isinstance(node, list | tuple):
            return tuple(told(one) for one in node)
        if isinstance(node, set | frozenset):
            return frozenset(told(one) for one in node)
        return repr(node)

    return told(prepareQuery(query).algebra)


def bound_or_refused(question: Question, name: str, term: URIRef) -> str:
    """Return the query with `term` in it, or the code of the error that refuses it."""
    try:
        return bind(question.sparql, {name: term})
    except CallerError as refused:
        return refused.code


def meant_or_refused(store: EmbeddedStore, parameter: Parameter, value: str) -> Node | str:
    """Return the term that `value` means, or the code of the error that refuses it."""
    try:
        return resolve(store, parameter, value)
    except CallerError as refused:
        return refused.code


@pytest.mark.parametrize(("question", "name"), SLOTS, ids=named)
def test_a_value_is_one_token_of_the_query(question: Question, name: str) -> None:
    """Every hostile text, as a literal, takes the place of the harmless one and changes no other token."""
    plain = shape(bind(question.sparql, {name: HARMLESS}))
    places = [place for place, token in enumerate(plain) if token == ("string", '"harmless"')]
    assert places
    for value in HOSTILE:
        bound = shape(bind(question.sparql, {name: Literal(value)}))
        assert len(bound) == len(plain)
        assert [place for place, pair in enumerate(zip(bound, plain, strict=True)) if pair[0] != pair[1]] == places
        assert {bound[place][0] for place in places} == {"string"}


@pytest.mark.parametrize(("question", "name"), SLOTS, ids=named)
def test_an_iri_is_one_token_or_refused(question: Question, name: str) -> None:
    """A hostile text as an IRI is refused where it is none, and else is one token."""
    plain = shape(bind(question.sparql, {name: URIRef("urn:harmless")}))
    for value in HOSTILE:
        query = bound_or_refused(question, name, URIRef(value))
        if query == "value-not-bindable":
            continue
        bound = shape(query)
        assert len(bound) == len(plain)
        assert {new[0] for new, old in zip(bound, plain, strict=True) if new != old} == {"iri"}


@pytest.mark.parametrize(("question", "names"), GIVEN, ids=named)
def test_another_parser_sees_the_same_query(question: Question, names: Sequence[str]) -> None:
    """The algebra that rdflib parses is the same with all the hostile texts in each value and with harmless ones."""
    hostile = {name: Literal(f"{name} {ALL_AT_ONCE}") for name in names}
    harmless = {name: Literal(f"{name} harmless") for name in names}
    found, plain = (
        algebra(bind(question.sparql, given), {value: f"<{name}>" for name, value in given.items()})
        for given in (hostile, harmless)
    )
    assert found == plain
    assert all(f"<{name}>" in str(found) for name in names)


@pytest.mark.parametrize(("question", "name"), SLOTS, ids=named)
def test_no_value_gains_rows(question: Question, name: str, sample_store: EmbeddedStore) -> None:
    """The engine finds for a hostile text what it finds for one that means nothing."""
    rows = len(sample_store.select(question.sparql, {name: HARMLESS}))
    for value in (ALL_AT_ONCE, '" } ?s ?p ?o { "', "> } ?s ?p ?o { <"):
        assert len(sample_store.select(question.sparql, {name: Literal(value)})) == rows


TYPES = {parameter.type: parameter for question in QUESTIONS for parameter in question.parameters}


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_caller_reaches_only_values_that_there_are(kind: str, sample_store: EmbeddedStore) -> None:
    """A hostile text is no value of any vocabulary: it is refused, or is itself the text that is looked for."""
    parameter = TYPES[kind]
    allowed = {choice.term for choice in choices(sample_store, parameter)}
    for value in HOSTILE:
        meant = meant_or_refused(sample_store, parameter, value)
        assert meant in allowed or meant == Literal(value) or str(meant).startswith("parameter-")


def test_a_text_of_any_characters_is_looked_for_as_it_is(sample_store: EmbeddedStore) -> None:
    """A module that takes free text gets it letter by letter, and only what equals it is found."""
    query = (
        "SELECT ?text WHERE { VALUES ?text { UNDEF } VALUES ?known { "
        + " ".join(Literal(value).n3() for value in HOSTILE if value.isprintable() or "\n" in value)
        + " } FILTER(STR(?known) = ?text) }"
    )
    label = Bilingual("x", "x")
    question = Question(
        name="echo",
        subject="x",
        path=ROOT,
        title=label,
        question=label,
        description=label,
        keywords_vi=(),
        keywords_en=(),
        parameters=(Parameter("text", "string", label, required=True, default=None, example="x"),),
        columns=(Column("text", "text", label),),
        empty=Empty(not_stated=False, says=label),
        omissions=(),
        golden=Golden("", ()),
        sparql=query,
    )
    for value in HOSTILE:
        if value.isprintable():
            assert [row["text"] for row in ask(sample_store, question, {"text": value})] == [value]
    assert len(ask(sample_store, question, {"text": "harmless"})) == 0
