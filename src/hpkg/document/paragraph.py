"""Paragraphs: lines that a page broke are put together again.

Not for: what a paragraph is, heading or text (`hpkg.document.read`).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from hpkg.document.outline import LIST_KINDS, PREFIXES
from hpkg.grammar.number import find_numbers
from hpkg.grammar.word import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hpkg.grammar.outline import Line

__all__ = ["find_paragraphs"]

_CLOSED: Final = (".", ";", ":", "!", "?", "…", "./.", ":”", ".”")
_DRESS: Final = " \t\xa0*_"
_TORN: Final = frozenset({"bullet", "arabic", "dotted"})
_SHORT_LINE: Final = 0.6
_LONGEST_NUMBER: Final = 40
_FEWEST_WORDS: Final = 2
"""A line of so few words may be a cell of a table."""
_WRAPPED: Final = 0.2
"""Share of lines that begin in lower case in a text whose lines were broken to fit a page."""
_SPACED: Final = 0.7
"""Share of lines that end a sentence and have a blank line below them, in a text that parts its paragraphs so."""


def find_paragraphs(text: str, lines: Sequence[Line], opening: tuple[str, ...] = ()) -> Iterator[list[Line]]:
    """Yield runs of lines that are one paragraph: a sentence broken over lines is one.

    `opening` are folded words, a space before each, that lead to a number.
    """
    if not lines:
        return
    width = median(line.end - line.start for line in lines)
    wrapped = sum(text[line.title_start].islower() for line in lines if not line.marks) > _WRAPPED * len(lines)
    spaced = wrapped and _is_spaced(text, lines)
    run = [lines[0]]
    for before, line in pairwise(lines):
        if (_stands_alone(before) and not line.marks) or _leads_on(text, before, line, opening):
            run.append(replace(line, marks=(), title_start=line.start) if line.marks else line)
        elif wrapped and _is_torn(text, before, line, 0 if spaced and text[line.title_start].islower() else width):
            run.append(replace(line, marks=(), title_start=line.start))
        elif _continues(text, before, line, 0 if spaced and not _heads(text, before, line) else width, wrapped=wrapped):
            run.append(line)
        else:
            yield run
            run = [line]
    yield run


def _is_spaced(text: str, lines: Sequence[Line]) -> bool:
    """Tell whether a blank line stands between any two paragraphs, so that a line without one goes on."""
    ends = [pair for pair in pairwise(lines) if text[pair[0].start : pair[0].end].rstrip(_DRESS).endswith(_CLOSED)]
    parted = sum(text.count("\n", before.end, line.start) > 1 for before, line in ends)
    return parted > _SPACED * len(ends)


def _stands_alone(line: Line) -> bool:
    """Tell whether a line is a mark whose title stands below it."""
    return bool(line.marks) and line.marks[0].kind not in LIST_KINDS and line.title_start >= line.title_end


def _heads(text: str, before: Line, line: Line) -> bool:
    """Tell whether a line with the mark of a section may head the one below it, which begins with a capital.

    One whose bold print ends further down does not.
    """
    if before.bold_end == before.end and not before.is_header:
        return False
    return bool(before.marks) and before.marks[0].kind not in LIST_KINDS and text[line.title_start].isupper()


def _leads_on(text: str, before: Line, line: Line, opening: tuple[str, ...]) -> bool:
    """Tell whether a line ends in a word that leads to the number that begins the next: `đạt khoảng⏎5 tỷ đồng`."""
    if not text[line.start : line.start + 1].isdigit() or text.count("\n", before.end, line.start) > 1:
        return False
    if line.marks and text[line.title_start : line.title_start + 1].isupper():
        return False  # `1.1. Về kinh tế`
    said = fold(text[max(before.title_start, before.end - _LONGEST_NUMBER) : before.end]).text.rstrip(_DRESS)
    return len(said.split()) > _FEWEST_WORDS and said.endswith(opening)


def _is_torn(text: str, before: Line, line: Line, width: float) -> bool:
    """Tell whether what looks like a mark is the rest of a sentence that was broken before a dash or a number."""
    if not line.marks or text.count("\n", before.end, line.start) > 1 or before.is_capitals:
        return False
    said = text[before.start : before.end].rstrip(_DRESS)
    return line.marks[0].kind in _TORN and not said.endswith(_CLOSED) and len(said) >= _SHORT_LINE * width


def _continues(text: str, before: Line, line: Line, width: float, *, wrapped: bool) -> bool:
    """Tell whether `line` goes on with what `before` says."""
    if line.marks or text.count("\n", before.end, line.start) > 1:
        return False
    if _parts_number(text, before, line):
        return True
    if before.is_capitals or line.is_capitals:
        parts = bool(before.marks) and before.marks[0].kind in PREFIXES
        return before.is_capitals and line.is_capitals and not parts
    said, first = text[before.start : before.end].rstrip(_DRESS), text[line.title_start : line.title_start + 1]
    if first.islower():
        full = wrapped and len(said) >= _SHORT_LINE * width
        return not said.endswith((".", "!", "?") if full else (".", ";", "!", "?"))
    return wrapped and not said.endswith(_CLOSED) and before.end - before.start >= _SHORT_LINE * width


def _parts_number(text: str, before: Line, line: Line) -> bool:
    """Tell whether the line end stands inside a number: `đạt 1.⏎234 tỷ đồng`."""
    said, rest = text[before.start : before.end].rstrip(), text[line.start : line.start + _LONGEST_NUMBER].lstrip()
    if not (said.endswith((".", ",")) and said[-2:-1].isdigit() and rest[:1].isdigit()):
        return False
    return any("\n" in number.text for number in find_numbers(f"{said[-_LONGEST_NUMBER:]}\n{rest}"))
