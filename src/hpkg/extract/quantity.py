"""Which numbers are quantities, and which are names, outline numbers or lengths of a period.

Every number that is no quantity is kept with its reason, so that no digit is passed over in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from hpkg.model import Section, Sentence

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.grammar.number import NumberToken
    from hpkg.lexicon import Match

__all__ = ["Excluded", "ExclusionReason", "QuantitySieve"]

ExclusionReason = Literal["name", "outline-number", "period"]

_REACH: Final = 60
_CLASS_UNITS: Final = frozenset({"star"})
"""Units that class a thing instead of measuring it."""
_TIME_UNITS: Final = frozenset({"year", "month"})
_RATE_UNITS: Final = frozenset({"percent", "percentage-point", "point", "rank", "times"})
_MARK_WIDTH: Final = 10


@dataclass(frozen=True, slots=True)
class Excluded:
    """A number that measures nothing, with the reason."""

    start: int
    end: int
    reason: ExclusionReason


class QuantitySieve:
    """Parts the numbers of one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Look at the numbers of `analysis`."""
        self._analysis = analysis
        self.excluded: list[Excluded] = []

    def unit_after(self, number: NumberToken) -> Match | None:
        """Return the unit that directly follows."""
        for match in self._analysis.matches("unit", number.end, number.end + _REACH):
            return match if self._analysis.adjoins(number.end, match.start) else None
        return None

    def counted_after(self, end: int) -> Match | None:
        """Return the counted thing that directly follows, as a household after `không còn`."""
        for match in self._analysis.matches("unit", end, end + _REACH):
            counted = self._analysis.adjoins(end, match.start) and match.concept.key not in _RATE_UNITS
            return match if counted else None
        return None

    def rejects(self, number: NumberToken, unit: Match | None, leaf: Section | Sentence) -> bool:
        """Tell whether `number` is no quantity, and keep the reason."""
        reason = self._reason(number, unit, leaf)
        if reason is not None:
            self.excluded.append(Excluded(number.start, number.end, reason))
        return reason is not None

    def _reason(self, number: NumberToken, unit: Match | None, leaf: Section | Sentence) -> ExclusionReason | None:
        marks = isinstance(leaf, Section) and leaf.number is not None and number.end <= leaf.start + _MARK_WIDTH
        if marks or self._is_enumerated(number):
            return "outline-number"
        if number.in_words and (unit is None or number.values[0] <= 1):
            return "name"
        if unit is None:
            return "name" if self._is_name(number) else None
        if unit.concept.key in _CLASS_UNITS or self._is_glued_to_name(number):
            return "name"
        if unit.concept.key in _TIME_UNITS and not self._is_limit(unit.end):
            return "period"
        return None

    def _is_enumerated(self, number: NumberToken) -> bool:
        """Tell whether the number counts an item inside a sentence: `(3)`."""
        return self._analysis.text[number.start - 1 : number.end + 1] == f"({number.text})"

    def _is_glued_to_name(self, number: NumberToken) -> bool:
        before = self._analysis.text[number.start - 1 : number.start]
        run = self._analysis.tokens(max(0, number.start - _REACH), number.start)
        return before.isalpha() and bool(run) and run[-1].text.isupper()

    def _is_limit(self, end: int) -> bool:
        """Tell whether a comparator such as `trở lên` follows at `end`."""
        return any(
            self._analysis.adjoins(end, match.start)
            for match in self._analysis.matches("comparator", end, end + _REACH)
        )

    def _is_name(self, number: NumberToken) -> bool:
        """Tell whether a number without a unit is part of a name, as a version with a dot (`4.0`) is."""
        text, start = self._analysis.text, number.start
        if number.dot_decimal or self._is_in_term(start, number.end):
            return True
        before = self._analysis.tokens(max(0, start - _REACH), start)
        if not before:
            return False
        last = before[-1]
        if last.kind == "sign":
            return last.text in ",-–" and self._goes_on(last.start)
        named = any(cue.end == last.end for cue in self._analysis.cues("name-number", max(0, start - _REACH), start))
        headed = any(
            kind.end == last.end for kind in self._analysis.matches("project-kind", max(0, start - _REACH), start)
        )
        return named or headed or last.text[:1].isupper() or text[number.end : number.end + 1].isalpha()

    def _goes_on(self, end: int) -> bool:
        """Tell whether a number that is a name ends at `end`: the next goes on with the list."""
        return any(item.end == end and item.reason == "name" for item in self.excluded)

    def _is_in_term(self, start: int, end: int) -> bool:
        """Tell whether the number lies in a term of the vocabularies, as in `công nghiệp 4.0`."""
        return any(
            match.start < start and end <= match.end
            for scheme in ("indicator", "pillar", "project-kind", "topic")
            for match in self._analysis.matches(scheme, max(0, start - _REACH), end + _REACH)
        )
