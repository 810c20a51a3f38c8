"""What the sentences of a report carry on from one to the next: the period and the whole that was told of last.

`Quý I/2023, thu ngân sách đạt …. Chi ngân sách đạt …` are both of the quarter; `Dự toán chi là 9 tỷ đồng. Trong đó: …`
goes on with parts of the plan. Not for: what one sentence carries from number to number (`reader`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.measure.figure import Thread, base_of
from hpkg.model import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.measure.outlook import OutlookReader
    from hpkg.extract.measure.period import PeriodReader
    from hpkg.model import Measurement, Sentence

__all__ = ["CourseReader"]

_WRAPPED: Final = 0.2
"""Share of sentences that hold a line end in a text whose lines were broken to fit a page."""


class CourseReader:
    """Follows the sentences of one report in text order."""

    def __init__(self, analysis: Analysis, periods: PeriodReader, outlook: OutlookReader) -> None:
        """Read from `analysis`."""
        self._analysis = analysis
        self._periods = periods
        self._outlook = outlook
        self._told: Measurement | None = None
        self._opened: str | None = None
        self._until = 0

    def open(self, leaf: Section | Sentence) -> Thread:
        """Return the thread of a leaf with what the leaf before hands on."""
        before, topic = self._carried(leaf), self._topic(leaf)
        thread = Thread(leaf, leaf.start, period=before.period if before else topic)
        if before is not None:
            self.part(thread, before)
        return thread

    def close(self, leaf: Section | Sentence, found: Sequence[Measurement]) -> None:
        """Keep what a leaf told last, brackets aside."""
        self._told = next((made for made in reversed(found) if not self.in_brackets(made, leaf)), None)
        self._until = leaf.end

    def part(self, thread: Thread, whole: Measurement) -> None:
        """Let the parts that are told next be of the kind of their whole."""
        kinds = ("plan", "target") if whole.sentence != thread.leaf.sentence else ("plan", "target", "result")
        if whole.kind in kinds:
            thread.mood, thread.mood_base = whole.kind, base_of(self._analysis.lexicon.get("unit", whole.unit))

    def keep(self, thread: Thread) -> None:
        """Keep what was told outside of brackets, with which the sentence goes on after them."""
        if thread.last is not None and not self.in_brackets(thread.last, thread.leaf):
            thread.outside = (thread.level, thread.last, len(thread.levels))

    def leave_brackets(self, thread: Thread, start: int) -> None:
        """Let a figure at `start` go on with what stood before the brackets that are closed before it."""
        last = thread.last
        if last is None or thread.outside is None or not self.in_brackets(last, thread.leaf):
            return
        if ")" in self._analysis.text[last.end : start]:
            thread.level, thread.last, levels = thread.outside
            del thread.levels[levels:]

    def in_brackets(self, made: Measurement, leaf: Section | Sentence) -> bool:
        """Tell whether a measurement is told in brackets, beside what the sentence is about."""
        before = self._analysis.text[leaf.start : made.start]
        return before.count("(") > before.count(")")

    def _carried(self, leaf: Section | Sentence) -> Measurement | None:
        """Return what the sentence right before a leaf that begins with `trong đó` told last."""
        before = self._told
        opens = any(cue.start == leaf.start for cue in self._analysis.cues("part", leaf.start, leaf.end)[:1])
        return before if opens and before is not None and before.section == leaf.section else None

    def _topic(self, leaf: Section | Sentence) -> str | None:
        """Return the past period with which a sentence of the same paragraph opened before."""
        between = self._analysis.text[self._until : leaf.start]
        if isinstance(leaf, Section) or ("\n\n" if self._is_wrapped else "\n") in between.replace("\r", ""):
            self._opened = None
        stated = self._periods.opening(leaf)
        if stated is None:
            return None if self._outlook.of_section(leaf.section) else self._opened
        self._opened = stated
        return None

    @cached_property
    def _is_wrapped(self) -> bool:
        """Tell whether lines are broken to fit a page, so that a paragraph ends at a blank line only."""
        sentences = self._analysis.document.sentences
        broken = sum("\n" in self._analysis.text[one.start : one.end] for one in sentences)
        return broken > len(sentences) * _WRAPPED
