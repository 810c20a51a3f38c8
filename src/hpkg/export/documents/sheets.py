"""The tables of a report: indicators, measurements, tasks, projects, documents, evidence; each value from the graph.

A column has a key, which names its heading in the message catalogue, and a kind. Not for: files.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from hpkg.messages import text
from hpkg.tables import Column, ColumnKind, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from hpkg.export.documents.reading import Reading, Row

    Columns = Mapping[str, ColumnKind]

__all__ = ["MEASUREMENTS", "SHEETS", "Sheet", "in_order", "name_of", "sheets"]

_FIGURE: Final = ("value", "upper", "comparator", "stated", "period")
SHEETS: Final[Mapping[str, Columns]] = {
    "indicators": {
        "indicator": "text",
        "area": "text",
        "unit": "text",
        **{f"result-{name}": "decimal" if name in {"value", "upper"} else "text" for name in _FIGURE},
        **{f"target-{name}": "decimal" if name in {"value", "upper"} else "text" for name in _FIGURE},
        "attainment": "text",
        "address": "link",
        "result-address": "link",
        "target-address": "link",
    },
    "measurements": {
        "indicator": "text",
        "class": "text",
        "value": "decimal",
        "lower": "decimal",
        "upper": "decimal",
        "unit": "text",
        "comparator": "text",
        "direction": "text",
        "estimated": "boolean",
        "stated": "text",
        "period": "text",
        "area": "text",
        "quote": "text",
        "address": "link",
    },
    "tasks": {
        "ordinal": "text",
        "name": "text",
        "class": "text",
        "part-of": "text",
        "deadline": "date",
        "pillars": "text",
        "bodies": "text",
        "topics": "text",
        "quote": "text",
        "address": "link",
    },
    "projects": {
        "name": "text",
        "kind": "text",
        "places": "text",
        "status": "text",
        "period": "text",
        "investors": "text",
        "quote": "text",
        "address": "link",
    },
    "documents": {
        "document-number": "text",
        "name": "text",
        "kind": "text",
        "issued": "date",
        "issuer": "text",
        "mentions": "integer",
        "quote": "text",
        "address": "link",
    },
    "evidence": {
        "about": "link",
        "start": "integer",
        "end": "integer",
        "quote": "text",
        "address": "link",
    },
}
"""The columns of each table, by key, with their kinds."""

MEASUREMENTS: Final = """
SELECT DISTINCT ?address ?class ?indicator ?value ?lower ?upper ?unit ?comparator ?direction ?estimated ?stated
  ?period ?area ?start
WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph {
    ?address hp:valueAsStated ?stated ; a ?class ; hp:unit ?unit ; hp:comparator ?comparator ;
      hp:refPeriod ?period ; hp:refArea ?area
    OPTIONAL { ?address hp:forIndicator ?indicator } OPTIONAL { ?address hp:value ?value }
    OPTIONAL { ?address hp:lowerBound ?lower } OPTIONAL { ?address hp:upperBound ?upper }
    OPTIONAL { ?address hp:changeDirection ?direction } OPTIONAL { ?address hp:isEstimated ?estimated }
  }
  { SELECT ?address (MIN(?at) AS ?start) { ?address hp:valueAsStated ?any ; hp:evidence/hp:startOffset ?at }
    GROUP BY ?address }
  FILTER(?class IN (hp:Result, hp:Target, hp:PlannedValue, hp:Change, hp:Share, hp:Count, hp:Threshold, hp:Ratio))
} ORDER BY ?start ?address ?indicator"""
_ATTAINMENTS: Final = """
SELECT DISTINCT ?indicator ?period ?attainment WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph { ?a a hp:Assessment ; hp:forIndicator ?indicator ; hp:refPeriod ?period ; hp:attainment ?attainment }
} ORDER BY ?indicator ?period ?attainment"""
_TASKS: Final = """
SELECT DISTINCT ?address ?class ?name ?ordinal ?part ?deadline WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph {
    ?address a ?class ; skos:prefLabel ?name ; hp:ordinal ?ordinal
    OPTIONAL { ?address hp:partOf/hp:ordinal ?part } OPTIONAL { ?address hp:deadline ?deadline }
  }
  FILTER(?class IN (hp:TaskGroup, hp:Task))
} ORDER BY ?address"""
_PROJECTS: Final = """
SELECT DISTINCT ?address ?name ?kind ?status ?period WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph {
    ?address a hp:Project ; skos:prefLabel ?name OPTIONAL { ?address hp:projectKind ?kind }
    OPTIONAL { ?said hp:ofProject ?address ; hp:status ?status ; hp:refPeriod ?period }
  }
} ORDER BY ?name ?address ?period ?status"""
_DOCUMENTS: Final = """
SELECT DISTINCT ?address ?name ?kind ?issued ?issuer ?number WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph {
    ?address a hp:LegalDocument ; skos:prefLabel ?name ; hp:documentKind ?kind
    OPTIONAL { ?address hp:dateIssued ?issued } OPTIONAL { ?address hp:issuedBy ?issuer }
    OPTIONAL { ?address hp:documentNumber ?number }
  }
} ORDER BY ?name ?address"""
_LISTS: Final = """
SELECT DISTINCT ?thing ?property ?value WHERE {
  VALUES ?graph { UNDEF }
  VALUES ?property { hp:contributesTo hp:responsibleBody hp:topic hp:locatedIn hp:investor }
  GRAPH ?graph { ?thing ?property ?value }
} ORDER BY ?thing ?property ?value"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its key, what its columns are by key, its rows."""

    key: str
    columns: Columns
    rows: Sequence[Sequence[object]]

    def table(self, report: Reading) -> Table:
        """Return the table with headings in the language of `report`."""
        heads = [text(f"documents.{key}", report.language) for key in self.columns]
        columns = [Column(head, kind) for head, kind in zip(heads, self.columns.values(), strict=True)]
        return Table(text(f"documents.{self.key}", report.language), tuple(columns), self.rows)

    def data(self) -> Table:
        """Return the table under names that are the same in every language, for programs."""
        columns = [Column(name_of(key), kind) for key, kind in self.columns.items()]
        return Table(self.key, tuple(columns), self.rows)


