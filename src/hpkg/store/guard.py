"""What a query may not do: reach the network, change the graph, or name a graph that is not there.

The engine itself would follow `SERVICE`, so it never sees a query that could hold one. The check errs on the safe side:
it reads an ambiguous text in every way. Not for: limits of time and memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal

from hpkg.errors import CallerError
from hpkg.store.tokens import Token, readings, tokens

__all__ = ["Dataset", "Form", "check", "check_update", "form", "source_graphs"]

Dataset = tuple[Sequence[str], Sequence[str]]
"""The graphs that a query reads: those merged into its default graph, and those it can name."""

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

_FORMS: Final[dict[str, Form]] = {"SELECT": "SELECT", "ASK": "ASK", "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "DESCRIBE"}
# How most queries begin, read in one go; another beginning is read token by token.
_PLAIN: Final = re.compile(
    r"\s*(?:PREFIX\s+[A-Za-z]*:\s*<[^<>\"{}|^`\\\x00-\x20]*>\s*)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\s",
    re.IGNORECASE | re.ASCII,
)
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})


@lru_cache(maxsize=256)  # a question is asked many times, with other terms bound into the same query
def check(query: str, graphs: tuple[str, ...]) -> Form:
    """Return the form of `query`, a query that only reads the given named graphs.

    Raises:
        CallerError: It is empty, an update, asks another server, or reads from a graph not in `graphs`.
    """
    found = form(query)
    _refuse_service(query)
    plain, named = source_graphs(query)
    for graph in plain + named:
        if graph not in graphs:
            raise CallerError("query-graph-unknown", graph=graph)
    return found


def form(query: str) -> Form:
    """Return the form of `query`, by its first keyword after the prologue.

    Raises:
        CallerError: It is empty, or an update.

    >>> form("PREFIX select: <http://example.org/> ASK { ?s ?p ?o }")
    'ASK'
    """
    plain = _PLAIN.match(query)
    if plain:
        return _FORMS[plain[1].upper()]
    first = ""
    for token in tokens(query):
        word = token.text.upper()
        if token.kind != "word" or word in {"PREFIX", "BASE", "VERSION"}:
            continue
        if word in _UPDATES:
            raise CallerError("query-is-update", keyword=word)
        if word in _FORMS:
            return _FORMS[word]
        first = first or token.text
    if not first:
        raise CallerError("query-empty")
    raise CallerError("query-form-unknown", word=first)


@lru_cache(maxsize=256)
def check_update(update: str) -> None:
    """Refuse an update that reaches outside the store.

    Raises:
        CallerError: It has a SERVICE or a LOAD.

    >>> check_update("INSERT DATA { <urn:load> <urn:p> 'LOAD' }")
    """
    _refuse_service(update)
    _refuse(update, "load", "query-load")


@lru_cache(maxsize=256)
def source_graphs(query: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the graphs of the dataset clause of `query`: those of `FROM`, those of `FROM NAMED`.

    >>> source_graphs("SELECT * FROM <urn:a> FROM NAMED <urn:b> WHERE { ?s ?p ?o }")
    (('urn:a',), ('urn:b',))
    """
    if "FROM" not in query.upper():
        return (), ()
    plain: list[str] = []
    named: list[str] = []
    found = list(tokens(query))
    spaces = _prefixes(found)
    for place, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "FROM":
            following = [t for t in found[place + 1 : place + 3] if t.text.upper() != "NAMED"]
            if following:
                (plain if following[0] is found[place + 1] else named).append(_iri(following[0], spaces))
    return tuple(plain), tuple(named)


def _refuse_service(query: str) -> None:
    _refuse(query, "service", "query-service")


def _refuse(query: str, keyword: str, code: str) -> None:
    if keyword not in query.lower():  # most queries: no token of any reading has it
        return
    found = sorted(readings(query), key=lambda token: token.start)
    spaces = _prefixes([token for token in found if token.kind not in {"space", "comment"}]).values()
    tame = all(space.endswith(("/", "#")) for declared in spaces for space in declared)
    for token in found:
        if _may_be(token, keyword, tame=tame):
            raise CallerError(code, line=query.count("\n", 0, token.start) + 1)


def _may_be(token: Token, keyword: str, *, tame: bool) -> bool:
    """Tell whether the engine could read the keyword out of `token`; keywords need no space around them.

    `ns:service` is a name as long as it makes a valid IRI, which `tame` says of every namespace of the query. Otherwise
    the engine reads `ns:` and the keyword after it, and `ns` may be a keyword with an empty prefix (`a:service`).
    """
    text = token.text.lower()
    if token.kind == "word":
        return keyword in text
    prefix, _, local = text.partition(":")
    return token.kind == "name" and (keyword in prefix or (local.startswith(keyword) and not tame))


def _prefixes(found: list[Token]) -> dict[str, list[str]]:
    """Return every namespace declared for each prefix (in lower case, without colon)."""
    spaces: dict[str, list[str]] = {}
    for token, name, iri in zip(found, found[1:], found[2:], strict=False):
        if token.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            spaces.setdefault(name.text.rstrip(":").lower(), []).append(iri.text[1:-1])
    return spaces


def _iri(token: Token, spaces: dict[str, list[str]]) -> str:
    if token.kind == "iri":
        return re.sub(r"\\[uU]([0-9A-Fa-f]+)", lambda m: chr(int(m[1], 16)), token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return next(iter(spaces.get(prefix.lower(), [])), f"{prefix}:") + local
