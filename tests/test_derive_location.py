"""Where a project lies by its name: an inference of its own, and only from a whole proper name."""

from __future__ import annotations

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF

from hpkg.derive import derive
from hpkg.namespaces import BASE, HP, PREFIXES, mint, slug
from hpkg.store.embedded import EmbeddedStore

PROV = Namespace(PREFIXES["prov"])
REPORT = "31-hai-phong/2020-402-bc-ubnd"
GRAPH = f"{BASE}graph/{REPORT}"
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
WORLD = f"""{HEADER}
@prefix place: <{BASE}id/place/> . @prefix kind: <{BASE}id/place-kind/> . @prefix work: <{BASE}id/project-kind/> .
<{BASE}id/report/{REPORT}> a hp:Report ; hp:refArea place:31 ; hp:dateIssued "2020-12-18T00:00:00Z"^^xsd:dateTime .
place:31 a hp:Province ; skos:prefLabel "Thành phố Hải Phòng"@vi ; hp:within place:vn .
place:31-317 skos:prefLabel "Huyện Cát Hải"@vi ; hp:placeKind kind:rural-district ; hp:within place:31 .
place:31-dao-cat-ba skos:prefLabel "Đảo Cát Bà"@vi ; hp:placeKind kind:island ; hp:within place:31-317 .
place:31-317-11914 skos:prefLabel "Thị trấn Cát Bà"@vi ; hp:placeKind kind:township ; hp:within place:31-317 .
place:31-305 skos:prefLabel "Quận Lê Chân"@vi ; hp:placeKind kind:urban-district ; hp:within place:31 .
place:31-x skos:prefLabel "Khu Tràng An"@vi ; hp:placeKind kind:locality ; hp:within place:31 .
place:31-y skos:prefLabel "Khu Tràng An"@vi ; hp:placeKind kind:locality ; hp:within place:31 .
place:31-song-cam skos:prefLabel "Sông Cấm"@vi ; hp:placeKind kind:river ; hp:within place:31 .
place:31-312-2025 skos:prefLabel "Quận An Dương"@vi ; hp:placeKind kind:urban-district ; hp:within place:31 ;
  hp:validFrom "2025-01-01T00:00:00Z"^^xsd:dateTime .
place:79 a hp:Province ; skos:prefLabel "Thành phố Hồ Chí Minh"@vi ; hp:within place:vn .
place:34 skos:prefLabel "Tỉnh Thái Bình"@vi ; hp:placeKind kind:rural-district ; hp:within place:31 .
kind:island a hp:PlaceKind ; skos:prefLabel "đảo"@vi .
kind:rural-district a hp:PlaceKind ; skos:prefLabel "huyện"@vi , "tỉnh"@vi .
kind:township a hp:PlaceKind ; skos:prefLabel "thị trấn"@vi .
kind:urban-district a hp:PlaceKind ; skos:prefLabel "quận"@vi .
kind:locality a hp:PlaceKind ; skos:prefLabel "khu"@vi .
work:road a hp:ProjectKind ; skos:prefLabel "đường"@vi .
work:square a hp:ProjectKind ; skos:prefLabel "quảng trường"@vi .
work:hotel a hp:ProjectKind ; skos:prefLabel "khách sạn"@vi .
"""


def _derived(label: str, kind: str, more: str = "") -> tuple[Graph, URIRef, URIRef]:
    """Return what is derived of one project, its node, and the node that would say where it lies."""
    project = mint("project", "31-hai-phong", slug(label))
    passage = f"<{BASE}id/report/{REPORT}/text#char=1,2>"
    data = f"""{WORLD}
<{project}> a hp:Project ; skos:prefLabel "{label}"@vi ; hp:projectKind work:{kind} ; hp:evidence {passage} {more} .
{passage} hp:inReport <{BASE}id/report/{REPORT}> ."""
    graph = derive(EmbeddedStore.of({GRAPH: Graph().parse(data=data)}))
    return graph, project, mint("inferred-location", "31-hai-phong", slug(label))


@pytest.mark.parametrize(
    ("label", "kind", "place"),
    [
        ("Flamingo Cát Bà Beach Resort", "resort", "31-dao-cat-ba"),
        ("Khách sạn Cát Hải", "hotel", "31-317"),
        ("Cụm công nghiệp huyện Cát Hải", "industrial-cluster", "31-317"),
        ("Chợ Lê Chân", "market", "31-305"),
    ],
)
def test_a_whole_proper_name_tells_the_place(label: str, kind: str, place: str) -> None:
    """The widest of the places with that name is inferred; the statement names rule and grounds."""
    graph, project, node = _derived(label, kind)
    assert graph.value(node, RDF.type) == HP.InferredLocation
    assert graph.value(node, HP.locationOf) == project
    assert graph.value(node, HP.inferredPlace) == mint("place", place)
    assert graph.value(node, HP.derivedBy) == mint("rule", "place-in-name")
    assert set(graph.objects(node, PROV.wasDerivedFrom)) == {project, mint("place", place)}
    assert (project, HP.locatedIn, None) not in graph


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Quảng trường Hồ Chí Minh", "square"),
        ("Đường 311 Đà Nẵng", "road"),
        ("Đường Lê Chân", "road"),
        ("Chung cư đường Lê Chân", "housing"),
        ("Khách sạn Hồ Chí Minh", "hotel"),
        ("Khách sạn Thái Bình Dương", "hotel"),
        ("Khu công nghiệp Nam Cát Hải", "industrial-park"),
        ("Khu đô thị Cát Bà-Tân Vũ", "urban-area"),
        ("Khu đô thị Bắc Sông Cấm", "urban-area"),
        ("Khu công nghiệp An Dương", "industrial-park"),
        ("Khách sạn Tràng An", "hotel"),
        ("Khu đô thị Cát Hải và Lê Chân", "urban-area"),
        ("khu vui chơi cát bà", "amusement-park"),
    ],
)
def test_a_name_that_tells_no_place_gives_none(label: str, kind: str) -> None:
    """Not of persons, streets, other provinces, other times; not a part of a longer name, nor one of two names."""
    graph, _, node = _derived(label, kind)
    assert (node, None, None) not in graph


def test_a_stated_place_stands_alone() -> None:
    """Where the report says where a project is, its name tells nothing."""
    graph, _, node = _derived("Khách sạn Cát Bà", "hotel", f"; hp:locatedIn <{BASE}id/place/31-305>")
    assert (node, None, None) not in graph


def test_the_place_of_a_tone_mark_does_not_matter() -> None:
    """`Thuỷ` and `Thủy` are one word."""
    world = f'<{BASE}id/place/31-311> skos:prefLabel "Huyện Thủy Nguyên"@vi ; hp:within <{BASE}id/place/31> ;'
    more = f". {world} hp:placeKind <{BASE}id/place-kind/rural-district>"
    graph, _, node = _derived("Khu công nghiệp Thuỷ Nguyên", "industrial-park", more)
    assert graph.value(node, HP.inferredPlace) == mint("place", "31-311")
