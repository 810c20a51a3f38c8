"""Tasks that stand in the rows of a table: what is to be done, who is in charge, and by when.

The head of the table says which column is which. Not for: tables of figures (`hpkg.extract.measure.table`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.row import RULE, count_bars, split_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.model import Sentence

__all__ = ["Assignment", "AssignmentReader"]

_FEWEST_BARS: Final = 2
_COLUMNS: Final = ("task-column", "charge-column", "when-column")

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A row that sets a task: the spans of its cells; None for a column that the table lacks."""

    task: _Span
    bodies: _Span | None
    when: _Span | None


@dataclass(frozen=True, slots=True)
class _Head:
    """Which column of a table is which."""

    width: int
    columns: dict[str, int]


class AssignmentReader:
    """The tables of tasks of one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis

    def row(self, sentence: Sentence) -> Assignment | None:
        """Return what a sentence sets that is a row of a table of tasks, None for any other."""
        return self._rows.get(sentence.start)

    def is_row(self, sentence: Sentence) -> bool:
        """Tell whether a sentence is the head or a row of a table of tasks, be it one that only heads others."""
        return sentence.start in self._heads or sentence.start in self._held

    @cached_property
    def _heads(self) -> dict[int, _Head]:
        return {
            sentence.start: head
            for sentence in self._barred()
            if (head := self._head(sentence)) is not None and "charge-column" in head.columns
        }

    def _barred(self) -> Iterator[Sentence]:
        for sentence in self._analysis.document.sentences:
            if count_bars(self._analysis.text, sentence.start, sentence.end) >= _FEWEST_BARS:
                yield sentence

    def _head(self, sentence: Sentence) -> _Head | None:
        """Return the columns that a row names, None where it names none."""
        cells = split_row(self._analysis.text, sentence.start, sentence.end)
        columns: dict[str, int] = {}
        for at, cell in enumerate(cells):
            for key in _COLUMNS:
                if key not in columns and self._analysis.cues(key, *cell):
                    columns[key] = at
                    break
        return _Head(len(cells), columns) if columns else None

    @cached_property
    def _rows(self) -> dict[int, Assignment]:
        return {start: row for start, row in self._held.items() if row is not None}

    @cached_property
    def _held(self) -> dict[int, Assignment | None]:
        """Return what each row of a table of tasks sets, by where it begins; None for one that sets nothing."""
        found: dict[int, Assignment | None] = {}
        head: _Head | None = None
        last = 0
        for sentence in self._barred():
            if sentence.start in self._heads:
                head = self._heads[sentence.start]
            elif head is None or self._analysis.text[last : sentence.start].strip(RULE):
                head = None
                continue
            else:
                cells = split_row(self._analysis.text, sentence.start, sentence.end)
                found[sentence.start] = self._assignment(head, cells)
            last = sentence.end
        return found

    def _assignment(self, head: _Head, cells: list[_Span]) -> Assignment | None:
        """Return what a row sets; one that lacks its last, empty cells is as good as a whole one.

        A row with nothing but a title heads those below it.
        """
        worded = [at for at, cell in enumerate(cells) if any(map(str.isalpha, self._analysis.text[slice(*cell)]))]
        at = head.columns.get("task-column", worded[0] if worded else -1)
        alone = not any(map(str.isalnum, self._analysis.text[cells[at][1] : cells[-1][1]]))
        if at not in worded or len(worded) < _FEWEST_BARS or len(cells) > head.width or alone:
            return None
        charge, when = head.columns["charge-column"], head.columns.get("when-column", head.width)
        return Assignment(
            self._trim(*cells[at]),
            cells[charge] if charge < len(cells) else None,
            cells[when] if when < len(cells) else None,
        )

    def _trim(self, start: int, end: int) -> _Span:
        said = self._analysis.text[start:end]
        return start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())
