"""The quantities a report states: value, unit, what they measure, and what they are a growth, part or ratio of.

A number is read with its unit to the right and the words that govern it to the left (`hpkg.extract.governor`); what
it measures is the indicator named nearest (`hpkg.extract.subject`). What a sentence carries from one number to the
next (the whole that parts belong to, the level that a growth belongs to) is its `_Thread`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from hpkg.extract.analysis import PLAN_ROLES, Index
from hpkg.extract.governor import Governor, read_governor
from hpkg.extract.quantity import QuantitySieve
from hpkg.extract.subject import Subject, SubjectReader
from hpkg.grammar.number import NumberToken
from hpkg.model import Measurement, MeasurementKind, Section, Sentence
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.place import PlaceReader
    from hpkg.extract.quantity import Excluded
    from hpkg.lexicon import Concept, Match

__all__ = ["MeasurementReader"]

_REACH: Final = 60
_TIME_UNITS: Final = frozenset({"year", "month"})
_RATE_UNITS: Final = frozenset({"percent", "percentage-point", "point", "rank"})
_PLAN_PARTS: Final = frozenset({"pillar", "direction", "task"})
"""Units that count what a plan consists of, which is no target."""
_TERRITORY_UNITS: Final = frozenset({"province", "locality"})


@dataclass(slots=True)
class _Thread:
    """What a leaf has said so far that its next number may refer to."""

    leaf: Section | Sentence
    end: int
    count: int = 0
    level: Measurement | None = None
    levels: list[Measurement] = field(default_factory=list)
    whole: Measurement | None = None
    in_parts: bool = False
    change: bool = False


@dataclass(frozen=True, slots=True)
class _Figure:
    """A value in its unit with the words that govern it."""

    values: tuple[Decimal, ...]
    number_start: int
    unit: Concept
    unit_start: int
    governor: Governor

    @property
    def comparator(self) -> str:
        if self.governor.ranks and self.unit.key == "rank":
            return "≤"
        if len(self.values) > 1:
            return "range"
        return self.governor.comparator or "="


class MeasurementReader:
    """The measurements of one report, and the numbers that are none."""

    def __init__(self, analysis: Analysis, places: PlaceReader) -> None:
        """Read from `analysis`, with the areas that `places` names."""
        self._analysis = analysis
        self._places = places
        self._subjects = SubjectReader(analysis)
        self._sieve = QuantitySieve(analysis)
        area = analysis.lexicon.concept(str(mint("place", analysis.document.source.area.partition("-")[0])))
        self._home = area
        self._nation = analysis.lexicon.concept(str(mint("place", "vn")))

    @cached_property
    def facts(self) -> list[Measurement]:
        """Return every measurement in text order."""
        return [made for leaf in self._analysis.leaves for made in self._read_leaf(leaf)]

    @property
    def excluded(self) -> list[Excluded]:
        """Return the numbers that measure nothing, with their reasons."""
        _ = self.facts
        return self._sieve.excluded

    def inside(self, start: int, end: int) -> list[Measurement]:
        """Return the measurements stated in `start` to `end`."""
        return self._index.inside(start, end)

    @cached_property
    def _index(self) -> Index[Measurement]:
        return Index(self.facts)

    def _read_leaf(self, leaf: Section | Sentence) -> list[Measurement]:
        thread = _Thread(leaf, leaf.start)
        numbers = self._analysis.numbers(leaf.start, leaf.end)
        zeros = self._analysis.cues("none", leaf.start, leaf.end)
        found: list[Measurement] = []
        items: list[NumberToken | Match] = [*numbers, *zeros]
        for item in sorted(items, key=lambda item: item.start):
            thread.count += 1
            made = self._read_number(item, thread) if isinstance(item, NumberToken) else self._read_zero(item, thread)
            found += made
            for measurement in made:
                self._follow(thread, measurement)
        return found

    def _follow(self, thread: _Thread, made: Measurement) -> None:
        """Let the thread go on from what was just stated."""
        if made.kind != "threshold":
            thread.end = made.end
        if made.kind not in ("change", "ratio", "threshold"):
            thread.level = made
            thread.levels.append(made)

    def _read_number(self, number: NumberToken, thread: _Thread) -> list[Measurement]:
        """Return what a number states: mostly one measurement, two for `11/18`, none when it is no quantity."""
        unit = self._sieve.unit_after(number)
        if self._sieve.rejects(number, unit, thread.leaf) or unit is None:
            return []
        governor = read_governor(self._analysis, number.start, max(thread.leaf.start, thread.end), unit.end)
        concept = unit.concept
        if governor.ranks and concept.key in _TERRITORY_UNITS:
            concept = self._analysis.lexicon.get("unit", "rank")
        if number.kind == "fraction":
            return self._read_fraction(
                number, _Figure(number.values, number.start, concept, unit.start, governor), thread
            )
        return [self._measure(_Figure(number.values, number.start, concept, unit.start, governor), thread)]

    def _read_zero(self, cue: Match, thread: _Thread) -> list[Measurement]:
        """Return the zero of `không còn hộ nghèo`: nothing left of what is counted."""
        unit = self._sieve.counted_after(cue.end)
        if unit is None:
            return []
        governor = Governor(cue.start, unit.end, reaches=True)
        return [self._measure(_Figure((Decimal(0),), cue.start, unit.concept, unit.start, governor), thread)]

    def _read_fraction(self, number: NumberToken, figure: _Figure, thread: _Thread) -> list[Measurement]:
        """Return the two counts that `11/18 chỉ tiêu` states, the first a part of the second."""
        slash = number.start + number.text.index("/") + 1
        part, total = number.values
        judged = self._subjects.judged(figure.unit, figure.governor.end, thread.leaf)
        subject = Subject(judged, judged.label) if judged is not None else self._subject(figure, thread)
        wider = sorted(self._subjects.wider(subject.concept)) if subject.concept is not None else []
        above = self._analysis.lexicon.concept(wider[0]) if wider else None
        outer = Governor(slash, figure.governor.end)
        thread.count += 1
        of_all = Subject(above, above.label if above else None)
        whole = self._state(_Figure((total,), slash, figure.unit, figure.unit_start, outer), thread, of_all, "count")
        thread.count -= 1
        inner = _Figure((part,), number.start, figure.unit, figure.unit_start, figure.governor)
        first = self._state(inner, thread, subject, "count", whole)
        thread.count += 1
        return [first, whole]

    def _measure(self, figure: _Figure, thread: _Thread) -> Measurement:
        """Return the measurement that a figure states in its place in the sentence."""
        governor, subject = figure.governor, self._subject(figure, thread)
        growth = subject.concept is not None and subject.concept.first("isGrowthRate") == "true"
        grows = governor.direction is not None and not governor.to_level
        if thread.level is not None and (governor.ratio or governor.of_plan):
            return self._state(figure, thread, self._of(thread.level), "ratio", thread.level)
        refers = subject.inherited or subject.concept is None or self._is_of(thread.level, subject.concept)
        if thread.level is not None and grows and refers and not growth and figure.unit.key in _RATE_UNITS:
            return self._state(figure, thread, self._of(thread.level), "change", thread.level)
        kind = self._kind(figure, thread.leaf, grows=grows, growth=growth)
        return self._state(figure, thread, subject, kind, self._whole(thread, subject.concept, governor.start))

    def _subject(self, figure: _Figure, thread: _Thread) -> Subject:
        return self._subjects.find(
            figure.unit, (figure.number_start, figure.governor.end), thread.leaf, thread.end, thread.level
        )

    def _of(self, level: Measurement) -> Subject:
        concept = self._analysis.lexicon.concept(level.indicator) if level.indicator else None
        return Subject(concept, level.indicator_label, inherited=True)

    @staticmethod
    def _is_of(level: Measurement | None, concept: Concept) -> bool:
        return level is not None and level.indicator == concept.iri

    def _kind(self, figure: _Figure, leaf: Section | Sentence, *, grows: bool, growth: bool) -> MeasurementKind:
        governor, unit, role = figure.governor, figure.unit, self._analysis.role(leaf.section)
        planned = role in PLAN_ROLES
        reached: MeasurementKind = "target" if planned else "result"
        if unit.key in _TIME_UNITS:
            return "threshold"
        if governor.share:
            return "share"
        if grows and not growth:
            return "target" if planned else "change"
        measured = unit.key in _RATE_UNITS or not _is_counted(unit)
        parts = unit.key in _PLAN_PARTS
        if isinstance(leaf, Section) or parts or governor.sizes or (governor.counts and not measured):
            return "count"
        sizes = planned and role != "targets" and not governor.reaches and unit.first("qudtUnit") is not None
        if role == "targets" or governor.reaches or (measured and not (sizes and unit.key not in _RATE_UNITS)):
            return reached
        return "count"

    def _whole(self, thread: _Thread, concept: Concept | None, start: int) -> Measurement | None:
        """Return what a part belongs to: the level of a wider indicator, else the whole that `trong đó` opened."""
        opened = bool(self._analysis.cues("part", thread.end, start)) and thread.level is not None
        if opened:
            thread.whole, thread.in_parts = thread.level, True
        if not thread.in_parts:
            return None
        wider = self._subjects.wider(concept) if concept is not None else set()
        for level in reversed(thread.levels):
            if level.indicator in wider:
                return level
        if opened or concept is None:
            return thread.whole
        thread.in_parts = False
        return None

    def _state(
        self,
        figure: _Figure,
        thread: _Thread,
        subject: Subject,
        kind: MeasurementKind,
        of: Measurement | None = None,
    ) -> Measurement:
        """Return the record of `figure`."""
        leaf, governor, values = thread.leaf, figure.governor, figure.values
        key = leaf.sentence or f"{leaf.section}.0"
        area = self._area(governor.start, governor.end, leaf)
        single = len(values) == 1
        return Measurement(
            id=str(mint("measurement", self._analysis.report, f"{key}.m{thread.count}")),
            **self._analysis.stated(governor.start, governor.end),
            indicator=subject.concept.iri if subject.concept else None,
            indicator_label=subject.label,
            value=values[0] if single else None,
            low=None if single else values[0],
            high=None if single else values[-1],
            comparator=figure.comparator,
            unit=figure.unit.key,
            unit_text=self._analysis.text[figure.unit_start : governor.end],
            kind=kind,
            direction=None if governor.to_level else governor.direction,
            period=self._period(governor.end, leaf),
            area=area.label if area else "",
            area_id=area.iri if area else "",
            estimated=governor.estimated,
            approximate=governor.comparator == "≈",
            of=of.id if of else None,
            stated=self._analysis.text[figure.number_start : governor.end],
            **self._listed(leaf, kind),
        )

    def _listed(self, leaf: Section | Sentence, kind: MeasurementKind) -> dict[str, Any]:
        """Return the place of a target in its numbered list, and the group it stands under."""
        if kind != "target" or self._analysis.role(leaf.section) != "targets" or leaf.section is None:
            return {}
        item = self._analysis.document.section(leaf.section)
        groups = {match.concept.key for match in self._above(item, "indicator-group")}
        top = item
        while top.parent is not None and top.level > 2:  # noqa: PLR2004 - the section that lists the targets
            top = self._analysis.document.section(top.parent)
        return {"ordinal": f"{top.number}.{item.number}", "group": groups.pop() if len(groups) == 1 else None}

    def _above(self, item: Section, scheme: str) -> list[Match]:
        if item.parent is None:
            return []
        heading = self._analysis.document.section(item.parent)
        return self._analysis.matches(scheme, heading.start, heading.end)

    def _period(self, end: int, leaf: Section | Sentence) -> str:
        """Return the year a clause gives for its figure, else that of the section."""
        for date in self._analysis.dates(end, min(leaf.end, self._clause_end(end, leaf))):
            if any(cue.end <= date.end and cue.start >= end for cue in self._analysis.cues("in-year", end, date.end)):
                return date.value
        return self._analysis.period(leaf.section)

    def _clause_end(self, end: int, leaf: Section | Sentence) -> int:
        stops = [at for mark in ",;.(" if (at := self._analysis.text.find(mark, end, leaf.end)) >= 0]
        return min(stops, default=leaf.end)

    def _area(self, start: int, end: int, leaf: Section | Sentence) -> Concept | None:
        """Return the area a figure is for: the nation or a place that its clause names, else that of the report."""
        text = self._analysis.text
        opened = text.rfind("(", leaf.start, start)
        bracketed = opened >= 0 and text.find(")", opened, start) < 0
        if bracketed and self._analysis.cues("nationwide", max(leaf.start, opened - _REACH), start):
            return self._nation
        if self._analysis.cues("nationwide", max(leaf.start, self._last_mark(start, leaf)), start):
            return self._nation
        for cue in self._analysis.cues("locative", end, self._clause_end(end, leaf)):
            if self._analysis.adjoins(end, cue.start):
                for place in self._places.inside(cue.end, self._clause_end(end, leaf)):
                    if place.full:
                        return place.concept
        return self._home

    def _last_mark(self, start: int, leaf: Section | Sentence) -> int:
        return max((self._analysis.text.rfind(mark, leaf.start, start) for mark in ",;(:"), default=leaf.start)


def _is_counted(unit: Concept) -> bool:
    """Tell whether the unit counts things one by one, as against measuring them."""
    return unit.first("qudtUnit") is None and unit.first("baseUnit") in (None, unit.iri)
