"""The title of a document, and the periods that it names: the one reported on and the one planned for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hpkg.grammar.date import find_dates
from hpkg.grammar.outline import find_marks
from hpkg.grammar.word import tokens

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from hpkg.grammar.date import DateToken
    from hpkg.letterhead.head import Cell, Head

__all__ = ["Periods", "first_period", "read_periods", "read_title"]

_MOST_LINES: Final = 12
_MOST_WORDS: Final = 90
_PROSE: Final = 45
_PLANS: Final = frozenset({"plan", "programme", "action-programme", "strategy", "master-plan"})
_ADOPTED: Final = frozenset(
    {"resolution", "decision", "decree", "circular", "law", "ordinance", "directive", "regulation"}
)
"""Kinds of document whose issuer stands below the title."""
_MARKS: Final = frozenset({"bullet", "footnote"})


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of a document in ISO 8601, None where the title names none."""

    reported: str | None = None
    planned: str | None = None


def read_title(head: Head) -> str | None:
    """Return the title: the kind of the document and what it is about, in the letters it is printed in."""
    if head.title is None or head.kind is None:
        return None
    first, *others = head.below
    lines = [first.text]
    for at, (before, cell) in enumerate(pairwise((first, *others[:_MOST_LINES]))):
        if not _goes_on(head, before, cell, others[at:], is_second=at == 0 and _is_bare(head, first)):
            break
        lines.append(cell.text)
    title = " ".join(" ".join(lines).split()).rstrip(" ,;:")
    return title if len(title.split()) <= _MOST_WORDS else None


def _is_bare(head: Head, cell: Cell) -> bool:
    """Tell whether a line says the kind of the document and no more, or only its number."""
    kind = head.opens("document-kind", cell.text)
    rest = cell.text[kind.end :].strip() if kind else cell.text
    return not rest or any(char.isdecimal() for char in rest.split()[-1])


def _goes_on(head: Head, before: Cell, cell: Cell, following: list[Cell], *, is_second: bool) -> bool:
    """Tell whether the title goes on in `cell`."""
    if cell.is_sentence or _ends_title(head, cell):
        return False
    if is_second:
        return True
    if cell.is_capitals or before.is_capitals:
        return cell.is_capitals and before.is_capitals
    if cell.text[:1].islower() or before.text.endswith((",", "–", "-")):
        return cell.gap < 1 or cell.text[:1].islower()
    return cell.gap < 1 and not _is_prose(following)


def _ends_title(head: Head, cell: Cell) -> bool:
    """Tell whether a line opens what follows a title: the issuer, the basis, the addressee, the body."""
    adopted = head.kind is not None and head.kind.key in _ADOPTED
    if adopted and (head.opens("organisation-kind", cell.text) or head.opens("organisation", cell.text)):
        return True
    if head.opens("cue/preamble", cell.text) is not None and not cell.is_capitals:
        return True
    return any(mark.kind not in _MARKS for mark in find_marks(cell.text))


def _is_prose(cells: list[Cell]) -> bool:
    """Tell whether the lines from here on are a paragraph: they run on in small letters, or close like a sentence."""
    words = 0
    for at, cell in enumerate(cells):
        if at and not cell.text[:1].islower():
            return False
        words += len(cell.text.split())
        if cell.text.endswith(".") or words > _PROSE:
            return True
    return False


def read_periods(title: str, head: Head) -> Periods:
    """Return the periods that `title` names, each taken for what the words before it say."""
    reported: list[DateToken] = []
    planned: list[DateToken] = []
    loose: list[DateToken] = []
    for words, date in _parted(title):
        is_reported = _tells(head, "reported", words)
        is_planned = _tells(head, "planned", words)
        if is_reported:
            reported.append(date)
        elif is_planned:
            planned.append(date)
        else:
            loose.append(date)
    _place(loose, reported, planned, head.kind.key if head.kind else "")
    return Periods(_longest(reported), _longest(planned))


def _tells(head: Head, key: str, words: str) -> bool:
    """Tell whether a word of the cue `key` stands in `words`."""
    return bool(head.cues(key, tokens(words)))


def _parted(title: str) -> Iterator[tuple[str, DateToken]]:
    """Yield the periods of a title, each with the words since the one before."""
    dated = find_dates(title)
    year = next((int(date.value[:4]) for date in reversed(dated) if date.unit != "day"), None)
    at = 0
    for date in find_dates(title, year) if year else dated:
        if date.unit != "day":
            yield title[at : date.start], date
            at = date.end


def _place(loose: list[DateToken], reported: list[DateToken], planned: list[DateToken], kind: str) -> None:
    """Put the periods that no word places where their neighbours or the kind of the document put them."""
    for date in loose:
        if planned and (not reported or date.start > planned[0].start):
            planned.append(date)
        elif reported or kind not in _PLANS:
            reported.append(date)
        else:
            planned.append(date)


def _longest(dates: list[DateToken]) -> str | None:
    """Return the first period, or the longest of those in its year (`tháng 11 và 11 tháng năm 2024`)."""
    if not dates:
        return None
    beside = [date for date in dates if date.value[:4] == dates[0].value[:4] and _is_in_year(date)]
    chosen = max(beside or dates[:1], key=lambda date: date.bounds[1] - date.bounds[0])
    return (chosen if _is_in_year(dates[0]) else dates[0]).value


def _is_in_year(date: DateToken) -> bool:
    first, last = date.bounds
    return first.year == last.year


def first_period(text: str, day: dt.date) -> str | None:
    """Return the first year, or part of one, that `text` speaks of and that is of the time of issue `day`."""
    for date in find_dates(text):
        if date.unit != "day" and not date.is_deadline and _is_in_year(date):
            last = date.bounds[1]
            if day.year - 1 <= last.year <= day.year:
                return date.value if "/" in date.value else date.value[:4]
    return None
