"""Entailment rules, generated from the axioms of an ontology: one SPARQL CONSTRUCT for each thing that may follow.

The rules are those of OWL 2 RL that yield statements about data
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules). Equality is not among them: two
names that an axiom would merge are a clash, which `hpkg.reason.clash` reports. That a value of some class must exist
gives no rule either, as in RL. Not for: running them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS

from hpkg.reason.expressions import Expressions, Head, edge_of, pattern
from hpkg.reason.notation import notation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["Rule", "inclusions", "rules_of"]

_IRI: Final = re.compile(r"<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from one axiom.

    `name` is the notation of the rule's concept in the vocabulary `rule`, `axiom` the axiom as a person reads it.
    """

    name: str
    axiom: str
    head: Head
    body: str

    @property
    def construct(self) -> str:
        """Return the CONSTRUCT whose answer is what follows and is not yet known."""
        then = pattern((self.head.subject, self.head.predicate, self.head.object))
        given = f"{self.body} {self.head.given}".strip()
        return f"CONSTRUCT {{ {then} }} WHERE {{ {given} FILTER NOT EXISTS {{ {then} }} }}"

    @property
    def reads(self) -> frozenset[URIRef]:
        """Return the classes and properties in whose new statements the rule may find something."""
        return frozenset(URIRef(iri) for iri in _IRI.findall(f"{self.body} {self.head.given}"))

    @property
    def writes(self) -> frozenset[URIRef]:
        """Return the class or property whose statements the rule adds."""
        term = self.head.object if self.head.predicate == RDF.type else self.head.predicate.n3()
        return frozenset(URIRef(iri) for iri in _IRI.findall(term))


def rules_of(ontology: Graph) -> list[Rule]:
    """Return the rules that the axioms of `ontology` give, in the order of their text.

    >>> from rdflib import Graph
    >>> axiom = "<urn:Ward> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:Unit> ."
    >>> [rule.construct for rule in rules_of(Graph().parse(data=axiom))]
    ['CONSTRUCT { ?x a <urn:Unit> . } WHERE { ?x a <urn:Ward> . FILTER NOT EXISTS { ?x a <urn:Unit> . } }']
    """
    found = [*_class_rules(ontology), *_property_rules(ontology), *_domain_and_range_rules(ontology)]
    return sorted(set(found), key=lambda rule: (rule.name, rule.axiom, rule.construct))


def _class_rules(ontology: Graph) -> Iterator[Rule]:
    for sub, sup in inclusions(ontology):
        plain = isinstance(sub, URIRef) and isinstance(sup, URIRef)
        expressions = Expressions(ontology)
        axiom = f"{notation(ontology, sub)} ⊑ {notation(ontology, sup)}"
        for body in expressions.members(sub, "?x"):
            if not body:
                continue  # owl:Thing on the left says nothing that a question could use
            for head in expressions.heads(sup, "?x"):
                yield Rule("subclass" if plain else "class-definition", axiom, head, body)


def inclusions(ontology: Graph) -> Iterator[tuple[Node, Node]]:
    """Yield each (subclass, superclass) that an axiom states; an intersection on the right comes part by part."""
    for sub, sup in _stated_inclusions(ontology):
        for part in _conjuncts(ontology, sup):
            yield sub, part


def _stated_inclusions(ontology: Graph) -> Iterator[tuple[Node, Node]]:
    yield from ontology.subject_objects(RDFS.subClassOf)
    for left, right in ontology.subject_objects(OWL.equivalentClass):
        if (left, RDF.type, RDFS.Datatype) not in ontology:
            yield left, right
            yield right, left
    for named, members in ontology.subject_objects(OWL.disjointUnionOf):
        for member in Collection(ontology, members):
            yield member, named


def _conjuncts(ontology: Graph, expression: Node) -> Iterator[Node]:
    members = ontology.value(expression, OWL.intersectionOf)
    if members is None:
        yield expression
    else:
        for member in Collection(ontology, members):
            yield from _conjuncts(ontology, member)


def _property_rules(ontology: Graph) -> Iterator[Rule]:
    for name, sub, sup in _property_inclusions(ontology):
        body, head = edge_of(ontology, sub, "?x", "?y"), edge_of(ontology, sup, "?x", "?y")
        if body and head and body != head:
            yield Rule(name, f"{notation(ontology, sub)} ⊑ {notation(ontology, sup)}", Head(*head), pattern(body))
    for prop, other in ontology.subject_objects(OWL.inverseOf):
        for near, far in ((prop, other), (other, prop)):
            if isinstance(near, URIRef) and isinstance(far, URIRef):
                axiom = f"{notation(ontology, far)} ≡ {notation(ontology, near)}⁻"
                yield Rule("inverse", axiom, Head("?y", far, "?x"), pattern(("?x", near, "?y")))
    for prop in _named(ontology, OWL.SymmetricProperty):
        axiom = f"{notation(ontology, prop)} ≡ {notation(ontology, prop)}⁻"
        yield Rule("symmetric", axiom, Head("?y", prop, "?x"), pattern(("?x", prop, "?y")))
    for prop in _named(ontology, OWL.TransitiveProperty):
        yield from _chain(ontology, "transitive", prop, [prop, prop])
    for prop, steps in ontology.subject_objects(OWL.propertyChainAxiom):
        yield from _chain(ontology, "chain", prop, list(Collection(ontology, steps)))


def _named(ontology: Graph, kind: URIRef) -> Iterator[URIRef]:
    for prop in ontology.subjects(RDF.type, kind):
        if isinstance(prop, URIRef):
            yield prop


def _chain(ontology: Graph, name: str, prop: Node, steps: list[Node]) -> Iterator[Rule]:
    edges = [edge_of(ontology, step, f"?x{place}", f"?x{place + 1}") for place, step in enumerate(steps)]
    head = edge_of(ontology, prop, "?x0", f"?x{len(steps)}")
    if head and all(edges):
        axiom = f"{' ∘ '.join(notation(ontology, step) for step in steps)} ⊑ {notation(ontology, prop)}"
        yield Rule(name, axiom, Head(*head), " ".join(pattern(edge) for edge in edges))


def _property_inclusions(ontology: Graph) -> Iterator[tuple[str, Node, Node]]:
    for sub, sup in ontology.subject_objects(RDFS.subPropertyOf):
        yield "subproperty", sub, sup
    for left, right in ontology.subject_objects(OWL.equivalentProperty):
        yield "subproperty", left, right
        yield "subproperty", right, left


def _domain_and_range_rules(ontology: Graph) -> Iterator[Rule]:
    for name, axiom_property, member in (("domain", RDFS.domain, "?x"), ("range", RDFS.range, "?y")):
        for prop, expression in ontology.subject_objects(axiom_property):
            if isinstance(prop, URIRef):
                axiom = f"{name}({notation(ontology, prop)}) = {notation(ontology, expression)}"
                for head in Expressions(ontology).heads(expression, member):
                    yield Rule(name, axiom, head, pattern(("?x", prop, "?y")))
