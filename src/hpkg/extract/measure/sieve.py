"""Which numbers are quantities, and which are names, outline numbers or lengths of a period.

Every number that is no quantity is kept with its reason, so that no digit is passed over in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from hpkg.extract.measure.figure import TERRITORY_UNITS, TIME_UNITS
from hpkg.model import Section, Sentence

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.measure.table import TableReader
    from hpkg.extract.measure.unit import UnitSaid
    from hpkg.grammar.number import NumberToken

__all__ = ["Excluded", "ExclusionReason", "QuantitySieve"]

ExclusionReason = Literal["name", "outline-number", "period"]

_REACH: Final = 60
_CLASS_UNITS: Final = frozenset({"star"})
"""Units that class a thing instead of measuring it."""
_SPANS: Final = frozenset({"day", "month", "year", "week", "hour"})
_CLOCKS: Final = frozenset({"hour", "day", "week"})
_MARK_WIDTH: Final = 10


@dataclass(frozen=True, slots=True)
class Excluded:
    """A number that measures nothing, with the reason."""

    start: int
    end: int
    reason: ExclusionReason


class QuantitySieve:
    """Parts the numbers of one report."""

    def __init__(self, analysis: Analysis, tables: TableReader) -> None:
        """Look at the numbers of `analysis`; some count the rows of `tables`."""
        self._analysis = analysis
        self._tables = tables
        self.excluded: list[Excluded] = []
        self._name_ends: set[int] = set()

    def rejects(self, number: NumberToken, unit: UnitSaid | None, leaf: Section | Sentence) -> bool:
        """Tell whether `number` is no quantity, and keep the reason."""
        reason = self._reason(number, unit, leaf)
        if reason is not None:
            self.exclude(number.start, number.end, reason)
        return reason is not None

    def exclude(self, start: int, end: int, reason: ExclusionReason) -> None:
        """Keep a number that measures nothing."""
        self.excluded.append(Excluded(start, end, reason))
        if reason == "name":
            self._name_ends.add(end)

    def is_name(self, number: NumberToken) -> bool:
        """Tell whether a number without a unit is part of a name, as a version with a dot (`4.0`) is."""
        text, start = self._analysis.text, number.start
        if number.dot_decimal or self._is_in_term(start, number.end):
            return True
        before = self._analysis.tokens(max(0, start - _REACH), start)
        if not before:
            return False
        last = before[-1]
        if last.kind == "sign":
            return last.text in ",-–" and last.start in self._name_ends
        floor = max(0, start - _REACH)
        named = any(cue.end == last.end for cue in self._analysis.cues("name-number", floor, start))
        headed = any(
            match.end == last.end
            for scheme in ("project-kind", "document-kind")
            for match in self._analysis.matches(scheme, floor, start)
        )
        glued = text[number.end : number.end + 1].isalpha()
        return named or headed or self._is_capital(last.start, last.text) or glued

    def _is_capital(self, start: int, word: str) -> bool:
        """Tell whether a word is capitalised, and not for opening a sentence."""
        leaf = self._analysis.leaf(start)
        opens = leaf is not None and not any(char.isalpha() for char in self._analysis.text[leaf.start : start])
        return word[:1].isupper() and not (opens and word[1:].islower())

    def _reason(self, number: NumberToken, unit: UnitSaid | None, leaf: Section | Sentence) -> ExclusionReason | None:
        if (isinstance(leaf, Section) and self._is_mark(number, leaf)) or self._is_enumerated(number):
            return "outline-number"
        if self._counts_row(number) or self._is_note(number):
            return "outline-number"
        if number.in_words and (unit is None or number.values[0] <= 1 or self._is_spelled(number, leaf)):
            return "name"
        if self._is_in_date(number) or self._is_when(number):
            return "period"
        return self._unit_reason(number, unit) if unit is not None else None

    def _is_spelled(self, number: NumberToken, leaf: Section | Sentence) -> bool:
        """Tell whether the number says in brackets once more in words what stands before: `(bằng chữ: năm tỷ đồng)`."""
        opened = self._analysis.text.rfind("(", leaf.start, number.start)
        return opened >= 0 and bool(self._analysis.cues("spelled-out", opened, number.start))

    def _is_when(self, number: NumberToken) -> bool:
        """Tell whether a number stands in the column of a table that says when a task is to be done."""
        place = self._tables.place(number.start)
        return any(bool(self._analysis.cues("when-column", *head)) for head in (place.heads if place else ()))

    def _unit_reason(self, number: NumberToken, unit: UnitSaid) -> ExclusionReason | None:
        """Return why a number with a unit is no quantity."""
        key = unit.concept.key
        if self._is_glued_to_name(number) or self._is_numbered(number):
            return "name"
        limit = self._is_limit(unit.end)
        classed = key in _CLASS_UNITS and not limit
        placed = key in TERRITORY_UNITS and self._is_numbered_place(number, unit)
        if classed or placed or self._is_each(number, unit):
            return "name"
        spanned = key in _CLOCKS and number.kind == "integer" and self._is_stretch(number, key)
        if not limit and (spanned or (key in TIME_UNITS and number.kind != "decimal")):
            return "period"
        return None

    def _is_stretch(self, number: NumberToken, unit: str) -> bool:
        """Tell whether a number of hours or days says when, and measures nothing: `đến 17 giờ`, `trong 5 ngày`."""
        keys = ("time-of-day", "time-span") if unit == "hour" else ("time-span",)
        return self._analysis.leads_to(keys, number.start, number.start - _REACH)

    def _is_each(self, number: NumberToken, unit: UnitSaid) -> bool:
        """Tell whether the number is the one of each that a level is told for: `giá trị sản phẩm trên 1 ha đất`."""
        led = self._analysis.leads_to(("locative",), number.start, number.start - _REACH)
        return number.text == "1" and led and unit.concept.first("qudtUnit") is not None

    def _is_numbered(self, number: NumberToken) -> bool:
        """Tell whether the number is that of a document: `Nghị định số 49`."""
        floor = max(0, number.start - _REACH)
        cues = [
            c
            for c in self._analysis.cues("name-number", floor, number.start)
            if self._analysis.adjoins(c.end, number.start)
        ]
        kinds = self._analysis.matches("document-kind", floor, cues[0].start) if cues else []
        return any(self._analysis.adjoins(kind.end, cues[0].start) for kind in kinds)

    def _is_mark(self, number: NumberToken, leaf: Section) -> bool:
        """Tell whether the number is that of the heading it stands in."""
        if leaf.number is None or number.end > leaf.start + _MARK_WIDTH:
            return False
        return (
            not any(char.isalpha() for char in self._analysis.text[leaf.start : number.start])
            or number.text in leaf.number
        )

    def _is_enumerated(self, number: NumberToken) -> bool:
        """Tell whether the number counts an item inside a sentence: `(3)`."""
        return self._analysis.text[number.start - 1 : number.end + 1] == f"({number.text})"

    def _counts_row(self, number: NumberToken) -> bool:
        """Tell whether the number fills the first cell of a row."""
        place = self._tables.place(number.start)
        if place is None or not place.counts_rows or number.kind != "integer":
            return False
        before = self._analysis.text[number.start - 1 : number.start]
        after = self._analysis.text[number.end : number.end + 2].strip(" .")
        return not before.isalnum() and after[:1] in ("", "|", "\n")

    def _is_note(self, number: NumberToken) -> bool:
        """Tell whether the number marks a note at the foot of a page: `[1]`."""
        return self._analysis.text[number.start - 1 : number.end + 1] == f"[{number.text}]"

    def _is_in_date(self, number: NumberToken) -> bool:
        """Tell whether a word for a span of time stands before the number, which then says which: `ngày 15`."""
        before = self._analysis.matches("unit", max(0, number.start - 8), number.start)
        last = before[-1] if before else None
        return (
            last is not None
            and last.concept.key in _SPANS
            and self._analysis.adjoins(last.end, number.start)
            and number.kind in ("integer", "fraction")
            and not any(
                self._analysis.adjoins(number.end, unit.start)
                for unit in self._analysis.matches("unit", number.end, number.end + _REACH)[:1]
            )
        )

    def _is_glued_to_name(self, number: NumberToken) -> bool:
        before = self._analysis.text[number.start - 1 : number.start]
        run = self._analysis.tokens(max(0, number.start - _REACH), number.start)
        return before.isalpha() and bool(run) and run[-1].text.isupper()

    def _is_numbered_place(self, number: NumberToken, unit: UnitSaid) -> bool:
        """Tell whether the number names a small place and the unit opens the name of a wider one: `ấp 3 xã Bình An`."""
        floor = max(0, number.start - _REACH)
        small = [
            m
            for m in self._analysis.matches("unit", floor, number.start)
            if m.concept.key in ("village", "organisation")
        ]
        follows = self._analysis.tokens(unit.end, unit.end + _REACH)[:1]
        return bool(
            small
            and self._analysis.adjoins(small[-1].end, number.start)
            and follows
            and follows[0].text[:1].isupper()
            and self._analysis.adjoins(unit.end, follows[0].start)
        )

    def _is_limit(self, end: int) -> bool:
        """Tell whether a comparator such as `trở lên` follows at `end`."""
        return any(
            self._analysis.adjoins(end, match.start)
            for match in self._analysis.matches("comparator", end, end + _REACH)
            if match.concept.key != "equal"  # `9 tháng đạt` tells when
        )

    def _is_in_term(self, start: int, end: int) -> bool:
        """Tell whether the number lies in a term of the vocabularies, as in `công nghiệp 4.0`."""
        return any(
            match.start < start and end <= match.end
            for scheme in ("indicator", "pillar", "project-kind", "topic")
            for match in self._analysis.matches(scheme, max(0, start - _REACH), end + _REACH)
        )
