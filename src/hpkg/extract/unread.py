"""What no rule understood: numbers that are neither a fact nor excluded, and words for works before an unread name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.model import Unread
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.things import Things
    from hpkg.lexicon import Match

__all__ = ["read_unread"]

_REACH = 30


def read_unread(analysis: Analysis, things: Things) -> list[Unread]:
    """Return the stretches of the body that no rule accounts for, in text order."""
    found = (*_numbers(analysis, things), *_works(analysis, things), *_places(analysis, things))
    return sorted(found, key=lambda unread: unread.start)


def _numbers(analysis: Analysis, things: Things) -> Iterator[Unread]:
    known = [(fact.start, fact.end) for fact in things.measurements.facts]
    known += [(item.start, item.end) for item in things.measurements.excluded]
    known += _named(things)
    known += [(place.start, place.end) for place in things.places.numbered]
    known += things.documents.spans()
    known += [(event.start, event.end) for event in things.events.named]
    for leaf in analysis.leaves:
        for number in analysis.numbers(leaf.start, leaf.end):
            if not number.in_words and not _touches(number.start, number.end, known):
                yield _unread(analysis, number.start, number.end, "number")


def _works(analysis: Analysis, things: Things) -> Iterator[Unread]:
    """Yield the words for a kind of work that a name follows, where neither project nor place was read."""
    known = [*_named(things), *((place.start, place.end) for place in things.places.named)]
    for sentence in analysis.document.sentences:
        for kind in analysis.matches("project-kind", sentence.start, sentence.end):
            read = kind.role == "decoy" or _touches(kind.start, kind.end, known)
            if not read and _is_before_name(analysis, kind, sentence.end):
                yield _unread(analysis, kind.start, kind.end, "project-word")


def _places(analysis: Analysis, things: Things) -> Iterator[Unread]:
    """Yield the full names that several units bear, where nothing says which is meant."""
    for mention in things.places.unresolved:
        yield _unread(analysis, mention.start, mention.end, "place")


def _named(things: Things) -> list[tuple[int, int]]:
    return [(mention.start, mention.end) for project in things.projects.facts for mention in project.mentions]


def _touches(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)


def _is_before_name(analysis: Analysis, kind: Match, stop: int) -> bool:
    following = analysis.tokens(kind.end, min(stop, kind.end + _REACH))[:1]
    if not following or not analysis.text[kind.end : following[0].start].isspace():
        return False
    return following[0].text[:1].isupper() or following[0].kind == "digits"


def _unread(analysis: Analysis, start: int, end: int, reason: str) -> Unread:
    return Unread(id=str(mint("unread", analysis.report, f"c{start}")), **analysis.stated(start, end), reason=reason)
