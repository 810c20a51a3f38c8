"""The indicators of the vocabulary that a text names beside a figure.

The words before the number come first, then those that follow its unit (`2,5-3,0 tỷ USD vốn đầu tư trực tiếp`), then
the heading. An indicator whose unit cannot hold the number is passed over, and so is one whose name the text narrows to
something else (`vốn FDI ngành dệt`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hpkg.extract.measure.figure import SHARES, base_of

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.measure.figure import Figure
    from hpkg.lexicon import Concept, Match
    from hpkg.model import Section, Sentence

__all__ = ["IndicatorReader"]

_CLAUSE_END: Final = re.compile(r"[,;.:()…]")


class IndicatorReader:
    """Finds the indicators of the vocabulary in one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis

    def in_unit(self, concept: Concept, unit: Concept) -> Concept:
        """Return the part of an index that is told in this unit: its rank or its points."""
        if concept.first("unit") is not None or unit.key not in ("rank", "point"):
            return concept
        parts = [
            part
            for part in self._analysis.lexicon.all("indicator")
            if concept.iri in part.links.get("subIndicatorOf", ()) and part.first("unit") == unit.iri
        ]
        return parts[0] if len(parts) == 1 else concept

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

    def nearest(self, figure: Figure, leaf: Section | Sentence, floor: int, active: Concept | None) -> Match | None:
        """Return the last indicator named after `floor` that the figure can measure; a growth can be of any."""
        unit, end = figure.unit, figure.number_start
        named = [
            match
            for match in self._analysis.matches("indicator", max(floor, leaf.start), end)
            if (self.suits(match, unit) or (figure.is_relative and match.role in ("label", "slip")))
            and self._is_plain(match, leaf, active)
        ]
        if not named or self._is_narrowed(named[-1], end):
            return None
        last = max(match.end for match in named)
        return self._closest([match for match in named if match.end == last], active, unit)

    def _is_narrowed(self, match: Match, end: int) -> bool:
        """Tell whether the words right after the name make it that of another thing, as `ngành dệt` after `vốn FDI`."""
        text, at = self._analysis.text, match.end
        narrowing = [cue for cue in self._analysis.cues("narrows", at, end) if self._analysis.adjoins(at, cue.start)]
        if not narrowing or "," in text[at : narrowing[0].end]:
            return False
        own = [
            found
            for key in ("own-area", "nationwide", "date-lead", "in-year")
            for found in self._analysis.cues(key, at, end)
            if self._analysis.adjoins(at, found.start) or self._analysis.adjoins(narrowing[-1].end, found.start)
        ]
        placed = [
            place
            for place in self._analysis.matches("place", at, end)
            if self._analysis.adjoins(narrowing[-1].end, place.start)
        ]
        dated = any(self._analysis.adjoins(narrowing[-1].end, date.start) for date in self._analysis.dates(at, end))
        counted = self._analysis.adjoins(narrowing[-1].end, end) or any(
            self._analysis.adjoins(narrowing[-1].end, n.start) for n in self._analysis.numbers(at, end)
        )
        return not (own or placed or dated or counted)

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

    def following(self, unit: Concept, end: int, leaf: Section | Sentence, active: Concept | None) -> Match | None:
        """Return the indicator that directly follows the unit."""
        stop = _CLAUSE_END.search(self._analysis.text, end, leaf.end)
        last = stop.start() if stop else leaf.end
        twins = [
            match
            for match in self._analysis.matches("indicator", end, leaf.end)
            if self._analysis.adjoins(end, match.start)
            and self.suits(match, unit)
            and self._is_plain(match, leaf, active)
            and not (match.role == "figure" and unit.key in SHARES and match.form.isupper())
        ]
        around = [
            match
            for match in self._analysis.matches("indicator", max(leaf.start, end - 60), min(leaf.end, last + 40))
            if match.start < end < match.end and self.suits(match, unit) and match.role != "decoy"
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

    def figured(self, unit: Concept, start: int, leaf: Section | Sentence, active: Concept | None) -> Match | None:
        """Return what words farther back in the sentence say is counted, in this very unit."""
        named = [
            match
            for match in self._analysis.matches("indicator", leaf.start, start)
            if match.role == "figure" and self.suits(match, unit)
        ]
        return self._closest(named, active, unit) if named else None

    def suits(self, match: Match, unit: Concept) -> bool:
        """Tell whether the words can name what a number of `unit` measures; a figure word needs that very unit."""
        if match.role == "figure":
            return match.concept.first("unit") == unit.iri
        return self.fits(match.concept, unit)

    def fits(self, concept: Concept, unit: Concept) -> bool:
        """Tell whether a number of `unit` can be a value of the indicator."""
        told = [*concept.links.get("unit", ()), *concept.links.get("alternativeUnit", ())]
        known = [other for iri in told if (other := self._analysis.lexicon.concept(iri)) is not None]
        return not known or any(other.iri == unit.iri or base_of(other) == base_of(unit) for other in known)

    def above(self, unit: Concept, leaf: Section | Sentence) -> Concept | None:
        """Return the only indicator that the heading of the section names."""
        if leaf.section is None or leaf.section.startswith("p0"):
            return None
        heading = self._analysis.document.section(leaf.section)
        named = {
            match.concept.iri: match.concept
            for match in self._analysis.matches("indicator", heading.start, heading.end)
            if self.suits(match, unit) and match.role in ("label", "slip")
        }
        return next(iter(named.values())) if len(named) == 1 else None
