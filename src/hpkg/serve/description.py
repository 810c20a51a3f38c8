"""The endpoint described: SPARQL 1.1 Service Description with VoID, for clients that ask it for nothing.

Not for: describing the data to people (`hpkg.pages`) or to machines at length (`hpkg.catalog`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, VOID, XSD

from hpkg.catalog import add_named_graphs
from hpkg.store.formats import GRAPH_FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    from hpkg.store import Store

__all__ = ["describe_service"]

_SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS: Final = Namespace("http://www.w3.org/ns/formats/")
_NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
_MERGE: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def describe_service(store: Store, address: str, *, writable: bool) -> Graph:
    """Return the description of the endpoint at `address`, which answers over `store`.

    Its default dataset has a default graph, the union of all, and each named graph with its number of triples.
    """
    graph = Graph(bind_namespaces="none")
    for prefix, space in {"sd": _SD, "void": VOID, "dct": DCTERMS, "xsd": XSD}.items():
        graph.bind(prefix, space)
    service, dataset, merged = (URIRef(f"{address}#{name}") for name in ("service", "dataset", "default"))
    graph.add((service, RDF.type, _SD.Service))
    graph.add((service, _SD.endpoint, URIRef(address)))
    graph.add((service, _SD.supportedLanguage, _SD.SPARQL11Query))
    graph.add((service, _SD.feature, _SD.UnionDefaultGraph))
    for form in (*RESULT_FORMATS, *GRAPH_FORMATS):
        graph.add((service, _SD.resultFormat, _FORMATS[_NAMES[form.name]]))
    if writable:
        graph.add((service, _SD.supportedLanguage, _SD.SPARQL11Update))
        for form in GRAPH_FORMATS:
            graph.add((service, _SD.inputFormat, _FORMATS[_NAMES[form.name]]))
    graph.add((service, _SD.defaultDataset, dataset))
    for kind in (_SD.Dataset, VOID.Dataset):
        graph.add((dataset, RDF.type, kind))
    graph.add((dataset, DCTERMS.identifier, Literal(store.version)))
    graph.add((dataset, VOID.sparqlEndpoint, URIRef(address)))
    graph.add((dataset, _SD.defaultGraph, merged))
    for kind in (_SD.Graph, VOID.Dataset):
        graph.add((merged, RDF.type, kind))
    (count,) = next(iter(store.select(_MERGE).rows))
    assert isinstance(count, Literal)
    graph.add((merged, VOID.triples, count))
    add_named_graphs(graph, store, dataset)
    return graph
