"""The reference districts: every state of each, between December 2020 and the end of the level."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Node, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from hpkg.namespaces import BASE, HP, fold

ROOT = Path(__file__).parents[2]
PLACE = f"{BASE}id/place/"
KINDS = (HP.UrbanDistrict, HP.RuralDistrict, HP.DistrictTown, HP.MunicipalCity)


@pytest.fixture(scope="module")
def graph(published: dict[Path, Graph]) -> Graph:
    """The districts, with the places kept by hand."""
    reference = ROOT / "graph" / "reference"
    return published[reference / "places.ttl"] + published[reference / "districts.ttl"]


def moment(graph: Graph, node: Node, name: URIRef) -> str | None:
    """Return the day of a property."""
    value = graph.value(node, name)
    return str(value)[:10] if isinstance(value, Literal) else None


def standing(graph: Graph, day: str) -> list[Node]:
    """Return the districts that stood on `day`."""
    districts = [node for kind in KINDS for node in graph.subjects(RDF.type, kind)]
    return [
        node
        for node in districts
        if (moment(graph, node, HP.validFrom) or "") <= day <= (moment(graph, node, HP.validTo) or "9")
    ]


@pytest.mark.parametrize(
    ("day", "count"),
    [("2020-12-18", 707), ("2021-01-01", 705), ("2024-01-01", 705), ("2025-06-30", 696), ("2025-07-01", 0)],
)
def test_all_districts_of_a_day_are_there(graph: Graph, day: str, count: int) -> None:
    """707 in December 2020, 705 when three had become the city of Thủ Đức, 696 at the end, then none."""
    assert len(standing(graph, day)) == count


@pytest.mark.parametrize("day", ["2020-12-18", "2023-06-01", "2025-03-01"])
def test_no_two_districts_of_a_province_share_a_name_or_a_code(graph: Graph, day: str) -> None:
    """Châu Thành lies in many provinces, and in each once."""
    units = standing(graph, day)
    for name in (SKOS.prefLabel, HP.gsoCode):
        said = Counter(
            (str(graph.value(node, HP.within)), fold(str(value)))
            for node in units
            for value in graph.objects(node, name)
            if isinstance(value, Literal) and value.language != "en"
        )
        assert [key for key, count in said.items() if count > 1] == []


def test_a_state_is_followed_by_the_next(graph: Graph) -> None:
    """What a district became begins on the day after it ended, and is described."""
    for node in graph.subjects(HP.succeededBy):
        for other in graph.objects(node, HP.succeededBy):
            since, until = moment(graph, other, HP.validFrom), moment(graph, node, HP.validTo)
            assert since is not None
            assert until is not None
            assert until < since


@pytest.mark.parametrize(
    ("key", "kind", "since", "until"),
    [
        ("79-769", HP.UrbanDistrict, None, "2020-12-31"),
        ("79-769-2021", HP.MunicipalCity, "2021-01-01", "2025-06-30"),
        ("91-911-2021", HP.MunicipalCity, "2021-03-01", "2025-06-30"),
        ("46-474-2025", HP.UrbanDistrict, "2025-01-01", "2025-06-30"),
        ("80-808", HP.RuralDistrict, None, "2025-06-30"),
    ],
)
def test_changes_have_their_days(graph: Graph, key: str, kind: URIRef, since: str | None, until: str) -> None:
    """A unit that changed its kind has a state for each, the later one with the year in its key."""
    node = URIRef(PLACE + key)
    assert (node, RDF.type, kind) in graph
    assert (moment(graph, node, HP.validFrom), moment(graph, node, HP.validTo)) == (since, until)


def test_every_district_is_complete(graph: Graph) -> None:
    """It has labels in both languages, kind and code, lies in a described province, and names described sources."""
    described = set(graph.subjects(DCTERMS.title))
    for kind in KINDS:
        for node in graph.subjects(RDF.type, kind):
            labels = [label.language for label in graph.objects(node, SKOS.prefLabel) if isinstance(label, Literal)]
            assert sorted(str(language) for language in labels) == ["en", "vi"], node
            assert graph.value(node, HP.placeKind) is not None
            provinces = list(graph.objects(node, HP.within))
            assert provinces
            assert all((province, RDF.type, HP.Province) in graph for province in provinces)
            sources = [source for source in graph.objects(node, DCTERMS.source) if "/id/source/" in str(source)]
            assert sources
            assert set(sources) <= described
