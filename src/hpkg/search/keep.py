"""A built index kept between runs, under the content it was built from.

Not for: what stands in the index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.files import keep_file
from hpkg.search.index import FORMAT, Index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["kept"]


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
    keep_file(path, index.dump(), "search-*.sqlite")
    return index
