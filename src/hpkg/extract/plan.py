"""The theme, the objectives and the pillars of a plan, and what it announces without stating it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.model import Objective, Omission, Theme
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.things import Things

__all__ = ["PlanReader"]

_QUOTES: Final = "“”\"'«» .;"
_REACH: Final = 60


class PlanReader:
    """The plan that one report sets out."""

    def __init__(self, analysis: Analysis, things: Things) -> None:
        """Read from `analysis`, with the things found in it."""
        self._analysis = analysis
        self._things = things

    @cached_property
    def theme(self) -> Theme | None:
        """Return the theme, None where the report states none."""
        for sentence in self._analysis.sentences_of("theme"):
            said = self._analysis.text[sentence.start : sentence.end]
            start = sentence.start + len(said) - len(said.lstrip(_QUOTES))
            end = sentence.end - len(said) + len(said.rstrip(_QUOTES))
            period, metadata = self._analysis.period(sentence.section), self._analysis.document.source.metadata
            return Theme(
                id=str(mint("theme", self._analysis.document.source.area, slug(metadata.own_plan))),
                **self._analysis.stated(start, end),
                label=self._things.corrections.mend(squeeze(self._analysis.text[start:end]), start),
                period=period,
            )
        return None

    def serves_theme(self, start: int, end: int) -> bool:
        """Tell whether a stretch speaks of what the theme speaks of: they share a topic."""
        return bool(self._topics & set(self._things.topics(start, end)))

    @cached_property
    def _topics(self) -> set[str]:
        """Return the topics of the theme."""
        return set() if self.theme is None else set(self._things.topics(self.theme.start, self.theme.end))

    @cached_property
    def objectives(self) -> list[Objective]:
        """Return the sentences of the general objective."""
        return [
            Objective(
                id=str(mint("objective", self._analysis.report, sentence.sentence or "")),
                **self._analysis.stated(sentence.start, sentence.end),
                label=self._things.corrections.mend(squeeze(sentence.text), sentence.start),
                period=self._analysis.period(sentence.section),
                pillars=self._stated_pillars(sentence.start, sentence.end),
                topics=self._things.topics(sentence.start, sentence.end),
            )
            for sentence in self._analysis.sentences_of("general-objective")
        ]

    def _stated_pillars(self, start: int, end: int) -> tuple[str, ...]:
        named = self._analysis.matches("pillar", start, end)
        return tuple(dict.fromkeys(match.concept.key for match in named if match.role in ("label", "slip")))

    @cached_property
    def omissions(self) -> list[Omission]:
        """Return what the report announces and does not state: annexes, and numbered things it never names."""
        return sorted((*self._annexes(), *self._unnamed()), key=lambda omission: omission.start)

    def _annexes(self) -> Iterator[Omission]:
        """Yield the annexes of phrases such as `(có danh mục chi tiết kèm theo)`."""
        for leaf in self._analysis.leaves:
            for cue in self._analysis.cues("attached", leaf.start, leaf.end):
                things = self._analysis.cues("annex", max(leaf.start, cue.start - _REACH), cue.start)
                if things:
                    yield self._omission("annex", things[0].start, cue.end, None)

    def _unnamed(self) -> Iterator[Omission]:
        """Yield counted things (`03 hướng đột phá`) that no list follows."""
        for leaf in self._analysis.leaves:
            for match in self._analysis.matches("omission-kind", leaf.start, leaf.end):
                counted = [
                    number
                    for number in self._analysis.numbers(leaf.start, match.start)
                    if self._analysis.adjoins(number.end, match.start)
                ]
                if counted and match.concept.key != "annex" and not self._is_listed(match.end, leaf.end):
                    yield self._omission(match.concept.key, counted[-1].start, match.end, int(counted[-1].values[0]))

    def _is_listed(self, end: int, stop: int) -> bool:
        """Tell whether names follow: after a colon, or in brackets."""
        return self._analysis.text[end:stop].lstrip()[:1] in (":", "(")

    def _omission(self, kind: str, start: int, end: int, count: int | None) -> Omission:
        return Omission(
            id=str(mint("omission", self._analysis.report, f"c{start}")),
            **self._analysis.stated(start, end),
            label=self._things.corrections.mend(squeeze(self._analysis.text[start:end]), start),
            kind=kind,
            count=count,
        )
