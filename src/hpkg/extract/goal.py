"""The dual goal of a plan: an objective that the text names and that has two halves to be reached together.

Not for: the sentences of the general objective (`hpkg.extract.plan`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.extract.analysis import PLAN_ROLES
from hpkg.model import Objective
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.things import Things
    from hpkg.lexicon import Match

__all__ = ["GoalReader"]

_OPENING: Final = frozenset("“\"«‘'")
_CLOSING: Final = frozenset("”\"»’'")
_STOPS: Final = ",;.:"
_HALVES: Final = 2
_VERB: Final = 2
"""How many words a verb has at most."""


class GoalReader:
    """The dual goal of one report."""

    def __init__(self, analysis: Analysis, things: Things) -> None:
        """Read from `analysis`, with the things found in it."""
        self._analysis = analysis
        self._things = things

    @cached_property
    def facts(self) -> list[Objective]:
        """Return the dual goal of the plan: one record, whatever sentences name it; nothing where none does."""
        if not self._names:
            return []
        spans = [self._span(name) for name in self._names]
        start, end = max(spans, key=lambda span: (len(self._halves(*span)), -span[0]))
        metadata = self._analysis.document.source.metadata
        key = slug(self._analysis.lexicon.get("cue", "dual-goal").label)
        return [
            Objective(
                id=str(mint("objective", self._analysis.document.source.area, slug(metadata.own_plan), key)),
                **self._analysis.stated(start, end),
                label=self._things.corrections.mend(squeeze(self._analysis.text[start:end]), start),
                period=metadata.own_plan,
                dual=True,
                topics=self._things.topics(start, end),
                mentions=tuple(self._analysis.mention(*span) for span in spans),
            )
        ]

    def served(self, start: int, end: int) -> tuple[str, ...]:
        """Return the ids of the goals that a stretch names, or a half of which it is about."""
        named = any(start <= name.start and name.end <= end for name in self._names)
        about = self._topics & set(self._things.topics(start, end))
        return tuple(goal.id for goal in self.facts if named or about)

    @cached_property
    def _names(self) -> list[Match]:
        """Return where the parts of the text that speak of the plan name a dual goal."""
        return [
            name
            for leaf in self._analysis.leaves
            if self._speaks_of_plan(leaf.section)
            for name in self._analysis.cues("dual-goal", leaf.start, leaf.end)
        ]

    def _speaks_of_plan(self, section: str | None) -> bool:
        metadata = self._analysis.document.source.metadata
        planned = self._analysis.role(section) in PLAN_ROLES or self._analysis.period(section) == metadata.planned
        return planned or metadata.only_plans

    @cached_property
    def _topics(self) -> set[str]:
        """Return the first topic of each half: what a half is about before it says what that is good for."""
        halves = (self._halves(goal.start, goal.end) for goal in self.facts)
        found = (self._things.topics(*half)[:1] for both in halves for half in both)
        return {topic for topics in found for topic in topics}

    def _halves(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the two halves that the words of a goal have, or nothing."""
        opened = [cue.end for cue in self._analysis.cues("half", start, end)]
        if len(opened) < _HALVES:
            return []
        return list(zip(opened[:_HALVES], [*opened[1:_HALVES], end], strict=True))

    def _span(self, name: Match) -> tuple[int, int]:
        """Return the stretch of a goal: its name with the marks around it, and both halves where they follow."""
        text, leaf = self._analysis.text, self._analysis.leaf(name.start)
        start, end = name.start, name.end
        if text[start - 1 : start] in _OPENING and text[end : end + 1] in _CLOSING:
            start, end = start - 1, end + 1
        stop = leaf.end if leaf else end
        opened = self._analysis.cues("half", end, stop)[:_HALVES]
        follows = len(opened) == _HALVES and not text[end : opened[0].start].strip(" ,:\n\xa0–-")
        return (start, self._half_end(opened[1].end, stop)) if follows else (start, end)

    def _half_end(self, start: int, stop: int) -> int:
        """Return where the second half ends: at the first stop after more than a verb (`phục hồi, phát triển …`)."""
        text, at = self._analysis.text, start
        while at < stop:
            bare = text[at] == "," and len(self._analysis.tokens(start, at)) <= _VERB
            if text[at] in _STOPS and not bare:
                break
            at += 1
        return start + len(text[start:at].rstrip())
