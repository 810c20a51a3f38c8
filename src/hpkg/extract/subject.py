"""What a number measures: the indicator named nearest to it in its clause.

The words before the number come first, then those that follow its unit (`2,5-3,0 tỷ USD vốn đầu tư trực tiếp`), then
what the sentence was already speaking of, then the heading. An indicator whose unit cannot hold the number is passed
over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.lexicon import Concept, Match
    from hpkg.model import Measurement, Section, Sentence

__all__ = ["Subject", "SubjectReader"]

_CLAUSE_END: Final = re.compile(r"[,;.:()…]")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number measures; `inherited` says that its own clause does not name it."""

    concept: Concept | None
    label: str | None
    inherited: bool = False


class SubjectReader:
    """Finds the subjects of numbers in one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis

    def find(
        self, unit: Concept, span: tuple[int, int], leaf: Section | Sentence, floor: int, before: Measurement | None
    ) -> Subject:
        """Return the subject of the number at `span`; `floor` is where the number before it ends.

        `before` is the last level the sentence stated, whose indicator a bare number goes on with.
        """
        start, end = span
        active = self._analysis.lexicon.concept(before.indicator) if before and before.indicator else None
        named = self._nearest(unit, floor, start, leaf, active)
        if named is not None:
            return Subject(named.concept, named.concept.label)
        following = self._following(unit, end, leaf, active)
        if following is not None:
            return Subject(following.concept, following.concept.label)
        figured = self._figured(unit, start, leaf, active)
        if figured is not None:
            return Subject(figured.concept, figured.concept.label)
        if active is not None and self._fits(active, unit):
            return Subject(active, active.label, inherited=True)
        above = self._above(unit, leaf)
        if above is not None:
            return Subject(above, above.label, inherited=True)
        return Subject(None, None, inherited=before is not None)

    def judged(self, unit: Concept, end: int, leaf: Section | Sentence) -> Concept | None:
        """Return what the verdict after a count names: `… chỉ tiêu không hoàn thành mục tiêu kế hoạch`."""
        colon = self._analysis.text.find(":", end, leaf.end)
        stop = colon if colon >= 0 else leaf.end
        named = [
            match for match in self._analysis.matches("indicator", end, stop) if match.concept.first("unit") == unit.iri
        ]
        return named[0].concept if named else None

    def wider(self, concept: Concept) -> set[str]:
        """Return the IRIs of the indicators that `concept` is a part of, near and far."""
        found: set[str] = set()
        open_ = list(concept.links.get("subIndicatorOf", ()))
        while open_:
            iri = open_.pop()
            above = self._analysis.lexicon.concept(iri)
            if iri not in found and above is not None:
                found.add(iri)
                open_ += above.links.get("subIndicatorOf", ())
        return found

    def _nearest(
        self, unit: Concept, start: int, end: int, leaf: Section | Sentence, active: Concept | None
    ) -> Match | None:
        """Return the last indicator named in `start` to `end` that the number can measure."""
        named = [
            match
            for match in self._analysis.matches("indicator", max(start, leaf.start), end)
            if self._suits(match, unit) and self._is_plain(match, leaf, active)
        ]
        if not named:
            return None
        last = max(match.end for match in named)
        return self._closest([match for match in named if match.end == last], active, unit)

    def _closest(self, twins: list[Match], active: Concept | None, unit: Concept) -> Match:
        """Return, of indicators with the same words, the part of what is spoken of, else the one of the same unit."""
        return min(
            twins,
            key=lambda match: (
                active is None or active.iri not in self.wider(match.concept),
                match.role != "part",
                match.concept.first("unit") != unit.iri,
                match.role != "label",
                bool(match.concept.first("subIndicatorOf")) and active is None,
                match.concept.key,
            ),
        )

    def _following(self, unit: Concept, end: int, leaf: Section | Sentence, active: Concept | None) -> Match | None:
        """Return the indicator that directly follows the unit."""
        stop = _CLAUSE_END.search(self._analysis.text, end, leaf.end)
        last = stop.start() if stop else leaf.end
        twins = [
            match
            for match in self._analysis.matches("indicator", end, leaf.end)
            if self._analysis.adjoins(end, match.start)
            and self._suits(match, unit)
            and self._is_plain(match, leaf, active)
        ]
        around = [
            match
            for match in self._analysis.matches("indicator", max(leaf.start, end - 60), min(leaf.end, last + 40))
            if match.start < end < match.end and self._suits(match, unit) and match.role != "decoy"
        ]
        found = twins or around
        return self._closest(found, active, unit) if found else None

    def _is_plain(self, match: Match, leaf: Section | Sentence, active: Concept | None) -> bool:
        """Tell whether the words name the indicator here: the name of a part needs the whole beside it."""
        if match.role == "decoy":
            return False
        if match.role != "part":
            return True
        near = {other.concept.iri for other in self._analysis.matches("indicator", leaf.start, match.start)}
        if active is not None:
            near |= {active.iri, *self.wider(active)}
        return bool(self.wider(match.concept) & near)

    def _figured(self, unit: Concept, start: int, leaf: Section | Sentence, active: Concept | None) -> Match | None:
        """Return what words farther back in the sentence say is counted, in this very unit."""
        named = [
            match
            for match in self._analysis.matches("indicator", leaf.start, start)
            if match.role == "figure" and self._suits(match, unit)
        ]
        return self._closest(named, active, unit) if named else None

    def _suits(self, match: Match, unit: Concept) -> bool:
        """Tell whether the words can name what a number of `unit` measures; a figure word needs that very unit."""
        if match.role == "figure":
            return match.concept.first("unit") == unit.iri
        return self._fits(match.concept, unit)

    def _fits(self, concept: Concept, unit: Concept) -> bool:
        """Tell whether a number of `unit` can be a value of the indicator."""
        own = concept.first("unit")
        if own is None or own == unit.iri:
            return True
        other = self._analysis.lexicon.concept(own)
        return other is not None and _base(other) == _base(unit)

    def _above(self, unit: Concept, leaf: Section | Sentence) -> Concept | None:
        """Return the only indicator that the heading of the section names."""
        if leaf.section is None or leaf.section.startswith("p0"):
            return None
        heading = self._analysis.document.section(leaf.section)
        named = {
            match.concept.iri: match.concept
            for match in self._analysis.matches("indicator", heading.start, heading.end)
            if self._suits(match, unit) and match.role in ("label", "slip")
        }
        return next(iter(named.values())) if len(named) == 1 else None


def _base(unit: Concept) -> str:
    return unit.first("baseUnit") or unit.iri
