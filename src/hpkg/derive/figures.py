"""Figures worked out from measurements: growth needed, implied values, sums. Exact decimals throughout.

Percentages are rounded half up to two decimals; an implied value to the last digit that the report prints of the level
it is worked out from; differences and sums are exact. Not for: reading measurements or writing RDF.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from rdflib import URIRef

from hpkg.derive.measure import PERCENT, POINT, Interval
from hpkg.namespaces import HP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from hpkg.derive.measure import Measure

__all__ = ["Growth", "Implied", "Sum", "growth_needed", "implied_values", "sums"]

_CENT: Final = Decimal("0.01")
_SUMMED: Final = (HP.Result, HP.Target, HP.PlannedValue, HP.Count)
_Key: TypeAlias = tuple[URIRef, URIRef, int]  # indicator, area, year


@dataclass(frozen=True, slots=True)
class Growth:
    """What leads from the result of one year to the target of the next, in `unit` (a key): percent or points."""

    result: Measure
    target: Measure
    interval: Interval
    unit: str


@dataclass(frozen=True, slots=True)
class Implied:
    """The level of the year before `level`, which grew by `change`; in the unit of the level."""

    level: Measure
    change: Measure
    interval: Interval


@dataclass(frozen=True, slots=True)
class Sum:
    """A total that the text states, and the sum of its parts, in the unit of the total."""

    total: Measure
    parts: tuple[Measure, ...]
    sum: Decimal
    difference: Decimal
    adds_up: bool


def growth_needed(found: Iterable[Measure]) -> list[Growth]:
    """Return the growth from each result to the target of the same indicator and area in the year after.

    An indicator that is itself a growth may have its result stated as a change. Of several statements the first that is
    a single, unrounded number counts.
    """
    results, targets = _best(found, HP.Result), _best(found, HP.Target)
    changes = {key: change for key, change in _best(found, HP.Change).items() if change.is_growth}
    answers = []
    for (indicator, area, year), target in targets.items():
        before = (indicator, area, year - 1)
        result = results.get(before) or changes.get(before)
        growth = _growth(result, target) if result else None
        if growth:
            answers.append(growth)
    return answers


def implied_values(found: Iterable[Measure]) -> list[Implied]:
    """Return the level of the year before for each result that is stated with its change, one a year and indicator.

    The change hangs on the result, or is the result of the indicator that measures the growth of the other.
    """
    answers: dict[_Key, Implied] = {}
    for level, change in _levels_with_change(list(found)):
        interval = _before(level, change) if level.year == change.year else None
        if level.indicator is not None and interval is not None:
            answers.setdefault((level.indicator, level.area, level.year - 1), Implied(level, change, interval))
    return list(answers.values())


def _levels_with_change(found: list[Measure]) -> Iterator[tuple[Measure, Measure]]:
    results, by_iri = _best(found, HP.Result), {measure.iri: measure for measure in found}
    for change in found:
        level = by_iri.get(change.of) if change.of else None
        if change.kind == HP.Change and level and level.kind == HP.Result:
            yield level, change
    for rate in found:
        level = results.get((rate.growth_of, rate.area, rate.year)) if rate.growth_of else None
        if rate.kind == HP.Result and level:
            yield level, rate


def sums(found: Iterable[Measure], wholes: Mapping[URIRef, AbstractSet[URIRef]]) -> list[Sum]:
    """Return each stated total with two or more stated parts of the same kind, year, area and quantity.

    A part says so itself (it is "of" the total) or its indicator is a sub-indicator of the total's. What is part of
    another part is left out: it is in that part already.

    Args:
        found: The measurements.
        wholes: The indicators that each indicator is directly a component of.
    """
    known = [measure for measure in found if measure.is_additive and measure.interval.point is not None]
    firsts = {one for kind in _SUMMED for one in _best(known, kind).values()}
    answers = []
    for total in (measure for measure in known if measure in firsts):
        candidates = [part for part in known if _is_part(part, total, wholes)]
        parts = _outermost(_one_each(candidates), wholes)
        if len(parts) > 1:
            answers.append(_sum(total, parts))
    return answers


def _best(found: Iterable[Measure], kind: URIRef) -> dict[_Key, Measure]:
    """Return one measurement of `kind` for each indicator, area and year: single numbers before ranges, text order."""
    groups: dict[_Key, list[Measure]] = defaultdict(list)
    for measure in found:
        if measure.kind == kind and measure.indicator is not None:
            groups[measure.indicator, measure.area, measure.year].append(measure)
    return {key: min(group, key=_vagueness) for key, group in groups.items()}


def _vagueness(measure: Measure) -> tuple[bool, bool]:
    return measure.interval.point is None, measure.is_approximate


def _growth(result: Measure, target: Measure) -> Growth | None:
    start, end = _signed(result), target.in_base_unit
    if result.base_unit != target.base_unit:
        return None
    if target.is_rate:
        interval = Interval(_less(end.low, start.high), _less(end.high, start.low))
        return Growth(result, target, interval, "percentage-point")
    if not all(bound is None or bound > 0 for bound in (start.low, start.high)):
        return None
    interval = Interval(_percent(end.low, start.high), _percent(end.high, start.low))
    return None if interval == Interval(None, None) else Growth(result, target, interval, "percent")


def _before(level: Measure, change: Measure) -> Interval | None:
    """Return the level before a change, rounded as the level is printed; None when the two cannot be set off."""
    rise, now = _signed(change), level.interval
    if change.base_unit == PERCENT and not level.is_rate:
        low, high = _shrunk(now.low, rise.high), _shrunk(now.high, rise.low)
    elif change.base_unit == (POINT if level.is_rate else level.base_unit) and not level.is_growth:
        rise = Interval(*(None if bound is None else bound / level.factor for bound in (rise.low, rise.high)))
        low, high = _less(now.low, rise.high), _less(now.high, rise.low)
    else:
        return None  # “90,7 %, tăng 2 %” does not say whether per cent or points
    if low is None and high is None:
        return None
    return Interval(_rounded(low, level.step), _rounded(high, level.step))


def _is_part(part: Measure, total: Measure, wholes: Mapping[URIRef, AbstractSet[URIRef]]) -> bool:
    alike = (part.kind, part.year, part.area, part.base_unit) == (total.kind, total.year, total.area, total.base_unit)
    named = part.indicator is not None and total.indicator in wholes.get(part.indicator, frozenset())
    return alike and part.iri != total.iri and (part.of == total.iri or named)


def _one_each(parts: list[Measure]) -> list[Measure]:
    """Return the first part of each indicator: a part stated twice counts once."""
    firsts = {part.indicator or part.iri: part for part in reversed(parts)}
    return [part for part in parts if firsts[part.indicator or part.iri] is part]


def _outermost(parts: list[Measure], wholes: Mapping[URIRef, AbstractSet[URIRef]]) -> list[Measure]:
    """Return the parts that are no part of another of them."""
    indicators = {part.indicator for part in parts if part.indicator}
    iris = {part.iri for part in parts}
    return [
        part
        for part in parts
        if part.of not in iris and not (part.indicator and _above(part.indicator, wholes) & indicators)
    ]


def _above(indicator: URIRef, wholes: Mapping[URIRef, AbstractSet[URIRef]]) -> set[URIRef]:
    """Return all that `indicator` is a component of, at any depth."""
    found: set[URIRef] = set()
    waiting = set(wholes.get(indicator, ()))
    while waiting:
        found |= waiting
        waiting = {whole for one in waiting for whole in wholes.get(one, ())} - found
    return found


def _sum(total: Measure, parts: list[Measure]) -> Sum:
    """Return the sum of `parts`; it adds up when the last printed digits can explain the difference."""
    in_base = sum((part.in_base_unit.point or Decimal(0) for part in parts), Decimal(0))
    known_to = sum((one.step * one.factor / 2 for one in (total, *parts)), Decimal(0))
    stated = total.in_base_unit.point or Decimal(0)
    difference = stated - in_base
    return Sum(total, tuple(parts), in_base / total.factor, difference / total.factor, abs(difference) <= known_to)


def _signed(measure: Measure) -> Interval:
    """Return the values in the base unit; those of a stated fall are negative."""
    values = measure.in_base_unit
    if not measure.falls:
        return values
    return Interval(*(None if bound is None else -bound for bound in (values.high, values.low)))


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _percent(end: Decimal | None, start: Decimal | None) -> Decimal | None:
    """Return the growth from `start` to `end` in per cent."""
    return None if end is None or start is None else _rounded((end / start - 1) * 100, _CENT)


def _shrunk(now: Decimal | None, rise_percent: Decimal | None) -> Decimal | None:
    """Return what grew by `rise_percent` to `now`."""
    if now is None or rise_percent is None or rise_percent <= -100:  # noqa: PLR2004 — nothing is left of a whole
        return None
    return now / (1 + rise_percent / 100)


def _rounded(number: Decimal | None, step: Decimal) -> Decimal | None:
    """Return `number` rounded half up to a multiple of `step`."""
    return None if number is None else (number / step).quantize(Decimal(1), ROUND_HALF_UP) * step
