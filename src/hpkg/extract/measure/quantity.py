"""The numbers of a sentence that are quantities: each with its unit, its value in it, and the words that govern it.

Not for: what they measure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hpkg.extract.measure.figure import RATE_UNITS, SHARES, TERRITORY_UNITS, Figure, is_counted
from hpkg.extract.measure.governor import Governor, read_governor
from hpkg.extract.measure.label import LabelReader
from hpkg.extract.measure.sieve import QuantitySieve
from hpkg.extract.measure.table import TableReader
from hpkg.extract.measure.unit import UnitReader, UnitSaid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.measure.sieve import Excluded
    from hpkg.grammar.number import NumberToken
    from hpkg.lexicon import Concept
    from hpkg.model import Section, Sentence

__all__ = ["QuantityReader"]

_FOUR_PLACES: Final = Decimal("0.0001")
_SIGNS: Final = "+-"
_SIGNED: Final = re.compile(r"\((?P<sign>[+–−-])$")


class QuantityReader:
    """Reads the numbers of one report as figures, and keeps why others are none."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis
        self._labels = LabelReader(analysis)
        self.units = UnitReader(analysis)
        self.tables = TableReader(analysis, self.units)
        self._sieve = QuantitySieve(analysis, self.tables)

    @property
    def excluded(self) -> list[Excluded]:
        """Return the numbers read so far that measure nothing, with their reasons."""
        return self._sieve.excluded

    def figures(self, leaf: Section | Sentence) -> list[Figure]:
        """Return the quantities of a heading or sentence in text order."""
        return list(self._figures(leaf, self._analysis.numbers(leaf.start, leaf.end)))

    def _figures(self, leaf: Section | Sentence, numbers: Sequence[NumberToken]) -> Iterator[Figure]:
        """Yield the numbers of the leaf that are quantities, with unit and governing words."""
        taken = floor = leaf.start
        for at, number in enumerate(numbers):
            if number.start < taken:
                continue
            portion = self._portion(number, floor) if number.kind == "fraction" else None
            if portion is not None:
                taken = floor = portion.end
                yield portion
                continue
            unit = self._unit(numbers, at, leaf)
            if self._sieve.rejects(number, unit, leaf):
                continue
            figure = self._figure(number, unit, floor) if unit is not None else self._ranked(number, floor, leaf)
            if figure is None:
                if self._sieve.is_name(number):
                    self._sieve.exclude(number.start, number.end, "name")
                continue
            figure = self._joined(figure, numbers, at)
            taken = figure.number_end if unit is not None and unit.shared else figure.end
            floor = taken
            yield figure

    def _portion(self, number: NumberToken, floor: int) -> Figure | None:
        """Return the ratio that a fraction is of a base named after it: `bằng 1/3 so với cùng kỳ`."""
        part, whole = number.values
        governor = read_governor(self._analysis, number.start, floor, number.end)
        if not (governor.ratio and (governor.compared or governor.of_plan)) or not whole:
            return None
        times = self._analysis.lexicon.get("unit", "times")
        value = Decimal(f"{(part / whole).quantize(_FOUR_PLACES):f}".rstrip("0").rstrip("."))
        return Figure((value,), number.start, number.end, times, number.end, number.end, governor)

    def pairs(self, leaf: Section | Sentence, figures: Sequence[Figure]) -> dict[int, tuple[int, int]]:
        """Return which name each number of a list goes with: `thép và xi măng lần lượt đạt 5 và 7 triệu tấn`."""
        paired: dict[int, tuple[int, int]] = {}
        for at, figure in enumerate(figures):
            run = [figure]
            for other in figures[at + 1 :]:
                if not self.units.are_listed(run[-1].end, other.governor.start):
                    break
                run.append(other)
            said = figure.governor.pairs or self._is_paired_after(run[-1].end)
            if said and len(run) > 1:
                names = self._labels.parts(figures[at - 1].end if at else leaf.start, figure.governor.lead, leaf)
                if len(names) == len(run):
                    paired |= {one.number_start: name for one, name in zip(run, names, strict=True)}
        return paired

    def _is_paired_after(self, end: int) -> bool:
        """Tell whether `tương ứng` follows the last number of a list."""
        return any(self._analysis.adjoins(end, cue.start) for cue in self._analysis.cues("respectively", end, end + 24))

    def _unit(self, numbers: Sequence[NumberToken], at: int, leaf: Section | Sentence) -> UnitSaid | None:
        """Return the unit of a number: after it, at the end of its list, before it, or what it counts."""
        number = numbers[at]
        unit = self.units.after(number)
        if unit is not None:
            return unit
        told = self.tables.unit(number.start)
        if told is not None:
            return replace(told, shared=True)
        if number.in_words or self._sieve.is_name(number):
            return None
        return (
            self.units.shared(numbers, at, leaf.end)
            or self.units.noun(number, leaf.end)
            or self.units.before(number, leaf)
        )

    def _figure(self, number: NumberToken, unit: UnitSaid, floor: int) -> Figure | None:
        """Return the figure of a number in its unit; a place in a ranking is counted in ranks."""
        end = number.end if unit.shared else unit.end
        governor, concept = read_governor(self._analysis, number.start, floor, end), unit.concept
        if concept.key in RATE_UNITS:
            governor = self._moved(governor, number.start, floor)
        if concept.key in TERRITORY_UNITS and (
            governor.ranks or governor.among or self._ranks_weakly(governor, number)
        ):
            concept = self._analysis.lexicon.get("unit", "rank")
            if unit.concept.key not in ("province", "locality", "country") and not governor.ranks:
                concept = unit.concept
        if governor.acts and governor.direction is not None and is_counted(concept):
            governor = replace(governor, direction=None)  # `cắt giảm 12 thủ tục`: things that are done away with
        values, ambiguous = _values(number, concept)
        if concept.key in SHARES and governor.direction is None and self._analysis.text[number.start] in _SIGNS:
            # `(+6,1%)` and `(-4,2%)` are growths
            governor = replace(governor, direction="up" if values[0] >= 0 else "down")
            values = tuple(abs(value) for value in values)
        signed = _SIGNED.search(self._analysis.text, max(floor, number.start - 3), number.start)
        if signed is not None and governor.direction is None and self._analysis.text[end : end + 1] == ")":
            up = signed["sign"] == "+"  # `giảm 1,6% (-673 ha)`
            governor = replace(governor, start=signed.start("sign"), direction="up" if up else "down")
        return Figure(values, number.start, number.end, concept, unit.start, unit.end, governor, ambiguous)

    def _moved(self, governor: Governor, start: int, floor: int) -> Governor:
        """Return `governor` with the movement that opens its clause: `giảm tỷ lệ hộ nghèo bình quân 1,5%`."""
        settled = governor.reaches or governor.to_level or governor.share or governor.ratio or governor.placed
        if governor.direction is not None or settled or governor.of_plan or governor.planned:
            return governor
        text = self._analysis.text
        begin = max(floor, *(text.rfind(mark, floor, governor.lead) + 1 for mark in ",;:.(\n"))
        first = next((token.start for token in self._analysis.tokens(begin, start) if token.kind == "letters"), start)
        for said in self._analysis.matches("direction", first, start):
            longer = any(
                cue.start == said.start and cue.end > said.end
                for key in ("task-verb", "achieve")
                for cue in self._analysis.cues(key, first, start)
            )
            longer = longer or said.form.endswith(("trưởng", "hơn"))  # a noun, and what opens a comparison
            if said.start == first and not longer and said.end < governor.lead:
                return replace(governor, direction="up" if said.concept.key == "up" else "down")
        return governor

    @staticmethod
    def _ranks_weakly(governor: Governor, number: NumberToken) -> bool:
        """Tell whether `thứ 5/63 tỉnh` says a place in a ranking."""
        return governor.ranks_weakly and number.kind == "fraction"

    def _ranked(self, number: NumberToken, floor: int, leaf: Section | Sentence) -> Figure | None:
        """Return the place in a ranking that a number without a unit is: `đứng thứ 5 cả nước`."""
        if number.kind not in ("integer", "fraction") or number.in_words:
            return None
        governor = read_governor(self._analysis, number.start, floor, number.end)
        among = self._analysis.cues("nationwide", number.end, leaf.end) + self._analysis.cues(
            "rank-scope", number.end, leaf.end
        )
        scoped = any(self._analysis.adjoins(number.end, cue.start) for cue in among)
        weakly = governor.ranks_weakly and (scoped or number.kind == "fraction")
        if not (governor.ranks or weakly or (governor.among and scoped)):
            return None
        rank = self._analysis.lexicon.get("unit", "rank")
        return Figure(number.values, number.start, number.end, rank, number.end, number.end, governor)

    def _joined(self, figure: Figure, numbers: Sequence[NumberToken], at: int) -> Figure:
        """Return the range that `từ 5 tỷ đồng đến 7 tỷ đồng` is, each end in the same unit; else `figure`."""
        if len(figure.values) > 1 or at + 1 == len(numbers):
            return figure
        other = numbers[at + 1]
        unit = self.units.after(other)
        if unit is None or unit.concept != figure.unit or other.value is None or other.value <= figure.values[0]:
            return figure
        if not self._analysis.leads_to(("range-from",), figure.number_start, figure.number_start - 12):
            return figure
        joints = [
            cue
            for cue in self._analysis.cues("route", figure.end, other.start)
            if self._analysis.adjoins(figure.end, cue.start) and self._analysis.adjoins(cue.end, other.start)
        ]
        if not joints:
            return figure
        governor = replace(figure.governor, end=unit.end)
        return replace(
            figure,
            values=(figure.values[0], other.value),
            number_end=other.end,
            unit_start=unit.start,
            unit_end=unit.end,
            governor=governor,
        )


def _values(number: NumberToken, unit: Concept) -> tuple[tuple[Decimal, ...], bool]:
    """Return the values of a number in `unit`, and whether another reading was as near.

    `104,267 tấn` means thousands: of what is counted or weighed whole nobody prints three decimals. In a multiple
    (`35,072 tỷ USD`) three decimals are usual.
    """
    if not number.ambiguous_grouping:
        return number.values, False
    if not _is_whole(unit):
        return number.values, number.decimals == 3 and unit.first("factor") == "1.0"  # noqa: PLR2004 - a group of digits
    return tuple(value * 1000 if value != value.to_integral_value() else value for value in number.values), True


def _is_whole(unit: Concept) -> bool:
    """Tell whether figures in `unit` are told without decimals."""
    return is_counted(unit) or unit.key in ("person", "tonne", "VND", "USD", "kilowatt-hour", "cubic-metre")