def name_of(key: str) -> str:
    """Return the name of a column for programs.

    >>> name_of("result-value")
    'result_value'
    """
    return key.replace("-", "_")


def sheets(report: Reading) -> list[Sheet]:
    """Return all tables of `report`, in order."""
    quotes = report.quotes()
    lists = _lists(report)
    figures = report.rows(MEASUREMENTS)
    made: dict[str, list[dict[str, Any]]] = {
        "indicators": _indicators(report, figures),
        "measurements": [
            _named(report, row, ("indicator", "unit", "comparator", "direction", "area")) for row in figures
        ],
        "tasks": _tasks(report, lists),
        "projects": [
            {**_named(report, row, ("kind", "status")), **lists.get(row["address"], {})}
            for row in report.rows(_PROJECTS)
        ],
        "documents": [
            {
                **_named(report, row, ("kind", "issuer")),
                "document-number": row.get("number"),
                "issued": row["issued"].date() if "issued" in row else None,
                "mentions": len(quotes.get(row["address"], ())),
            }
            for row in report.rows(_DOCUMENTS)
        ],
        "evidence": [
            {**quote, "about": thing, "address": quote["passage"]}
            for thing, found in sorted(quotes.items(), key=lambda item: (item[1][0]["start"], item[0]))
            for quote in found
        ],
    }
    for key in ("measurements", "tasks", "projects", "documents"):
        for row in made[key]:
            row["quote"] = "\n".join(quote["quote"] for quote in quotes.get(row["address"], ())) or None
    names = report.names({row["class"] for key in ("measurements", "tasks") for row in made[key]})
    spans = report.names(
        {row["period"] for key in ("measurements", "projects") for row in made[key] if "period" in row}
    )
    for key in ("measurements", "tasks", "projects"):
        for row in made[key]:
            row["class"] = names.get(row.get("class"))
            row["period"] = spans.get(row.get("period")) or None
    return [
        Sheet(key, columns, [[row.get(column) for column in columns] for row in made[key]])
        for key, columns in SHEETS.items()
    ]


def _named(report: Reading, row: Row, keys: Sequence[str]) -> dict[str, Any]:
    names = report.names([row.get(key) for key in keys])
    return {**row, **{key: names[row.get(key)] or None for key in keys}}


def _tasks(report: Reading, lists: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    periods = report.periods()
    made = [
        {
            **row,
            **lists.get(row["address"], {}),
            "part-of": row.get("part"),
            "deadline": periods[row["deadline"]].last if "deadline" in row else None,
        }
        for row in report.rows(_TASKS)
    ]
    return sorted(made, key=lambda row: in_order(row["address"]))


def in_order(key: str) -> list[tuple[int, str]]:
    """Return a key that sorts the addresses of tasks as the plan numbers them."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in key.rpartition("/")[2].split(".")]


def _lists(report: Reading) -> dict[str, dict[str, str]]:
    keys = {"contributesTo": "pillars", "responsibleBody": "bodies", "topic": "topics"}
    keys |= {"locatedIn": "places", "investor": "investors"}
    rows = report.rows(_LISTS)
    names = report.names({row["value"] for row in rows})
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        key = keys[row["property"].rpartition("#")[2]]
        found.setdefault(row["thing"], {}).setdefault(key, []).append(names[row["value"]])
    return {thing: {key: "; ".join(said) for key, said in held.items()} for thing, held in found.items()}


def _indicators(report: Reading, figures: Sequence[Row]) -> list[dict[str, Any]]:
    """Return each result beside each target of the same indicator, area and unit."""
    attained = {(row["indicator"], row["period"]): row["attainment"] for row in report.rows(_ATTAINMENTS)}
    held: dict[tuple[str, str, str], dict[str, list[Row]]] = {}
    for row in figures:
        kind = row["class"].rpartition("#")[2]
        if kind in {"Result", "Target"} and "indicator" in row:
            key = (row["indicator"], row["area"], row["unit"])
            held.setdefault(key, {"Result": [], "Target": []})[kind].append(row)
    made = []
    for (indicator, area, unit), by_kind in held.items():
        names = report.names([indicator, area, unit])
        for result, target in product(by_kind["Result"] or [{}], by_kind["Target"] or [{}]):
            judged = attained.get((indicator, result.get("period", "")))
            made.append(
                {
                    "indicator": names[indicator],
                    "area": names[area],
                    "unit": names[unit],
                    "address": indicator,
                    **{f"result-{key}": value for key, value in _figure(report, result).items()},
                    **{f"target-{key}": value for key, value in _figure(report, target).items()},
                    "attainment": report.name(judged) or None,
                }
            )
    return made


def _figure(report: Reading, row: Row) -> dict[str, str | Decimal | None]:
    names = report.names([row.get("comparator"), row.get("period")])
    return {
        "value": row.get("value", row.get("lower")),
        "upper": row.get("upper"),
        "comparator": names[row.get("comparator")] or None,
        "stated": row.get("stated"),
        "period": names[row.get("period")] or None,
        "address": row.get("address"),
    }
