"""Which sentences set a task, and which only tell: of results, of their assessment, of reasons, of what stands around.

Under a heading of tasks a sentence sets one unless it tells; elsewhere only where it opens with a verb of action, sets
a body to work, or stands below a body that words above it charge. Not for: who is charged (`hpkg.extract.charge`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hpkg.grammar.date import find_dates
from hpkg.model import Sentence

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.assignment import AssignmentReader
    from hpkg.extract.charge import ChargeReader
    from hpkg.extract.governing import GoverningReader
    from hpkg.model import Section

__all__ = ["DirectiveReader"]

_REACH: Final = 60
_LEAD: Final = 24
"""How far into a clause its verb of action may begin, for a connective such as `đồng thời`."""
_SPACE: Final = " \n\xa0*_"
_STOPS: Final = (".", ";", ",", ":", "…")
_AHEAD: Final = frozenset({"before", "until"})
"""Roles of dates that look ahead."""
_MARKS: Final = ",;:"
_MARK: Final = re.compile(r"\s*(?:[-–+•*]|\(?\w{1,4}[.)/])?\s*")
"""The mark of an item, where the outline left it in the sentence."""


class DirectiveReader:
    """Tells which sentences of one report set a task."""

    def __init__(
        self, analysis: Analysis, charges: ChargeReader, governing: GoverningReader, tables: AssignmentReader
    ) -> None:
        """Read from `analysis`, with who is charged by a sentence, by words above it and by tables."""
        self._analysis = analysis
        self._charges = charges
        self._governing = governing
        self._tables = tables

    def sets(self, sentence: Sentence) -> bool:
        """Tell whether a sentence under a heading of tasks sets one."""
        start, end = sentence.start, sentence.end
        if self._tables.is_row(sentence):
            return self._tables.row(sentence) is not None
        if self._governing.opens_list(sentence) or self._announces(start, end):
            return False
        if self.directs(start, end):
            return not self._tells_before_charge(start, end)
        return not self._tells(start, end) and not self._is_figure(start, end)

    def sets_anywhere(self, sentence: Sentence) -> bool:
        """Tell whether a sentence sets a task that no heading announces."""
        start, end = sentence.start, sentence.end
        if self._tables.is_row(sentence):
            return self._tables.row(sentence) is not None
        if self.is_formula(start, end) or self._announces(start, end):
            return False
        if self.directs(start, end):
            return not self._tells_before_charge(start, end)
        return self._is_governed(sentence) and not self._tells(start, end)

    def heading(self, section: Section) -> Sentence | None:
        """Return the sentence that a heading is that sets a body to work, with a full stop or a deadline.

        The last item of a list looks like a heading where plain words follow it.
        """
        start = self._opening(section.start, section.end)
        said = section.text.rstrip(_SPACE)
        if self._analysis.document.is_title(section) and self._analysis.cues("about", section.start, section.end):
            return None  # `Ủy ban nhân dân tỉnh chỉ đạo về việc …` tells what the document is on
        dated = said.endswith(":") and self._charges.deadline(start, section.end) is not None
        if not (said.endswith(".") or dated) or not self._charges.sets_work(start, section.end):
            return None
        text = self._analysis.text[start : section.end]
        return Sentence(
            id=section.id,
            report=section.report,
            section=section.section,
            start=start,
            end=section.end,
            text=text,
            parent=section.section,
        )

    def directs(self, start: int, end: int) -> bool:
        """Tell whether a stretch opens with a verb of action, or sets a body to work."""
        if self._is_figure(start, end):
            return False
        if self.opens_with_verb(start, end) or self._charges.sets_work(start, end):
            return True
        main = self._after_time(start, end)
        return main is not None and self.opens_with_verb(main, end)

    def _after_time(self, start: int, end: int) -> int | None:
        """Return where the main clause begins after a time ahead that opens a sentence (`Từ nay đến hết năm, …`)."""
        comma = self._analysis.text.find(",", start, min(end, start + _REACH))
        dates = find_dates(self._analysis.text[start:comma]) if comma >= 0 else []
        if not dates or self._is_of_past(start, end):
            return None
        said = self._analysis.text[comma + 1 : end]
        return end - len(said.lstrip(_SPACE))

    def opens_with_verb(self, start: int, end: int) -> bool:
        """Tell whether no more than connectives stand before the first verb of action."""
        return any(
            not any(char in _MARKS for char in self._analysis.text[start : verb.start])
            and verb.start - start <= _LEAD
            and self._is_lead(start, verb.start)
            for verb in self._analysis.cues("task-verb", start, min(end, start + _LEAD + 40))[:2]
        )

    def is_formula(self, start: int, end: int) -> bool:
        """Tell whether a sentence closes the document, or speaks of the document itself (`Nghị quyết này`)."""
        head = min(end, start + _REACH)
        if self._analysis.cues("formula", start, head):
            return True
        kinds = [kind for kind in self._analysis.matches("document-kind", start, head) if kind.start == start]
        return any(
            self._analysis.adjoins(kind.end, cue.start)
            for kind in kinds
            for cue in self._analysis.cues("this", kind.end, head)
        )

    def _is_figure(self, start: int, end: int) -> bool:
        """Tell whether a stretch is the line of a table: words, a colon, and a number."""
        colon = self._analysis.text.find(":", start, end)
        return colon >= 0 and any(
            self._analysis.adjoins(colon + 1, number.start) for number in self._analysis.numbers(colon, end)[:1]
        )

    def _is_lead(self, start: int, verb: int) -> bool:
        """Tell whether only connectives stand between the start of a clause and its verb."""
        words = self._analysis.tokens(start, verb)
        connectives = self._analysis.cues("connective", start, verb)
        return len(words) == sum(match.last - match.first for match in connectives)

    def _announces(self, start: int, end: int) -> bool:
        """Tell whether a sentence only announces the list below it (`… một số nhiệm vụ trọng tâm như sau:`)."""
        said = self._analysis.text[start:end].rstrip(_SPACE)
        at = start + len(said) - 1
        return said.endswith(":") and self._analysis.leads_to(("announces-tasks",), at, start)

    def _is_governed(self, sentence: Sentence) -> bool:
        """Tell whether words above a sentence charge a body with it; a title without a full stop is no task."""
        return sentence.text.rstrip(_SPACE).endswith(_STOPS) and bool(self._governing.of(sentence))

    def _opening(self, start: int, end: int) -> int:
        """Return where the first word of a sentence stands, after the mark of an item."""
        mark = _MARK.match(self._analysis.text, start, end)
        return mark.end() if mark is not None else start

    def _tells_before_charge(self, start: int, end: int) -> bool:
        """Tell whether a sentence opens with words of assessment and charges nobody after them."""
        opening = self._opening(start, end)
        opens = any(cue.start == opening for cue in self._analysis.cues("telling", start, min(end, start + _REACH)))
        if not opens or self._charges.charges_any(opening, end) or self._charges.deadline(start, end) is not None:
            return False
        return not self._charges.bodies(opening, end)

    def _tells(self, start: int, end: int) -> bool:
        """Tell whether a sentence tells of results, of shortcomings, of reasons or of what stands around."""
        if self._tells_before_charge(start, end):
            return True
        if self._analysis.cues("must", start, end) or self._charges.charges_any(start, end):
            return False
        verbs = self._analysis.cues("task-verb", start, end)
        if self._analysis.cues("past", start, verbs[0].start if verbs else end):
            return True
        if self._charges.deadline(start, end) is not None:
            return False
        return self._is_of_past(start, end) or bool(self._analysis.cues("lacking", start, end))

    def _is_of_past(self, start: int, end: int) -> bool:
        """Tell whether a sentence opens with a time that the report looks back on (`Năm 2020, …`)."""
        metadata = self._analysis.document.source.metadata
        opening = self._opening(start, end)
        dates = find_dates(self._analysis.text[opening : min(end, opening + _REACH)])[:1]
        last = metadata.date.isoformat()
        planned = metadata.plan_year or metadata.date.year
        return any(
            date.start <= _LEAD
            and date.role not in _AHEAD
            and (int(date.value[:4]) < planned or date.value.rpartition("/")[2] < last[: len(date.value)])
            for date in dates
        )
