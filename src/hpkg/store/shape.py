"""Queries that differ in nothing but constants, and the most steps that a plain lookup of one shape can take.

The shape of a query is its text without comments, each string and each full IRI that is no property and no class
replaced by a mark. A lookup is a SELECT or ASK of a few triples and nothing else; how often each can match is known
from the sizes of the graph, whatever the constants are. Not for: any other query: its cost shows when it runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from itertools import permutations
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from hpkg.store.lookup import MARK, Triple, lookup
from hpkg.store.tokens import STRING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from hpkg.store import Store

__all__ = ["Shape", "Sizes", "most_steps", "quickest", "shaped", "sizes"]

_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_IRI: Final = r"<[A-Za-z][A-Za-z0-9+.-]*://[^<>\"{}|^`\\\x00-\x20]*>"
_PIECE: Final = re.compile(rf"(#[^\r\n]*|{_IRI}|{STRING}|<|\x00)", re.DOTALL)
_MOST_TRIPLES: Final = 5
_ALL: Final = "*"
_FANS: Final = """
SELECT ?p (SUM(?k) AS ?n) (MAX(?k) AS ?most) {{ SELECT ?p {end} (COUNT(*) AS ?k) {{ ?s ?p ?o }} GROUP BY ?p {end} }}
GROUP BY ?p"""
_FAN: Final = "SELECT (MAX(?k) AS ?most) {{ SELECT {end} (COUNT(*) AS ?k) {{ ?s ?p ?o }} GROUP BY {end} }}"
_CLASSES: Final = "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c"


class Shape(NamedTuple):
    """What queries have in common, the constants of this one, and its text without comments."""

    key: str
    constants: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many triples a graph has, by property (`*`: any).

    Attributes:
        triples: How many.
        from_one: The most that one subject has.
        to_one: The most that one object has.
        members: How many members a class has.
        words: The IRIs that are no constants: properties and classes.
    """

    triples: Mapping[str, int] = field(default_factory=dict)
    from_one: Mapping[str, int] = field(default_factory=dict)
    to_one: Mapping[str, int] = field(default_factory=dict)
    members: Mapping[str, int] = field(default_factory=dict)
    words: frozenset[str] = frozenset()

    def told(self) -> dict[str, Any]:
        """Return the sizes as JSON can say them."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"words": sorted(self.words)}

    @classmethod
    def heard(cls, told: dict[str, Any]) -> Self:
        """Return the sizes that another process has told.

        >>> known = Sizes({"urn:p": 9}, words=frozenset({"urn:p"}))
        >>> Sizes.heard(known.told()) == known
        True
        """
        return cls(**told | {"words": frozenset(told["words"])})


def sizes(store: Store) -> Sizes:
    """Return the sizes of the merged graph of `store`; it takes a moment, as every triple is counted."""

    def numbers(query: str) -> dict[str, list[int]]:
        return {str(row[0]): [int(str(n)) for n in row[1:]] for row in store.select(query).rows}

    def most(end: str) -> int:
        found = store.select(_FAN.format(end=end)).rows
        return int(str(found[0][0])) if found and found[0][0] is not None else 0

    subjects, objects = (numbers(_FANS.format(end=end)) for end in ("?s", "?o"))
    triples = {name: told[0] for name, told in subjects.items()}
    members = {name: told[0] for name, told in numbers(_CLASSES).items()}
    return Sizes(
        triples | {_ALL: sum(triples.values())},
        {name: told[1] for name, told in subjects.items()} | {_ALL: most("?s")},
        {name: told[1] for name, told in objects.items()} | {_ALL: most("?o")},
        members,
        frozenset(triples.keys() | members.keys()),
    )


def shaped(query: str, words: Collection[str]) -> Shape | None:
    r"""Return the shape of `query`, or None if there may be two ways to read it.

    `<` opens an IRI or means less-than; only before `scheme://` there is no doubt.

    >>> shaped("ASK { <http://a.org/x> a <http://a.org/C> } # one", {"http://a.org/C"})[:2]
    ('ASK { \x00 a <http://a.org/C> }', ('<http://a.org/x>',))
    >>> shaped("ASK { FILTER(?a<?b) }", ())
    """
    texts = _PIECE.split(query)
    keys = texts.copy()
    constants: list[str] = []
    for place in range(1, len(texts), 2):
        told = texts[place]
        first = told[0]
        if first == "#":
            texts[place] = keys[place] = ""
        elif told in {"<", MARK}:
            return None
        elif first != "<" or (told[-2] not in "#/" and told[1:-1] not in words):
            keys[place] = MARK
            constants.append(told)
    return Shape("".join(keys).rstrip(), tuple(constants), "".join(texts).rstrip())


def most_steps(query: str, known: Sizes) -> int | None:
    """Return how many triples an engine may have to look at for a lookup, in any order, or None if nobody knows.

    Constants that are no words of a vocabulary count as any constant in their place.

    >>> few = Sizes({"urn:p": 9, "*": 9}, {"urn:p": 2, "*": 2}, {"urn:p": 3, "*": 3})
    >>> most_steps("SELECT ?o { <urn:x> <urn:p> ?o }", few), most_steps("ASK { ?a <urn:p> ?b . ?b <urn:p> ?c }", few)
    (2, 36)
    >>> most_steps("ASK { ?a <urn:p>* ?b }", few)
    """
    said = lookup(query)
    if said is None or not 0 < len(said.triples) <= _MOST_TRIPLES:
        return None
    triples = said.triples
    # Each triple may also be looked for on its own, to be joined after that.
    alone = sum(_matches(triple, frozenset(), known) for triple in triples)
    return max(alone, *(_steps(order, known) for order in permutations(triples)))


def quickest(triples: Sequence[Triple], known: Sizes) -> tuple[int, ...]:
    """Return the places of `triples` in the order in which the fewest have to be looked at."""
    places = range(len(triples))
    return min(permutations(places), key=lambda order: _steps([triples[place] for place in order], known))


def _steps(order: Iterable[Triple], known: Sizes) -> int:
    total, rows, bound = 0, 1, frozenset[str]()
    for triple in order:
        rows *= _matches(triple, bound, known)
        total += rows
        bound |= {term for term in triple if term[0] == "?"}
    return total


def _matches(triple: Triple, bound: frozenset[str], known: Sizes) -> int:
    """Return how often a triple can match at most when the variables `bound` have a value."""
    subject, name, value = triple
    name = _ALL if name[0] == "?" else name
    has_subject, has_value = (term[0] != "?" or term in bound for term in (subject, value))
    if has_subject and has_value:
        return known.from_one.get(name, 0) if name == _ALL else 1
    if has_subject:
        return known.from_one.get(name, 0)
    if has_value:
        return known.members.get(value, 0) if name == _TYPE and value[0] != "?" else known.to_one.get(name, 0)
    return known.triples.get(name, 0)
