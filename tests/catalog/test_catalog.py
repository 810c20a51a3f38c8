"""The dataset as it is published: files, descriptions, changes, what is gone."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, VOID

from hpkg.catalog import (
    Release,
    catalogue,
    changes,
    checksums,
    dataset_description,
    make_release,
    manifest,
    quads,
    retire,
    retired,
    robots,
    sitemap,
    void_description,
)
from hpkg.home import Home
from hpkg.messages import LANGUAGES, Language
from hpkg.namespaces import BASE, PREFIXES
from hpkg.serve.description import describe_service
from hpkg.store.embedded import EmbeddedStore

SHAPES = Path(__file__).parents[1] / "data/dcat-ap-3.0.1"
SH = Namespace("http://www.w3.org/ns/shacl#")
AT = "https://data.example.org/plans/"
MODIFIED = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
DATASET = URIRef(f"{BASE}catalog#dataset")
ID = f"{BASE}id/"


@pytest.fixture(scope="module")
def release(sample_store: EmbeddedStore) -> Release:
    """The files of the sample."""
    return make_release(sample_store, MODIFIED)


def test_files_are_the_same_for_the_same_graph(
    sample_store: EmbeddedStore, sample_home: Home, release: Release
) -> None:
    """Not a byte depends on the time, the process, or how blank nodes happen to be called."""
    other = type(sample_store).open(sample_home)
    again = make_release(other, datetime(2030, 1, 1, tzinfo=UTC))
    assert [dump.sha256 for dump in again.dumps] == [dump.sha256 for dump in release.dumps]


def test_files_hold_the_whole_graph(sample_store: EmbeddedStore, release: Release) -> None:
    """N-Quads and JSON-LD with the graph of each statement, Turtle their merge; the checksums are theirs."""
    files = {dump.form: dump for dump in release.dumps}
    whole = gzip.decompress(files["nq"].content)
    lines = whole.splitlines()
    assert lines == sorted(set(lines))
    found = set(ox.parse(whole, ox.RdfFormat.N_QUADS))
    assert {quad.graph_name.value for quad in found if isinstance(quad.graph_name, ox.NamedNode)} == set(
        sample_store.graphs
    )
    assert (
        set(ox.parse(gzip.decompress(files["jsonld"].content), ox.RdfFormat.JSON_LD, rename_blank_nodes=False)) == found
    )
    turtle = {quad.triple for quad in ox.parse(gzip.decompress(files["ttl"].content), ox.RdfFormat.TURTLE)}
    assert turtle == {quad.triple for quad in found}
    assert len(turtle) == len(sample_store)
    for dump in release.dumps:
        assert hashlib.sha256(dump.content).hexdigest() == dump.sha256
        assert f"{dump.sha256}  {dump.name}\n" in checksums(release.dumps).decode()
        assert len(gzip.decompress(dump.content)) == dump.unpacked
    told = json.loads(manifest(release))
    assert (told["version"], told["modified"]) == (sample_store.version, "2026-11-24T08:30:00+00:00")
    assert [file["bytes"] for file in told["files"]] == [dump.size for dump in release.dumps]


def test_a_file_read_again_is_the_graph(sample_store: EmbeddedStore, release: Release) -> None:
    """The ontology, blank nodes and all, comes back from the file as it stands in the store."""
    name = f"{BASE}def"

    def canonical(data: bytes, form: ox.RdfFormat) -> set[ox.Triple]:
        triples = ox.Dataset(ox.Quad(*quad.triple) for quad in ox.parse(data, form) if _graph(quad) in {"", name})
        triples.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        return {quad.triple for quad in triples}

    stands = sample_store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
    again = canonical(gzip.decompress(release.dumps[0].content), ox.RdfFormat.N_QUADS)
    assert any(isinstance(triple.subject, ox.BlankNode) for triple in again)
    assert again == canonical(stands.serialize(format="nt").encode(), ox.RdfFormat.N_TRIPLES)


def _graph(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def lacking(graph: Graph, *shapes: str) -> set[str]:
    """Return the properties that shapes of DCAT-AP find wrong or missing, by their local names."""
    rules = Graph()
    for name in shapes:
        rules.parse(SHAPES / f"{name}.ttl")
    _, report, _ = validate(graph, shacl_graph=rules)
    assert isinstance(report, Graph)
    return {str(path).rpartition("/")[2].rpartition("#")[2] for path in report.objects(None, SH.resultPath)}


MUST = "shapes", "range", "deprecateduris"


def test_the_catalogue_is_dcat_ap(sample_store: EmbeddedStore, release: Release) -> None:
    """It breaks no rule of the profile's own shapes, also beside what VoID and the endpoint say of the same things."""
    whole = catalogue(sample_store, release, AT)
    whole += void_description(sample_store, AT, [dump.name for dump in release.dumps])
    whole += describe_service(sample_store, f"{AT}sparql", writable=True)
    assert lacking(whole, *MUST) == set()


