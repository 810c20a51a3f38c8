"""The reference places: complete, each figure with its source, codes and intervals sane."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Node, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from hpkg.namespaces import BASE, HP, fold, slug

ROOT = Path(__file__).parents[2]
PLACE = f"{BASE}id/place/"
SOURCE = f"{BASE}id/source/"
REPORT_DAY = "2020-12-18"
QUAN = {"303": "Hồng Bàng", "304": "Ngô Quyền", "305": "Lê Chân", "306": "Hải An", "307": "Kiến An", "308": "Đồ Sơn"}
QUAN["309"] = "Dương Kinh"
HUYEN = {"311": "Thủy Nguyên", "312": "An Dương", "313": "An Lão", "314": "Kiến Thụy", "315": "Tiên Lãng"}
HUYEN |= {"316": "Vĩnh Bảo", "317": "Cát Hải", "318": "Bạch Long Vĩ"}
# Which source vouches for which figure.
VOUCHED = {
    HP.gsoCode: {"gso-2020", "gso-2025", "resolution-1232-2024"},
    HP.geonames: {"geonames"},
    HP.wikidata: {"whos-on-first"},
    HP.latitude: {"dvhcvn-boundaries", "geonames"},
    HP.validFrom: {
        "decree-145-2007",
        "law-72-2025",
        "resolution-1232-2024",
        "resolution-175-2024",
        "resolution-202-2025",
    },
    HP.validTo: {"law-72-2025", "resolution-1232-2024", "resolution-175-2024", "resolution-202-2025"},
}


def place(key: str) -> URIRef:
    """Return the IRI of a place."""
    return URIRef(PLACE + key)


def text(graph: Graph, node: Node, name: URIRef, language: str | None = None) -> str | None:
    """Return the value of property `name` of `node`, in `language` if given."""
    values = [value for value in graph.objects(node, name) if isinstance(value, Literal)]
    return next((str(value) for value in values if language is None or value.language == language), None)


def holds(graph: Graph, node: Node, day: str) -> bool:
    """Tell whether the place stood as such on `day`."""
    since, until = text(graph, node, HP.validFrom), text(graph, node, HP.validTo)
    return (since is None or since[:10] <= day) and (until is None or day <= until[:10])


def sources(graph: Graph, node: Node) -> set[str]:
    """Return the keys of the sources of a place; the report's is its IRI."""
    return {str(source).removeprefix(SOURCE) for source in graph.objects(node, DCTERMS.source)}


@pytest.fixture(scope="module")
def graph(published: dict[Path, Graph]) -> Graph:
    """The reference graph of places."""
    return published[ROOT / "graph" / "reference" / "places.ttl"]


@pytest.fixture(scope="module")
def places(graph: Graph) -> list[URIRef]:
    """Every place of it."""
    return sorted(node for node in set(graph.subjects(HP.placeKind)) if isinstance(node, URIRef))


def test_the_15_districts_of_the_report_are_there(graph: Graph) -> None:
    """In December 2020 Hải Phòng had 7 quận and 8 huyện: by code, name, class, and lying in the city."""
    for kind, names, form in (("UrbanDistrict", QUAN, "Quận"), ("RuralDistrict", HUYEN, "Huyện")):
        found = {
            text(graph, node, HP.gsoCode): text(graph, node, SKOS.prefLabel, "vi")
            for node in graph.subjects(RDF.type, HP[kind])
            if holds(graph, node, REPORT_DAY) and (node, HP.within, place("31")) in graph
        }
        assert found == {code: f"{form} {name}" for code, name in names.items()}


@pytest.mark.parametrize("code", [*QUAN, *HUYEN])
def test_a_district_lies_inside_the_box_of_the_city(graph: Graph, code: str) -> None:
    """The centre of a district lies between the corners of Hải Phòng, that of the far island east of them."""
    node = place(f"31-{code}")
    latitude, longitude = (float(text(graph, node, name) or 0) for name in (HP.latitude, HP.longitude))
    if code == "318":
        assert 20 < latitude < 20.3
        assert 107.5 < longitude < 107.9
    else:
        assert 20.5 < latitude < 21.05
        assert 106.35 < longitude < 107.2


def test_districts_have_distinct_centres(graph: Graph) -> None:
    """No two districts share a centre, a GeoNames feature or a Wikidata item."""
    nodes = [place(f"31-{code}") for code in (*QUAN, *HUYEN)]
    for name in (HP.latitude, HP.geonames, HP.wikidata):
        values = [value for node in nodes if (value := text(graph, node, name)) is not None]
        assert len(values) == len(set(values))
    assert all(text(graph, node, HP.geonames) for node in nodes)


