"""A release of the data in a folder of its own, for an archive: what stands in `dumps/` of a site.

Not for: what the files hold (`hpkg.catalog.bundle`).
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from hpkg.catalog import bundle, history, make_release
from hpkg.namespaces import BASE
from hpkg.publish.folder import replacing
from hpkg.store.files import graph_files

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.catalog import History, Release
    from hpkg.home import Home
    from hpkg.publish.folder import Tally
    from hpkg.store import Store

__all__ = ["dated", "numbered", "release"]

_MARK: Final = ".hpkg-release"


def release(home: Home, store: Store, target: Path, base: str = BASE) -> tuple[Tally, History]:
    """Write the release of `store` into the folder `target`, after the one that stands there.

    `base` is where the site of the graph stands. Returns what became of the files, and the releases.

    Raises:
        StoreError: The folder holds something other than a release, or the machine refuses.
    """
    with replacing(target, _MARK) as folder:
        made, told = numbered(make_release(store, dated(home)), target)
        for name, content in bundle(home, store, made, told, base).items():
            folder.put(name, content)
    return folder.tally, told


def numbered(made: Release, folder: Path) -> tuple[Release, History]:
    """Return a release with its number after those of `folder`, and all; the same graph keeps number and day."""
    told = history(folder, made)
    day = datetime.fromisoformat(told.releases[0]["modified"])
    oldest = told.releases[-1]
    issued = datetime.fromisoformat(oldest["modified"]) if oldest["first"] else None
    return replace(made, number=told.number, modified=day, issued=issued), told


def dated(home: Home) -> datetime:
    """Return when the graph last changed: `SOURCE_DATE_EPOCH` where it is set, else by the times of its files."""
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(stated) if stated.isdecimal() else int(max(file.path.stat().st_mtime for file in graph_files(home)))
    return datetime.fromtimestamp(seconds, tz=UTC)
