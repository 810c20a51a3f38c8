"""The measurements of a report as an RDF Data Cube (https://www.w3.org/TR/vocab-data-cube/), in Turtle.

An observation is one number. The cube asks that no two observations agree in all dimensions, and a text says the same
thing twice and gives ranges; so two dimensions join indicator, period, area and kind: which bound of a range the
number is, and its place among those that agree in all else, in order of the text. A number of no indicator, or of no
unit, has no place in the cube. Not for: judging which of several figures holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, QB, RDF, RDFS, SKOS, XSD

from hpkg.export.documents.sheets import MEASUREMENTS
from hpkg.messages import LANGUAGES, text
from hpkg.namespaces import BASE, HP, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.export.documents.reading import Reading, Row

__all__ = ["written"]

_CUBE: Final = Namespace(f"{BASE}cube#")
_DIMENSIONS: Final = {
    "indicator": (HP.forIndicator, HP.MeasuredQuantity),
    "period": (HP.refPeriod, HP.Period),
    "area": (HP.refArea, HP.Place),
    "class": (None, SKOS.Concept),
    "bound": (None, SKOS.Concept),
    "place-in-text": (None, XSD.integer),
}
_ATTRIBUTES: Final = {"unit": (HP.unit, HP.Unit), "comparator": (HP.comparator, HP.Comparator)}
_BOUNDS: Final = {"value": "exact", "lower": "lower-bound", "upper": "upper-bound"}
_LABELS: Final = """
SELECT DISTINCT ?thing ?name WHERE { VALUES ?thing { UNDEF } ?thing skos:prefLabel|rdfs:label ?name }
ORDER BY ?name"""


def written(report: Reading) -> dict[str, bytes]:
    """Return the cube of `report`."""
    graph = Graph(bind_namespaces="none")
    dataset = URIRef(f"{BASE}cube/{report.key}")
    _structure(graph)
    figures = [row for row in report.rows(MEASUREMENTS) if "indicator" in row]
    _label(graph, dataset, "documents.cube", number=report.number, area=report.name(report.area))
    graph.add((dataset, RDF.type, QB.DataSet))
    graph.add((dataset, QB.structure, _CUBE.structure))
    graph.add((dataset, DCTERMS.source, URIRef(report.iri)))
    graph.add((dataset, DCTERMS.issued, Literal(report.issued)))
    _observations(graph, dataset, figures)
    _lists(graph, report, figures)
    ordered = Graph(bind_namespaces="none")
    for prefix, namespace in sorted({**PREFIXES, "qb": str(QB), "cube": str(_CUBE)}.items()):
        ordered.bind(prefix, namespace)
    for triple in sorted(graph):
        ordered.add(triple)
    return {"": ordered.serialize(format="turtle").encode()}


def _structure(graph: Graph) -> None:
    graph.add((_CUBE.structure, RDF.type, QB.DataStructureDefinition))
    _label(graph, _CUBE.structure, "documents.cube-structure")
    for order, (name, (broader, kind)) in enumerate(_DIMENSIONS.items(), 1):
        _component(graph, name, QB.dimension, kind, broader)
        graph.add((_CUBE[f"component-{name}"], QB.order, Literal(order)))
        graph.add((_CUBE[name], RDF.type, QB.DimensionProperty))
        if kind == SKOS.Concept:
            scheme = _CUBE[f"{name}-list"]
            graph.add((_CUBE[name], RDF.type, QB.CodedProperty))
            graph.add((_CUBE[name], QB.codeList, scheme))
            graph.add((scheme, RDF.type, SKOS.ConceptScheme))
            _label(graph, scheme, f"documents.{name}")
    for name, (broader, kind) in _ATTRIBUTES.items():
        _component(graph, name, QB.attribute, kind, broader)
        graph.add((_CUBE[f"component-{name}"], QB.componentRequired, Literal(True)))  # noqa: FBT003 — an RDF literal
        graph.add((_CUBE[name], RDF.type, QB.AttributeProperty))
    _component(graph, "value", QB.measure, XSD.decimal, None)
    graph.add((_CUBE.value, RDF.type, QB.MeasureProperty))


def _component(graph: Graph, name: str, role: URIRef, kind: URIRef, broader: URIRef | None) -> None:
    component = _CUBE[f"component-{name}"]
    graph.add((_CUBE.structure, QB.component, component))
    graph.add((component, RDF.type, QB.ComponentSpecification))
    graph.add((component, role, _CUBE[name]))
    graph.add((_CUBE[name], RDF.type, RDF.Property))
    graph.add((_CUBE[name], RDFS.range, kind))
    _label(graph, _CUBE[name], f"documents.{name}")
    if broader is not None:
        graph.add((_CUBE[name], RDFS.subPropertyOf, broader))


def _observations(graph: Graph, dataset: URIRef, figures: Iterable[Row]) -> None:
    met: dict[tuple[str, ...], int] = {}
    for row in figures:
        kind = row["class"].rpartition("#")[2]
        for key, bound in _BOUNDS.items():
            if key not in row:
                continue
            where = (row["indicator"], row["period"], row["area"], kind, bound)
            met[where] = met.get(where, 0) + 1
            key_of = row["address"].removeprefix(f"{BASE}id/measurement/")
            number = URIRef(f"{BASE}cube/observation/{key_of}.{bound}.{row['indicator'].rpartition('/')[2]}")
            said = {
                **{name: URIRef(row[name]) for name in ("indicator", "period", "area", "unit", "comparator")},
                "class": _CUBE[f"class-{kind}"],
                "bound": _CUBE[bound],
                "place-in-text": Literal(met[where]),
            }
            graph.add((number, RDF.type, QB.Observation))
            graph.add((number, QB.dataSet, dataset))
            graph.add((number, DCTERMS.source, URIRef(row["address"])))
            graph.add((number, _CUBE.value, Literal(row[key])))
            for name, term in said.items():
                graph.add((number, _CUBE[name], term))


def _lists(graph: Graph, report: Reading, figures: Iterable[Row]) -> None:
    """Add the concepts that the coded dimensions take, and the names of all things that observations point to."""
    for bound in _BOUNDS.values():
        _concept(graph, _CUBE[bound], _CUBE["bound-list"])
        _label(graph, _CUBE[bound], f"documents.{bound}")
    for kind in sorted({row["class"] for row in figures}):
        concept = _CUBE[f"class-{kind.rpartition('#')[2]}"]
        _concept(graph, concept, _CUBE["class-list"])
        graph.add((concept, RDFS.seeAlso, URIRef(kind)))
        for row in report.store.select(_LABELS, {"thing": URIRef(kind)}):
            graph.add((concept, SKOS.prefLabel, row["name"]))
    pointed = {row[name] for row in figures for name in ("indicator", "area", "unit", "comparator")}
    for thing in sorted(pointed):
        for row in report.store.select(_LABELS, {"thing": URIRef(thing)}):
            graph.add((URIRef(thing), SKOS.prefLabel, row["name"]))


def _concept(graph: Graph, concept: URIRef, scheme: URIRef) -> None:
    graph.add((concept, RDF.type, SKOS.Concept))
    graph.add((concept, SKOS.inScheme, scheme))
    graph.add((concept, SKOS.topConceptOf, scheme))
    graph.add((scheme, SKOS.hasTopConcept, concept))


def _label(graph: Graph, thing: URIRef, key: str, **values: str) -> None:
    name = SKOS.prefLabel if "-list" in thing or _is_concept(graph, thing) else RDFS.label
    for language in LANGUAGES:
        graph.add((thing, name, Literal(text(key, language, **values), lang=language)))


def _is_concept(graph: Graph, thing: URIRef) -> bool:
    return (thing, RDF.type, SKOS.Concept) in graph
