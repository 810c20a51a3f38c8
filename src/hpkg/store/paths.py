"""Property paths without `*` and `+`, for engines that cannot be trusted with them.

Over data without cycles `p+` is `p|p/p|…` down to the deepest chain, and `a/p*` is `a|a/p|…`: what a query means stays
the same, but for solutions that a path gives twice. Not for: which engine needs it (`hpkg.store.dialect`).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from hpkg.store.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["has_repeated", "unrolled"]

_REPEATED: Final = frozenset({"*", "+"})
_BETWEEN: Final = frozenset({"/", "|"})
_MOST: Final = 120
"""Ways through one path; with more, the path stays as it is."""

_Way = tuple[str, ...]


def unrolled(query: str, depth: Callable[[str], int | None]) -> str:
    """Return `query` with every repeated path written out, if it has no way of no step.

    Args:
        query: The query.
        depth: Gives the length of the longest chain of a path, or None where there is no end to it.

    >>> unrolled("ASK { ?s a/ex:sub* ex:C ; ex:in+ ?o }", lambda path: 2)
    'ASK { ?s a|a/ex:sub|a/ex:sub/ex:sub ex:C ; ex:in|ex:in/ex:in ?o }'
    """
    found = list(tokens(query))
    done = len(query)
    for place in reversed(range(len(found))):
        if found[place].text not in _REPEATED or found[place].start >= done:
            continue
        span = _path_around(found, place)
        if span is None:
            continue
        ways = _Ways(found[span[0] : span[1]], depth).all()
        done = found[span[0]].start
        if ways and all(ways) and len(ways) <= _MOST:
            told = "|".join("/".join(way) for way in dict.fromkeys(ways))
            query = query[:done] + told + query[found[span[1] - 1].end :]
    return query


def has_repeated(query: str) -> bool:
    """Tell whether `query` has a repeated path.

    >>> has_repeated("SELECT * { ?s (ex:a|^ex:b)+ ?o }"), has_repeated("SELECT * { ?s ?p ?n FILTER(?n * 2 > 1 + ?m) }")
    (True, False)
    """
    found = list(tokens(query))
    return any(token.text in _REPEATED and _path_around(found, place) is not None for place, token in enumerate(found))


def _path_around(found: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return where the path begins and ends whose element is repeated at `place`; None if it is a product or sum."""
    start = _before(found, place)
    if start is None or any(token.kind in {"variable", "number", "string"} for token in found[start:place]):
        return None
    while True:
        if found[start - 1].text == "^":
            start -= 1
        elif found[start - 1].text in _BETWEEN:
            before = _before(found, start - 1)
            if before is None:
                return None
            start = before
        elif found[start - 1].text == "(":
            start -= 1  # the group around: its end is found on the way forward
        else:
            break
    end = _end(found, start)
    return None if end is None or end <= place else (start, end)


def _before(found: Sequence[Token], place: int) -> int | None:
    """Return where the element begins that ends before `place`."""
    at = place - 1
    while at > 0 and found[at].text in {*_REPEATED, "?"}:
        at -= 1
    if found[at].text != ")":
        return at if found[at].kind in {"iri", "name"} or found[at].text == "a" else None
    depth = 0
    while at >= 0:
        depth += (found[at].text == ")") - (found[at].text == "(")
        if depth == 0:
            return at
        at -= 1
    return None


def _end(found: Sequence[Token], start: int) -> int | None:
    """Return the place after the path that begins at `start`; None if none does."""
    at, depth, wanted = start, 0, True
    while at < len(found):
        text = found[at].text
        if wanted and text in {"^", "("}:
            depth += text == "("
        elif wanted and (found[at].kind in {"iri", "name"} or text == "a"):
            wanted = False
        elif wanted:
            return None
        elif text == ")" and depth:
            depth -= 1
        elif text in _BETWEEN:
            wanted = True
        elif text not in {*_REPEATED, "?"}:
            return at if depth == 0 else None
        at += 1
    return None


class _Ways:
    """All ways through a path, each a sequence of steps."""

    def __init__(self, path: Sequence[Token], depth: Callable[[str], int | None]) -> None:
        self._path = path
        self._depth = depth
        self._at = 0

    def all(self) -> list[_Way] | None:
        """Return the ways; None where there is no end to them."""
        ways = self._sequence()
        while ways is not None and self._taken("|"):
            more = self._sequence()
            ways = None if more is None else ways + more
        return ways

    def _sequence(self) -> list[_Way] | None:
        ways = self._element()
        while ways is not None and self._taken("/"):
            more = self._element()
            ways = None if more is None else [one + other for one, other in product(ways, more)]
        return ways

    def _element(self) -> list[_Way] | None:
        inverse = self._taken("^")
        begin = self._at
        ways: list[_Way] | None
        if self._taken("("):
            ways = self.all()
            self._at += 1
        else:
            ways = [(self._path[self._at].text,)]
            self._at += 1
        told = "".join(token.text for token in self._path[begin : self._at])
        if ways is not None and inverse:
            ways = [tuple(f"^{step}" for step in reversed(way)) for way in ways]
        while ways is not None and self._at < len(self._path) and self._path[self._at].text in {*_REPEATED, "?"}:
            ways = self._repeated(ways, self._path[self._at].text, told)
            self._at += 1
        return ways

    def _repeated(self, ways: list[_Way], how: str, told: str) -> list[_Way] | None:
        most = 1 if how == "?" else self._depth(told)
        if most is None:
            return None
        least = 1 if how == "+" else 0
        return [sum(parts, ()) for times in range(least, most + 1) for parts in product(ways, repeat=times)]

    def _taken(self, sign: str) -> bool:
        is_next = self._at < len(self._path) and self._path[self._at].text == sign
        self._at += is_next
        return is_next
