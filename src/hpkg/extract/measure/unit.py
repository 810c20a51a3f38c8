"""The unit of a number: right after it, shared with the end of a list, said in a heading or row, or what it counts.

`12 và 15 tỷ đồng` share the unit; `Thu nội địa (tỷ đồng) 1.250` has it before the number; `17 hiệp định thương mại`
counts what the words after it name, as far as the noun phrase goes. Not for: whether the number is a quantity at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.measure.figure import TIME_UNITS, is_counted
from hpkg.grammar.word import is_syllable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.grammar.number import NumberToken
    from hpkg.lexicon import Concept, Match
    from hpkg.model import Section, Sentence

__all__ = ["UnitReader", "UnitSaid"]

_REACH: Final = 60
_LONGEST_NOUN: Final = 6
_LONGEST_LIST: Final = 8
_ITEM: Final = "item"
_SCALES: Final = frozenset({"item-thousand", "item-ten-thousand", "item-million"})
_PERIODS: Final = TIME_UNITS | {"day", "week"}
_SPELLED: Final = re.compile(r"\s*\([^()\d]{1,24}\)(?=\s)")
"""The number said once more in words: `05 (năm) ngày`."""
_SEPARATORS: Final = re.compile(r"[\s,;/&+-]*")
_DRESS: Final = re.compile(r"\*{1,3}(?=\s)")
"""The end of bold print, as `**485** văn bản` has it."""
_CLAUSE_MARKS: Final = (";", ".", ",", ")")
_CELL_EDGE: Final = "|\n\t"


@dataclass(frozen=True, slots=True)
class UnitSaid:
    """The unit of a number and the characters that say it; `shared` when they stand apart from the number."""

    concept: Concept
    start: int
    end: int
    shared: bool = False


class UnitReader:
    """Finds the units of the numbers of one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis

    def after(self, number: NumberToken) -> UnitSaid | None:
        """Return the unit of the vocabulary that directly follows the number."""
        return self._at(self._past_spelling(number.end))

    def counted(self, end: int) -> Match | None:
        """Return the counted thing that directly follows `end`, as a household after `không còn`."""
        found = self._adjoining(end)
        if (
            not found
            or found[0].role == "decoy"
            or found[0].concept.first("qudtUnit")
            or "-per-" in found[0].concept.key
        ):
            return None
        return None if found[0].concept.key in ("point", "rank", "times", *_PERIODS) else found[0]

    def shared(self, numbers: Sequence[NumberToken], at: int, stop: int) -> UnitSaid | None:
        """Return the unit that a list ends in, when the number at index `at` of `numbers` is one of it."""
        for one, other in zip(numbers[at : at + _LONGEST_LIST], numbers[at + 1 : at + 1 + _LONGEST_LIST], strict=False):
            if other.end > stop or not self.are_listed(one.end, other.start):
                return None
            unit = self.after(other)
            if unit is None and self._analysis.cues("to-level", one.end, other.start):
                unit = self.noun(other, stop)
            if unit is not None:
                return UnitSaid(unit.concept, unit.start, unit.end, shared=True)
        return None

    def noun(self, number: NumberToken, stop: int) -> UnitSaid | None:
        """Return what the number counts when no unit of the vocabulary names it: the noun phrase after it."""
        if number.kind == "decimal" or number.in_words:
            return None
        start = self._past_spelling(number.end)
        end = self._noun_end(start, stop)
        if end is None:
            return None
        first = self._analysis.tokens(start, end)[0].start
        return UnitSaid(self._analysis.lexicon.get("unit", _ITEM), first, end)

    def before(self, number: NumberToken, leaf: Section | Sentence) -> UnitSaid | None:
        """Return the unit that stands before the number in brackets or in a cell of its own, as tables have it."""
        if not self._stands_alone(number, leaf):
            return None
        for match in reversed(self._analysis.matches("unit", leaf.start, number.start)):
            if match.role != "decoy" and self._is_boxed(match, leaf):
                return UnitSaid(match.concept, match.start, match.end, shared=True)
        return self._above(leaf)

    def whole(self, leaf: Section | Sentence) -> UnitSaid | None:
        """Return the unit that a line or cell consists of, None when it says more or another thing."""
        unit = self._at(leaf.start)
        return unit if unit is not None and unit.end == leaf.end else None

    def boxed(self, leaf: Section | Sentence) -> UnitSaid | None:
        """Return the unit in the brackets of a label: `Kim ngạch xuất khẩu (tỷ USD)`."""
        for match in reversed(self._analysis.matches("unit", leaf.start, leaf.end)):
            if match.role != "decoy" and self._is_boxed(match, leaf):
                return UnitSaid(match.concept, match.start, match.end, shared=True)
        return None

    def named(self, leaf: Section | Sentence) -> UnitSaid | None:
        """Return the unit that the words of a label tell: of the indicator it names, else of the things it counts."""
        for indicator in self._analysis.matches("indicator", leaf.start, leaf.end)[:1]:
            concept = self._analysis.lexicon.concept(indicator.concept.first("unit") or "")
            if concept is not None and indicator.role in ("label", "slip"):
                return UnitSaid(concept, indicator.end, indicator.end, shared=True)
        for match in self._analysis.matches("unit", leaf.start, leaf.end):
            if match.role != "decoy" and is_counted(match.concept) and match.concept.key not in (*_PERIODS, "rank"):
                return UnitSaid(match.concept, match.start, match.end, shared=True)
        return None

    def _above(self, leaf: Section | Sentence) -> UnitSaid | None:
        """Return the unit that the line `Đơn vị tính: …` above sets for its section."""
        at = bisect_left(self._units_said, leaf.start, key=lambda said: said[0]) - 1
        return self._units_said[at][1] if at >= 0 and self._units_said[at][2] == leaf.section else None

    @cached_property
    def _units_said(self) -> list[tuple[int, UnitSaid, str | None]]:
        found: list[tuple[int, UnitSaid, str | None]] = []
        for leaf in self._analysis.leaves:
            for cue in self._analysis.cues("unit-of-measure", leaf.start, leaf.end):
                end = cue.end
                while end < leaf.end and self._analysis.text[end] in ": ":
                    end += 1
                unit = self._at(end)
                if unit is not None:
                    found.append((cue.start, UnitSaid(unit.concept, unit.start, unit.end, shared=True), leaf.section))
        return found

    def _past_spelling(self, end: int) -> int:
        dress = _DRESS.match(self._analysis.text, end)
        end = dress.end() if dress else end
        spelled = _SPELLED.match(self._analysis.text, end)
        if spelled and not self._analysis.matches("unit", end, spelled.end()):
            return spelled.end()
        if spelled and self._adjoining(spelled.end()):
            return spelled.end()
        return end

    def _adjoining(self, end: int) -> list[Match]:
        """Return the words for units that start right at `end`, several when shared; none opens a sentence."""
        found: list[Match] = []
        for match in self._analysis.matches("unit", end, end + _REACH):
            if not self._analysis.adjoins(end, match.start):
                break
            printed = self._analysis.text[match.start : match.end]
            closes = self._analysis.text[match.end : match.end + 1] in ("", *_CLAUSE_MARKS)
            if printed[0].islower() or not match.form[0].islower() or printed.isupper() or closes:
                found.append(match)
        return found

    def _at(self, end: int) -> UnitSaid | None:
        twins = self._adjoining(end)
        if not twins or any(match.role == "decoy" for match in twins):
            return None
        match = self._closest(twins)
        concept, last = match.concept, match.end
        if concept.key in _SCALES:
            return UnitSaid(concept, match.start, self._noun_end(last, last + _REACH) or last)
        return self._per(UnitSaid(concept, match.start, last))

    def _closest(self, twins: list[Match]) -> Match:
        """Return, of units with the same words, the one that an indicator named before is measured in."""
        start = twins[0].start
        leaf = self._analysis.leaf(start)
        if len(twins) == 1 or leaf is None:
            return twins[0]
        scales = [match for match in twins if match.concept.key in _SCALES]
        if scales and self._noun_end(scales[0].end, leaf.end) is not None:
            return scales[0]
        twins = [match for match in twins if match not in scales]
        named = {m.concept.first("unit") for m in self._analysis.matches("indicator", leaf.start, leaf.end)}
        return next((match for match in twins if match.concept.iri in named), twins[-1])

    def _per(self, unit: UnitSaid) -> UnitSaid:
        """Return `unit`, or the rate that a stroke after it makes of it; for each year it stays the unit it is."""
        text = self._analysis.text
        slash = re.compile(r"\s?/\s?").match(text, unit.end)
        if slash is None or any(cue.start == slash.end() for cue in self._plans(slash.end())):
            return unit  # `42%/kế hoạch 55%`
        below = [match for match in self._adjoining(slash.end()) if match.role != "decoy"]
        words = self._analysis.tokens(slash.end(), slash.end() + _REACH)[:1]
        if not words or words[0].start != slash.end() or not (words[0].text.islower() or below):
            return unit
        end = below[0].end if below else words[0].end
        if unit.concept.key == "percent" or (below and below[0].concept.key in _PERIODS):
            return self._per(UnitSaid(unit.concept, unit.start, end)) if below else unit
        return UnitSaid(self._analysis.lexicon.get("unit", "rate"), unit.start, end)

    def _plans(self, start: int) -> list[Match]:
        """Return the words for a plan close after `start`."""
        return self._analysis.cues("planned-level", start, start + _REACH)

    def are_listed(self, end: int, start: int) -> bool:
        """Tell whether only marks and words that join stand between two numbers of a list."""
        at = end
        while at < start:
            at = _SEPARATORS.match(self._analysis.text, at, start).end()  # type: ignore[union-attr]
            if at >= start:
                break
            joints = [
                cue.end
                for key in ("conjunction", "to-level", "route", "filler")
                for cue in self._analysis.cues(key, at, start)
                if cue.start == at
            ]
            if not joints:
                return False
            at = max(joints)
        return start - end <= _REACH and end < start

    def _noun_end(self, start: int, stop: int) -> int | None:
        """Return where the noun phrase that starts at `start` ends, None when none starts there."""
        closing = {cue.start for cue in self._analysis.cues("phrase-end", start, min(stop, start + _REACH))}
        closing |= {cue.start for cue in self._analysis.cues("vision", start, min(stop, start + _REACH))}
        end = None
        at = start
        for count, token in enumerate(self._analysis.tokens(start, min(stop, start + _REACH))):
            apart = (
                not self._analysis.text[at : token.start].isspace() or "\n\n" in self._analysis.text[at : token.start]
            )
            if apart or count == _LONGEST_NOUN or token.start in closing or token.kind != "letters":
                break
            if count == 0 and not (token.text.islower() and len(token.text) > 1 and is_syllable(token.text)):
                break
            if not token.text.islower():
                break
            end = at = token.end
        return end

    def _stands_alone(self, number: NumberToken, leaf: Section | Sentence) -> bool:
        """Tell whether the number fills its cell or ends its line."""
        after = self._analysis.text[number.end : leaf.end].lstrip(" )")[:1]
        return not after or after in ".;," + _CELL_EDGE

    def _is_boxed(self, match: Match, leaf: Section | Sentence) -> bool:
        """Tell whether the unit fills brackets or a cell of its own."""
        text = self._analysis.text
        before = text[leaf.start : match.start].rstrip(" ")
        after = text[match.end : leaf.end].lstrip(" ")
        said = self._analysis.cues("unit-of-measure", max(leaf.start, match.start - _REACH), match.start)
        if said and not text[said[-1].end : match.start].strip(" :"):
            before = text[leaf.start : said[-1].start].rstrip(" ")
        if before.endswith("(") and after.startswith(")"):
            return True
        return before[-1:] in ("|", "\n", "\t") and after[:1] in ("|", "\n", "\t") and bool(before and after)
