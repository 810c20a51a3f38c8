"""Contradictions between data and ontology: one SPARQL SELECT for each axiom that data can break.

The queries are the rules of OWL 2 RL that end in `false`
(https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules), over stated and entailed
triples. Different names are taken for different things: OWL itself would merge the two values of a functional property,
we report them. Not for: classes that can have no member at all, which `hpkg.reason.engines` finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Protocol

from rdflib import Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS

from hpkg.reason.datatypes import within
from hpkg.reason.expressions import Expressions, edge_of, pattern
from hpkg.reason.notation import compact, notation
from hpkg.reason.rules import inclusions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["Clash", "Contradiction", "clashes", "contradictions_of"]

_MOST: Final = (OWL.maxCardinality, OWL.maxQualifiedCardinality, OWL.cardinality, OWL.qualifiedCardinality)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What data must not do, by one axiom: each row of `select` is a clash."""

    kind: str
    axiom: str
    select: str


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """One place where data breaks an axiom: the nodes and values that do it together."""

    kind: str
    axiom: str
    nodes: tuple[str, ...]


class _Queryable(Protocol):
    def select(self, query: str) -> Iterable[Mapping[str, Node]]: ...


def clashes(store: _Queryable, ontology: Graph) -> list[Clash]:
    """Return every place in `store` (stated and entailed triples) where data breaks an axiom of `ontology`."""
    found: dict[Clash, None] = {}
    for contradiction in contradictions_of(ontology):
        for row in store.select(contradiction.select):
            nodes = tuple(sorted(compact(node) for node in row.values()))
            found[Clash(contradiction.kind, contradiction.axiom, nodes)] = None
    return sorted(found)


def contradictions_of(ontology: Graph) -> list[Contradiction]:
    """Return what data must not do by the axioms of `ontology`, in the order of their text."""
    found = (
        *_class_contradictions(ontology),
        *_cardinality_contradictions(ontology),
        *_key_contradictions(ontology),
        *_property_contradictions(ontology),
        *_identity_contradictions(),
        *_range_contradictions(ontology),
    )
    return sorted(set(found), key=lambda one: (one.kind, one.axiom, one.select))


def _class_contradictions(ontology: Graph) -> Iterator[Contradiction]:
    pairs = [*_disjoint_pairs(ontology, OWL.disjointWith, OWL.AllDisjointClasses)]
    for members in ontology.objects(None, OWL.disjointUnionOf):
        pairs += combinations(Collection(ontology, members), 2)
    for left, right in pairs:
        yield from _no_common_member(
            ontology, "disjoint-classes", left, right, f"{notation(ontology, left)} ⊓ {notation(ontology, right)} ⊑ ⊥"
        )
    for sub, sup in inclusions(ontology):
        excluded = ontology.value(sup, OWL.complementOf)
        if excluded is not None:
            yield from _no_common_member(
                ontology, "complement", sub, excluded, f"{notation(ontology, sub)} ⊑ ¬{notation(ontology, excluded)}"
            )
        if sup == OWL.Nothing:
            yield from _no_common_member(ontology, "impossible-class", sub, OWL.Thing, f"{notation(ontology, sub)} ⊑ ⊥")


def _no_common_member(ontology: Graph, kind: str, left: Node, right: Node, axiom: str) -> Iterator[Contradiction]:
    expressions = Expressions(ontology)
    for one in expressions.members(left, "?x"):
        for other in expressions.members(right, "?x"):
            yield Contradiction(kind, axiom, f"SELECT DISTINCT ?x {{ {one} {other} }}")


def _disjoint_pairs(ontology: Graph, pairwise: URIRef, kind: URIRef) -> Iterator[tuple[Node, Node]]:
    """Yield each pair that a pairwise axiom states, or the member list of an axiom of `kind`."""
    yield from ontology.subject_objects(pairwise)
    for axiom in ontology.subjects(RDF.type, kind):
        members = ontology.value(axiom, OWL.members) or ontology.value(axiom, OWL.distinctMembers)
        if members is not None:
            yield from combinations(Collection(ontology, members), 2)


def _cardinality_contradictions(ontology: Graph) -> Iterator[Contradiction]:
    for kind, near, far in (
        (OWL.FunctionalProperty, "?x", "?v"),
        (OWL.InverseFunctionalProperty, "?v", "?x"),
    ):
        for prop in ontology.subjects(RDF.type, kind):
            edge = edge_of(ontology, prop, near, far)
            name = "functional" if kind == OWL.FunctionalProperty else "inverse-functional"
            if edge:
                yield _too_many(name, f"{notation(ontology, prop)}: {notation(ontology, kind)}", pattern(edge), 1)
    for sub, sup in inclusions(ontology):
        most = next((most for term in _MOST if (most := ontology.value(sup, term)) is not None), None)
        limited = ontology.value(sup, OWL.onProperty)
        if isinstance(most, Literal) and limited is not None:
            axiom = f"{notation(ontology, sub)} ⊑ ≤ {most} {notation(ontology, limited)}"
            for body in _counted(ontology, sub, sup, limited):
                yield _too_many("cardinality", axiom, body, int(most))


def _counted(ontology: Graph, sub: Node, sup: Node, prop: Node) -> Iterator[str]:
    """Yield the patterns of a member `?x` of `sub` with a value `?v` that a maximum on `sup` counts."""
    expressions = Expressions(ontology)
    edge = edge_of(ontology, prop, "?x", "?v")
    filler, data_range = ontology.value(sup, OWL.onClass), ontology.value(sup, OWL.onDataRange)
    if data_range is not None:
        counted = [f"FILTER({within(ontology, data_range, '?v')})"]
    else:
        counted = expressions.members(OWL.Thing if filler is None else filler, "?v")
    for member in expressions.members(sub, "?x"):
        for one in counted:
            yield f"{member} {pattern(edge)} {one}"


