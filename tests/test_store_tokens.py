"""The tokens of SPARQL: what is a word, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpkg.store.tokens import readings, tokens

PIECES = st.sampled_from(
    [*"<>?:.;,{}()'\"#\\@^ \n", "a", "1", "e:", "SERVICE", "'''", '"""', "<http://e/>", "\\u0041", "?x", "ế", "true"]
)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ASK { ?s ?p 'SERVICE' }", ["ASK"]),
        ('ASK { ?s ?p """a "quoted" SERVICE""" }', ["ASK"]),
        ("ASK { ?s ?p 'it\\'s SERVICE' }", ["ASK"]),
        ("ASK { ?s <http://e/SERVICE> ?service } # SERVICE", ["ASK"]),
        ("ASK { ?s ex:SERVICE 'x'@service }", ["ASK"]),
        ("ASK { ?s ?p 1.SERVICE }", ["ASK", "SERVICE"]),
        ("ASK { ?s ?p ?o\rSERVICE }", ["ASK", "SERVICE"]),
    ],
)
def test_a_word_is_only_what_stands_outside_strings_iris_names_and_comments(query: str, words: list[str]) -> None:
    """A keyword is a word of its own: inside a string, an IRI, a name, a tag or a comment it is none."""
    assert [token.text for token in tokens(query) if token.kind == "word"] == words


@given(st.lists(PIECES).map("".join))
def test_tokens_cover_the_text_without_gap_or_overlap(query: str) -> None:
    """Every character belongs to at most one token, in order, and what is left out is space or comment."""
    end = 0
    for token in tokens(query):
        between = query[end : token.start]
        assert not between.strip(" \t\r\n") or between.lstrip(" \t\r\n").startswith("#")
        assert query[token.start : token.end] == token.text
        end = token.end


def test_less_than_and_an_iri_are_both_read_where_the_text_allows_both() -> None:
    """`1<2)…>` is an IRI by longest match and a comparison by grammar; a check must see both."""
    seen = {(token.kind, token.text) for token in readings("FILTER(1<2)SERVICE:x#>\n{}")}
    assert ("iri", "<2)SERVICE:x#>") in seen
    assert ("name", "SERVICE:x") in seen


def test_the_readings_of_a_long_hostile_text_stay_linear() -> None:
    """Each position is read once, however many ways lead to it."""
    hostile = "<a'" * 5_000
    assert sum(1 for _ in readings(hostile)) <= len(hostile)
