"""What a picture says of where it comes from: the report, its area, its years.

Not for: what is in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from rdflib import Literal, URIRef

from hpkg.export.collect import Selection, network_of, reports_of
from hpkg.messages import text
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from hpkg.export.network import Network
    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["Told", "told"]

_REPORTS: Final = """
SELECT ?report ?number ?issued ?name ?area WHERE {
  VALUES ?lang { "vi" }
  ?report a hp:Report ; hp:documentNumber ?number ; hp:dateIssued ?issued ; hp:refArea ?place .
  OPTIONAL { ?report hp:issuedBy/skos:prefLabel ?name FILTER(LANG(?name) = ?lang) }
  OPTIONAL { ?place skos:prefLabel ?area FILTER(LANG(?area) = ?lang) }
} ORDER BY ?issued ?report"""


@dataclass(frozen=True, slots=True)
class Told:
    """The reports that a picture is of.

    Attributes:
        store: Where they stand.
        reports: Their keys.
        language: The language of the picture.
        line: The source line.
        areas: The areas they speak of, joined.
    """

    store: Store
    reports: tuple[str, ...]
    language: Language
    line: str
    areas: str

    def network(self, view: str) -> Network:
        """Return a view of these reports."""
        return _network(cast("Hashable", self.store), view, self.reports, self.language)

    def text(self, key: str, **values: object) -> str:
        """Return a text of pictures in the language."""
        return text(f"picture.{key}", self.language, **values)


@lru_cache(maxsize=8)
def _network(store: Hashable, view: str, reports: tuple[str, ...], language: Language) -> Network:
    """Return a view, kept for the next picture of the same reports."""
    return network_of(cast("Store", store), Selection(view, reports=reports), language)


def told(store: Store, wanted: Sequence[str], language: Language) -> Told:
    """Return the reports that are meant, all when none is named.

    Raises:
        CallerError: There is no such report.
    """
    chosen = reports_of(store, wanted) if wanted else ()
    rows = [
        row
        for row in store.select(_REPORTS, {"lang": Literal(language)})
        if not chosen or URIRef(str(row["report"]).replace("/id/report/", "/graph/")) in {*map(URIRef, chosen)}
    ]
    named = []
    for row in rows:
        year, month, day = str(row["issued"])[:10].split("-")
        name = f", {row['name']}" if "name" in row else ""
        named.append(text("picture.report", language, number=row["number"], day=f"{day}/{month}/{year}", issuer=name))
    areas = dict.fromkeys(str(row["area"]) for row in rows if "area" in row)
    line = text("picture.source", language, reports="; ".join(named[:3]) + ("; …" if len(named) > 3 else ""))  # noqa: PLR2004 — what fits a line
    keys = tuple(str(row["report"]).removeprefix(f"{BASE}id/report/") for row in rows)
    return Told(store, keys, language, line, ", ".join(areas))
