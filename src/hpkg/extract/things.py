"""The things a report names and counts, each kind with its reader; what reads whole statements builds on them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from hpkg.extract.citation import CitationReader
from hpkg.extract.collective import CollectiveReader
from hpkg.extract.correction import CorrectionReader
from hpkg.extract.event import EventReader
from hpkg.extract.measure import MeasurementReader
from hpkg.extract.organisation import OrganisationReader
from hpkg.extract.place import PlaceReader
from hpkg.extract.project import ProjectReader

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis

__all__ = ["Things"]


class Things:
    """The readers of the things of one report, each made when first asked for."""

    def __init__(self, analysis: Analysis) -> None:
        """Share `analysis` among them."""
        self._analysis = analysis

    @cached_property
    def corrections(self) -> CorrectionReader:
        """Return the reader of slips."""
        return CorrectionReader(self._analysis)

    @cached_property
    def places(self) -> PlaceReader:
        """Return the reader of places."""
        return PlaceReader(self._analysis)

    @cached_property
    def organisations(self) -> OrganisationReader:
        """Return the reader of organisations."""
        return OrganisationReader(self._analysis, self.places)

    @cached_property
    def collectives(self) -> CollectiveReader:
        """Return the reader of groups of bodies."""
        return CollectiveReader(self._analysis, self.organisations)

    @cached_property
    def documents(self) -> CitationReader:
        """Return the reader of cited documents."""
        return CitationReader(self._analysis, self.organisations, self.events, self.corrections)

    @cached_property
    def events(self) -> EventReader:
        """Return the reader of events."""
        return EventReader(self._analysis, self.places, self.organisations, self.corrections)

    @cached_property
    def measurements(self) -> MeasurementReader:
        """Return the reader of quantities."""
        return MeasurementReader(self._analysis, self.places, self.corrections.mend)

    @cached_property
    def projects(self) -> ProjectReader:
        """Return the reader of projects."""
        return ProjectReader(self._analysis, self.places, self.organisations, self.corrections, self.measurements)

    def topics(self, start: int, end: int) -> tuple[str, ...]:
        """Return the IRIs of the topics that the words in `start` to `end` belong to."""
        found = (match.concept.iri for match in self._analysis.matches("topic", start, end) if match.role != "decoy")
        return tuple(dict.fromkeys(found))
