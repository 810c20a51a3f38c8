"""The source of a report: its text exactly as it lies on disk, and the metadata that stands beside it.

`graph/sources/<area>/<key>.txt` is never edited; `<key>.toml` beside it says what it is. Not for: the outline of the
text (`hpkg.document`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hpkg.errors import CallerError, SourceError
from hpkg.namespaces import slug

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.home import Home

__all__ = ["Metadata", "Source", "list_sources", "load_source", "read_text"]

_MAGIC = {b"%PDF": "source-is-pdf", b"PK\x03\x04": "source-is-archive", b"\xd0\xcf\x11\xe0": "source-is-office"}
_REQUIRED = {"title": str, "number": str, "date": dt.date, "issuer": str, "area": str, "year": int, "licence": str}
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report besides its text.

    `area` is an area key (`31-hai-phong`), `year` the year reported on, `plan_year` the year planned for if it sets
    out a plan, `issuer` the key of an organisation, `licence` an IRI or a sentence on the rights in the text.
    """

    title: str
    number: str
    date: dt.date
    issuer: str
    area: str
    year: int
    licence: str
    plan_year: int | None = None
    title_en: str = ""
    url: str = ""
    retrieved: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A report's text and metadata; `key` is `<area>/<year>-<number>`, `sha256` that of the bytes on disk."""

    key: str
    text: str
    sha256: str
    metadata: Metadata

    @property
    def area(self) -> str:
        """Return the area key."""
        return self.metadata.area


def list_sources(home: Home) -> list[Path]:
    """Return the source texts of `home` in order."""
    return sorted((home.graph / "sources").glob("*/*.txt"))


def load_source(path: Path) -> Source:
    """Return the source at `path`, with the metadata of the `.toml` file beside it.

    Raises:
        SourceError: The file is empty, is no UTF-8 text, or its metadata are missing or wrong.
        CallerError: There is no such file.
    """
    text, digest = read_text(path)
    metadata = _load_metadata(path.with_suffix(".toml"))
    return Source(f"{metadata.area}/{metadata.year}-{slug(metadata.number)}", text, digest, metadata)


def read_text(path: Path) -> tuple[str, str]:
    """Return the text of `path` with its line ends kept, and the SHA-256 of its bytes.

    Raises:
        SourceError: The file is empty or is no UTF-8 text.
        CallerError: There is no such file.
    """
    try:
        data = path.read_bytes()
    except OSError as cause:
        raise CallerError("file-unreadable", where=str(path), reason=cause.strerror or str(cause)) from cause
    if not data.strip():
        raise SourceError("source-empty", where=str(path))
    for magic, code in _MAGIC.items():
        if data.startswith(magic):
            raise SourceError(code, where=str(path))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError("source-not-utf8", where=str(path), offset=0, byte=f"0x{data[0]:02x}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise SourceError(
            "source-not-utf8", where=str(path), offset=cause.start, byte=f"0x{data[cause.start]:02x}"
        ) from cause
    if "\x00" in text:
        raise SourceError("source-binary", where=str(path), offset=text.index("\x00"))
    return text, hashlib.sha256(data).hexdigest()


def _load_metadata(path: Path) -> Metadata:
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SourceError("metadata-missing", where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise SourceError("metadata-broken", where=str(path), reason=str(cause)) from cause
    for name, kind in _REQUIRED.items():
        if not isinstance(values.get(name), kind):
            raise SourceError("metadata-field", where=str(path), name=name, kind=kind.__name__)
    unknown = sorted(set(values) - set(Metadata.__dataclass_fields__))
    if unknown:
        raise SourceError("metadata-unknown", where=str(path), name=unknown[0])
    if not _KEY.fullmatch(values["area"]):
        raise SourceError("metadata-field", where=str(path), name="area", kind="area key")
    return Metadata(**values)
