"""The area a figure is for: the nation or a place that its clause names, else that of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.namespaces import mint

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.place import PlaceReader
    from hpkg.lexicon import Concept
    from hpkg.model import Section, Sentence

__all__ = ["AreaReader"]

_REACH: Final = 60


class AreaReader:
    """Finds the areas of the figures of one report."""

    def __init__(self, analysis: Analysis, places: PlaceReader) -> None:
        """Read from `analysis`, with the areas that `places` names."""
        self._analysis = analysis
        self._places = places
        self._home = analysis.area
        self._nation = analysis.lexicon.concept(str(mint("place", "vn")))

    @property
    def home(self) -> str:
        """Return the IRI of the area of the report."""
        return self._home.iri if self._home else ""

    def find(self, start: int, end: int, leaf: Section | Sentence) -> Concept | None:
        """Return the area of the figure whose words are `start` to `end`."""
        text = self._analysis.text
        opened = text.rfind("(", leaf.start, start)
        bracketed = opened >= 0 and text.find(")", opened, start) < 0
        if bracketed and self._analysis.cues("nationwide", max(leaf.start, opened - _REACH), start):
            return self._nation
        if self._analysis.cues("nationwide", max(leaf.start, self._last_mark(start, leaf)), start):
            return self._nation
        for cue in self._analysis.cues("locative", end, self._clause_end(end, leaf)):
            if self._analysis.adjoins(end, cue.start):
                for place in self._places.inside(cue.end, self._clause_end(end, leaf)):
                    if place.full:
                        return place.concept
        return self._home

    def _clause_end(self, end: int, leaf: Section | Sentence) -> int:
        stops = [at for mark in ",;.(" if (at := self._analysis.text.find(mark, end, leaf.end)) >= 0]
        return min(stops, default=leaf.end)

    def _last_mark(self, start: int, leaf: Section | Sentence) -> int:
        return max((self._analysis.text.rfind(mark, leaf.start, start) for mark in ",;(:"), default=leaf.start)
