"""What stands after the name of a work and belongs to it: its places, the whole it is part of, owner and money.

Only a place that the text gives counts: one that its kind names (`huyện Cát Hải`) or that a word leads to (`tại Đồ
Sơn`). A place inside the name, or at the end of a route, does not place the work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.extract.project.work import SCHEME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.extract.organisation import OrganisationReader
    from hpkg.extract.place import NamedPlace
    from hpkg.extract.project.phrase import Phrase
    from hpkg.extract.project.work import Work
    from hpkg.grammar.word import Token
    from hpkg.lexicon import Concept, Match

__all__ = ["SiteReader"]

_JOINTS: Final = (",", "-", "–")
_REACH: Final = 80
_NEAR: Final = 30


class SiteReader:
    """Reads what follows a name."""

    def __init__(self, phrase: Phrase, organisations: OrganisationReader, leads: Iterable[int]) -> None:
        """Read in `phrase`, where words for works begin at `leads`."""
        self._phrase = phrase
        self._leads = frozenset(leads)
        self._organisations = organisations

    def read(self, work: Work, limit: int) -> None:
        """Add to `work` what follows it before `limit`, and move its tail to the end of that."""
        for place in self._inside(work):
            self._add(work, place)
        work.tail = max(work.tail, work.end)
        while self._step(work, limit):
            pass

    def _inside(self, work: Work) -> list[NamedPlace]:
        """Return the administrative units that the name gives in full and that are no end of a route."""
        phrase = self._phrase
        found = []
        for place in phrase.places(work.start, work.end):
            route = phrase.cue_before(place.start, "connection", "route", "name-link")
            given = place.full and _is_unit(place.concept) and (route is None or work.kind.key == SCHEME)
            led = phrase.cue_before(place.start, "locative") is not None and not self._at_work(place.start)
            if given or led:
                found.append(place)
        return found

    def _at_work(self, offset: int) -> bool:
        return self._phrase.kind(offset) is not None

    def _step(self, work: Work, limit: int) -> bool:
        """Pass one thing after the tail of `work`; False when what follows does not belong to it."""
        phrase = self._phrase
        token = phrase.next(work.tail)
        if token is None or token.start >= limit:
            return False
        if token.text == "(":
            return self._bracket(work, token, limit)
        if token.text == ",":
            after = phrase.next(token.end)
            place = phrase.place(after.start) if after is not None else None
            return place is not None and (_is_full(place) or self._goes_on(work, place)) and self._pass(work, place)
        place = phrase.place(token.start)
        if place is not None and _is_full(place):
            return self._pass(work, place)
        return self._led(work, token, limit)

    def _led(self, work: Work, token: Token, limit: int) -> bool:
        """Pass what a word leads to: places, what the work becomes, its owner."""
        phrase = self._phrase
        if (locative := phrase.cue(token.start, "locative")) is not None:
            return self._located(work, locative, limit)
        become = phrase.cue(token.start, "become")
        if become is not None and work.head.general:
            return self._becomes(work, become)
        owner = phrase.cue(token.start, "issued-by")
        return owner is not None and self._owned(work, owner)

    def _becomes(self, work: Work, become: Match) -> bool:
        """Let a work that is to become another be of the kind it becomes: `cải tạo sân X thành công viên`."""
        kind = self._phrase.kind(become.end + 1)
        if kind is None:
            return False
        work.kind = kind.concept
        work.label = f"{work.label} {self._phrase.text[become.start : kind.end]}"
        work.end = work.tail = kind.end
        return True

    def _pass(self, work: Work, place: NamedPlace) -> bool:
        self._add(work, place)
        work.tail = place.end
        return True

    def _add(self, work: Work, place: NamedPlace) -> None:
        if place.concept.iri not in work.places:
            work.places.append(place.concept.iri)

    def _goes_on(self, work: Work, place: NamedPlace) -> bool:
        """Tell whether a bare name goes on the list of places of `work`."""
        before = self._phrase.places(max(self._phrase.start, work.tail - _REACH), work.tail)
        return bool(before) and before[-1].end == work.tail and before[-1].concept.iri in work.places and not place.full

    def _bracket(self, work: Work, token: Token, limit: int) -> bool:
        """Pass a bracket whose first words are a place: `(huyện An Lão)`."""
        phrase = self._phrase
        close = phrase.closing(token.end, ")")
        first = phrase.next(token.end)
        if close is None or close > limit or first is None:
            return False
        places = [place for place in phrase.places(token.end, close) if place.full or place.start == first.start]
        if not places or places[0].start != first.start:
            return False
        for place in places:
            self._add(work, place)
        work.tail = close
        return True

    def _located(self, work: Work, locative: Match, limit: int) -> bool:
        """Pass `tại …`, with all the places of the list it leads to."""
        phrase = self._phrase
        whole = phrase.next(locative.end)
        if whole is not None and whole.start in self._leads:
            work.whole = whole.start
            return False
        at, passed = locative.end, False
        while (token := phrase.next(at)) is not None and token.start < limit:
            place = phrase.place(token.start)
            if place is None and not passed and (inner := self._soft(token)) is not None:
                at = inner
                continue
            if place is None:
                break
            self._add(work, place)
            at = work.tail = place.end
            passed = True
            joint = phrase.next(at)
            again = self._joined(joint)
            if again is None:
                break
            at = again
        return passed

    def _soft(self, token: Token) -> int | None:
        """Return where a general word for a stretch of land ends that begins at `token`: `khu vực`, `địa bàn các`."""
        cue = self._phrase.cue(token.start, "work-part", "several", "locative")
        if cue is not None:
            return cue.end
        kind = self._phrase.place_kind(token.start)
        return kind.end if kind is not None else None

    def _joined(self, joint: Token | None) -> int | None:
        """Return where the next place of a list begins after `joint`, None when the list ends."""
        if joint is None:
            return None
        phrase = self._phrase
        cue = phrase.cue(joint.start, "conjunction")
        if joint.text not in _JOINTS and cue is None:
            return None
        at = joint.end if cue is None else cue.end
        after = phrase.next(at)
        if after is not None and after.kind == "digits" and cue is not None:
            locatives = phrase.analysis.cues("locative", after.end, after.end + 24)
            at = locatives[0].end if locatives else at
            after = phrase.next(at)
        return at if after is not None and phrase.place(after.start) is not None else None

    def _owned(self, work: Work, owner: Match) -> bool:
        """Pass `của Tập đoàn …`, `do … làm chủ đầu tư`."""
        bodies = self._organisations.inside(owner.end, owner.end + _REACH)
        if not bodies or not self._phrase.analysis.adjoins(owner.end, bodies[0].start):
            return False
        work.investor = work.investor or bodies[0].concept
        work.tail = bodies[0].end
        said = self._phrase.next(work.tail)
        cue = self._phrase.cue(said.start, "investor") if said is not None else None
        if cue is not None:
            work.tail = cue.end
        return True


def _is_full(place: NamedPlace) -> bool:
    return place.full and _is_unit(place.concept)


def _is_unit(concept: Concept) -> bool:
    return concept.first("gsoCode") is not None