def test_the_catalogue_has_what_the_profile_recommends(sample_store: EmbeddedStore, release: Release) -> None:
    """Also its first day, where the releases tell it; but where a place is, if the graph has no point in it."""
    assert lacking(catalogue(sample_store, release, AT), "shapes_recommended") == {"issued", "bbox", "centroid"}
    first = replace(release, issued=MODIFIED)
    assert lacking(catalogue(sample_store, first, AT), "shapes_recommended") == {"bbox", "centroid"}


def test_the_catalogue_tells_where_its_areas_are(release: Release) -> None:
    """A box around the points within an area and no others, and the area's own point, in Well-Known Text."""
    area, wkt = f"{ID}place/31", URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
    points = {
        "place/31": (106.7, 20.9),
        "place/31.1": (106.5, 20.75),
        "place/31.2": (107.25, 21.0),
        "place/1": (1.0, 2.0),
    }
    triples = f"<{ID}report/x> a hp:Report ; hp:refArea <{area}> ." + "".join(
        f"<{ID}{name}> hp:longitude {x} ; hp:latitude {y} ." for name, (x, y) in points.items()
    )
    within = f"<{ID}place/31.1> hp:within <{area}> . <{ID}place/31.2> hp:within <{area}> ."
    named = f'<{area}> skos:prefLabel "Hải Phòng"@vi .'
    prefixes = "".join(f"@prefix {name}: <{iri}> . " for name, iri in PREFIXES.items())
    graph = Graph().parse(data=f"{prefixes}{triples}{within}{named}")
    store = EmbeddedStore({f"{BASE}graph/x": graph.serialize(format="nt", encoding="utf-8")})
    told = catalogue(store, release, AT)
    box = "POLYGON((106.5 20.75, 107.25 20.75, 107.25 21.0, 106.5 21.0, 106.5 20.75))"
    assert told.value(URIRef(area), DCAT.bbox) == Literal(box, datatype=wkt)
    assert told.value(URIRef(area), DCAT.centroid) == Literal("POINT(106.7 20.9)", datatype=wkt)


@pytest.mark.parametrize(
    ("subject", "prop", "told"),
    [
        (DATASET, DCTERMS.title, "title"),
        (None, DCAT.accessURL, "accessURL"),
        (None, DCAT.endpointURL, "endpointURL"),
        (URIRef(f"{BASE}catalog#publisher"), RDF.type, "publisher"),
    ],
)
def test_the_shapes_see_what_is_missing(
    sample_store: EmbeddedStore, release: Release, subject: URIRef | None, prop: URIRef, told: str
) -> None:
    """A catalogue without a title, an address or a class is told."""
    graph = catalogue(sample_store, release, AT)
    graph.remove((subject, prop, None))
    assert told in lacking(graph, *MUST)


def test_the_catalogue_tells_where_everything_is(sample_store: EmbeddedStore, release: Release) -> None:
    """Each file by its address, size and checksum; each report as a dataset with its own files; the years spoken of."""
    graph = catalogue(sample_store, release, AT)
    for dump in release.dumps:
        file = graph.value(predicate=DCAT.downloadURL, object=URIRef(f"{AT}dumps/{dump.name}"))
        assert (DATASET, DCAT.distribution, file) in graph
        assert str(graph.value(file, DCAT.byteSize)) == str(dump.size)
        checksum = graph.value(file, URIRef("http://spdx.org/rdf/terms#checksum"))
        assert str(graph.value(checksum, URIRef("http://spdx.org/rdf/terms#checksumValue"))).lower() == dump.sha256
    report = URIRef(f"{BASE}graph/31-hai-phong/2020-402-bc-ubnd")
    assert (report, DCTERMS.isPartOf, DATASET) in graph
    assert (None, DCAT.downloadURL, URIRef(f"{AT}graph/31-hai-phong/2020-402-bc-ubnd.ttl")) in graph
    assert str(graph.value(predicate=RDF.type, object=DCTERMS.PeriodOfTime)) == f"{BASE}catalog#period"
    period = URIRef(f"{BASE}catalog#period")
    assert [str(graph.value(period, prop)) for prop in (DCAT.startDate, DCAT.endDate)] == ["2020", "2021"]
    assert {title.language for title in graph.objects(DATASET, DCTERMS.title) if isinstance(title, Literal)} == {
        "vi",
        "en",
    }


