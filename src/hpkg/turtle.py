"""Turtle read at speed into plain text: what the reader's words are loaded from each time the command starts.

A second door to the parser of Oxigraph, since rdflib's takes twenty times as long. Not for: graphs, which are rdflib's
(`hpkg.lift`) or the store's (`hpkg.store`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Told", "read_turtle"]


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
