"""Whether a passage tells what was reached or what is to be reached.

The nearest that says so decides: the clause (`phấn đấu`), the role or the words of the headings above, the title of the
document. Not for: the year.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.analysis import PLAN_ROLES
from hpkg.extract.section import OPENING, is_run_in
from hpkg.grammar.word import tokens

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.model import Section, Sentence

__all__ = ["OutlookReader"]

_PAST_ROLES: Final = frozenset({"results", "shortcomings", "general-assessment"})
_LONGEST_HEADING: Final = 160
_LONGEST_TITLE: Final = 700
_FULL_STOP: Final = re.compile(r"(?<=[^\W\d_A-ZĐ])[)”]?\.(?=\s)")


class OutlookReader:
    """Tells for the passages of one document whether they look ahead."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis
        self._sections: dict[str | None, bool] = {}

    def ahead(self, leaf: Section | Sentence, start: int) -> bool:
        """Tell whether the figure whose words start at `start` is to be reached."""
        return self.strives(leaf, start) or (self.of_section(leaf.section) and not self._looks_back(leaf, start))

    def strives(self, leaf: Section | Sentence, start: int) -> bool:
        """Tell whether the clause of `start` says that something is aimed at."""
        floor = max(self._analysis.text.rfind(mark, leaf.start, start) for mark in ";:.")
        return bool(self._analysis.cues("strive", max(leaf.start, floor), start))

    def foresees(self, leaf: Section | Sentence, start: int) -> bool:
        """Tell whether the clause of `start` says that something is yet to come: `sẽ`, `dự kiến`."""
        floor = max(leaf.start, *(self._analysis.text.rfind(mark, leaf.start, start) for mark in ";:."))
        return any(self._analysis.cues(key, floor, start) for key in ("future", "estimated", "must"))

    def _looks_back(self, leaf: Section | Sentence, start: int) -> bool:
        """Tell whether the clause of `start` tells of the past: its first verb does, and no later one looks ahead."""
        floor = max(leaf.start, *(self._analysis.text.rfind(mark, leaf.start, start) for mark in ";:.("))
        told = self._analysis.cues("so-far", floor, start)
        if not told or self._analysis.cues("task-verb", floor, told[0].start):
            return False
        return not any(self._analysis.cues(key, told[0].end, start) for key in ("strive", "must", "future"))

    def of_section(self, section: str | None) -> bool:
        """Tell whether a section looks ahead."""
        if section not in self._sections:
            self._sections[section] = self._read_section(section)
        return self._sections[section]

    def _read_section(self, path: str | None) -> bool:
        role = self._analysis.role(path)
        if role in PLAN_ROLES or role in _PAST_ROLES:
            return role in PLAN_ROLES
        if path is None or path.startswith("p0"):
            return self._of_title
        section = self._analysis.document.section(path)
        limit = OPENING if is_run_in(section) else None
        short = len(section.title) <= _LONGEST_HEADING
        said = self._said_in(section.title, "outlook-ahead", limit=limit) if short else None
        if said is not None:
            return said
        return self.of_section(section.parent) if section.parent else self._of_title

    @cached_property
    def _of_title(self) -> bool:
        """Tell whether the name of the document speaks of what is to be done, and of nothing that was."""
        named = self._said_in(self._analysis.document.source.metadata.title, "outlook-ahead", "title-ahead")
        return bool(self._said_in(self._opening, "outlook-ahead", "title-ahead") if named is None else named)

    @property
    def _opening(self) -> str:
        """Return the text before the legal basis of the document, where its name stands."""
        text, leaves = self._analysis.text, self._analysis.leaves
        opening = text[: (leaves[0].start if leaves else 0) + _LONGEST_TITLE]
        basis = self._analysis.lexicon.find(tokens(opening), "cue/legal-basis")
        stops = [cue.start for cue in basis if opening[cue.start].isupper()]
        told = _FULL_STOP.search(opening)
        first = self._analysis.leaf(told.start()) if told else None
        end = first.start if first is not None else len(opening)  # a name is no sentence
        return opening[: min(stops, default=end)][-_LONGEST_TITLE:]

    def _said_in(self, text: str, *ahead: str, limit: int | None = None) -> bool | None:
        """Tell what the words of a heading say; None when they say neither, or both.

        What a word for the past leads to was done: `kết quả thực hiện nhiệm vụ`, `tình hình thực hiện kế hoạch`. Of a
        sentence that is run in only words that start within the first `limit` speak for the section.
        """
        run = tokens(text)
        found = {key: self._analysis.lexicon.find(run, f"cue/{key}") for key in (*ahead, "outlook-back")}
        if limit is not None:
            found = {key: [match for match in matches if match.first <= limit] for key, matches in found.items()}
        back = found.pop("outlook-back")
        governed = {match.last for match in back}
        looks = any(match.first not in governed for matches in found.values() for match in matches)
        return looks if looks != bool(back) else None
