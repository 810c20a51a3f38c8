"""SPARQL cut into tokens: section 19.8 of SPARQL 1.1, as far as words and their places matter.

The guard and the binding of parameters look at tokens, so that a word inside a string, an IRI or a comment is never
taken for a keyword. Not for: deciding whether a query is valid, which only the engine can.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["STRING", "Kind", "Token", "readings", "tokens"]

Kind = Literal["space", "comment", "string", "iri", "variable", "name", "blank", "tag", "number", "word", "sign"]

_ESCAPE: Final = (
    r"\\[tbnrf\"'\\]|\\u(?![dD][89a-fA-F])[0-9A-Fa-f]{4}"
    r"|\\U(?!0000[dD][89a-fA-F])(?:000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4})"
)
_IRI: Final = r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
_LOCAL: Final = r"(?:[\w:]|%[0-9A-Fa-f]{2}|\\[-_~.!$&'()*+,;=/?#@%])"


def _string(mark: str) -> str:
    """Return the pattern of both kinds of strings in `mark`: three marks at each end, or one and no line break."""
    long = rf"{mark * 3}(?:{mark}{{0,2}}(?:[^{mark}\\]|{_ESCAPE}))*{mark * 3}"
    return rf"{long}|{mark}(?:[^{mark}\\\r\n]|{_ESCAPE})*{mark}"


STRING: Final = f"{_string(chr(39))}|{_string(chr(34))}"
"""The pattern of a string."""

_PATTERNS: Final[dict[Kind, str]] = {
    "space": r"[ \t\r\n]+",
    "comment": r"#[^\r\n]*",
    "string": STRING,
    "iri": _IRI,
    "variable": r"[?$]\w+",
    "blank": r"_:\w(?:[\w.-]*[\w-])?",
    "name": rf"(?:[^\W\d_](?:[\w.-]{{0,99}}[\w-])?)?:(?:{_LOCAL}(?:(?:{_LOCAL}|[.-])*(?:{_LOCAL}|-))?)?",
    "tag": r"@[A-Za-z]+(?:-+[A-Za-z0-9]+)*",
    "number": r"(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+|\d*\.\d+|\d+",
    "word": r"[^\W\d]\w*",
    "sign": r".",
}
_TOKEN: Final = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items()), re.DOTALL)
# No expression can go on with `scheme://`, so `<` before it always opens an IRI.
_SURE_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


class Token(NamedTuple):
    """A piece of a query: what it is, its characters, and where they begin."""

    kind: Kind
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return the position after the last character."""
        return self.start + len(self.text)


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of `query` that count, without space and comments, by longest match.

    >>> [token.text for token in tokens('ASK { ?s hp:value 1.5 } # SERVICE')]
    ['ASK', '{', '?s', 'hp:value', '1.5', '}']
    """
    at = 0
    while at < len(query):
        match = _TOKEN.match(query, at)
        assert match is not None
        at, kind = match.end(), match.lastgroup
        if kind not in {"space", "comment"}:
            yield Token(kind, match.group(), match.start())  # type: ignore[arg-type]  # the groups are the kinds


def readings(query: str) -> Iterator[Token]:
    """Yield each token of each way to read `query`, in no order.

    `<` opens an IRI or means less-than, and only a full parse can tell: `?a<?b)SERVICE:x#>` reads both ways. A check
    that must not be fooled looks at both.
    """
    waiting, seen = [0], set[int]()
    while waiting:
        at = waiting.pop()
        if at >= len(query) or at in seen:
            continue
        seen.add(at)
        token = _token(query, at)
        yield token
        waiting.append(token.end)
        if token.kind == "iri" and not _SURE_IRI.match(token.text):
            waiting.append(at + 1)


def _token(query: str, at: int) -> Token:
    match = _TOKEN.match(query, at)
    assert match is not None
    assert match.lastgroup is not None
    return Token(match.lastgroup, match.group(), at)  # type: ignore[arg-type]  # the groups are the kinds
