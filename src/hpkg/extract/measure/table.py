"""Tables in a text: which row and column a number stands in, and what their heads say of it.

A table has its cells between bars, a row a line, or one cell a line: a label, perhaps its unit, and as many numbers as
there are columns with a date above. Not for: what the numbers measure.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.row import BAR, RULE, count_bars, split_row
from hpkg.grammar.date import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.measure.unit import UnitReader, UnitSaid
    from hpkg.model import Section, Sentence

__all__ = ["Place", "TableReader"]

_FEWEST_BARS: Final = 2
_LONGEST_CELL: Final = 120
_CLOSING: Final = (".", ";", ":")
_FEWEST_NUMBERS: Final = 2

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands in a table: the heads of its column, and in a table of one cell a line its label."""

    heads: tuple[_Span, ...]
    label: Section | Sentence | None = None
    unit: Section | Sentence | None = None
    counts_rows: bool = False
    """Whether it is the number of the row."""


@dataclass(slots=True)
class _Row:
    """A row of a table of one cell a line, as far as it was read."""

    label: Section | Sentence | None = None
    unit: Section | Sentence | None = None
    numbers: list[Section | Sentence] = field(default_factory=list)


class TableReader:
    """The tables of one report."""

    def __init__(self, analysis: Analysis, units: UnitReader) -> None:
        """Read from `analysis`; `units` tells which cell is a unit."""
        self._analysis = analysis
        self._units = units

    def place(self, start: int) -> Place | None:
        """Return where the number at `start` stands, None when it stands in no table."""
        at = bisect_right(self._starts, start) - 1
        if at < 0:
            return None
        cell, place = self._cells[at]
        return place if start < cell[1] else None

    def period(self, start: int, year: int) -> str | None:
        """Return the period that the head of the column gives the number at `start`; `year` is that of bare months."""
        place = self.place(start)
        for head in reversed(place.heads if place else ()):
            dates = find_dates(self._analysis.text[slice(*head)], year)
            if dates:
                return dates[-1].value[:4] if dates[-1].unit == "day" else dates[-1].value
        return None

    def is_planned(self, start: int) -> bool:
        """Tell whether the head of the column says that the number at `start` was planned."""
        place = self.place(start)
        return any(bool(self._analysis.cues("plan", *head)) for head in (place.heads if place else ()))

    def unit(self, start: int) -> UnitSaid | None:
        """Return the unit of a number in a table of one cell a line: a cell of its own, or told by its label."""
        place = self.place(start)
        if place is None or place.label is None:
            return None
        if place.unit is not None:
            return self._units.whole(place.unit)
        return self._units.boxed(place.label) or self._units.named(place.label)

    @cached_property
    def _starts(self) -> list[int]:
        return [cell[0] for cell, _ in self._cells]

    @cached_property
    def _cells(self) -> list[tuple[_Span, Place]]:
        """Return the cells that hold more than a head, in text order, each with its place."""
        return sorted((*self._barred(), *self._lined()), key=lambda found: found[0])

    def _barred(self) -> Iterator[tuple[_Span, Place]]:
        """Yield the cells between bars below a head."""
        rows = [
            leaf
            for leaf in self._analysis.leaves
            if count_bars(self._analysis.text, leaf.start, leaf.end) >= _FEWEST_BARS
        ]
        for table in self._adjoining(rows):
            heads: list[list[_Span]] = []
            for leaf in table:
                cells = split_row(self._analysis.text, leaf.start, leaf.end)
                if not any(self._is_number(*cell) for cell in cells[1:]):
                    if heads and len(cells) > 1 and self._is_number(*cells[0]):
                        yield cells[0], Place((), counts_rows=True)
                    else:
                        heads.append(cells)
                    continue
                for at, cell in enumerate(cells):
                    above = tuple(head[at] for head in heads if len(head) == len(cells))
                    yield cell, Place(above, counts_rows=at == 0 and len(cells) > 1)

    def _adjoining(self, rows: Iterable[Section | Sentence]) -> Iterator[list[Section | Sentence]]:
        """Yield the runs of rows between which nothing stands but the signs of a rule."""
        run: list[Section | Sentence] = []
        for leaf in rows:
            if run and self._analysis.text[run[-1].end : leaf.start].strip(RULE):
                yield run
                run = []
            run.append(leaf)
        if run:
            yield run

    def _is_number(self, start: int, end: int) -> bool:
        """Tell whether a cell holds a number and nothing else."""
        numbers = self._analysis.numbers(start, end)
        if len(numbers) != 1:
            return False
        around = self._analysis.text[start : numbers[0].start] + self._analysis.text[numbers[0].end : end]
        return not around.strip(" \t\n\xa0%*()")

    def _lined(self) -> Iterator[tuple[_Span, Place]]:
        """Yield the numbers of tables that have one cell a line."""
        run: list[Section | Sentence] = []
        for leaf in self._analysis.leaves:
            if self._is_cell(leaf) and (not run or not self._analysis.text[run[-1].end : leaf.start].strip()):
                run.append(leaf)
                continue
            yield from self._read_lines(run)
            run = [leaf] if self._is_cell(leaf) else []
        yield from self._read_lines(run)

    def _is_cell(self, leaf: Section | Sentence) -> bool:
        text = self._analysis.text[leaf.start : leaf.end]
        return len(text) <= _LONGEST_CELL and not text.endswith(_CLOSING) and BAR not in text

    def _read_lines(self, run: list[Section | Sentence]) -> Iterator[tuple[_Span, Place]]:
        numbers = sum(self._is_number(leaf.start, leaf.end) for leaf in run)
        dated = [at for at, leaf in enumerate(run) if self._is_date(leaf)]
        if numbers < _FEWEST_NUMBERS or not dated:
            return
        first = last = dated[0]
        while last + 1 in dated:
            last += 1
        heads = [(leaf.start, leaf.end) for leaf in run[first : last + 1]]
        row = _Row()
        for at, leaf in enumerate(run[last + 1 :], last + 1):
            if not self._is_number(leaf.start, leaf.end):
                is_unit = row.label is not None and not row.numbers and self._units.whole(leaf) is not None
                row = _Row(row.label, leaf) if is_unit else _Row(leaf)
                continue
            full = row.label is None or len(row.numbers) == len(heads)
            opens = at + 1 < len(run) and not self._is_number(run[at + 1].start, run[at + 1].end)
            if full and opens:
                yield (leaf.start, leaf.end), Place((), counts_rows=True)
            elif not full:
                yield (leaf.start, leaf.end), Place((heads[len(row.numbers)],), row.label, row.unit)
                row.numbers.append(leaf)

    def _is_date(self, leaf: Section | Sentence) -> bool:
        """Tell whether a cell gives a time, with no more than a word for what was or is to be beside it."""
        dates = self._analysis.dates(leaf.start, leaf.end)
        return bool(dates) and not self._analysis.numbers(leaf.start, leaf.end)
