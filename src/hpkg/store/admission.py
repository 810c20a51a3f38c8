r"""What of a stranger's query another engine is sent: what ours has parsed, said so that no engine reads it otherwise.

Engines differ in when they read escapes (`\u0053ERVICE`) and where a comment ends. What is sent has no comments, and no
escape of a character by its number; so what was checked is what runs. Not for: sending it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.errors import CallerError
from hpkg.store.dialect import adapted
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.guard import check, source_graphs
from hpkg.store.query import guarded, spelled_out
from hpkg.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.store.dialect import Engine
    from hpkg.store.guard import Dataset, Form

__all__ = ["Admitted", "admitted", "plain"]

_COMMENT: Final = re.compile(r"#[^\r\n]*")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)
_KEPT: Final = {"\\": r"\\", '"': r"\"", "'": r"\'", "\n": r"\n", "\r": r"\r"}
_SURROGATES: Final = range(0xD800, 0xE000)
_LAST: Final = 0x10FFFF


@dataclass(frozen=True, slots=True)
class Admitted:
    """A query that may be sent: its form, its text, and whether it names the dataset that it is asked over."""

    form: Form
    text: str
    names_dataset: bool


def admitted(query: str, dataset: Dataset | None, graphs: Sequence[str], engine: Engine) -> Admitted:
    """Return `query` as an engine of the make `engine`, which has the named `graphs`, may be sent it.

    Raises:
        CallerError: It is wrong, asks another server, or names a graph that is not there.

    >>> admitted("SELECT * { ?s a hp:Task } # all", None, (), "other").text
    'SELECT ?s { ?s a hp:Task } '
    """
    text = plain(query)
    found = check(text, tuple(graphs))
    for graph in (*dataset[0], *dataset[1]) if dataset else ():
        if graph not in graphs:
            raise CallerError("query-graph-unknown", graph=graph)
    names = EmbeddedStore({}).variables(text)
    # The depth of a path is known by asking, which a query of somebody does not pay for.
    told = adapted(spelled_out(text, names), engine, lambda _path: None)
    return Admitted(found, told, any(source_graphs(text)))


def plain(query: str) -> str:
    r"""Return `query` without comments, the characters that strings and IRIs escape by number said as themselves.

    >>> plain(r'ASK { ?s ?p "\u0022 } # SERVICE" } # and so on')
    'ASK { ?s ?p "\\" } # SERVICE" } '
    """
    parts: list[str] = []
    at = 0
    for token in tokens(query):
        parts.append(_COMMENT.sub("", query[at : token.start]))
        if token.kind == "string":
            parts.append(guarded(_ESCAPE.sub(lambda found: _said(found, _KEPT), token.text)))
        elif token.kind == "iri":
            parts.append(_ESCAPE.sub(lambda found: _said(found, {}), token.text))
        else:
            parts.append(token.text)
        at = token.end
    parts.append(_COMMENT.sub("", query[at:]))
    return "".join(parts)


def _said(escape: re.Match[str], kept: dict[str, str]) -> str:
    """Return the character that an escape names by number; another escape as it is, and a number that names none."""
    number = escape[1] or escape[2]
    if number is None or (code := int(number, 16)) in _SURROGATES or code > _LAST:
        return escape[0]
    return kept.get(chr(code), chr(code))
