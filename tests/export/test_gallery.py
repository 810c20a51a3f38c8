"""The gallery shows what the graph says today."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parent.parent.parent


def gallery() -> ModuleType:
    """Return the script of the gallery as a module."""
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "docs/gallery.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_gallery_is_up_to_date_and_small() -> None:
    """Drawn anew, each picture and the page are what stands in the checkout; no picture is heavy (`just gallery`)."""
    files: dict[Path, bytes] = gallery().files()
    assert {path.suffix for path in files} == {".svg", ".md"}
    assert {path for path, said in files.items() if path.read_bytes() != said} == set()
    assert set((ROOT / "docs/pictures").iterdir()) == {path for path in files if path.suffix == ".svg"}
    assert max(len(said) for said in files.values()) < 250_000
