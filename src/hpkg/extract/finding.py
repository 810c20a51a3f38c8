"""The judged indicators, the shortcomings and the causes a report gives."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.model import Assessment, Cause, Sentence, Shortcoming
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.things import Things
    from hpkg.lexicon import Match
    from hpkg.model import Attainment

__all__ = ["FindingReader"]

_ITEM: Final = re.compile(r"\((\d{1,2})\)\s*")
_EDGE: Final = " ;,.\n\xa0"
_FEWEST_ITEMS: Final = 2


class FindingReader:
    """What one report says was reached, missed, lacking, and why."""

    def __init__(self, analysis: Analysis, things: Things) -> None:
        """Read from `analysis`, with the things found in it."""
        self._analysis = analysis
        self._things = things

    # --- assessments

    @cached_property
    def assessments(self) -> list[Assessment]:
        """Return the items of lists that say which indicators were met and which missed."""
        return [made for sentence in self._analysis.document.sentences for made in self._assess(sentence)]

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
            yield self._assessment(item, end, status, cause)

    def _assessment(
        self, item: re.Match[str], end: int, status: Attainment, cause: tuple[int, int] | None
    ) -> Assessment:
        start, number = item.end(), item[1]
        stated = self._analysis.stated(start, end)
        concept = self._indicator(start, end)
        label = self._things.corrections.mend(squeeze(self._analysis.text[start:end]), start)
        return Assessment(
            id=str(mint("assessment", self._analysis.report, f"{stated['sentence']}.a{int(number)}")),
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

    # --- shortcomings and causes

    @cached_property
    def _parted(self) -> tuple[list[Sentence], list[Sentence]]:
        """Return the sentences of shortcomings, and those of their causes."""
        lacking: list[Sentence] = []
        causes: list[Sentence] = []
        section: str | None = None
        for sentence in self._analysis.sentences_of("shortcomings"):
            if sentence.section != section:
                section, opened = sentence.section, False
            opened = opened or self._opens_causes(sentence)
            (causes if opened else lacking).append(sentence)
        return lacking, causes

    def _opens_causes(self, sentence: Sentence) -> bool:
        cues = self._analysis.cues("causes", sentence.start, sentence.end)
        return any(cue.start == sentence.start for cue in cues)

    def _cause_start(self, sentence: Sentence) -> int:
        """Return where a cause begins, after words such as `Nguyên nhân của …:`."""
        for cue in self._analysis.cues("causes", sentence.start, sentence.end):
            colon = self._analysis.text.find(":", cue.end, sentence.end)
            if cue.start == sentence.start and colon >= 0:
                said = self._analysis.text[colon + 1 : sentence.end]
                return colon + 1 + len(said) - len(said.lstrip())
        return sentence.start

    @cached_property
    def causes(self) -> list[Cause]:
        """Return the causes given for all shortcomings together, and those a shortcoming itself gives."""
        common = [self._cause(sentence, self._cause_start(sentence), sentence.end) for sentence in self._parted[1]]
        own = [
            self._cause(sentence, *span)
            for sentence in self._parted[0]
            if (span := self._own_cause(sentence)) is not None
        ]
        return sorted((*common, *own), key=lambda cause: cause.start)

    def _own_cause(self, sentence: Sentence) -> tuple[int, int] | None:
        cues = self._analysis.cues("because", sentence.start, sentence.end)
        if not cues:
            return None
        said = self._analysis.text[cues[0].start : sentence.end]
        return cues[0].start, cues[0].start + len(said.rstrip(_EDGE))

    def _cause(self, sentence: Sentence, start: int, end: int) -> Cause:
        end = start + len(self._analysis.text[start:end].rstrip(_EDGE))
        return Cause(
            id=self._cause_id(sentence),
            **self._analysis.stated(start, end),
            label=self._things.corrections.mend(squeeze(self._analysis.text[start:end]), start),
            topics=self._things.topics(start, end),
        )

    def _cause_id(self, sentence: Sentence) -> str:
        return str(mint("cause", self._analysis.report, f"{sentence.sentence}.1"))

    @cached_property
    def shortcomings(self) -> list[Shortcoming]:
        """Return the shortcomings with their causes: stated in the sentence, else given for all together."""
        common = tuple(self._cause_id(sentence) for sentence in self._parted[1])
        found: list[Shortcoming] = []
        for sentence in self._parted[0]:
            own = self._own_cause(sentence) is not None
            causes = (self._cause_id(sentence),) if own else common
            found.append(
                Shortcoming(
                    id=str(mint("shortcoming", self._analysis.report, sentence.sentence or "")),
                    **self._analysis.stated(sentence.start, sentence.end),
                    label=self._things.corrections.mend(squeeze(sentence.text), sentence.start),
                    causes=causes,
                    basis=("stated" if own else "inferred") if causes else None,
                    topics=self._things.topics(sentence.start, sentence.end),
                )
            )
        return found
