"""A small home, and the site that is published of it once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hpkg.home import Home
from hpkg.publish import publish
from hpkg.store import open_store

if TYPE_CHECKING:
    from hpkg.publish import Tally
    from hpkg.store import Store

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests/data/sample"
ADDRESS = "https://plans.example.org/"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the sample's report, the vocabularies that few questions need, and those questions."""
    root = tmp_path_factory.mktemp("home")
    (root / "ontology/vocab").mkdir(parents=True)
    for name in (
        "hpkg.ttl",
        "context.jsonld",
        "shapes.ttl",
        "alignments.ttl",
        "vocab/pillar.ttl",
        "vocab/basis.ttl",
        "vocab/section-role.ttl",
    ):
        shutil.copy(ROOT / "ontology" / name, root / "ontology" / name)
    shutil.copytree(SAMPLE / "graph/31-hai-phong", root / "graph/31-hai-phong")
    for name in ("tasks-by-pillar", "coverage", "sentence-facts"):
        found = next((ROOT / "queries").rglob(f"{name}.rq"))
        place = root / found.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(found, place)
    return Home(root)


@pytest.fixture(scope="session")
def store(home: Home) -> Store:
    """The graph of the home."""
    return open_store(home)


@pytest.fixture(scope="session")
def site(home: Home, store: Store, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tally]:
    """The site, published once."""
    target = tmp_path_factory.mktemp("web") / "site"
    return target, publish(home, store, target, ADDRESS)
