"""A source: the text of a report with its metadata, and the folder in which sources are kept.

`graph/sources/<area>/<key>.txt` is never edited; `<key>.toml` beside it says what it is, and a text that was extracted
has the file it came from beside it. Not for: the outline of the text (`hpkg.document`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.namespaces import slug
from hpkg.source.metadata import make_metadata, read_metadata
from hpkg.source.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.home import Home
    from hpkg.source.metadata import Metadata
    from hpkg.source.text import Text

__all__ = ["Source", "kept_suffix", "list_sources", "load_source", "make_source", "metadata_path"]

_ORIGINALS: Final = {"text": ".original", "docx": ".docx", "html": ".html", "pdf": ".pdf"}


@dataclass(frozen=True, slots=True)
class Source:
    """A report's text and metadata; `key` is `<area>/<year>-<number>`, `sha256` that of the text as it is stored."""

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


def metadata_path(path: Path) -> Path:
    """Return where the metadata of the file at `path` stand: a `.toml` file of the same name."""
    return path.with_suffix(".toml")


def load_source(path: Path) -> Source:
    """Return the source at `path`, with the metadata of the `.toml` file beside it.

    Raises:
        SourceError: The file holds no text, or its metadata are missing or wrong.
        CallerError: There is no such file.
    """
    beside = metadata_path(path)
    text = read_text(path)
    return make_source(text, make_metadata(read_metadata(beside), str(beside)))


def make_source(text: Text, metadata: Metadata) -> Source:
    """Return the source that `text` and `metadata` make."""
    period = slug(metadata.reported[:4] if "-" in metadata.reported else metadata.reported)
    return Source(f"{metadata.area}/{period}-{slug(metadata.number)}", text.text, text.sha256, metadata)


def kept_suffix(text: Text) -> str | None:
    """Return the suffix under which the file that `text` was extracted from is kept, None for a text itself."""
    return None if text.original is None else _ORIGINALS[text.form]
