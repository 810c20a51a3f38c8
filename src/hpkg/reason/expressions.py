"""OWL class expressions as SPARQL: what makes a node a member, and what membership gives it.

The reading is the one of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL): a subclass expression becomes a
graph pattern, a superclass expression becomes triples. What RL gives no rule for yields nothing. Not for: axioms, which
`hpkg.reason.rules` reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, product
from typing import TYPE_CHECKING, Final, TypeAlias

from rdflib import BNode, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["INTEGERS", "Edge", "Expressions", "Head", "edge_of", "pattern"]

INTEGERS: Final = (
    XSD.integer,
    XSD.nonNegativeInteger,
    XSD.positiveInteger,
    XSD.nonPositiveInteger,
    XSD.negativeInteger,
    XSD.long,
    XSD.int,
    XSD.short,
    XSD.byte,
    XSD.unsignedLong,
    XSD.unsignedInt,
    XSD.unsignedShort,
    XSD.unsignedByte,
)
"""The datatypes whose values are integers, and so decimals too."""


Edge: TypeAlias = tuple[str, URIRef, str]
"""A triple pattern: subject, property, object, the outer two as SPARQL text."""


@dataclass(frozen=True, slots=True)
class Head:
    """One triple pattern that follows, and the pattern that must hold beside the membership."""

    subject: str
    predicate: URIRef
    object: str
    given: str = ""


def edge_of(ontology: Graph, prop: Node, subject: str, obj: str) -> Edge | None:
    """Return the triple pattern of a property or of the inverse of one, and None for what is neither."""
    if isinstance(prop, URIRef):
        return subject, prop, obj
    inverse = ontology.value(prop, OWL.inverseOf)
    return (obj, inverse, subject) if isinstance(inverse, URIRef) else None


class Expressions:
    """The class expressions of one ontology; hands out variables that no other pattern of a rule uses."""

    def __init__(self, ontology: Graph) -> None:
        """Read the expressions of `ontology`."""
        self._ontology = ontology
        self._count = count(1)

    def fresh(self) -> str:
        """Return a variable not used before."""
        return f"?v{next(self._count)}"

    def members(self, expression: Node, var: str) -> list[str]:
        """Return the patterns that each make `var` a member; none when RL does not conclude membership from data."""
        if expression == OWL.Thing:
            return [""]
        if isinstance(expression, URIRef):
            return [] if expression == OWL.Nothing else [pattern((var, RDF.type, expression.n3()))]
        if (parts := self._parts(expression, OWL.intersectionOf)) is not None:
            choices = product(*(self.members(part, var) for part in parts))
            return [" ".join(pattern for pattern in choice if pattern) for choice in choices]
        if (parts := self._parts(expression, OWL.unionOf)) is not None:
            return [pattern for part in parts for pattern in self.members(part, var)]
        if (parts := self._parts(expression, OWL.oneOf)) is not None:
            named = " ".join(part.n3() for part in parts if isinstance(part, URIRef))
            return [f"VALUES {var} {{ {named} }}"]
        return list(self._restricted_members(expression, var))

    def heads(self, expression: Node, var: str) -> list[Head]:
        """Return what follows for `var` from its membership."""
        if isinstance(expression, URIRef):
            silent = expression in (OWL.Thing, OWL.Nothing) or self.is_datatype(expression)
            return [] if silent else [Head(var, RDF.type, expression.n3())]
        if (parts := self._parts(expression, OWL.intersectionOf)) is not None:
            return [head for part in parts for head in self.heads(part, var)]
        prop = self._ontology.value(expression, OWL.onProperty)
        value = self._ontology.value(expression, OWL.hasValue)
        filler = self._ontology.value(expression, OWL.allValuesFrom)
        if prop is None:
            return []
        if isinstance(value, URIRef | Literal):
            edge = edge_of(self._ontology, prop, var, value.n3())
            return [Head(*edge)] if edge else []
        if filler is not None and not self.is_datatype(filler):
            far = self.fresh()
            edge = edge_of(self._ontology, prop, var, far)
            return [
                Head(head.subject, head.predicate, head.object, f"{pattern(edge)} {head.given}".strip())
                for head in self.heads(filler, far)
                if edge
            ]
        return []

    def _restricted_members(self, expression: Node, var: str) -> Iterator[str]:
        prop = self._ontology.value(expression, OWL.onProperty)
        value = self._ontology.value(expression, OWL.hasValue)
        filler = self._ontology.value(expression, OWL.someValuesFrom)
        if prop is None:
            return
        if isinstance(value, URIRef | Literal):
            edge = edge_of(self._ontology, prop, var, value.n3())
            if edge:
                yield pattern(edge)
        elif filler is not None:
            far = self.fresh()
            edge = edge_of(self._ontology, prop, var, far)
            for member in self._filler_members(filler, far) if edge else ():
                yield f"{pattern(edge)} {member}".strip() if edge else ""

    def _filler_members(self, filler: Node, var: str) -> list[str]:
        if not self.is_datatype(filler):
            return self.members(filler, var)
        if filler == RDFS.Literal:
            return [f"FILTER(isLiteral({var}))"]
        if isinstance(filler, BNode):
            return []  # facets: RL has none on this side
        types = (XSD.decimal, *INTEGERS) if filler == XSD.decimal else (filler,)
        return [f"FILTER(datatype({var}) IN ({', '.join(term.n3() for term in types if isinstance(term, URIRef))}))"]

    def is_datatype(self, term: Node) -> bool:
        """Return whether `term` is a datatype or a data range of the ontology or of XSD."""
        declared = (term, RDF.type, RDFS.Datatype) in self._ontology
        return declared or term == RDFS.Literal or (isinstance(term, URIRef) and term in XSD)

    def _parts(self, expression: Node, operator: URIRef) -> list[Node] | None:
        head = self._ontology.value(expression, operator)
        return None if head is None else list(Collection(self._ontology, head))


def pattern(edge: Edge | None) -> str:
    """Return a triple pattern as SPARQL text."""
    if not edge:
        return ""
    predicate = "a" if edge[1] == RDF.type else edge[1].n3()
    return f"{edge[0]} {predicate} {edge[2]} ."
