"""The reference organisations: complete, their short names held apart, their parents known."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from hpkg.namespaces import BASE, HP, fold

ROOT = Path(__file__).parents[2]
BODY = f"{BASE}id/organisation/"


@pytest.fixture(scope="module")
def graph(published: dict[Path, Graph]) -> Graph:
    """The reference graphs of organisations."""
    reference = ROOT / "graph" / "reference"
    return published[reference / "organisations.ttl"] + published[reference / "national-organisations.ttl"]


@pytest.fixture(scope="module")
def bodies(graph: Graph) -> list[URIRef]:
    """Every organisation of it."""
    return sorted(node for node in graph.subjects(RDF.type, HP.Organisation) if isinstance(node, URIRef))


def test_every_body_is_complete(graph: Graph, bodies: list[URIRef], published: dict[Path, Graph]) -> None:
    """A body has key, labels and definitions in both languages, a kind that is a concept, and a source."""
    kinds = set(published[ROOT / "ontology" / "vocab" / "organisation-kind.ttl"].subjects(RDF.type, SKOS.Concept))
    for node in bodies:
        assert str(graph.value(node, SKOS.notation)) == str(node).removeprefix(BODY)
        for name in (SKOS.prefLabel, SKOS.definition):
            languages = [value.language for value in graph.objects(node, name) if isinstance(value, Literal)]
            assert sorted(str(language) for language in languages) == ["en", "vi"], node
        assert graph.value(node, HP.organisationKind) in kinds
        assert (node, DCTERMS.source, None) in graph


def test_the_key_begins_with_the_area(graph: Graph, bodies: list[URIRef]) -> None:
    """Bodies of the city are of Hải Phòng, bodies of the nation of Việt Nam, those of many countries of no area."""
    areas = {"31-hai-phong": f"{BASE}id/place/31", "vn": f"{BASE}id/place/vn", "intl": None}
    for node in bodies:
        area = areas[str(node).removeprefix(BODY).split("/")[0]]
        assert graph.value(node, HP.ofArea) == (URIRef(area) if area else None), node


def test_names_are_held_apart(graph: Graph, bodies: list[URIRef]) -> None:
    """No two bodies share a name without marks."""
    owners: dict[str, URIRef] = {}
    for node in bodies:
        for name in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
            for label in graph.objects(node, name):
                if isinstance(label, Literal) and label.language == "vi":
                    assert owners.setdefault(fold(str(label)), node) == node, label


def test_parents_are_there_and_close_no_circle(graph: Graph, bodies: list[URIRef]) -> None:
    """A body belongs to another that is described, and never to itself by any way."""
    for node in bodies:
        above = [
            other
            for near in graph.objects(node, HP.parentOrganisation)
            for other in graph.transitive_objects(near, HP.parentOrganisation)
        ]
        assert set(above) <= set(bodies)
        assert node not in above


@pytest.mark.parametrize(
    ("form", "key"),
    [
        ("Ủy ban nhân dân thành phố", "31-hai-phong/ubnd"),
        ("Hội đồng nhân dân thành phố", "31-hai-phong/hdnd"),
        ("Ban Thường vụ Thành ủy", "31-hai-phong/ban-thuong-vu-thanh-uy"),
        ("Trung ương Đảng", "vn/trung-uong-dang"),
        ("EU", "intl/eu"),
        ("MBBW", "intl/mbbw"),
        ("World Bank", "intl/ngan-hang-the-gioi"),
        ("Bộ KH&ĐT", "vn/bo-ke-hoach-va-dau-tu"),
        ("Bộ Nông nghiệp và Môi trường", "vn/bo-nong-nghiep-va-moi-truong"),
        ("NHNN", "vn/ngan-hang-nha-nuoc"),
        ("EVN", "vn/evn"),
    ],
)
def test_the_names_of_the_report_are_known(graph: Graph, form: str, key: str) -> None:
    """What the report calls a body, short names among them, leads to that body; slips are the mender's."""
    names = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    assert any((URIRef(BODY + key), name, Literal(form, "vi")) in graph for name in names)
