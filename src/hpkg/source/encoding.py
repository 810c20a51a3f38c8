"""Bytes as text: UTF-8 and UTF-16, and a clear error for all else.

The old Vietnamese encodings (TCVN3, VNI) put their letters in the places of Western ones, and a converter that knows
nothing of that carries the wrong letters into Unicode. Both are told by the letters that no Vietnamese word has. Not
for: mending them.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from hpkg.errors import SourceError

__all__ = ["check_letters", "decode"]

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE: Final = 20_000
_WORD: Final = re.compile(r"[^\s\d.,;:!?()\[\]\"'/–-]{2,}")
_OLD_LETTERS: Final = {
    # In TCVN3, `đ` and the letters with hats are signs and not letters.
    "TCVN3": re.compile(r"(?<=\w)[µ¶·¸¹¨©ª«¬­®]|[¨©ª«¬­®µ¶·¸¹](?=\w)"),
    "VNI": re.compile(r"[aeiouyAEIOUYöÖôÔ][äøûïåëüæñöÄØÛÏÅËÜÆÑÖùõâÙÕÂ]|[ñÑ](?=[a-zA-Z])"),
}
_OFTEN: Final = 0.15
_EVEN_NULLS: Final = 0.3


def decode(data: bytes, where: str) -> str:
    """Return `data` as text; a byte order mark of UTF-8 is kept, that of another encoding is not.

    Raises:
        SourceError: The bytes are in no Unicode encoding, or in one and yet no text.

    >>> decode("Hải Phòng".encode("utf-16"), "a.txt")
    'Hải Phòng'
    """
    coding = _coding(data)
    try:
        text = data.decode(coding)
    except UnicodeDecodeError as cause:
        if coding == "utf-8":
            _refuse_old(data.decode("cp1252", "replace"), where)
        raise SourceError(
            "source-not-utf8", where=where, offset=cause.start, byte=f"0x{data[cause.start]:02x}"
        ) from cause
    if "\x00" in text:
        raise SourceError("source-binary", where=where, offset=text.index("\x00"))
    check_letters(text, where)
    return text


def check_letters(text: str, where: str) -> None:
    """Raise an error when the words of `text` are spelled with the letters of an old Vietnamese encoding.

    Raises:
        SourceError: They are.
    """
    _refuse_old(text, where)


def _coding(data: bytes) -> str:
    """Return the encoding that a byte order mark, or else the places of the null bytes, tells."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        nulls = sample[first::2].count(0)
        if nulls > len(sample) / 2 * _EVEN_NULLS and not sample[1 - first :: 2].count(0):
            return name
    return "utf-8"


def _refuse_old(text: str, where: str) -> None:
    words = _WORD.findall(text[:_SAMPLE])
    for name, letters in _OLD_LETTERS.items():
        if sum(1 for word in words if letters.search(word)) > len(words) * _OFTEN:
            raise SourceError("source-old-encoding", where=where, encoding=name)
