"""Rows of tables as lines of text. Not for: what a table says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["BAR", "row_lines"]

BAR: Final = " | "
_LONGEST_CELL: Final = 800


def row_lines(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of one row, whose cells are lists of lines: one line, its cells between bars.

    A row with one cell that says something, or with one as long as a page, is no row of a table but a frame around
    paragraphs, which stay apart.

    >>> list(row_lines([["Tổng thu"], ["1.260,5", "tỷ đồng"]]))
    ['Tổng thu | 1.260,5 tỷ đồng']
    >>> list(row_lines([["Điều 1.", "Điều 2."], [""]]))
    ['Điều 1.', 'Điều 2.']
    """
    said = [[line for line in cell if line.strip()] for cell in cells]
    filled = [cell for cell in said if cell]
    if len(filled) == 1 or any(sum(map(len, cell)) > _LONGEST_CELL for cell in filled):
        for cell in filled:
            yield from cell
    elif filled:
        yield BAR.join(" ".join(cell) for cell in said).strip()
