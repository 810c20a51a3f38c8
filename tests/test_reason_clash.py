"""Clashes: data that breaks an axiom is found, with the axiom and the nodes; data that does not is left in peace."""

from __future__ import annotations

import pytest
from rdflib import Graph, Namespace

from hpkg.namespaces import PREFIXES
from hpkg.reason import DEFINITIONS, ENTAILED, Clash, clashes, entail
from hpkg.reason.clash import contradictions_of
from hpkg.store.embedded import EmbeddedStore

X = Namespace("https://example.org/")
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + f"@prefix : <{X}> .\n"


def found(ontology: str, data: str) -> list[Clash]:
    """Return the clashes of `data`, with what follows from it."""
    stated = {str(DEFINITIONS): (HEADER + ontology).encode(), "urn:data": (HEADER + data).encode()}
    entailed = entail(EmbeddedStore(stated)).serialize(format="nt", encoding="utf-8")
    return clashes(EmbeddedStore(stated | {str(ENTAILED): entailed}), Graph().parse(data=HEADER + ontology))


def restriction(prop: str, rest: str) -> str:
    """Return a restriction as Turtle."""
    return f"[ a owl:Restriction ; owl:onProperty {prop} ; {rest} ]"


P = ":p a owl:ObjectProperty . :q a owl:ObjectProperty . "
NO = "a owl:NegativePropertyAssertion ; owl:assertionProperty :p"
DENIAL = f"[] {NO} ; owl:sourceIndividual :x ; owl:targetIndividual :y ."
D = ":d a owl:DatatypeProperty . "
YEARS = "[ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 1945 ] ) ]"
SHA = '[ a rdfs:Datatype ; owl:onDatatype xsd:string ; owl:withRestrictions ( [ xsd:pattern "[0-9a-f]{4}" ] ) ]'
ODD = "[ a rdfs:Datatype ; owl:unionOf ( xsd:boolean [ a rdfs:Datatype ; owl:oneOf ( 1 3 ) ] ) ]"
NOT_TEXT = "[ a rdfs:Datatype ; owl:datatypeComplementOf xsd:string ]"

