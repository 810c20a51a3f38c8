"""What no rule understood: digits that are neither a fact nor excluded, and words for works before an unread name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hpkg.extract.analysis import Cover
from hpkg.grammar.date import find_dates
from hpkg.model import Section, Unread
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.things import Things
    from hpkg.lexicon import Match

__all__ = ["read_unread"]

_REACH: Final = 30
_DIGITS: Final = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)(?<![\d./,-])\d+(?:[./,-]\d+)*(?![\d]|[^\W\d_])")
_PIECE: Final = re.compile(r"\d+(?:[.,]\d+)*")
"""Digits and the signs between them, held to no letter: `HH3` and `Covid-19` are names."""


def read_unread(analysis: Analysis, things: Things) -> list[Unread]:
    """Return the stretches of the body that no rule accounts for, in text order."""
    found = (*_numbers(analysis, things), *_works(analysis, things), *_places(analysis, things))
    return sorted(found, key=lambda unread: unread.start)


def _numbers(analysis: Analysis, things: Things) -> Iterator[Unread]:
    """Yield the numbers, and the runs of digits that are no number (`0,00/12`), that nothing accounts for."""
    places = [(place.start, place.end) for place in things.places.numbered]
    events = [(event.start, event.end) for event in things.events.named]
    known = Cover([*_measured(things), *_named(things), *places, *things.documents.spans(), *events])
    dated = Cover([(date.start, date.end) for leaf in analysis.leaves for date in analysis.dates(leaf.start, leaf.end)])
    days = Cover([*_days(analysis)])
    cited = Cover(
        [
            (cited.start, cited.end)
            for leaf in analysis.leaves
            for cited in analysis.document_numbers(leaf.start, leaf.end)
        ]
    )
    for leaf in analysis.leaves:
        numbers = [number for number in analysis.numbers(leaf.start, leaf.end) if not number.in_words]
        for number in numbers:
            if not known.touches(number.start, number.end) and not days.touches(number.start, number.end):
                yield _unread(analysis, number.start, number.end, "number")
        read = Cover([(number.start, number.end) for number in numbers])
        for run in _DIGITS.finditer(analysis.text, leaf.start, leaf.end):
            if any(cover.touches(*run.span()) for cover in (known, dated, days, cited)) or _is_marked(
                analysis, run.start()
            ):
                continue
            if not read.touches(*run.span()):
                yield _unread(analysis, *run.span(), "number")
                continue
            # Part of the run is a number that is told above; the rest of it is no part of that (`2,5-3,0/12`).
            for piece in _PIECE.finditer(analysis.text, *run.span()):
                if not read.touches(*piece.span()):
                    yield _unread(analysis, *piece.span(), "number")


def _days(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Yield the days that leave out their year: `trước ngày 30/6`."""
    year = analysis.document.source.metadata.year
    for leaf in analysis.leaves:
        if any(map(str.isdigit, analysis.text[leaf.start : leaf.end])):
            for date in find_dates(analysis.text[leaf.start : leaf.end], year):
                if date.unit == "day":
                    yield leaf.start + date.start, leaf.start + date.end


def _measured(things: Things) -> list[tuple[int, int]]:
    facts = [(fact.start, fact.end) for fact in things.measurements.facts]
    return facts + [(item.start, item.end) for item in things.measurements.excluded]


def _is_marked(analysis: Analysis, at: int) -> bool:
    """Tell whether the digits number the heading they open."""
    leaf = analysis.leaf(at)
    return isinstance(leaf, Section) and not any(char.isalpha() for char in analysis.text[leaf.start : at])


def _works(analysis: Analysis, things: Things) -> Iterator[Unread]:
    """Yield the words for a kind of work that a name follows, where neither project nor place was read."""
    known = Cover([*_named(things), *((place.start, place.end) for place in things.places.named)])
    for sentence in analysis.document.sentences:
        for kind in analysis.matches("project-kind", sentence.start, sentence.end):
            read = kind.role == "decoy" or known.touches(kind.start, kind.end)
            if not read and _is_before_name(analysis, kind, sentence.end):
                yield _unread(analysis, kind.start, kind.end, "project-word")


def _places(analysis: Analysis, things: Things) -> Iterator[Unread]:
    """Yield the full names that several units bear, where nothing says which is meant."""
    for mention in things.places.unresolved:
        yield _unread(analysis, mention.start, mention.end, "place")


def _named(things: Things) -> list[tuple[int, int]]:
    return [(mention.start, mention.end) for project in things.projects.facts for mention in project.mentions]


def _is_before_name(analysis: Analysis, kind: Match, stop: int) -> bool:
    following = analysis.tokens(kind.end, min(stop, kind.end + _REACH))[:1]
    if not following or not analysis.text[kind.end : following[0].start].isspace():
        return False
    return following[0].text[:1].isupper() or following[0].kind == "digits"


def _unread(analysis: Analysis, start: int, end: int, reason: str) -> Unread:
    return Unread(id=str(mint("unread", analysis.report, f"c{start}")), **analysis.stated(start, end), reason=reason)
