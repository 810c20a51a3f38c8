"""The triples of each kind of fact, by the contract of `docs/data-model.md`.

One function a fact kind; `Lifter` holds the graph and what all of them need: passages, periods, labels.
"""

from __future__ import annotations

from functools import singledispatchmethod
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from hpkg.extract.analysis import PLAN_ROLES
from hpkg.lift.graph import BASE_VALUES, ReportGraph, date_time, in_base_unit, whole_years
from hpkg.lift.organisation import describe_body
from hpkg.lift.place import describe_commune
from hpkg.lift.report import describe_coverage, describe_plan, describe_report
from hpkg.model import (
    Assessment,
    Cause,
    Correction,
    Event,
    Fact,
    LegalDocument,
    Measurement,
    Mention,
    Objective,
    Omission,
    Organisation,
    Place,
    Project,
    Section,
    Sentence,
    Shortcoming,
    Task,
    Theme,
    Unread,
)
from hpkg.namespaces import HP, mint, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hpkg.document import Document
    from hpkg.lexicon import Lexicon

__all__ = ["MEASUREMENT_CLASSES", "Lifter", "contribution_node", "lift"]

MEASUREMENT_CLASSES = {
    "result": HP.Result,
    "target": HP.Target,
    "plan": HP.PlannedValue,
    "change": HP.Change,
    "share": HP.Share,
    "count": HP.Count,
    "threshold": HP.Threshold,
    "ratio": HP.Ratio,
}
"""The class of a measurement by the kind that its record gives."""


def lift(
    document: Document,
    facts: Iterable[Fact],
    lexicon: Lexicon,
    missing: Iterable[str] = (),
    coverage: Mapping[str, int] | None = None,
) -> Graph:
    """Return the graph of a report: its text, its statements, and the things they speak of.

    `missing` are the roles of sections that a full report has and this one lacks, `coverage` the figures on how much of
    it was read, by metric. Things that the reference data describe (places, organisations, indicators) are linked and
    not described again.
    """
    lifter = Lifter(document, lexicon)
    for fact in facts:
        lifter.add(fact)
    describe_report(lifter, missing)
    describe_coverage(lifter, coverage or {})
    return lifter.graph


def contribution_node(task: Task, pillar: str) -> URIRef:
    """Return the node of what `task` contributes to the pillar with key `pillar`."""
    return mint("contribution", task.report, f"{task.number.lower()}-{pillar}")


