"""The communes that a report names, in RDF: too many for the reference data, so each report describes its own.

Two reports that name one commune say the same of it under the same IRI. Not for: provinces and districts, which
`graph/reference` describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, XSD

from hpkg.namespaces import HP, mint

if TYPE_CHECKING:
    from hpkg.lexicon import Concept
    from hpkg.lift.graph import ReportGraph

__all__ = ["describe_commune"]

_TWO_TIERS: Final = "2025-07-01"


def describe_commune(graph: ReportGraph, concept: Concept) -> None:
    """Add what is known of a commune and of those it became; what is described already stays."""
    node = URIRef(concept.iri)
    if concept.scheme != "commune" or (node, RDF.type, None) in graph.graph:
        return
    for kind in concept.kinds:
        graph.state(node, RDF.type, HP[kind])
    graph.graph.add((node, SKOS.prefLabel, Literal(concept.label, lang="vi")))
    graph.graph.add((node, SKOS.prefLabel, Literal(concept.label_en, lang="en")))
    for name in ("placeKind", "within", "succeededBy"):
        for other in concept.links.get(name, ()):
            graph.state(node, HP[name], URIRef(other))
    graph.state(node, HP.gsoCode, Literal(concept.first("gsoCode")))
    for name in ("validFrom", "validTo"):
        moment = concept.first(name)
        graph.state(node, HP[name], moment and Literal(moment, datatype=XSD.dateTime, normalize=False))
    for source in _sources(concept):
        graph.state(node, DCTERMS.source, mint("source", source))
    for other in concept.links.get("succeededBy", ()):
        successor = graph.lexicon.concept(other)
        if successor is not None:
            describe_commune(graph, successor)


def _sources(concept: Concept) -> list[str]:
    """Return the keys of the sources of a commune: the register of its time, and the law that made or ended it."""
    since, until = concept.first("validFrom"), concept.first("validTo")
    register = "gso-2025" if since is not None and since[:10] >= _TWO_TIERS else "gso-2020"
    return [register, "law-72-2025"] if since or until else [register]
