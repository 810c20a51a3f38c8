"""Shapes of queries, and the most steps that a lookup of a shape can take."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpkg.store.embedded import EmbeddedStore
from hpkg.store.shape import Sizes, most_steps, shaped, sizes

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