def test_wikidata_items_are_of_the_urban_districts_only(graph: Graph) -> None:
    """Only the seven quận and the city have an item that a source vouches for; none is guessed."""
    having = {str(node).removeprefix(PLACE) for node in graph.subjects(HP.wikidata)}
    assert having == {"31", *(f"31-{code}" for code in QUAN)}


def test_the_63_provinces_of_2020_are_there(graph: Graph) -> None:
    """On the day of the report there were 63 provinces, 5 of them cities, with distinct codes of two digits."""
    standing = [node for node in graph.subjects(RDF.type, HP.Province) if holds(graph, node, REPORT_DAY)]
    codes = {text(graph, node, HP.gsoCode) for node in standing}
    assert len(standing) == len(codes) == 63
    assert all(re.fullmatch(r"\d\d", code or "") for code in codes)
    cities = {
        text(graph, node, SKOS.prefLabel, "vi")
        for node in standing
        if str(graph.value(node, HP.placeKind)).endswith("/city")
    }
    assert cities == {"Hà Nội", "Hải Phòng", "Đà Nẵng", "Thành phố Hồ Chí Minh", "Cần Thơ"}


def test_the_34_provinces_of_2025_are_there(graph: Graph) -> None:
    """After the mergers of 2025 there are 34 provinces, 6 of them cities."""
    standing = [node for node in graph.subjects(RDF.type, HP.Province) if holds(graph, node, "2025-07-01")]
    assert len(standing) == 34
    assert sum(str(graph.value(node, HP.placeKind)).endswith("/city") for node in standing) == 6


def test_the_key_of_a_unit_is_its_code_path(graph: Graph, places: list[URIRef]) -> None:
    """The IRI of a unit ends in its code, below that of the unit it lies in, and in the year of a later state."""
    for node in places:
        code = text(graph, node, HP.gsoCode)
        if code is None:
            continue
        since = text(graph, node, HP.validFrom)
        key = str(node).removeprefix(PLACE)
        later = f"-{since[:4]}" if since and since >= REPORT_DAY else ""
        assert key.endswith(code + later), key
        if len(code) > 2:
            above = {str(other).removeprefix(PLACE) for other in graph.objects(node, HP.within)}
            assert any(key.startswith(other.removesuffix("-2025")) for other in above), key


def test_the_key_of_another_place_comes_from_its_name(graph: Graph, places: list[URIRef]) -> None:
    """What has no code is named after the area it is known in and its Vietnamese label."""
    for node in places:
        key = str(node).removeprefix(PLACE)
        if text(graph, node, HP.gsoCode) is None and len(key) > 2:
            assert key.split("-", 1)[1] == slug(text(graph, node, SKOS.prefLabel, "vi") or ""), key


def test_codes_are_unique_at_any_time(graph: Graph, places: list[URIRef]) -> None:
    """On no day do two units of one level have one code."""
    for day in (REPORT_DAY, "2025-03-01", "2025-07-01"):
        codes = Counter(text(graph, node, HP.gsoCode) for node in places if holds(graph, node, day))
        assert [code for code, count in codes.items() if code and count > 1] == []


def test_names_are_unique_at_any_time(graph: Graph, places: list[URIRef]) -> None:
    """On no day do two places have the same label without marks."""
    for day in (REPORT_DAY, "2025-03-01", "2025-07-01"):
        standing = [node for node in places if holds(graph, node, day)]
        names = Counter(fold(text(graph, node, SKOS.prefLabel, "vi") or "") for node in standing)
        assert [name for name, count in names.items() if count > 1] == []


def test_labels_stand_in_both_languages(graph: Graph, places: list[URIRef]) -> None:
    """A place has one label in Vietnamese and one in English; other names are Vietnamese, none given twice."""
    for node in places:
        labels = [label.language for label in graph.objects(node, SKOS.prefLabel) if isinstance(label, Literal)]
        assert sorted(str(language) for language in labels) == ["en", "vi"], node
        for name in (SKOS.altLabel, SKOS.hiddenLabel):
            assert {value.language for value in graph.objects(node, name) if isinstance(value, Literal)} <= {"vi"}


