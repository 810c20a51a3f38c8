"""The question modules as data: each a `sh:SPARQLExecutable` that editors and language models find in the graph.

The form is that of the SPARQL examples of the SIB (https://github.com/sib-swiss/sparql-examples): the question is the
`rdfs:comment`, the query `sh:select`, its prefixes are declared once and named by `sh:prefixes`
(https://www.w3.org/TR/shacl/#sparql-prefixes). What a module takes is told as `sh:parameter`
(https://www.w3.org/TR/shacl-af/#functions-parameters). Not for: writing the file (`hpkg.pipeline`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD

from hpkg.messages import LANGUAGES, catalogue
from hpkg.namespaces import BASE, HP, LICENCE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.graph import _TripleType as Triple

    from hpkg.questions.question import Bilingual, Parameter, Question

__all__ = ["QUERIES", "as_graph", "bare_query"]

QUERIES: Final = URIRef(f"{BASE}graph/queries")
"""The named graph that holds the modules."""
_DECLARED: Final = URIRef(f"{BASE}query")
"""The node that declares the prefixes of all modules."""
_SCHEMA: Final = Namespace(PREFIXES["schema"])
_HEADER: Final = "#+"


def as_graph(questions: Iterable[Question]) -> Graph:
    """Return the modules as RDF without blank nodes, the same graph for the same modules."""
    graph = Graph(bind_namespaces="none")
    graph += _prefixes()
    for question in questions:
        graph += _question(question)
    return graph


def bare_query(question: Question) -> str:
    """Return the query of a module without its header; it runs in any SPARQL 1.1 engine as it stands."""
    lines = (line for line in question.sparql.splitlines() if not line.startswith(_HEADER))
    return "\n".join(lines).strip("\n")


def _prefixes() -> Iterator[Triple]:
    yield _DECLARED, DCTERMS.license, URIRef(LICENCE)
    for prefix, namespace in PREFIXES.items():
        declaration = URIRef(f"{_DECLARED}#{prefix}")
        yield _DECLARED, SH.declare, declaration
        yield declaration, RDF.type, SH.PrefixDeclaration
        yield declaration, SH.prefix, Literal(prefix)
        yield declaration, SH.namespace, Literal(namespace, datatype=XSD.anyURI)


def _question(question: Question) -> Iterator[Triple]:
    node = URIRef(question.iri)
    yield node, RDF.type, SH.SPARQLExecutable
    yield node, RDF.type, SH.SPARQLSelectExecutable
    yield node, SH.prefixes, _DECLARED
    yield node, SH.select, Literal(bare_query(question))
    yield from _said(node, DCTERMS.title, question.title)
    yield from _said(node, RDFS.comment, question.question)
    yield from _said(node, DCTERMS.description, question.description)
    for language, words in (("vi", question.keywords_vi), ("en", question.keywords_en)):
        for word in words:
            yield node, _SCHEMA.keywords, Literal(word, lang=language)
    for language, said in question.wordings:
        yield node, SKOS.example, Literal(said, lang=language)
    for language in LANGUAGES:
        # A home of the user's own may have subjects that no catalogue names.
        subject = catalogue(language).get(f"subject.{question.subject}", question.subject)
        yield node, DCTERMS.subject, Literal(subject, lang=language)
    for order, parameter in enumerate(question.parameters):
        yield from _parameter(node, parameter, order)


def _parameter(question: URIRef, parameter: Parameter, order: int) -> Iterator[Triple]:
    node = URIRef(f"{question}#{parameter.name}")
    yield question, SH.parameter, node
    yield node, RDF.type, SH.Parameter
    # The variable of the query is the local name of the path.
    yield node, SH.path, URIRef(f"{_DECLARED}/parameter#{parameter.name}")
    yield node, SH.name, Literal(parameter.name)
    yield node, SH.order, Literal(order)
    yield node, SH.optional, Literal(not parameter.required)
    yield node, SKOS.example, Literal(parameter.example)
    if parameter.default is not None:
        yield node, SH.defaultValue, Literal(parameter.default)
    yield from _said(node, SH.description, parameter.description)
    yield from _kind(node, parameter.type)


def _kind(node: URIRef, type_: str) -> Iterator[Triple]:
    """Yield what values a parameter takes: things of a class, concepts of a scheme, terms below one, or literals."""
    kind, _, of = type_.partition(":")
    if kind == "concept":
        yield node, SH["class"], SKOS.Concept
        yield node, DCTERMS.conformsTo, URIRef(f"{BASE}id/{of}")
    elif kind == "instance":
        yield node, SH["class"], _term(of)
    elif kind == "year":
        yield node, SH["class"], HP.Period
    elif kind in {"subclass", "subproperty"}:
        yield node, SH["class"], OWL.Class if kind == "subclass" else RDF.Property
        yield node, DCTERMS.conformsTo, _term(of)
    else:
        yield node, SH.datatype, XSD.integer if kind == "integer" else XSD.string


def _said(node: URIRef, property_: URIRef, text: Bilingual) -> Iterator[Triple]:
    for language in LANGUAGES:
        yield node, property_, Literal(text.in_(language), lang=language)


def _term(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)
