"""The places a report names, resolved to the unit of its time.

A full name (`huyện Cát Hải`) always counts. A bare one (`Cát Hải`) counts where it stands alone or goes on a list
that a full name opened; inside a longer proper name (`KCN Thủy Nguyên`, `Khu 311 Đà Nẵng`) it names that thing and no
place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.analysis import Index
from hpkg.grammar.word import tokens
from hpkg.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.lexicon import Concept, Match

__all__ = ["NamedPlace", "PlaceReader"]

_LISTED: Final = re.compile(r"\s*(?:,|;|:|và|hoặc|\()\s*")
_JOINED: Final = re.compile(r"\s*(?:,|và|hoặc)\s*")
_DISTRICTS: Final = frozenset({"UrbanDistrict", "RuralDistrict", "DistrictTown", "MunicipalCity"})
_COMMUNES: Final = frozenset({"Commune", "Ward", "Township"})
_RANK: Final = ("Country", "Province", *sorted(_DISTRICTS), "Region", "NaturalFeature", "Locality", *sorted(_COMMUNES))


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
        self._date = analysis.document.source.metadata.date.isoformat()

    @cached_property
    def named(self) -> list[NamedPlace]:
        """Return every place the text names, in text order."""
        found: list[NamedPlace] = []
        for leaf in self._analysis.leaves:
            found += self._read_leaf(leaf.start, leaf.end)
        return found

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

    def _read_leaf(self, start: int, end: int) -> Iterator[NamedPlace]:
        groups: dict[tuple[int, int], list[Match]] = defaultdict(list)
        for match in self._analysis.matches("place", start, end):
            if self._is_valid(match.concept):
                groups[match.start, match.end].append(match)
        spans = list(groups.items())
        kept: list[NamedPlace] = []
        for at, ((first, last), matches) in enumerate(spans):
            follower = spans[at + 1] if at + 1 < len(spans) else None
            choice = self._choose(matches, kept, follower)
            if choice is not None:
                kept.append(NamedPlace(choice.concept, first, last, self._is_full(first, last)))
        yield from kept

    def _is_valid(self, concept: Concept) -> bool:
        """Tell whether the place stood as such on the day of the report."""
        since, until = concept.first("validFrom"), concept.first("validTo")
        return (since is None or since[:10] <= self._date) and (until is None or self._date <= until[:10])

    def _is_full(self, start: int, end: int) -> bool:
        """Tell whether the words begin with a word for a kind of place."""
        run = tokens(self._analysis.text[start:end])
        heads = self._analysis.lexicon.find(run, "place-kind")
        return bool(heads) and heads[0].first == 0 and heads[0].last < len(run)

    def _choose(
        self, matches: list[Match], before: list[NamedPlace], follower: tuple[tuple[int, int], list[Match]] | None
    ) -> Match | None:
        """Return the match that holds here, or None where the words are part of another name."""
        first, last = matches[0].start, matches[0].end
        ranked = sorted(matches, key=lambda match: (match.role != "label", self._rank(match.concept)))
        if self._is_full(first, last):
            return ranked[0]
        if not self._analysis.text[first].isupper() or self._is_inside_name(first, last):
            return None
        previous = before[-1] if before else None
        opened = previous is not None and _LISTED.fullmatch(self._analysis.text, previous.end, first) is not None
        for match in ranked:
            if match.concept.kinds & _COMMUNES:
                listed = opened and previous is not None and bool(previous.concept.kinds & _COMMUNES)
                if not listed and not self._is_placed_by(match, last, follower):
                    continue
            return match
        return None

    def _is_placed_by(self, match: Match, end: int, follower: tuple[tuple[int, int], list[Match]] | None) -> bool:
        """Tell whether the next place named holds this one (`Vạn Mỹ, Cầu Tre, quận Ngô Quyền`)."""
        if follower is None or not _JOINED.fullmatch(self._analysis.text, end, follower[0][0]):
            return False
        around = match.concept.links.get("within", ())
        return any(
            other.concept.iri in around or other.concept.links.get("within", ("",))[:1] == around[:1]
            for other in follower[1]
        )

    def _is_inside_name(self, start: int, end: int) -> bool:
        """Tell whether a bare name is glued to other words of a proper name."""
        text = self._analysis.text
        before = self._analysis.tokens(max(0, start - 40), start)
        after = self._analysis.tokens(end, min(len(text), end + 40))
        if before:
            last = before[-1]
            adjacent = text[last.end : start].isspace()
            if adjacent and last.kind == "digits":
                return True
            if adjacent and last.kind == "letters" and last.text[:1].isupper() and not self._opens(last.start):
                return not self._ends_place(last.end)
            if any(kind.end == last.end for kind in self._analysis.matches("project-kind", start - 40, start)):
                return adjacent
        if after:
            following = after[0]
            adjacent = text[end : following.start].isspace()
            return adjacent and following.kind == "letters" and following.text[:1].isupper()
        return False

    def _opens(self, offset: int) -> bool:
        """Tell whether a sentence or heading begins at `offset`, where a capital says nothing."""
        leaf = self._analysis.leaf(offset)
        return leaf is not None and leaf.start == offset

    def _ends_place(self, end: int) -> bool:
        """Tell whether a word for a kind of place ends at `end` (`Vịnh Lan Hạ`)."""
        return any(kind.end == end for kind in self._analysis.matches("place-kind", max(0, end - 40), end))

    def _rank(self, concept: Concept) -> int:
        return min((_RANK.index(kind) for kind in concept.kinds if kind in _RANK), default=len(_RANK))
