"""The graph of a report while it is written: nodes, passages, periods, and the terms of values.

Not for: what any fact states.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS, XSD

from hpkg.namespaces import HP, mint, slug

if TYPE_CHECKING:
    from hpkg.document import Document
    from hpkg.lexicon import Concept, Lexicon
    from hpkg.model import Fact, Mention

__all__ = ["BASE_VALUES", "ReportGraph", "add_period", "date_time", "in_base_unit", "to_term", "whole_years"]

BASE_VALUES = {HP.value: HP.baseValue, HP.lowerBound: HP.baseLowerBound, HP.upperBound: HP.baseUpperBound}
"""The properties of an amount in its unit, and those of the same amount in the base unit."""


class ReportGraph:
    """The graph of one report, and what all that is added to it needs."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        """Start the graph of `document`."""
        self.graph = Graph()
        self.document = document
        self.source = document.source
        self.lexicon = lexicon
        self.report = mint("report", self.source.key)
        self.area = self.source.area

    def state(self, subject: URIRef | str, predicate: URIRef, value: object) -> None:
        """Add a triple; None adds nothing, text that is no IRI becomes a string."""
        if value is None or value == "":
            return
        self.graph.add((URIRef(str(subject)), predicate, to_term(value)))

    def describe(self, fact: Fact, kind: URIRef, label: str | None = None) -> URIRef:
        """Add the class, label and evidence of a statement and return its node."""
        node = URIRef(fact.id)
        self.state(node, RDF.type, kind)
        if label:
            self.graph.add((node, SKOS.prefLabel, Literal(label, lang="vi")))
        self.state(node, HP.evidence, self.passage(fact))
        return node

    def passage(self, place: Fact | Mention, span: tuple[int, int] | None = None) -> URIRef:
        """Add the passage where `place` stands, or `span` beside it, and return its node."""
        start, end = span or (place.start, place.end)
        node = URIRef(f"{self.report}/text#char={start},{end}")
        self.state(node, RDF.type, HP.Passage)
        self.state(node, HP.inReport, self.report)
        self.state(node, HP.startOffset, start)
        self.state(node, HP.endOffset, end)
        self.state(node, HP.quote, Literal(self.source.text[start:end]))
        if place.section is not None:
            self.state(node, HP.inSection, mint("section", self.source.key, place.section))
        if place.sentence is not None:
            self.state(node, HP.inSentence, mint("sentence", self.source.key, place.sentence))
        return node

    def period(self, value: str) -> URIRef:
        """Add the period of ISO 8601 `value` (`2021`, `2021/2025`, `2023-01/2023-03`) and return its node."""
        return add_period(self.graph, value)

    def plan(self, period: str | None = None) -> URIRef:
        """Return the node of the area's plan of `period`; left out, of the plan that the report sets out."""
        return mint("plan", self.area, slug(period or self.source.metadata.own_plan))

    def concept(self, scheme: str, key: str) -> URIRef:
        """Return the node of a concept that must be known.

        Raises:
            OntologyError: The vocabulary has no such concept.
        """
        return URIRef(self.lexicon.get(scheme, key).iri)


def add_period(graph: Graph, value: str) -> URIRef:
    """Add the period of ISO 8601 `value` to `graph` and return its node.

    Raises:
        ValueError: It does not begin with a year.
    """
    first, _, last = value.partition("/")
    years = int(first[:4]), int((last or first)[:4])
    node = mint("period", value.replace("/", "--" if "-" in value else "-"))
    graph.add((node, RDF.type, HP.Period))
    graph.add((node, HP.startYear, Literal(years[0])))
    graph.add((node, HP.endYear, Literal(years[1])))
    if "-" in value:
        graph.add((node, HP.isoPeriod, Literal(value)))
    return node


def date_time(day: str) -> Literal:
    """Return an ISO date as the start of that day; `xsd:date` is no datatype of OWL 2."""
    return Literal(f"{day}T00:00:00Z", datatype=XSD.dateTime, normalize=False)


def whole_years(period: str) -> str:
    """Return the years of a period in ISO 8601, since plans are of years.

    >>> whole_years("2023-01/2023-06"), whole_years("2021/2025")
    ('2023', '2021/2025')
    """
    return period[:4] if "-" in period else period


def in_base_unit(amount: Decimal, unit: Concept | None) -> Decimal:
    """Return `amount` of `unit` in the base unit; a unit without a factor is its own."""
    return amount * Decimal((unit.first("factor") if unit else None) or 1)


def to_term(value: object) -> URIRef | Literal:
    """Return `value` as a term: numbers and booleans typed, text as a string."""
    if isinstance(value, URIRef | Literal):
        return value
    if isinstance(value, Decimal):
        return Literal(f"{value:f}", datatype=XSD.decimal, normalize=False)
    return Literal(value)
