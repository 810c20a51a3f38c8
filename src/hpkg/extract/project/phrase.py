"""A sentence as the readers of projects look at it: its words, and which cue, kind or name begins at each.

Not for: what they mean.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.place import NamedPlace, PlaceReader
    from hpkg.grammar.word import Token
    from hpkg.lexicon import Match

__all__ = ["CLOSING", "DASHES", "OPENING", "Phrase"]

OPENING: Final = ("“", '"', "«", "”")
CLOSING: Final = ("”", '"', "»", "“")
DASHES: Final = frozenset("-–—‐‑−")
_REACH: Final = 60
_ROUTE: Final = 6
"""How far the dash between the two ends of a stretch is from the word for it, in tokens."""
_BRACKET: Final = 8
"""How many signs can stand before a bracket, with white space and the signs of italic print."""


class Phrase:
    """One sentence and what begins at each of its characters."""

    def __init__(self, analysis: Analysis, places: PlaceReader, start: int, end: int) -> None:
        """Look at the characters `start` to `end`."""
        self.analysis = analysis
        self.text = analysis.text
        self.start, self.end = start, end
        self.tokens = analysis.tokens(start, end)
        self._starts = [token.start for token in self.tokens]
        self._places = places
        self._cues: dict[str, dict[int, Match]] = {}

    def at(self, offset: int) -> int:
        """Return the index of the first token at or after `offset`."""
        return bisect_left(self._starts, offset)

    def cue(self, offset: int, *keys: str) -> Match | None:
        """Return the longest of the cues `keys` that begins at `offset`."""
        found = [match for key in keys if (match := self._begins(f"cue/{key}").get(offset))]
        return max(found, key=lambda match: match.end, default=None)

    def cue_before(self, offset: int, *keys: str) -> Match | None:
        """Return the longest of the cues `keys` that ends right before `offset`."""
        found = [match for key in keys if (match := self._ends(f"cue/{key}", offset))]
        return min(found, key=lambda match: match.start, default=None)

    def _begins(self, scheme: str) -> dict[int, Match]:
        if scheme not in self._cues:
            self._cues[scheme] = {m.start: m for m in self.analysis.matches(scheme, self.start, self.end)}
        return self._cues[scheme]

    def _ends(self, scheme: str, offset: int) -> Match | None:
        key = f"{scheme}<"
        if key not in self._cues:
            self._cues[key] = {m.end: m for m in self._begins(scheme).values()}
        index = self.at(offset) - 1
        return self._cues[key].get(self.tokens[index].end) if index >= 0 else None

    def ending(self, scheme: str, offset: int) -> Match | None:
        """Return the word of `scheme` that ends right before `offset`."""
        return self._ends(scheme, offset)

    @cached_property
    def kinds(self) -> list[Match]:
        """Return the words for kinds of work; of several kinds with one word the first."""
        found: dict[int, Match] = {}
        told: Match | None = None
        for match in self.analysis.matches("project-kind", self.start, self.end):
            if match.role == "decoy":
                found[match.start] = match
            elif match.role != "content":
                found.setdefault(match.start, match)
            elif self._is_told(match, told):
                told = found.setdefault(match.start, match)
        return list(found.values())

    def _is_told(self, match: Match, told: Match | None) -> bool:
        """Tell whether a word that also means other things (`hồ`, `đoạn`) opens a name here.

        A name follows at once, that of a stretch joins two points, and a word for a status or an act stands before it,
        or another such name that it goes on with.
        """
        index = self.at(match.end)
        name = self.tokens[index : index + _ROUTE]
        if not name or not name[0].text[:1].isupper() or not self.text[match.start].islower():
            return False
        if match.concept.key == "road" and not any(token.text in DASHES for token in name):
            return False
        if self.ending("project-status", match.start) or self.cue_before(match.start, "act", "work", "several"):
            return True
        return told is not None and not any(mark in self.text[told.end : match.start] for mark in ".;:(")

    @cached_property
    def _kind_starts(self) -> dict[int, Match]:
        return {kind.start: kind for kind in self.kinds if kind.role != "decoy"}

    def kind(self, offset: int) -> Match | None:
        """Return the word for a kind of work that begins at `offset`."""
        return self._kind_starts.get(offset)

    @cached_property
    def verbs(self) -> list[Match]:
        """Return the words that tell a status."""
        found = self.analysis.matches("project-status", self.start, self.end)
        return [match for match in found if match.role != "decoy"]

    @cached_property
    def verb_starts(self) -> dict[int, list[Match]]:
        """Return the words that tell a status by where they begin."""
        found: dict[int, list[Match]] = {}
        for verb in self.verbs:
            found.setdefault(verb.start, []).append(verb)
        return found

    @cached_property
    def _place_kinds(self) -> dict[int, Match]:
        return self._begins("place-kind")

    def place_kind(self, offset: int) -> Match | None:
        """Return the word for a kind of place that begins at `offset`."""
        return self._place_kinds.get(offset)

    @cached_property
    def _places_at(self) -> dict[int, NamedPlace]:
        return {place.start: place for place in self._places.inside(self.start, self.end)}

    def place(self, offset: int) -> NamedPlace | None:
        """Return the place that is named at `offset`."""
        return self._places_at.get(offset)

    def places(self, start: int, end: int) -> list[NamedPlace]:
        """Return the places named in `start` to `end`."""
        return self._places.inside(start, end)

    def unit(self, offset: int) -> bool:
        """Tell whether a unit of measure begins at `offset`."""
        return offset in self._begins("unit")

    def next(self, offset: int) -> Token | None:
        """Return the first token at or after `offset`."""
        index = self.at(offset)
        return self.tokens[index] if index < len(self.tokens) else None

    def opens_bracket(self, offset: int) -> bool:
        """Tell whether a bracket opens at `offset`, after white space and the signs of italic print."""
        return self.text[offset : offset + _BRACKET].lstrip(" \n\xa0*_").startswith("(")

    def closing(self, offset: int, marks: Iterable[str]) -> int | None:
        """Return the offset after the first of `marks` after `offset`."""
        found = [at for mark in marks if (at := self.text.find(mark, offset, self.end)) >= 0]
        return min(found) + 1 if found else None
