"""What every store can do, in terms of rdflib.

A store reads only. Limits of time, rows and bytes belong to the call: they are keyword arguments, so that a store in a
worker process or behind HTTP can add its own without changing those who ask. Not for: any engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from hpkg.home import Home

__all__ = ["Solutions", "Store", "open_endpoint", "open_store"]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The rows of a SELECT: one term, or None, for each variable.

    `complete` is False when a limit cut the rows off.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]
    complete: bool = True

    def __iter__(self) -> Iterator[dict[str, Node]]:
        """Yield each row as the variables that are bound in it."""
        for row in self.rows:
            yield {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)


class Store(Protocol):
    """A dataset that answers SPARQL 1.1 queries.

    The default graph is the merge of all named graphs, each triple once. In every call `bindings` gives terms to
    parameters of the query (see `hpkg.store.query`). All calls raise `CallerError` for a query that is wrong or not
    allowed and `StoreError` when the engine fails.
    """

    @property
    def version(self) -> str:
        """Return the content hash of the dataset: equal content, equal version."""

    @property
    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""

    def select(
        self, query: str, bindings: Mapping[str, Node] | None = None, *, max_rows: int | None = None
    ) -> Solutions:
        """Return the solutions of a SELECT, at most `max_rows`."""

    def ask(self, query: str, bindings: Mapping[str, Node] | None = None) -> bool:
        """Return the answer of an ASK."""

    def construct(self, query: str, bindings: Mapping[str, Node] | None = None) -> Graph:
        """Return the graph of a CONSTRUCT or DESCRIBE."""

    def ntriples(self, query: str, bindings: Mapping[str, Node] | None = None) -> bytes:
        """Return the same as N-Triples, each triple once: for large graphs, which take rdflib ten times as long."""


def open_store(home: Home, *, merged: bool = False) -> Store:
    """Return a store with everything that stands in `home`, in memory.

    Args:
        home: Where the files are.
        merged: Load the named graphs only when a query names one: for the few queries of one command.

    Raises:
        OntologyError: A Turtle file of the ontology cannot be read.
        StoreError: A Turtle file of the graph cannot be read.
    """
    # The engine is loaded only when a store is opened: the text half never pays for it.
    return cast("Store", import_module("hpkg.store.embedded").EmbeddedStore.open(home, merged=merged))


def open_endpoint(endpoint: str) -> Store:
    """Return the store behind the SPARQL endpoint at the address `endpoint`; nothing is asked yet.

    Raises:
        StoreError: It is no address of an endpoint.
    """
    # The HTTP client is loaded only when there is something to ask.
    return cast("Store", import_module("hpkg.store.remote").RemoteStore(endpoint))
