"""A built index kept between runs, under the content it was built from.

Not for: what stands in the index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.files import replace_file
from hpkg.search.index import FORMAT, Index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["kept"]

_OLD_KEPT: Final = 4


def kept(folder: Path | None, content: str, build: Callable[[], Index]) -> Index:
    """Return the index over `content` (a hash) that lies in `folder`, else one built now and laid there.

    A folder that cannot be written, and a file that is no index, are no errors: a cache is a convenience.
    """
    if folder is None:
        return build()
    path = folder / f"search-{FORMAT}-{content}.sqlite"
    try:
        return Index.load(path.read_bytes())
    except (OSError, ValueError):
        index = build()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, index.dump())
        for old in sorted(folder.glob("search-*.sqlite"), key=_age, reverse=True)[_OLD_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        pass
    return index


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another run has just cleared it away
        return 0.0
