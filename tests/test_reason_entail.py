"""Entailment: what the rules find is what follows, no more and no less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import owlrl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS

from hpkg.namespaces import PREFIXES, mint
from hpkg.reason import DEFINITIONS, ENTAILED, entail
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

X = Namespace("https://example.org/")
PROV = Namespace(PREFIXES["prov"])
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + f"@prefix : <{X}> .\n"

ONTOLOGY = """
:Place a owl:Class . :Unit a owl:Class ; rdfs:subClassOf :Place . :Ward a owl:Class ; rdfs:subClassOf :Unit .
:Project a owl:Class . :Item a owl:Class . :Task a owl:Class ; rdfs:subClassOf :Item .
:Direction a owl:Class . :Pillar a owl:Class ; rdfs:subClassOf :Direction .
:within a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:domain :Place ; rdfs:range :Place .
:locatedIn a owl:ObjectProperty ; rdfs:domain :Project ; owl:propertyChainAxiom ( :locatedIn :within ) .
:partOf a owl:ObjectProperty , owl:TransitiveProperty ; owl:inverseOf :hasPart . :hasPart a owl:ObjectProperty .
:under a owl:ObjectProperty ; owl:propertyChainAxiom ( :partOf :under ) .
:serves a owl:ObjectProperty ; rdfs:subPropertyOf :under ; rdfs:range :Direction .
:comparableWith a owl:ObjectProperty , owl:SymmetricProperty .
:sameAreaAs a owl:ObjectProperty ; owl:equivalentProperty :coversWith . :coversWith a owl:ObjectProperty .
:attainment a owl:ObjectProperty . :Missed a owl:Class ; owl:equivalentClass
  [ a owl:Restriction ; owl:onProperty :attainment ; owl:hasValue :missed ] .
:PillarTask a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf
  ( :Task [ a owl:Restriction ; owl:onProperty :serves ; owl:someValuesFrom :Pillar ] ) ] .
:Work a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:unionOf ( :Project :Task ) ] .
:Ward rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :within ; owl:allValuesFrom :Unit ] .
:Served a owl:Class ; owl:equivalentClass
  [ a owl:Restriction ; owl:onProperty [ owl:inverseOf :serves ] ; owl:someValuesFrom :Task ] .
