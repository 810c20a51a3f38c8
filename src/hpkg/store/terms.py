"""Terms and triples of the engine, as rdflib has them and as lines of N-Triples.

Not for: solutions of a query (`hpkg.store.rows`), or files (`hpkg.turtle`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD

from hpkg.errors import StoreError
from hpkg.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

__all__ = ["as_graph", "as_iri", "as_lines", "as_node", "once", "read_triples"]

_KNOWN: Final = 16_384
_STRING: Final = str(XSD.string)


def read_triples(content: bytes) -> Iterator[ox.Triple]:
    """Yield the triples of N-Triples or Turtle, which an engine of another make has written; IRIs are not looked into.

    Raises:
        ValueError: The content is neither.

    >>> [triple.object.value for triple in read_triples(b"<urn:s> <urn:p> 1.50 .")]
    ['1.50']
    """
    try:
        # N-Triples is Turtle.
        for quad in ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=BASE, lenient=True):
            yield quad.triple
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def as_graph(triples: Iterable[ox.Triple]) -> Graph:
    """Return triples as a graph with the prefixes of the project."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in triples:
        graph.add((as_node(triple.subject), as_node(triple.predicate), as_node(triple.object)))
    return graph


def as_lines(triples: Iterable[ox.Triple]) -> bytes:
    r"""Return triples as N-Triples, each once.

    >>> as_lines(read_triples(b"<urn:s> <urn:p> <urn:o> , <urn:o> ."))
    b'<urn:s> <urn:p> <urn:o> .\n'
    """
    return once(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


def once(lines: bytes) -> bytes:
    """Return lines, each once, where it comes first."""
    return b"".join(dict.fromkeys(lines.splitlines(keepends=True)))


def as_node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """Return a term as rdflib has it; the text of a literal is kept as it stands.

    Raises:
        StoreError: It is a triple.
    """
    if isinstance(term, ox.NamedNode):
        return as_iri(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        return _literal(term.value, term.language, term.datatype.value)
    raise StoreError("engine-failed", reason="RDF 1.2 triple terms are not part of the data model")


@lru_cache(maxsize=_KNOWN)
def as_iri(value: str) -> URIRef:
    """Return an IRI of rdflib, which takes long to make; a result says the same ones again and again."""
    return URIRef(value)


@lru_cache(maxsize=_KNOWN)
def _literal(value: str, language: str | None, datatype: str) -> Literal:
    """Return a literal of rdflib, which takes longer still; labels, units and sentences come again in many rows."""
    if language is not None:
        return Literal(value, lang=language)
    return Literal(value, datatype=None if datatype == _STRING else as_iri(datatype), normalize=False)
