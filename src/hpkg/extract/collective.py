"""Bodies that a text charges by their kind: `các sở, ngành`, `Ủy ban nhân dân các quận, huyện`.

Each such group is a body of the report's area under its own words, and so is a centre or an institute, which is a house
as well. Only those that are set to work become facts: all others are mere ways of speaking. Not for: named bodies
(`hpkg.extract.organisation`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.analysis import Cover, Index
from hpkg.lexicon import Concept, Match
from hpkg.model import Organisation
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.organisation import OrganisationReader
    from hpkg.model import Section, Sentence

__all__ = ["CollectiveReader"]

_LED: Final = {"peoples-committee": "ubnd", "peoples-council": "hdnd"}
"""Kinds whose word can stand before a group of areas (`Ủy ban nhân dân các huyện`), with their name in IRIs."""
_KIND: Final = "body-group"
_WORDS: Final = ("plural", "collective", "collective-name", "collective-tail")
_JOINTS: Final = frozenset({",", "/"})
_LONGEST: Final = 120
_NEAR: Final = 20


class CollectiveReader:
    """The groups of bodies that one report speaks of."""

    def __init__(self, analysis: Analysis, organisations: OrganisationReader) -> None:
        """Read from `analysis`, apart from the bodies that `organisations` names."""
        self._analysis = analysis
        self._organisations = organisations

    def inside(self, start: int, end: int) -> list[Match]:
        """Return the groups named in `start` to `end`, in text order."""
        return self._index.inside(start, end)

    def facts(self, charged: Iterable[str]) -> list[Organisation]:
        """Return one record a group among the IRIs `charged`, with every place that names it."""
        wanted = set(charged)
        mentions: dict[str, list[Match]] = defaultdict(list)
        for match in self._index.items:
            if match.concept.iri in wanted:
                mentions[match.concept.iri].append(match)
        return [self._fact(matches) for matches in mentions.values()]

    def _fact(self, matches: list[Match]) -> Organisation:
        concept, first = matches[0].concept, matches[0]
        return Organisation(
            id=concept.iri,
            **self._analysis.stated(first.start, first.end),
            label=concept.label,
            kind=concept.links["organisationKind"][0].rpartition("/")[2],
            aliases=(),
            mentions=tuple(self._analysis.mention(match.start, match.end) for match in matches),
            area_id=concept.first("ofArea"),
        )

    @cached_property
    def _index(self) -> Index[Match]:
        found = [match for leaf in self._analysis.leaves for match in self._read_leaf(leaf)]
        found = [match for match in found if not self._is_named(match) and not self._opens_names(match)]
        return Index(sorted((*found, *self._units(found)), key=lambda match: match.start))

    def _units(self, groups: list[Match]) -> Iterator[Match]:
        """Yield the units that are bodies where they are set to work, apart from groups and named bodies."""
        known = Cover((group.start, group.end) for group in groups)
        for leaf in self._analysis.leaves:
            units = (
                *self._organisations.own_names.read(leaf, works=True),
                *self._organisations.of_unnamed_units(leaf),
            )
            for unit in units:
                if not self._is_named(unit) and not known.touches(unit.start, unit.end):
                    yield unit

    def _is_named(self, match: Match) -> bool:
        """Tell whether the group is a named body or part of one; `các Ban của Hội đồng nhân dân` only holds one."""
        known = self._organisations.touching(match.start, match.end)
        return any(not (match.start < one.start and one.end <= match.end) for one in known)

    def _opens_names(self, match: Match) -> bool:
        """Tell whether a colon after a group opens the list of its bodies (`các Bộ: Tài chính, Y tế`)."""
        following = self._analysis.tokens(match.end, match.end + _NEAR)[:2]
        return (
            len(following) > 1
            and following[0].text == ":"
            and any(
                one.start == following[1].start for one in self._organisations.inside(match.end, match.end + _LONGEST)
            )
        )

    def _read_leaf(self, leaf: Section | Sentence) -> Iterator[Match]:
        floor = leaf.start
        opened = [(cue.start, cue.end) for cue in self._analysis.cues("plural", leaf.start, leaf.end)]
        opened += [(cue.start, cue.start) for cue in self._analysis.cues("collective-name", leaf.start, leaf.end)]
        for start, at in sorted(opened):
            end = self._end(at, min(leaf.end, at + _LONGEST)) if start >= floor else None
            if end is not None:
                floor = end
                yield self._match(self._head(start, leaf.start), end)

    def _end(self, start: int, stop: int) -> int | None:
        """Return where the nouns that begin at `start` end, with what narrows them; None where none begins."""
        end, at = None, self._noun(start, stop)
        while at is not None:
            end = at
            at = self._noun(self._past_joint(at, stop), stop)
        return None if end is None else self._past_tail(end, stop)

    def _noun(self, start: int, stop: int) -> int | None:
        """Return the end of the noun for bodies that begins at `start`."""
        if start >= stop or self._names_body(start):
            return None
        end = max(
            (*self._adjoining("collective", start, stop), *self._adjoining("collective-name", start, stop)), default=0
        )
        kinds = [
            kind
            for kind in self._analysis.matches("organisation-kind", start, stop)[:1]
            if self._analysis.adjoins(start, kind.start) and kind.end > end and kind.concept.key != _KIND
        ]
        return end if end and not kinds else None

    def _names_body(self, start: int) -> bool:
        """Tell whether a body with a name of its own stands at `start`, after white space."""
        named = self._organisations.inside(start, start + _LONGEST)[:1]
        return bool(named) and self._analysis.adjoins(start, named[0].start)

    def _past_joint(self, at: int, stop: int) -> int:
        """Return where the noun after a comma or a conjunction would begin, `stop` where nothing joins."""
        following = self._analysis.tokens(at, stop)[:1]
        if following and following[0].text in _JOINTS:
            return following[0].end
        joints = self._adjoining("conjunction", at, stop)
        return joints[0] if joints else stop

    def _adjoining(self, key: str, at: int, stop: int) -> list[int]:
        """Return the ends of the cues `key` that begin right at `at`."""
        return [cue.end for cue in self._analysis.cues(key, at, stop) if self._analysis.adjoins(at, cue.start)]

    def _past_tail(self, at: int, stop: int) -> int:
        """Return where what narrows a group ends: `liên quan`, `trực thuộc Trung ương`, the name of its last area."""
        while True:
            tails = self._adjoining("collective-tail", at, stop)
            if not tails:
                break
            at = max(tails)
        for token in self._analysis.tokens(at, stop):
            if not (self._analysis.text[at : token.start].isspace() and token.text[:1].isupper()):
                break
            at = token.end
        return at

    def _head(self, start: int, floor: int) -> int:
        """Return where a group begins, with the word for the bodies whose areas it names."""
        kinds = self._analysis.matches("organisation-kind", max(floor, start - _LONGEST), start)
        heads = [kind for kind in kinds if kind.concept.key in _LED and self._analysis.adjoins(kind.end, start)]
        return heads[-1].start if heads else start

    def _match(self, start: int, end: int) -> Match:
        analysis = self._analysis
        kinds = [kind for kind in analysis.matches("organisation-kind", start, end) if kind.start == start]
        head = next((kind for kind in kinds if kind.concept.key in _LED), None)
        words = self._words(head.end if head else start, end)
        label = f"{head.concept.label} {words}" if head else f"{words[:1].upper()}{words[1:]}"
        own = f"{_LED[head.concept.key]}-{slug(words)}" if head else slug(words)
        key = f"{analysis.document.source.area}/{own}"
        concept = Concept(
            iri=str(mint("organisation", key)),
            scheme="organisation",
            key=key,
            kinds=frozenset({"Organisation"}),
            label=label,
            links={
                "organisationKind": (str(mint("organisation-kind", head.concept.key if head else _KIND)),),
                "ofArea": (analysis.area.iri,) if analysis.area is not None else (),
            },
        )
        return Match(concept, "label", label, start, end, 0, 0)

    def _words(self, start: int, end: int) -> str:
        """Return the words of a group in the one form that all reports share: those of the vocabulary, and names."""
        analysis, said, at = self._analysis, "", start
        known = [cue for key in _WORDS for cue in analysis.cues(key, start, end)]
        for token in analysis.tokens(start, end):
            if token.start < at:
                continue
            if token.text in _JOINTS:
                said += ","
                continue
            cues = [cue for cue in known if cue.start == token.start]
            longest = max(cues, key=lambda cue: cue.end, default=None)
            joins = any(cue.start == token.start for cue in analysis.cues("conjunction", start, end))
            said += f" {longest.form if longest else token.form if joins else token.text}"
            at = longest.end if longest else token.end
        return said.strip()
