"""Engines and profile: what is planted is found by each engine there is; the ontology itself is sound."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import owlready2
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS

from hpkg.home import home
from hpkg.namespaces import HP, PREFIXES
from hpkg.reason import hermit, java_free, profile_violations, undeclared_terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from hpkg.reason import Verdict

HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + "@prefix : <urn:x:> .\n"
needs_java = pytest.mark.skipif(
    shutil.which(owlready2.JAVA_EXE) is None, reason="HermiT runs in Java, which is not here"
)
AT_MOST_ONE = "[ a owl:Restriction ; owl:onProperty :p ; owl:maxCardinality 1 ]"
engines = pytest.mark.parametrize(
    "engine", [pytest.param(hermit, marks=needs_java, id="HermiT"), pytest.param(java_free, id="pyHermiT")]
)


def ontology() -> Graph:
    """Return the shipped ontology."""
    return Graph().parse(home().ontology / "hpkg.ttl")


def graph(text: str) -> Graph:
    """Return the graph of Turtle without its prefixes."""
    return Graph().parse(data=HEADER + text)


@engines
def test_the_ontology_is_consistent(engine: Callable[[Graph], Verdict]) -> None:
    """The shipped ontology contradicts itself nowhere, and each of its classes can have a member."""
    verdict = engine(ontology())
    assert (verdict.outcome, verdict.unsatisfiable) == ("consistent", ())


@engines
def test_a_planted_empty_class_is_found(engine: Callable[[Graph], Verdict]) -> None:
    """A class below two disjoint ones, and a class that needs a member of it, can have no member; no other is named."""
    planted = ontology()
    planted += graph("""
        :Both a owl:Class ; rdfs:subClassOf hp:Result , hp:Target .
        :Needs a owl:Class ; rdfs:subClassOf
          [ a owl:Restriction ; owl:onProperty hp:ofMeasurement ; owl:someValuesFrom :Both ] .
    """)
    verdict = engine(planted)
    assert verdict.outcome == "consistent"
    assert verdict.unsatisfiable == (URIRef("urn:x:Both"), URIRef("urn:x:Needs"))


@engines
@pytest.mark.parametrize(
    "data",
    [
        ":m a hp:Result , hp:Target .",
        ":p a hp:Period ; hp:startYear 1800 ; hp:endYear 1800 .",
        ":t a hp:Task ; hp:contributesTo :d . :d a hp:District .",
        ":u hp:value 1.0 , 2.0 .",
    ],
    ids=["disjoint", "facet", "range", "functional"],
)
def test_planted_data_that_contradicts_is_found(engine: Callable[[Graph], Verdict], data: str) -> None:
    """Data that breaks the shipped ontology makes the whole inconsistent, whichever engine reads it."""
    assert engine(ontology() + graph(data)).outcome == "inconsistent"


def test_without_java_the_engine_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Java: HermiT is unavailable, which is neither an error nor an answer."""
    monkeypatch.setattr(owlready2, "JAVA_EXE", "no-such-java")
    verdict = hermit(graph(":A a owl:Class ."))
    assert (verdict.outcome, verdict.reason) == ("unavailable", "Java")


@needs_java
def test_an_engine_that_takes_too_long_has_failed() -> None:
    """An engine stopped at its limit says that it gave no answer, and why."""
    verdict = hermit(ontology(), timeout_seconds=0.01)
    assert verdict.outcome == "failed"
    assert verdict.reason


def test_an_engine_that_cannot_read_has_failed() -> None:
    """What is no OWL 2 DL gets no verdict from an engine that needs it."""
    verdict = java_free(graph(":p a owl:ObjectProperty , owl:DatatypeProperty . :x :p :y ."))
    assert verdict.outcome == "failed"
    assert verdict.reason


def test_the_ontology_is_owl_2_dl() -> None:
    """The shipped ontology keeps to the profile."""
    assert profile_violations(ontology()) == []


@pytest.mark.parametrize(
    "breach",
    [
        ":p a owl:ObjectProperty . :x :p :y . :q a owl:ObjectProperty ; rdfs:subPropertyOf :undeclared .",
        ":p a owl:TransitiveProperty , owl:ObjectProperty , owl:FunctionalProperty .",
        f":p a owl:TransitiveProperty , owl:ObjectProperty . :A a owl:Class ; rdfs:subClassOf {AT_MOST_ONE} .",
        ":p a owl:ObjectProperty , owl:DatatypeProperty .",
        ":p a owl:DatatypeProperty ; rdfs:range xsd:gYear .",
        ":p a owl:ObjectProperty ; owl:propertyChainAxiom ( :q :p :q ) . :q a owl:ObjectProperty .",
    ],
    ids=["undeclared", "functional-transitive", "counted-transitive", "two-kinds", "gYear", "irregular-chain"],
)
def test_a_breach_of_the_profile_is_found(breach: str) -> None:
    """What OWL 2 DL forbids is found, one kind of breach at a time."""
    assert profile_violations(graph(f"<urn:x> a owl:Ontology . {breach}"))


def test_an_undeclared_term_is_found() -> None:
    """A class and a property that data uses and the ontology does not declare are named; RDF's own terms are not."""
    data = graph(":x a hp:Task , hp:Tsak ; hp:topci :y ; rdfs:label 'x' . :y rdf:first :x .")
    assert [one.message for one in undeclared_terms(data, ontology())] == ["hp:Tsak", "hp:topci"]


def test_declared_terms_pass() -> None:
    """The ontology declares all that it uses itself."""
    assert undeclared_terms(ontology(), ontology()) == []
    assert (HP.Task, RDF.type, OWL.Class) in ontology()
    assert (HP.Task, RDFS.subClassOf, HP.TaskItem) in ontology()
