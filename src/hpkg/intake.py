"""Where a source comes from and where it is kept: a file, a folder, a report of the home.

Not for: what a source says.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hpkg.errors import CallerError, SourceError
from hpkg.files import replace_file
from hpkg.letterhead import complete
from hpkg.lexicon import load_lexicon
from hpkg.source import (
    REQUIRED,
    SUFFIXES,
    Source,
    Text,
    kept_suffix,
    list_sources,
    make_metadata,
    make_source,
    metadata_path,
    metadata_toml,
    read_metadata,
    read_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.home import Home
    from hpkg.source import Metadata

__all__ = ["Taken", "find_source", "find_sources", "keep_source", "take_source"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A source that was taken in: the file it is from, its text as it was read, and the source they make."""

    path: Path
    text: Text
    source: Source


def find_source(name: str, place: Home) -> Path:
    """Return the source that `name` means: a file, or the key of a report in `graph/sources`.

    Raises:
        CallerError: It is neither.
    """
    for path in list_sources(place):
        if name in (str(path), path.stem, f"{path.parent.name}/{path.stem}"):
            return path
    path = Path(name)
    if not path.is_file():
        known = ", ".join(f"{known.parent.name}/{known.stem}" for known in list_sources(place))
        raise CallerError("source-unknown", where=name, known=known)
    return path


def find_sources(name: str, place: Home) -> list[Path]:
    """Return the sources that `name` means: those of a folder and the folders in it, or the one of a file or key.

    Raises:
        CallerError: It is none of these, or a folder without any.
    """
    folder = Path(name)
    if not folder.is_dir():
        return [find_source(name, place)]
    found = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and not _is_aside(path, folder)
    )
    if not found:
        raise CallerError("folder-without-sources", where=name, suffixes=", ".join(SUFFIXES))
    return found


def _is_aside(path: Path, folder: Path) -> bool:
    """Tell whether a file is hidden, a lock of an office program, or the origin of a text that stands beside it."""
    if any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts) or not path.is_file():
        return True
    return path.suffix != ".txt" and path.with_suffix(".txt").is_file() and metadata_path(path).is_file()


def take_source(path: Path, place: Home, given: Mapping[str, Any] | None = None) -> Taken:
    """Return the source at `path`: its text, and the metadata that are `given`, stand beside it, or stand in it.

    Raises:
        SourceError: The file holds no text, or metadata are wrong or stand nowhere.
        CallerError: There is no such file, or a value given means nothing.
    """
    text = read_text(path)
    stated = read_metadata(metadata_path(path)).get("sha256")
    if stated and text.original is None and stated != text.sha256:
        raise SourceError("source-digest", where=str(path), stated=stated, found=text.sha256)
    metadata = complete(text.text, read_metadata(metadata_path(path)), given or {}, load_lexicon(place), str(path))
    return Taken(path, text, make_source(text, metadata))


def keep_source(taken: Taken, place: Home) -> None:
    """Keep text and metadata of a source in the home, and the file that the text was extracted from.

    A metadata file that says all that is known is kept as it is, with its comments; one that lacks no more than the
    digest of the text gets it in a line at its end.
    """
    source, text = taken.source, taken.text
    kept = place.graph / "sources" / f"{source.key}.txt"
    kept.parent.mkdir(parents=True, exist_ok=True)
    metadata, beside = source.metadata, metadata_path(taken.path)
    suffix = kept_suffix(text)
    if suffix is not None and text.original is not None:
        replace_file(kept.with_suffix(suffix), text.original)
        digest = hashlib.sha256(text.original).hexdigest()
        metadata = replace(metadata, original=f"{kept.stem}{suffix}", original_sha256=digest)
    metadata = replace(metadata, sha256=text.sha256)
    replace_file(kept.with_suffix(".toml"), _metadata_file(beside, metadata))
    replace_file(kept, text.data)


def _metadata_file(beside: Path, metadata: Metadata) -> bytes:
    """Return the file that keeps `metadata`: the one `beside` the source where it says all of it."""
    known = read_metadata(beside)
    digest = {"sha256": metadata.sha256}
    if not all(known.get(name) for name in REQUIRED) or make_metadata(known | digest, str(beside)) != metadata:
        return metadata_toml(metadata).encode()
    said = beside.read_bytes()
    if "sha256" in known:
        return said
    return said + (b"" if said.endswith(b"\n") else b"\n") + f'sha256 = "{metadata.sha256}"\n'.encode()
