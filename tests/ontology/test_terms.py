"""The ontology and what is published use the same words: none is used and not defined, none defined for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from hpkg.namespaces import HP
from hpkg.reason.profile import undeclared_terms

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def everything(published: dict[Path, Graph]) -> Graph:
    """All vocabularies and graphs in one."""
    whole = Graph()
    for graph in published.values():
        whole += graph
    return whole


def terms_in(graph: Graph) -> set[URIRef]:
    """Return the terms of hpkg that `graph` uses, as property or class."""
    used = {*graph.predicates(), *graph.objects(None, RDF.type)}
    return {term for term in used if isinstance(term, URIRef) and term.startswith(str(HP))}


def test_every_term_used_is_defined(ontology: Graph, published: dict[Path, Graph]) -> None:
    """No vocabulary and no graph uses a class or property that the ontology does not declare, ours or of others."""
    for path, graph in published.items():
        assert undeclared_terms(graph, ontology) == [], path.name


def test_every_term_defined_is_used_or_says_why_it_is_there(
    ontology: Graph, terms: frozenset[URIRef], everything: Graph
) -> None:
    """A term that nothing published uses has a skos:scopeNote."""
    idle = terms - terms_in(everything)
    assert {term.removeprefix(str(HP)) for term in idle if (term, SKOS.scopeNote, None) not in ontology} == set()


def test_an_undefined_and_an_idle_term_would_be_found(ontology: Graph) -> None:
    """Both ways of looking can fail."""
    spoiled = Graph().add((HP["x"], HP.undefinedProperty, Literal("x")))
    assert undeclared_terms(spoiled, ontology)
    assert HP.idle not in terms_in(spoiled)
    assert HP.undefinedProperty in terms_in(spoiled)


def test_no_graph_has_blank_nodes(everything: Graph) -> None:
    """Everything published has a name that others can cite."""
    assert [node for node in everything.all_nodes() if not isinstance(node, URIRef | Literal)] == []


def test_the_data_model_page_names_the_terms_of_the_ontology(terms: frozenset[URIRef]) -> None:
    """`docs/data-model.md` and `hpkg.ttl` know the same terms."""
    page = (ROOT / "docs" / "data-model.md").read_text("utf-8")
    missing = {term.removeprefix(str(HP)) for term in terms if not _named(page, term.removeprefix(str(HP)))}
    assert missing == set()


def _named(page: str, term: str) -> bool:
    return f"hp:{term}`" in page or f"| {term} " in page
