"""The places a report names, resolved to the unit of its time.

A full name (`huyện Cát Hải`) always counts, and the word for the kind holds for a whole list (`các huyện A, B và C`).
A bare one (`Cát Hải`) counts where it is a country, a province, or a district of the report's own area; inside a longer
proper name (`KCN Thủy Nguyên`, `Khu 311 Đà Nẵng`) it names that thing and no place. Communes are read by full name
only, and from the tables of the provinces that are spoken of. Not for: choosing among homonyms
(`hpkg.extract.place_choice`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.analysis import Index, spans_overlap
from hpkg.extract.place_choice import COMMUNES, DISTRICTS, Mentioned, PlaceChooser
from hpkg.grammar.word import is_syllable
from hpkg.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.grammar.word import Token
    from hpkg.lexicon import Concept, Match
    from hpkg.model import Section, Sentence

__all__ = ["NamedPlace", "PlaceReader"]

_ATTACHED: Final = re.compile(r"\s*[,(–-]?\s*")
_CLAUSE: Final = re.compile(r"[,;.:()]")
_REACH: Final = 30
"""Characters that a word between two names can take."""

_LEVELS: Final = {
    "city": ("province", "district"),
    "province": ("province",),
    "urban-district": ("district",),
    "rural-district": ("district",),
    "district-town": ("district",),
    "municipal-city": ("district",),
    "commune": ("commune",),
    "ward": ("commune",),
    "township": ("commune",),
    "special-zone": ("commune",),
}
"""Kinds of administrative unit, and the levels whose names can follow their words."""

_TOWNS: Final = frozenset({"MunicipalCity", "DistrictTown"})
"""Units known all over the country by their bare names."""

_PROVINCE: Final = "province"
_ALSO: Final = {"city": "municipal-city"}
"""The same word stands for both: a city of the provincial level and one of a province."""

_NAMED_AFTER: Final = frozenset(
    {
        "airport",
        "bridge",
        "ferry-landing",
        "industrial-cluster",
        "industrial-park",
        "interchange",
        "monument",
        "railway",
        "road",
        "stadium",
        "urban-area",
    }
)
"""Kinds of work that carry the name of a place or a person, wherever they lie."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A stretch of the text that names a place; `full` says whether with its kind."""

    concept: Concept
    start: int
    end: int
    full: bool