"""

DATA = """
:port a :Pillar . :high a :Pillar .
:v4 :serves :port , :high . :v4-9 a :Task ; :partOf :v4 . :v4-9-2 a :Task ; :partOf :v4-9 ; :serves :port .
:machay a :Ward ; :within :ngoquyen . :ngoquyen :within :haiphong .
:park a :Project ; :locatedIn :machay . :jobs :comparableWith :work . :a :sameAreaAs :b .
:item :attainment :missed . :other a :Missed .
"""


def graph(text: str) -> Graph:
    """Return the graph of Turtle without its prefixes."""
    return Graph().parse(data=HEADER + text)


def found(ontology: Graph, data: Graph) -> set[tuple[Node, Node, Node]]:
    """Return what follows from `data`, without what the graph says of itself."""
    store = EmbeddedStore.of({str(DEFINITIONS): ontology, "urn:data": data})
    return {triple for triple in entail(store) if triple[0] != ENTAILED}


def closed(ontology: Graph, data: Graph) -> set[tuple[Node, Node, Node]]:
    """Return what an engine for all of OWL 2 RL finds, with the terms and between the nodes that can matter."""
    whole = ontology + data
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole)
    classes = {term for term in ontology.subjects(RDF.type, OWL.Class) if isinstance(term, URIRef)}
    properties = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    nodes = {term for s, p, o in data for term in (s, o) if isinstance(term, URIRef)} - classes
    return {
        (s, p, o)
        for s, p, o in whole - data
        if s in nodes and ((p in properties and isinstance(o, URIRef)) or (p == RDF.type and o in classes))
    }


def test_finds_what_a_full_engine_finds() -> None:
    """Every kind of axiom in one sample: the same triples as an engine for the whole of OWL 2 RL."""
    ontology, data = graph(ONTOLOGY), graph(DATA)
    assert found(ontology, data) == closed(ontology, data)


@pytest.mark.parametrize(
    ("subject", "predicate", "obj"),
    [
        ("park", "locatedIn", "haiphong"),
        ("v4-9-2", "under", "high"),
        ("v4", "hasPart", "v4-9-2"),
        ("work", "comparableWith", "jobs"),
        ("a", "coversWith", "b"),
        ("other", "attainment", "missed"),
    ],
)
def test_each_property_rule_speaks(subject: str, predicate: str, obj: str) -> None:
    """A statement that only one kind of axiom yields is found."""
    assert (X[subject], X[predicate], X[obj]) in found(graph(ONTOLOGY), graph(DATA))


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        ("v4-9-2", "PillarTask"),
        ("item", "Missed"),
        ("machay", "Place"),
        ("ngoquyen", "Unit"),
        ("park", "Work"),
        ("port", "Served"),
    ],
)
def test_each_class_rule_speaks(node: str, kind: str) -> None:
    """A membership that only one kind of class expression yields is found."""
    assert (X[node], RDF.type, X[kind]) in found(graph(ONTOLOGY), graph(DATA))


def test_a_heading_never_makes_a_task_serve() -> None:
    """A task below a heading stands under its directions; it serves only those it names itself."""
    triples = found(graph(ONTOLOGY), graph(DATA))
    assert (X["v4-9"], X.under, X.high) in triples
    assert not any(p == X.serves for _, p, _ in triples)


def test_says_nothing_useless() -> None:
    """No membership of `owl:Thing`, no equality, no axiom, nothing already stated."""
    ontology, data = graph(ONTOLOGY), graph(DATA)
    triples = found(ontology, data)
    assert not triples & set(data)
    assert not {OWL.Thing, OWL.Nothing, OWL.Class, RDFS.Resource} & {o for _, _, o in triples}
    assert all(p == RDF.type or str(p).startswith(str(X)) for _, p, _ in triples)
    assert not any(isinstance(term, BNode) for triple in triples for term in triple)


def test_two_values_of_a_functional_property_are_not_merged() -> None:
    """Equality is never concluded: it would copy every statement from one name to the other."""
    ontology = graph(":capital a owl:ObjectProperty , owl:FunctionalProperty .")
    assert found(ontology, graph(":vn :capital :hanoi , :hue . :hanoi :x :y .")) == set()


def test_says_where_it_comes_from() -> None:
    """The graph of what follows names the graphs it was made from, itself excluded, and the rules that ran."""
    data = graph(DATA)
    store = EmbeddedStore.of({str(DEFINITIONS): graph(ONTOLOGY), "urn:data": data, str(ENTAILED): data})
    answer = entail(store)
    rules = (
        "subclass",
        "subproperty",
        "inverse",
        "symmetric",
        "transitive",
        "chain",
        "domain",
        "range",
        "class-definition",
    )
    named = {DEFINITIONS, URIRef("urn:data"), *(mint("rule", name) for name in rules)}
    assert set(answer.objects(ENTAILED, PROV.wasDerivedFrom)) == named


def test_an_earlier_answer_is_no_source() -> None:
    """Running again with the old answer in the store gives the same answer: nothing lives on from it."""
    ontology, data = graph(ONTOLOGY), graph(DATA)
    stale = graph(":ghost a :Ward .")
    store = EmbeddedStore.of({str(DEFINITIONS): ontology, "urn:data": data, str(ENTAILED): stale})
    assert {triple for triple in entail(store) if triple[0] != ENTAILED} == found(ontology, data)


CLASSES = [X[f"C{n}"] for n in range(4)]
PROPERTIES = [X[f"p{n}"] for n in range(3)]
NODES = [X[f"n{n}"] for n in range(5)]


def _restriction(ontology: Graph, kind: URIRef, prop: URIRef, filler: Node) -> Node:
    node = BNode()
    ontology += [(node, RDF.type, OWL.Restriction), (node, OWL.onProperty, prop), (node, kind, filler)]
    return node


def _operator(ontology: Graph, operator: URIRef, members: list[Node]) -> Node:
    node, head = BNode(), BNode()
    Collection(ontology, head, members)
    ontology += [(node, RDF.type, OWL.Class), (node, operator, head)]
    return node


def _some(o: Graph, c: URIRef, d: URIRef, p: URIRef, _q: URIRef) -> None:
    o.add((_restriction(o, OWL.someValuesFrom, p, c), RDFS.subClassOf, d))


def _all(o: Graph, c: URIRef, d: URIRef, p: URIRef, _q: URIRef) -> None:
    o.add((c, RDFS.subClassOf, _restriction(o, OWL.allValuesFrom, p, d)))


def _both(o: Graph, c: URIRef, d: URIRef, p: URIRef, _q: URIRef) -> None:
    o.add((_operator(o, OWL.intersectionOf, [c, _restriction(o, OWL.someValuesFrom, p, d)]), RDFS.subClassOf, d))


def _either(o: Graph, c: URIRef, d: URIRef, p: URIRef, _q: URIRef) -> None:
    o.add((_operator(o, OWL.unionOf, [c, _restriction(o, OWL.hasValue, p, NODES[0])]), RDFS.subClassOf, d))


def _chain(o: Graph, _c: URIRef, _d: URIRef, p: URIRef, q: URIRef) -> None:
    head = BNode()
    Collection(o, head, [p, q])
    o.add((PROPERTIES[2], OWL.propertyChainAxiom, head))


AXIOMS: dict[str, Callable[[Graph, URIRef, URIRef, URIRef, URIRef], object]] = {
    "subclass": lambda o, c, d, _p, _q: o.add((c, RDFS.subClassOf, d)),
    "equivalent": lambda o, c, d, _p, _q: o.add((c, OWL.equivalentClass, d)),
    "subproperty": lambda o, _c, _d, p, q: o.add((p, RDFS.subPropertyOf, q)),
    "inverse": lambda o, _c, _d, p, q: o.add((p, OWL.inverseOf, q)),
    "symmetric": lambda o, _c, _d, p, _q: o.add((p, RDF.type, OWL.SymmetricProperty)),
    "transitive": lambda o, _c, _d, p, _q: o.add((p, RDF.type, OWL.TransitiveProperty)),
    "domain": lambda o, c, _d, p, _q: o.add((p, RDFS.domain, c)),
    "range": lambda o, c, _d, p, _q: o.add((p, RDFS.range, c)),
    "chain": _chain,
    "some": _some,
    "all": _all,
    "both": _both,
    "either": _either,
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(AXIOMS)),
            st.sampled_from(CLASSES),
            st.sampled_from(CLASSES),
            st.sampled_from(PROPERTIES),
            st.sampled_from(PROPERTIES),
        ),
        max_size=6,
    ),
    st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES)), max_size=6),
    st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(CLASSES)), max_size=4),
)
def test_agrees_with_a_full_engine_on_any_ontology(
    axioms: list[tuple[str, URIRef, URIRef, URIRef, URIRef]],
    edges: list[tuple[URIRef, URIRef, URIRef]],
    types: list[tuple[URIRef, URIRef]],
) -> None:
    """Whatever the axioms of the kinds we use, and whatever the data: the same triples as a full engine."""
    ontology, data = Graph(), Graph()
    for term, kind in ((CLASSES, OWL.Class), (PROPERTIES, OWL.ObjectProperty)):
        ontology += [(one, RDF.type, kind) for one in term]
    for axiom, *terms in axioms:
        AXIOMS[axiom](ontology, *terms)
    data += edges
    data += [(node, RDF.type, owl_class) for node, owl_class in types]
    assert found(ontology, data) == closed(ontology, data)
