"""Which of several units of one name a text means: the unit of its day, and the one its words or its area point to.

What the words give goes first (`huyện Châu Thành, tỉnh Long An`), then the report's own area, then the place named
nearest in the sentence. Where all that leaves several, none is chosen. Not for: finding the words
(`hpkg.extract.place`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.area import province_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.lexicon import Concept

__all__ = ["COMMUNES", "DISTRICTS", "Mentioned", "PlaceChooser"]

DISTRICTS: Final = frozenset({"UrbanDistrict", "RuralDistrict", "DistrictTown", "MunicipalCity"})
COMMUNES: Final = frozenset({"Commune", "Ward", "Township", "SpecialZone"})
_RANK: Final = ("Country", "Province", *sorted(DISTRICTS), "Region", "NaturalFeature", "Locality", *sorted(COMMUNES))
_LEVELS: Final = (frozenset({"Province"}), DISTRICTS, COMMUNES)

_REGISTER: Final = "2020-12-01"
"""The day from which the reference data tell one state of a unit from the next."""

_MOST_CHANGED: Final = "2023-07-01"
"""Of a commune whose change has no known day, the later state is taken from here on: half the changes came after."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A stretch of the text that names a place, and what it can be.

    `kinds` are the keys of the kinds that the word before the name allows (none: a bare name), `group` is the number of
    the list that the name stands on, `former` says that the text calls the unit a former one.
    """

    start: int
    end: int
    candidates: tuple[Concept, ...]
    kinds: frozenset[str]
    group: int
    former: bool = False

    @property
    def full(self) -> bool:
        """Tell whether the kind is named."""
        return bool(self.kinds)


class PlaceChooser:
    """Chooses among homonyms, for one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Choose for the day and the area of the report that `analysis` holds."""
        self._analysis = analysis
        self._date = analysis.document.source.metadata.date.isoformat()
        self._area = analysis.area.iri if analysis.area is not None else ""
        home = province_of(analysis.lexicon, analysis.area) if analysis.area is not None else None
        self._home = home.iri if home is not None else None
        self._around: dict[str, frozenset[str]] = {}

    def choose(self, mentions: Sequence[Mentioned], holders: Sequence[Sequence[Mentioned]]) -> list[Concept | None]:
        """Return the place that each of `mentions` (of one sentence) names, or None where that is open.

        `holders` are, for each of them, the mentions that the text attaches to it as what it lies in.
        """
        narrowed: list[list[Concept]] = []
        chosen: list[Concept | None] = []
        for mention, held in zip(mentions, holders, strict=True):
            candidates = self._of_its_time(mention)
            told = self._told(candidates, held)
            narrowed.append(told or candidates)
            chosen.append(self._only(told) if told else self._unasked(candidates))
        anchors = [
            (mention.start, concept, mention.group)
            for mention, concept in zip(mentions, chosen, strict=True)
            if concept
        ]
        return [
            concept if concept is not None else self._nearest(mention, left, anchors)
            for mention, concept, left in zip(mentions, chosen, narrowed, strict=True)
        ]

    def is_at_home(self, concept: Concept) -> bool:
        """Tell whether a place is the province of the report or lies in it."""
        return self._home is not None and (concept.iri == self._home or self._home in self._holding(concept))

    def stood(self, concept: Concept) -> bool:
        """Tell whether a place stood as such on the report's day."""
        return self._standing(concept) == 0

    def holds(self, outer: Concept, inner: Concept) -> bool:
        """Tell whether `inner` lies in `outer`, or in what came after or before it."""
        return outer.iri in self._holding(inner) or bool(self._after(outer) & self._holding(inner))

    def _of_its_time(self, mention: Mentioned) -> list[Concept]:
        """Return the candidates that stood on the report's day, or else those that had stood before."""
        fitting = [one for one in mention.candidates if not mention.kinds or _kind(one) & mention.kinds]
        now = [one for one in fitting if self._standing(one) == 0]
        past = [one for one in fitting if self._standing(one) < 0]
        found = (past or now) if mention.former else (now or past)
        if not found and self._date < _REGISTER:
            levels = [level for level in _LEVELS if any(one.kinds & level for one in mention.candidates)]
            found = [one for one in mention.candidates if self._standing(one) == 0 and _suits(mention, levels)]
        return found

    def _standing(self, concept: Concept) -> int:
        """Return 0 for a place that stood on the report's day, -1 for one that had ended, 1 for one still to come."""
        since, until = concept.first("validFrom"), concept.first("validTo") or concept.first("endedBy")
        if since is not None and since[:10] > self._date:
            return 1
        return -1 if until is not None and until[:10] < self._date else 0

    def _told(self, candidates: list[Concept], holders: Sequence[Mentioned]) -> list[Concept]:
        """Return those that lie in what the text attaches to the name."""
        outer = [one for holder in holders for one in self._of_its_time(holder)]
        return [one for one in candidates if any(self.holds(other, one) for other in outer)]

    def _only(self, candidates: list[Concept]) -> Concept | None:
        """Return the one candidate, or the one of the report's own area."""
        ranked = _foremost(candidates)
        own = [one for one in ranked if self._area in (one.iri, *self._holding(one))]
        return self._one(own or [one for one in ranked if self.is_at_home(one)] or ranked)

    def _unasked(self, candidates: list[Concept]) -> Concept | None:
        """Return the only candidate where the words say no more; a commune must be of the report's own area."""
        ranked = _foremost(candidates)
        far = [one for one in ranked if one.kinds & COMMUNES and not self.is_at_home(one)]
        return None if ranked and len(far) == len(ranked) else self._only(ranked)

    def _nearest(
        self, mention: Mentioned, candidates: list[Concept], anchors: Iterable[tuple[int, Concept, int]]
    ) -> Concept | None:
        """Return the candidate that lies in the place named nearest, of those places that hold any."""
        left = _foremost(candidates)
        near = sorted(
            ((abs(start - mention.start), concept) for start, concept, group in anchors if group != mention.group),
            key=lambda pair: pair[0],
        )
        for _, anchor in near:
            inside = [one for one in left if one.iri != anchor.iri and anchor.iri in self._holding(one)]
            left = inside if "Country" not in anchor.kinds and inside else left
            if inside and (found := self._one(left)):
                return found
        return None

    def _one(self, candidates: list[Concept]) -> Concept | None:
        """Return the only unit among `candidates`, in the state that is likelier on the report's day."""
        states = {(one.first("gsoCode"), one.key[:2]) for one in candidates}
        if len(candidates) > 1 and (len(states) > 1 or None in {code for code, _ in states}):
            return None
        ordered = sorted(candidates, key=lambda one: one.key)
        return ordered[-1 if self._date >= _MOST_CHANGED else 0] if ordered else None

    def _holding(self, concept: Concept) -> frozenset[str]:
        """Return the IRIs of what a place lies in, near and far, and of what came after those."""
        if concept.iri not in self._around:
            found: set[str] = set()
            open_ = list(concept.links.get("within", ()))
            while open_:
                iri = open_.pop()
                other = self._analysis.lexicon.concept(iri)
                if iri not in found and other is not None:
                    found.add(iri)
                    open_ += other.links.get("within", ())
                    open_ += other.links.get("succeededBy", ())
            self._around[concept.iri] = frozenset(found)
        return self._around[concept.iri]

    def _after(self, concept: Concept) -> set[str]:
        return {iri for iri in concept.links.get("succeededBy", ()) if "Country" not in concept.kinds}


def _kind(concept: Concept) -> set[str]:
    return {iri.rpartition("/")[2] for iri in concept.links.get("placeKind", ())}


def _suits(mention: Mentioned, levels: list[frozenset[str]]) -> bool:
    """Tell whether the candidates of a mention are of one level, so that only the grade of the unit differs."""
    return mention.full and len(levels) == 1


def _foremost(candidates: list[Concept]) -> list[Concept]:
    """Return the candidates of the highest rank: the province before its capital of the same name."""
    best = min((_rank(one) for one in candidates), default=0)
    return [one for one in candidates if _rank(one) == best]


def _rank(concept: Concept) -> int:
    ranks = (_RANK.index(kind) for kind in concept.kinds if kind in _RANK)
    rank = min(ranks, default=len(_RANK))
    return _RANK.index("DistrictTown") if concept.kinds & DISTRICTS else rank
