"""What a graph holds, counted and listed: kinds, things of a kind, concepts, terms of the ontology, named graphs.

Not for: what is said of one thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from hpkg.namespaces import BASE, HP, natural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.questions.labels import Labels
    from hpkg.questions.term import Term
    from hpkg.store import Store

__all__ = [
    "PAGE_SIZE",
    "Concept",
    "Defined",
    "Kind",
    "concepts",
    "contents",
    "count_triples",
    "headlines",
    "instances",
    "kinds",
    "ontology",
    "report_iris",
    "reports",
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

_CONTENTS: Final = """
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph { ?thing a ?kind FILTER(isIRI(?thing)) }
} GROUP BY ?kind ORDER BY DESC(?count) ?kind"""

_TRIPLES: Final = "SELECT (COUNT(*) AS ?count) WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?s ?p ?o } }"

_TERMS: Final = f"""
SELECT DISTINCT ?term ?property ?value WHERE {{
  VALUES ?graph {{ <{BASE}def> <{BASE}graph/alignments> }}
  GRAPH ?graph {{
    {{ ?term ?property ?value FILTER(!isBlank(?value)) }}
    UNION {{ ?term ?property [ owl:unionOf/rdf:rest*/rdf:first ?value ] }}
  }}
  FILTER(STRSTARTS(STR(?term), STR(hp:)))
}}"""

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
    """A concept of a vocabulary: its name, key and definition."""

    label: Term
    key: str
    definition: str


@dataclass(frozen=True, slots=True)
class Defined:
    """A term of the ontology: what it means and how it is tied to others.

    `ties` are properties with their values, in words; `uses` is how many things are of a class.
    """

    name: str
    label: Term
    definition: str
    ties: tuple[tuple[Term, tuple[Term, ...]], ...]
    uses: int


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
    """Return the things of a class, in the natural order of their keys."""
    found = (str(row["thing"]) for row in store.select(_INSTANCES, {"kind": URIRef(kind)}))
    return sorted(found, key=natural)


def concepts(store: Store, scheme: str, labels: Labels) -> list[Concept]:
    """Return the concepts of a vocabulary by key, with definitions in the language of `labels`."""
    rows = list(store.select(_CONCEPTS, {"scheme": URIRef(scheme), "lang": Literal(labels.language)}))
    labels.of(str(row["concept"]) for row in rows)
    return [
        Concept(labels[str(row["concept"])], str(row.get("key", "")), str(row.get("definition", ""))) for row in rows
    ]


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


def ontology(store: Store, labels: Labels) -> list[tuple[str, list[Defined]]]:
    """Return the terms of the ontology by sort: `classes`, `links`, `values`, `annotations`, `datatypes`."""
    told: dict[str, dict[str, list[URIRef | Literal]]] = {}
    for row in store.select(_TERMS):
        value = row["value"]
        if isinstance(value, URIRef | Literal):
            told.setdefault(str(row["term"]), {}).setdefault(str(row["property"]), []).append(value)
    labels.of(
        {str(one) for terms in told.values() for many in terms.values() for one in many if isinstance(one, URIRef)}
    )
    labels.of({prop for terms in told.values() for prop in terms} | set(told))
    uses = {str(row["kind"]): int(str(row["count"])) for row in store.select(_KINDS)}
    sorts = {
        "classes": OWL.Class,
        "links": OWL.ObjectProperty,
        "values": OWL.DatatypeProperty,
        "annotations": OWL.AnnotationProperty,
        "datatypes": RDFS.Datatype,
    }
    groups = []
    for name, sort in sorts.items():
        terms = [term for term, said in told.items() if sort in said.get(str(RDF.type), ())]
        defined = [_defined(term, told[term], labels, uses.get(term, 0)) for term in terms]
        groups.append((name, sorted(defined, key=lambda one: one.name.lower())))
    return groups


def _defined(term: str, said: dict[str, list[URIRef | Literal]], labels: Labels, uses: int) -> Defined:
    untold = {str(RDFS.label), str(SKOS.definition)}
    definitions = [one for one in said.get(str(SKOS.definition), ()) if getattr(one, "language", "") == labels.language]
    ties = []
    for prop in sorted(said, key=lambda one: labels[one].text):
        values = [
            value
            for value in said[prop]
            if not isinstance(value, Literal) or value.language in {None, labels.language} or prop == str(SKOS.example)
        ]
        if prop not in untold and values:
            terms = sorted((labels.value(value) for value in values), key=lambda one: one.text)
            ties.append((labels[prop], tuple(terms)))
    return Defined(term.removeprefix(HP), labels[term], str(definitions[0]) if definitions else "", tuple(ties), uses)


def _kind(iri: str, count: str, labels: Labels, *, stated: bool = False) -> Kind:
    return Kind(iri.removeprefix(HP), labels[iri], int(count), stated)
