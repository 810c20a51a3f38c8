"""What every document asks of the graph about one report: its head, names, passages, periods.

Not for: what stands in one document only.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self

from rdflib import URIRef

from hpkg.errors import CallerError
from hpkg.export.collect import reports_of
from hpkg.namespaces import BASE
from hpkg.questions.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from hpkg.messages import Language
    from hpkg.store import Store

    Row = Mapping[str, Any]  # a solution: texts, numbers, days and IRIs as Python values, by variable

__all__ = ["Days", "Reading"]

_REPORTS: Final = "SELECT ?report { ?report a hp:Report } ORDER BY ?report"
_HEAD: Final = """
SELECT ?number ?issued ?issuer ?area WHERE {
  VALUES (?graph ?report) { (UNDEF UNDEF) }
  GRAPH ?graph { ?report hp:documentNumber ?number ; hp:dateIssued ?issued
    OPTIONAL { ?report hp:issuedBy ?issuer } OPTIONAL { ?report hp:refArea ?area } }
}"""
_PERIODS: Final = """
SELECT ?period ?first ?last ?iso WHERE {
  ?period a hp:Period ; hp:startYear ?first ; hp:endYear ?last OPTIONAL { ?period hp:isoPeriod ?iso }
}"""
_QUOTES: Final = """
SELECT ?thing ?passage ?start ?end ?quote WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph { ?thing hp:evidence ?passage }
  ?passage hp:startOffset ?start ; hp:endOffset ?end ; hp:quote ?quote
} ORDER BY ?start ?end ?thing"""
_MONTHS: Final = 2


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a period."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, first_year: int, last_year: int, iso: str | None = None) -> Self:
        """Return the days of a period of years, or of the days or months that `iso` (ISO 8601) names.

        >>> Days.of(2024, 2024, "2024-01/2024-02").last
        datetime.date(2024, 2, 29)
        """
        start, _, end = (iso or "").partition("/")
        begins = [int(part) for part in start.split("-")] if start else [first_year]
        ends = [int(part) for part in (end or start).split("-")] if start else [last_year]
        begins += [1] * (3 - len(begins))
        ends += [12] * (_MONTHS - len(ends))
        if len(ends) == _MONTHS:
            ends.append(calendar.monthrange(*ends)[1])
        return cls(dt.date(*begins[:3]), dt.date(*ends[:3]))


@dataclass(frozen=True, slots=True)
class Reading:
    """One report of a store, read in one language.

    Attributes:
        store: The graph.
        language: Language of names.
        key: The key of the report.
        number: Its document number.
        issued: The day it was issued.
        issuer: IRI of the body that issued it.
        area: IRI of its area.
    """

    store: Store
    language: Language
    key: str
    number: str
    issued: dt.date
    issuer: str | None
    area: str | None
    labels: Labels = field(repr=False)

    @classmethod
    def of(cls, store: Store, report: str | None, language: Language) -> Self:
        """Return what stands at the head of `report`.

        Raises:
            CallerError: No report is meant, or several are.
        """
        known = [str(row["report"]) for row in store.select(_REPORTS)]
        if report is None and len(known) != 1:
            keys = ", ".join(iri.removeprefix(f"{BASE}id/report/") for iri in known)
            raise CallerError("report-unknown", where="--report", known=keys or "–")
        key = reports_of(store, [report or known[0]])[0].removeprefix(f"{BASE}graph/")
        here = {"graph": URIRef(f"{BASE}graph/{key}"), "report": URIRef(f"{BASE}id/report/{key}")}
        rows = list(store.select(_HEAD, here))
        if not rows:
            raise CallerError("report-unknown", where=key, known=", ".join(known))
        head = _values(rows[0])
        labels = Labels(store, language)
        issuer, area = head.get("issuer"), head.get("area")
        return cls(store, language, key, head["number"], head["issued"].date(), issuer, area, labels)

    @property
    def iri(self) -> str:
        """Return the IRI of the report."""
        return f"{BASE}id/report/{self.key}"

    def rows(self, query: str) -> list[Row]:
        """Return the solutions of `query`, which takes the graph of the report as `?graph`."""
        return [_values(row) for row in self.store.select(query, {"graph": URIRef(f"{BASE}graph/{self.key}")})]

    def names(self, iris: Iterable[str | None]) -> dict[str | None, str]:
        """Return what each of `iris` is called; None is called nothing."""
        found = self.labels.of([iri for iri in iris if iri is not None])
        return {None: "", **{iri: term.text for iri, term in found.items()}}

    def name(self, iri: str | None) -> str:
        """Return what `iri` is called."""
        return self.names([iri])[iri]

    def periods(self) -> dict[str, Days]:
        """Return the days of every period of the graph."""
        rows = [_values(row) for row in self.store.select(_PERIODS)]
        return {row["period"]: Days.of(row["first"], row["last"], row.get("iso")) for row in rows}

    def quotes(self) -> dict[str, list[Row]]:
        """Return the passages that each thing of the report stands on, in order of the text."""
        found: dict[str, list[Row]] = {}
        for row in self.rows(_QUOTES):
            found.setdefault(row["thing"], []).append(row)
        return found


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(term) if isinstance(term, URIRef) else _plain(term) for name, term in row.items()}


def _plain(term: Any) -> Any:  # noqa: ANN401 — a literal and its Python value
    return str(term) if term.language or isinstance(term.value, str | None) else term.value
