"""An answer as bytes: a query evaluated and written in a format, within limits of rows and bytes.

The engine writes at its own speed; only an answer over the limits is written again, term by term, and cut between two
rows. What another engine answered is written anew in the same way. Not for: limits of time and memory, which need a
process that can be killed (`hpkg.serve`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import pyoxigraph as ox

from hpkg.errors import CallerError, StoreError
from hpkg.namespaces import BASE, PREFIXES
from hpkg.store.dialect import truth
from hpkg.store.query import spelled_out
from hpkg.store.rows import write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib import Graph

    from hpkg.store.embedded import EmbeddedStore, Plan
    from hpkg.store.guard import Dataset, Form
    from hpkg.store.shape import Shape

__all__ = ["Cut", "Written", "rewrite_answer", "write_answer", "write_graph", "write_whole"]

_Found = TypeVar("_Found")

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
_TRUTHS: Final = {said: json.dumps({"head": {}, "boolean": said}).encode() for said in (True, False)}
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
    """The engine wrote more bytes or rows than allowed."""


class _Sink(BytesIO):
    def __init__(self, name: str, max_rows: int, max_bytes: int) -> None:
        super().__init__()
        self._name = name
        self._rows_left = _most_marks(name, max_rows)
        self._most = max_bytes

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the engine writes bytes
        self._rows_left -= _marks(data, self._name)
        if self._rows_left < 0 or self.tell() + len(data) > self._most:
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


def write_whole(  # noqa: PLR0913 — what is asked, in which format, within which limits
    store: EmbeddedStore, shape: Shape, plan: Plan, name: str, *, max_rows: int, max_bytes: int
) -> bytes | None:
    """Return the answer to a SELECT or ASK in the format `name`, or None if it is longer than allowed.

    Its shape has been checked before, and has the plan `plan`.

    Raises:
        TooLongError: The walk of the plan is longer than it should be.
        CallerError: The query is wrong or not allowed.
        StoreError: The engine fails.
    """
    if plan.walk is not None and (rows := store.walk(plan.walk, shape.constants)) is not None:
        if isinstance(rows, bool):
            return _truth(rows, name)
        body, cut = write_rows(plan.walk.names or (), rows, name, max_rows, max_bytes)
        return None if cut else body
    found = store.evaluate_planned(shape.text, plan)
    if isinstance(found, ox.QueryBoolean):
        return _truth(bool(found), name)
    assert isinstance(found, ox.QuerySolutions)
    try:
        body = found.serialize(format=_RESULTS[name]) or b""
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreError("engine-failed", reason=str(error)) from error
    if len(body) > max_bytes or (len(body) > max_rows and _may_be_longer(body, name, max_rows)):
        return None  # a row has at least a byte
    return body


@lru_cache
def _truth(said: bool, name: str) -> bytes:  # noqa: FBT001 — what an ASK found
    """Return a truth value as the engine writes it in the format `name`."""
    found = ox.Store().query(f"ASK {{ FILTER({str(said).lower()}) }}")
    assert isinstance(found, ox.QueryBoolean)
    return found.serialize(format=_RESULTS[name]) or b""


def rewrite_answer(  # noqa: PLR0913 — what was answered, in which formats, within which limits
    form: Form,
    content: bytes,
    media_type: str,
    *,
    is_whole: bool,
    results: str | None,
    graph: str | None,
    max_rows: int,
    max_bytes: int,
) -> Written:
    """Return what another engine answered to a query of this form, as `write_answer` returns what ours answers.

    `content` is SPARQL JSON, N-Triples or Turtle; what is not whole is read as far as it goes, and told as cut.

    Raises:
        CallerError: There is no format for the form of the query.
        StoreError: The content is not what its media type says.

    >>> rewrite_answer("ASK", b'{"boolean": true}', "", is_whole=True, results="csv", graph=None, max_rows=1,
    ... max_bytes=10).body
    b'true'
    """
    name = results if form in {"SELECT", "ASK"} else graph
    if name is None:
        raise CallerError("format-not-acceptable", form=form, known=", ".join(_RESULTS if graph else _GRAPHS))
    try:
        if form == "ASK":
            said = truth(json.loads(content))
            if said is None:
                raise StoreError("endpoint-unreadable", reason="boolean")
            value = ox.parse_query_results(_TRUTHS[said], ox.QueryResultsFormat.JSON)
            return Written(form, name, value.serialize(format=_RESULTS[name]) or b"")
        if form == "SELECT":
            written = _whole(form, _solutions(content), name, max_rows, max_bytes) if is_whole else None
            return written or _rows(form, _solutions(content), name, max_rows, max_bytes, is_whole=is_whole)
        kind = ox.RdfFormat.N_TRIPLES if media_type == _GRAPHS["ntriples"].media_type else ox.RdfFormat.TURTLE
        triples = (quad.triple for quad in _as_far_as(ox.parse(content, kind, base_iri=BASE), is_whole=is_whole))
        return _triples(form, triples, name, max_rows, max_bytes, is_whole=is_whole)
    except (SyntaxError, ValueError, TypeError) as error:
        raise StoreError("endpoint-unreadable", reason=str(error) or type(error).__name__) from error


def _solutions(content: bytes) -> ox.QuerySolutions:
    found = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("boolean")
    return found


def _as_far_as(pieces: Iterable[_Found], *, is_whole: bool) -> Iterator[_Found]:
    """Yield the pieces of a document; one that is not whole may end in the middle of one."""
    try:
        yield from pieces
    except (SyntaxError, ValueError):
        if is_whole:
            raise


def write_graph(graph: Graph, name: str) -> bytes:
    """Return an rdflib graph as bytes of the format `name`, with its prefixes where the format has any."""
    lines = b"".join(sorted(graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)))
    prefixes = {prefix: str(space) for prefix, space in graph.namespaces() if prefix and prefix != "xml"}
    triples = (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES))
    return ox.serialize(triples, format=_GRAPHS[name], prefixes=prefixes) or b""


def _whole(form: Form, found: ox.QuerySolutions, name: str, max_rows: int, max_bytes: int) -> Written | None:
    """Return the answer as the engine writes it, or None when it may be over a limit."""
    sink = _Sink(name, max_rows, max_bytes)
    try:
        found.serialize(sink, _RESULTS[name])
    except _OverLimitError:
        return None
    body = sink.getvalue()
    return None if _may_be_longer(body, name, max_rows) else Written(form, name, body)


def _may_be_longer(body: bytes, name: str, max_rows: int) -> bool:
    """Tell whether an answer may have more rows than allowed."""
    return _marks(body, name) > _most_marks(name, max_rows)


def _marks(body: bytes, name: str) -> int:
    return sum(map(body.count, _ROW_MARKS[name]))


def _most_marks(name: str, max_rows: int) -> int:
    return max_rows + (name in {"csv", "tsv"})  # their first line is no row


def _rows(  # noqa: PLR0913 — as above
    form: Form, found: object, name: str, max_rows: int, max_bytes: int, *, is_whole: bool = True
) -> Written:
    assert isinstance(found, ox.QuerySolutions)
    names = tuple(variable.value for variable in found.variables)
    rows = (tuple(solution) for solution in _as_far_as(found, is_whole=is_whole))
    body, cut = write_rows(names, rows, name, max_rows, max_bytes, is_whole=is_whole)
    return Written(form, name, body, cut)


def _triples(  # noqa: PLR0913 — as above
    form: Form, found: Iterable[ox.Triple], name: str, max_rows: int, max_bytes: int, *, is_whole: bool = True
) -> Written:
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
        cut = None if is_whole else "bytes"

    ox.serialize(within(), sink, _GRAPHS[name], prefixes=PREFIXES)
    if cut and name in _REMARKS:
        sink.write(_REMARKS[name].format(f"truncated: limit of {cut}").encode())
    return Written(form, name, sink.getvalue(), cut)