def test_what_lies_within_leads_to_a_country(graph: Graph, places: list[URIRef]) -> None:
    """From every place but countries and regions of several countries one comes to a country, and never back."""
    for node in places:
        above = set(graph.transitive_objects(node, HP.within)) - {node}
        if str(node).removeprefix(PLACE) == "vn-hai-hanh-lang-mot-vanh-dai-kinh-te":
            assert not above
        elif (node, RDF.type, HP.Country) not in graph:
            assert any((other, RDF.type, HP.Country) in graph for other in above), node
        assert all(other in places for other in above)
        assert all((other, HP.within, node) not in graph for other in above)


def test_intervals_are_sane(graph: Graph, places: list[URIRef]) -> None:
    """A state begins before it ends, and its successor begins when it has ended."""
    for node in places:
        since, until = text(graph, node, HP.validFrom), text(graph, node, HP.validTo)
        assert since is None or until is None or since < until
        for other in graph.objects(node, HP.succeededBy):
            begins = text(graph, other, HP.validFrom)
            assert until is not None
            assert begins is not None
            assert until < begins, node


def test_the_conversions_the_report_plans_came_about(graph: Graph) -> None:
    """Thủy Nguyên became a city and An Dương an urban district on 1 January 2025, with their codes kept."""
    for code, kind in (("311", HP.MunicipalCity), ("312", HP.UrbanDistrict)):
        (after,) = graph.objects(place(f"31-{code}"), HP.succeededBy)
        assert (after, RDF.type, kind) in graph
        assert text(graph, after, HP.gsoCode) == code
        assert (text(graph, after, HP.validFrom) or "")[:10] == "2025-01-01"


def test_no_district_holds_after_june_2025(graph: Graph) -> None:
    """The district level ended on 1 July 2025, and Hải Phòng and Hải Dương became one."""
    kinds = (HP.UrbanDistrict, HP.RuralDistrict, HP.MunicipalCity, HP.DistrictTown)
    districts = [node for kind in kinds for node in graph.subjects(RDF.type, kind)]
    assert len(districts) == 17
    assert not [node for node in districts if holds(graph, node, "2025-07-01")]
    merged = {str(node).removeprefix(PLACE) for node in graph.subjects(HP.succeededBy, place("31-2025"))}
    assert {"30", "31"} <= merged


def test_every_figure_has_a_source_that_vouches_for_it(graph: Graph, places: list[URIRef]) -> None:
    """A place with a code, coordinate, link or date names a source that gives such figures."""
    for node in places:
        named = sources(graph, node)
        assert named, node
        for name, vouching in VOUCHED.items():
            if (node, name, None) in graph:
                assert named & vouching, f"{node} {name}"


def test_sources_are_described(graph: Graph, places: list[URIRef]) -> None:
    """A source has title and description in both languages and says under what right it may be used."""
    named = {
        source for node in places for source in graph.objects(node, DCTERMS.source) if str(source).startswith(SOURCE)
    }
    described = {node for node in graph.subjects(DCTERMS.title) if str(node).startswith(SOURCE)}
    assert named == described
    for source in described:
        for name in (DCTERMS.title, DCTERMS.description):
            languages = [value.language for value in graph.objects(source, name) if isinstance(value, Literal)]
            assert sorted(str(language) for language in languages) == ["en", "vi"], source
        assert (source, DCTERMS.license, None) in graph or (source, DCTERMS.rights, None) in graph


def test_the_districts_the_report_names_are_found_under_their_bare_names(graph: Graph) -> None:
    """A text that lists districts drops the word `huyện`: every district is known by its bare name too."""
    for code, name in (QUAN | HUYEN).items():
        assert (place(f"31-{code}"), SKOS.altLabel, Literal(name, "vi")) in graph


def test_a_quarter_named_after_a_street_is_not_the_city_of_that_name(graph: Graph) -> None:
    """`Khu 311 Đà Nẵng` is a locality in the ward Cầu Tre and does not lie in the city of Đà Nẵng."""
    above = set(graph.transitive_objects(place("31-khu-311-da-nang"), HP.within))
    assert place("31-304-11338") in above
    assert place("48") not in above


def test_a_chain_of_states_ends(graph: Graph, places: list[URIRef]) -> None:
    """From the huyện of 2020 to the city of 2025 and on to the joined province, each begins after the last."""
    chain = [place("31-311"), place("31-311-2025"), place("31-2025")]
    for one, other in pairwise(chain):
        assert (one, HP.succeededBy, other) in graph
    assert all(node in places for node in chain)
