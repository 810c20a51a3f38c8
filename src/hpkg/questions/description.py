"""Everything the graph says of one thing, and how a person may name it.

A sentence is described with all that was read from it; a statement with the passages it stands on. Not for: laying
the description out.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from hpkg.errors import CallerError
from hpkg.namespaces import BASE, HP, PREFIXES, fold

if TYPE_CHECKING:
    from rdflib.term import Node

    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["Description", "Evidence", "Fact", "describe", "find", "short"]

_SHOWN: Final = 8

_LINKS: Final = """
SELECT DISTINCT ?property ?label ?value ?name WHERE {
  VALUES (?thing ?lang) { (UNDEF "vi") }
  %(link)s
  FILTER(!isBlank(?value) && ?property NOT IN (rdf:type, hp:evidence, %(hidden)s))
  OPTIONAL { ?property rdfs:label ?said FILTER(LANG(?said) = ?lang) }
  BIND(COALESCE(?said, ?property) AS ?label)
  OPTIONAL { ?value skos:prefLabel|rdfs:label ?own FILTER(LANG(?own) = ?lang) }
  OPTIONAL { ?value skos:prefLabel|rdfs:label ?other FILTER(LANG(?other) = "vi") }
  BIND(COALESCE(?own, ?other) AS ?name)
} ORDER BY ?property ?value"""
_OUTGOING: Final = _LINKS % {"link": "?thing ?property ?value .", "hidden": "hp:passage"}
_INCOMING: Final = _LINKS % {"link": "?value ?property ?thing .", "hidden": "skos:inScheme"}

_KINDS: Final = """
SELECT DISTINCT ?kind ?name WHERE {
  VALUES (?thing ?lang) { (UNDEF "vi") }
  ?thing a ?kind .
  ?kind rdfs:label ?name FILTER(LANG(?name) = ?lang)
  FILTER NOT EXISTS { ?thing a ?narrower . ?narrower rdfs:subClassOf+ ?kind FILTER(?narrower != ?kind) }
} ORDER BY ?name"""

_EVIDENCE: Final = """
SELECT DISTINCT ?quote ?section ?passage WHERE {
  VALUES ?thing { UNDEF }
  ?thing hp:evidence|hp:passage ?passage .
  ?passage hp:quote ?quote ; hp:startOffset ?start .
  OPTIONAL { ?passage hp:inSection ?part BIND(REPLACE(STR(?part), "^.*/", "") AS ?section) }
} ORDER BY ?start"""

_READ_FROM: Final = """
SELECT DISTINCT ?value ?kind ?name WHERE {
  VALUES (?thing ?lang) { (UNDEF "vi") }
  ?thing hp:passage ?whole .
  ?whole hp:startOffset ?from ; hp:endOffset ?to ; hp:inReport ?report .
  ?value hp:evidence ?passage .
  ?passage hp:inReport ?report ; hp:startOffset ?start ; hp:endOffset ?end .
  FILTER(?start >= ?from && ?end <= ?to)
  ?value a ?class .
  ?class rdfs:label ?kind FILTER(LANG(?kind) = ?lang)
  FILTER NOT EXISTS { ?value a ?narrower . ?narrower rdfs:subClassOf+ ?class FILTER(?narrower != ?class) }
  OPTIONAL { ?value skos:prefLabel ?own FILTER(LANG(?own) = ?lang) }
  OPTIONAL { ?value skos:prefLabel ?other FILTER(LANG(?other) = "vi") }
  BIND(COALESCE(?own, ?other) AS ?name)
} ORDER BY ?start ?end ?kind ?value"""

_NAMES: Final = """
SELECT ?thing ?name WHERE {
  VALUES ?naming {
    skos:prefLabel skos:altLabel skos:hiddenLabel rdfs:label hp:sourceLabel
    skos:notation hp:gsoCode hp:documentNumber hp:ordinal
  }
  ?thing ?naming ?name
}"""

_ENDING: Final = """
SELECT DISTINCT ?thing WHERE {
  VALUES ?ending { UNDEF }
  ?thing a ?kind FILTER(STRENDS(LCASE(STR(?thing)), ?ending))
} ORDER BY ?thing"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement about a thing: a property, and a text or another thing under its name."""

    property: str
    label: str
    value: str
    iri: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a report: its characters, its section path, its IRI."""

    quote: str
    section: str
    passage: str


@dataclass(frozen=True, slots=True)
class Description:
    """All that the graph says of one thing.

    Attributes:
        iri: The thing.
        label: Its name, or its IRI when it has none.
        kinds: Names of its most specific classes.
        facts: What is said of it.
        mentions: What is said of other things in terms of it.
        read_from: For a part of a text: the statements that stand on its characters.
        evidence: The passages it stands on.
    """

    iri: str
    label: str
    kinds: tuple[str, ...]
    facts: tuple[Fact, ...]
    mentions: tuple[Fact, ...]
    read_from: tuple[Fact, ...]
    evidence: tuple[Evidence, ...]

    def to_json(self) -> str:
        """Return the description as a JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def short(iri: str) -> str:
    """Return `iri` under its prefix, or without the base.

    >>> short("https://w3id.org/hpkg/def#Task")
    'hp:Task'
    >>> short("https://w3id.org/hpkg/id/pillar/port-logistics")
    'id/pillar/port-logistics'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(BASE)


def describe(store: Store, thing: URIRef, language: Language = "en") -> Description:
    """Return what `store` says of `thing`, with labels in `language` where there are any."""
    bound: dict[str, Node] = {"thing": thing, "lang": Literal(language)}
    facts = [_fact(row) for row in store.select(_OUTGOING, bound)]
    read_from = [
        Fact(str(HP.evidence), str(row["kind"]), str(row.get("name", short(str(row["value"])))), str(row["value"]))
        for row in store.select(_READ_FROM, bound)
    ]
    return Description(
        iri=str(thing),
        label=_label(store, thing, language),
        kinds=tuple(str(row["name"]) for row in store.select(_KINDS, bound)),
        facts=tuple(facts),
        mentions=tuple(_fact(row) for row in store.select(_INCOMING, bound)),
        read_from=tuple(read_from),
        evidence=tuple(
            Evidence(str(row["quote"]), str(row.get("section", "")), str(row["passage"]))
            for row in store.select(_EVIDENCE, {"thing": thing})
        ),
    )


def find(store: Store, name: str) -> URIRef:
    """Return the thing that `name` means: an IRI, `hp:Task`, a key (`p2.v.4.9`, `311`, `42/NQ-CP`), or a name.

    Raises:
        CallerError: Nothing has that name, or several things have it.
    """
    iri = _iri(name)
    if iri is not None:
        if store.ask("ASK { VALUES ?thing { UNDEF } ?thing ?property ?value }", {"thing": iri}):
            return iri
        raise CallerError("thing-unknown", where=name, nearest="–")
    found = [str(row["thing"]) for row in store.select(_ENDING, {"ending": Literal(f"/{name.lower()}")})]
    found = [thing for thing in found if "/sentence/" in thing or "/section/" in thing] or found
    named: dict[str, dict[str, None]] = {}
    spelt: dict[str, str] = {}
    if not found:
        for row in store.select(_NAMES):
            known = fold(str(row["name"]))
            named.setdefault(known, {})[str(row["thing"])] = None
            spelt.setdefault(known, str(row["name"]))
        found = list(named.get(fold(name), {})) or [
            thing for known, things in named.items() if known.endswith(f" {fold(name)}") for thing in things
        ]
    if len(set(found)) == 1:
        return URIRef(found[0])
    if found:
        shown = "\n  ".join(f"{thing}  {_label(store, URIRef(thing), 'vi')}" for thing in found[:_SHOWN])
        raise CallerError("thing-ambiguous", where=name, count=len(set(found)), choices=shown)
    near = get_close_matches(fold(name), named, n=5, cutoff=0.6)
    raise CallerError("thing-unknown", where=name, nearest=", ".join(spelt[known] for known in near) or "–")


def _iri(name: str) -> URIRef | None:
    bare = name.strip().removeprefix("<").removesuffix(">")
    if bare.startswith(("http://", "https://")):
        return URIRef(bare)
    if bare.startswith(("id/", "def#", "graph/", "query/")):
        return URIRef(BASE + bare)
    prefix, colon, local = bare.partition(":")
    return URIRef(PREFIXES[prefix] + local) if colon and prefix in PREFIXES else None


def _fact(row: dict[str, Node]) -> Fact:
    value = row["value"]
    name = row.get("name")
    iri = str(value) if isinstance(value, URIRef) else None
    said = str(name) if name is not None else short(str(value)) if iri else str(value)
    return Fact(str(row["property"]), short(str(row["label"])), said, iri)


def _label(store: Store, thing: URIRef, language: Language) -> str:
    labels: dict[str | None, str] = {}
    query = "SELECT ?name { VALUES ?thing { UNDEF } ?thing skos:prefLabel|rdfs:label ?name } ORDER BY ?name"
    for row in store.select(query, {"thing": thing}):
        name = row["name"]
        if isinstance(name, Literal):
            labels.setdefault(name.language, str(name))
    return labels.get(language) or labels.get("vi") or next(iter(labels.values()), short(str(thing)))
