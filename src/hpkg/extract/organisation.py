"""The organisations a report names.

Bodies of the nation and of the world are known by their names. A body that every area has (`Sở Y tế`, `Ủy ban nhân dân
tỉnh`) is that of the area named after it, or of the report's own. A word such as `Sở` or `các Bộ:` holds for the whole
list that it opens.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.analysis import Index, spans_overlap
from hpkg.extract.area_body import AreaBodies
from hpkg.extract.named_body import NamedBodies
from hpkg.grammar.word import match_form
from hpkg.lexicon import Match
from hpkg.model import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.place import NamedPlace, PlaceReader
    from hpkg.grammar.word import Token
    from hpkg.lexicon import Concept
    from hpkg.model import Section, Sentence

__all__ = ["OrganisationReader"]

_JOINT: Final = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_REACH: Final = 20
_UNIT: Final = 60
"""Characters that the full name of a unit can take."""

_COLON: Final = 8
"""Tokens between a word that opens a list and its colon (`các Bộ, cơ quan:`)."""

_LISTING: Final = ("ministry", "department", "enterprise", "bank")
"""Kinds whose word holds for the names that follow in a list."""

_UNITS: Final = frozenset({"Province", "UrbanDistrict", "RuralDistrict", "DistrictTown", "MunicipalCity"}) | {
    "Commune",
    "Ward",
    "Township",
    "SpecialZone",
}


_AREAS: Final = frozenset(
    {"province", "city", "urban-district", "rural-district", "district-town", "municipal-city", "commune", "ward"}
) | {"township", "special-zone"}


class OrganisationReader:
    """The named organisations of one report."""

    def __init__(self, analysis: Analysis, places: PlaceReader) -> None:
        """Read from `analysis`, with the areas that `places` names."""
        self._analysis = analysis
        self._places = places
        source = analysis.document.source
        self._bodies = AreaBodies(analysis.lexicon, source.area, source.metadata.date, source.metadata.issuer)
        self.own_names = NamedBodies(analysis, places, self._bodies)
        """The reader of bodies with a name of their own."""

    @cached_property
    def named(self) -> list[Match]:
        """Return every organisation the text names, in text order."""
        found: list[Match] = []
        for leaf in self._analysis.leaves:
            found += self._read_leaf(leaf)
        return found

    def inside(self, start: int, end: int) -> list[Match]:
        """Return the organisations named in `start` to `end`."""
        return self._index.inside(start, end)

    def touching(self, start: int, end: int) -> list[Match]:
        """Return the organisations whose name shares a character with `start` to `end`."""
        return [match for match in self.inside(start - _UNIT, end + _UNIT) if match.start < end and start < match.end]

    @cached_property
    def _index(self) -> Index[Match]:
        return Index(self.named)

    def facts(self) -> list[Organisation]:
        """Return one record an organisation, in order of first mention."""
        mentions: dict[str, list[Match]] = defaultdict(list)
        for match in self.named:
            mentions[match.concept.iri].append(match)
        return [self._fact(matches) for matches in mentions.values()]

    def _fact(self, matches: list[Match]) -> Organisation:
        concept, first = matches[0].concept, matches[0]
        kind = concept.first("organisationKind")
        forms = {match.form for match in matches if match.role == "label"} - {concept.label}
        return Organisation(
            id=concept.iri,
            **self._analysis.stated(first.start, first.end),
            label=concept.label,
            kind=kind.rpartition("/")[2] if kind else "organisation",
            aliases=tuple(sorted(forms)),
            mentions=tuple(self._analysis.mention(match.start, match.end) for match in matches),
            label_en=concept.label_en,
            area_id=concept.first("ofArea"),
        )

    def _read_leaf(self, leaf: Section | Sentence) -> list[Match]:
        """Return the organisations of a heading or sentence: the longest name where several overlap."""
        known = self._analysis.matches("organisation", leaf.start, leaf.end)
        found = [match for match in known if self._holds(match)]
        found += self._area_bodies(leaf)
        found += self.own_names.read(leaf, works=False)
        found = self._of_party(_apart(found), leaf)
        run = self._analysis.tokens(leaf.start, leaf.end)
        listed = [match for match in self._listed(run, found) if not _overlaps(match, found)]
        return _apart([*found, *listed])

    def _of_party(self, found: list[Match], leaf: Section | Sentence) -> list[Match]:
        """Return the bodies of a leaf, those of the nation whose Party committee is meant as that committee."""
        heads = self._analysis.cues("party-of", leaf.start, leaf.end)
        return [self._party_of(match, heads) for match in found] if heads else found

    def _party_of(self, match: Match, heads: Sequence[Match]) -> Match:
        """Return the Party committee of a body of the nation where one of `heads` stands before its name."""
        before = [one for one in heads if one.end < match.start and self._analysis.adjoins(one.end, match.start)]
        of_nation = match.concept.key.startswith("vn/")
        return self.own_names.of_party(before[0], match) if before and of_nation else match

    def _holds(self, match: Match) -> bool:
        text = self._analysis.text[match.start : match.end]
        area = match.concept.key.partition("/")[0]
        home = area in ("vn", "intl", *self._bodies.areas) or "/" not in match.concept.key
        named = match.role != "decoy" and any(char.isupper() for char in text)
        return home and named and not self._is_of_elsewhere(match)

    def _is_of_elsewhere(self, match: Match) -> bool:
        """Tell whether another place follows a name that gives none (`Ủy ban nhân dân thành phố Hà Nội`)."""
        if match.form == match.concept.label or match.concept.first("ofArea") is None:
            return False
        if match.concept.key.partition("/")[0] == "vn":
            return False
        text = self._analysis.text
        following = self._analysis.tokens(match.end, match.end + _REACH)[:1]
        adjacent = bool(following) and text[match.end : following[0].start].isspace()
        return adjacent and following[0].kind == "letters" and following[0].text[:1].isupper()

    def _area_bodies(self, leaf: Section | Sentence) -> Iterator[Match]:
        """Yield the bodies that every area has, each with the area that the words or the report give."""
        for match in self._analysis.matches("organisation-kind", leaf.start, leaf.end):
            named = match.role != "decoy" and self._analysis.text[match.start].isupper()
            if named and self._bodies.is_body(match.concept):
                body = self._of_area(match, leaf)
                if body is not None:
                    yield body
                    yield from self._of_further_areas(match, body, leaf)

    def of_unnamed_units(self, leaf: Section | Sentence) -> Iterator[Match]:
        """Yield the bodies of a district or commune that the words leave open: `Công an huyện`, `Huyện ủy`."""
        for match in self._analysis.matches("organisation-kind", leaf.start, leaf.end):
            named = match.role != "decoy" and self._analysis.text[match.start].isupper()
            if named and self._bodies.is_body(match.concept) and self._of_area(match, leaf) is None:
                level = self._level(match, leaf)
                if level is not None or self._bodies.is_homeless(match.concept):
                    yield self.own_names.of_words(match, max(match.end, level.end if level is not None else 0))

    def _of_further_areas(self, match: Match, body: Match, leaf: Section | Sentence) -> Iterator[Match]:
        """Yield the bodies of the other units of a list: `Ủy ban nhân dân các huyện Hải Lăng, Triệu Phong`."""
        unit = self._unit(match, leaf)
        if unit is None or not self._analysis.cues("plural", match.end, unit.end):
            return
        end = body.end
        for place in self._places.inside(body.end, leaf.end):
            joint = self._analysis.text[end : place.start]
            if not place.concept.kinds & _UNITS or _JOINT.fullmatch(joint) is None:
                return
            found = _as(match, self._bodies.of(match.concept, place.concept), place.end)
            if found is not None:
                yield Match(found.concept, found.role, found.form, place.start, place.end, found.first, found.last)
            end = place.end

    def _of_area(self, match: Match, leaf: Section | Sentence) -> Match | None:
        unit = self._unit(match, leaf)
        if unit is not None:
            return _as(match, self._bodies.of(match.concept, unit.concept), unit.end)
        level = self._level(match, leaf)
        if level is not None:
            own = self._bodies.own_unit(level.concept.key)
            end = max(match.end, level.end)
            return _as(match, self._bodies.of(match.concept, own), end) if own is not None else None
        if self._bodies.stands_alone(match.concept):
            return _as(match, self._bodies.at_home(match.concept), match.end)
        shared = self._shared(match, leaf)
        return _as(match, self._bodies.of(match.concept, shared), match.end) if shared is not None else None

    def _shared(self, match: Match, leaf: Section | Sentence) -> Concept | None:
        """Return the area that a body has from the one listed after it (`HĐND, UBND tỉnh`)."""
        kinds = self._analysis.matches("organisation-kind", match.end, min(leaf.end, match.end + _UNIT))[:1]
        for kind in kinds:
            listed = _JOINT.fullmatch(self._analysis.text, match.end, kind.start) is not None
            if not listed or not self._bodies.is_body(kind.concept) or kind.concept.broadest != kind.concept.key:
                return None
            unit, level = self._unit(kind, leaf), self._level(kind, leaf)
            if unit is not None:
                return unit.concept
            return self._bodies.own_unit(level.concept.key) if level is not None else None
        return None

    def _unit(self, match: Match, leaf: Section | Sentence) -> NamedPlace | None:
        """Return the unit whose name follows, or begins at the end of, the name of a body."""
        for place in self._places.inside(match.start, min(leaf.end, match.end + _UNIT)):
            if place.end > match.end and place.concept.kinds & _UNITS:
                joined = match.start < place.start < match.end or self._analysis.adjoins(match.end, place.start)
                return place if joined or self._opens_units(match.end, place) else None
        return None

    def _opens_units(self, start: int, place: NamedPlace) -> bool:
        """Tell whether nothing but words for units and a colon lead to the first of them (`các xã: …`)."""
        colon = self._analysis.text.find(":", start, place.end)
        if colon < 0:
            return False
        kinds = self._analysis.matches("place-kind", start, colon)
        plural = self._analysis.cues("plural", start, colon)
        return bool(kinds and plural) and len(self._analysis.tokens(start, colon)) < _COLON

    def _level(self, match: Match, leaf: Section | Sentence) -> Match | None:
        """Return the word for a kind of area that follows the name of a body or ends it."""
        kinds = self._analysis.matches("place-kind", match.start, min(leaf.end, match.end + _REACH))
        for kind in kinds:
            if (
                kind.concept.key in _AREAS
                and kind.start > match.start
                and (
                    kind.end == match.end or (kind.start >= match.end and self._analysis.adjoins(match.end, kind.start))
                )
            ):
                return kind
        return None

    def _listed(self, run: Sequence[Token], found: Sequence[Match]) -> Iterator[Match]:
        """Yield the names that share the head of a name before them, or of a head with a colon."""
        ends = {match.end: match for match in found}
        at = 0
        while at < len(run):
            head = self._head(run, at)
            opened = self._opened(run, at, head, ends) if head else None
            if opened is None:
                at += 1
                continue
            for item in self._items(run, opened, head, ends):
                yield item
                ends[item.end] = item
            at += len(head)

    def _head(self, run: Sequence[Token], at: int) -> tuple[str, ...]:
        """Return the forms of the word for a kind of body that begins at token `at`, if it can open a list.

        In small letters it opens one only with a word for the plural and a colon (`các bộ: …`).
        """
        opens = at > 0 and at + 1 < len(run) and run[at + 1].text == ":" and self._is_plural(run[at - 1])
        if not run[at].text[:1].isupper() and not opens:
            return ()
        return next(
            (
                head
                for head in self._heads
                if head[0] == run[at].form and tuple(token.form for token in run[at : at + len(head)]) == head
            ),
            (),
        )

    def _is_plural(self, token: Token) -> bool:
        return bool(self._analysis.cues("plural", token.start, token.end))

    @cached_property
    def _heads(self) -> list[tuple[str, ...]]:
        lexicon = self._analysis.lexicon
        concepts = [lexicon.get("organisation-kind", key) for key in _LISTING]
        heads = {tuple(match_form(form).split()) for concept in concepts for form in lexicon.forms(concept)}
        return sorted((head for head in heads if "," not in " ".join(head)), key=len, reverse=True)

    def _opened(self, run: Sequence[Token], at: int, head: tuple[str, ...], ends: dict[int, Match]) -> int | None:
        """Return the token where the first further name of a list can begin: after a colon, or after a name."""
        for ahead in range(at + len(head), min(len(run), at + len(head) + _COLON)):
            if run[ahead].text == ":":
                return ahead + 1
            if run[ahead].text != "," and not run[ahead].text.islower():
                break
        named = next((match for match in ends.values() if match.start == run[at].start), None)
        if named is None:
            return None
        after = next((index for index in range(at, len(run)) if run[index].start >= named.end), len(run))
        return self._next_item(run, after)

    def _items(self, run: Sequence[Token], at: int, head: tuple[str, ...], ends: dict[int, Match]) -> Iterator[Match]:
        """Yield the names of a list from token `at` on that are names only with `head` before them."""
        while at < len(run):
            whole = next((match for match in ends.values() if match.start == run[at].start), None)
            item = None if whole is not None else self._item(run, at, head)
            if item is not None:
                yield item
            reached = whole or item
            if reached is None:
                return
            after = next((index for index in range(at, len(run)) if run[index].start >= reached.end), len(run))
            following = self._next_item(run, after)
            if following is None:
                return
            at = following

    def _item(self, run: Sequence[Token], at: int, head: tuple[str, ...]) -> Match | None:
        if not run[at].text[:1].isupper():
            return None
        lexicon = self._analysis.lexicon
        for scheme in ("organisation", "organisation-kind"):
            for match in lexicon.find_at(run, scheme, at, after=head):
                if scheme == "organisation":
                    return match
                if self._bodies.is_body(match.concept):
                    return _as(match, self._bodies.at_home(match.concept), match.end)
        return None

    def _next_item(self, run: Sequence[Token], at: int) -> int | None:
        """Return the token after a comma or a conjunction, or None where the list ends."""
        after = at
        if after < len(run) and run[after].text in (",", ";"):
            after += 1
        if after < len(run) and self._analysis.matches("cue/conjunction", run[after].start, run[after].end):
            after += 1
        return after if at < after < len(run) else None


def _as(match: Match, concept: Concept | None, end: int) -> Match | None:
    """Return `match` as one of `concept` that reaches to `end`."""
    if concept is None:
        return None
    return Match(concept, match.role, match.form, match.start, end, match.first, match.last)


def _overlaps(match: Match, others: Sequence[Match]) -> bool:
    return any(spans_overlap(match, other) for other in others)


def _apart(found: Sequence[Match]) -> list[Match]:
    """Return the matches in text order, of those that overlap the one that begins first and is longest."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
