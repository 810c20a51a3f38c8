"""What every description says of the dataset: names, words, who publishes it, what it speaks of and when.

Not for: any vocabulary of description.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from hpkg.messages import LANGUAGES, text
from hpkg.namespaces import BASE, LICENCE

if TYPE_CHECKING:
    from hpkg.store import Store

__all__ = ["CATALOGUE", "DATASET", "LICENCE", "PUBLISHER", "Box", "Coverage", "Report", "coverage", "said"]

CATALOGUE: Final = f"{BASE}catalog"
DATASET: Final = f"{CATALOGUE}#dataset"
PUBLISHER: Final = f"{CATALOGUE}#publisher"

_REPORTS: Final = """
SELECT ?report ?graph ?name ?issued ?source WHERE {
  GRAPH ?graph { ?report a hp:Report ; skos:prefLabel ?name }
  OPTIONAL { ?report hp:dateIssued ?issued }
  OPTIONAL { ?report hp:sourceUrl ?source }
} ORDER BY ?report ?name"""

_SPAN: Final = """
SELECT (MIN(?start) AS ?from) (MAX(?end) AS ?to) WHERE {
  { ?report a hp:Report ; hp:refPeriod ?period } UNION { ?report a hp:Report ; hp:setsOut/hp:refPeriod ?period }
  ?period hp:startYear ?start ; hp:endYear ?end
}"""

_AREAS: Final = """
SELECT DISTINCT ?area ?wikidata ?name WHERE {
  ?report a hp:Report ; hp:refArea ?area . ?area skos:prefLabel ?name
  OPTIONAL { ?area hp:wikidata ?wikidata }
} ORDER BY ?area ?name"""

# A place has a point at its middle, not a border: the points within an area say where it is.
_BOXES: Final = """
SELECT ?area (MIN(?long) AS ?west) (MIN(?lat) AS ?south) (MAX(?long) AS ?east) (MAX(?lat) AS ?north) WHERE {
  ?report a hp:Report ; hp:refArea ?area .
  ?place hp:within? ?area ; hp:latitude ?lat ; hp:longitude ?long
} GROUP BY ?area"""


_POINTS: Final = """
SELECT DISTINCT ?area ?long ?lat WHERE {
  ?report a hp:Report ; hp:refArea ?area . ?area hp:latitude ?lat ; hp:longitude ?long
}"""


class Box(NamedTuple):
    """Where an area is, in degrees of WGS 84: the box around the middles of the places within it."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Report:
    """A report of the dataset: its IRI, its graph, its names by language, its day of issue, where it was published."""

    iri: str
    graph: str
    names: dict[str, str]
    issued: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the dataset speaks of: reports, the first and last year, areas with their names by language.

    `boxes` and `middles` (longitude, latitude) tell where an area is, as far as the graph knows.
    """

    reports: tuple[Report, ...]
    first_year: int | None
    last_year: int | None
    areas: dict[str, dict[str, str]]
    boxes: dict[str, Box]
    middles: dict[str, tuple[float, float]]


def said(key: str) -> dict[str, str]:
    """Return the text `catalog.<key>` by language."""
    return {language: text(f"catalog.{key}", language) for language in LANGUAGES}


def coverage(store: Store) -> Coverage:
    """Return what the dataset in `store` speaks of."""
    reports: dict[str, Report] = {}
    for row in store.select(_REPORTS):
        iri = str(row["report"])
        issued, source = row.get("issued"), row.get("source")
        report = reports.setdefault(
            iri,
            Report(iri, str(row["graph"]), {}, str(issued)[:10] if issued else None, str(source) if source else None),
        )
        report.names[getattr(row["name"], "language", None) or "vi"] = str(row["name"])
    span = next(iter(store.select(_SPAN)), {})
    areas: dict[str, dict[str, str]] = {}
    for row in store.select(_AREAS):
        areas.setdefault(str(row["area"]), {})[getattr(row["name"], "language", None) or "vi"] = str(row["name"])
    first, last = (int(str(span[name])) if name in span else None for name in ("from", "to"))
    boxes = {
        str(row["area"]): Box(*(float(str(row[side])) for side in Box._fields))
        for row in store.select(_BOXES)
        if "area" in row
    }
    middles = {str(row["area"]): (float(str(row["long"])), float(str(row["lat"]))) for row in store.select(_POINTS)}
    return Coverage(tuple(reports.values()), first, last, areas, boxes, middles)