class Lifter(ReportGraph):
    """Adds facts to the graph of one report."""

    @singledispatchmethod
    def add(self, fact: Fact) -> None:
        """Add the triples of `fact`."""
        raise NotImplementedError(type(fact))

    @add.register
    def _(self, fact: Section) -> None:
        node = URIRef(fact.id)
        self.state(node, RDF.type, HP.Section)
        self.graph.add((node, SKOS.prefLabel, Literal(fact.title or fact.number or "", lang="vi")))
        self.state(node, HP.level, fact.level)
        self.state(node, HP.ordinal, Literal(fact.number) if fact.number else None)
        self.state(node, HP.inReport, self.report)
        self.state(node, HP.passage, self.passage(fact))
        if fact.parent:
            self.state(node, HP.inSection, mint("section", self.source.key, fact.parent))
        if fact.role:
            self.state(node, HP.sectionRole, self.concept("section-role", fact.role))
        self._show_plan(fact)

    def _show_plan(self, fact: Section) -> None:
        """Let the plan that the report sets out stand on the first heading of what is planned."""
        metadata = self.source.metadata
        if fact.role in PLAN_ROLES and metadata.planned:
            plan = self.plan(metadata.planned)
            if (plan, HP.evidence, None) not in self.graph:
                self.state(plan, HP.evidence, self.passage(fact))

    @add.register
    def _(self, fact: Sentence) -> None:
        node = URIRef(fact.id)
        self.state(node, RDF.type, HP.Sentence)
        self.state(node, HP.position, fact.position)
        self.state(node, HP.inReport, self.report)
        self.state(node, HP.passage, self.passage(fact))
        if fact.parent:
            self.state(node, HP.inSection, mint("section", self.source.key, fact.parent))

    @add.register
    def _(self, fact: Measurement) -> None:
        label = f"{fact.indicator_label or ''}: {fact.stated}".removeprefix(": ")
        node = self.describe(fact, MEASUREMENT_CLASSES[fact.kind], label)
        self.state(node, HP.forIndicator, self._indicator(fact))
        unit = self.lexicon.get("unit", fact.unit)
        for (name, base), amount in zip(BASE_VALUES.items(), (fact.value, fact.low, fact.high), strict=True):
            self.state(node, name, amount)
            self.state(node, base, None if amount is None else in_base_unit(amount, unit))
        self.state(node, HP.unit, URIRef(unit.iri))
        self.state(node, HP.valueAsStated, Literal(fact.stated))
        self.state(node, HP.comparator, self._comparator(fact.comparator))
        self.state(node, HP.changeDirection, fact.direction and self.concept("direction", fact.direction))
        self.state(node, HP.isEstimated, fact.estimated)
        if fact.approximate:
            self.state(node, HP.isApproximate, value=True)
        if fact.ambiguous:
            self.state(node, HP.isAmbiguous, value=True)
        self.state(node, HP.refPeriod, self.period(fact.period))
        self.state(node, HP.refArea, URIRef(fact.area_id))
        self.state(node, HP.ofMeasurement, fact.of and URIRef(fact.of))
        if fact.kind == "target":
            last = fact.period.rpartition("/")[2]
            self.state(node, HP.partOfPlan, describe_plan(self, self.source.metadata.planned or last[:4]))
        self.state(node, HP.ordinal, fact.ordinal and Literal(fact.ordinal))
        self.state(node, HP.indicatorGroup, fact.group and self.concept("indicator-group", fact.group))

    def _indicator(self, fact: Measurement) -> URIRef | None:
        """Return the indicator of a figure; one that no vocabulary holds is described by the words of the text."""
        if fact.indicator is None:
            return None
        node = URIRef(fact.indicator)
        if self.lexicon.concept(fact.indicator) is None:
            self.state(node, RDF.type, HP.UnreviewedIndicator)
            if (node, SKOS.prefLabel, None) not in self.graph:
                self.graph.add((node, SKOS.prefLabel, Literal(fact.indicator_label, lang="vi")))
            self.state(node, HP.evidence, self.passage(fact))
        return node

    def _comparator(self, notation: str) -> URIRef:
        for concept in self.lexicon.all("comparator"):
            if concept.first("notation") == notation:
                return URIRef(concept.iri)
        return self.concept("comparator", "equal")

    @add.register
    def _(self, fact: Assessment) -> None:
        node = self.describe(fact, HP.Assessment, fact.indicator_label)
        self.state(node, HP.forIndicator, fact.indicator and URIRef(fact.indicator))
        self.state(node, HP.ordinal, fact.number and Literal(fact.number))
        self.state(node, HP.refPeriod, self.period(fact.period))
        self.state(node, HP.attainment, self.concept("attainment", fact.status))
        self.state(node, HP.againstPlan, self.plan(whole_years(fact.period)))
        if fact.cause is not None and fact.cause_span is not None:
            cause = mint("cause", self.source.key, f"{fact.sentence}.1")
            self.state(cause, RDF.type, HP.Cause)
            self.graph.add((cause, SKOS.prefLabel, Literal(fact.cause, lang="vi")))
            self.state(cause, HP.evidence, self.passage(fact, fact.cause_span))
            self.state(node, HP.hasCause, cause)

    @add.register
    def _(self, fact: Task) -> None:
        node = self.describe(fact, HP.TaskGroup if fact.level == "group" else HP.Task, fact.label)
        self.state(node, HP.ordinal, Literal(fact.number))
        self.state(node, HP.partOf, fact.parent and URIRef(fact.parent))
        self.state(node, HP.partOfPlan, self.plan())
        for predicate, nodes in (
            (HP.concernsPlace, fact.places),
            (HP.concernsProject, fact.projects),
            (HP.cites, fact.documents),
            (HP.implements, fact.implements),
            (HP.hasMeasurement, fact.measurements),
            (HP.concernsOrganisation, fact.organisations),
            (HP.responsibleBody, fact.responsible),
            (HP.concernsEvent, fact.events),
            (HP.concernsIndicator, fact.indicators),
            (HP.topic, fact.topics),
            (HP.servesObjective, fact.objectives),
        ):
            for other in nodes:
                self.state(node, predicate, URIRef(other))
        if fact.theme:
            self.state(node, HP.servesTheme, mint("theme", self.area, slug(self.source.metadata.own_plan)))
        if fact.deadline:
            self.state(node, HP.deadline, self.period(fact.deadline))
        for contribution in fact.pillars:
            self._contribute(
                fact, node, contribution.pillar, contribution.basis, (contribution.start, contribution.end)
            )

    def _contribute(self, fact: Task, task: URIRef, pillar: str, basis: str, span: tuple[int, int]) -> None:
        node = contribution_node(fact, pillar)
        direction = self.concept("pillar", pillar)
        self.state(node, RDF.type, HP.Contribution)
        self.state(node, HP.contributor, task)
        self.state(task, HP.qualifiedContribution, node)
        self.state(node, HP.direction, direction)
        self.state(node, HP.basis, self.concept("basis", basis))
        heading = basis == "heading" and fact.level != "group"
        where = Mention(
            start=span[0], end=span[1], text="", section=fact.section, sentence=None if heading else fact.sentence
        )
        self.state(node, HP.evidence, self.passage(where))
        self.state(task, HP.underDirection if heading else HP.contributesTo, direction)

    @add.register
    def _(self, fact: Project) -> None:
        node = URIRef(fact.id)
        self.state(node, RDF.type, HP.Project)
        self.graph.add((node, SKOS.prefLabel, Literal(fact.label, lang="vi")))
        for alias in fact.aliases:
            self.graph.add((node, SKOS.altLabel, Literal(alias, lang="vi")))
        self.state(node, HP.projectKind, self.concept("project-kind", fact.kind))
        for place in fact.places:
            self.state(node, HP.locatedIn, URIRef(place))
        self.state(node, HP.investor, fact.investor_id and URIRef(fact.investor_id))
        name = fact.id.rpartition("/")[2]
        self.state(node, HP.partOfProject, fact.part_of and URIRef(fact.part_of))
        self.state(node, HP.totalInvestment, fact.total_investment and URIRef(fact.total_investment))
        for source in fact.funding:
            self.state(node, HP.fundingSource, self.concept("funding-source", source))
        for funder in fact.funder_ids:
            self.state(node, HP.fundedBy, URIRef(funder))
        for mention in fact.mentions:
            evidence = self.passage(mention)
            self.state(node, HP.evidence, evidence)
            if self.graph.value(evidence, HP.quote) != Literal(fact.label):
                self.state(node, HP.sourceLabel, self.graph.value(evidence, HP.quote))
            status = mint("project-status", self.source.key, f"{mention.sentence or mention.section}.{name}")
            self.state(status, RDF.type, HP.ProjectStatus)
            self.state(status, HP.ofProject, node)
            if (status, HP.status, None) not in self.graph:
                self.state(status, HP.status, self.concept("project-status", mention.status))
                self.state(status, HP.refPeriod, self.period(mention.period))
            self.state(status, HP.evidence, evidence)

    @add.register
    def _(self, fact: Place) -> None:
        concept = self.lexicon.concept(fact.id)
        if concept is not None:
            describe_commune(self, concept)
        self._mentioned(fact.id, fact.mentions)

    @add.register
    def _(self, fact: Organisation) -> None:
        describe_body(self, fact)
        self._mentioned(fact.id, fact.mentions)

    def _mentioned(self, iri: str, mentions: Iterable[Mention]) -> None:
        for mention in mentions:
            self.state(self.passage(mention), HP.mentions, URIRef(iri))

    @add.register
    def _(self, fact: LegalDocument) -> None:
        node = URIRef(fact.id)
        self.state(node, RDF.type, HP.LegalDocument)
        self.graph.add((node, SKOS.prefLabel, Literal(fact.label, lang="vi")))
        self.state(node, HP.documentNumber, fact.number and Literal(fact.number))
        self.state(node, HP.documentKind, self.concept("document-kind", fact.kind))
        self.state(node, HP.dateIssued, date_time(fact.date) if fact.date else None)
        self.state(node, HP.issuedBy, fact.issuer_id and URIRef(fact.issuer_id))
        self.state(node, HP.subjectMatter, fact.subject and Literal(fact.subject))
        for other in fact.cites:
            self.state(node, HP.implements, URIRef(other))
            self.state(node, HP.cites, URIRef(other))
        for other in fact.amends:
            self.state(node, HP.amends, URIRef(other))
            self.state(node, HP.cites, URIRef(other))
        self.state(node, HP.adoptedAt, fact.adopted_at and URIRef(fact.adopted_at))
        for mention in fact.mentions:
            self.state(node, HP.evidence, self.passage(mention))

    @add.register
    def _(self, fact: Event) -> None:
        node = URIRef(fact.id)
        self.state(node, RDF.type, HP.Event)
        self.graph.add((node, SKOS.prefLabel, Literal(fact.label, lang="vi")))
        self.state(node, HP.eventKind, self.concept("event-kind", fact.kind))
        self.state(node, HP.eventPeriod, self.period(fact.date) if fact.date else None)
        self.state(node, HP.eventPlace, fact.place_id and URIRef(fact.place_id))
        for mention in fact.mentions:
            self.state(node, HP.evidence, self.passage(mention))

    @add.register
    def _(self, fact: Theme) -> None:
        node = self.describe(fact, HP.Theme, fact.label)
        self.state(node, HP.partOfPlan, self.plan())

    @add.register
    def _(self, fact: Objective) -> None:
        node = self.describe(fact, HP.DualGoal if fact.dual else HP.Objective, fact.label)
        for mention in fact.mentions:
            self.state(node, HP.evidence, self.passage(mention))
        self.state(node, HP.partOfPlan, self.plan())
        for topic in fact.topics:
            self.state(node, HP.topic, URIRef(topic))
        for pillar in fact.pillars:
            self.state(self.plan(), HP.hasPillar, self.concept("pillar", pillar))

    @add.register
    def _(self, fact: Shortcoming) -> None:
        node = self.describe(fact, HP.Shortcoming, fact.label)
        for topic in fact.topics:
            self.state(node, HP.topic, URIRef(topic))
        for cause in fact.causes:
            self.state(node, HP.inferredCause if cause in fact.inferred else HP.statedCause, URIRef(cause))

    @add.register
    def _(self, fact: Cause) -> None:
        node = self.describe(fact, HP.Cause, fact.label)
        for topic in fact.topics:
            self.state(node, HP.topic, URIRef(topic))

    @add.register
    def _(self, fact: Correction) -> None:
        node = self.describe(fact, HP.Correction)
        self.state(node, HP.sourceForm, Literal(fact.surface))
        self.state(node, HP.mendedForm, Literal(fact.normalised))
        self.state(node, HP.reason, self.concept("correction-reason", fact.reason))

    @add.register
    def _(self, fact: Omission) -> None:
        node = self.describe(fact, HP.Omission, fact.label)
        self.state(node, HP.omittedKind, self.concept("omission-kind", fact.kind))
        self.state(node, HP.announcedCount, fact.count)

    @add.register
    def _(self, fact: Unread) -> None:
        node = self.describe(fact, HP.UnreadSpan)
        self.state(node, HP.unreadReason, self.concept("unread-reason", fact.reason))
