"""Terms, class expressions and data ranges as a person reads them, in the notation of description logics.

Not for: queries (`hpkg.reason.expressions`, `hpkg.reason.datatypes`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL

from hpkg.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["compact", "notation"]

_LOCAL: Final = re.compile(r"[A-Za-z_][\w-]*")
_LISTS: Final = {OWL.intersectionOf: " ⊓ ", OWL.unionOf: " ⊔ ", OWL.oneOf: ", "}
_RESTRICTIONS: Final = {
    OWL.someValuesFrom: "∃ {prop} . {value}",
    OWL.allValuesFrom: "∀ {prop} . {value}",
    OWL.hasValue: "∃ {prop} . {{{value}}}",
    OWL.maxCardinality: "≤ {value} {prop}",
    OWL.minCardinality: "≥ {value} {prop}",
    OWL.cardinality: "= {value} {prop}",
    OWL.maxQualifiedCardinality: "≤ {value} {prop}",
    OWL.minQualifiedCardinality: "≥ {value} {prop}",
    OWL.qualifiedCardinality: "= {value} {prop}",
}


def compact(term: Node) -> str:
    """Return `term` as a person reads it: `hp:Task`, an IRI without a known prefix in angle brackets, a literal as is.

    >>> from rdflib.namespace import XSD
    >>> compact(XSD.decimal)
    'xsd:decimal'
    >>> compact(URIRef("urn:x"))
    '<urn:x>'
    >>> compact(Literal("84199.2", datatype=XSD.decimal))
    '"84199.2"^^xsd:decimal'
    """
    if isinstance(term, Literal):
        kind = f"@{term.language}" if term.language else f"^^{compact(term.datatype)}" if term.datatype else ""
        return f'"{term}"{kind}'
    for prefix, namespace in PREFIXES.items():
        if isinstance(term, URIRef) and term.startswith(namespace) and _LOCAL.fullmatch(term[len(namespace) :]):
            return f"{prefix}:{term[len(namespace) :]}"
    return f"<{term}>" if isinstance(term, URIRef) else "[…]"


def notation(ontology: Graph, term: Node) -> str:
    """Return a class expression, property expression or data range of `ontology`.

    >>> from rdflib import BNode, Graph
    >>> from hpkg.namespaces import HP
    >>> ontology, term = Graph(), BNode()
    >>> _ = ontology.add((term, OWL.onProperty, HP.contributesTo)).add((term, OWL.someValuesFrom, HP.Pillar))
    >>> notation(ontology, term)
    '∃ hp:contributesTo . hp:Pillar'
    """
    if isinstance(term, URIRef | Literal):
        return compact(term)
    for operator, sign in _LISTS.items():
        members = ontology.value(term, operator)
        if members is not None:
            joined = sign.join(notation(ontology, member) for member in Collection(ontology, members))
            return f"{{{joined}}}" if operator == OWL.oneOf else f"({joined})"
    for operator, sign in ((OWL.complementOf, "¬{}"), (OWL.datatypeComplementOf, "¬{}"), (OWL.inverseOf, "{}⁻")):
        inner = ontology.value(term, operator)
        if inner is not None:
            return sign.format(notation(ontology, inner))
    return _restriction(ontology, term)


def _restriction(ontology: Graph, term: Node) -> str:
    datatype, facets = ontology.value(term, OWL.onDatatype), ontology.value(term, OWL.withRestrictions)
    if datatype is not None and facets is not None:
        pairs = (pair for facet in Collection(ontology, facets) for pair in ontology.predicate_objects(facet))
        return f"{compact(datatype)}[{', '.join(sorted(f'{compact(kind)} {value}' for kind, value in pairs))}]"
    prop = ontology.value(term, OWL.onProperty)
    for kind, form in _RESTRICTIONS.items():
        value = ontology.value(term, kind)
        if prop is not None and value is not None:
            shown = str(value) if "ardinality" in kind else notation(ontology, value)
            filler = ontology.value(term, OWL.onClass) or ontology.value(term, OWL.onDataRange)
            qualified = f" . {notation(ontology, filler)}" if filler is not None else ""
            return form.format(prop=notation(ontology, prop), value=shown) + qualified
    return "[…]"
