"""Any SPARQL 1.1 endpoint as a store: the same questions, asked over HTTP.

The endpoint is asked for JSON and N-Triples by the SPARQL 1.1 Protocol. Where its default graph does not hold the
merge that questions are written for, each query names all graphs as its dataset. Not for: serving one.
"""

from __future__ import annotations

import json
import re
import time
import weakref
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import httpx2
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD

from hpkg.errors import CallerError, StoreError
from hpkg.namespaces import BASE, PREFIXES
from hpkg.store.dialect import VERSION, adapted, engine_of, truth, with_prologue
from hpkg.store.guard import form
from hpkg.store.interface import Solutions
from hpkg.store.query import bind, written
from hpkg.store.terms import as_graph, as_iri, as_lines, read_triples
from hpkg.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Triple
    from rdflib import Graph
    from rdflib.term import Node

    from hpkg.store.dialect import Engine
    from hpkg.store.guard import Dataset, Form

__all__ = ["REDIRECTS", "RESULTS", "STALE", "TRIPLES", "TRUNCATED", "VERSION", "RemoteStore"]
__all__ += ["error_of", "failure_of", "reason_of", "request_of", "without_login"]

TRUNCATED: Final = "Hpkg-Truncated"
"""The header in which a service of ours tells that a limit cut its answer off, and which."""

_PROLOGUE: Final = f"BASE <{BASE}> " + "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
_LONGEST_GET: Final = 4_000
"""Characters of a query that still fits every proxy's idea of an address."""
STALE: Final = (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError)
"""What happens when a server has closed a connection that was kept: a query, which changes nothing, is sent again."""

REDIRECTS: Final = 5
"""How often an endpoint may send a request on."""

_TIMEOUT_SECONDS: Final = 60.0
_MOST_BYTES: Final = 256 * 1024 * 1024
RESULTS: Final = "application/sparql-results+json"
"""What solutions and truth values are asked for in."""

TRIPLES: Final = "application/n-triples, text/turtle;q=0.8"
"""What triples are asked for in."""

_QUOTED: Final = 300
"""Characters of a refusal that are passed on."""

_DEEPEST: Final = 9
"""Chains of a property that are longer are taken for endless."""
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_COMMENT: Final = re.compile(r"(?m)^\s*#.*$")

_NAMED: Final = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"
_COUNT: Final = "SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
_MERGED: Final = f"ASK {{ ?report a <{BASE}def#Report> . ?class a <http://www.w3.org/2002/07/owl#Class> }}"


