"""The quantities a report states: value, unit, what they measure, and what they are a growth, part or ratio of.

A number is read with its unit (`unit`) and the words that govern it (`governor`); what it measures is the indicator
named nearest (`subject`), or else the words of its clause (`label`). What a sentence carries from one number to
the next (the whole that parts belong to, the level that a growth belongs to) is its `Thread`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from hpkg.extract.analysis import Index
from hpkg.extract.measure.area import AreaReader
from hpkg.extract.measure.course import CourseReader
from hpkg.extract.measure.figure import RATE_UNITS, SHARES, Figure, Thread, base_of, counts_things, is_counted
from hpkg.extract.measure.governor import Governor
from hpkg.extract.measure.kind import PLAN_PARTS, kind_of
from hpkg.extract.measure.outlook import OutlookReader
from hpkg.extract.measure.period import PeriodReader, last_year
from hpkg.extract.measure.quantity import QuantityReader
from hpkg.extract.measure.setting import SettingReader
from hpkg.extract.measure.subject import Subject, SubjectReader
from hpkg.model import Measurement, MeasurementKind, Section, Sentence
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.measure.sieve import Excluded
    from hpkg.extract.measure.table import Place
    from hpkg.extract.place import PlaceReader
    from hpkg.lexicon import Concept, Match

__all__ = ["MeasurementReader"]

_NOTE: Final = re.compile(r"[\s*]|\[\d+\]")
"""What may stand around the stroke between two figures: signs of bold print, the mark of a note."""
_PLANNED_UNITS: Final = frozenset({"VND", "USD", "percent"})
"""Base units of what a plan is told beside its result in."""
_DIGITS: Final = frozenset("0123456789., \n")


class MeasurementReader:
    """The measurements of one report, and the numbers that are none."""

    def __init__(self, analysis: Analysis, places: PlaceReader, mend: Callable[[str, int], str]) -> None:
        """Read from `analysis`, with the areas that `places` names; `mend` rights the slips of a name."""
        self._analysis = analysis
        self._subjects = SubjectReader(analysis, mend)
        self._quantities = QuantityReader(analysis)
        self._outlook = OutlookReader(analysis)
        self._periods = PeriodReader(analysis)
        self._areas = AreaReader(analysis, places)
        self._settings = SettingReader(analysis, self._outlook)
        self._course = CourseReader(analysis, self._periods, self._outlook)

    @cached_property
    def facts(self) -> list[Measurement]:
        """Return every measurement in text order."""
        return [made for leaf in self._analysis.leaves for made in self._read_leaf(leaf)]

    @property
    def excluded(self) -> list[Excluded]:
        """Return the numbers that measure nothing, with their reasons."""
        _ = self.facts
        return self._quantities.excluded

    def inside(self, start: int, end: int) -> list[Measurement]:
        """Return the measurements stated in `start` to `end`."""
        return self._index.inside(start, end)

    @cached_property
    def _index(self) -> Index[Measurement]:
        return Index(self.facts)

    def _read_leaf(self, leaf: Section | Sentence) -> list[Measurement]:
        thread = self._course.open(leaf)
        figures = self._quantities.figures(leaf)
        thread.names = self._quantities.pairs(leaf, figures)
        found: list[Measurement] = []
        for item in self._items(leaf, figures):
            thread.count += 1
            self._course.leave_brackets(thread, item.number_start if isinstance(item, Figure) else item.start)
            made = self._read_figure(item, thread) if isinstance(item, Figure) else self._read_zero(item, thread)
            found += made
            for measurement in reversed(made):  # what goes on after `11/18` goes on with the 11
                self._follow(thread, measurement)
            self._course.keep(thread)
        self._course.close(leaf, found)
        return found

    def _told_beside(self, last: Measurement, figure: Figure, leaf: Section | Sentence) -> bool:
        """Tell whether the brackets in which something was told are closed before a figure."""
        return self._course.in_brackets(last, leaf) and ")" in self._analysis.text[last.end : figure.number_start]

    def _items(self, leaf: Section | Sentence, figures: Sequence[Figure]) -> Iterator[Figure | Match]:
        """Yield what the leaf states in text order: figures, and the words that say there is none of something."""
        zeros = iter(self._analysis.cues("none", leaf.start, leaf.end))
        zero = next(zeros, None)
        floor = leaf.start
        for figure in figures:
            while zero is not None and zero.start < figure.number_start:
                yield zero
                zero = next(zeros, None)
            yield figure
            floor = figure.end
        while zero is not None:
            if zero.start >= floor:
                yield zero
            zero = next(zeros, None)

    def _follow(self, thread: Thread, made: Measurement) -> None:
        """Let the thread go on from what was just stated."""
        if made.kind != "threshold":
            thread.end = max(thread.end, made.end)
        aside = made.area_id != self._areas.home
        if made.kind != "threshold" and not aside:
            thread.last = made
        if made.kind not in ("change", "ratio", "threshold") and not (aside and thread.last is not None):
            thread.level = made
            thread.levels.append(made)

    def _read_zero(self, cue: Match, thread: Thread) -> list[Measurement]:
        """Return the zero of `không còn hộ nghèo`: nothing left of what is counted."""
        unit = self._quantities.units.counted(cue.end)
        if unit is None or unit.concept.key in PLAN_PARTS:
            return []
        governor = Governor(cue.start, unit.end, reaches=True)
        figure = Figure((Decimal(0),), cue.start, unit.end, unit.concept, unit.start, unit.end, governor)
        return [self._measure(figure, thread)]

    def _read_figure(self, figure: Figure, thread: Thread) -> list[Measurement]:
        """Return what a figure states: mostly one measurement, two for `11/18`."""
        text = self._analysis.text[figure.number_start : figure.number_end]
        if len(figure.values) > 1 and "/" in text and _DIGITS.issuperset(text.partition("/")[0]):
            return self._read_fraction(figure, thread, figure.number_start + text.index("/") + 1)
        return [self._measure(figure, thread)]

    def _read_fraction(self, figure: Figure, thread: Thread, slash: int) -> list[Measurement]:
        """Return the two counts that `11/18 chỉ tiêu` states, the first a part of the second; or the rank."""
        part, total = figure.values
        if figure.unit.key == "rank":
            return [self._measure(replace(figure, values=(part,)), thread)]
        judged = self._subjects.indicators.judged(figure.unit, figure.end, thread.leaf)
        subject = Subject(judged, judged.label) if judged is not None else self._subjects.find(figure, thread)
        wider = sorted(self._subjects.indicators.wider(subject.concept)) if subject.concept is not None else []
        above = self._analysis.lexicon.concept(wider[0]) if wider else None
        outer = replace(figure, values=(total,), number_start=slash, governor=Governor(slash, figure.end))
        thread.count += 1
        planned = not is_counted(figure.unit) and part > total
        kind: MeasurementKind = self._planned_kind(figure, thread) if planned else "count"
        whole = self._state(outer, thread, Subject(above, above.label if above else None), kind)
        thread.count -= 1
        kind = "count" if is_counted(figure.unit) else "result"
        first = self._state(replace(figure, values=(part,)), thread, subject, kind, whole)
        thread.count += 1
        return [first, whole]

    def _measure(self, figure: Figure, thread: Thread) -> Measurement:
        """Return the measurement that a figure states in its place in the sentence."""
        governor, level = figure.governor, thread.level
        place = self._quantities.tables.place(figure.number_start)
        if place is not None and not place.counts_rows:
            return self._tabled(figure, thread, place)
        if self._settings.names_plan(figure, thread.leaf, thread.end):
            figure = replace(figure, governor=replace(governor, planned=True))
            governor = figure.governor
        subject = self._subjects.find(figure, thread)
        if not subject.own and self._is_aside(figure, thread):
            return self._beside(figure, thread)
        if (referring := self._referring(figure, thread, subject)) is not None:
            return referring
        refers = subject.inherited or subject.iri is None or subject.iri == level.indicator if level else False
        grows = governor.grows and not governor.planned
        if level is not None and grows and refers and not subject.grows and self._moves(figure.unit, level):
            return self._state(figure, thread, self._subjects.of(level), "change", level)
        if self._goes_on(figure, subject, thread):
            assert thread.last is not None
            like = replace(figure, governor=replace(governor, direction=thread.last.direction))
            return self._state(like, thread, subject, thread.last.kind, self._whole(thread, subject, governor.start))
        whole = self._whole(thread, subject, governor.start)
        kind = self._kind(figure, thread, subject)
        if subject.concept is None and (kind == "threshold" or (kind == "count" and is_counted(figure.unit))):
            subject = Subject(None, None)
        return self._state(figure, thread, subject, kind, whole)

    def _kind(self, figure: Figure, thread: Thread, subject: Subject) -> MeasurementKind:
        """Return the kind of a figure: that of its frame, for a bare part that of the whole."""
        kind, governor = self._by_frame(figure, thread.leaf, subject), figure.governor
        if kind in ("result", "count") and thread.mood is not None and not governor.exists and not governor.sizes:
            told = governor.reaches and not governor.acts
            alike = base_of(figure.unit) == thread.mood_base
            if alike and not told:
                return thread.mood
        return kind

    def _tabled(self, figure: Figure, thread: Thread, place: Place) -> Measurement:
        """Return the measurement in a cell: named by its row, dated by its column, planned where the column says so."""
        if self._quantities.tables.is_planned(figure.number_start):
            figure = replace(figure, governor=replace(figure.governor, planned=True))
        leaf, apart = thread.leaf, figure
        if place.label is not None:
            thread, end = Thread(place.label, place.label.start), place.label.end
            apart = replace(figure, number_start=end, number_end=end, governor=Governor(end, end))
        subject = self._subjects.find(apart, thread)
        kind = self._by_frame(figure, leaf, subject)
        return self._state(figure, replace(thread, leaf=leaf), subject, kind)

    def _referring(self, figure: Figure, thread: Thread, subject: Subject) -> Measurement | None:
        """Return the whole after a stroke, the share in brackets, or the ratio, that a figure is to what was said."""
        if self._follows_stroke(figure, thread):
            kind: MeasurementKind = "count"
            if base_of(figure.unit).rpartition("/")[2] in _PLANNED_UNITS:
                kind = self._planned_kind(figure, thread)  # `thu 9 tỷ đồng/8 tỷ đồng`
            return self._state(figure, thread, Subject(None, None), kind)
        if subject.own:
            return None
        if self._is_part(figure, thread):
            return self._state(figure, thread, Subject(None, None), "share")
        if (last := thread.last) is not None and self._is_same_move(figure, last, thread.level):
            figure = replace(figure, governor=replace(figure.governor, direction=last.direction))
            return self._state(figure, thread, self._subjects.of(last), "change", thread.level)
        before = thread.level or thread.last
        sought = figure.governor.of_plan and figure.governor.acts and self._ahead(figure, thread.leaf)
        if before is None or sought or not (self._relates(figure) or self._is_attained(figure, thread)):
            return None
        return self._state(figure, thread, self._subjects.of(before), "ratio", thread.level)

    def _follows_stroke(self, figure: Figure, thread: Thread) -> bool:
        """Tell whether a figure is the whole that the one before the stroke is of: `23 km/25 km`."""
        last = thread.last
        between = _NOTE.sub("", self._analysis.text[last.end : figure.number_start]) if last is not None else ""
        return between == "/" and last is not None and last.unit == figure.unit.key

    def _is_attained(self, figure: Figure, thread: Thread) -> bool:
        """Tell whether a percentage says how much of its plan an amount makes up: `thu nội địa 5 tỷ đồng, đạt 80%`."""
        level, governor = thread.level, figure.governor
        if level is None or figure.unit.key not in SHARES or level.unit in RATE_UNITS or level.kind != "result":
            return False
        between = self._analysis.text[level.end : governor.start].strip(" *\n")
        return between in (",", "(") and governor.reaches and not (governor.grows or governor.share)

    def _is_part(self, figure: Figure, thread: Thread) -> bool:
        """Tell whether a percentage in brackets says which part of all the count before it is: `98/112 xã (87,5%)`."""
        last = thread.last
        if last is None or figure.unit.key not in SHARES or figure.governor.lead != figure.number_start:
            return False
        counted = is_counted(self._analysis.lexicon.get("unit", last.unit))
        return counted and self._analysis.text[last.end : figure.number_start].strip() == "("

    def _is_same_move(self, figure: Figure, last: Measurement, level: Measurement | None) -> bool:
        """Tell whether a figure says a rise or fall once more in the unit of its level: `tăng 8%, tương đương 3 tỷ`."""
        moved = last.kind == "change" and level is not None and figure.unit.key == level.unit != last.unit
        said = figure.governor.ratio and figure.governor.direction is None
        between = self._analysis.text[last.end : figure.governor.start].strip(" ,(")
        return moved and said and not between

    @staticmethod
    def _relates(figure: Figure) -> bool:
        """Tell whether a figure is a ratio to what was said; `tương đương 2.930 USD` says the level once more."""
        governor = figure.governor
        return governor.of_plan or (governor.ratio and figure.unit.key in RATE_UNITS)

    def _by_frame(self, figure: Figure, leaf: Section | Sentence, subject: Subject) -> MeasurementKind:
        """Return the kind that the frame of a figure gives it."""
        return kind_of(figure, self._settings.read(figure, leaf, subject, ahead=self._ahead(figure, leaf)))

    def _planned_kind(self, figure: Figure, thread: Thread) -> MeasurementKind:
        """Return the kind of a planned level: planned for what is past, or to be reached."""
        return "target" if self._ahead(figure, thread.leaf) else "plan"

    def _ahead(self, figure: Figure, leaf: Section | Sentence) -> bool:
        """Tell whether a figure is to be reached: its own year says so, else what the passage speaks of."""
        metadata = self._analysis.document.source.metadata
        stated = self._stated_period(figure, leaf)
        if stated is not None and last_year(stated) > metadata.last_past_year:
            start = figure.governor.lead
            told = self._periods.is_told(leaf, start, stated) and not self._outlook.foresees(leaf, figure.number_start)
            return not told or self._outlook.ahead(leaf, start)
        past = stated is not None and last_year(stated) < (metadata.plan_year or metadata.year)
        return self._outlook.ahead(leaf, figure.governor.start) and not past

    def _period(self, figure: Figure, thread: Thread, of: Measurement | None, *, goes_on: bool) -> str:
        """Return the period a figure is for: the one stated, that of what it belongs to, else the section's."""
        leaf = thread.leaf
        last = thread.last
        if last is not None and of is not None and self._told_beside(last, figure, leaf):
            last = of
        told = last.period if last is not None else None
        since = last.end if last is not None and goes_on else None
        stated = self._stated_period(figure, leaf, told, since) or (of.period if of is not None else thread.period)
        return stated or self._periods.usual(leaf, ahead=self._outlook.of_section(leaf.section))

    def _stated_period(
        self, figure: Figure, leaf: Section | Sentence, told: str | None = None, since: int | None = None
    ) -> str | None:
        """Return the period that the column or the sentence gives a figure."""
        year = int(self._analysis.period(leaf.section)[:4])
        return self._quantities.tables.period(figure.number_start, year) or self._periods.stated(
            leaf, figure, told, since
        )

    def _goes_on(self, figure: Figure, subject: Subject, thread: Thread) -> bool:
        """Tell whether a bare figure goes on with the verb before it: `khu vực I tăng 3,1%, khu vực II 8,2%`.

        So does another thing counted right after the comma: `giảm 20 vụ, 7 người chết`.
        """
        last, governor = thread.last, figure.governor
        bare = governor.lead == figure.number_start and not governor.of_plan
        if last is None or not bare or self._told_beside(last, figure, thread.leaf):
            return False
        if last.kind != "threshold" and last.unit == figure.unit.key and self._is_joined(last, figure):
            return True
        listed = self._quantities.units.are_listed(last.end, governor.start)
        if last.kind == "change" and counts_things(figure.unit) and last.unit not in RATE_UNITS:
            return listed
        if last.kind in ("result", "target", "plan") and counts_things(figure.unit):
            counted = listed and is_counted(figure.unit) and is_counted(self._analysis.lexicon.get("unit", last.unit))
            between = self._analysis.text[last.end : governor.start].rstrip()
            return (counted and not governor.planned) or (last.unit == figure.unit.key and between.endswith(";"))
        alike = last.kind in ("change", "share") and last.unit == figure.unit.key and not governor.compared
        return alike and subject.own and subject.concept is None and not subject.of_measure

    def _is_joined(self, last: Measurement, figure: Figure) -> bool:
        """Tell whether a word that joins stands right before a bare figure: `xây 20 nhà năm nay và 30 nhà năm sau`."""
        joints = self._analysis.cues("conjunction", last.end, figure.governor.start)
        return any(self._analysis.adjoins(joint.end, figure.governor.start) for joint in joints)

    def _is_aside(self, figure: Figure, thread: Thread) -> bool:
        """Tell whether a figure for another area stands beside the one just given: `(cả nước tăng 9,1%)`."""
        area = self._areas.find(figure.governor.start, figure.end, thread.leaf)
        last = thread.last
        return last is not None and area is not None and area.iri != self._areas.home and last.unit == figure.unit.key

    def _beside(self, figure: Figure, thread: Thread) -> Measurement:
        """Return the measurement that says of another area what was just said of the report's own."""
        last = thread.last
        assert last is not None
        if last.kind == "change":
            figure = replace(figure, governor=replace(figure.governor, direction=last.direction, to_level=False))
        return self._state(figure, thread, self._subjects.of(last), last.kind)

    def _moves(self, unit: Concept, level: Measurement) -> bool:
        """Tell whether an amount in `unit` can be the growth of `level`: a rate, or one in the same base unit."""
        other = self._analysis.lexicon.get("unit", level.unit)
        return unit.key in RATE_UNITS or unit.first("baseUnit") == other.first("baseUnit")

    def _whole(self, thread: Thread, subject: Subject, start: int) -> Measurement | None:
        """Return what a part belongs to: the level of a wider indicator, else the whole that `trong đó` opened."""
        concept = subject.concept
        opened = bool(self._analysis.cues("part", thread.end, start)) and thread.level is not None
        if opened and thread.level is not None:
            thread.whole, thread.in_parts = thread.level, True
            self._course.part(thread, thread.level)
        if not thread.in_parts:
            return None
        wider = self._subjects.indicators.wider(concept) if concept is not None else set()
        for level in reversed(thread.levels):
            if level.indicator in wider:
                return level
        if opened or concept is None:
            return thread.whole
        thread.in_parts = False
        return None

    def _state(
        self,
        figure: Figure,
        thread: Thread,
        subject: Subject,
        kind: MeasurementKind,
        of: Measurement | None = None,
    ) -> Measurement:
        """Return the record of `figure`."""
        leaf, governor, values = thread.leaf, figure.governor, figure.values
        key = leaf.sentence or f"{leaf.section}.0"
        area = self._areas.find(governor.start, figure.end, leaf)
        single = len(values) == 1
        return Measurement(
            id=str(mint("measurement", self._analysis.report, f"{key}.m{thread.count}")),
            **self._analysis.stated(governor.start, figure.end),
            indicator=subject.iri,
            indicator_label=subject.label,
            value=values[0] if single else None,
            low=None if single else values[0],
            high=None if single else values[-1],
            comparator=figure.comparator,
            unit=figure.unit.key,
            unit_text=self._analysis.text[figure.unit_start : figure.unit_end],
            kind=kind,
            direction=None if governor.to_level else governor.direction,
            period=self._period(figure, thread, of, goes_on=subject.inherited),
            area=area.label if area else "",
            area_id=area.iri if area else "",
            estimated=governor.estimated,
            approximate=governor.comparator == "≈",
            ambiguous=figure.ambiguous,
            of=of.id if of else None,
            stated=self._analysis.text[figure.number_start : figure.end],
            **self._listed(leaf, kind),
        )

    def _listed(self, leaf: Section | Sentence, kind: MeasurementKind) -> dict[str, Any]:
        """Return the place of a target in its numbered list, and the group it stands under."""
        if kind != "target" or self._analysis.role(leaf.section) != "targets" or leaf.section is None:
            return {}
        item = self._analysis.document.section(leaf.section)
        groups = {match.concept.key for match in self._heading_names(item, "indicator-group")}
        top = item
        while top.parent is not None and top.level > 2:  # noqa: PLR2004 - the section that lists the targets
            top = self._analysis.document.section(top.parent)
        return {"ordinal": f"{top.number}.{item.number}", "group": groups.pop() if len(groups) == 1 else None}

    def _heading_names(self, item: Section, scheme: str) -> list[Match]:
        if item.parent is None:
            return []
        heading = self._analysis.document.section(item.parent)
        return self._analysis.matches(scheme, heading.start, heading.end)
