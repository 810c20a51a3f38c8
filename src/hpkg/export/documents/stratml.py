"""The plan that a report sets out as a strategic plan: StratML Part 2 (ISO 17469-2), `PerformancePlanOrReport`.

Goals are groups of tasks, objectives are tasks with their sub-tasks, stakeholders the bodies responsible; indicators
carry targets of the plan and results of the report. An indicator stands under the objective that speaks of it, and
those that no task speaks of stand under a goal of their own kind. Not for: judging whether a target was met.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from hpkg.export.documents.sheets import MEASUREMENTS, in_order
from hpkg.messages import text
from hpkg.namespaces import natural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.export.documents.reading import Reading, Row

__all__ = ["NAMESPACE", "written"]

NAMESPACE: Final = "http://www.stratml.net/PerformancePlanOrReport"

_PLAN: Final = """
SELECT DISTINCT ?plan ?name ?period ?theme WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph { ?report hp:setsOut ?plan . ?plan skos:prefLabel ?name ; hp:refPeriod ?period
    OPTIONAL { ?plan hp:hasTheme/skos:prefLabel ?theme } }
} ORDER BY ?plan ?theme"""
_ITEMS: Final = """
SELECT DISTINCT ?item ?class ?name ?ordinal ?whole WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph { ?item a ?class ; skos:prefLabel ?name ; hp:ordinal ?ordinal OPTIONAL { ?item hp:partOf ?whole } }
  FILTER(?class IN (hp:TaskGroup, hp:Task))
} ORDER BY ?item ?whole"""
_LINKS: Final = """
SELECT DISTINCT ?item ?property ?value WHERE {
  VALUES ?graph { UNDEF }
  VALUES ?property { hp:responsibleBody hp:concernsIndicator }
  GRAPH ?graph { ?item hp:ordinal ?ordinal ; ?property ?value }
} ORDER BY ?item ?value"""


def written(report: Reading) -> dict[str, bytes]:
    """Return the plan of `report`; the report itself as a plan when it sets none out."""
    root = etree.Element(f"{{{NAMESPACE}}}PerformancePlanOrReport", nsmap={None: NAMESPACE})
    root.set("Type", "Performance_Plan")
    plans = report.rows(_PLAN)
    plan: Row = plans[0] if plans else {"plan": report.iri, "name": report.name(report.iri)}
    _put(root, "Name", plan["name"])
    _put(root, "Description", text("documents.plan-of", report.language, number=report.number))
    core = _put(root, "StrategicPlanCore")
    organisation = _put(core, "Organization")
    _put(organisation, "Name", report.name(report.issuer) or report.number)
    _put(organisation, "Identifier", _identifier(report.issuer or report.iri))
    if "theme" in plan:
        vision = _put(core, "Vision")
        _put(vision, "Description", plan["theme"])
        _put(vision, "Identifier", _identifier(f"{plan['plan']}#vision"))
    _Goals(report).write(core)
    about = _put(root, "AdministrativeInformation")
    days = report.periods().get(plan.get("period", ""))
    if days:
        _put(about, "StartDate", days.first.isoformat())
        _put(about, "EndDate", days.last.isoformat())
    _put(about, "PublicationDate", report.issued.isoformat())
    _put(about, "Source", report.iri)
    etree.indent(root)
    return {"": etree.tostring(root, xml_declaration=True, encoding="UTF-8")}


class _Goals:
    """What stands below the plan."""

    def __init__(self, report: Reading) -> None:
        self.report = report
        self.items = sorted(report.rows(_ITEMS), key=lambda row: in_order(row["item"]))
        self.class_of = {row["item"]: row["class"] for row in self.items}
        self.periods, self.quotes = report.periods(), report.quotes()
        self.figures: dict[str, list[Row]] = {}
        for row in report.rows(MEASUREMENTS):
            if row["class"].endswith(("#Result", "#Target")) and "indicator" in row:
                self.figures.setdefault(row["indicator"], []).append(row)
        self.links: dict[tuple[str, str], list[str]] = {}
        for row in report.rows(_LINKS):
            self.links.setdefault((row["item"], row["property"].rpartition("#")[2]), []).append(row["value"])
        rows = [row for found in self.figures.values() for row in found]
        self.names = report.names(
            {value for values in self.links.values() for value in values}
            | {row[key] for row in rows for key in ("indicator", "unit", "area", "period", "comparator")}
        )

    def write(self, core: Any) -> None:  # noqa: ANN401 — an element of lxml
        """Write the goals into `core`: groups, then tasks of no group, then indicators of no task."""
        parts: dict[str | None, list[Row]] = {}
        for row in self.items:
            parts.setdefault(row.get("whole"), []).append(row)
        for row in parts.get(None, []):
            goal = self._goal(core, row["item"], row["name"], row["ordinal"])
            below = list(self._below(row["item"], parts))
            for task in below or [row]:
                self._objective(goal, task)
        placed = {value for (_, key), values in self.links.items() if key == "concernsIndicator" for value in values}
        left = [indicator for indicator in self.figures if indicator not in placed]
        if left or not self.items:  # the standard asks for one goal at least
            name = text("documents.other-indicators", self.report.language)
            goal = self._goal(core, f"{self.report.iri}#indicators", name, "")
            objective = self._head(_put(goal, "Objective"), f"{self.report.iri}#all-indicators", name, "")
            for indicator in left:
                self._indicator(objective, indicator, self.report.iri)

    def _below(self, whole: str, parts: dict[str | None, list[Row]]) -> Iterable[Row]:
        for row in parts.get(whole, []):
            yield row
            yield from self._below(row["item"], parts)

    def _goal(self, core: Any, iri: str, name: str, ordinal: str) -> Any:  # noqa: ANN401
        goal = self._head(_put(core, "Goal"), iri, name, ordinal)
        self._stakeholders(goal, iri)
        return goal

    def _head(self, element: Any, iri: str, name: str, ordinal: str) -> Any:  # noqa: ANN401
        _put(element, "Name", name)
        _put(element, "Description", "\n".join(quote["quote"] for quote in self.quotes.get(iri, ())))
        _put(element, "Identifier", _identifier(iri))
        _put(element, "SequenceIndicator", ordinal)
        return element

    def _stakeholders(self, element: Any, iri: str) -> None:  # noqa: ANN401
        for body in self.links.get((iri, "responsibleBody"), ()):
            stakeholder = _put(element, "Stakeholder")
            _put(stakeholder, "Name", self.names[body])
            _put(stakeholder, "Description", body)
            role = _put(stakeholder, "Role")
            _put(role, "Name", text("documents.responsible", self.report.language))
            _put(role, "RoleType", "Performer")

    def _objective(self, goal: Any, row: Row) -> None:  # noqa: ANN401
        iri = row["item"]
        # A group that has no tasks is the one objective of itself: an identifier names one thing only.
        named = iri if self.class_of[iri].endswith("#Task") and row.get("whole") else f"{iri}#objective"
        objective = self._head(_put(goal, "Objective"), named, row["name"], row["ordinal"])
        self._stakeholders(objective, iri)
        _put(objective, "OtherInformation", iri)
        for indicator in self.links.get((iri, "concernsIndicator"), ()):
            if indicator in self.figures:
                self._indicator(objective, indicator, iri)

    def _indicator(self, objective: Any, indicator: str, iri: str) -> None:  # noqa: ANN401
        by_unit: dict[tuple[str, str], list[Row]] = {}
        for row in self.figures[indicator]:
            by_unit.setdefault((row["unit"], row["area"]), []).append(row)
        for (unit, area), rows in by_unit.items():
            element = _put(objective, "PerformanceIndicator")
            element.set("PerformanceIndicatorType", "Quantitative")
            _put(element, "MeasurementDimension", f"{self.names[indicator]} – {self.names[area]}")
            _put(element, "UnitOfMeasurement", self.names[unit])
            _put(element, "Identifier", _identifier(f"{iri} {indicator} {unit} {area}"))
            instance = _put(element, "MeasurementInstance")
            for kind, tag in (("#Target", "TargetResult"), ("#Result", "ActualResult")):
                for row in sorted(rows, key=lambda row: natural(row["period"])):
                    if row["class"].endswith(kind):
                        self._result(instance, tag, row)
            _put(element, "OtherInformation", indicator)

    def _result(self, instance: Any, tag: str, row: Row) -> None:  # noqa: ANN401
        result = _put(instance, tag)
        quotes = "\n".join(quote["quote"] for quote in self.quotes.get(row["address"], ()))
        _put(result, "Description", f"{row['stated']} ({self.names[row['comparator']]}): “{quotes}” {row['address']}")
        if "value" in row:  # a range has no one number; its bounds stand in the words of the report
            _put(result, "NumberOfUnits", f"{row['value']:f}")
        days = self.periods[row["period"]]
        _put(result, "StartDate", days.first.isoformat())
        _put(result, "EndDate", days.last.isoformat())


def _identifier(iri: str) -> str:
    """Return the identifier of a thing, always the same: an XML ID cannot be an IRI."""
    return f"_{uuid5(NAMESPACE_URL, iri)}"


def _put(parent: Any, tag: str, words: str = "") -> Any:  # noqa: ANN401 — elements of lxml
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    if words:
        element.text = words
    return element