class RemoteStore:
    """A `Store` behind a SPARQL 1.1 endpoint.

    Args:
        endpoint: Address of the endpoint, `https://…/sparql`.
        timeout_seconds: How long to wait for an answer to begin, or for its next part.
        deadline_seconds: How long an answer may take as a whole; None: as long as parts of it come.
        most_bytes: Longest answer that is taken.
        client: The HTTP client to use, for tests; else one of its own.

    Raises:
        StoreError: The address is none that a client can ask.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        timeout_seconds: float = _TIMEOUT_SECONDS,
        deadline_seconds: float | None = None,
        most_bytes: int = _MOST_BYTES,
        client: httpx2.Client | None = None,
    ) -> None:
        """Keep the address; nothing is asked yet."""
        if not endpoint.startswith(("http://", "https://")):
            raise StoreError("endpoint-no-address", where=endpoint)
        self._address = endpoint
        self.endpoint = without_login(endpoint)
        self._most_bytes = most_bytes
        self._deadline = deadline_seconds
        self._client = client or httpx2.Client(timeout=timeout_seconds, follow_redirects=True, max_redirects=REDIRECTS)
        weakref.finalize(self, self._client.close)  # nobody closes a store
        self._version = ""
        self._engine: Engine | None = None
        self._depths: dict[str, int | None] = {}

    @property
    def version(self) -> str:
        """Return the content hash that the endpoint told with its last answer; empty when it tells none."""
        if not self._version:
            self.greet()
        return self._version

    def greet(self) -> str:
        """Ask the endpoint for nothing, and return the content hash that it tells, empty if none.

        Raises:
            StoreError: It does not answer.
        """
        self._fetch("ASK {}", RESULTS)
        return self._version

    @property
    def engine(self) -> Engine:
        """Return the make of the server."""
        if self._engine is None:
            self.greet()
        assert self._engine
        return self._engine

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted, as they were when first asked for."""
        found = _solutions(self._fetch(_NAMED, RESULTS)[0], self.endpoint)
        return tuple(str(row["graph"]) for row in found)

    def count(self, graph: str) -> int:
        """Return how many triples the named graph `graph` has now."""
        found = _solutions(self._fetch(_COUNT.format(graph=written(URIRef(graph))), RESULTS)[0], self.endpoint)
        return int(str(found.rows[0][0]))

    def select(
        self, query: str, bindings: Mapping[str, Node] | None = None, *, max_rows: int | None = None
    ) -> Solutions:
        """Return the solutions of a SELECT, at most `max_rows`."""
        body, truncated = self._run(query, bindings, RESULTS, "SELECT")
        found = _solutions(body, self.endpoint)
        cut = max_rows is not None and len(found) > max_rows
        return Solutions(found.variables, found.rows[:max_rows], complete=not (truncated or cut))

    def ask(self, query: str, bindings: Mapping[str, Node] | None = None) -> bool:
        """Return the answer of an ASK."""
        body, _ = self._run(query, bindings, RESULTS, "ASK")
        return _boolean(body, self.endpoint)

    def construct(self, query: str, bindings: Mapping[str, Node] | None = None) -> Graph:
        """Return the graph of a CONSTRUCT or DESCRIBE.

        Raises:
            StoreError: The endpoint cut the graph off, or its answer is no graph.
        """
        return as_graph(self._triples(query, bindings))

    def ntriples(self, query: str, bindings: Mapping[str, Node] | None = None) -> bytes:
        """Return the graph of a CONSTRUCT or DESCRIBE as N-Triples, each triple once.

        Raises:
            StoreError: As `construct`.
        """
        return as_lines(self._triples(query, bindings))

    def _triples(self, query: str, bindings: Mapping[str, Node] | None) -> list[Triple]:
        body, truncated = self._run(query, bindings, TRIPLES, "CONSTRUCT", "DESCRIBE")
        if truncated:
            raise StoreError("endpoint-truncated", where=self.endpoint)
        try:
            return list(read_triples(body))
        except ValueError as error:
            raise StoreError("endpoint-unreadable", where=self.endpoint, reason=str(error)[:_QUOTED]) from error

    def _run(self, query: str, bindings: Mapping[str, Node] | None, accept: str, *allowed: Form) -> tuple[bytes, bool]:
        found = form(query)
        if found not in allowed:
            raise CallerError("query-form-other", found=found, wanted=" / ".join(allowed))
        dataset = self.dataset  # what it takes to know it also tells the make of the server
        bound = adapted(bind(query, bindings or {}), self.engine, lambda path: self._depth(query, path))
        return self._fetch(bound, accept, dataset)

    def _depth(self, query: str, path: str) -> int | None:
        """Return how many steps of `path`, as `query` means it, follow one another at most; None if too many."""
        prologue = _COMMENT.sub(
            "", query[: next(token.start for token in tokens(query) if token.text.upper() in _FORMS)]
        )
        key = f"{prologue} {path}"
        if key not in self._depths:
            self._depths[key] = next(
                (
                    steps
                    for steps in range(_DEEPEST)
                    if not _boolean(
                        self._fetch(
                            f"{prologue} ASK {{ ?from {'/'.join([path] * (steps + 1))} ?to }}", RESULTS, self.dataset
                        )[0],
                        self.endpoint,
                    )
                ),
                None,
            )
        return self._depths[key]

    @cached_property
    def dataset(self) -> tuple[str, ...]:
        """Return the graphs to name in each query: none where the default graph is the merge of all."""
        if _boolean(self._fetch(_MERGED, RESULTS)[0], self.endpoint):
            return ()
        return self.graphs

    def _fetch(self, query: str, accept: str, dataset: tuple[str, ...] = ()) -> tuple[bytes, bool]:
        """Return the body of the answer, and whether the endpoint cut it off."""
        request = request_of(self._client, self._address, query, accept, (dataset, dataset))
        try:
            try:
                answer = self._client.send(request, stream=True)
            except STALE:
                answer = self._client.send(request, stream=True)
            try:
                body = self._read(answer)
            finally:
                answer.close()
        except httpx2.HTTPError as error:
            raise failure_of(error, self.endpoint) from error
        self._version = answer.headers.get(VERSION, "")
        self._engine = engine_of(answer.headers)
        return body, TRUNCATED in answer.headers

    def _read(self, answer: httpx2.Response) -> bytes:
        """Return the body of a good answer.

        Raises:
            CallerError: The endpoint says that the query is wrong.
            StoreError: It failed, or its answer is too long.
        """
        parts: list[bytes] = []
        length = 0
        begin = time.monotonic()
        for part in answer.iter_bytes():
            length += len(part)
            if self._deadline and time.monotonic() - begin > self._deadline:
                raise StoreError("endpoint-slow", where=self.endpoint)
            if length > self._most_bytes:
                raise StoreError("endpoint-too-long", where=self.endpoint, bytes=self._most_bytes)
            parts.append(part)
        body = b"".join(parts)
        if answer.is_success:
            return body
        raise error_of(answer.status_code, body, self.endpoint)


