"""XML written line by line: what a text may hold, how a value is said, and many lines written at once.

Most texts need no escape and most links share their attributes with others, so both are looked for first: a network of
a million links is written in seconds. Not for: reading XML, which is lxml's.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import BinaryIO

    from hpkg.export.network import Value

__all__ = ["Lines", "content", "quoted", "said", "write_lines"]

# Characters that XML 1.0 does not know, not even escaped.
_UNKNOWN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IN_CONTENT: Final = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_QUOTES: Final = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_KEPT: Final = 4096
_CHUNK: Final = 2048


@lru_cache(maxsize=_KEPT)
def content(text: str) -> str:
    """Return `text` as it stands between two tags.

    >>> content("a < b")
    'a &lt; b'
    """
    return _UNKNOWN.sub("\ufffd", text).translate(_ESCAPES) if _IN_CONTENT.search(text) else text


@lru_cache(maxsize=_KEPT)
def quoted(text: str) -> str:
    r"""Return `text` as the value of an attribute, with its quotation marks.

    >>> quoted('"Cảng" & "biển"')
    '\'"Cảng" &amp; "biển"\''
    """
    if not _IN_QUOTES.search(text):
        return f'"{text}"'
    return quoteattr(_UNKNOWN.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def said(value: Value) -> str:
    """Return a value in the lexical form of XML Schema, not escaped.

    >>> said(True), said(1.5), said("a")
    ('true', '1.5', 'a')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)


class Lines:
    """Writes attributes as one line each, in a fixed order.

    Args:
        before: What stands before the value of each attribute, by its name.
        after: What stands after every value.
        escaped: How a text is written: `content` or `quoted`.
    """

    def __init__(self, before: Mapping[str, str], after: str, escaped: Callable[[str], str]) -> None:
        """Keep what stands round the values."""
        self._before = tuple(before.items())
        self._after = after
        self._escaped = escaped
        self._known: dict[int, tuple[Mapping[str, Value], str]] = {}

    def of(self, values: Mapping[str, Value]) -> str:
        """Return the lines of `values`."""
        after, escaped = self._after, self._escaped
        return "".join(
            [
                f"{before}{escaped(value if type(value) is str else said(value))}{after}"
                for name, before in self._before
                if (value := values.get(name)) is not None
            ]
        )

    def of_many(self, values: Mapping[str, Value]) -> str:
        """Return the lines of `values`, which many share: the object is looked for, since its content takes long."""
        key = id(values)
        found = self._known.get(key)
        if found is None:
            found = values, self.of(values)
            if len(self._known) < _KEPT:
                self._known[key] = found  # what is kept here keeps its identity
        return found[1]


def write_lines(lines: Iterable[str], stream: BinaryIO, encoding: str = "utf-8") -> None:
    """Write `lines` to `stream`, many at a time, and never the whole text at once."""
    found = iter(lines)
    while chunk := "".join(islice(found, _CHUNK)):
        stream.write(chunk.encode(encoding))
