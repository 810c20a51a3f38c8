"""Repeated property paths written out: what changes, what stays, and that the answer is the same."""

from __future__ import annotations

import pytest

from hpkg.store.embedded import EmbeddedStore
from hpkg.store.paths import unrolled

DATA = (
    b"<urn:a> <urn:in> <urn:b> . <urn:b> <urn:in> <urn:c> . <urn:x> <urn:at> <urn:a> . "
    b"<urn:y> <urn:at> <urn:c> . <urn:c> <urn:over> <urn:b> ."
)


@pytest.mark.parametrize(
    "path",
    [
        "<urn:in>+",
        "<urn:at>/<urn:in>*",
        "(<urn:at>|^<urn:over>)/<urn:in>*",
        "^<urn:in>+",
        "^(<urn:at>/<urn:in>)+",
        "<urn:at>/(<urn:in>|^<urn:over>)?/<urn:in>+",
        "<urn:at>/((<urn:in>)*)",
    ],
)
def test_a_path_written_out_finds_the_same(path: str) -> None:
    """Over data without cycles the pairs of a repeated path are those of its ways."""
    store = EmbeddedStore({"urn:g": DATA})
    query = f"SELECT DISTINCT ?s ?o {{ ?s {path} ?o }} ORDER BY ?s ?o"
    told = unrolled(query, lambda _path: 3)
    assert "*" not in told
    assert "+" not in told
    assert store.select(query).rows
    assert store.select(told).rows == store.select(query).rows


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (MIN(?a * 1000 + ?b) AS ?c) { FILTER((?a + ?b) * 2 > 3 && ?a*?b > 1+2) }",
        "SELECT * { ?s <urn:in>* ?o }",
        'ASK { ?s <urn:p> "a/b*" } # <urn:in>+',
    ],
)
def test_what_is_no_path_with_a_step_stays(query: str) -> None:
    """Products, sums, text, and paths that may have no step are left as they are."""
    assert unrolled(query, lambda _path: 2) == query


def test_a_path_without_end_stays() -> None:
    """Where things go round in a circle, no length is enough."""
    query = "SELECT * { ?s <urn:at>/<urn:in>* ?o ; <urn:of>+ ?p }"
    told = unrolled(query, lambda path: None if path == "<urn:in>" else 2)
    assert told == "SELECT * { ?s <urn:at>/<urn:in>* ?o ; <urn:of>|<urn:of>/<urn:of> ?p }"


def test_a_path_that_leads_nowhere_stays() -> None:
    """Of a property that nothing has there is no way to write out."""
    query = "ASK { ?s <urn:in>+ ?o }"
    assert unrolled(query, lambda _path: 0) == query
