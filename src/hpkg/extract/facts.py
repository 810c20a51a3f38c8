"""All facts of a report: every reader, once, in one order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hpkg.document import Words, read_document
from hpkg.extract.analysis import Analysis
from hpkg.extract.assessment import AssessmentReader
from hpkg.extract.finding import FindingReader
from hpkg.extract.goal import GoalReader
from hpkg.extract.plan import PlanReader
from hpkg.extract.section import read_roles
from hpkg.extract.task import TaskReader
from hpkg.extract.things import Things
from hpkg.extract.unread import read_unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.document import Document
    from hpkg.lexicon import Lexicon
    from hpkg.model import Fact, Section, Sentence
    from hpkg.source import Source

__all__ = ["Reading", "read_facts"]


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


_OPENING: Final = (
    *(("comparator", key) for key in ("approximately", "equal", "greater", "less")),
    *(("cue", key) for key in ("reach", "to-level", "for", "conjunction", "adposition", "estimated", "ratio", "share")),
    *(("cue", key) for key in ("filler", "exceed", "strive")),
    *(("direction", key) for key in ("up", "down")),
)
"""Words that lead to a number, with which no line ends a sentence."""


def read_facts(source: Source, lexicon: Lexicon) -> Reading:
    """Return all that the reader knows how to read in `source`.

    Raises:
        SourceError: The text is no report.
    """
    abbreviations, closings, announcing = (
        lexicon.forms(lexicon.get("cue", key)) for key in ("abbreviation", "closing", "announce")
    )
    opening = frozenset(form for one in _OPENING for form in lexicon.forms(lexicon.get(*one)))
    kinds = [form for kind in lexicon.all("document-kind") for form in lexicon.forms(kind)]
    document = read_document(source, Words(abbreviations, closings, announcing, opening, kinds))
    analysis = Analysis(document, lexicon, read_roles(document, lexicon))
    things = Things(analysis)
    plan, findings = PlanReader(analysis, things), FindingReader(analysis, things)
    goals = GoalReader(analysis, things)
    tasks = TaskReader(analysis, things, plan, goals)
    facts = [
        *tasks.facts,
        *things.measurements.facts,
        *AssessmentReader(analysis, things).assessments,
        *findings.shortcomings,
        *findings.causes,
        *([plan.theme] if plan.theme else []),
        *plan.objectives,
        *goals.facts,
        *plan.omissions,
        *things.projects.facts,
        *things.places.facts(),
        *things.organisations.facts(),
        *things.collectives.facts(body for task in tasks.facts for body in task.responsible),
        *things.documents.facts(),
        *things.events.facts(),
        *things.corrections.facts,
        *read_unread(analysis, things),
    ]
    sections = [_role(section, analysis, things) for section in document.sections]
    sentences = _with_facts(document.sentences, facts)
    ordered = sorted((*sections, *sentences, *facts), key=lambda fact: (fact.start, -fact.end, fact.type, fact.id))
    return Reading(document, tuple(ordered), tuple(sorted(_excluded(analysis, things))))


def _excluded(analysis: Analysis, things: Things) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches with digits that state no quantity, each with its reason."""
    for item in things.measurements.excluded:
        yield item.start, item.end, item.reason
    for place in things.places.numbered:
        yield place.start, place.end, "name"
    for leaf in analysis.leaves:
        for date in analysis.dates(leaf.start, leaf.end):
            yield date.start, date.end, "date"
        for number in analysis.document_numbers(leaf.start, leaf.end):
            yield number.start, number.end, "document-number"


def _role(section: Section, analysis: Analysis, things: Things) -> Section:
    """Return `section` with its role and its title mended."""
    return replace(
        section, role=analysis.role(section.section), title=things.corrections.mend(section.title, section.start)
    )


def _with_facts(sentences: Iterable[Sentence], facts: Iterable[Fact]) -> list[Sentence]:
    """Return `sentences`, each with the ids of the facts read from it, things by every mention."""
    read: dict[str, list[str]] = {}
    for fact in facts:
        keys = {fact.sentence, *(mention.sentence for mention in getattr(fact, "mentions", ()))}
        for key in keys:
            if key is not None:
                read.setdefault(key, []).append(fact.id)
    return [replace(sentence, facts=tuple(sorted(read.get(sentence.sentence or "", ())))) for sentence in sentences]
