"""The data of a thing as an RDF graph: its statements, the names of all it mentions, what leads to it, its evidence.

Not for: the words a person reads (`hpkg.questions.description`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, FOAF

from hpkg.jsonld import json_ld
from hpkg.namespaces import BASE, LICENCE
from hpkg.pages import links
from hpkg.store.query import written
from hpkg.turtle import rewritten, settled

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.questions.description import Description, Incoming
    from hpkg.store import Store

__all__ = ["graph_data", "resource_data", "serialised", "text_data"]

_LICENCE: Final = URIRef(LICENCE)
_NEXT: Final = URIRef("http://www.w3.org/1999/xhtml/vocab#next")
_PREVIOUS: Final = URIRef("http://www.w3.org/1999/xhtml/vocab#prev")

_OUT: Final = """
CONSTRUCT { ?thing ?property ?value . ?passage ?tells ?told } WHERE {
  VALUES ?thing { UNDEF }
  { ?thing ?property ?value FILTER(!isBlank(?value)) }
  UNION { ?thing hp:evidence|hp:passage ?passage . ?passage ?tells ?told }
}"""

_NAMES: Final = """
CONSTRUCT {{ ?thing ?naming ?name }} WHERE {{
  VALUES ?thing {{ {things} }}
  {{ ?thing skos:prefLabel ?name BIND(skos:prefLabel AS ?naming) }}
  UNION {{ ?thing rdfs:label ?name BIND(rdfs:label AS ?naming) }}
}}"""

_TEXT: Final = """
CONSTRUCT { ?passage ?property ?value } WHERE {
  VALUES ?report { UNDEF }
  ?passage hp:inReport ?report ; hp:startOffset ?start ; ?property ?value
}"""

_WHOLE: Final = """
CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?s ?p ?o } }"""


def resource_data(store: Store, description: Description) -> Graph:
    """Return the data of what is described, with the page of incoming links that the description has.

    The graph is empty when the store knows nothing of the thing. It says of the document itself what it is about, under
    which licence, and where the further links stand.
    """
    thing = URIRef(description.iri)
    graph = store.construct(_OUT, {"thing": thing})
    for link in description.incoming.links:
        graph.add((URIRef(str(link.source.iri)), URIRef(str(link.property.iri)), thing))
    if not len(graph):
        return graph
    mentioned = sorted({str(term) for triple in graph for term in triple if isinstance(term, URIRef)})
    for triple in store.construct(_NAMES.format(things=" ".join(written(URIRef(iri)) for iri in mentioned))):
        graph.add(triple)
    _add_document(graph, thing, description.incoming)
    return graph


def text_data(store: Store, report: str) -> Graph:
    """Return all passages of a report with their quotes and places."""
    return store.construct(_TEXT, {"report": URIRef(report)})


def graph_data(store: Store, name: str) -> Graph:
    """Return everything that stands in the named graph `name`."""
    return store.construct(_WHOLE, {"graph": URIRef(name)})


def serialised(graph: Graph, form: str, context: Path | None = None) -> bytes:
    """Return `graph` in one of `DATA_FORMS`; JSON-LD with the context of the ontology where its file is given.

    The same graph gives the same bytes in every process: files that tell the same are known to be the same.
    """
    assert form in links.DATA_FORMS
    lines = settled(graph.serialize(format="nt", encoding="utf-8"))
    if form == "jsonld":
        return json_ld(lines, context)
    return lines if form == "nt" else rewritten(lines, form)


def _add_document(graph: Graph, thing: URIRef, incoming: Incoming) -> None:
    target = links.document(str(thing))
    if target is None:
        return
    pages = [URIRef(f"{BASE}{target.path}{f'?page={page}' if page > 1 else ''}") for page in range(incoming.pages + 2)]
    document = pages[incoming.page]
    graph.add((document, RDF.type, FOAF.Document))
    graph.add((document, FOAF.primaryTopic, thing))
    graph.add((document, DCTERMS.license, _LICENCE))
    graph.add((document, DCTERMS.isPartOf, URIRef(f"{BASE}catalog#dataset")))
    if incoming.page > 1:
        graph.add((document, _PREVIOUS, pages[incoming.page - 1]))
    if incoming.page < incoming.pages:
        graph.add((document, _NEXT, pages[incoming.page + 1]))
