"""The events a report names: congresses, elections, festivals, games, anniversaries, outbreaks, storms.

An event is named by a word of its kind and what makes it one of its kind: a number (`lần thứ XVI`, `số 3`), a year, a
quotation, or a proper name. The same event named in other words is one. Not for: events that are only spoken of in
general (`các ngày lễ lớn`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.extract.analysis import Index
from hpkg.extract.identity import is_home, plain_words
from hpkg.extract.name import NameReader
from hpkg.grammar.ordinal import is_numeral, number_of
from hpkg.grammar.word import tokens
from hpkg.model import Event
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Callable

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.correction import CorrectionReader
    from hpkg.extract.organisation import OrganisationReader
    from hpkg.extract.place import PlaceReader
    from hpkg.lexicon import Match

__all__ = ["EventReader", "NamedEvent"]

_REACH: Final = 40
_NATIONAL: Final = frozenset({"holiday", "natural-disaster", "plenum"})
_WORLD: Final = frozenset({"outbreak"})
_SCOPED: Final = frozenset({"congress", "election", "session", "plenum", "outbreak", "holiday"})
"""Kinds whose name holds no place where they take place."""
_CONGRESS: Final = ("congress-of-the-party", "whole-nation", "ordinal")
"""Words that say whose and which a congress is, in many ways for one congress."""
_OF_THE_AREA: Final = frozenset({"city", "province"})
_FEWEST_WORDS: Final = 2
_NEAR: Final = 4
"""Words after the kind within which a proper name begins."""


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """A stretch of the text that names an event; `key` is the area and the name by which the event is known."""

    kind: str
    key: str
    start: int
    end: int
    date: str | None = None
    place: str | None = None
    """IRI of the place where it takes place."""
    is_full: bool = True
    """Whether the words alone tell the event from others of its kind."""


class EventReader:
    """The named events of one report."""

    def __init__(
        self,
        analysis: Analysis,
        places: PlaceReader,
        organisations: OrganisationReader,
        corrections: CorrectionReader,
    ) -> None:
        """Read from `analysis`, with the places, bodies and corrections found in it."""
        self._analysis = analysis
        self._places = places
        self._organisations = organisations
        self._corrections = corrections
        self._names = NameReader(analysis)

    @cached_property
    def named(self) -> list[NamedEvent]:
        """Return every event the text names, in text order; short names as those of the full name they stand for."""
        found: list[NamedEvent] = []
        for leaf in self._analysis.leaves:
            taken = leaf.start
            for match in self._analysis.matches("event-kind", leaf.start, leaf.end):
                if match.role == "decoy" or match.start < taken:
                    continue
                named = self._read(match, leaf.start, leaf.end)
                if named is not None:
                    found.append(named)
                    taken = named.end
        return self._resolved(found)

    @staticmethod
    def _resolved(found: list[NamedEvent]) -> list[NamedEvent]:
        """Return the mentions, a short name taken for the only event of its kind that has a full one."""
        full: dict[str, set[str]] = defaultdict(set)
        for named in found:
            if named.is_full:
                full[named.kind].add(named.key)
        return [
            named if named.is_full or len(full[named.kind]) != 1 else replace(named, key=next(iter(full[named.kind])))
            for named in found
        ]

    def inside(self, start: int, end: int) -> list[NamedEvent]:
        """Return the events named in `start` to `end`."""
        return self._index.inside(start, end)

    def ids_inside(self, start: int, end: int) -> list[str]:
        """Return the IRIs of the events named in `start` to `end`."""
        return [self.iri(named) for named in self.inside(start, end)]

    @cached_property
    def _index(self) -> Index[NamedEvent]:
        return Index(self.named)

    @staticmethod
    def iri(named: NamedEvent) -> str:
        """Return the IRI of an event."""
        return str(mint("event", named.key))

    def facts(self) -> list[Event]:
        """Return one record an event, in order of first mention."""
        grouped: dict[str, list[NamedEvent]] = defaultdict(list)
        for named in self.named:
            grouped[named.key].append(named)
        return [self._fact(mentions) for mentions in grouped.values()]

    def _fact(self, mentions: list[NamedEvent]) -> Event:
        first = mentions[0]
        label = self._label(mentions)
        place = next((named.place for named in mentions if named.place), None)
        concept = self._analysis.lexicon.concept(place) if place else None
        return Event(
            id=self.iri(first),
            **self._analysis.stated(first.start, first.end),
            label=label,
            kind=first.kind,
            date=next((named.date for named in mentions if named.date), None),
            place=concept.label if concept else None,
            place_id=place,
            mentions=tuple(self._analysis.mention(named.start, named.end) for named in mentions),
        )

    def _label(self, mentions: list[NamedEvent]) -> str:
        """Return the name that the report uses most, the fuller of those used alike."""
        counts: dict[str, int] = defaultdict(int)
        for named in mentions:
            said = self._corrections.mend(squeeze(self._analysis.text[named.start : named.end]), named.start)
            counts[said[:1].upper() + said[1:]] += 1
        return max(counts, key=lambda label: (counts[label], len(label)))

    # --- one mention

    def _read(self, match: Match, start: int, stop: int) -> NamedEvent | None:
        """Return the event that `match` opens, None when nothing makes it one of its kind."""
        kind = match.concept.key
        if match.role == "content":
            return self._made(match, self._after_content(match, stop), stop)
        readers: dict[str, Callable[[Match, int, int], NamedEvent | None]] = {
            "congress": self._numbered,
            "plenum": self._numbered,
            "session": self._numbered,
            "election": self._election,
            "anniversary": self._anniversary,
            "outbreak": self._outbreak,
            "natural-disaster": self._disaster,
        }
        return readers.get(kind, self._proper)(match, start, stop)

    def _after_content(self, match: Match, stop: int) -> int:
        """Return where a name that is one by itself ends: after its number, its year, or the words of its calendar."""
        end = match.end
        for token in self._analysis.tokens(match.end, min(stop, match.end + _REACH)):
            joined = self._analysis.text[end : token.start].isspace()
            dates = [it for it in self._analysis.dates(token.start, stop)[:1] if it.start == token.start]
            if joined and dates and dates[0].unit == "year" and "/" not in dates[0].value:
                return dates[0].end
            named = match.concept.key in ("holiday", "sports-event") and (
                token.text[:1].isupper() or (token.kind == "digits" and not dates)
            )
            if not joined or not named:
                break
            end = token.end
        return end

    def _numbered(self, match: Match, _start: int, stop: int) -> NamedEvent | None:
        """Read a congress or a session, which its number tells from others."""
        name = self._names.read(match.end, stop)
        number, end = name.ordinal, name.ordinal_end
        for token in self._analysis.tokens(match.end, min(stop, match.end + _REACH))[:1]:
            if is_numeral(token.text) or match.concept.key == "plenum":
                counted = number_of(token.text)
                number, end = (number, end) if counted is None else (counted, max(end, token.end))
        if number is None:
            if not (name.dates and "/" not in name.dates[0].value and match.concept.key == "congress"):
                return None
            end = name.end
        return self._made(match, self._tail(end, stop), stop, number)

    def _tail(self, end: int, stop: int) -> int:
        """Return where a name that reached its number ends: after whose it is, its term or its year."""
        while True:
            onward = self._tail_part(end, stop)
            if onward is None:
                return end
            end = onward

    def _tail_part(self, end: int, stop: int) -> int | None:
        near = min(stop, end + _REACH)
        text = self._analysis.text
        at = end + len(text[end:near]) - len(text[end:near].lstrip(" ,(\n\xa0"))
        dates = [it for it in self._analysis.dates(at, min(stop, at + _REACH)) if it.start == at and it.unit == "year"]
        if dates:
            closing = text[dates[0].end : dates[0].end + 1] == ")" and "(" in text[end:at]
            return dates[0].end + closing
        if text[end:at].strip(" \n\xa0"):
            return None
        for owner in self._analysis.cues("issued-by", at, near)[:1]:
            at = owner.end + 1 if owner.start == at else at
        ends = [
            way.end
            for found in (
                self._analysis.cues("congress-of-the-party", at, near),
                self._organisations.inside(at, min(stop, at + 2 * _REACH)),
                self._analysis.matches("organisation-kind", at, near),
                [it for it in self._analysis.matches("place-kind", at, near) if it.concept.key in _OF_THE_AREA],
            )
            for way in found
            if way.start == at
        ]
        ends += [place.end for place in self._places.inside(at, near) if place.start == at]
        if ends:
            return max(ends)
        for cue in self._analysis.cues("ordinal", at, near):
            following = self._analysis.tokens(cue.end, min(stop, cue.end + 12))[:1]
            if cue.start == at and following and number_of(following[0].text) is not None:
                return following[0].end
        return None

    def _election(self, match: Match, _start: int, stop: int) -> NamedEvent | None:
        """Read an election, which whom it elects makes one."""
        name = self._names.read(match.end, stop)
        bodies = [
            kind.start
            for kind in self._analysis.matches("organisation-kind", match.end, name.end)
            if kind.role != "decoy" and self._analysis.text[kind.start].isupper()
        ]
        if not bodies or len(self._analysis.tokens(match.end, bodies[0])) > _FEWEST_WORDS:
            return None
        full = name.ordinal is not None or bool(name.dates)
        return self._made(match, name.end, stop, name.ordinal, is_full=full)

    def _anniversary(self, match: Match, _start: int, stop: int) -> NamedEvent | None:
        """Read `kỷ niệm 65 năm Ngày …`."""
        run = self._analysis.tokens(match.end, min(stop, match.end + 2 * _REACH))
        counted = next((token for token in run[:_NEAR] if token.kind == "digits"), None)
        years = self._analysis.cues("years", counted.end, min(stop, counted.end + _REACH)) if counted else []
        if counted is None or not years or not self._analysis.adjoins(counted.end, years[0].start):
            return None
        name = self._names.read(years[0].end, stop)
        if name.words < _FEWEST_WORDS:
            return None
        return self._made(match, name.end, stop)

    def _outbreak(self, match: Match, _start: int, stop: int) -> NamedEvent | None:
        """Read an outbreak by the name of its disease."""
        following = self._analysis.matches("event-kind", match.end, min(stop, match.end + _REACH))[:1]
        if following and following[0].role == "content" and self._analysis.adjoins(match.end, following[0].start):
            return self._made(replace(following[0], start=match.start), following[0].end, stop)
        run = self._analysis.tokens(match.end, min(stop, match.end + _REACH))[:1]
        proper = run and run[0].text[:1].isupper() and self._analysis.text[match.end : run[0].start].isspace()
        if not proper:
            return None
        name = self._names.read(match.end, stop, is_proper=True)
        return self._made(match, name.end, stop)

    def _disaster(self, match: Match, _start: int, stop: int) -> NamedEvent | None:
        """Read a storm by its number or its name, and its year."""
        run = self._analysis.tokens(match.end, min(stop, match.end + _REACH))[:1]
        if not run or not self._analysis.text[match.end : run[0].start].isspace():
            return None
        if run[0].kind != "digits" and not (run[0].text[:1].isupper() and len(run[0].text) > 1):
            return None
        after = self._analysis.tokens(run[0].end, min(stop, run[0].end + _REACH))[:1]
        years = [it for it in self._analysis.dates(run[0].end, stop)[:1] if after and it.start == after[0].start]
        return self._made(match, years[0].end if years else run[0].end, stop)

    def _proper(self, match: Match, start: int, stop: int) -> NamedEvent | None:
        """Read an event that a number, a year, a quotation or a proper name makes one of its kind."""
        general = match.concept.key == "conference"
        name = self._names.read(match.end, stop, is_proper=not general)
        text = self._analysis.text
        run = self._analysis.tokens(match.end, name.end)
        opens = not any(char.isalpha() for char in text[start : match.start])
        capital = text[match.start].isupper() and not opens
        proper = any(token.text[:1].isupper() for token in run[:_NEAR])
        days = [it for it in self._analysis.dates(name.end, min(stop, name.end + _REACH)) if it.unit == "day"]
        dated = bool(days) and self._analysis.adjoins(name.end, days[0].start) and name.words >= _FEWEST_WORDS
        if not (name.is_certain or dated or (capital and name.words >= _FEWEST_WORDS) or (proper and not general)):
            return None
        if self._is_several(match.start):
            return None
        return self._made(match, name.end, stop, name.ordinal)

    def _is_several(self, start: int) -> bool:
        """Tell whether the words before `start` speak of several: `các lễ hội`, `07 giải`."""
        floor = max(0, start - 12)
        ends = [it.end for it in self._analysis.cues("several", floor, start)]
        ends += [it.end for it in self._analysis.numbers(floor, start)]
        return any(self._analysis.adjoins(end, start) for end in ends)

    # --- what it is known by

    def _made(
        self, match: Match, end: int, stop: int, number: int | None = None, *, is_full: bool = True
    ) -> NamedEvent | None:
        """Return the mention from `match` to `end`, with date, place and key."""
        kind = match.concept.key
        if self._is_several(match.start) and kind != "outbreak":
            return None
        date = self._date(match.start, end, stop)
        return NamedEvent(
            kind=kind,
            key=self._key(match, end, number, date),
            start=match.start,
            end=end,
            date=date,
            place=None if kind in _SCOPED else self._place(match.start, end, stop),
            is_full=is_full,
        )

    def _date(self, start: int, end: int, stop: int) -> str | None:
        """Return the year or day the words give; a term of office is no date."""
        found = [it for it in self._analysis.dates(start, min(stop, end + _REACH)) if it.unit in ("year", "day")]
        for date in found:
            if (date.start < end or self._analysis.adjoins(end, date.start)) and "/" not in date.value:
                return date.value
        return None

    def _place(self, start: int, end: int, stop: int) -> str | None:
        """Return the place in the name, or the one that `tại` leads to right after it."""
        inside = self._places.inside(start, end)
        if inside:
            return inside[-1].concept.iri
        for cue in self._analysis.cues("locative", end, min(stop, end + _REACH)):
            following = self._places.inside(cue.end, min(stop, cue.end + _REACH))
            if following and self._analysis.adjoins(end, cue.start):
                led = self._analysis.adjoins(cue.end, following[0].start)
                return following[0].concept.iri if led else None
        return None

    def _key(self, match: Match, end: int, number: int | None, date: str | None) -> str:
        """Return the area of the event and its name in plain words."""
        kind, source = match.concept.key, self._analysis.document.source
        nation = self._is_national(match, end)
        world = kind in _WORLD or (kind == "sports-event" and match.role == "content")
        area = "intl" if world else "vn" if nation else source.area
        words = self._words(match, end, number)
        if kind == "natural-disaster" and date is None:
            words = f"{words}-{source.metadata.year}"
        return f"{area}/{words}"

    def _words(self, match: Match, end: int, number: int | None) -> str:
        kind = match.concept.key
        if kind == "outbreak":
            return plain_words(self._analysis, self._disease(match, end), end)
        if kind == "election":
            return f"{slug(match.concept.label)}-{plain_words(self._analysis, match.end, end)}"
        if kind != "congress" or number is None:
            return plain_words(self._analysis, match.start, end)
        term = self._analysis.dates(match.end, end)[:1]
        scope = plain_words(self._analysis, match.end, term[0].start if term else end, _CONGRESS)
        named = [word for word in scope.split("-") if word and number_of(word.upper()) is None and not word.isdigit()]
        owners = self._analysis.cues("congress-of-the-party", match.start, end)[:1]
        return "-".join((*(slug(it.concept.label) for it in (match, *owners)), *named, str(number)))

    def _disease(self, match: Match, end: int) -> int:
        """Return where the name of the disease begins after the word for an outbreak."""
        run = self._analysis.tokens(match.start, end)
        forms = [[token.form for token in tokens(form)] for form in self._analysis.lexicon.forms(match.concept)]
        lengths = [len(form) for form in forms if form == [token.form for token in run[: len(form)]]]
        skipped = max(lengths, default=0)
        return run[skipped].start if skipped < len(run) else match.start

    def _is_national(self, match: Match, end: int) -> bool:
        """Tell whether the words say that the event is the nation's; a congress of a Party organisation is not."""
        if match.concept.key in _NATIONAL:
            return True
        own = [it for it in self._places.inside(match.start, end) if is_home(self._analysis, it.concept.iri)]
        kinds = self._analysis.matches("place-kind", match.start, end)
        if (
            own
            or kinds
            or any(
                len(self._analysis.tokens(cue.start, cue.end)) > 1
                for cue in self._analysis.cues("congress-of-the-party", match.start, end)
            )
        ):
            return False
        party = self._analysis.cues("congress-of-the-party", match.start, end)
        return bool(party) or bool(self._analysis.cues("whole-nation", match.start, end))
