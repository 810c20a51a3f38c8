"""An answer as bytes: a query evaluated and written in a format, within limits of rows and bytes.

The engine writes at its own speed; only an answer over the limits is written again, term by term, and cut between two
rows. Not for: limits of time and memory, which need a process that can be killed (`hpkg.serve`).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal

import pyoxigraph as ox

from hpkg.errors import CallerError, StoreError
from hpkg.namespaces import PREFIXES
from hpkg.store.query import spelled_out
from hpkg.store.rows import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph

    from hpkg.store.embedded import EmbeddedStore
    from hpkg.store.guard import Dataset, Form

__all__ = ["Cut", "Written", "write_answer", "write_graph"]

Cut = Literal["rows", "bytes"]

_RESULTS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
# A byte sequence of which every row has at least one, so that their number is an upper bound of the rows.
_ROW_MARKS: Final = {"json": (b",{", b"[{"), "xml": (b"<result>",), "csv": (b"\n",), "tsv": (b"\n",)}
_REMARKS: Final = {
    "turtle": "# {}\n",
    "trig": "# {}\n",
    "ntriples": "# {}\n",
    "nquads": "# {}\n",
    "rdfxml": "<!-- {} -->",
}


@dataclass(frozen=True, slots=True)
class Written:
    """An answer: the form of its query, the name of its format, its bytes, and the limit that cut it, if one did."""

    form: Form
    format: str
    body: bytes
    cut: Cut | None = None


class _OverLimitError(Exception):
    """The engine wrote more bytes than allowed."""


class _Sink(BytesIO):
    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the engine writes bytes
        if self.tell() + len(data) > self.most:
            raise _OverLimitError
        return super().write(data)


def write_answer(  # noqa: PLR0913 — what is asked, in which formats, within which limits
    store: EmbeddedStore,
    query: str,
    dataset: Dataset | None,
    *,
    results: str | None,
    graph: str | None,
    max_rows: int,
    max_bytes: int,
) -> Written:
    """Return the answer to `query`, written in the format `results` or `graph`, whichever fits its form.

    A cut answer is a whole document of its format with at most `max_rows` rows or triples in about `max_bytes` bytes.

    Raises:
        CallerError: The query is wrong or not allowed, or there is no format for its form.
        StoreError: The engine fails.
    """
    form, found = store.evaluate(query, dataset)
    if isinstance(found, ox.QuerySolutions):
        told = spelled_out(query, [variable.value for variable in found.variables])
        if told != query:
            query, found = told, store.evaluate(told, dataset)[1]
    name = results if form in {"SELECT", "ASK"} else graph
    if name is None:
        raise CallerError("format-not-acceptable", form=form, known=", ".join(_RESULTS if graph else _GRAPHS))
    try:
        if isinstance(found, ox.QueryTriples):
            return _triples(form, found, name, max_rows, max_bytes)
        if isinstance(found, ox.QuerySolutions):
            written = _whole(form, found, name, max_rows, max_bytes)
            return written or _rows(form, store.evaluate(query, dataset)[1], name, max_rows, max_bytes)
        return Written(form, name, found.serialize(format=_RESULTS[name]) or b"")
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError("engine-failed", reason=str(error)) from error


def write_graph(graph: Graph, name: str) -> bytes:
    """Return an rdflib graph as bytes of the format `name`, with its prefixes where the format has any."""
    lines = b"".join(sorted(graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)))
    prefixes = {prefix: str(space) for prefix, space in graph.namespaces() if prefix and prefix != "xml"}
    triples = (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES))
    return ox.serialize(triples, format=_GRAPHS[name], prefixes=prefixes) or b""


def _whole(form: Form, found: ox.QuerySolutions, name: str, max_rows: int, max_bytes: int) -> Written | None:
    """Return the answer as the engine writes it, or None when it may be over a limit."""
    sink = _Sink(max_bytes)
    try:
        found.serialize(sink, _RESULTS[name])
    except _OverLimitError:
        return None
    body = sink.getvalue()
    most = max_rows + (name in {"csv", "tsv"})  # their first line is no row
    return None if sum(map(body.count, _ROW_MARKS[name])) > most else Written(form, name, body)


def _rows(form: Form, found: object, name: str, max_rows: int, max_bytes: int) -> Written:
    assert isinstance(found, ox.QuerySolutions)
    names = tuple(variable.value for variable in found.variables)
    rows = (tuple(solution) for solution in found)
    body, cut = write_rows(names, rows, name, max_rows, max_bytes)
    return Written(form, name, body, cut)


def _triples(form: Form, found: ox.QueryTriples, name: str, max_rows: int, max_bytes: int) -> Written:
    cut: Cut | None = None
    sink = BytesIO()

    def within() -> Iterator[ox.Triple]:
        nonlocal cut
        for count, triple in enumerate(found):
            if count == max_rows:
                cut = "rows"
                return
            if sink.tell() > max_bytes:
                cut = "bytes"
                return
            yield triple

    ox.serialize(within(), sink, _GRAPHS[name], prefixes=PREFIXES)
    if cut and name in _REMARKS:
        sink.write(_REMARKS[name].format(f"truncated: limit of {cut}").encode())
    return Written(form, name, sink.getvalue(), cut)
