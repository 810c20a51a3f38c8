"""Shapes of queries, and the most steps that a lookup of a shape can take."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpkg.store.answering import write_answer, write_whole
from hpkg.store.embedded import EmbeddedStore, planned
from hpkg.store.lookup import TooLongError
from hpkg.store.shape import Sizes, most_steps, quickest, shaped, sizes

TERMS = [f"<http://a.org/{name}>" for name in "abcd"]
PROPERTIES = [f"<http://a.org/p#{name}>" for name in "pq"]
VARIABLES = ["?x", "?y", "?z"]
TRIPLES = st.sets(st.tuples(st.sampled_from(TERMS), st.sampled_from(PROPERTIES), st.sampled_from(TERMS)), max_size=20)
ENDS = st.sampled_from(TERMS + VARIABLES)
PATTERNS = st.lists(
    st.tuples(
        st.sampled_from(TERMS + VARIABLES), st.sampled_from([*PROPERTIES, "?p"]), st.sampled_from(TERMS + VARIABLES)
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(triples=TRIPLES, patterns=PATTERNS)
def test_no_lookup_finds_more_than_its_bound(
    triples: set[tuple[str, str, str]], patterns: list[tuple[str, str, str]]
) -> None:
    """Whatever the graph and whatever the constants: a lookup has at most as many solutions as it may take steps."""
    store = EmbeddedStore({"urn:g": "".join(f"{' '.join(one)} .\n" for one in triples).encode()})
    known = sizes(store)
    group = " . ".join(map(" ".join, patterns))
    most = most_steps(f"ASK {{ {group} }}", known)
    assert most is not None
    found = store.select(f"SELECT (COUNT(*) AS ?n) {{ {group} }}").rows[0][0]
    assert int(str(found)) <= most
    shape = shaped(f"ASK {{ {group} }}", known.words)
    assert shape is not None
    for other in TERMS:  # a query of the same shape with other constants has the same bound
        said = shape.key
        for _ in shape.constants:
            said = said.replace("\0", other, 1)
        again = shaped(said, known.words)
        assert again is not None
        assert again.key == shape.key
        assert most_steps(said, known) == most


LITERALS = ['"a"', '"b, \\"c\\"\\n"@vi', "1", "1.50", '"x"^^<http://a.org/t>', "_:b"]
SAID = ["<http://a.org/x/../a>", '"a"', "'a'", '"""a"""', '"a"@vi', "01", r'"\u0061"', "<http://a.org/p#p>", "_:c"]


@settings(max_examples=200, deadline=None)
@given(
    triples=st.sets(
        st.tuples(st.sampled_from(TERMS), st.sampled_from(PROPERTIES), st.sampled_from(TERMS + LITERALS)), max_size=20
    ),
    patterns=st.lists(
        st.tuples(
            st.sampled_from([*TERMS, *VARIABLES, SAID[0]]),
            st.sampled_from([*PROPERTIES, "?p", "?x"]),
            st.sampled_from(TERMS + VARIABLES + SAID),
        ),
        min_size=1,
        max_size=3,
    ),
    head=st.sampled_from(["ASK", "ASK WHERE", "SELECT ?x", "SELECT ?y ?x WHERE", "SELECT DISTINCT ?x"]),
    name=st.sampled_from(["json", "xml", "csv", "tsv"]),
)
def test_a_walk_finds_what_the_engine_finds(
    triples: set[tuple[str, str, str]], patterns: list[tuple[str, str, str]], head: str, name: str
) -> None:
    """Byte for byte, whatever the graph, the lookup and the format; where it cannot, it leaves the lookup alone."""
    store = EmbeddedStore({"urn:g": "".join(f"{' '.join(one)} .\n" for one in triples).encode()})
    known = sizes(store)
    query = f"{head} {{ {' . '.join(map(' '.join, patterns))} }}"
    shape = shaped(query, known.words)
    if shape is None:
        return
    limits = {"max_rows": 100_000, "max_bytes": 1 << 20}
    plan = planned(shape.key, partial(quickest, known=known))
    wanted = write_answer(store, query, None, results=name, graph=None, **limits).body
    assert write_whole(store, shape, replace(plan, walk=None), name, **limits) == wanted
    assert write_whole(store, shape, plan, name, **limits) == wanted


def test_plain_lookups_are_walks() -> None:
    """An ASK of a few triples and a SELECT of one; no SELECT of more, whose rows the engine orders."""

    def is_walk(query: str) -> bool:
        shape = shaped(query, ())
        assert shape is not None
        return planned(shape.key, lambda triples: range(len(triples))).walk is not None

    assert is_walk("ASK { ?a a hp:Task ; <http://a.org/p#p> 'x' . ?b ?p ?a }")
    assert is_walk("SELECT ?a ?b WHERE { ?a <http://a.org/p#p> ?b }")
    assert not is_walk("SELECT ?a { ?a <http://a.org/p#p> ?b . ?b ?p ?c }")
    assert not is_walk("SELECT ?c { ?a <http://a.org/p#p> ?b }")
    assert not is_walk("ASK { ?a <http://a.org/p#p> ?b FILTER(?b) }")


def test_a_walk_that_is_long_is_given_up() -> None:
    """A lookup that would look at more triples than a few hundred is the engine's."""
    store = EmbeddedStore(
        {"urn:g": "".join(f"<http://a.org/a> <http://a.org/p#p> {n} .\n" for n in range(900)).encode()}
    )
    shape = shaped("ASK { ?x <http://a.org/p#p> ?y . ?y <http://a.org/p#p> ?x }", ())
    assert shape is not None
    plan = planned(shape.key, lambda triples: range(len(triples)))
    with pytest.raises(TooLongError):
        write_whole(store, shape, plan, "json", max_rows=10, max_bytes=1000)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?a <http://a.org/p#p>* ?b }",
        "ASK { ?a <http://a.org/p#p>/<http://a.org/p#q> ?b }",
        "ASK { ?a ?p ?b FILTER(REGEX(?b, 'x')) }",
        "ASK { ?a ?p ?b OPTIONAL { ?b ?q ?c } }",
        "ASK { { ?a ?p ?b } UNION { ?b ?p ?a } }",
        "ASK { GRAPH ?g { ?a ?p ?b } }",
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?b }",
        "SELECT ?a { ?a ?p ?b } ORDER BY ?a",
        "SELECT ?a { ?a ?p ?b } LIMIT 1 VALUES ?a { <http://a.org/a> }",
        "CONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b }",
        "ASK { ?a ?p ?b . ?c ?p ?d . ?e ?p ?f . ?g ?p ?h . ?i ?p ?j . ?k ?p ?l }",
        "ASK { ?a ?p [ ?q ?b ] }",
        "ASK {}",
    ],
)
def test_the_cost_of_other_queries_is_not_known(query: str) -> None:
    """What is no lookup of a few triples has no bound."""
    assert most_steps(query, Sizes({"*": 1}, {"*": 1}, {"*": 1})) is None