CASES = {
    "disjoint-classes": (":A owl:disjointWith :B .", ":x a :A , :B .", ":x a :A . :y a :B ."),
    "disjoint-list": (
        "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
        ":x a :A , :C .",
        ":x a :A . :y a :B . :z a :C .",
    ),
    "disjoint-below": (
        ":A owl:disjointWith :B . :A1 rdfs:subClassOf :A . :B1 rdfs:subClassOf :B .",
        ":x a :A1 , :B1 .",
        ":x a :A1 , :A .",
    ),
    "disjoint-union": (":A owl:disjointUnionOf ( :B :C ) .", ":x a :B , :C .", ":x a :B , :A ."),
    "disjoint-by-domain": (
        f"{P} :A owl:disjointWith :B . :p rdfs:domain :A .",
        ":x a :B ; :p :y .",
        ":x a :A ; :p :y .",
    ),
    "complement": (":A rdfs:subClassOf [ owl:complementOf :B ] .", ":x a :A , :B .", ":x a :A ; a :C ."),
    "impossible-class": (":A rdfs:subClassOf owl:Nothing .", ":x a :A .", ":x a :B ."),
    "functional": (f"{P} :p a owl:FunctionalProperty .", ":x :p :y , :z .", ":x :p :y . :z :p :y ."),
    "functional-number": (f"{D} :d a owl:FunctionalProperty .", ":x :d 2.5 , 2.6 .", ":x :d 2.5 , 2.50 ."),
    "functional-tag": (f"{D} :d a owl:FunctionalProperty .", ':x :d "a"@vi , "a"@en .', ':x :d "a"@vi .'),
    "inverse-functional": (f"{P} :p a owl:InverseFunctionalProperty .", ":x :p :z . :y :p :z .", ":x :p :y , :z ."),
    "cardinality-1": (
        f":A rdfs:subClassOf {restriction(':p', 'owl:maxCardinality 1')} .",
        ":x a :A ; :p :y , :z .",
        ":x :p :y , :z .",
    ),
    "cardinality-0": (
        f":A rdfs:subClassOf {restriction(':p', 'owl:maxCardinality 0')} .",
        ":x a :A ; :p :y .",
        ":x a :A .",
    ),
    "cardinality-exact": (
        f":A rdfs:subClassOf {restriction(':p', 'owl:cardinality 2')} .",
        ":x a :A ; :p :a , :b , :c .",
        ":x a :A ; :p :a , :b .",
    ),
    "cardinality-qualified": (
        f":A rdfs:subClassOf {restriction(':p', 'owl:maxQualifiedCardinality 1 ; owl:onClass :C')} .",
        ":x a :A ; :p :y , :z . :y a :C . :z a :C .",
        ":x a :A ; :p :y , :z . :y a :C .",
    ),
    "cardinality-inside": (
        f":A owl:equivalentClass [ owl:intersectionOf ( :B {restriction(':p', 'owl:maxCardinality 1')} ) ] .",
        ":x a :A ; :p :y , :z .",
        ":x a :B ; :p :y , :z .",
    ),
    "key": (
        f"{D} :A owl:hasKey ( :d ) .",
        ':x a :A ; :d "1" . :y a :A ; :d "1" .',
        ':x a :A ; :d "1" . :y a :B ; :d "1" .',
    ),
    "irreflexive": (f"{P} :p a owl:IrreflexiveProperty .", ":x :p :x .", ":x :p :y ."),
    "asymmetric": (f"{P} :p a owl:AsymmetricProperty .", ":x :p :y . :y :p :x .", ":x :p :y . :y :p :z ."),
    "disjoint-properties": (f"{P} :p owl:propertyDisjointWith :q .", ":x :p :y ; :q :y .", ":x :p :y ; :q :z ."),
    "disjoint-properties-list": (
        f"{P} [] a owl:AllDisjointProperties ; owl:members ( :p :q ) .",
        ":x :p :y ; :q :y .",
        ":x :p :y . :y :q :x .",
    ),
    "different": (P, ":x owl:sameAs :y ; owl:differentFrom :y .", ":x owl:differentFrom :y ."),
    "denied": (
        P,
        f":x :p :y . {DENIAL}",
        f":y :p :x . {DENIAL}",
    ),
    "range-decimal": (f"{D} :d rdfs:range xsd:decimal .", ':x :d "2,5" .', ":x :d 2.5 , 3 ."),
    "range-ill-formed": (
        f"{D} :d rdfs:range xsd:decimal .",
        ':x :d "2,5"^^xsd:decimal .',
        ':x :d "2.5"^^xsd:decimal .',
    ),
    "range-integer": (f"{D} :d rdfs:range xsd:integer .", ":x :d 2.5 .", ":x :d 2.0 , 2 ."),
    "range-inexact": (f"{D} :d rdfs:range xsd:decimal .", ":x :d 2.5e0 .", ":x :d 2.5 ."),
    "range-date": (
        f"{D} :d rdfs:range xsd:dateTime .",
        ':x :d "18/12/2020"^^xsd:dateTime .',
        ':x :d "2020-12-18T00:00:00Z"^^xsd:dateTime .',
    ),
    "range-boolean": (f"{D} :d rdfs:range xsd:boolean .", ':x :d "yes"^^xsd:boolean .', ":x :d true ."),
    "range-facet": (f"{D} :d rdfs:range {YEARS} .", ":x :d 1800 .", ":x :d 2020 ."),
    "range-pattern": (f"{D} :d rdfs:range {SHA} .", ':x :d "f36dZ" .', ':x :d "f36d" .'),
    "range-union": (f"{D} :d rdfs:range {ODD} .", ":x :d 2 .", ":x :d 3 , true ."),
    "range-complement": (f"{D} :d rdfs:range {NOT_TEXT} .", ':x :d "a" .', ":x :d 1 ."),
    "range-named": (
        f"{D} :Year a rdfs:Datatype ; owl:equivalentClass {YEARS} . :d rdfs:range :Year .",
        ":x :d 1800 .",
        ":x :d 2020 .",
    ),
    "range-of-a-class": (
        f"{D} :A rdfs:subClassOf {restriction(':d', 'owl:allValuesFrom xsd:decimal')} .",
        ':x a :A ; :d "a" .',
        ':x :d "a" . :y a :A ; :d 1.5 .',
    ),
    "no-node": (P, ':x :p "y" .', ":x :p :y ."),
}


@pytest.mark.parametrize("case", CASES)
def test_planted_clash_is_found(case: str) -> None:
    """Each kind of axiom: the data that breaks it gives exactly one clash, which names the node."""
    ontology, broken, _ = CASES[case]
    clash, *more = found(ontology, broken)
    assert not more
    assert f"<{X.x}>" in clash.nodes
    assert case.startswith(clash.kind.removesuffix("-classes"))


@pytest.mark.parametrize("case", CASES)
def test_sound_data_has_no_clash(case: str) -> None:
    """The nearest data that keeps to the axiom gives none."""
    ontology, _, sound = CASES[case]
    assert found(ontology, sound) == []


def test_what_follows_can_clash() -> None:
    """A clash between entailed statements is found as one between stated ones."""
    ontology = f"{P} :p a owl:TransitiveProperty , owl:IrreflexiveProperty ."
    assert {clash.nodes for clash in found(ontology, ":a :p :b . :b :p :a .")} == {(f"<{X.a}>",), (f"<{X.b}>",)}


def test_a_clash_names_its_axiom() -> None:
    """The axiom is given as one reads it, with known prefixes."""
    (clash,) = found(
        "@prefix hp: <https://w3id.org/hpkg/def#> . hp:Target owl:disjointWith hp:Result .",
        ":x a hp:Target , hp:Result .",
    )
    assert (clash.kind, clash.axiom) == ("disjoint-classes", "hp:Target ⊓ hp:Result ⊑ ⊥")


def test_the_same_axioms_give_the_same_queries() -> None:
    """The queries do not depend on the order in which the ontology is read."""
    text = HEADER + "".join(ontology for ontology, _, _ in CASES.values())
    assert contradictions_of(Graph().parse(data=text)) == contradictions_of(Graph().parse(data=text))


def test_vocabulary_of_owl_is_no_data() -> None:
    """An ontology alone, with every kind of axiom, has no clash with itself."""
    text = "".join(ontology for ontology, _, _ in CASES.values())
    assert [clash for clash in found(text, "") if clash.kind != "impossible-class"] == []
