"""XML written line by line: what a text may hold, and how a value is said.

Not for: reading XML, which is lxml's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr as _quoteattr

if TYPE_CHECKING:
    from hpkg.export.network import Value

__all__ = ["content", "quoted", "said"]

# Characters that XML 1.0 does not know, not even escaped.
_UNKNOWN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def content(text: str) -> str:
    """Return `text` as it stands between two tags.

    >>> content("a < b")
    'a &lt; b'
    """
    return _UNKNOWN.sub("\ufffd", text).translate(_ESCAPES)


def quoted(text: str) -> str:
    r"""Return `text` as the value of an attribute, with its quotation marks.

    >>> quoted('"Cảng" & "biển"')
    '\'"Cảng" &amp; "biển"\''
    """
    return _quoteattr(_UNKNOWN.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def said(value: Value) -> str:
    """Return a value in the lexical form of XML Schema, not escaped.

    >>> said(True), said(1.5), said("a")
    ('true', '1.5', 'a')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)