def test_void_counts_what_is_there(sample_store: EmbeddedStore, release: Release) -> None:
    """Triples, entities, classes, properties and graphs are those of the store; files and endpoint have addresses."""
    graph = void_description(sample_store, AT, [dump.name for dump in release.dumps])
    assert int(str(graph.value(DATASET, VOID.triples))) == len(sample_store)
    assert (DATASET, VOID.sparqlEndpoint, URIRef(f"{AT}sparql")) in graph
    assert {str(dump) for dump in graph.objects(DATASET, VOID.dataDump)} == {
        f"{AT}dumps/{one.name}" for one in release.dumps
    }
    assert {str(part) for part in graph.objects(DATASET, VOID.subset)} >= set(sample_store.graphs)
    parts = [graph.value(part, VOID.triples) for part in graph.objects(DATASET, VOID.propertyPartition)]
    assert sum(int(str(count)) for count in parts) == len(sample_store)
    assert int(str(graph.value(DATASET, VOID.properties))) == len(parts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_engines_are_told_in_their_words(
    sample_store: EmbeddedStore, release: Release, language: Language
) -> None:
    """A schema.org Dataset has what search engines ask for, in the language of its page."""
    told = dataset_description(sample_store, release, language, AT)
    assert told["@type"] == "Dataset"
    assert 50 <= len(told["description"]) <= 5000
    assert told["name"] != told["alternateName"]
    assert told["license"].startswith("https://creativecommons.org/")
    assert told["temporalCoverage"] == "2020/2021"
    assert [file["contentUrl"] for file in told["distribution"]] == [f"{AT}dumps/{dump.name}" for dump in release.dumps]


OLD = b"""\
<urn:a> <urn:p> "1" <urn:g> .
<urn:b> <urn:p> "1" <urn:g> .
<urn:c> <urn:p> "1" <urn:g> .
<urn:c> <urn:p> "2" <urn:g> .
"""
NEW = b"""\
<urn:b> <urn:p> "1" <urn:g> .
<urn:c> <urn:p> "2" <urn:g> .
<urn:c> <urn:p> "3" <urn:g> .
<urn:d> <urn:p> "1" <urn:g> .
"""


def test_changes_are_told_thing_by_thing() -> None:
    """What came, what went, what is said otherwise; what stayed is not told."""
    found = changes(OLD, NEW)
    assert [(one.thing, one.sort) for one in found.things] == [
        ("urn:a", "removed"),
        ("urn:c", "changed"),
        ("urn:d", "added"),
    ]
    changed = found.of("changed")[0]
    assert (changed.added, changed.removed) == (('<urn:c> <urn:p> "3" <urn:g> .',), ('<urn:c> <urn:p> "1" <urn:g> .',))
    assert json.loads(found.to_json())["counts"] == {"added": 1, "removed": 1, "changed": 1}
    assert changes(OLD, OLD).things == ()
    backwards = changes(NEW, OLD)
    assert [one.thing for one in backwards.of("added")] == ["urn:a"]


def test_a_build_without_change_has_no_changes(sample_store: EmbeddedStore, sample_home: Home) -> None:
    """Two loads of one graph differ in nothing, though their blank nodes have other names."""
    assert changes(quads(sample_store), quads(type(sample_store).open(sample_home))).things == ()


def test_what_is_gone_is_kept_and_what_came_back_is_struck_off(tmp_path: Path) -> None:
    """The list grows with what vanished, never holds what is there, and is a file that a person can read."""
    (tmp_path / "graph").mkdir()
    place = Home(tmp_path)
    assert retired(place) == frozenset()
    one, two, ten = f"{ID}task/v.1", f"{ID}task/v.2", f"{ID}task/v.10"
    assert retire(place, {one, two, ten, "urn:x"}, {one}) == {two, ten}
    assert retire(place, {one}, {one}) == {two, ten}
    lines = (tmp_path / "graph/retired.txt").read_text("utf-8").splitlines()
    assert lines[1:] == ["id/task/v.2", "id/task/v.10"]
    assert retire(place, {one}, {two}) == {one, ten}
    assert retired(place) == {one, ten}


def test_a_long_sitemap_has_parts() -> None:
    """Every page in every language, with its other languages; more than a file may hold are told in parts."""
    pages: list[dict[Language, str]] = [{"vi": f"{AT}{n}?a=1&b", "en": f"{AT}{n}.en"} for n in range(45_000)]
    short = sitemap(pages[:2], AT, "2026-11-24")
    assert list(short) == ["sitemap.xml"]
    assert short["sitemap.xml"].count(b"<loc>") == 4
    assert b"?a=1&amp;b" in short["sitemap.xml"]
    long = sitemap(pages, AT, "2026-11-24")
    assert list(long) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert f"<loc>{AT}sitemap-3.xml</loc>".encode() in long["sitemap.xml"]
    assert sum(long[name].count(b"<loc>") for name in list(long)[1:]) == 90_000
    assert max(long[name].count(b"<loc>") for name in long) <= 50_000
    assert f"Sitemap: {AT}sitemap.xml" in robots(AT).decode()
