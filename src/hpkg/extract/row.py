"""The cells of a row of a table that is printed with bars.

Not for: what heads and cells mean.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BAR", "RULE", "count_bars", "split_row"]

BAR: Final = "|"
RULE: Final = " \t\n\xa0|-:–—+"
"""Signs of the line that parts a head from its rows."""


def count_bars(text: str, start: int, end: int) -> int:
    """Return how many bars stand in `text[start:end]`."""
    return text.count(BAR, start, end)


def split_row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the cells of the row `text[start:end]`; bars at its ends part nothing.

    >>> [text[slice(*cell)].strip() for text in ["| 1 | Sở Y tế |"] for cell in split_row(text, 0, len(text))]
    ['1', 'Sở Y tế']
    """
    cells, at = [], start
    while at <= end:
        stop = text.find(BAR, at, end)
        stop = end if stop < 0 else stop
        cells.append((at, stop))
        at = stop + 1
    if len(cells) > 1 and not text[slice(*cells[0])].strip():
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not text[slice(*cells[-1])].strip() else cells