@pytest.mark.parametrize("query", ["ASK { FILTER(?a<?b#c>) }", "ASK { ?a <def#p> ?b }", "ASK { ?a ?p ?b }\0"])
def test_what_can_be_read_in_two_ways_has_no_shape(query: str) -> None:
    """A `<` that may be less-than, and the mark itself, leave no doubt by leaving the query out."""
    assert shaped(query, ()) is None


def test_comments_and_constants_make_no_other_shape() -> None:
    """Strings, IRIs of things and comments are left out; properties, classes and everything else are not."""
    words = {"http://a.org/p", "http://a.org/C"}
    one = shaped('ASK { <http://a.org/x#1> <http://a.org/p> "a # b"@vi } # <http://a.org/y>', words)
    other = shaped("ASK { <http://a.org/z#2> <http://a.org/p> '''c\n'''@vi } ", words)
    assert one is not None
    assert other is not None
    assert one.key == other.key
    assert one.constants == ("<http://a.org/x#1>", '"a # b"')
    assert one.text == 'ASK { <http://a.org/x#1> <http://a.org/p> "a # b"@vi }'
    for different in (
        'ASK { <http://a.org/x#1> <http://a.org/C> "a"@vi } ',
        'ASK { <http://a.org/x#1> <http://a.org/p> "a"@en } ',
    ):
        found = shaped(different, words)
        assert found is not None
        assert found.key != one.key
