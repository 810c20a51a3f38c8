"""The text of a file, whatever its format: plain text, Word, web page, PDF with a text layer.

Offsets count the characters of this text. That of plain UTF-8 is the file itself; all else is extracted, the same
every time. Not for: what the text says.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal

from hpkg.errors import CallerError, SourceError
from hpkg.source.encoding import check_letters, decode

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FORMATS", "SUFFIXES", "Form", "Text", "read_text"]

Form = Literal["text", "docx", "html", "pdf"]
FORMATS: Final = {"text": (".txt", ".md"), "docx": (".docx",), "html": (".html", ".htm"), "pdf": (".pdf",)}
SUFFIXES: Final = tuple(suffix for suffixes in FORMATS.values() for suffix in suffixes)
"""What the names of files end in that can hold a report."""

_LARGEST: Final = 128 * 1024 * 1024
_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_KEPT_CONTROLS: Final = "\n\t"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file; `original` holds the bytes of the file when they are not the text in UTF-8."""

    text: str
    form: Form
    original: bytes | None = None

    @property
    def data(self) -> bytes:
        """Return the bytes in which the text is stored."""
        return self.text.encode("utf-8")

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of the bytes in which the text is stored."""
        return hashlib.sha256(self.data).hexdigest()


def read_text(path: Path) -> Text:
    """Return the text of the file at `path`; the format is told by the bytes, not by the name.

    Raises:
        SourceError: The file is empty, too large, broken, or holds no text.
        CallerError: There is no such file.
    """
    where = str(path)
    data = _read(path)
    if not data.strip():
        raise SourceError("source-empty", where=where)
    if data.startswith(_OFFICE):
        raise SourceError("source-is-office", where=where)
    form = _form(data, where)
    if form == "text":
        text = decode(data, where)
        return Text(text, form, None if text.encode("utf-8") == data else data)
    # The libraries of the formats are loaded only for a file that needs them.
    extract = getattr(import_module(f"hpkg.source.{form}"), f"{form}_text")
    text = _clean(extract(data, where))
    if not text.strip():
        raise SourceError("source-empty", where=where)
    check_letters(text, where)
    return Text(text, form, data)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as cause:
        raise CallerError("file-unreadable", where=str(path), reason=cause.strerror or str(cause)) from cause
    if len(data) > _LARGEST:
        raise SourceError("source-too-large", where=str(path), largest=_LARGEST // 2**20)
    return data


def _form(data: bytes, where: str) -> Form:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        if not import_module("hpkg.source.docx").is_docx(data):
            raise SourceError("source-is-archive", where=where)
        return "docx"
    return "html" if import_module("hpkg.source.html").is_html(data) else "text"


def _clean(text: str) -> str:
    """Return an extracted text with plain line ends and no signs that are none."""
    same = text.replace("\r\n", "\n").replace("\r", "\n").replace("\N{LINE SEPARATOR}", "\n").replace("\x0b", "\n")
    return "".join(
        char for char in same if char in _KEPT_CONTROLS or unicodedata.category(char) not in ("Cc", "Cs", "Co")
    )
