"""The graph of a report with the decisions of its reviewers applied, in the order in which they were made.

A decision whose node the reader no longer gives changes nothing and is told. Not for: making decisions.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SKOS

from hpkg.errors import SourceError
from hpkg.lift.graph import BASE_VALUES, in_base_unit, to_term
from hpkg.namespaces import HP
from hpkg.review.split import split_node

if TYPE_CHECKING:
    from pathlib import Path

    from rdflib.term import Node

    from hpkg.lexicon import Lexicon

__all__ = ["apply_decisions", "load_decisions"]

_SINGLE = frozenset({HP.projectKind, HP.documentKind, HP.partOfProject, RDF.type})


def load_decisions(path: Path) -> Graph:
    """Return the decisions kept at `path`, an empty graph when there are none.

    Raises:
        SourceError: The file is no Turtle.
    """
    kept = Graph()
    if path.is_file():
        try:
            kept.parse(path, format="turtle")
        except Exception as cause:  # the parser raises several unrelated classes
            raise SourceError("review-broken", where=str(path), reason=str(cause).splitlines()[0]) from cause
    return kept


def apply_decisions(graph: Graph, decisions: Graph, lexicon: Lexicon) -> list[str]:
    """Apply `decisions` to `graph`, add them to it, and return the IRIs of those that no longer fit it."""
    stale: list[str] = []
    for decision in sorted(decisions.subjects(RDF.type, HP.ReviewDecision), key=_number):
        node = decisions.value(decision, HP.decisionOn)
        known = (node, None, None) in graph or (None, None, node) in graph
        if node is None or not known:
            stale.append(str(decision))
            continue
        _apply(graph, decisions, decision, URIRef(str(node)), lexicon)
        for triple in decisions.triples((decision, None, None)):
            graph.add(triple)
        for value in decisions.objects(decision, HP.newValue):
            for triple in decisions.triples((value, None, None)):
                graph.add(triple)
    return stale


def _number(decision: Node) -> int:
    return int(str(decision).rpartition("/")[2])


def _apply(graph: Graph, decisions: Graph, decision: Node, node: URIRef, lexicon: Lexicon) -> None:
    kind = str(decisions.value(decision, HP.decisionKind)).rpartition("/")[2]
    named = decisions.value(decision, HP.decidedProperty)
    predicate = URIRef(str(named)) if named is not None else None
    if kind == "retract":
        former = decisions.value(decision, HP.formerValue)
        if predicate is None or former is None:
            _retract(graph, node)
        else:
            _retract_alias(graph, node, former)
    elif kind == "split":
        alias, new = decisions.value(decision, HP.formerValue), decisions.value(decision, HP.newValue)
        if alias is not None and new is not None:
            split_node(graph, node, str(alias), URIRef(str(new)))
    elif kind in ("change", "add") and predicate is not None:
        new = decisions.value(decision, HP.newValue)
        assert new is not None
        if predicate == OWL.sameAs:
            _merge(graph, node, URIRef(str(new)))
            return
        for former in decisions.objects(decision, HP.formerValue):
            graph.remove((node, predicate, former))
        graph.add((node, predicate, new))
        if predicate in BASE_VALUES or predicate == HP.unit:
            _rebase(graph, node, lexicon)


def _retract(graph: Graph, node: URIRef) -> None:
    """Take out all that is said of `node`, and what a contribution says of its task directly."""
    task, direction = graph.value(node, HP.contributor), graph.value(node, HP.direction)
    if task is not None and direction is not None:
        graph.remove((task, HP.contributesTo, direction))
        graph.remove((task, HP.underDirection, direction))
    graph.remove((node, None, None))
    graph.remove((None, None, node))


def _retract_alias(graph: Graph, node: URIRef, alias: Node) -> None:
    """Take out a name of a thing, the mentions by that name, and the statuses that stand on them alone."""
    passages = {
        passage for passage in graph.objects(node, HP.evidence) if str(graph.value(passage, HP.quote)) == str(alias)
    }
    for name in (SKOS.altLabel, HP.sourceLabel):
        for label in list(graph.objects(node, name)):
            if str(label) == str(alias):
                graph.remove((node, name, label))
    for passage in passages:
        graph.remove((node, HP.evidence, passage))
    for status in list(graph.subjects(HP.ofProject, node)):
        if set(graph.objects(status, HP.evidence)) <= passages:
            _retract(graph, URIRef(str(status)))


def _merge(graph: Graph, node: URIRef, other: URIRef) -> None:
    """Let `other` take the place of `node`; what is said of it goes over where `other` is described here too."""
    for subject, predicate, _ in list(graph.triples((None, None, node))):
        graph.add((subject, predicate, other))
    if (other, None, None) in graph:
        for _, predicate, value in list(graph.triples((node, None, None))):
            if predicate == SKOS.prefLabel:
                graph.add((other, SKOS.altLabel, value))
            elif predicate not in _SINGLE:
                graph.add((other, predicate, value))
    graph.remove((node, None, None))
    graph.remove((None, None, node))


def _rebase(graph: Graph, node: URIRef, lexicon: Lexicon) -> None:
    """Compute the values in the base unit anew."""
    unit = lexicon.concept(str(graph.value(node, HP.unit)))
    for name, base in BASE_VALUES.items():
        graph.remove((node, base, None))
        value = graph.value(node, name)
        if value is not None:
            graph.add((node, base, to_term(in_base_unit(Decimal(str(value)), unit))))
