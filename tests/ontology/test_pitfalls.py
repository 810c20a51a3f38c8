"""The pitfalls that a program can see in an ontology, each shown to be found when it is there: `pitfalls.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph

from hpkg.namespaces import HP

PREFIXES = """
PREFIX hp: <https://w3id.org/hpkg/def#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX vann: <http://purl.org/vocab/vann/>
"""


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A query for `?term`, a defect that it must find, and the findings that were looked at and stay."""

    title: str
    query: str
    defect: str
    offender: str
    reviewed: dict[str, str] = field(default_factory=dict)


PITFALLS = {
    code: Pitfall(**entry)
    for code, entry in tomllib.loads((Path(__file__).parent / "pitfalls.toml").read_text("utf-8")).items()
}


def found_by(query: str, graph: Graph) -> set[str]:
    """Return the terms that `query` finds, those of hpkg by their local name."""
    store = pyoxigraph.Store()
    store.load(graph.serialize(format="nt"), pyoxigraph.RdfFormat.N_TRIPLES)
    rows = store.query(PREFIXES + query)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    terms = (row["term"] for row in rows)
    return {term.value.removeprefix(str(HP)) for term in terms if isinstance(term, pyoxigraph.NamedNode)}


@pytest.mark.parametrize("code", PITFALLS)
def test_the_ontology_is_free_of(ontology: Graph, code: str) -> None:
    """No term falls into the pitfall but those that were looked at, and each of these still does."""
    assert found_by(PITFALLS[code].query, ontology) == set(PITFALLS[code].reviewed), PITFALLS[code].title


@pytest.mark.parametrize("code", PITFALLS)
def test_a_planted_defect_is_found(ontology: Graph, code: str) -> None:
    """The query finds the defect when it is there: it could fail."""
    pitfall = PITFALLS[code]
    turtle = PREFIXES.replace("PREFIX", "@prefix").replace(">\n", "> .\n") + pitfall.defect
    assert pitfall.offender in found_by(pitfall.query, ontology + Graph().parse(data=turtle)) - set(pitfall.reviewed)


def test_the_alignments_say_nothing_of_the_terms_of_others(alignments: Graph) -> None:
    """P40 holds of the alignments too: each statement there is about a term of hpkg, or declares one of others."""
    assert found_by(PITFALLS["P40"].query, alignments) == set()


@pytest.mark.parametrize(
    ("what", "query"),
    [
        ("P38 an owl:Ontology", "ASK { <https://w3id.org/hpkg/def> a owl:Ontology }"),
        ("P39 its namespace", 'ASK { ?o a owl:Ontology ; vann:preferredNamespaceUri "https://w3id.org/hpkg/def#" }'),
        ("P41 its licence", "ASK { ?o a owl:Ontology ; dct:license ?licence . FILTER(ISIRI(?licence)) }"),
    ],
)
def test_the_header_has(ontology: Graph, what: str, query: str) -> None:
    """The header declares what it must, and a file without a header does not pass."""
    assert ontology.query(PREFIXES + query).askAnswer, what
    assert not Graph().query(PREFIXES + query).askAnswer
