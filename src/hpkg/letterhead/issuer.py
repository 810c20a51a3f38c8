"""Who issued a document: the body that the letterhead names, in two columns or one, and its area."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.area import area_key, area_place, body_key, is_valid
from hpkg.grammar.word import match_form, tokens
from hpkg.letterhead.head import Cell, Head
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from hpkg.grammar.word import Token
    from hpkg.lexicon import Concept, Lexicon, Match

__all__ = ["Issuer", "area_in", "find_issuer", "is_known", "is_of_state", "issuer_of_code", "read_issuer"]

_OF_NATION: Final = frozenset({"national-assembly", "government"})
_OF_PLACE: Final = frozenset({"peoples-committee", "peoples-council", "party-committee"})
_NAMED: Final = frozenset({"ministry", "department"})
"""Kinds of body whose name goes on after the word for the kind: `Sở Công Thương`."""
_OF_STATE: Final = _OF_NATION | _NAMED | _OF_PLACE - {"party-committee"}
_LONGEST_NAME: Final = 12
_KINDS_OF_PLACE: Final = frozenset({"Province", "UrbanDistrict", "RuralDistrict", "DistrictTown", "MunicipalCity"})
_NATION: Final = "vn"


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body: `slug` its key in its area, `area` that area when it is known, `name` as a person would write it."""

    slug: str
    area: str | None
    name: str
    is_party: bool = False

    def key(self, lexicon: Lexicon, area: str | None, day: dt.date | None) -> str | None:
        """Return the key of the organisation, which needs an area; `area` is that of the document, `day` its day."""
        own = self.area or area
        place = area_place(lexicon, own, day) if own is not None else None
        if place is None:
            return None if own is None else f"{own}/{self.slug}"
        return body_key(lexicon, place, self.slug, party=self.is_party)


def read_issuer(head: Head, day: dt.date | None) -> Issuer | None:
    """Return the issuer: the last body that stands above the title, else the one between title and basis."""
    found = list(_bodies(head, head.above, day)) or list(_bodies(head, head.below[1:], day))
    if not found:
        return None
    last = found[-1]
    if last.area is None:
        area = next((body.area for body in reversed(found) if body.area), None)
        return Issuer(last.slug, area, last.name, last.is_party)
    return last


def _bodies(head: Head, cells: Sequence[Cell], day: dt.date | None) -> Iterator[Issuer]:
    """Yield the bodies named by short lines, the motto of the state and sentences left out."""
    run: list[Token] = []
    ends: list[int] = []
    for cell in cells:
        if cell.is_sentence or (head.opens("cue/preamble", cell.text) and not cell.is_capitals):
            break
        run += _without_motto(head, cell)
        ends.append(len(run))
    namer = _Namer(head.lexicon, head.text, run, ends, day)
    at = 0
    while at < len(run):
        body, at = namer.body(at)
        if body is not None:
            yield body


def _without_motto(head: Head, cell: Cell) -> list[Token]:
    """Return the words of a cell, at their offsets in the head, without the motto of the state."""
    run = [
        replace(token, start=token.start + cell.start, end=token.end + cell.start)
        for token in tokens(head.text[cell.start : cell.end])
        if token.kind == "letters"
    ]
    taken = {at for match in head.cues("motto", run) for at in range(match.first, match.last)}
    return [token for at, token in enumerate(run) if at not in taken]


