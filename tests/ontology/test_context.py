"""The JSON-LD context: every term has a short name, and a graph comes back from JSON-LD as it went in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, RDFS, XSD

from hpkg.namespaces import HP

ROOT = Path(__file__).parents[2]
CONTEXT = json.loads((ROOT / "ontology" / "context.jsonld").read_text("utf-8"))["@context"]
WORLD = Path(__file__).parent / "shapes" / "base.ttl"


def expected(ontology: Graph, term: URIRef) -> Any:  # noqa: ANN401  JSON: a string or an object
    """Return how the context is to describe `term`: links as links, numbers as numbers, labels by language."""
    name = f"hp:{term.removeprefix(str(HP))}"
    kinds = set(ontology.objects(term, RDF.type))
    if OWL.Class in kinds:
        return name
    if OWL.ObjectProperty in kinds or term == HP.calledForBy:
        return {"@id": name, "@type": "@id"}
    if OWL.DatatypeProperty in kinds:
        stated = ontology.value(term, RDFS.range)
        assert stated is not None
        datatype = ontology.value(stated, OWL.onDatatype) or stated
        return name if datatype == XSD.string else {"@id": name, "@type": f"xsd:{str(datatype).rsplit('#', 1)[1]}"}
    # A value before or after a review is a term of any kind; all other annotations are words.
    return name if term in (HP.formerValue, HP.newValue) else {"@id": name, "@container": "@language"}


def test_the_context_describes_every_term_as_the_ontology_does(ontology: Graph, terms: frozenset[URIRef]) -> None:
    """A term without an entry, or with one of the wrong type, would be lost or misread on the way."""
    for term in terms:
        assert CONTEXT.get(term.removeprefix(str(HP))) == expected(ontology, term)


def test_the_context_names_no_term_that_is_not_defined(terms: frozenset[URIRef]) -> None:
    """No entry outlives its term."""
    entries = (value if isinstance(value, str) else value.get("@id", "") for value in CONTEXT.values() if value != 1.1)
    named = {HP[entry.removeprefix("hp:")] for entry in entries if entry.startswith("hp:")}
    assert named <= terms


@pytest.mark.parametrize("compact", [True, False])
def test_a_graph_comes_back_as_it_went(compact: bool) -> None:  # noqa: FBT001  a parameter of the test
    """Written with the context and read by another library, the small world of the shape tests is the same graph."""
    graph = Graph().parse(WORLD)
    text = graph.serialize(format="json-ld", context=CONTEXT, auto_compact=compact)
    assert '"valueAsStated": "18,95 tỷ USD"' in text
    triples = (quad.triple for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.JSON_LD))
    written = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert isomorphic(graph, Graph().parse(data=written, format="nt"))
