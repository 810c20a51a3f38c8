"""Changes to a dataset: SPARQL Update, whole graphs, and the dataset as one file to keep.

A change works on the store it is given, and leaves it broken when it fails: whoever calls works on a copy (a forked
process) that is thrown away then. The default graph of an update is what was written without the name of a graph; only
queries see the union of all graphs. Not for: who may write, and where the file is kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal

import pyoxigraph as ox
from rdflib import URIRef

from hpkg.errors import CallerError, StoreError
from hpkg.namespaces import BASE, PREFIXES
from hpkg.store.embedded import EmbeddedStore, engine_of
from hpkg.store.guard import check_update
from hpkg.store.query import written
from hpkg.store.syntax import explained
from hpkg.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hpkg.store.guard import Dataset
    from hpkg.store.tokens import Token

__all__ = ["UNNAMED", "apply_update", "drop_graph", "kept", "load_graph", "restored", "using"]

UNNAMED: Final = f"{BASE}graph/unnamed"
"""The graph that holds what was written without the name of a graph."""

_FORMATS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
_MERGE: Final = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_PLACE: Final = re.compile(r"(?:at )?line (\d+) column (\d+)")


def apply_update(store: EmbeddedStore, update: str, dataset: Dataset | None = None) -> None:
    """Run an update, over `dataset` (SPARQL 1.1 Protocol, section 2.2.3) if one is told.

    Raises:
        CallerError: It is wrong, reaches outside the store, or names a dataset of its own beside `dataset`.
        StoreError: The engine fails.
    """
    check_update(update)
    told = using(update, *dataset) if dataset else update
    engine = engine_of(store)
    engine.update("CLEAR DEFAULT")
    if ox.NamedNode(UNNAMED) in set(engine.named_graphs()):
        engine.update(f"MOVE <{UNNAMED}> TO DEFAULT")
    try:
        engine.update(told, base_iri=BASE, prefixes=PREFIXES)
    except SyntaxError as error:
        raise explained(told, str(error)) from error
    except RuntimeError as error:  # such as DROP of a graph that is not there
        raise CallerError("update-failed", reason=str(error)) from error
    except OSError as error:
        raise StoreError("engine-failed", reason=str(error)) from error
    if next(engine.quads_for_pattern(None, None, None, ox.DefaultGraph()), None):
        engine.update(f"MOVE DEFAULT TO <{UNNAMED}>")
    engine.update(_MERGE)


def load_graph(
    store: EmbeddedStore, graph: str, content: bytes, form: str, how: Literal["replace", "add"] = "replace"
) -> None:
    """Put the triples of `content`, in the format `form`, into the named graph `graph`, or make them all it has.

    Raises:
        CallerError: The content is not what the format says.
    """
    engine, name = engine_of(store), ox.NamedNode(graph)
    if how == "replace":
        engine.remove_graph(name)
    try:
        found = ox.parse(content, _FORMATS[form], base_iri=graph, without_named_graphs=True, rename_blank_nodes=True)
        engine.extend(ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in found)
    except (SyntaxError, ValueError) as error:
        place = _PLACE.search(str(error))
        where: dict[str, Any] = {"line": int(place[1]), "column": int(place[2])} if place else {}
        raise CallerError("body-not-rdf", form=form, reason=str(error), **where) from error
    _merge(engine)


def drop_graph(store: EmbeddedStore, graph: str) -> None:
    """Remove the named graph `graph`."""
    engine_of(store).remove_graph(ox.NamedNode(graph))
    _merge(engine_of(store))


def _merge(engine: ox.Store) -> None:
    engine.update("CLEAR DEFAULT")
    engine.update(_MERGE)


def kept(store: EmbeddedStore) -> bytes:
    """Return all named graphs as N-Quads: equal datasets give equal bytes, but for names of blank nodes."""
    engine = engine_of(store)
    named = (quad for quad in engine if quad.graph_name != ox.DefaultGraph())
    lines = ox.serialize(named, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def restored(content: bytes) -> EmbeddedStore:
    """Return the dataset that was kept.

    Raises:
        StoreError: The content is not what was kept.
    """
    engine = ox.Store()
    try:
        engine.bulk_load(content, ox.RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise StoreError("graph-unreadable", reason=str(error)) from error
    engine.update(_MERGE)
    return EmbeddedStore.around(engine, content)


def using(update: str, plain: Sequence[str], named: Sequence[str]) -> str:
    """Return `update` with the dataset of the request in each of its operations that reads.

    Raises:
        CallerError: It has a dataset of its own, or a name is no IRI.

    >>> using("DELETE WHERE { ?s ?p 1 }", ["urn:g"], [])
    'DELETE { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p 1 }'
    """
    clause = " ".join(
        [f"USING {written(URIRef(iri))}" for iri in plain] + [f"USING NAMED {written(URIRef(iri))}" for iri in named]
    )
    found = list(tokens(update))
    told = update
    for place, end in reversed(list(_wheres(found))):
        before, at = found[place - 1], found[place].start
        pattern = ""
        if before.text.upper() == "DELETE":
            pattern = update[found[place + 1].start : end] + " "
        told = f"{told[:at]}{pattern}{clause} {told[at:]}"
    return told


def _wheres(found: list[Token]) -> Iterator[tuple[int, int]]:
    """Yield where each WHERE of an operation stands among the tokens, and where its group ends in the text."""
    depth, waiting = 0, -1
    for place, token in enumerate(found):
        word = token.text.upper() if token.kind == "word" else ""
        if depth == 0 and word in {"USING", "WITH"}:
            raise CallerError("update-dataset-twice", word=word)
        if depth == 0 and word == "WHERE":
            waiting = place
        if token.kind == "sign":
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0 and token.text == "}" and waiting >= 0:
                yield waiting, token.end
                waiting = -1
