"""All facts of a report: every reader, once, in one order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from hpkg.document import read_document
from hpkg.extract.analysis import Analysis
from hpkg.extract.citation import CitationReader
from hpkg.extract.correction import CorrectionReader
from hpkg.extract.finding import FindingReader
from hpkg.extract.measurement import MeasurementReader
from hpkg.extract.organisation import OrganisationReader
from hpkg.extract.place import PlaceReader
from hpkg.extract.plan import PlanReader
from hpkg.extract.project import ProjectReader
from hpkg.extract.section import read_roles
from hpkg.extract.task import TaskReader
from hpkg.extract.unread import read_unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.document import Document
    from hpkg.lexicon import Lexicon
    from hpkg.model import Fact, Section, Sentence
    from hpkg.source import Source

__all__ = ["Readers", "Reading", "read_facts"]


class Readers:
    """The readers of one report, each made when first asked for."""

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
        return OrganisationReader(self._analysis)

    @cached_property
    def documents(self) -> CitationReader:
        """Return the reader of cited documents."""
        return CitationReader(self._analysis, self.organisations)

    @cached_property
    def measurements(self) -> MeasurementReader:
        """Return the reader of quantities."""
        return MeasurementReader(self._analysis, self.places)

    @cached_property
    def projects(self) -> ProjectReader:
        """Return the reader of projects."""
        return ProjectReader(self._analysis, self.places, self.organisations, self.corrections)

    @cached_property
    def plan(self) -> PlanReader:
        """Return the reader of theme, objectives and omissions."""
        return PlanReader(self._analysis, self)

    @cached_property
    def findings(self) -> FindingReader:
        """Return the reader of assessments, shortcomings and causes."""
        return FindingReader(self._analysis, self)

    @cached_property
    def tasks(self) -> TaskReader:
        """Return the reader of tasks."""
        return TaskReader(self._analysis, self)

    def topics(self, start: int, end: int) -> tuple[str, ...]:
        """Return the IRIs of the topics that the words in `start` to `end` belong to."""
        found = (match.concept.iri for match in self._analysis.matches("topic", start, end) if match.role != "decoy")
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Reading:
    """A report, its facts in text order, and the numbers that are none."""

    document: Document
    facts: tuple[Fact, ...]
    excluded: tuple[tuple[int, int, str], ...]

    @property
    def missing(self) -> list[str]:
        """Return the roles of sections that a full report has and this one lacks."""
        roles = {fact.role for fact in self.facts if fact.type == "section"}  # type: ignore[attr-defined]
        return [role for role in ("results", "targets", "tasks") if role not in roles]


def read_facts(source: Source, lexicon: Lexicon) -> Reading:
    """Return all that the reader knows how to read in `source`.

    Raises:
        SourceError: The text is no report.
    """
    abbreviations = lexicon.forms(lexicon.get("cue", "abbreviation"))
    document = read_document(source, abbreviations=abbreviations)
    analysis = Analysis(document, lexicon, read_roles(document, lexicon))
    readers = Readers(analysis)
    facts = [
        *readers.tasks.facts,
        *readers.measurements.facts,
        *readers.findings.assessments,
        *readers.findings.shortcomings,
        *readers.findings.causes,
        *([readers.plan.theme] if readers.plan.theme else []),
        *readers.plan.objectives,
        *readers.plan.omissions,
        *readers.projects.facts,
        *readers.places.facts(),
        *readers.organisations.facts(),
        *readers.documents.facts(),
        *readers.corrections.facts,
        *read_unread(analysis, readers),
    ]
    sections = [_role(section, analysis, readers) for section in document.sections]
    sentences = _with_facts(document.sentences, facts)
    ordered = sorted((*sections, *sentences, *facts), key=lambda fact: (fact.start, -fact.end, fact.type, fact.id))
    return Reading(document, tuple(ordered), tuple(sorted(_excluded(analysis, readers))))


def _excluded(analysis: Analysis, readers: Readers) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches with digits that state no quantity, each with its reason."""
    for item in readers.measurements.excluded:
        yield item.start, item.end, item.reason
    for leaf in analysis.leaves:
        for date in analysis.dates(leaf.start, leaf.end):
            yield date.start, date.end, "date"
        for number in analysis.document_numbers(leaf.start, leaf.end):
            yield number.start, number.end, "document-number"


def _role(section: Section, analysis: Analysis, readers: Readers) -> Section:
    """Return `section` with its role and its title mended."""
    return replace(section, role=analysis.role(section.section), title=readers.corrections.mend(section.title))


def _with_facts(sentences: Iterable[Sentence], facts: Iterable[Fact]) -> list[Sentence]:
    """Return `sentences`, each with the ids of the facts read from it, things by every mention."""
    read: dict[str, list[str]] = {}
    for fact in facts:
        keys = {fact.sentence, *(mention.sentence for mention in getattr(fact, "mentions", ()))}
        for key in keys:
            if key is not None:
                read.setdefault(key, []).append(fact.id)
    return [replace(sentence, facts=tuple(sorted(read.get(sentence.sentence or "", ())))) for sentence in sentences]