class PlaceReader:
    """The named places of one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis
        self._chooser = PlaceChooser(analysis)
        self._groups = 0

    @cached_property
    def named(self) -> list[NamedPlace]:
        """Return every place the text names, in text order."""
        return [
            NamedPlace(concept, mention.start, mention.end, mention.full)
            for mention, concept in self._read
            if concept is not None
        ]

    @cached_property
    def unresolved(self) -> list[Mentioned]:
        """Return the full names that several units bear, where nothing says which is meant."""
        return [mention for mention, concept in self._read if concept is None and mention.full]

    @cached_property
    def _read(self) -> list[tuple[Mentioned, Concept | None]]:
        found: list[tuple[Mentioned, Concept | None]] = []
        for leaf in self._analysis.leaves:
            mentions = self._mentions(leaf)
            found += zip(mentions, self._chooser.choose(mentions, self._holders(mentions)), strict=True)
        return found

    @cached_property
    def numbered(self) -> list[NamedPlace]:
        """Return the places whose names hold a number, which counts nothing."""
        return [place for place in self.named if any(map(str.isdigit, self._analysis.text[place.start : place.end]))]

    def inside(self, start: int, end: int) -> list[NamedPlace]:
        """Return the places named in `start` to `end`."""
        return self._index.inside(start, end)

    @cached_property
    def _index(self) -> Index[NamedPlace]:
        return Index(self.named)

    def facts(self) -> list[Place]:
        """Return one record a place, in order of first mention."""
        mentions: dict[str, list[NamedPlace]] = defaultdict(list)
        for place in self.named:
            mentions[place.concept.iri].append(place)
        return [self._fact(named) for named in mentions.values()]

    def _fact(self, named: list[NamedPlace]) -> Place:
        concept, first = named[0].concept, named[0]
        kind = concept.first("placeKind")
        wikidata = concept.first("wikidata")
        return Place(
            id=concept.iri,
            **self._analysis.stated(first.start, first.end),
            label=concept.label,
            kind=kind.rpartition("/")[2] if kind else "locality",
            code=concept.first("gsoCode"),
            wikidata=wikidata.rpartition("/")[2] if wikidata else None,
            mentions=tuple(self._analysis.mention(place.start, place.end) for place in named),
        )

    def _mentions(self, leaf: Section | Sentence) -> list[Mentioned]:
        """Return what names a place in a heading or sentence, in text order."""
        headed = list(self._headed(leaf))
        bare = [
            mention for mention in self._unheaded(leaf) if not any(spans_overlap(mention, other) for other in headed)
        ]
        mentions = sorted((*headed, *bare), key=lambda mention: mention.start)
        return [
            replace(mention, former=self._is_former(mention, leaf))
            for mention in mentions
            if self._counts(mention, mentions)
        ]

    def _headed(self, leaf: Section | Sentence) -> Iterator[Mentioned]:
        """Yield the names that a word for a kind of unit opens, each list to its end."""
        run = self._analysis.tokens(leaf.start, leaf.end)
        heads: dict[int, list[Match]] = defaultdict(list)
        for match in self._analysis.matches("place-kind", leaf.start, leaf.end):
            if match.concept.key in _LEVELS and self._is_word(match):
                heads[match.first].append(match)
        for first, twins in heads.items():
            keys = {key for match in twins for key in (match.concept.key, _ALSO.get(match.concept.key, "")) if key}
            keys = (keys - set(_ALSO.values())) | {_PROVINCE} if self._joins(run, first, heads) else keys
            schemes = self._schemes(keys, leaf)
            yield from self._list(run, first, twins[0].last, frozenset(keys), schemes)

    def _joins(self, run: Sequence[Token], first: int, heads: dict[int, list[Match]]) -> bool:
        """Tell whether a word for a unit goes on from one for provinces (`các tỉnh, thành phố: …`)."""
        at = first - 1 if first and run[first - 1].text == "," else first
        before = (match for twins in heads.values() for match in twins if match.last == at)
        return at < first and any(match.concept.key == _PROVINCE for match in before)

    def _is_word(self, head: Match) -> bool:
        """Tell whether the word is no stray letter: an abbreviation is written in capitals."""
        return not head.form.isupper() or self._analysis.text[head.start].isupper()

    def _schemes(self, keys: set[str], leaf: Section | Sentence) -> list[str]:
        levels = {level for key in keys for level in _LEVELS[key]}
        schemes = sorted(levels - {"commune"})
        if "commune" in levels:
            schemes += [self._analysis.lexicon.communes(code) for code in self._provinces(leaf)]
        return schemes

    def _provinces(self, leaf: Section | Sentence) -> list[str]:
        """Return the codes of the provinces whose communes can be meant: the report's own and those named nearby."""
        area = self._analysis.area
        codes = [area.key[:2]] if area is not None and area.first("gsoCode") else []
        for match in self._analysis.matches("place", leaf.start, leaf.end):
            if match.concept.kinds & (DISTRICTS | {"Province"}):
                codes.append(match.concept.key[:2])
                codes += [iri.rpartition("/")[2][:2] for iri in match.concept.links.get("succeededBy", ())]
        return list(dict.fromkeys(codes))

    def _list(
        self, run: Sequence[Token], first: int, at: int, kinds: frozenset[str], schemes: Sequence[str]
    ) -> Iterator[Mentioned]:
        """Yield the name after a head that begins at token `first` and ends before `at`, and those listed with it."""
        self._groups += 1
        if at < len(run) and run[at].text == ":":
            at += 1
        opened: int | None = first
        while found := self._name(run, at, kinds, schemes):
            start = run[opened].start if opened is not None else run[at].start
            stop = found[0].last
            yield Mentioned(start, found[0].end, tuple(match.concept for match in found), kinds, self._groups)
            opened, at = None, self._next_item(run, stop)

    def _name(self, run: Sequence[Token], at: int, kinds: frozenset[str], schemes: Sequence[str]) -> list[Match]:
        """Return what the longest name at token `at` can mean, of the kinds given."""
        if at >= len(run):
            return []
        found = [match for scheme in schemes for match in self._analysis.lexicon.find_at(run, scheme, at)]
        last = max((match.last for match in found), default=at)
        found = [match for match in found if match.last == last and self._is_name(run, match)]
        unique = {match.concept.iri: match for match in found}
        of_kind = [match for match in unique.values() if _kind_of(match.concept) & kinds]
        return of_kind or list(unique.values())

    def _is_name(self, run: Sequence[Token], match: Match) -> bool:
        """Tell whether a match is written as a name: a capital in it, or a number that counts nothing."""
        words = run[match.first : match.last]
        if words[0].kind == "digits":
            follower = run[match.last] if match.last < len(run) else None
            if follower is None or follower.kind != "letters" or not follower.text.islower():
                return True
            return self._goes_on_after(follower)
        return any(word.text[:1].isupper() for word in words)

    def _goes_on_after(self, token: Token) -> bool:
        """Tell whether a conjunction, or a word that leads to what holds a numbered ward, begins at `token`."""
        stop = token.start + _REACH
        joints = ("cue/conjunction", "cue/locative", "cue/belonging")
        if any(cue.start == token.start for key in joints for cue in self._analysis.matches(key, token.start, stop)):
            return True
        heads = [head for head in self._analysis.matches("place-kind", token.start, stop) if head.start == token.start]
        return any("commune" not in _LEVELS.get(head.concept.key, ("commune",)) for head in heads)

    def _next_item(self, run: Sequence[Token], at: int) -> int:
        """Return where the next name of a list can begin, or the end of `run`."""
        after = at
        if after < len(run) and run[after].text in (",", ";"):
            after += 1
        if after < len(run):
            joint = self._analysis.matches("cue/conjunction", run[after].start, run[after].end)
            after += 1 if joint else 0
        return after if after > at else len(run)

    def _unheaded(self, leaf: Section | Sentence) -> Iterator[Mentioned]:
        """Yield the names that stand alone, and the full names of what is no administrative unit."""
        groups: dict[tuple[int, int], list[Match]] = defaultdict(list)
        for match in self._analysis.matches("place", leaf.start, leaf.end):
            groups[match.start, match.end].append(match)
        heads = self._analysis.matches("place-kind", leaf.start, leaf.end)
        opening = {head.first: head for head in heads}
        for (start, end), twins in groups.items():
            if any(match.role == "decoy" for match in twins):
                continue
            ranked = sorted(twins, key=lambda match: match.role != "label")
            head = opening.get(ranked[0].first)
            full = head is not None and head.last < ranked[0].last
            self._groups += 1
            concepts = self._likely([match.concept for match in ranked], full=full)
            kinds = frozenset().union(*map(_kind_of, concepts)) if full else frozenset()
            if full or self._stands_alone(start, end, concepts, leaf):
                yield Mentioned(start, end, concepts, kinds, self._groups)

    def _likely(self, concepts: Sequence[Concept], *, full: bool) -> tuple[Concept, ...]:
        """Return `concepts`, of a bare name without units far away that share it with a region or a river."""
        units = DISTRICTS | COMMUNES
        near = [one for one in concepts if not one.kinds & units or self._chooser.is_at_home(one)]
        return tuple(near) if near and not full else tuple(concepts)

    def _counts(self, mention: Mentioned, mentions: Sequence[Mentioned]) -> bool:
        """Tell whether a bare name names a place here: a district only at home or where its province is given."""
        if mention.full or any(one.kinds - DISTRICTS - COMMUNES for one in mention.candidates):
            return True
        at = mentions.index(mention)
        outer = [one for holder in self._attached(mention, mentions[at + 1 :]) for one in holder.candidates]
        if any(self._chooser.holds(other, one) for other in outer for one in mention.candidates):
            return True
        standing = [one for one in mention.candidates if self._chooser.stood(one) and not one.kinds & COMMUNES]
        return any(self._chooser.is_at_home(one) or one.kinds & _TOWNS for one in standing)

    def _holders(self, mentions: Sequence[Mentioned]) -> list[list[Mentioned]]:
        return [self._attached(mention, mentions[at + 1 :]) for at, mention in enumerate(mentions)]

    def _attached(self, mention: Mentioned, following: Sequence[Mentioned]) -> list[Mentioned]:
        """Return what the text names right after a place, or after the list it stands on, as what it lies in."""
        found: list[Mentioned] = []
        last = mention
        for other in following:
            if other.group == mention.group:
                last = other
            elif self._is_attached(last.end, other.start):
                found.append(other)
                last = other
            else:
                break
        return found

    def _is_attached(self, end: int, start: int) -> bool:
        """Tell whether only a comma, a bracket or a word such as `thuộc` stands between `end` and `start`."""
        if start - end > _REACH:
            return False
        for key in ("belonging", "locative"):
            for cue in self._analysis.cues(key, end, start):
                if self._analysis.adjoins(cue.end, start):
                    start = cue.start
        return _ATTACHED.fullmatch(self._analysis.text, end, start) is not None

    def _is_former(self, mention: Mentioned, leaf: Section | Sentence) -> bool:
        """Tell whether the text calls the unit a former one (`tỉnh Hải Dương (cũ)`)."""
        cues = self._analysis.cues("former", mention.end, min(leaf.end, mention.end + _REACH))
        return any(_ATTACHED.fullmatch(self._analysis.text, mention.end, cue.start) for cue in cues)

    def _stands_alone(self, start: int, end: int, concepts: Sequence[Concept], leaf: Section | Sentence) -> bool:
        """Tell whether a bare name is written as one and is no part of another name."""
        words = [token for token in self._analysis.tokens(start, end) if token.kind == "letters"]
        if not words or not all(word.text[:1].isupper() for word in words):
            return False
        if len(words) == 1 and start == leaf.start and len(concepts) == 1 and "Country" in concepts[0].kinds:
            return False
        if any(body.start < start and end <= body.end for body in self._bodies(start, leaf)):
            return False
        return not self._is_inside_name(start, end, concepts, leaf)

    def _bodies(self, start: int, leaf: Section | Sentence) -> list[Match]:
        """Return the organisations of the nation or of the world whose names can reach over `start`."""
        found = self._analysis.matches("organisation", max(leaf.start, start - 120), min(leaf.end, start + 120))
        return [match for match in found if match.concept.key.startswith(("vn/", "intl/"))]

    def _is_inside_name(self, start: int, end: int, concepts: Sequence[Concept], leaf: Section | Sentence) -> bool:
        """Tell whether a bare name is glued to other words of a name that does not say where the thing is."""
        text = self._analysis.text
        after = self._analysis.tokens(end, min(len(text), end + 40))[:1]
        if after and text[end : after[0].start].isspace() and _is_capital(after[0]) and is_syllable(after[0].text):
            return True
        if after and after[0].text in "-–" and self._goes_on(after[0].end):
            return False
        before = self._analysis.tokens(max(0, start - 40), start)[-1:]
        if not before or not text[before[0].end : start].isspace():
            return False
        return before[0].kind == "digits" or self._ends_name(before[0], start, concepts, leaf)

    def _ends_name(self, last: Token, start: int, concepts: Sequence[Concept], leaf: Section | Sentence) -> bool:
        """Tell whether a bare name right after the word `last` is the end of the name of a work, a body or a person."""
        units = all(one.kinds & (DISTRICTS | COMMUNES) for one in concepts)
        if units and self._analysis.leads_to(("namesake",), start, leaf.start):
            return True
        kind = self._work(start, leaf)
        glued = kind is not None and kind.end == last.end
        if not glued and (not _is_capital(last) or last.start == leaf.start):
            return False
        if self._ends_place(last.end):
            return False
        if kind is None or kind.concept.key in _NAMED_AFTER:
            return True
        return glued and not any("Province" in one.kinds for one in concepts)

    def _goes_on(self, offset: int) -> bool:
        """Tell whether a capital follows a dash: the name is one end of a route."""
        following = self._analysis.tokens(offset, min(len(self._analysis.text), offset + 20))[:1]
        return bool(following) and _is_capital(following[0])

    def _work(self, start: int, leaf: Section | Sentence) -> Match | None:
        """Return the word for a kind of work that the name ending at `start` can belong to."""
        found = self._analysis.matches("project-kind", max(leaf.start, start - 80), start)
        if not found or _CLAUSE.search(self._analysis.text, found[-1].end, start):
            return None
        return found[-1]

    def _ends_place(self, end: int) -> bool:
        """Tell whether a word for a kind of place ends at `end` (`Vịnh Lan Hạ`)."""
        return any(kind.end == end for kind in self._analysis.matches("place-kind", max(0, end - 40), end))


def _is_capital(token: Token) -> bool:
    return token.kind == "letters" and token.text[:1].isupper()


def _kind_of(concept: Concept) -> frozenset[str]:
    return frozenset(iri.rpartition("/")[2] for iri in concept.links.get("placeKind", ()))