def request_of(
    client: httpx2.Client | httpx2.AsyncClient, address: str, query: str, accept: str, dataset: Dataset = ((), ())
) -> httpx2.Request:
    """Return the request that asks the endpoint at `address` a query over `dataset` (empty: what it has by default)."""
    fields = [("query", with_prologue(query, _PROLOGUE))]
    fields += [("default-graph-uri", graph) for graph in dataset[0]]
    fields += [("named-graph-uri", graph) for graph in dataset[1]]
    short = sum(len(value) for _, value in fields) <= _LONGEST_GET
    return client.build_request(
        "GET" if short else "POST",
        address,
        params=_grouped(fields) if short else None,
        data=None if short else _grouped(fields),
        headers={"Accept": accept},
    )


def failure_of(error: httpx2.HTTPError, endpoint: str) -> StoreError:
    """Return what to tell of an endpoint that gave no answer."""
    if isinstance(error, httpx2.TimeoutException):
        return StoreError("endpoint-slow", where=endpoint)
    return StoreError("endpoint-unreachable", where=endpoint, reason=str(error) or repr(error))


def error_of(status: int, body: bytes, endpoint: str) -> CallerError | StoreError:
    """Return what to tell of an answer with a status that is none of success."""
    reason = reason_of(body)
    if status == httpx2.codes.BAD_REQUEST:
        return CallerError("query-refused", reason=reason)
    return StoreError("endpoint-failed", where=endpoint, status=status, reason=reason)


def without_login(endpoint: str) -> str:
    """Return the address of an endpoint as anybody may see it."""
    parts = urlsplit(endpoint)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="").geturl()


def _grouped(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in fields:
        grouped.setdefault(name, []).append(value)
    return grouped


def reason_of(body: bytes) -> str:
    """Return what a refusal says: the detail of a problem document, else the beginning of its text."""
    said = body.decode("utf-8", "replace")
    try:
        problem = json.loads(said)
    except ValueError:
        return " ".join(said.split())[:_QUOTED] or "–"
    detail = problem.get("detail") or problem.get("title") if isinstance(problem, dict) else None
    return str(detail or said)[:_QUOTED]


def _document(body: bytes, endpoint: str) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except ValueError as error:
        raise StoreError("endpoint-unreadable", where=endpoint, reason=str(error)) from error
    if not isinstance(document, dict):
        raise StoreError("endpoint-unreadable", where=endpoint, reason=type(document).__name__)
    return document


def _boolean(body: bytes, endpoint: str) -> bool:
    found = truth(_document(body, endpoint))
    if found is None:
        raise StoreError("endpoint-unreadable", where=endpoint, reason="boolean")
    return found


def _solutions(body: bytes, endpoint: str) -> Solutions:
    document = _document(body, endpoint)
    try:
        names = tuple(document["head"]["vars"])
        rows = tuple(
            tuple(_term(row[name]) if name in row else None for name in names)
            for row in document["results"]["bindings"]
        )
    except (KeyError, TypeError) as error:
        raise StoreError("endpoint-unreadable", where=endpoint, reason=repr(error)) from error
    return Solutions(names, rows)


def _term(said: Mapping[str, str]) -> Node:
    kind, value = said["type"], said["value"]
    if kind == "uri":
        return as_iri(value)
    if kind == "bnode":
        return BNode(value)
    if "xml:lang" in said:
        return Literal(value, lang=said["xml:lang"])
    datatype = said.get("datatype")
    plain = datatype is None or datatype == str(XSD.string)
    return Literal(value, datatype=None if plain else as_iri(str(datatype)), normalize=False)
