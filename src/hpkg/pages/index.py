"""What a graph holds, counted and listed: kinds, things of a kind, concepts, named graphs.

Not for: what is said of one thing, or the terms of the ontology (`hpkg.pages.terms`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from hpkg.namespaces import BASE, HP, natural
from hpkg.questions.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    from hpkg.questions.labels import Labels
    from hpkg.questions.term import Term
    from hpkg.store import Store

__all__ = [
    "PAGE_SIZE",
    "Concept",
    "Kind",
    "concepts",
    "contents",
    "count_triples",
    "headlines",
    "instances",
    "kinds",
    "report_iris",
    "reports",
    "schemes",
    "things",
]

PAGE_SIZE: Final = 200
"""Things on one page of a kind."""

_KINDS: Final = """
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  ?thing a ?kind FILTER(STRSTARTS(STR(?kind), STR(hp:)) && isIRI(?thing))
} GROUP BY ?kind ORDER BY ?kind"""

_STATED: Final = """
SELECT DISTINCT ?kind WHERE {
  GRAPH ?graph { ?report a hp:Report . ?thing a ?kind FILTER(isIRI(?thing)) }
}"""

_HEADLINES: Final = (
    "Task",
    "Target",
    "Assessment",
    "MissedAssessment",
    "Project",
    "LegalDocument",
    "Objective",
    "Event",
)
"""Kinds that tell at a glance what reports hold."""

_INSTANCES: Final = "SELECT DISTINCT ?thing WHERE { VALUES ?kind { UNDEF } ?thing a ?kind FILTER(isIRI(?thing)) }"

_CONCEPTS: Final = """
SELECT DISTINCT ?concept ?key ?definition WHERE {
  VALUES (?scheme ?lang) { (UNDEF "vi") }
  ?concept skos:inScheme ?scheme .
  OPTIONAL { ?concept skos:notation ?key }
  OPTIONAL { ?concept skos:definition ?definition FILTER(LANG(?definition) = ?lang) }
} ORDER BY ?key ?concept"""

_OTHER_NAMES: Final = """
SELECT DISTINCT ?concept ?name WHERE {
  VALUES (?scheme ?lang) { (UNDEF "vi") }
  ?concept skos:inScheme ?scheme ; skos:altLabel ?name FILTER(LANG(?name) = ?lang)
} ORDER BY ?name"""

_CONCEPT_USES: Final = """
SELECT ?concept (COUNT(DISTINCT ?thing) AS ?count) (MIN(?thing) AS ?first) WHERE {
  VALUES ?scheme { UNDEF }
  ?concept skos:inScheme ?scheme . ?thing ?property ?concept
  FILTER(STRSTARTS(STR(?property), STR(hp:)) && isIRI(?thing))
} GROUP BY ?concept"""

_SCHEMES: Final = """
SELECT ?scheme (COUNT(DISTINCT ?concept) AS ?count) WHERE { ?concept skos:inScheme ?scheme } GROUP BY ?scheme"""

_CONTENTS: Final = """
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph { ?thing a ?kind FILTER(isIRI(?thing)) }
} GROUP BY ?kind ORDER BY DESC(?count) ?kind"""

_TRIPLES: Final = "SELECT (COUNT(*) AS ?count) WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?s ?p ?o } }"

_THINGS: Final = f"""
SELECT DISTINCT ?thing WHERE {{
  ?thing a ?kind FILTER(STRSTARTS(STR(?thing), "{BASE}id/") && !CONTAINS(STR(?thing), "#"))
}} ORDER BY ?thing"""

_REPORTS: Final = (
    "SELECT ?report WHERE { ?report a hp:Report . OPTIONAL { ?report hp:dateIssued ?day } } ORDER BY DESC(?day) ?report"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A class and how many things are of it; `name` is its name below `def#`, or its IRI.

    `stated` tells that a report speaks of such things: they are not only of vocabularies and reference.
    """

    name: str
    label: Term
    count: int
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a vocabulary: its name, key and definition, other names, how many things are tied to it, and one."""

    label: Term
    key: str
    definition: str
    others: tuple[str, ...] = ()
    uses: int = 0
    example: Term | None = None


def kinds(store: Store, labels: Labels) -> list[Kind]:
    """Return the classes that have things, by name."""
    rows = list(store.select(_KINDS))
    labels.of(str(row["kind"]) for row in rows)
    stated = {str(row["kind"]) for row in store.select(_STATED)}
    found = [_kind(kind := str(row["kind"]), str(row["count"]), labels, stated=kind in stated) for row in rows]
    return sorted(found, key=lambda kind: kind.label.text)


def headlines(found: Iterable[Kind]) -> list[Kind]:
    """Return those of `found` that tell at a glance what reports hold, the main ones first."""
    named = {kind.name: kind for kind in found}
    return [named[name] for name in _HEADLINES if name in named]


def instances(store: Store, kind: str) -> list[str]:
    """Return the things of a class, in the natural order of their keys; found once for all pages of the class."""

    def find() -> list[str]:
        found = (str(row["thing"]) for row in store.select(_INSTANCES, {"kind": URIRef(kind)}))
        return sorted(found, key=natural)

    return remembered(store, f"instances of {kind}", find)


def concepts(store: Store, scheme: str, labels: Labels) -> list[Concept]:
    """Return the concepts of a vocabulary by key, with definitions in the language of `labels`."""
    bound: dict[str, Node] = {"scheme": URIRef(scheme), "lang": Literal(labels.language)}
    rows = list(store.select(_CONCEPTS, bound))
    others: dict[str, list[str]] = {}
    for row in store.select(_OTHER_NAMES, bound):
        others.setdefault(str(row["concept"]), []).append(str(row["name"]))
    uses = {str(row["concept"]): row for row in store.select(_CONCEPT_USES, {"scheme": URIRef(scheme)})}
    labels.of([str(row["concept"]) for row in rows] + [str(row["first"]) for row in uses.values()])
    return [
        Concept(
            labels[iri],
            str(row.get("key", "")),
            str(row.get("definition", "")),
            tuple(others.get(iri, ())),
            int(str(uses[iri]["count"])) if iri in uses else 0,
            labels[str(uses[iri]["first"])] if iri in uses else None,
        )
        for row in rows
        if (iri := str(row["concept"]))
    ]


def schemes(store: Store, labels: Labels) -> list[tuple[Term, int]]:
    """Return the vocabularies by name, with how many concepts each has."""
    found = {str(row["scheme"]): int(str(row["count"])) for row in store.select(_SCHEMES)}
    named = labels.of(found)
    return sorted(((named[iri], count) for iri, count in found.items()), key=lambda pair: pair[0].text)


def contents(store: Store, graph: str, labels: Labels) -> list[Kind]:
    """Return the kinds of things that a named graph tells of, the most frequent first."""
    rows = list(store.select(_CONTENTS, {"graph": URIRef(graph)}))
    labels.of(str(row["kind"]) for row in rows)
    return [_kind(str(row["kind"]), str(row["count"]), labels) for row in rows]


def count_triples(store: Store, graph: str) -> int:
    """Return how many triples stand in a named graph."""
    return int(str(next(iter(store.select(_TRIPLES, {"graph": URIRef(graph)})))["count"]))


def things(store: Store) -> list[str]:
    """Return everything that has a page of its own: all that has a class, but for passages."""
    return [str(row["thing"]) for row in store.select(_THINGS)]


def report_iris(store: Store) -> list[str]:
    """Return the reports, the newest first."""
    return [str(row["report"]) for row in store.select(_REPORTS)]


def reports(store: Store, labels: Labels) -> list[Term]:
    """Return the names of the reports, the newest first."""
    return list(labels.of(report_iris(store)).values())


def _kind(iri: str, count: str, labels: Labels, *, stated: bool = False) -> Kind:
    return Kind(iri.removeprefix(HP), labels[iri], int(count), stated)
