"""The report itself in RDF: its metadata, the plan it sets out and the plan it reports on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from hpkg.errors import SourceError
from hpkg.extract.area_body import AreaBodies
from hpkg.lift.graph import date_time
from hpkg.lift.organisation import describe_issuer
from hpkg.namespaces import HP, mint

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
    area = _place(graph)
    issuer = mint("organisation", metadata.issuer)
    if graph.lexicon.concept(str(issuer)) is None:
        body = AreaBodies(graph.lexicon, graph.source.area, metadata.date.isoformat()).keyed(metadata.issuer)
        if body is None:
            raise SourceError("metadata-issuer", where=graph.source.key, issuer=metadata.issuer)
        describe_issuer(graph, body)
    graph.state(report, RDF.type, HP.Report)
    graph.graph.add((report, SKOS.prefLabel, Literal(metadata.title, lang="vi")))
    if metadata.title_en:
        graph.graph.add((report, SKOS.prefLabel, Literal(metadata.title_en, lang="en")))
    graph.state(report, HP.documentNumber, Literal(metadata.number))
    graph.state(report, HP.dateIssued, date_time(metadata.date.isoformat()))
    graph.state(report, HP.issuedBy, issuer)
    graph.state(report, HP.refArea, URIRef(area.iri))
    graph.state(report, HP.refPeriod, graph.period(str(metadata.year)))
    graph.state(report, HP.sha256, Literal(graph.source.sha256))
    graph.state(report, HP.sourceLicence, Literal(metadata.licence))
    for role in missing:
        graph.state(report, HP.lacksRole, graph.concept("section-role", role))
    if metadata.url:
        graph.state(report, HP.sourceUrl, Literal(metadata.url, datatype=XSD.anyURI))
    graph.state(report, HP.reportsOn, describe_plan(graph, metadata.year))
    if metadata.plan_year:
        plan = describe_plan(graph, metadata.plan_year)
        graph.state(report, HP.setsOut, plan)
        theme = mint("theme", graph.area, str(metadata.plan_year))
        if (theme, RDF.type, HP.Theme) in graph.graph:
            graph.state(plan, HP.hasTheme, theme)


def describe_coverage(graph: ReportGraph, figures: Mapping[str, int]) -> None:
    """Add how much of the report was read: one figure a metric."""
    for metric, tally in figures.items():
        node = mint("coverage", graph.source.key, metric)
        graph.state(node, RDF.type, HP.CoverageFigure)
        graph.state(node, HP.inReport, graph.report)
        graph.state(node, HP.coverageMetric, graph.concept("coverage-metric", metric))
        graph.state(node, HP.tally, tally)


def describe_plan(graph: ReportGraph, year: int) -> URIRef:
    """Add the plan of the area for `year` and return its node."""
    area = _place(graph)
    plan = graph.plan(str(year))
    graph.state(plan, RDF.type, HP.Plan)
    name, name_en = area.label, area.label_en or area.label
    graph.graph.add(
        (plan, SKOS.prefLabel, Literal(f"Kế hoạch phát triển kinh tế-xã hội năm {year}, {name}", lang="vi"))
    )
    graph.graph.add((plan, SKOS.prefLabel, Literal(f"Socio-economic development plan of {year}, {name_en}", lang="en")))
    graph.state(plan, HP.refArea, URIRef(area.iri))
    graph.state(plan, HP.refPeriod, graph.period(str(year)))
    return plan


def _place(graph: ReportGraph) -> Concept:
    """Return the place whose area key the metadata give."""
    concept = graph.lexicon.area(graph.source.area, graph.source.metadata.date.isoformat())
    if concept is None:
        raise SourceError("metadata-area", where=graph.source.key, area=graph.source.area)
    return concept
