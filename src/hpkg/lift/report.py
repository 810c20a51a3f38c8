"""The report itself in RDF: its metadata, the plan it sets out and the plan it reports on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from hpkg.area import area_place
from hpkg.errors import SourceError
from hpkg.extract.area_body import AreaBodies
from hpkg.grammar.word import tokens
from hpkg.lift.graph import date_time
from hpkg.lift.organisation import describe_issuer, describe_organisation
from hpkg.lift.place import describe_commune
from hpkg.namespaces import HP, mint, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hpkg.lexicon import Concept
    from hpkg.lift.graph import ReportGraph

__all__ = ["describe_coverage", "describe_plan", "describe_report"]


def describe_report(graph: ReportGraph, missing: Iterable[str] = ()) -> None:
    """Add what is known of the report as a whole; `missing` are the roles no section of it has.

    Raises:
        SourceError: Its area or issuer is not in the reference data.
    """
    metadata, report = graph.source.metadata, graph.report
    area = _place(graph, metadata.date)
    issuer = _describe_issuer(graph, area)
    graph.state(report, RDF.type, HP.Report)
    graph.graph.add((report, SKOS.prefLabel, Literal(metadata.title, lang="vi")))
    if metadata.title_en:
        graph.graph.add((report, SKOS.prefLabel, Literal(metadata.title_en, lang="en")))
    graph.state(report, HP.documentNumber, Literal(metadata.number))
    graph.state(report, HP.dateIssued, date_time(metadata.date.isoformat()))
    graph.state(report, HP.issuedBy, issuer)
    graph.state(report, HP.refArea, URIRef(area.iri))
    graph.state(report, HP.refPeriod, graph.period(metadata.reported))
    graph.state(report, HP.sha256, Literal(graph.source.sha256))
    graph.state(report, HP.sourceLicence, Literal(metadata.licence))
    for role in missing:
        graph.state(report, HP.lacksRole, graph.concept("section-role", role))
    if metadata.url:
        graph.state(report, HP.sourceUrl, Literal(metadata.url, datatype=XSD.anyURI))
    if not metadata.only_plans:
        graph.state(report, HP.reportsOn, describe_plan(graph, metadata.plan_reported))
    if metadata.planned:
        plan = describe_plan(graph, metadata.planned)
        graph.state(report, HP.setsOut, plan)
        theme = mint("theme", graph.area, slug(metadata.planned))
        if (theme, RDF.type, HP.Theme) in graph.graph:
            graph.state(plan, HP.hasTheme, theme)


def _describe_issuer(graph: ReportGraph, area: Concept) -> URIRef:
    """Return the node of the issuer; add what the metadata say of one that the reference data lack."""
    metadata = graph.source.metadata
    issuer = mint("organisation", metadata.issuer)
    if graph.lexicon.concept(str(issuer)) is not None:
        return issuer
    body = AreaBodies(graph.lexicon, graph.area, metadata.date, metadata.issuer).keyed(metadata.issuer)
    if body is not None:
        describe_issuer(graph, body)
        return issuer
    kinds = graph.lexicon.find(tokens(metadata.issuer_name), "organisation-kind")
    if not kinds:
        raise SourceError("metadata-issuer", where=graph.source.key, issuer=metadata.issuer)
    own = area.iri if metadata.issuer.startswith(f"{graph.area}/") else None
    describe_organisation(
        graph, issuer, (metadata.issuer_name, ""), graph.concept("organisation-kind", kinds[0].concept.broadest), own
    )
    return issuer


def describe_coverage(graph: ReportGraph, figures: Mapping[str, int]) -> None:
    """Add how much of the report was read: one figure a metric."""
    for metric, tally in figures.items():
        node = mint("coverage", graph.source.key, metric)
        graph.state(node, RDF.type, HP.CoverageFigure)
        graph.state(node, HP.inReport, graph.report)
        graph.state(node, HP.coverageMetric, graph.concept("coverage-metric", metric))
        graph.state(node, HP.tally, tally)


def describe_plan(graph: ReportGraph, period: str) -> URIRef:
    """Add the plan of the area for `period`, of whole years, and return its node."""
    plan, years = graph.plan(period), slug(period)
    # A plan is of the area as it was when its first year began, whichever report speaks of it.
    area = _place(graph, dt.date(int(period[:4]), 1, 1))
    graph.state(plan, RDF.type, HP.Plan)
    name, name_en = area.label, area.label_en or area.label
    graph.graph.add(
        (plan, SKOS.prefLabel, Literal(f"Kế hoạch phát triển kinh tế-xã hội năm {years}, {name}", lang="vi"))
    )
    graph.graph.add(
        (plan, SKOS.prefLabel, Literal(f"Socio-economic development plan of {years}, {name_en}", lang="en"))
    )
    graph.state(plan, HP.refArea, URIRef(area.iri))
    graph.state(plan, HP.refPeriod, graph.period(period))
    return plan


def _place(graph: ReportGraph, day: dt.date) -> Concept:
    """Return the place whose area key the metadata give, as it was on `day`."""
    concept = area_place(graph.lexicon, graph.source.area, day)
    if concept is None:
        raise SourceError("metadata-area", where=graph.source.key, area=graph.source.area)
    describe_commune(graph, concept)
    return concept
