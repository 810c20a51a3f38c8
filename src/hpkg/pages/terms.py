"""The documentation of an ontology, made from the graph: what each term means, how it is tied, where it is used.

Not for: drawing it (`hpkg.pages.diagrams`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rdflib import Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from hpkg.namespaces import BASE, HP
from hpkg.turtle import read_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from hpkg.messages import Language
    from hpkg.questions.labels import Labels
    from hpkg.questions.question import Question
    from hpkg.questions.term import Term
    from hpkg.store import Store

__all__ = ["Defined", "Example", "Ontology", "Property", "named_in", "ontology", "rules_of"]

_SORTS: Final = {
    "classes": OWL.Class,
    "links": OWL.ObjectProperty,
    "values": OWL.DatatypeProperty,
    "annotations": OWL.AnnotationProperty,
    "datatypes": RDFS.Datatype,
}
_UNTOLD: Final = frozenset(map(str, (RDFS.label, SKOS.definition, RDF.type)))
_SH: Final = "http://www.w3.org/ns/shacl#"
_NAME: Final = re.compile(r"\bhp:(\w+)")

_TERMS: Final = f"""
SELECT DISTINCT ?term ?property ?value WHERE {{
  VALUES ?graph {{ <{BASE}def> <{BASE}graph/alignments> }}
  GRAPH ?graph {{
    {{ ?term ?property ?value FILTER(!isBlank(?value)) }}
    UNION {{ VALUES ?property {{ rdfs:domain rdfs:range }} ?term ?property [ owl:unionOf/rdf:rest*/rdf:first ?value ] }}
  }}
  FILTER(STRSTARTS(STR(?term), STR(hp:)))
}}"""

_OF_CLASSES: Final = """
SELECT ?term (COUNT(DISTINCT ?thing) AS ?count) (MIN(?thing) AS ?first) (MAX(?thing) AS ?last) WHERE {
  ?thing a ?term FILTER(STRSTARTS(STR(?term), STR(hp:)) && isIRI(?thing))
} GROUP BY ?term"""

_OF_PROPERTIES: Final = """
SELECT ?term (MIN(?thing) AS ?first) WHERE {
  ?thing ?term ?value FILTER(STRSTARTS(STR(?term), STR(hp:)) && isIRI(?thing) && !isBlank(?value))
} GROUP BY ?term"""

_VALUES: Final = "SELECT ?thing ?term ?value WHERE {{ VALUES (?thing ?term) {{ {pairs} }} ?thing ?term ?value }}"

Said = dict[str, dict[str, list[URIRef | Literal]]]


class Property(NamedTuple):
    """A property as a class has it: its name, and the names of what it leads to."""

    label: Term
    values: tuple[Term, ...]


class Example(NamedTuple):
    """A term in use: a thing, and of a property the value that the thing has."""

    thing: Term
    value: Term | None = None


@dataclass(frozen=True, slots=True)
class Defined:
    """A term of the ontology: what it means and how it is tied to others.

    Attributes:
        name: Its name below `def#`.
        label: Its name in words.
        definition: What it means.
        characteristics: What kind of property it is besides its sort: transitive, with one value at most.
        ties: What the ontology says of it: properties with their values, in words.
        alignments: The same, to terms of other vocabularies.
        used: Where other terms and questions speak of it, by what they are to it: `narrower`, `properties`,
            `inherited`, `range-of`, `subproperties`, `questions`.
        rules: What its shapes ask of each thing of this class, in words.
        examples: A few things of the graph that it is said of.
        uses: How many things are of a class.
        kind_of: The classes it is a kind of, those of ours.
        own: Of a class, the properties that are said of it and of no wider class.
    """

    name: str
    label: Term
    definition: str
    ties: tuple[tuple[Term, tuple[Term, ...]], ...]
    alignments: tuple[tuple[Term, tuple[Term, ...]], ...]
    used: tuple[tuple[str, tuple[Term, ...]], ...]
    rules: tuple[str, ...]
    examples: tuple[Example, ...]
    uses: int
    kind_of: tuple[Term, ...] = ()
    own: tuple[Property, ...] = ()
    characteristics: tuple[Term, ...] = ()


Ontology = list[tuple[str, list[Defined]]]
"""The terms by sort: `classes`, `links`, `values`, `annotations`, `datatypes`."""


def named_in(question: Question) -> frozenset[str]:
    """Return the names of the terms of the ontology that the query of `question` speaks of."""
    return frozenset(_NAME.findall(question.sparql))


def rules_of(shapes: Path, language: Language) -> dict[str, tuple[str, ...]]:
    """Return what the file of shapes asks of each class, by the IRI of the class; nothing where there is no file.

    A rule is told by its message (https://www.w3.org/TR/shacl/#message).
    """
    if not shapes.is_file():
        return {}
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for told in read_turtle(shapes):
        if told.language in (None, language):
            said[told.subject][told.predicate.removeprefix(_SH)].append(told.value)
    rules: dict[str, list[str]] = defaultdict(list)
    for shape in list(said.values()):
        parts = [part for key in ("property", "sparql") for part in shape.get(key, ())]
        messages = [message for part in parts for message in said[part].get("message", ())]
        for target in shape.get("targetClass", ()):
            rules[target] += [*messages, *shape.get("message", ())]
    return {target: tuple(dict.fromkeys(messages)) for target, messages in rules.items()}


def ontology(
    store: Store, labels: Labels, questions: Iterable[Question] = (), rules: Mapping[str, tuple[str, ...]] | None = None
) -> Ontology:
    """Return the documentation of the ontology in the language of `labels`, by sort of term and name."""
    told: Said = {}
    for row in store.select(_TERMS):
        value = row["value"]
        if isinstance(value, URIRef | Literal):
            told.setdefault(str(row["term"]), {}).setdefault(str(row["property"]), []).append(value)
    values = [value for terms in told.values() for many in terms.values() for value in many]
    labels.of({str(value) for value in values if isinstance(value, URIRef)})
    labels.of({prop for terms in told.values() for prop in terms} | set(told))
    making = _Making(store, labels, told, questions, rules or {})
    groups = []
    for name, sort in _SORTS.items():
        found = [making.defined(term) for term, said in told.items() if sort in said.get(str(RDF.type), ())]
        groups.append((name, sorted(found, key=lambda one: one.name.lower())))
    return groups


class _Making:
    """What is known of all terms while each is described."""

    def __init__(
        self,
        store: Store,
        labels: Labels,
        told: Said,
        questions: Iterable[Question],
        rules: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.labels = labels
        self.told = told
        self.rules = rules
        self.back: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for term, said in sorted(told.items()):
            for prop, values in said.items():
                for value in values:
                    if isinstance(value, URIRef):
                        self.back[prop][str(value)].append(term)
        self.asked: dict[str, list[str]] = defaultdict(list)
        for question in questions:
            for name in named_in(question):
                self.asked[str(HP[name])].append(question.iri)
        self.examples, self.uses = _examples(store, labels)

    def defined(self, term: str) -> Defined:
        """Return everything of one term."""
        said, labels = self.told[term], self.labels
        definitions = [
            one for one in said.get(str(SKOS.definition), ()) if getattr(one, "language", "") == labels.language
        ]
        return Defined(
            name=term.removeprefix(HP),
            label=labels[term],
            definition=str(definitions[0]) if definitions else "",
            ties=self._ties(said, ours=True),
            alignments=self._ties(said, ours=False),
            used=tuple((key, self._terms(iris)) for key, iris in self._used(term).items() if iris),
            rules=self.rules.get(term, ()),
            examples=tuple(self.examples.get(term, ())),
            uses=self.uses.get(term, 0),
            kind_of=tuple(labels[one] for one in sorted(self._parents(term)) if one.startswith(HP)),
            own=tuple(
                Property(labels[prop], self._terms(map(str, self.told[prop].get(str(RDFS.range), ()))))
                for prop in self._back(RDFS.domain, term)
            ),
            characteristics=self._terms(
                kind
                for one in said.get(str(RDF.type), ())
                if (kind := str(one)).startswith(str(OWL)) and URIRef(kind) not in _SORTS.values()
            ),
        )

    def _parents(self, term: str) -> list[str]:
        return [str(one) for one in self.told[term].get(str(RDFS.subClassOf), ())]

    def _back(self, prop: URIRef, term: str) -> list[str]:
        return self.back[str(prop)].get(term, [])

    def _terms(self, iris: Iterable[str]) -> tuple[Term, ...]:
        return tuple(sorted((self.labels[iri] for iri in iris), key=lambda one: one.text))

    def _used(self, term: str) -> dict[str, Sequence[str]]:
        above = sorted(self.labels.broader(term))
        return {
            "narrower": self._back(RDFS.subClassOf, term),
            "properties": self._back(RDFS.domain, term),
            "inherited": sorted({prop for one in above for prop in self._back(RDFS.domain, one)}),
            "range-of": self._back(RDFS.range, term),
            "subproperties": self._back(RDFS.subPropertyOf, term),
            "questions": sorted(self.asked.get(term, ())),
        }

    def _ties(
        self, said: Mapping[str, list[URIRef | Literal]], *, ours: bool
    ) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
        """Return what is said of a term: to terms of ours and in words, or to terms of other vocabularies."""
        labels, ties = self.labels, []
        for prop in sorted(said, key=lambda one: labels[one].text):
            values = [
                value
                for value in said[prop]
                if not isinstance(value, Literal)
                or value.language in {None, labels.language}
                or prop == str(SKOS.example)
            ]
            values = [value for value in values if ours != (isinstance(value, URIRef) and _is_alignment(prop, value))]
            if prop not in _UNTOLD and values:
                terms = sorted((labels.value(value) for value in values), key=lambda one: one.text)
                ties.append((labels[prop], tuple(terms)))
        return tuple(ties)


def _is_alignment(prop: str, value: URIRef) -> bool:
    tie = prop.startswith((str(SKOS), str(OWL))) or prop in {str(RDFS.subClassOf), str(RDFS.subPropertyOf)}
    return tie and not value.startswith(BASE)


def _examples(store: Store, labels: Labels) -> tuple[dict[str, list[Example]], dict[str, int]]:
    """Return the first and the last thing of each class, the first of each property with its value, and the counts."""
    classes = list(store.select(_OF_CLASSES))
    firsts = list(store.select(_OF_PROPERTIES))
    values: dict[str, URIRef | Literal] = {}
    if firsts:
        pairs = " ".join(f"(<{row['first']}> <{row['term']}>)" for row in firsts)
        for row in store.select(_VALUES.format(pairs=pairs)):
            term, value = str(row["term"]), row["value"]
            if isinstance(value, URIRef | Literal) and (term not in values or str(value) < str(values[term])):
                values[term] = value
    labels.of(str(row[name]) for row in classes for name in ("first", "last"))
    labels.of([str(row["first"]) for row in firsts] + [str(one) for one in values.values() if isinstance(one, URIRef)])
    found = {
        str(row["term"]): [Example(labels[iri]) for iri in dict.fromkeys((str(row["first"]), str(row["last"])))]
        for row in classes
    }
    for row in firsts:
        term = str(row["term"])
        if term in values:
            found[term] = [Example(labels[str(row["first"])], labels.value(values[term], of=term))]
    return found, {str(row["term"]): int(str(row["count"])) for row in classes}
