"""Sums of money are added only where they are alike: one currency, one year, one kind, and nothing twice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hpkg.home import Home
from hpkg.questions import ask, named
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files

if TYPE_CHECKING:
    from hpkg.questions import Value

ROOT = Path(__file__).parent.parent
PREFIXES = """
@prefix hp: <https://w3id.org/hpkg/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <urn:x:> .
x:passage a hp:Passage ; hp:inReport x:report ; hp:startOffset 1 ; hp:endOffset 9 ; hp:quote "tổng mức" .
x:group a hp:TaskGroup ; hp:ordinal "V.1" ; skos:prefLabel "Nhóm"@vi ; hp:evidence x:passage .
"""
PROJECT = """
x:{name} a hp:Project ; skos:prefLabel "{name}"@vi ; hp:totalInvestment x:m-{name} ; hp:evidence x:passage .
"""
MONEY = """
x:m-{name} a hp:Target ; skos:prefLabel "{name}"@vi ; hp:value {value} ;
  hp:unit <https://w3id.org/hpkg/id/unit/{unit}> ;
  hp:valueAsStated "{value}" ; hp:refPeriod <https://w3id.org/hpkg/id/period/{year}> ; hp:evidence x:passage .
<https://w3id.org/hpkg/id/period/{year}> hp:startYear {year} ; hp:endYear {year} .
"""
TASK = """
x:{name} a hp:Task ; hp:ordinal "V.1.1" ; hp:partOf x:group ; hp:hasMeasurement x:m-{name} ; hp:evidence x:passage .
"""


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, Value]]:
    """The answer over a few made projects and tasks, by what the money is for."""
    turtle = PREFIXES + "x:part hp:partOfProject x:road .\n"
    for name, value, unit in (
        ("bridge", 100, "VND-billion"),
        ("road", 5, "VND-trillion"),
        ("part", 2, "VND-trillion"),
        ("port", 50, "USD-million"),
    ):
        turtle += (PROJECT + MONEY).format(name=name, value=value, unit=unit, year=2021)
    for name, value, year in (("roof", 3, 2021), ("well", 4, 2021), ("mill", 9, 2022)):
        turtle += (TASK + MONEY).format(name=name, value=value, unit="VND-billion", year=year)
    ontology = {
        file.graph: file.path.read_bytes() for file in graph_files(Home(ROOT)) if "/graph/" not in str(file.path)
    }
    store = EmbeddedStore(ontology | {"urn:x": turtle.encode()})
    answer = ask(store, named(Home(ROOT), "sums-of-money"), {}, language="vi")
    return {str(row["name"]): row for row in answer.to_records()}


def test_investments_are_added_by_currency_in_its_base_unit(rows: dict[str, dict[str, Value]]) -> None:
    """A hundred billion and five trillion đồng are added; fifty million dollars stand alone."""
    assert (rows["bridge"]["sum"], rows["bridge"]["parts"]) == (Decimal(5_100_000_000_000), 2)
    assert rows["road"]["sum"] == rows["bridge"]["sum"]
    assert (rows["port"]["sum"], rows["port"]["parts"]) == (Decimal(50_000_000), 1)


def test_what_is_part_of_a_counted_project_is_not_added_again(rows: dict[str, dict[str, Value]]) -> None:
    """The two trillion of a section are within the five of the road: shown, and in no sum."""
    assert rows["part"]["amount"] == Decimal(2_000_000_000_000)
    assert rows["part"]["sum"] is None


def test_tasks_of_a_group_are_added_year_by_year(rows: dict[str, dict[str, Value]]) -> None:
    """Money of one year is not added to that of another."""
    assert rows["roof"]["sum"] == rows["well"]["sum"] == Decimal(7_000_000_000)
    assert rows["mill"]["sum"] == Decimal(9_000_000_000)
    assert {rows[name]["over_name"] for name in ("roof", "well", "mill")} == {"Nhóm"}
