"""Turtle read at speed into plain text: what the reader's words are loaded from each time the command starts.

A second door to Oxigraph, since rdflib takes twenty times as long: its parser, and its writer for whole datasets. Not
for: graphs, which are rdflib's (`hpkg.lift`) or the store's (`hpkg.store`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from hpkg.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["Told", "canonical", "read_turtle", "rewritten", "settled"]


class Told(NamedTuple):
    """One triple; `value` is an IRI or the text of a literal, and only a literal has a datatype."""

    subject: str
    predicate: str
    value: str
    language: str | None
    is_literal: bool


def read_turtle(path: Path) -> Iterator[Told]:
    """Yield the triples of the file at `path` that speak of IRIs.

    Raises:
        ValueError: The file is no Turtle.
    """
    try:
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=BASE):
            subject, value = triple.subject, triple.object
            if isinstance(subject, ox.NamedNode) and not isinstance(value, ox.BlankNode | ox.Triple):
                literal = isinstance(value, ox.Literal)
                language = value.language if isinstance(value, ox.Literal) else None
                yield Told(subject.value, triple.predicate.value, value.value, language, literal)
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def canonical(graphs: Mapping[str, bytes]) -> bytes:
    """Return named graphs, given as N-Triples by IRI, as sorted N-Quads; the same graphs, the same bytes.

    >>> canonical({"urn:g": b'<urn:s> <urn:p> _:x .', "urn:f": b'<urn:s> <urn:p> "a" .'}).decode().splitlines()
    ['<urn:s> <urn:p> "a" <urn:f> .', '<urn:s> <urn:p> _:c14n0 <urn:g> .']
    """
    said: list[bytes] = []
    dataset = ox.Dataset()
    for name, triples in graphs.items():
        graph = ox.NamedNode(name)
        end = f" {graph} .\n".encode()
        blank: list[bytes] = []
        # How a blank node is called follows from the statements that speak of it alone: the others stay as they are.
        for line in triples.splitlines(keepends=True):
            if b"_:" in line:
                blank.append(line)
            else:
                said.append(line.rstrip()[:-1].rstrip() + end)
        for quad in ox.parse(b"".join(blank), format=ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True):
            dataset.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    return b"".join(sorted([*said, *_settled(dataset)]))


def settled(triples: bytes) -> bytes:
    """Return N-Triples sorted, blank nodes named by what they are: the same graph, the same bytes.

    >>> settled(b'<urn:s> <urn:p> _:x .').decode().strip()
    '<urn:s> <urn:p> _:c14n0 .'
    """
    if b"_:" not in triples:
        return b"".join(sorted(triples.splitlines(keepends=True)))
    parsed = ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)
    return b"".join(sorted(_settled(ox.Dataset(ox.Quad(*triple) for triple in parsed))))


def _settled(dataset: ox.Dataset) -> list[bytes]:
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    said = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return said.splitlines(keepends=True)


def rewritten(quads: bytes, form: str) -> bytes:
    r"""Return N-Quads as `jsonld`, or their merge as `ttl`, `nt` or `rdf`.

    >>> rewritten(b'<urn:s> <urn:p> "a" <urn:f> .', "nt").decode().strip()
    '<urn:s> <urn:p> "a" .'
    """
    forms = {
        "jsonld": ox.RdfFormat.JSON_LD,
        "nt": ox.RdfFormat.N_TRIPLES,
        "rdf": ox.RdfFormat.RDF_XML,
        "ttl": ox.RdfFormat.TURTLE,
    }
    parsed = ox.parse(quads, format=ox.RdfFormat.N_QUADS)
    told: Iterable[ox.Quad] | Iterable[ox.Triple] = parsed
    if form != "jsonld":
        told = dict.fromkeys(quad.triple for quad in parsed)
    return ox.serialize(told, format=forms[form], prefixes=PREFIXES) or b""