@dataclass(frozen=True)
class _Namer:
    """The words of a letterhead, lines ending at `ends`, in which bodies are named."""

    lexicon: Lexicon
    text: str
    run: Sequence[Token]
    ends: Sequence[int]
    day: dt.date | None

    def body(self, at: int) -> tuple[Issuer | None, int]:
        """Return the body that is named from the word `at` on, and where to look on."""
        kind = self._first(at, "organisation-kind")
        named = self._first(at, "organisation")
        if named is not None and (kind is None or named.last >= kind.last):
            area, _, key = named.concept.key.partition("/")
            if area == _NATION:
                party = (named.concept.first("organisationKind") or "").endswith(("party-body", "party-committee"))
                return Issuer(key, area, named.concept.label, party), at + named.last
        if kind is None:
            return None, at + 1
        stop = at + kind.last
        top = kind.concept.broadest
        if top in _OF_NATION:
            return Issuer(slug(kind.form), _NATION, _capital(kind.form)), stop
        if top in _OF_PLACE:
            return self._local(stop, kind)
        if top in _NAMED:
            return self._named(at, stop, kind)
        return None, stop

    def _first(self, at: int, scheme: str) -> Match | None:
        """Return the word of `scheme` that begins at the word `at`; its own counts of words begin there."""
        found = self.lexicon.find(self.run[at : at + _LONGEST_NAME], scheme)
        return next((match for match in found if match.first == 0 and match.role == "label"), None)

    def _named(self, at: int, stop: int, kind: Match) -> tuple[Issuer, int]:
        """Return the body whose name goes on to the end of the line, or in the next when the kind stands alone."""
        least = stop if kind.concept.first("broader") else stop + 1
        end = min((end for end in self.ends if end >= least), default=stop)
        words = " ".join(token.text for token in self.run[at : min(end, at + _LONGEST_NAME)])
        area = _NATION if kind.concept.broadest == "ministry" else None
        return Issuer(slug(words), area, _mixed(self.text, words)), max(end, stop)

    def _local(self, at: int, kind: Match) -> tuple[Issuer, int]:
        """Return the body of `kind` of the place that is named next; without a place, its area is not known."""
        party = kind.concept.broadest == "party-committee"
        short = slug(_short(self.lexicon, kind))
        place, stop = self._place(at)
        if place is None:
            return Issuer(short, None, _capital(kind.form), party), at
        named = place.label if party else _full(self.lexicon, place)
        full = kind.form if party else kind.concept.label
        return Issuer(short, area_key(self.lexicon, place), f"{_capital(full)} {named}", party), stop

    def _place(self, at: int) -> tuple[Concept | None, int]:
        """Return the province or district named at the word `at`, the state of the day, and where its name ends."""
        found = [match for match in self.lexicon.find(self.run[at : at + _LONGEST_NAME], "place") if match.first == 0]
        known = [match for match in found if match.concept.kinds & _KINDS_OF_PLACE]
        standing = [match for match in known if self.day is None or is_valid(match.concept, self.day)] or known
        provinces = [match for match in standing if "Province" in match.concept.kinds]
        chosen = provinces or standing
        # Districts of several provinces share a name; provinces share one only with their own later state.
        if not provinces and len({match.concept.key[:6] for match in chosen}) > 1:
            chosen = [match for match in chosen if match.concept.key[:2] in self.provinces]
        if len({match.concept.key[:6] for match in chosen}) > 1 and not provinces:
            return None, at
        return (chosen[0].concept, at + chosen[0].last) if chosen else self._commune(at)

    def _commune(self, at: int) -> tuple[Concept | None, int]:
        """Return the commune named at the word `at`, one of the only province that the head names."""
        heads = [head for head in self.lexicon.find(self.run[at : at + _LONGEST_NAME], "place-kind") if head.first == 0]
        if not heads or len(self.provinces) != 1:
            return None, at
        scheme = self.lexicon.communes(next(iter(self.provinces)))
        found = self.lexicon.find_at(self.run, scheme, at + heads[0].last)
        kinds = {head.concept.key for head in heads}
        known = [match for match in found if (match.concept.first("placeKind") or "").rpartition("/")[2] in kinds]
        standing = [match for match in known if self.day is None or is_valid(match.concept, self.day)] or known
        one = len({match.concept.key[:6] for match in standing}) == 1
        return (standing[0].concept, standing[0].last) if one else (None, at)

    @cached_property
    def provinces(self) -> frozenset[str]:
        """Return the codes of the provinces that the head names."""
        named = self.lexicon.find(tokens(self.text), "place")
        return frozenset(match.concept.key[:2] for match in named if "Province" in match.concept.kinds)


def _short(lexicon: Lexicon, kind: Match) -> str:
    """Return the abbreviation of a kind of body, else the words it was called by."""
    return next((form for form in lexicon.forms(kind.concept) if form.isupper()), kind.form)


def _full(lexicon: Lexicon, place: Concept) -> str:
    """Return the name of a place with the word for its kind: `tỉnh Hà Giang`."""
    forms = [form for form in lexicon.forms(place) if form.endswith(place.label) and form[:1].islower()]
    return forms[0] if forms else place.label[:1].lower() + place.label[1:]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _mixed(text: str, words: str) -> str:
    """Return a name printed in capitals as the text prints it elsewhere, else with one capital."""
    for match in re.finditer(r"\s+".join(map(re.escape, words.split())), text, re.IGNORECASE):
        if not match[0].isupper() and match[0][:1].isupper():
            return " ".join(match[0].split())
    return _capital(words.lower()) if words.isupper() else words


def issuer_of_code(lexicon: Lexicon, code: str | None) -> Issuer | None:
    """Return the local body that the issuing code of a document number means (`UBND`), its area not known."""
    if code is None:
        return None
    wanted = match_form(code)
    for kind in lexicon.all("organisation-kind"):
        if kind.key in _OF_PLACE and any(match_form(form) == wanted for form in lexicon.forms(kind) if form.isupper()):
            return Issuer(slug(code), None, kind.label, kind.key == "party-committee")
    return None


def area_in(lexicon: Lexicon, title: str, day: dt.date | None) -> str | None:
    """Return the only province that `title` names, None when it names none or several."""
    named = [match.concept for match in lexicon.find(tokens(title), "place") if "Province" in match.concept.kinds]
    standing = [place for place in named if day is None or is_valid(place, day)] or named
    keys = {area_key(lexicon, place) for place in standing}
    return keys.pop() if len(keys) == 1 else None


def find_issuer(lexicon: Lexicon, said: str, day: dt.date | None) -> Issuer | None:
    """Return the body that a person means by the name `said`, None when it is none that can be told."""
    cell = Cell(said, 0, len(said), 0)
    return read_issuer(Head(said, (cell,), lexicon), day)


def is_of_state(lexicon: Lexicon, key: str | None, name: str) -> bool:
    """Tell whether an organisation, by its key or the name it has, is a body of the state and not of the Party."""
    concept = lexicon.concept(str(mint("organisation", key))) if key else None
    kind = concept.first("organisationKind") if concept is not None else None
    if kind is not None:
        return kind.rpartition("/")[2] in _OF_STATE
    named = lexicon.find(tokens(name), "organisation-kind")
    return bool(named) and named[0].concept.broadest in _OF_STATE


def is_known(lexicon: Lexicon, key: str) -> bool:
    """Tell whether the reference data describe the organisation `key`."""
    return lexicon.concept(str(mint("organisation", key))) is not None
