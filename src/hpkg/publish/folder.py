"""A folder that is published whole or not at all: written beside the old one, then put in its place.

A file that is the same as before is no new file: it is linked from the old folder and keeps its time, so that a copy to
a host moves only what changed. Not for: what stands in the files.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["MARK", "Folder", "Tally", "replacing"]

MARK: Final = ".hpkg-site"
"""A file that tells a folder of ours from one that holds something else."""


@dataclass(slots=True)
class Tally:
    """How many files a site has, and what became of them."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    size: int = 0

    @property
    def files(self) -> int:
        """Return how many files there are."""
        return self.written + self.unchanged


class Folder:
    """The new content of the folder `target`, on its way."""

    def __init__(self, target: Path) -> None:
        """Write beside `target`; nothing of it is touched."""
        self.target = target
        self.aside = target.with_name(f".{target.name}.new")
        self.tally = Tally()
        self._names: set[str] = set()

    def before(self, name: str) -> bytes | None:
        """Return the file at the path `name` as it stands in the old folder; None where there is none."""
        old = self.target / name
        return old.read_bytes() if old.is_file() else None

    def put(self, name: str, content: bytes) -> None:
        """Put a file at the path `name` below the folder; a second one of the same name replaces nothing.

        Raises:
            StoreError: Two different files are to have one name.
        """
        path = self.aside / name
        if name in self._names:
            if path.read_bytes() != content:
                raise StoreError("site-name-twice", where=name)
            return
        self._names.add(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.tally.size += len(content)
        old = self.target / name
        if old.is_file() and old.stat().st_size == len(content) and old.read_bytes() == content:
            self.tally.unchanged += 1
            try:
                os.link(old, path)
            except OSError:  # a file system without links
                shutil.copy2(old, path)
            return
        self.tally.written += 1
        path.write_bytes(content)


@contextmanager
def replacing(target: Path, mark: str = MARK) -> Iterator[Folder]:
    """Yield a folder to fill; when the block ends well it stands at `target`, else `target` is as it was.

    `mark` is the name of a file that tells a folder of ours.

    Raises:
        StoreError: `target` is a file, or a folder that holds something other than a site of ours.
    """
    if target.exists() and not (target / mark).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise StoreError("site-not-ours", where=str(target))
    folder = Folder(target)
    before = target.with_name(f".{target.name}.old")
    # What an interrupted run has left. If it stopped between the two moves, the old site is put back first.
    if before.exists() and not target.exists():
        before.rename(target)
    for rest in (folder.aside, before):
        shutil.rmtree(rest, ignore_errors=True)
    folder.aside.mkdir(parents=True)
    folder.put(mark, b"Written by hpkg, which replaces everything in this folder.\n")
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder.aside, ignore_errors=True)
        raise
    if target.exists():
        known = sum(1 for path in target.rglob("*") if path.is_file())
        folder.tally.removed = known - folder.tally.unchanged - _replaced(folder)
        target.rename(before)
    folder.aside.rename(target)
    shutil.rmtree(before, ignore_errors=True)


def _replaced(folder: Folder) -> int:
    """Return how many files of the old folder have a new content under the same name."""
    return sum(
        1
        for path in folder.target.rglob("*")
        if path.is_file()
        and (made := folder.aside / path.relative_to(folder.target)).is_file()
        and not made.samefile(path)
    )
