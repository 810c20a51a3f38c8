"""The measurements of a graph, as intervals of exact decimals.

A stated number is what the words allow: one point, a range, or everything above or below a bound. Not for: arithmetic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from hpkg.namespaces import BASE, mint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from hpkg.store import Store

__all__ = ["PERCENT", "POINT", "Interval", "Measure", "measures", "printed_step"]

_PRINTED: Final = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
PERCENT: Final = mint("unit", "percent")
POINT: Final = mint("unit", "percentage-point")
_RATES: Final = frozenset({PERCENT, POINT})
_UNSUMMED: Final = frozenset(
    {*_RATES, *(mint("unit", key) for key in ("times", "point", "rank", "star", "year", "month"))}
)

_QUERY: Final = """
SELECT ?iri ?kind ?indicator ?growth ?growthOf ?area ?year ?unit ?factor ?baseUnit ?value ?low ?high ?comparator
  ?approximate ?direction ?of ?stated ?report ?reportArea ?start
WHERE {
  VALUES ?kind { hp:Result hp:Target hp:PlannedValue hp:Change hp:Share hp:Count }
  ?iri a ?kind ; hp:unit ?unit ; hp:refPeriod ?period ; hp:refArea ?area .
  ?period hp:startYear ?year ; hp:endYear ?year . FILTER NOT EXISTS { ?period hp:isoPeriod ?iso }
  ?unit hp:factor ?factor ; hp:baseUnit ?baseUnit .
  { SELECT ?iri ?report (MIN(?offset) AS ?start) {
      ?iri hp:evidence ?passage . ?passage hp:startOffset ?offset ; hp:inReport ?report } GROUP BY ?iri ?report }
  OPTIONAL { ?report hp:refArea ?reportArea }
  OPTIONAL { ?iri hp:forIndicator ?indicator
    OPTIONAL { ?indicator hp:isGrowthRate ?growth } OPTIONAL { ?indicator hp:growthOf ?growthOf } }
  OPTIONAL { ?iri hp:value ?value } OPTIONAL { ?iri hp:lowerBound ?low } OPTIONAL { ?iri hp:upperBound ?high }
  OPTIONAL { ?iri hp:comparator ?comparator } OPTIONAL { ?iri hp:isApproximate ?approximate }
  OPTIONAL { ?iri hp:changeDirection ?direction } OPTIONAL { ?iri hp:ofMeasurement ?of }
  OPTIONAL { ?iri hp:valueAsStated ?stated }
}
"""
_ABOVE: Final = frozenset(mint("comparator", key) for key in ("greater", "greater-or-equal"))
_BELOW: Final = frozenset(mint("comparator", key) for key in ("less", "less-or-equal"))


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that the words allow; None is no bound. One point has equal bounds."""

    low: Decimal | None
    high: Decimal | None

    @property
    def point(self) -> Decimal | None:
        """Return the value if there is only one."""
        return self.low if self.low == self.high else None

    def times(self, factor: Decimal) -> Interval:
        """Return the interval with both bounds multiplied by a positive factor."""
        return Interval(*(None if bound is None else bound * factor for bound in (self.low, self.high)))


@dataclass(frozen=True, slots=True)
class Measure:
    """A measurement of one calendar year: what it measures, and how much."""

    iri: URIRef
    kind: URIRef
    indicator: URIRef | None
    is_growth: bool
    growth_of: URIRef | None
    area: URIRef
    area_key: str
    year: int
    unit: URIRef
    base_unit: URIRef
    factor: Decimal
    interval: Interval
    is_approximate: bool
    falls: bool
    of: URIRef | None
    step: Decimal
    report: URIRef
    start: int

    @property
    def in_base_unit(self) -> Interval:
        """Return the values in the base unit."""
        return self.interval.times(self.factor)

    @property
    def is_rate(self) -> bool:
        """Return whether two such values are compared by their difference in percentage points."""
        return self.is_growth or self.base_unit in _RATES

    @property
    def is_additive(self) -> bool:
        """Return whether values of parts can add up to the value of a whole."""
        return not (self.is_growth or self.base_unit in _UNSUMMED or "-per-" in self.unit)


def measures(store: Store) -> list[Measure]:
    """Return the measurements of single years in `store`, in the order of reports and text."""
    found = [_measure(row) for row in store.select(_QUERY)]
    return sorted(found, key=lambda measure: (measure.report, measure.start, measure.iri))


def printed_step(stated: str, value: Decimal) -> Decimal:
    """Return the worth of the last digit printed: the number is known to half of it.

    >>> printed_step("84.199,2 tỷ đồng", Decimal("84199.2"))
    Decimal('0.1')
    >>> printed_step("204 nghìn tỷ đồng", Decimal(204000))
    Decimal('1000')
    """
    own = Decimal(1).scaleb(min(0, int(value.normalize().as_tuple().exponent)))
    found = _PRINTED.search(stated)
    if found is None:
        return own
    printed = Decimal(found[0].replace(".", "").replace(",", "."))
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    if not printed or not value:
        return step
    scale = value / printed
    exact = scale == Decimal(1).scaleb(scale.adjusted())  # a power of ten: “nghìn”, or a dot read as a comma
    return step * scale if exact else own


def _measure(row: Mapping[str, Node]) -> Measure:
    iri, report, area = _iri(row, "iri"), _iri(row, "report"), _iri(row, "area")
    interval = _interval(row)
    stated = str(row.get("stated", ""))
    shown = interval.point if interval.point is not None else interval.low or interval.high or Decimal(0)
    approximately = mint("comparator", "approximately")
    return Measure(
        iri=iri,
        kind=_iri(row, "kind"),
        indicator=_optional(row, "indicator"),
        is_growth=str(row.get("growth", "false")) in ("true", "1"),
        growth_of=_optional(row, "growthOf"),
        area=area,
        area_key=_area_key(area, report, row.get("reportArea")),
        year=int(str(row["year"])),
        unit=_iri(row, "unit"),
        base_unit=_iri(row, "baseUnit"),
        factor=Decimal(str(row["factor"])),
        interval=interval,
        is_approximate=str(row.get("approximate", "false")) in ("true", "1") or row.get("comparator") == approximately,
        falls=row.get("direction") == mint("direction", "down"),
        of=_optional(row, "of"),
        step=printed_step(stated, shown),
        report=report,
        start=int(str(row["start"])),
    )


def _interval(row: Mapping[str, Node]) -> Interval:
    value, low, high = (Decimal(str(row[name])) if name in row else None for name in ("value", "low", "high"))
    if value is None:
        return Interval(low, high)
    comparator = row.get("comparator")
    return Interval(None if comparator in _BELOW else value, None if comparator in _ABOVE else value)


def _area_key(area: URIRef, report: URIRef, report_area: Node | None) -> str:
    """Return the area key of the report when it is about that area, else the code of the place."""
    if area == report_area:
        return report.removeprefix(f"{BASE}id/report/").split("/")[0]
    return area.rsplit("/", 1)[-1]


def _iri(row: Mapping[str, Node], name: str) -> URIRef:
    return URIRef(str(row[name]))


def _optional(row: Mapping[str, Node], name: str) -> URIRef | None:
    return _iri(row, name) if name in row else None
