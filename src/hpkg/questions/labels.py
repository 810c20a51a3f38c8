"""The names of things in one language, found many at a time and kept.

What has a name in the language of the reader is told by it. What has none, such as a status of a project, is told
by what makes it the thing it is: the patterns `name.<Class>` of the message catalogues. A name that exists in another
language only, mostly words of a report, is marked with that language. Not for: finding things by their names.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from string import Formatter
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from hpkg.messages import LANGUAGES, catalogue, text
from hpkg.namespaces import BASE, HP, short
from hpkg.questions.formats.reading import figure
from hpkg.questions.formats.reading import said as as_read
from hpkg.questions.graphs import graph_titles
from hpkg.questions.term import Term, shortened
from hpkg.questions.units import plural
from hpkg.store.query import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib.term import Node

    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["WORDS_OF_REPORTS", "Labels", "day"]

WORDS_OF_REPORTS: Final = "vi"
"""The language of quotes: hpkg reads reports in Vietnamese."""

_AT_ONCE: Final = 400
_KEPT: Final = 200_000
_DEEP: Final = 4
_IN_TEXT: Final = re.compile(r"/(?P<report>[^/]+)/text#char=(?P<start>\d+),(?P<end>\d+)$")

_NAMES: Final = """
SELECT ?thing ?name WHERE {{ VALUES ?thing {{ {things} }} ?thing skos:prefLabel|rdfs:label|dct:title ?name }}
ORDER BY ?thing ?name"""

# A comparison is told by its sign, which is the key of the concept.
_PARTS: Final = """
SELECT DISTINCT ?thing ?property ?part WHERE {{
  VALUES ?thing {{ {things} }}
  {{ ?thing ?property ?part FILTER(?property IN ({properties})) }}
  UNION {{ ?thing hp:comparator/skos:notation ?part BIND(hp:sign AS ?property) }}
}} ORDER BY ?thing ?property ?part"""

_SUPERS: Final = "SELECT DISTINCT ?class ?broader WHERE { ?class rdfs:subClassOf+ ?broader FILTER(isIRI(?class)) }"

# A figure is told with its unit; of a range the upper bound carries it.
_MEASURED: Final = frozenset({"value", "upperBound"})
_SIGNS: Final = frozenset({"≈", ">", "≥", "<", "≤"})
# What a report says in its own words, kept as plain strings.
_WORDS: Final = frozenset({"quote", "sourceForm", "mendedForm", "valueAsStated", "sourceLabel", "subjectMatter"})
_DATES: Final = frozenset({XSD.date, XSD.dateTime})
_NUMBERS: Final = frozenset({XSD.decimal, XSD.double, XSD.float})


class Labels:
    """The names of the things of `store` in `language`.

    One object can serve every page of a graph: what it has once found it keeps.
    """

    def __init__(self, store: Store, language: Language) -> None:
        """Start with nothing found."""
        self.store = store
        self.language: Language = language
        self._known: dict[str, Term] = {}
        self._broader: dict[str, frozenset[str]] | None = None
        patterns = [said for key, said in catalogue(language).items() if key.startswith("name.")]
        self._identifying = sorted({"unit"} | {name for pattern in patterns for name in _names(pattern)})

    def __getitem__(self, iri: str) -> Term:
        """Return the name of `iri`; its short form when it has none."""
        return self.of([iri])[iri]

    def of(self, iris: Iterable[str]) -> Mapping[str, Term]:
        """Return the name of each of `iris`."""
        wanted = list(dict.fromkeys(iris))
        if len(self._known) > _KEPT:
            self._known.clear()
        self._find([iri for iri in wanted if iri not in self._known], _DEEP)
        return {iri: self._known[iri] for iri in wanted}

    def broader(self, iri: str) -> frozenset[str]:
        """Return all classes that the class `iri` is a kind of."""
        if self._broader is None:
            found: dict[str, set[str]] = {}
            for row in self.store.select(_SUPERS):
                found.setdefault(str(row["class"]), set()).add(str(row["broader"]))
            self._broader = {narrow: frozenset(broad - {narrow}) for narrow, broad in found.items()}
        return self._broader.get(iri, frozenset())

    def narrowest(self, classes: Iterable[str]) -> list[str]:
        """Return those of `classes` that no other one is a kind of, sorted."""
        given = set(classes)
        return sorted(given - {broad for one in given for broad in self.broader(one)})

    def counted(self, unit: str, number: Node) -> Term:
        """Return the name of a unit as it stands after `number`."""
        many = plural(self.store, unit, number, self.language)
        return Term(many, iri=unit, language=self.language) if many else self[unit]

    def value(self, node: Node, unit: Term | None = None, *, of: str = "") -> Term:
        """Return a literal as it is read in this language, or the name of an IRI.

        `unit` is told with a figure; `of` is the property that has the value.
        """
        if not isinstance(node, Literal):
            return self[str(node)]
        if node.language:
            return Term(str(node), language=node.language)
        if node.datatype == XSD.boolean:
            return Term(catalogue(self.language)["answer.yes" if str(node) in {"true", "1"} else "answer.no"])
        if node.datatype in _DATES:
            return Term(day(str(node), self.language))
        if node.datatype == XSD.anyURI:
            return Term(str(node), iri=str(node))
        words = of.removeprefix(HP) in _WORDS
        return Term(_plain(node, self.language), language=WORDS_OF_REPORTS if words else None, unit=unit)

    def _find(self, iris: list[str], depth: int) -> None:
        unnamed: list[str] = []
        for start in range(0, len(iris), _AT_ONCE):
            some = iris[start : start + _AT_ONCE]
            names: dict[str, dict[str | None, str]] = {}
            for row in self.store.select(_NAMES.format(things=_terms(some))):
                if isinstance(name := row["name"], Literal):
                    names.setdefault(str(row["thing"]), {}).setdefault(name.language, str(name))
            for iri in some:
                self._known[iri] = self._chosen(iri, names.get(iri, {}))
                if self._known[iri].language != self.language and self._may_have_parts(iri):
                    unnamed.append(iri)
        if unnamed and depth:
            self._compose(unnamed, depth)

    def _may_have_parts(self, iri: str) -> bool:
        return iri.startswith((f"{BASE}id/", f"{BASE}graph/"))

    def _chosen(self, iri: str, names: Mapping[str | None, str]) -> Term:
        said = catalogue(self.language).get(f"term.{short(iri).replace(':', '-')}")
        if said:
            return Term(said, iri=iri, language=self.language)
        for language in (self.language, *LANGUAGES, None, *sorted(filter(None, names))):
            if language in names:
                return Term(names[language], iri=iri, language=language)
        return Term(short(iri), iri=iri)

    def _compose(self, iris: list[str], depth: int) -> None:
        """Name things by their parts, where a pattern of their class finds all it asks for."""
        told, classes = self._parts(iris)
        chosen = {iri: list(self._of_classes(classes.get(iri, ()))) for iri in iris}
        parts = {
            iri: {
                str(node)
                for pattern in patterns
                for name in (*_names(pattern), "unit")
                if isinstance(node := told.get(iri, {}).get(name), URIRef)
            }
            for iri, patterns in chosen.items()
        }
        self._find([part for group in parts.values() for part in group if part not in self._known], depth - 1)
        waiting = set(iris)
        for last in (*range(_DEEP), None):  # what is named by another thing of this list waits for it
            for iri in [one for one in iris if one in waiting and (last is None or not parts[one] & waiting - {one})]:
                waiting.discard(iri)
                made = self._made(iri, chosen[iri], told.get(iri, {})) or self._otherwise(iri)
                if made is not None:
                    self._known[iri] = made

    def _parts(self, iris: list[str]) -> tuple[dict[str, dict[str, Node]], dict[str, set[str]]]:
        """Return what names things, by property, and their classes."""
        told: dict[str, dict[str, Node]] = {}
        classes: dict[str, set[str]] = {}
        properties = " , ".join(["rdf:type", *(written(HP[name]) for name in self._identifying)])
        for start in range(0, len(iris), _AT_ONCE):
            query = _PARTS.format(things=_terms(iris[start : start + _AT_ONCE]), properties=properties)
            for row in self.store.select(query):
                thing, name = str(row["thing"]), str(row["property"]).removeprefix(HP)
                if str(row["property"]).startswith(HP):
                    told.setdefault(thing, {}).setdefault(name, row["part"])
                else:
                    classes.setdefault(thing, set()).add(str(row["part"]))
        return told, classes

    def _made(self, iri: str, patterns: Iterable[str], told: Mapping[str, Node]) -> Term | None:
        """Return the name that the first pattern makes whose parts are all there; none that is worse than a name."""
        for pattern in patterns:
            made = self._filled(pattern, told)
            spoken = {part.language for part in made} - {None}
            if made and (self._known[iri].language is None or spoken <= {self.language}):
                whole = _once("".join(part.text for part in made))
                language = spoken.pop() if len(spoken) == 1 else self.language if spoken else None
                return Term(shortened(whole), iri=iri, language=language, parts=made if spoken else ())
        return None

    def _otherwise(self, iri: str) -> Term | None:
        """Return the title of a graph, or where characters stand of which the graph has no passage."""
        if self._known[iri].language:
            return None
        if place := _IN_TEXT.search(iri):
            said = text("answer.characters", self.language, **place.groupdict())
            return Term(said, iri=iri, language=self.language)
        if not iri.startswith(f"{BASE}graph/"):
            return None
        title = graph_titles(self.store).get(iri, {}).get(self.language)
        return Term(title, iri=iri, language=self.language) if title else None

    def _of_classes(self, classes: Iterable[str]) -> Iterator[str]:
        """Yield the patterns of the classes, the most specific ones first."""
        given = list(classes)
        for one in [*self.narrowest(given), *sorted(broad for cls in given for broad in self.broader(cls))]:
            said = catalogue(self.language).get(f"name.{one.removeprefix(HP)}", "")
            yield from filter(None, map(str.strip, said.split("|")))

    def _filled(self, pattern: str, told: Mapping[str, Node]) -> tuple[Term, ...]:
        made: list[Term] = []
        for plain, name, _, _ in Formatter().parse(pattern):
            if plain:
                made.append(Term(plain, language=self.language if any(map(str.isalpha, plain)) else None))
            if name is None:
                continue
            node = told.get(name)
            if node is None:
                return ()
            part = self._known[str(node)] if isinstance(node, URIRef) else self.value(node)
            if name == "sign":
                part = Term(f"{part} " if part.text in _SIGNS else "")
            made.append(Term(part.text, language=WORDS_OF_REPORTS if name in _WORDS else part.language))
            if name in _MEASURED and isinstance(unit := told.get("unit"), URIRef):
                counted = self.counted(str(unit), node)
                made.append(Term(f" {counted.text}", language=counted.language))
        return tuple(made)


def _plain(node: Literal, language: Language) -> str:
    """Return a number as `language` writes it, a sentence of ours in its words, any other literal as it stands."""
    if str(node) == text("licence.state-document", "en"):
        return text("licence.state-document", language)
    if node.datatype not in _NUMBERS:
        return str(node)
    try:
        return figure(Decimal(str(node)), language)
    except InvalidOperation:
        return str(node)


def day(iso: str, language: Language) -> str:
    """Return a day or an instant in ISO 8601 as the day it is, as `language` writes it.

    >>> day("2020-12-18T00:00:00Z", "vi")
    '18/12/2020'
    """
    try:
        found = datetime.fromisoformat(iso).date() if "T" in iso else date.fromisoformat(iso)
    except ValueError:
        return iso
    return as_read(found, language)


def _once(words: str) -> str:
    """Return `words` with a range of years that begins and ends in the same one told as that year."""
    return re.sub(r"\b(\d{4})–\1\b", r"\1", words)


def _names(pattern: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(pattern) if name]


def _terms(iris: Iterable[str]) -> str:
    return " ".join(written(URIRef(iri)) for iri in iris)
