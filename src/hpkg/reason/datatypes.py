"""OWL data ranges as SPARQL tests on a value.

The tests ask whether the value lies in the range (https://www.w3.org/TR/owl2-syntax/#Data_Ranges), so `5` is a
non-negative integer whatever its own datatype says. Not for: class expressions (`hpkg.reason.expressions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["within"]

_FACETS: Final[dict[URIRef, str]] = {
    XSD.minInclusive: "{0} >= {1}",
    XSD.maxInclusive: "{0} <= {1}",
    XSD.minExclusive: "{0} > {1}",
    XSD.maxExclusive: "{0} < {1}",
    XSD.length: "STRLEN(STR({0})) = {1}",
    XSD.minLength: "STRLEN(STR({0})) >= {1}",
    XSD.maxLength: "STRLEN(STR({0})) <= {1}",
}
_INTEGER_BOUNDS: Final[dict[URIRef, str]] = {
    XSD.integer: "true",
    XSD.nonNegativeInteger: "{0} >= 0",
    XSD.positiveInteger: "{0} > 0",
    XSD.nonPositiveInteger: "{0} <= 0",
    XSD.negativeInteger: "{0} < 0",
}
_WELL_FORMED: Final[dict[URIRef, str]] = {
    XSD.boolean: 'STR({0}) IN ("true", "false", "1", "0")',
    XSD.dateTime: "YEAR({0}) = YEAR({0})",
    XSD.double: "isNumeric({0})",
    XSD.float: "isNumeric({0})",
}
_INEXACT: Final = f"{XSD.double.n3()}, {XSD.float.n3()}"
_OWL_REAL: Final = Namespace(str(OWL)).real


def within(ontology: Graph, data_range: Node, var: str) -> str:
    """Return the test that the value of `var` lies in `data_range`; a value that cannot be tested does not."""
    return f"COALESCE({_test(ontology, data_range, var)}, false)"


def _test(ontology: Graph, data_range: Node, var: str) -> str:
    for operator, joint in ((OWL.intersectionOf, " && "), (OWL.unionOf, " || ")):
        members = ontology.value(data_range, operator)
        if members is not None:
            return f"({joint.join(within(ontology, member, var) for member in Collection(ontology, members))})"
    values = ontology.value(data_range, OWL.oneOf)
    if values is not None:
        listed = ", ".join(value.n3() for value in Collection(ontology, values) if isinstance(value, Literal))
        return f"{var} IN ({listed})"
    excluded = ontology.value(data_range, OWL.datatypeComplementOf)
    if excluded is not None:
        return f"(isLiteral({var}) && !{within(ontology, excluded, var)})"
    restricted = ontology.value(data_range, OWL.onDatatype)
    if restricted is not None:
        return f"({' && '.join([within(ontology, restricted, var), *_facets(ontology, data_range, var)])})"
    defined = ontology.value(data_range, OWL.equivalentClass)
    if defined is not None:
        return _test(ontology, defined, var)
    return _named(data_range, var)


def _named(datatype: Node, var: str) -> str:
    if datatype == RDFS.Literal:
        return f"isLiteral({var})"
    exact = f"(isNumeric({var}) && datatype({var}) NOT IN ({_INEXACT}))"
    if datatype in (XSD.decimal, _OWL_REAL, OWL.rational):
        return exact
    if isinstance(datatype, URIRef) and datatype in _INTEGER_BOUNDS:
        return f"({exact} && {var} = FLOOR({var}) && {_INTEGER_BOUNDS[datatype].format(var)})"
    if datatype == RDF.PlainLiteral:
        return f"datatype({var}) IN ({XSD.string.n3()}, {RDF.langString.n3()})"
    test = f"datatype({var}) = {datatype.n3()}" if isinstance(datatype, URIRef) else "false"
    form = _WELL_FORMED.get(datatype) if isinstance(datatype, URIRef) else None
    return f"({test} && {form.format(var)})" if form else test


def _facets(ontology: Graph, data_range: Node, var: str) -> list[str]:
    tests = []
    facets = ontology.value(data_range, OWL.withRestrictions)
    for facet in Collection(ontology, facets) if facets is not None else ():
        for kind, bound in ontology.predicate_objects(facet):
            if not isinstance(bound, Literal):
                continue
            if kind == XSD.pattern:
                tests.append(f"REGEX(STR({var}), {Literal(f'^(?:{bound})$').n3()})")
            elif isinstance(kind, URIRef) and kind in _FACETS:
                tests.append(_FACETS[kind].format(var, bound.n3()))
    return sorted(tests)
