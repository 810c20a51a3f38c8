"""Where a figure stands: the mood of its passage, and what the words of its clause say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.extract.measure.figure import SHARES, is_counted
from hpkg.extract.measure.kind import Setting

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.measure.figure import Figure
    from hpkg.extract.measure.outlook import OutlookReader
    from hpkg.extract.measure.subject import Subject
    from hpkg.model import Section, Sentence

__all__ = ["SettingReader"]


class SettingReader:
    """Reads the settings of the figures of one report."""

    def __init__(self, analysis: Analysis, outlook: OutlookReader) -> None:
        """Read from `analysis`."""
        self._analysis = analysis
        self._outlook = outlook

    def read(self, figure: Figure, leaf: Section | Sentence, subject: Subject, *, ahead: bool) -> Setting:
        """Return the setting of a figure, of which `ahead` says that it is to be reached."""
        start = figure.governor.lead
        return Setting(
            leaf,
            self._analysis.role(leaf.section),
            ahead,
            growth=subject.grows,
            named=subject.of_measure,
            known=subject.concept is not None and subject.own and not subject.figured,
            parts=figure.unit.key in SHARES and bool(self._analysis.cues("structure", leaf.start, figure.number_start)),
            conditional=bool(self._analysis.cues("condition", self._clause_start(leaf, start), start)),
            strives=self._outlook.strives(leaf, start),
            acted=self._is_acted(leaf, start),
        )

    def names_plan(self, figure: Figure, leaf: Section | Sentence, floor: int) -> bool:
        """Tell whether what a figure gives is a planned level: `kế hoạch vốn là 9 tỷ đồng`, `quyết nghị … 9 tỷ đồng`.

        The name of such a level opens the clause after `floor`; a word of decision may stand anywhere before it.
        """
        governor = figure.governor
        if governor.grows or governor.of_plan or governor.ratio or governor.share or governor.exceeds:
            return False
        end = governor.lead
        while end > floor and self._analysis.text[end - 1] in " :\n":
            end -= 1
        verbs = self._analysis.cues("reach", end, figure.number_start)
        if governor.acts or any(self._analysis.text[verb.start : verb.end] != "là" for verb in verbs):
            return False
        start = max(floor, self._clause_start(leaf, end))
        first = next((token.start for token in self._analysis.tokens(start, end) if token.kind == "letters"), end)
        decided = not is_counted(figure.unit) and self._analysis.cues("decided", floor, end)
        return bool(decided) or any(c.start == first for c in self._analysis.cues("planned-level", first, end))

    def _clause_start(self, leaf: Section | Sentence, start: int) -> int:
        """Return where the part of the clause that leads to `start` begins."""
        return max(leaf.start, *(self._analysis.text.rfind(mark, leaf.start, start) for mark in ",;:.("))

    def _is_acted(self, leaf: Section | Sentence, start: int) -> bool:
        """Tell whether words stand right before `start`, no preposition and none that joins: `xây lại | 20 nhà`."""
        floor = self._clause_start(leaf, start)
        words = self._analysis.tokens(floor, start)
        joined = self._analysis.leads_to(("conjunction", "adposition", "plural", "several"), start, floor)
        last = words[-1] if words else None
        return last is not None and last.kind == "letters" and self._analysis.adjoins(last.end, start) and not joined
