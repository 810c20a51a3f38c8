"""A query with SERVICE made one without: each SERVICE group is asked first, and its solutions stand there as VALUES.

The engine never reaches out: what it gets has no SERVICE (`hpkg.store.guard` refuses the rest), and its process has no
network. A group is asked as a whole and on its own, as section 2.2 of SPARQL 1.1 Federated Query defines it. Not for:
which hosts may be asked (`hpkg.serve.outreach`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rdflib import Literal, URIRef

from hpkg.errors import CallerError
from hpkg.namespaces import PREFIXES
from hpkg.serve.problem import WebError
from hpkg.store.query import written
from hpkg.store.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    Fetch = Callable[[str, str], bytes]
    """Gives the answer of an endpoint to a query, as SPARQL JSON."""

__all__ = ["Group", "groups", "joined"]

_MOST_GROUPS: Final = 4
_MOST_ROWS: Final = 10_000
"""The most solutions that are taken from elsewhere; with more the query is refused, since a part would be wrong."""

_PROLOGUE: Final = {"PREFIX", "BASE", "VERSION"}


class Group(NamedTuple):
    """A SERVICE group: where it begins and ends, whether it is SILENT, its endpoint, and what it asks there."""

    start: int
    end: int
    is_silent: bool
    endpoint: str
    query: str


def joined(query: str, fetch: Fetch) -> str:
    """Return `query` with the solutions that `fetch` gives in place of its SERVICE groups.

    Raises:
        WebError: A group cannot be asked for on its own, may not be asked, or has no answer and is not SILENT.

    >>> joined("ASK { SERVICE <http://example.org/> { ?s a ?c } }", lambda *_: b'{"head":{"vars":["s"]},"results":'
    ... b'{"bindings":[{"s":{"type":"uri","value":"urn:a"}},{}]}}')
    'ASK { { VALUES (?s) { (<urn:a>) (UNDEF) } } }'
    """
    for group in reversed(groups(query)):
        try:
            block = _values(fetch(group.endpoint, group.query), group.endpoint)
        except WebError as error:
            if not group.is_silent or error.code != "service-answer":
                raise
            block = "{ }"
        query = query[: group.start] + block + query[group.end :]
    return query


def groups(query: str) -> list[Group]:
    """Return the SERVICE groups of `query`, in order.

    Raises:
        WebError: One stands in another, names its endpoint by a variable, or is not closed; or there are too many.
    """
    told = list(tokens(query))
    found: list[Group] = []
    for place, token in enumerate(told):
        if _is_word(token, "SERVICE"):
            if found and token.start < found[-1].end:
                raise _unfit(query, token)
            found.append(_group(query, told, place))
    if len(found) > _MOST_GROUPS:
        raise _unfit(query, told[-1])
    return found


def _group(query: str, told: list[Token], place: int) -> Group:
    rest = told[place + 1 : place + 4]
    is_silent = bool(rest) and _is_word(rest[0], "SILENT")
    named = rest[is_silent : is_silent + 2]
    if len(named) < 2 or named[0].kind not in {"iri", "name"} or named[1].text != "{":  # noqa: PLR2004 — both of them
        raise _unfit(query, told[place])
    depth = 0
    for token in told[place + 2 + is_silent :]:
        depth += (token.text == "{") - (token.text == "}")
        if not depth:
            body = query[named[1].end : token.start]
            asked = f"{_prologue(query, told)}SELECT * WHERE {{ {body} }} LIMIT {_MOST_ROWS + 1}"
            return Group(told[place].start, token.end, is_silent, _iri(query, named[0], told), asked)
    raise _unfit(query, told[place])


def _prologue(query: str, told: list[Token]) -> str:
    """Return what stands before the form of the query, and the prefixes that need no declaration."""
    form = next((token for token in told if token.kind == "word" and token.text.upper() not in _PROLOGUE), told[0])
    known = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items() if f"{name}:" in query)
    return f"{known}{query[: form.start]}\n"


def _iri(query: str, token: Token, told: list[Token]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    spaces = dict(PREFIXES)
    for word, name, iri in zip(told, told[1:], told[2:], strict=False):
        if _is_word(word, "PREFIX") and iri.kind == "iri":
            spaces[name.text.removesuffix(":")] = iri.text[1:-1]
    if prefix not in spaces:
        raise _unfit(query, token)
    return spaces[prefix] + local


def _values(answer: bytes, endpoint: str) -> str:
    """Return the solutions of an answer as a VALUES block."""
    try:
        return _block(json.loads(answer))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, CallerError) as error:
        raise WebError("service-answer", host=endpoint, reason=str(error) or type(error).__name__) from error


def _block(told: dict[str, Any]) -> str:
    names = [str(name) for name in told["head"]["vars"]]
    rows = list(told["results"]["bindings"])
    if len(rows) > _MOST_ROWS or not all(name.isidentifier() for name in names):
        reason = f"> {_MOST_ROWS}" if len(rows) > _MOST_ROWS else str(names)
        raise ValueError(reason)
    cells = [" ".join(_term(row[name]) if name in row else "UNDEF" for name in names) for row in rows]
    variables = " ".join(f"?{name}" for name in names)
    return f"{{ VALUES ({variables}) {{ {' '.join(f'({row})' for row in cells)} }} }}"


def _term(cell: dict[str, Any]) -> str:
    """Return a term as SPARQL; a blank node, which has no name outside its answer, has none."""
    if cell["type"] == "uri":
        return written(URIRef(cell["value"]))
    if cell["type"] not in {"literal", "typed-literal"}:
        raise ValueError(cell["type"])
    datatype = cell.get("datatype")
    language = cell.get("xml:lang")
    term = Literal(
        cell["value"], lang=language, datatype=None if language or not datatype else URIRef(datatype), normalize=False
    )
    return written(term)


def _is_word(token: Token, word: str) -> bool:
    return token.kind == "word" and token.text.upper() == word


def _unfit(query: str, token: Token) -> WebError:
    return WebError("service-group", line=query.count("\n", 0, token.start) + 1)
