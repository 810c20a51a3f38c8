"""The dataset for machines that query: VoID, with counts by graph, class and property.

Not for: catalogues of open data (`dcat`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, VOID

from hpkg.catalog.about import DATASET, LICENCE, PUBLISHER, said
from hpkg.namespaces import BASE, HP, PREFIXES
from hpkg.questions.graphs import graph_titles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from hpkg.store import Store

__all__ = ["add_named_graphs", "void_description"]

_SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS: Final = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML")
_LINKED: Final = {"wikidata": "http://www.wikidata.org/", "geonames": "https://sws.geonames.org/"}

_TOTALS: Final = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties)
  (COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?p ?o }"""
_ENTITIES: Final = f"""
SELECT (COUNT(DISTINCT ?s) AS ?count) WHERE {{ ?s a ?kind FILTER(STRSTARTS(STR(?s), "{BASE}id/")) }}"""
_CLASSES: Final = """
SELECT ?of (COUNT(DISTINCT ?s) AS ?count) WHERE { ?s a ?of FILTER(isIRI(?of)) } GROUP BY ?of ORDER BY ?of"""
_PROPERTIES: Final = "SELECT ?of (COUNT(*) AS ?count) WHERE { ?s ?of ?o } GROUP BY ?of ORDER BY ?of"
_GRAPHS: Final = "SELECT ?of (COUNT(*) AS ?count) WHERE { GRAPH ?of { ?s ?p ?o } } GROUP BY ?of ORDER BY ?of"
_LINKS: Final = (
    "SELECT ?of (COUNT(?o) AS ?count) WHERE { ?s ?of ?o } GROUP BY ?of HAVING(?of IN (hp:wikidata, hp:geonames))"
)


def void_description(store: Store, address: str = BASE, dumps: Iterable[str] = ()) -> Graph:
    """Return the description of the dataset by VoID.

    Args:
        store: The dataset.
        address: Where the endpoint and the files stand.
        dumps: Names of the files of the whole graph.
    """
    graph = Graph()
    for prefix, namespace in {**PREFIXES, "void": VOID, "sd": _SD, "foaf": FOAF}.items():
        graph.bind(prefix, namespace)
    dataset = URIRef(DATASET)
    document = URIRef(f"{BASE}.well-known/void")
    graph.add((document, RDF.type, VOID.DatasetDescription))
    graph.add((document, FOAF.primaryTopic, dataset))
    for kind in (VOID.Dataset, _SD.Dataset):
        graph.add((dataset, RDF.type, kind))
    for language in ("vi", "en"):
        graph.add((dataset, DCTERMS.title, Literal(said("title")[language], lang=language)))
        graph.add((dataset, DCTERMS.description, Literal(said("description")[language], lang=language)))
    totals = next(iter(store.select(_TOTALS)))
    entities = next(iter(store.select(_ENTITIES)))["count"]
    facts: list[tuple[URIRef, Node]] = [
        (DCTERMS.license, URIRef(LICENCE)),
        (DCTERMS.publisher, URIRef(PUBLISHER)),
        (FOAF.homepage, URIRef(BASE)),
        (VOID.sparqlEndpoint, URIRef(f"{address}sparql")),
        (VOID.uriSpace, Literal(f"{BASE}id/")),
        (VOID.exampleResource, URIRef(f"{BASE}id/pillar/port-logistics")),
        (VOID.rootResource, URIRef(f"{BASE}def")),
        (VOID.triples, totals["triples"]),
        (VOID.entities, entities),
        (VOID.distinctSubjects, totals["subjects"]),
        (VOID.distinctObjects, totals["objects"]),
        (VOID.properties, totals["properties"]),
        *((VOID.dataDump, URIRef(f"{address}dumps/{name}")) for name in dumps),
        *((VOID.vocabulary, URIRef(vocabulary)) for vocabulary in PREFIXES.values()),
        *((VOID.feature, URIRef(f"http://www.w3.org/ns/formats/{name}")) for name in _FORMATS),
    ]
    for prop, value in facts:
        graph.add((dataset, prop, value))
    _partitions(graph, store)
    return graph


def add_named_graphs(graph: Graph, store: Store, dataset: URIRef) -> None:
    """Say of `dataset` which named graphs it has, what they are called, and how many triples each has.

    A named graph and its content go by one name, which is that of the graph: nothing else is called by it.
    """
    titles = graph_titles(store)
    for row in store.select(_GRAPHS):
        name = row["of"]
        graph.add((dataset, VOID.subset, name))
        graph.add((dataset, _SD.namedGraph, name))
        for kind in (VOID.Dataset, _SD.NamedGraph, _SD.Graph):
            graph.add((name, RDF.type, kind))
        graph.add((name, _SD.name, name))
        graph.add((name, _SD.graph, name))
        graph.add((name, VOID.triples, row["count"]))
        for language, title in titles.get(str(name), {}).items():
            graph.add((name, DCTERMS.title, Literal(title, lang=language)))


def _partitions(graph: Graph, store: Store) -> None:
    dataset = URIRef(DATASET)
    classes = list(store.select(_CLASSES))
    graph.add((dataset, VOID.classes, Literal(len(classes))))
    for sort, rows in (("class", classes), ("property", list(store.select(_PROPERTIES)))):
        for number, row in enumerate(rows):
            part = URIRef(f"{DATASET}-{sort}-{number}")
            count = VOID.entities if sort == "class" else VOID.triples
            graph.add((dataset, VOID[f"{sort}Partition"], part))
            graph.add((part, VOID[sort], row["of"]))
            graph.add((part, count, row["count"]))
    add_named_graphs(graph, store, dataset)
    for row in store.select(_LINKS):
        key = str(row["of"]).removeprefix(str(HP))
        links = URIRef(f"{DATASET}-links-{key}")
        facts: tuple[tuple[URIRef, Node], ...] = (
            (RDF.type, VOID.Linkset),
            (VOID.subjectsTarget, dataset),
            (VOID.objectsTarget, URIRef(_LINKED[key])),
            (VOID.linkPredicate, row["of"]),
            (VOID.triples, row["count"]),
        )
        for prop, value in facts:
            graph.add((links, prop, value))
        graph.add((dataset, VOID.subset, links))
