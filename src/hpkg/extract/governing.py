"""Who is charged by words above a task: a heading, or a sentence with a colon that opens a list.

`2. Sở Y tế:` governs all that stands below it; `Bưu điện tỉnh:` in a list governs the items under it. The nearest words
count. Not for: what a sentence says of itself (`hpkg.extract.charge`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.charge import ChargeReader
    from hpkg.model import Section, Sentence

__all__ = ["GoverningReader"]

_STOPS: Final = (".", ";", ",", "…")
_MARK: Final = 6
"""How long a mark without a title is at most."""


class _Lead(NamedTuple):
    """A sentence that opens a list and charges bodies with it."""

    sentence: Sentence
    mark: str
    bodies: tuple[str, ...]


class GoverningReader:
    """The bodies that headings and opening sentences of one report charge."""

    def __init__(self, analysis: Analysis, charges: ChargeReader) -> None:
        """Read from `analysis`, with the bodies that `charges` finds in a stretch."""
        self._analysis = analysis
        self._charges = charges
        self._headings: dict[str, tuple[str, ...]] = {}

    def heading(self, section: Section) -> tuple[str, ...]:
        """Return the bodies that the heading of a section charges, or of which alone it consists."""
        path = section.section or ""
        if path not in self._headings:
            start, end = section.start, section.end
            charges = end - start > _MARK and not self._analysis.document.is_title(section)
            bodies = self._charges.bodies(start, end) or self._charges.alone(start, end) if charges else ()
            self._headings[path] = tuple(bodies)
        return self._headings[path]

    def opens_list(self, sentence: Sentence) -> bool:
        """Tell whether a sentence only names the bodies that the list below it charges."""
        said = sentence.text.rstrip()
        return not said.endswith(_STOPS) and bool(self._charges.alone(sentence.start, sentence.end))

    def of(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the bodies that words above `sentence` charge with it; the nearest words that charge any count."""
        path, at = sentence.section or "", sentence.start
        for lead in self._leads(path, at, sentence):
            return lead.bodies
        while path:
            section = self._analysis.document.section(path)
            bodies = self.heading(section)
            if bodies:
                return bodies
            path, at = section.parent or "", section.start
            for lead in self._leads(path, at, None):
                return lead.bodies
        return ()

    def _leads(self, path: str, at: int, sentence: Sentence | None) -> Iterator[_Lead]:
        """Yield the sentences that open a list in which `at` stands, the nearest first."""
        for lead in reversed(self._opening.get(path, [])):
            if lead.sentence.start < at and not self._is_closed(lead, path, at, sentence):
                yield lead

    def _is_closed(self, lead: _Lead, path: str, at: int, sentence: Sentence | None) -> bool:
        """Tell whether a list has come to its end before `at`: by an item like its opening, or by plain words again."""
        between = [one for one in self._by_section[path] if lead.sentence.start < one.start < at]
        marks = [self._mark(one) for one in (*between, *([sentence] if sentence else []))]
        if lead.mark:
            return lead.mark in marks
        listed = next((index for index, mark in enumerate(marks) if mark), None)
        return listed is not None and "" in marks[listed:]

    @cached_property
    def _by_section(self) -> dict[str, list[Sentence]]:
        found: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self._analysis.document.sentences:
            found[sentence.section or ""].append(sentence)
        return found

    @cached_property
    def _opening(self) -> dict[str, list[_Lead]]:
        """Return the sentences that open a list and charge bodies with it, by their section."""
        found: dict[str, list[_Lead]] = defaultdict(list)
        for sentence in self._analysis.document.sentences:
            if sentence.section is None or not (sentence.text.rstrip().endswith(":") or self.opens_list(sentence)):
                continue
            start, end = sentence.start, sentence.end
            bodies = tuple(self._charges.bodies(start, end) or self._charges.alone(start, end))
            mark = self._mark(sentence)
            if bodies and mark is not None:
                found[sentence.section].append(_Lead(sentence, mark, bodies))
        return found

    def _mark(self, sentence: Sentence) -> str | None:
        """Return the bullet before a sentence, "" where it opens a line without one, None where it opens none."""
        line = self._analysis.text.rfind("\n", 0, sentence.start) + 1
        said = self._analysis.text[line : sentence.start].strip(" \t\xa0*_")
        return said if not any(map(str.isalnum, said)) else None
