"""From the measurements of a store to the graph of derived figures.

Not for: the arithmetic (`hpkg.derive.figures`).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from hpkg.derive.figures import growth_needed, implied_values, sums
from hpkg.derive.location import locations
from hpkg.derive.measure import measures
from hpkg.namespaces import BASE, HP, PREFIXES, mint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from hpkg.derive.figures import Growth, Implied, Sum
    from hpkg.derive.location import Location
    from hpkg.derive.measure import Interval, Measure
    from hpkg.store import Store

__all__ = ["DERIVED", "derive"]

DERIVED: Final = URIRef(f"{BASE}graph/derived")
"""The named graph of derived figures."""
_ENTAILED: Final = URIRef(f"{BASE}graph/entailed")
_PROV: Final = Namespace(PREFIXES["prov"])
_RULES: Final = ("growth-needed", "implied-value", "sum-check", "shared-topic", "place-in-name")

Triple: TypeAlias = tuple[Node, Node, Node]

_SOURCES: Final = """
SELECT DISTINCT ?graph WHERE { GRAPH ?graph {
  { VALUES ?read { hp:valueAsStated hp:factor hp:subIndicatorOf hp:isGrowthRate hp:topic hp:placeKind hp:projectKind }
    ?node ?read ?value } UNION { ?node a hp:ProjectKind } UNION { ?node a hp:PlaceKind } } }
"""
_PERIODS: Final = f"SELECT ?period {{ GRAPH ?graph {{ ?period hp:startYear ?year }} FILTER(?graph != {DERIVED.n3()}) }}"
_WHOLES: Final = "SELECT ?part ?whole { ?part hp:subIndicatorOf ?whole }"
_ANSWERS: Final = """
CONSTRUCT { ?task hp:answersShortcoming ?shortcoming } WHERE {
  ?shortcoming a hp:Shortcoming ; hp:topic ?topic ; hp:evidence/hp:inReport ?report .
  ?task a ?kind ; hp:topic ?topic ; hp:evidence/hp:inReport ?report .
  VALUES ?kind { hp:Task hp:TaskGroup }
}
"""


def derive(store: Store) -> Graph:
    """Return what follows from what `store` states: figures, tasks that answer shortcomings, and places in names.

    Growth needed runs from a result to the target of the year after; an implied value is the level before a stated
    change; a sum check sets stated parts against their stated total; a task answers a shortcoming of the same report
    when both share a topic; a project without a stated place lies where its name says.
    """
    found = measures(store)
    wholes: dict[URIRef, set[URIRef]] = defaultdict(set)
    for row in store.select(_WHOLES):
        wholes[URIRef(str(row["part"]))].add(URIRef(str(row["whole"])))
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph += _about_itself(store)
    graph += chain.from_iterable(_of_growth(growth) for growth in growth_needed(found))
    graph += chain.from_iterable(_of_implied(implied) for implied in implied_values(found))
    graph += chain.from_iterable(_of_sum(check) for check in sums(found, wholes))
    graph += chain.from_iterable(_of_location(location) for location in locations(store))
    graph += _missing_periods(store, graph)
    graph += store.construct(_ANSWERS)
    return graph


def _about_itself(store: Store) -> Iterator[Triple]:
    """Yield the graphs that figures are worked out from, and the rules."""
    sources = {row["graph"] for row in store.select(_SOURCES)} - {DERIVED, _ENTAILED}
    for source in sources | {mint("rule", name) for name in _RULES}:
        yield DERIVED, _PROV.wasDerivedFrom, source


def _of_growth(growth: Growth) -> Iterator[Triple]:
    target = growth.target
    node = mint("growth-needed", target.area_key, str(target.year), _key(target.indicator))
    yield from _figure(node, HP.GrowthNeeded, "growth-needed", (growth.result, target))
    yield from _quantity(node, target.indicator, target.year, mint("unit", growth.unit), growth.interval)
    yield node, HP.fromMeasurement, growth.result.iri
    yield node, HP.toMeasurement, target.iri


def _of_implied(implied: Implied) -> Iterator[Triple]:
    level = implied.level
    node = mint("implied-value", level.area_key, str(level.year - 1), _key(level.indicator))
    yield from _figure(node, HP.ImpliedValue, "implied-value", (level, implied.change))
    yield from _quantity(node, level.indicator, level.year - 1, level.unit, implied.interval)


def _of_sum(check: Sum) -> Iterator[Triple]:
    node = URIRef(check.total.iri.replace("/id/measurement/", "/id/sum-check/", 1))
    yield from _figure(node, HP.SumCheck, "sum-check", (check.total, *check.parts))
    yield node, HP.total, check.total.iri
    for part in check.parts:
        yield node, HP.part, part.iri
    yield node, HP.sum, _decimal(check.sum)
    yield node, HP.difference, _decimal(check.difference)
    yield node, HP.addsUp, Literal(check.adds_up)


def _of_location(location: Location) -> Iterator[Triple]:
    node = URIRef(location.project.replace("/id/project/", "/id/inferred-location/", 1))
    yield from _worked_out(node, HP.InferredLocation, "place-in-name", (location.project, location.place))
    yield node, HP.locationOf, location.project
    yield node, HP.inferredPlace, location.place


def _figure(node: URIRef, kind: URIRef, rule: str, sources: Iterable[Measure]) -> Iterator[Triple]:
    yield from _worked_out(node, kind, rule, (source.iri for source in sources))


def _worked_out(node: URIRef, kind: URIRef, rule: str, sources: Iterable[URIRef]) -> Iterator[Triple]:
    yield node, RDF.type, kind
    yield node, HP.derivedBy, mint("rule", rule)
    for source in sources:
        yield node, _PROV.wasDerivedFrom, source


def _quantity(node: URIRef, indicator: URIRef | None, year: int, unit: URIRef, interval: Interval) -> Iterator[Triple]:
    if indicator is not None:
        yield node, HP.forIndicator, indicator
    yield node, HP.refPeriod, mint("period", str(year))
    yield node, HP.unit, unit
    if interval.point is not None:
        yield node, HP.value, _decimal(interval.point)
    else:
        for bound, number in ((HP.lowerBound, interval.low), (HP.upperBound, interval.high)):
            if number is not None:
                yield node, bound, _decimal(number)


def _missing_periods(store: Store, graph: Graph) -> Iterator[Triple]:
    """Yield the description of the years that figures are of and that no report speaks of."""
    known = {row["period"] for row in store.select(_PERIODS)}
    for period in set(graph.objects(None, HP.refPeriod)) - known:
        year = Literal(int(str(period).rsplit("/", 1)[-1]))
        yield from ((period, RDF.type, HP.Period), (period, HP.startYear, year), (period, HP.endYear, year))


def _key(concept: URIRef | None) -> str:
    return "" if concept is None else concept.rsplit("/", 1)[-1]


def _decimal(number: Decimal) -> Literal:
    """Return the one canonical form: no exponent, no zero at the end."""
    plain = f"{number:f}"
    shortened = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return Literal("0" if shortened == "-0" else shortened, datatype=XSD.decimal)