def _too_many(kind: str, axiom: str, body: str, most: int) -> Contradiction:
    """Return the query for each node with more than `most` different values, two values equal in value being one."""
    if most == 1:
        second = re.sub(r"\?v(?!\d)", "?w", body)
        different = "FILTER(STR(?v) <= STR(?w) && !sameTerm(?v, ?w) && !COALESCE(?v = ?w, false))"
        return Contradiction(kind, axiom, f"SELECT DISTINCT ?x ?v ?w {{ {body} {second} {different} }}")
    count = f"GROUP BY ?x HAVING(COUNT(DISTINCT ?v) > {most})"
    return Contradiction(kind, axiom, f"SELECT ?x {{ {body} }} {count}")


def _key_contradictions(ontology: Graph) -> Iterator[Contradiction]:
    for owner, head in ontology.subject_objects(OWL.hasKey):
        expressions = Expressions(ontology)
        props = list(Collection(ontology, head))
        edges = [
            f"{pattern(edge_of(ontology, prop, node, f'?k{place}'))}"
            for node in ("?x", "?y")
            for place, prop in enumerate(props)
        ]
        axiom = f"hasKey({notation(ontology, owner)}; {', '.join(notation(ontology, prop) for prop in props)})"
        for one in expressions.members(owner, "?x"):
            for other in expressions.members(owner, "?y"):
                body = f"{one} {other} {' '.join(edges)} FILTER(STR(?x) < STR(?y))"
                yield Contradiction("key", axiom, f"SELECT DISTINCT ?x ?y {{ {body} }}")


def _property_contradictions(ontology: Graph) -> Iterator[Contradiction]:
    for prop in ontology.subjects(RDF.type, OWL.IrreflexiveProperty):
        loop = pattern(edge_of(ontology, prop, "?x", "?x"))
        yield Contradiction(
            "irreflexive", f"{notation(ontology, prop)}: owl:IrreflexiveProperty", f"SELECT DISTINCT ?x {{ {loop} }}"
        )
    for prop in ontology.subjects(RDF.type, OWL.AsymmetricProperty):
        there, back = (pattern(edge_of(ontology, prop, *ends)) for ends in (("?x", "?y"), ("?y", "?x")))
        axiom = f"{notation(ontology, prop)}: owl:AsymmetricProperty"
        yield Contradiction(
            "asymmetric", axiom, f"SELECT DISTINCT ?x ?y {{ {there} {back} FILTER(STR(?x) <= STR(?y)) }}"
        )
    for left, right in _disjoint_pairs(ontology, OWL.propertyDisjointWith, OWL.AllDisjointProperties):
        both = " ".join(pattern(edge_of(ontology, prop, "?x", "?y")) for prop in (left, right))
        axiom = f"{notation(ontology, left)} ⊓ {notation(ontology, right)} ⊑ ⊥"
        yield Contradiction("disjoint-properties", axiom, f"SELECT DISTINCT ?x ?y {{ {both} }}")


def _identity_contradictions() -> Iterator[Contradiction]:
    """Yield what statements of OWL about single nodes rule out, wherever they stand: in the ontology or in data."""
    same = "SELECT DISTINCT ?x ?y { ?x owl:sameAs ?y . { ?x owl:differentFrom ?y } UNION { ?y owl:differentFrom ?x } }"
    denied = (
        "SELECT DISTINCT ?x ?y { ?n owl:sourceIndividual ?x ; owl:assertionProperty ?p . "
        "{ ?n owl:targetIndividual ?y } UNION { ?n owl:targetValue ?y } ?x ?p ?y }"
    )
    prefix = f"PREFIX owl: <{OWL}>"
    yield Contradiction("different", "owl:differentFrom", f"{prefix} {same}")
    yield Contradiction("denied", "owl:NegativePropertyAssertion", f"{prefix} {denied}")


def _range_contradictions(ontology: Graph) -> Iterator[Contradiction]:
    """Yield what lies outside a range: a value outside its data range, a text where a node must stand."""
    is_data = Expressions(ontology).is_datatype
    for prop, data_range in ontology.subject_objects(RDFS.range):
        if (prop, RDF.type, OWL.DatatypeProperty) in ontology:
            body = f"?x {prop.n3()} ?v FILTER(!{within(ontology, data_range, '?v')})"
            axiom = f"range({notation(ontology, prop)}) = {notation(ontology, data_range)}"
            yield Contradiction("range", axiom, f"SELECT DISTINCT ?x ?v {{ {body} }}")
    for sub, sup in inclusions(ontology):
        filler, on = ontology.value(sup, OWL.allValuesFrom), ontology.value(sup, OWL.onProperty)
        if isinstance(on, URIRef) and filler is not None and is_data(filler):
            axiom = f"{notation(ontology, sub)} ⊑ ∀ {notation(ontology, on)} . {notation(ontology, filler)}"
            for member in Expressions(ontology).members(sub, "?x"):
                body = f"{member} ?x {on.n3()} ?v FILTER(!{within(ontology, filler, '?v')})"
                yield Contradiction("range", axiom, f"SELECT DISTINCT ?x ?v {{ {body} }}")
    for prop in ontology.subjects(RDF.type, OWL.ObjectProperty):
        if isinstance(prop, URIRef):
            body = f"?x {prop.n3()} ?v FILTER(isLiteral(?v))"
            yield Contradiction(
                "no-node", f"{notation(ontology, prop)}: owl:ObjectProperty", f"SELECT DISTINCT ?x ?v {{ {body} }}"
            )
