"""The report itself in RDF: its metadata, the plan it sets out and the plan it reports on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from hpkg.errors import SourceError
from hpkg.namespaces import HP, mint

if TYPE_CHECKING:
    from hpkg.lexicon import Concept
    from hpkg.lift.triples import Lifter

Subject = URIRef | str

__all__ = ["Subject", "describe_report"]


def describe_report(lifter: Lifter) -> None:
    """Add what is known of the report as a whole.

    Raises:
        SourceError: Its area or issuer is not in the reference data.
    """
    metadata, report = lifter.source.metadata, lifter.report
    area = _place(lifter)
    issuer = mint("organisation", metadata.issuer)
    if lifter.lexicon.concept(str(issuer)) is None:
        raise SourceError("metadata-issuer", where=lifter.source.key, issuer=metadata.issuer)
    lifter.state(report, RDF.type, HP.Report)
    lifter.graph.add((report, SKOS.prefLabel, Literal(metadata.title, lang="vi")))
    if metadata.title_en:
        lifter.graph.add((report, SKOS.prefLabel, Literal(metadata.title_en, lang="en")))
    lifter.state(report, HP.documentNumber, Literal(metadata.number))
    issued = Literal(f"{metadata.date.isoformat()}T00:00:00Z", datatype=XSD.dateTime, normalize=False)
    lifter.state(report, HP.dateIssued, issued)
    lifter.state(report, HP.issuedBy, issuer)
    lifter.state(report, HP.refArea, URIRef(area.iri))
    lifter.state(report, HP.refPeriod, lifter.period(str(metadata.year)))
    lifter.state(report, HP.sha256, Literal(lifter.source.sha256))
    lifter.state(report, HP.sourceLicence, Literal(metadata.licence))
    if metadata.url:
        lifter.state(report, HP.sourceUrl, Literal(metadata.url, datatype=XSD.anyURI))
    _describe_plan(lifter, area, metadata.year, HP.reportsOn)
    if metadata.plan_year:
        plan = _describe_plan(lifter, area, metadata.plan_year, HP.setsOut)
        theme = mint("theme", lifter.area, str(metadata.plan_year))
        if (theme, RDF.type, HP.Theme) in lifter.graph:
            lifter.state(plan, HP.hasTheme, theme)


def _describe_plan(lifter: Lifter, area: Concept, year: int, relation: URIRef) -> URIRef:
    """Add the plan of `year` and how the report stands to it."""
    plan = lifter.plan(str(year))
    lifter.state(lifter.report, relation, plan)
    lifter.state(plan, RDF.type, HP.Plan)
    name, name_en = area.label, area.label_en or area.label
    lifter.graph.add(
        (plan, SKOS.prefLabel, Literal(f"Kế hoạch phát triển kinh tế-xã hội năm {year}, {name}", lang="vi"))
    )
    lifter.graph.add(
        (plan, SKOS.prefLabel, Literal(f"Socio-economic development plan of {year}, {name_en}", lang="en"))
    )
    lifter.state(plan, HP.refArea, URIRef(area.iri))
    lifter.state(plan, HP.refPeriod, lifter.period(str(year)))
    return plan


def _place(lifter: Lifter) -> Concept:
    """Return the place whose area key the metadata give."""
    code = lifter.source.area.partition("-")[0]
    concept = lifter.lexicon.concept(str(mint("place", code)))
    if concept is None:
        raise SourceError("metadata-area", where=lifter.source.key, area=lifter.source.area)
    return concept
