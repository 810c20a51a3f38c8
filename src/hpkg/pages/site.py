"""All pages of a graph: one object that a service asks for each request and a publisher for each file.

Every method gives a whole HTML page as text for the `Links` of the place where it will stand. Not for: HTTP, or files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup
from rdflib import URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from hpkg.messages import LANGUAGES, Language, catalogue, text
from hpkg.namespaces import BASE, HP, LICENCE, PREFIXES
from hpkg.pages.diagrams import diagrams
from hpkg.pages.environment import render
from hpkg.pages.index import (
    PAGE_SIZE,
    Kind,
    concepts,
    contents,
    count_triples,
    headlines,
    instances,
    kinds,
    reports,
    schemes,
)
from hpkg.pages.links import DATA_FORMS, Links, document
from hpkg.pages.terms import named_in, ontology, rules_of
from hpkg.pages.text import report_text
from hpkg.questions.description import Description, describe, described
from hpkg.questions.formats.html import as_html
from hpkg.questions.graphs import graph_titles
from hpkg.questions.labels import Labels
from hpkg.search import marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from hpkg.catalog import History, Release
    from hpkg.questions.answer import Answer
    from hpkg.questions.description import Fact
    from hpkg.questions.parameter import Choice
    from hpkg.questions.question import Parameter, Question
    from hpkg.search import Found
    from hpkg.store import Store
    from hpkg.understand import Reading

__all__ = ["Asked", "Pages", "Searched"]

_SCHEMA: Final = "https://schema.org/"
_TITLES: Final = frozenset(map(str, (SKOS.prefLabel, RDFS.label, DCTERMS.title)))
_TOLD_ABOVE: Final = frozenset({*_TITLES, str(DCTERMS.description)})
_LONG_TITLE: Final = 90
_REPORTS_FIRST: Final = 20
"""Reports that the first page names."""
_QUERY: Final = """SELECT ?property ?value ?graph WHERE {{
  GRAPH ?graph {{ <{iri}> ?property ?value }}
}} ORDER BY ?property ?value"""

_EXAMPLE: Final = f"""SELECT ?number ?task ?quote WHERE {{
  ?thing a hp:Task ; hp:ordinal ?number ; skos:prefLabel ?task ;
    hp:contributesTo <{BASE}id/pillar/port-logistics> ;
    hp:evidence/hp:quote ?quote
}} ORDER BY ?number LIMIT 20"""

_SCHEMA_TYPES: Final = f"""
SELECT DISTINCT ?class ?type WHERE {{
  ?class rdfs:subClassOf|skos:closeMatch ?type FILTER(STRSTARTS(STR(?type), "{_SCHEMA}"))
}} ORDER BY ?class ?type"""


def _describes(fact: Fact) -> bool:
    """Tell whether a fact is of an ontology's description, and one that has a name: prefix and namespace have not."""
    prop = str(fact.property.iri)
    return prop not in _TOLD_ABOVE and fact.property.text != prop


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a page shows it.

    Attributes:
        question: The module.
        given: The values that the form shows.
        answer: The answer; None when it was not asked yet.
        choices: The values that a parameter can take, by its name; a parameter without is a field to write in.
        problem: What is wrong with a value that was given.
        forms: Ending and address of each file that the answer is offered as.
        pages: In a folder, in place of the form: for each parameter the name of each value, the address of its page,
            and whether that is this page.
    """

    question: Question
    given: Mapping[str, str] = field(default_factory=dict)
    answer: Answer | None = None
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    problem: str = ""
    forms: Sequence[tuple[str, str]] = ()
    pages: Sequence[tuple[Parameter, Sequence[tuple[str, str, bool]]]] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """A search as a page shows it.

    Attributes:
        query: The words.
        kind: The kind of things that was asked for, or empty.
        kinds: The kinds that can be asked for.
        found: What was found; None when nothing was searched.
        problem: What is wrong with what was asked.
        reading: The words read as a question; None when they are none that is understood.
    """

    query: str
    kind: str
    kinds: Sequence[str]
    found: Found | None = None
    problem: str = ""
    reading: Reading | None = None


class Pages:
    """The pages of the graph in `store`, and of the `questions` that can be asked of it.

    `shapes` is the file of what the graph must hold to, which the documentation of the ontology tells.
    """

    def __init__(self, store: Store, questions: Sequence[Question] = (), shapes: Path | None = None) -> None:
        """Start with no name found; names are kept from page to page."""
        self.store = store
        self.shapes = shapes
        self.questions = tuple(questions)
        self._labels = {language: Labels(store, language) for language in LANGUAGES}
        self._types: dict[str, str] | None = None

    def labels(self, language: Language) -> Labels:
        """Return the names of things in `language`."""
        return self._labels[language]

    def describe(self, iri: str, language: Language, page: int = 1) -> Description:
        """Return what the graph says of `iri`; `exists` is False when it says nothing."""
        return describe(self.store, URIRef(iri), language, labels=self._labels[language], page=page)

    def described(self, iri: str, language: Language) -> Iterator[Description]:
        """Yield what the graph says of `iri`, a description for each page of its incoming links."""
        return described(self.store, URIRef(iri), language, labels=self._labels[language])

    def home(self, links: Links) -> str:
        """Return the first page."""
        labels = self._labels[links.language]
        found = kinds(self.store, labels)
        newest = reports(self.store, labels)
        return self._render(
            "home.html",
            links,
            reports=newest[:_REPORTS_FIRST],
            older=len(newest) - _REPORTS_FIRST,
            headlines=headlines(found),
            kinds=[kind for kind in found if kind.stated],
            pillars=[labels[iri] for iri in instances(self.store, str(HP.Pillar))],
            subjects=self._subjects(),
        )

    def resource(self, description: Description, links: Links) -> str:
        """Return the page of a thing that was described."""
        labels = self._labels[links.language]
        schemes = [kind.iri for kind in description.kinds]
        scheme = "http://www.w3.org/2004/02/skos/core#ConceptScheme" in schemes
        return self._render(
            "resource.html",
            links,
            thing=description,
            facts=[
                fact
                for fact in description.facts
                if fact.property.iri not in _TITLES or fact.value != description.label
            ],
            long=len(description.label.text) > _LONG_TITLE,
            concepts=concepts(self.store, description.iri, labels) if scheme and links.number == 1 else (),
            graphs=list(labels.of(sorted({graph for fact in description.facts for graph in fact.graphs})).values()),
            forms=[(form, links.data(description.iri, form)) for form in links.forms],
            query=links.asked("sparql", {"query": _QUERY.format(iri=description.iri)}),
            linked_data=self._schema(description),
        )

    def kinds(self, links: Links) -> str:
        """Return the list of kinds of things, with how many there are of each."""
        return self._render("kinds.html", links, kinds=kinds(self.store, self._labels[links.language]))

    def kind(self, name: str, links: Links) -> str | None:
        """Return the things of the class `hp:<name>`, two hundred a page; None when there are none."""
        labels = self._labels[links.language]
        found = instances(self.store, str(HP[name]))
        if not found:
            return None
        pages = max(1, -(-len(found) // PAGE_SIZE))
        number = min(max(links.number, 1), pages)
        shown = labels.of(found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        kind = Kind(name, labels[str(HP[name])], len(found))
        return self._render("kind.html", links, kind=kind, things=list(shown.values()), number=number, pages=pages)

    def text(self, report: str, links: Links) -> str | None:
        """Return the text of a report with its facts marked; None when the graph has no such report."""
        told = report_text(self.store, URIRef(report), self._labels[links.language])
        return self._render("text.html", links, text=told, iri=report) if told.blocks else None

    def ontology(self, links: Links) -> str:
        """Return the ontology: diagrams of its classes, each term at its anchor, the vocabularies."""
        labels = self._labels[links.language]
        rules = rules_of(self.shapes, links.language) if self.shapes else {}
        groups = ontology(self.store, labels, self.questions, rules)
        about = self.describe(f"{BASE}def", links.language)
        return self._render(
            "ontology.html",
            links,
            groups=groups,
            diagrams=diagrams(dict(groups)["classes"]),
            vocabularies=schemes(self.store, labels),
            namespaces=sorted(PREFIXES.items()),
            about=about,
            described=[fact for fact in about.facts if _describes(fact)],
            linked_data=self._schema(about) | {"@type": "DefinedTermSet"},
            forms=[(form, links.data(f"{BASE}def", form)) for form in links.forms],
        )

    def graph(self, name: str, links: Links) -> str:
        """Return the page of a named graph: what is said of it, what it holds, its files."""
        labels = self._labels[links.language]
        return self._render(
            "graph.html",
            links,
            title=graph_titles(self.store).get(name, {}).get(links.language),
            thing=self.describe(name, links.language, links.number),
            triples=count_triples(self.store, name),
            contents=contents(self.store, name, labels),
            forms=[(form, links.data(name, form)) for form in links.forms],
        )

    def graphs(self, links: Links) -> str:
        """Return the list of named graphs."""
        titles = graph_titles(self.store)
        found = [
            (name, titles.get(name, {}).get(links.language), count_triples(self.store, name))
            for name in self.store.graphs
        ]
        return self._render("graphs.html", links, graphs=found)

    def catalogue(
        self, release: Release, linked_data: dict[str, Any], links: Links, told: History | None = None
    ) -> str:
        """Return the page of the dataset: its files with checksums, its descriptions for machines, its releases."""
        forms = [(form, links.file(f"catalog.{form}")) for form in DATA_FORMS]
        return self._render("catalog.html", links, release=release, linked_data=linked_data, forms=forms, told=told)

    def question_list(self, links: Links) -> str:
        """Return all questions by subject."""
        return self._render("questions.html", links, subjects=self._subjects())

    def question(self, asked: Asked, links: Links) -> str:
        """Return the page of a question: what it asks, its form, and its answer with the evidence of each row."""
        table = as_html(asked.answer, links.to, styled=False).decode() if asked.answer else ""
        labels = self._labels[links.language]
        return self._render(
            "question.html",
            links,
            asked=asked,
            table=Markup(table),  # noqa: S704 — escaped there
            terms=sorted((labels[str(HP[name])] for name in named_in(asked.question)), key=lambda term: term.text),
            reads=[labels[f"{BASE}id/section-role/{key}"] for key in asked.question.reads or ()],
        )

    def search(self, searched: Searched, links: Links) -> str:
        """Return the page of a search: its form, and what was found with the words marked in the text."""
        said = catalogue(links.language)
        kinds_ = sorted(((key, said.get(f"kind.{key}", key)) for key in searched.kinds), key=lambda pair: pair[1])
        return self._render(
            "search.html",
            links,
            query=searched.query,
            kind=searched.kind,
            kinds=kinds_,
            found=searched.found,
            problem=searched.problem,
            reading=searched.reading,
            marked=marked,
        )

    def sparql(self, links: Links, *, built: bool) -> str:
        """Return the page that asks a folder's dump in the browser; `built` tells whether its program is there."""
        return self._render(
            "ask.html",
            links,
            built=built,
            base=BASE,
            prefixes="".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items()),
            example=_EXAMPLE,
        )

    def message(self, links: Links, key: str, **values: object) -> str:
        """Return a page that says one thing, such as `not-found`: the texts `page.<key>` and `page.<key>-hint`."""
        return self._render("message.html", links, key=key, values=values)

    def _render(self, template: str, links: Links, **told: object) -> str:
        return render(template, links, version=self.store.version, languages=LANGUAGES, document=document, **told)

    def _subjects(self) -> list[tuple[str, list[Question]]]:
        found: dict[str, list[Question]] = {}
        for question in self.questions:
            found.setdefault(question.subject, []).append(question)
        return list(found.items())

    def _schema(self, description: Description) -> dict[str, Any]:
        """Return the thing in the words of schema.org, by the alignments of the ontology."""
        if self._types is None:
            found = self.store.select(_SCHEMA_TYPES)
            self._types = {str(row["class"]): str(row["type"]).removeprefix(_SCHEMA) for row in reversed(list(found))}
        labels = self._labels[description.language]
        kinds_ = [str(kind.iri) for kind in description.kinds]
        known = [
            self._types[one] for kind in kinds_ for one in (kind, *sorted(labels.broader(kind))) if one in self._types
        ]
        told: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": known[0] if known else "DefinedTerm" if any("Concept" in kind for kind in kinds_) else "Thing",
            "@id": description.iri,
            "name": description.label.text,
            "url": Links(description.language, here=target.path).canonical()
            if (target := document(description.iri))
            else description.iri,
            "subjectOf": {
                "@type": "Dataset",
                "@id": f"{BASE}catalog#dataset",
                "name": text("catalog.title", description.language),
                "description": text("catalog.description", description.language),
                "license": LICENCE,
                "url": f"{BASE}catalog",
            },
        }
        for name in ("definition", "altLabel"):
            values = [fact.value.text for fact in description.facts if str(fact.property.iri).endswith(f"#{name}")]
            if values:
                told["description" if name == "definition" else "alternateName"] = values
        return told
