"""Arithmetic: do stated totals equal their parts, and are the derived figures those that follow from what is stated?

Not for: working the figures out (`hpkg.derive`).
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rdflib.namespace import RDF

from hpkg.derive import DERIVED, derive
from hpkg.derive.measure import measures
from hpkg.namespaces import HP
from hpkg.reason import ENTAILED, named_graph
from hpkg.store.embedded import EmbeddedStore
from hpkg.validate.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph

    from hpkg.derive.measure import Measure
    from hpkg.store import Store

__all__ = ["arithmetic_findings", "freshness_findings"]

_CHECK: Final = "arithmetic"
_BASES: Final = """
SELECT ?node ?value ?factor ?base WHERE {
  VALUES (?stated ?converted) {
    (hp:value hp:baseValue) (hp:lowerBound hp:baseLowerBound) (hp:upperBound hp:baseUpperBound) }
  ?node ?stated ?value ; ?converted ?base ; hp:unit/hp:factor ?factor .
} ORDER BY ?node ?base
"""


def arithmetic_findings(store: Store) -> Iterator[Finding]:
    """Yield totals that differ from their parts, numbers wrongly converted, and results that contradict each other."""
    yield from _sum_findings(derive(store))
    for row in store.select(_BASES):
        value, factor, base = (Decimal(str(row[name])) for name in ("value", "factor", "base"))
        if value * factor != base:
            yield found(_CHECK, "violation", "base-value", node=str(row["node"]), value=value, factor=factor, base=base)
    yield from _disagreements(measures(store))


def freshness_findings(store: Store, entailed: Graph) -> Iterator[Finding]:
    """Yield what the stored graphs of derived figures and of entailed statements lack or have too much.

    Args:
        store: What is stored.
        entailed: What follows from it today.
    """
    for name, graph in ((DERIVED, derive(store)), (ENTAILED, entailed)):
        if str(name) not in store.graphs:
            yield found("freshness", "warning", "graph-missing", node=str(name))
            continue
        # Both sides pass through the engine, which writes every number its own way.
        again = EmbeddedStore.of({str(name): graph})
        stored, fresh = set(named_graph(store, name)), set(named_graph(again, name))
        for key, triples in (("triples-missing", fresh - stored), ("triples-stale", stored - fresh)):
            if triples:
                first = min(" ".join(term.n3() for term in triple) for triple in triples)
                yield found("freshness", "violation", key, node=str(name), where=first, count=len(triples))


def _sum_findings(derived: Graph) -> Iterator[Finding]:
    """Yield a warning for parts that exceed their total, and an info for parts that leave a rest."""
    for node in derived.subjects(RDF.type, HP.SumCheck):
        if str(derived.value(node, HP.addsUp)) == "true":
            continue
        difference, parts = (Decimal(str(derived.value(node, name))) for name in (HP.difference, HP.sum))
        exceeds = difference < 0
        yield found(
            _CHECK,
            "warning" if exceeds else "info",
            "sum-exceeds" if exceeds else "sum-rest",
            node=str(node),
            where=str(derived.value(node, HP.total)),
            total=parts + difference,
            parts=parts,
            difference=abs(difference),
        )


def _disagreements(known: list[Measure]) -> Iterator[Finding]:
    """Yield results of one indicator, year and area that differ by more than their last printed digits."""
    groups: dict[tuple[object, ...], list[Measure]] = defaultdict(list)
    for measure in known:
        if measure.kind == HP.Result and measure.indicator and not measure.is_approximate:
            groups[measure.indicator, measure.area, measure.year, measure.base_unit].append(measure)
    for group in groups.values():
        first, *others = group
        for other in others:
            one, two = first.in_base_unit.point, other.in_base_unit.point
            margin = (first.step * first.factor + other.step * other.factor) / 2
            if one is not None and two is not None and abs(one - two) > margin:
                yield found(
                    _CHECK,
                    "warning",
                    "results-differ",
                    node=other.iri,
                    where=first.iri,
                    one=first.interval.point,
                    two=other.interval.point,
                )
