"""Ontology and graph as Python objects: the documented example runs and says what it is said to say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hpkg.home import Home
from hpkg.namespaces import BASE
from hpkg.reason import to_owlready
from hpkg.store import open_store

if TYPE_CHECKING:
    import owlready2

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "data" / "sample"
PAGE = (ROOT / "docs" / "python-objects.md").read_text("utf-8")


def block(language: str) -> str:
    """Return the first block of `language` in the page."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def world() -> owlready2.World:
    """Return the sample graph as objects."""
    return to_owlready(open_store(Home(SAMPLE)))


def test_the_documented_example(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The code of the page runs as it stands, and prints every line that the page shows."""
    monkeypatch.setenv("HPKG_HOME", str(SAMPLE))
    exec(compile(block("python"), "docs/python-objects.md", "exec"), {"__name__": "example"})  # noqa: S102 — our own page
    printed = capsys.readouterr().out.splitlines()
    shown = block("text").splitlines()
    assert len(shown) == 3
    assert set(shown) <= set(printed)


def test_classes_of_the_ontology_are_python_classes(world: owlready2.World) -> None:
    """A district is an instance of the wider classes too, and a task is none of them."""
    hp = world.get_ontology(f"{BASE}def#")
    district = world[f"{BASE}id/place/31-317"]
    assert isinstance(district, hp.RuralDistrict)
    assert isinstance(district, hp.District)
    assert not isinstance(district, hp.Task)
    assert district in hp.AdministrativeUnit.instances()


def test_names_and_iris_survive(world: owlready2.World) -> None:
    """Letters with marks and IRIs with slashes and dots come through unchanged."""
    task = world[f"{BASE}id/task/31-hai-phong/2020-402-bc-ubnd/v.4.10"]
    assert task.iri.endswith("/v.4.10")
    assert task.prefLabel.vi.first().startswith("Xây dựng và tổ chức thực hiện Đề án ứng dụng")


def test_chains_of_the_ontology_are_there(world: owlready2.World) -> None:
    """A property chain is an object that can be looked at."""
    hp = world.get_ontology(f"{BASE}def#")
    chains = [list(chain.properties) for chain in hp.locatedIn.get_property_chain()]
    assert [hp.locatedIn, hp.within] in chains


def test_two_worlds_do_not_share(world: owlready2.World) -> None:
    """Each call gives a world of its own: what one adds, the other does not see."""
    other = to_owlready(open_store(Home(SAMPLE)))
    hp = other.get_ontology(f"{BASE}def#")
    hp.Task("only-here", namespace=hp)
    assert other["https://w3id.org/hpkg/def#only-here"] is not None
    assert world["https://w3id.org/hpkg/def#only-here"] is None
