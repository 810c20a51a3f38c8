"""What a person decided, from the sheet into Turtle: who, why, when, and the values before and after.

A decision keeps a fact, retracts it, changes a value, adds one, or parts a thing that is two. Not for: applying it
(`hpkg.review.apply`).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, SKOS, XSD

from hpkg.errors import CallerError
from hpkg.lift.graph import add_period, date_time, to_term
from hpkg.lift.triples import MEASUREMENT_CLASSES
from hpkg.lift.turtle import write_turtle
from hpkg.namespaces import BASE, HP, fold, mint
from hpkg.review.apply import load_decisions
from hpkg.review.items import COLUMNS, DECISION_COLUMNS
from hpkg.review.split import named_passages, new_node

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from hpkg.lexicon import Concept, Lexicon

__all__ = ["PROPERTIES", "Decision", "read_sheet", "write_decisions"]

_KINDS: Final = ("keep", "retract", "change", "add", "split")
_CONCEPTS: Final = {
    "indicator": (HP.forIndicator, "indicator"),
    "unit": (HP.unit, "unit"),
    "comparator": (HP.comparator, "comparator"),
    "direction": (HP.changeDirection, "direction"),
    "status": (HP.status, "project-status"),
    "project-kind": (HP.projectKind, "project-kind"),
    "document-kind": (HP.documentKind, "document-kind"),
    "located-in": (HP.locatedIn, "place"),
    "concerns-place": (HP.concernsPlace, "place"),
    "topic": (HP.topic, "topic"),
}
_NUMBERS: Final = {"value": HP.value, "low": HP.lowerBound, "high": HP.upperBound}
_PERIODS: Final = {"period": HP.refPeriod, "deadline": HP.deadline}
PROPERTIES: Final = tuple(sorted([*_CONCEPTS, *_NUMBERS, *_PERIODS, "alias", "kind", "label", "same"]))
"""What a sheet may name as the property that a decision is about."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on `node`: `predicate` and `value` are given for a change, an addition, an alias retracted."""

    report: str
    node: URIRef
    kind: str
    why: str
    predicate: URIRef | None = None
    value: URIRef | Literal | None = None
    stated: str = ""
    """The value as the sheet gives it."""


def read_sheet(content: str, lexicon: Lexicon, where: str) -> list[Decision]:
    """Return the decisions of a review sheet: the rows whose column `decision` is filled.

    Raises:
        CallerError: A column is missing, or a row cannot be understood; the error names the row.
    """
    rows = csv.DictReader(io.StringIO(content.lstrip("\ufeff")))
    missing = [name for name in (*COLUMNS, *DECISION_COLUMNS) if name not in (rows.fieldnames or ())]
    if missing:
        raise CallerError("review-column", where=where, name=missing[0])
    return [
        _read_row(row, lexicon, f"{where}, {number}")
        for number, row in enumerate(rows, 2)
        if (row["decision"] or "").strip()
    ]


def _read_row(row: dict[str, str], lexicon: Lexicon, where: str) -> Decision:
    said = {name: (row[name] or "").strip() for name in (*COLUMNS, *DECISION_COLUMNS)}
    kind = said["decision"].lower()
    if kind not in _KINDS:
        raise CallerError("review-decision", where=where, said=said["decision"], allowed=", ".join(_KINDS))
    if not said["why"]:
        raise CallerError("review-why", where=where)
    if not said["node"].startswith(BASE):
        raise CallerError("review-node", where=where, said=said["node"])
    named = said["property"]
    if kind == "split":
        if named not in ("", "alias") or not said["value"]:
            raise CallerError("review-split", where=where)
        node, alias = URIRef(said["node"]), said["value"]
        return Decision(said["report"], node, kind, said["why"], SKOS.altLabel, new_node(node, alias), alias)
    if kind in ("change", "add") or (kind == "retract" and named):
        if named not in PROPERTIES:
            raise CallerError("review-property", where=where, said=named, allowed=", ".join(PROPERTIES))
        predicate, value = _value(named, said["value"], lexicon, where)
        return Decision(said["report"], URIRef(said["node"]), kind, said["why"], predicate, value, said["value"])
    return Decision(said["report"], URIRef(said["node"]), kind, said["why"])


