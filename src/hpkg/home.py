"""Where ontology, graph and queries stand: shipped in the wheel, in a checkout, or in a folder of the user's.

Not for: reading what stands there.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from hpkg.errors import CallerError, StoreError

__all__ = ["Home", "asset", "cache_folder", "home"]

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Home:
    """A folder that holds `ontology/`, `graph/` and `queries/`."""

    root: Path

    @property
    def ontology(self) -> Path:
        """Return the folder of `hpkg.ttl`, `shapes.ttl` and `vocab/`."""
        return self.root / "ontology"

    @property
    def graph(self) -> Path:
        """Return the folder of built graphs, sources and reference data."""
        return self.root / "graph"

    @property
    def queries(self) -> Path:
        """Return the folder of question modules."""
        return self.root / "queries"


def home(root: Path | None = None) -> Home:
    """Return the home to work in: `root`, else `$HPKG_HOME`, else what this installation ships.

    Raises:
        CallerError: The folder given has no `ontology/` in it.
    """
    named = root or (Path(os.environ["HPKG_HOME"]) if os.environ.get("HPKG_HOME") else None)
    if named is None:
        shipped = _PACKAGE / "data"
        named = shipped if shipped.is_dir() else _PACKAGE.parent.parent
    if not (named / "ontology").is_dir():
        raise CallerError("home-without-ontology", where=str(named))
    return Home(named)


def asset(name: str) -> bytes:
    """Return a file that pages run in a browser, as `tools/web.py` bundled it.

    Raises:
        StoreError: It was not built.
    """
    try:
        return (_PACKAGE / "assets" / name).read_bytes()
    except FileNotFoundError as error:
        raise StoreError("assets-missing", where=name) from error


def cache_folder() -> Path | None:
    """Return the folder for what can be made again: `$HPKG_CACHE`, else the one of the system for this person.

    None when `$HPKG_CACHE` is empty, or the person has no folder: then nothing is kept.
    """
    if "HPKG_CACHE" in os.environ:
        return Path(os.environ["HPKG_CACHE"]) if os.environ["HPKG_CACHE"] else None
    try:
        own = Path.home()
    except RuntimeError:
        return None
    usual = {"darwin": own / "Library" / "Caches", "win32": own / "AppData" / "Local"}.get(sys.platform, own / ".cache")
    named = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME")
    return (Path(named) if named else usual) / "hpkg"
