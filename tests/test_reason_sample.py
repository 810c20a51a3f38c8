"""Of a register, one unit of each pattern: what others lead to stays, and what is said otherwise is another pattern."""

from __future__ import annotations

from rdflib import Graph, URIRef

from hpkg.reason import one_of_each

_DATA = """
@prefix : <urn:> .
:a a :District ; :code "1" ; :within :p .
:b a :District ; :code "2" ; :within :p .
:c a :District ; :code "3" ; :within :p .
:d a :Town ; :code "4" ; :within :p .
:p a :Province .
:q a :Province .
:task a :Task ; :place :c .
"""


def _sample(data: str = _DATA) -> set[str]:
    graph = Graph().parse(data=data, format="turtle")
    register = [URIRef(f"urn:{name}") for name in "abcdpq"]
    return {str(node).removeprefix("urn:") for node in one_of_each(graph, register).subjects()}


def test_one_of_each_pattern_and_all_that_is_led_to() -> None:
    """`b` says no more than `a`; `c` stays since a task leads to it, `d` since it is of another class."""
    assert _sample() == {"a", "c", "d", "p", "task"}


def test_a_unit_that_says_more_stays() -> None:
    """Another property makes another pattern, so that no contradiction of its own is lost."""
    assert "b" in _sample(_DATA + ":b :code2 5 .")


def test_what_is_no_register_stays() -> None:
    """Without a register nothing is left out."""
    graph = Graph().parse(data=_DATA, format="turtle")
    assert set(one_of_each(graph, [])) == set(graph)
