"""A loaded graph kept on disk between runs, under the content it was loaded from: opening it takes no parsing.

Not for: writing into it, or a process that asks much: memory answers quicker.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["kept_engine"]

_OLD_KEPT: Final = 2


def kept_engine(folder: Path | None, content: str, load: Callable[[], ox.Store]) -> ox.Store:
    """Return the engine over `content` (a hash) that lies in `folder`, read only, else one loaded now and laid there.

    A folder that cannot be written, and one that holds something else, are no errors: a cache is a convenience.
    """
    if folder is None:
        return load()
    path = folder / f"graph-{ox.__version__}-{content}"
    try:
        if path.is_dir():
            engine = ox.Store.read_only(str(path))
            path.touch()
            return engine
    except (OSError, ValueError, RuntimeError):
        shutil.rmtree(path, ignore_errors=True)
    engine = load()
    with suppress(OSError, ValueError, RuntimeError):
        _lay(engine, path)
    return engine


def _lay(engine: ox.Store, path: Path) -> None:
    """Copy `engine` to `path`, which is seen whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=path.parent, prefix=".graph-"))
    try:
        copy = ox.Store(str(aside))
        copy.bulk_extend(engine)
        copy.optimize()
        copy.flush()
        del copy  # closes it
        aside.replace(path)  # refused when another run has been quicker
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for old in sorted(path.parent.glob("graph-*"), key=_age, reverse=True)[_OLD_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another run has just cleared it away
        return 0.0
