"""The reference regions, natural features and countries: complete, and names that are held apart."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Node
from rdflib.namespace import DCTERMS, RDF, SKOS

from hpkg.namespaces import BASE, HP

ROOT = Path(__file__).parents[2]
PLACE = f"{BASE}id/place/"
REGIONS = (
    "trung-du-va-mien-nui-phia-bac",
    "dong-bang-song-hong",
    "bac-trung-bo-va-duyen-hai-mien-trung",
    "tay-nguyen",
    "dong-nam-bo",
    "dong-bang-song-cuu-long",
)


@pytest.fixture(scope="module")
def graph(published: dict[Path, Graph]) -> Graph:
    """Regions and countries, with the places kept by hand."""
    reference = ROOT / "graph" / "reference"
    files = [reference / name for name in ("places.ttl", "regions.ttl", "countries.ttl")]
    return published[files[0]] + published[files[1]] + published[files[2]]


def test_regions_features_and_countries_are_complete(graph: Graph) -> None:
    """Labels in both languages, one kind, and sources that are described."""
    described = set(graph.subjects(DCTERMS.title))
    for kind in (HP.Region, HP.NaturalFeature, HP.Country):
        nodes = set(graph.subjects(RDF.type, kind))
        assert len(nodes) > 20
        for node in nodes:
            labels = [label.language for label in graph.objects(node, SKOS.prefLabel) if isinstance(label, Literal)]
            assert sorted(str(language) for language in labels) == ["en", "vi"], node
            assert len(list(graph.objects(node, HP.placeKind))) == 1, node
            sources = [source for source in graph.objects(node, DCTERMS.source) if "/id/source/" in str(source)]
            assert set(sources) <= described


def test_names_are_held_apart(graph: Graph) -> None:
    """No two regions, features or countries share a name."""
    owners: dict[str, set[Node]] = defaultdict(set)
    for kind in (HP.Region, HP.NaturalFeature, HP.Country):
        for node in graph.subjects(RDF.type, kind):
            for name in (SKOS.prefLabel, SKOS.altLabel):
                for value in graph.objects(node, name):
                    if isinstance(value, Literal) and value.language == "vi":
                        owners[str(value).lower()].add(node)
    assert {name: nodes for name, nodes in owners.items() if len(nodes) > 1} == {}


def test_countries_have_their_iso_codes(graph: Graph) -> None:
    """The key of a country is its code of two letters, in lower case."""
    keys = [str(node).removeprefix(PLACE) for node in graph.subjects(RDF.type, HP.Country)]
    assert all(len(key) == 2 and key.isalpha() and key.islower() for key in keys)
    assert {"vn", "la", "kh", "cn", "us", "gb", "ru"} <= set(keys)


def test_every_province_of_2020_lies_in_one_statistical_region(graph: Graph) -> None:
    """The six regions share out the 63 provinces."""
    regions = {f"{PLACE}vn-vung-{key}" for key in REGIONS}
    old = [node for node in graph.subjects(RDF.type, HP.Province) if graph.value(node, HP.validFrom) is None]
    assert len(old) == 63
    for node in old:
        assert len(regions & {str(region) for region in graph.objects(node, HP.within)}) == 1, node
