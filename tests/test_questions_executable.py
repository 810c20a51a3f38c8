"""The question modules as data in the graph, as SPARQL editors and language models look for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH

from hpkg.home import Home
from hpkg.namespaces import BASE
from hpkg.pipeline import render_questions
from hpkg.questions import all_questions
from hpkg.questions.executable import as_graph, bare_query
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.query import parameters
from hpkg.store.tokens import tokens

ROOT = Path(__file__).parent.parent
HOME = Home(ROOT)
QUESTIONS = all_questions(HOME)
# What SPARQL editors ask an endpoint for: https://github.com/sib-swiss/sparql-editor
EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?question ?comment ?query WHERE {
  ?question a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
} ORDER BY ?question ?comment"""
PREFIXES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """The shipped graph."""
    return EmbeddedStore.open(HOME)


def test_an_editor_finds_every_question_in_both_languages(store: EmbeddedStore) -> None:
    """The query that editors send finds each module twice: its question in Vietnamese and in English."""
    found = {(str(row["question"]), str(row["comment"])): str(row["query"]) for row in store.select(EXAMPLES)}
    expected = {
        (question.iri, said): bare_query(question)
        for question in QUESTIONS
        for said in (question.question.vi, question.question.en)
    }
    assert found == expected


def test_the_published_file_is_that_of_the_modules() -> None:
    """`graph/queries.ttl` is written by the build from `queries/`, each time with the same bytes."""
    assert (ROOT / "graph/queries.ttl").read_text("utf-8") == render_questions(HOME) == render_questions(HOME)


def test_the_modules_stand_in_a_graph_of_their_own(store: EmbeddedStore) -> None:
    """They are data about the graph, and no report says them."""
    assert f"{BASE}graph/queries" in store.graphs
    where = "SELECT DISTINCT ?graph { GRAPH ?graph { ?question a sh:SPARQLExecutable } }"
    assert [str(row["graph"]) for row in store.select(where)] == [f"{BASE}graph/queries"]


def test_a_published_query_runs_as_it_stands(store: EmbeddedStore) -> None:
    """What is published is its module token by token (which the tests of modules ask two engines), and gives rows."""
    for question in QUESTIONS:
        published, module = (
            [token.text for token in tokens(query)] for query in (bare_query(question), question.sparql)
        )
        assert published == module
        assert parameters(bare_query(question)) == parameters(question.sparql)
    query = next(bare_query(question) for question in QUESTIONS if question.name == "strategic-directions")
    assert len(store.select(query)) >= 3


def test_every_prefix_that_a_query_uses_is_declared(store: EmbeddedStore) -> None:
    """An editor that drops the PREFIX lines can put them back from `sh:declare`."""
    declared = {str(row["prefix"]): str(row["namespace"]) for row in store.select(PREFIXES)}
    for question in QUESTIONS:
        used = [line.split() for line in bare_query(question).splitlines() if line.startswith("PREFIX ")]
        assert used
        assert {(name.rstrip(":"), iri.strip("<>")) for _, name, iri in used} <= set(declared.items())


def test_a_parameter_says_what_it_takes(store: EmbeddedStore) -> None:
    """A program can call a question by its graph alone: names, kinds, which are needed, examples."""
    for question in QUESTIONS:
        rows = list(
            store.select(
                "SELECT ?name ?optional ?kind ?example { VALUES ?question { UNDEF } ?question sh:parameter ?parameter ."
                " ?parameter sh:name ?name ; sh:order ?order ; sh:optional ?optional ; sh:class|sh:datatype ?kind ;"
                " skos:example ?example } ORDER BY ?order",
                {"question": URIRef(question.iri)},
            )
        )
        assert [(str(row["name"]), str(row["example"])) for row in rows] == [
            (parameter.name, parameter.example) for parameter in question.parameters
        ]
        assert [str(row["optional"]) == "false" for row in rows] == [p.required for p in question.parameters]


def test_there_are_no_blank_nodes() -> None:
    """Every node has an IRI, so that the bytes of the file can be fixed and each parameter be linked to."""
    graph = as_graph(QUESTIONS)
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)
    assert set(graph.subjects(RDF.type, SH.SPARQLExecutable)) == set(graph.subjects(SH.select))
    assert all(isinstance(text, Literal) for text in graph.objects(None, SH.select))
    assert len(Graph().parse(data=render_questions(HOME))) == len(graph)
