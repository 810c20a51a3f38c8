"""The bodies of areas that a report names, in RDF, where the reference data do not describe them.

Two reports that name one body say the same of it under the same IRI. Not for: bodies of the nation and of the world,
which `graph/reference` describes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SKOS

from hpkg.namespaces import HP

if TYPE_CHECKING:
    from hpkg.lexicon import Concept
    from hpkg.lift.graph import ReportGraph
    from hpkg.model import Organisation

__all__ = ["describe_body", "describe_issuer", "describe_organisation"]


def describe_body(graph: ReportGraph, fact: Organisation) -> None:
    """Add what is known of a body; one that the reference data describe stays as it is."""
    if graph.lexicon.concept(fact.id) is None:
        kind = graph.concept("organisation-kind", fact.kind)
        describe_organisation(graph, fact.id, (fact.label, fact.label_en), kind, fact.area_id)


def describe_issuer(graph: ReportGraph, body: Concept) -> None:
    """Add what is known of the body that issued the report, as `describe_body` does."""
    if graph.lexicon.concept(body.iri) is None:
        kind = URIRef(body.links["organisationKind"][0])
        describe_organisation(graph, body.iri, (body.label, body.label_en), kind, body.first("ofArea"))


def describe_organisation(
    graph: ReportGraph, iri: str, labels: tuple[str, str], kind: URIRef, area: str | None
) -> None:
    """Add an organisation: its names in Vietnamese and English (empty for none), its kind, and the IRI of its area."""
    node = URIRef(iri)
    graph.state(node, RDF.type, HP.Organisation)
    for label, language in zip(labels, ("vi", "en"), strict=True):
        if label:
            graph.graph.add((node, SKOS.prefLabel, Literal(label, lang=language)))
    graph.state(node, HP.organisationKind, kind)
    graph.state(node, HP.ofArea, area and URIRef(area))
