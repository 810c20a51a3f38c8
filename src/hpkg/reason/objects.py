"""Ontology and graph as Python objects, through owlready2.

owlready2 reads N-Triples and no Turtle; rdflib stands between. Values come as Python numbers (a decimal as `float`), so
nothing read here is written back. Not for: questions that SPARQL answers (`hpkg.questions`).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import owlready2

from hpkg.reason.entail import DEFINITIONS

if TYPE_CHECKING:
    from hpkg.store import Store

__all__ = ["to_owlready"]


def to_owlready(store: Store) -> owlready2.World:
    """Return a world of owlready2 with everything in `store`: ontology, vocabularies, reference data and reports.

    The ontology is `world.get_ontology("https://w3id.org/hpkg/def#")`, its terms are attributes of that, and
    `world[iri]` is the thing or statement of an IRI.
    """
    everything = store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    world = owlready2.World()
    ontology = world.get_ontology(f"{DEFINITIONS}#")
    ontology.load(fileobj=BytesIO(everything.serialize(format="nt", encoding="utf-8")), format="ntriples")
    return world