def _value(name: str, said: str, lexicon: Lexicon, where: str) -> tuple[URIRef, URIRef | Literal]:
    """Return the property that a sheet names, and the term that it gives as its value."""
    if name in _CONCEPTS:
        predicate, scheme = _CONCEPTS[name]
        return predicate, _concept(said, scheme, lexicon, where)
    if name in _NUMBERS:
        try:
            return _NUMBERS[name], to_term(Decimal(said))
        except InvalidOperation:
            raise CallerError("review-number", where=where, said=said) from None
    if name in _PERIODS:
        try:
            return _PERIODS[name], add_period(Graph(), said)
        except ValueError:
            raise CallerError("review-period", where=where, said=said) from None
    if name == "kind":
        if said not in MEASUREMENT_CLASSES:
            raise CallerError("review-value", where=where, said=said, allowed=", ".join(MEASUREMENT_CLASSES))
        return RDF.type, MEASUREMENT_CLASSES[said]
    if name == "same":
        known = said if said.startswith(BASE) else str(_concept(said, "indicator", lexicon, where))
        return OWL.sameAs, URIRef(known)
    if not said:
        raise CallerError("review-value", where=where, said=said, allowed="…")
    return (SKOS.prefLabel if name == "label" else SKOS.altLabel), Literal(said, lang="vi")


def _concept(said: str, scheme: str, lexicon: Lexicon, where: str) -> URIRef:
    """Return the concept that `said` names by IRI, key or label, with or without tone marks."""
    known = lexicon.all(scheme)
    for matches in (_by_name(known, said), _by_label(known, said)):
        if len(matches) == 1:
            return URIRef(matches[0].iri)
    raise CallerError("review-concept", where=where, said=said, scheme=scheme)


def _by_name(known: list[Concept], said: str) -> list[Concept]:
    return [concept for concept in known if said in (concept.iri, concept.key)]


def _by_label(known: list[Concept], said: str) -> list[Concept]:
    return [concept for concept in known if fold(said) in (fold(concept.label), fold(concept.label_en))]


def write_decisions(path: Path, decisions: list[Decision], graph: Graph, by: str, day: dt.date) -> int:
    """Add `decisions` to the Turtle at `path` and return how many there are now.

    Each is described by `graph`, the graph of the report: where its node stands, and the value before.

    Raises:
        CallerError: The graph has no such node, or it stands on no passage.
    """
    kept = load_decisions(path)
    count = len(set(kept.subjects(RDF.type, HP.ReviewDecision)))
    for decision in decisions:
        count += 1
        node = mint("review", decision.report, str(count))
        _describe(kept, node, decision, graph)
        _sign(kept, node, by, decision.why, day)
    write_turtle(kept, path, "What people decided about the facts of this report.")
    return count


def _describe(kept: Graph, node: URIRef, decision: Decision, graph: Graph) -> None:
    evidence = sorted(set(_evidence(graph, decision.node)))
    if not evidence:
        raise CallerError("review-unknown", where=str(decision.node))
    kept.add((node, RDF.type, HP.ReviewDecision))
    kept.add((node, HP.decisionKind, mint("decision-kind", decision.kind)))
    kept.add((node, HP.decisionOn, decision.node))
    for passage in evidence:
        kept.add((node, HP.evidence, passage))
    if decision.predicate is None or decision.value is None:
        return
    kept.add((node, HP.decidedProperty, Literal(str(decision.predicate), datatype=XSD.anyURI)))
    if decision.kind == "split":
        others = named_passages(graph, decision.node, decision.stated)
        if not others or decision.value == decision.node or others == set(graph.objects(decision.node, HP.evidence)):
            raise CallerError("review-split-name", where=str(decision.node), said=decision.stated)
        kept.add((node, HP.formerValue, Literal(decision.stated, lang="vi")))
    if decision.kind == "change":
        for former in graph.objects(decision.node, decision.predicate):
            if decision.predicate != RDF.type or former in MEASUREMENT_CLASSES.values():
                kept.add((node, HP.formerValue, former))
    kept.add((node, HP.formerValue if decision.kind == "retract" else HP.newValue, decision.value))
    if decision.predicate in _PERIODS.values():
        add_period(kept, decision.stated)


def _evidence(graph: Graph, node: URIRef) -> list[URIRef]:
    """Return the passages that a node stands on: its own, else those of what speaks of it."""
    own = [URIRef(str(passage)) for passage in graph.objects(node, HP.evidence)]
    if own:
        return own
    return [
        URIRef(str(passage))
        for about in graph.subjects(HP.forIndicator, node)
        for passage in graph.objects(about, HP.evidence)
    ]


def _sign(kept: Graph, node: URIRef, by: str, why: str, day: dt.date) -> None:
    kept.add((node, HP.decidedBy, Literal(by)))
    kept.add((node, HP.decidedWhy, Literal(why)))
    kept.add((node, HP.decidedAt, date_time(day.isoformat())))
