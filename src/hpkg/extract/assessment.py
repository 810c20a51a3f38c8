"""The indicators a report judges against its plan: in lists of what was met and missed, else in its running text."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.model import Assessment
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.things import Things
    from hpkg.lexicon import Match
    from hpkg.model import Attainment, Sentence

__all__ = ["AssessmentReader"]

_ITEM: Final = re.compile(r"\((\d{1,2})\)\s*")
_EDGE: Final = " ;,.\n\xa0"
_FEWEST_ITEMS: Final = 2
_JUDGED: Final = frozenset({"result", "change", "ratio"})
"""Kinds of figures that a verdict can be on."""
_JOINED: Final = re.compile(r"[^.;:()\d]{0,40}[,(]\s*(?:cơ bản\s|và\s)?")
"""What may stand between a figure and its verdict: `so với cùng kỳ, `."""
_STOP: Final = re.compile(r"[,;.()]")


class AssessmentReader:
    """The judged indicators of one report."""

    def __init__(self, analysis: Analysis, things: Things) -> None:
        """Read from `analysis`, with the things found in it."""
        self._analysis = analysis
        self._things = things

    @cached_property
    def assessments(self) -> list[Assessment]:
        """Return the items of lists that say which indicators were met and which missed, else verdicts in the text."""
        leaves = self._analysis.leaves
        numbered = [made for sentence in self._analysis.document.sentences for made in self._assess(sentence)]
        judged = {made.sentence for made in numbered}
        listed = [
            made for at, leaf in enumerate(leaves) if leaf.sentence not in judged for made in self._assess_list(at)
        ]
        if not numbered and not listed:
            return [made for sentence in self._analysis.document.sentences for made in self._told(sentence)]
        return sorted((*numbered, *listed), key=lambda made: made.start)

    def _told(self, sentence: Sentence) -> Iterator[Assessment]:
        """Yield the verdicts right after the figures they judge: `việc làm cho 5.000 lao động, vượt kế hoạch`."""
        text, before = self._analysis.text, None
        for at, verdict in enumerate(self._analysis.matches("attainment", sentence.start, sentence.end), 1):
            figures = self._things.measurements.inside(sentence.start, verdict.start)
            stop = _STOP.search(text, verdict.end, sentence.end)
            counted = self._analysis.numbers(verdict.end, stop.start() if stop else sentence.end)
            if not figures or counted or figures[-1].kind not in _JUDGED or figures[-1].id == before:
                continue
            figure, between = figures[-1], text[figures[-1].end : verdict.start]
            if figure.indicator is None or not _JOINED.fullmatch(between):
                continue
            before = figure.id
            stated = self._analysis.stated(verdict.start, verdict.end)
            yield Assessment(
                id=str(mint("assessment", self._analysis.report, f"{stated['sentence']}.v{at}")),
                **stated,
                indicator=figure.indicator,
                indicator_label=figure.indicator_label or "",
                number=None,
                period=figure.period or self._analysis.period(sentence.section),
                status="met" if verdict.concept.key == "met" else "missed",
                cause=None,
                cause_span=None,
            )

    def _assess_list(self, at: int) -> Iterator[Assessment]:
        """Yield the items of a list without numbers that a verdict and a colon lead to, if each names an indicator."""
        leaf = self._analysis.leaves[at]
        colon = self._analysis.text.find(":", leaf.start, leaf.end)
        verdicts = self._analysis.matches("attainment", leaf.start, colon) if colon >= 0 else []
        if not verdicts:
            return
        inline = bool(self._analysis.text[colon + 1 : leaf.end].strip())
        items = list(self._parts(colon + 1, leaf.end) if inline else self._below(at))
        if len(items) < _FEWEST_ITEMS or not all(self._indicator(*item) for item in items):
            return
        status: Attainment = "met" if verdicts[-1].concept.key == "met" else "missed"
        cause = self._cause_before(leaf.start, verdicts[-1])
        for number, (start, end) in enumerate(items, 1):
            yield self._assessment(str(number), start, end, status, cause)

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the parts between semicolons."""
        while start < end:
            stop = self._analysis.text.find(";", start, end)
            stop = end if stop < 0 else stop
            said = self._analysis.text[start:stop]
            first = start + len(said) - len(said.lstrip(_EDGE))
            if said.strip(_EDGE):
                yield first, start + len(said.rstrip(_EDGE))
            start = stop + 1

    def _below(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the items below the line `at`: those that end in a semicolon, and the one that closes the list."""
        lead = self._analysis.leaves[at]
        for leaf in self._analysis.leaves[at + 1 :]:
            said = self._analysis.text[leaf.start : leaf.end]
            if leaf.section != lead.section and not (leaf.section or "").startswith(f"{lead.section}."):
                return
            yield leaf.start, leaf.start + len(said.rstrip(_EDGE))
            if not said.endswith(";"):
                return

    def _assess(self, sentence: Sentence) -> Iterator[Assessment]:
        items = list(_ITEM.finditer(self._analysis.text, sentence.start, sentence.end))
        if len(items) < _FEWEST_ITEMS:
            return
        verdicts = self._analysis.matches("attainment", sentence.start, items[0].start())
        if not verdicts:
            return
        verdict = verdicts[-1]
        cause = self._cause_before(sentence.start, verdict)
        status: Attainment = "met" if verdict.concept.key == "met" else "missed"
        for at, item in enumerate(items):
            stop = items[at + 1].start() if at + 1 < len(items) else sentence.end
            end = item.end() + len(self._analysis.text[item.end() : stop].rstrip(_EDGE))
            yield self._assessment(item[1], item.end(), end, status, cause)

    def _assessment(
        self, number: str, start: int, end: int, status: Attainment, cause: tuple[int, int] | None
    ) -> Assessment:
        stated = self._analysis.stated(start, end)
        place = stated["sentence"] or stated["section"]
        concept = self._indicator(start, end)
        label = self._things.corrections.mend(squeeze(self._analysis.text[start:end]), start)
        return Assessment(
            id=str(mint("assessment", self._analysis.report, f"{place}.a{int(number)}")),
            **stated,
            indicator=concept,
            indicator_label=label,
            number=number,
            period=self._analysis.period(stated["section"]),
            status=status,
            cause=squeeze(self._analysis.text[slice(*cause)]) if cause else None,
            cause_span=cause,
        )

    def _indicator(self, start: int, end: int) -> str | None:
        """Return the indicator an item names: the one whose words cover most of it, a bundle before its parts."""
        named = self._analysis.matches("indicator", start, end)
        best = max(named, key=lambda match: (match.end - match.start, -match.start), default=None)
        return best.concept.iri if best else None

    def _cause_before(self, start: int, verdict: Match) -> tuple[int, int] | None:
        """Return the span of the cause between `do` and the verdict, or the comma that ends its clause."""
        cues = self._analysis.cues("because", start, verdict.start)
        if not cues:
            return None
        said = self._analysis.text[cues[0].start : verdict.start].partition(",")[0]
        return cues[0].start, cues[0].start + len(said.rstrip(_EDGE))
