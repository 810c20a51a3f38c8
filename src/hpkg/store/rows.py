"""Rows of terms written as SPARQL results, up to a limit, with a word about what was cut off.

After the recommendations "SPARQL 1.1 Query Results JSON Format", "… CSV and TSV Formats" and "… XML Format". Not for:
answers within the limits, which the engine writes itself.
"""

from __future__ import annotations

import json
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from typing import TYPE_CHECKING, Final, Literal, Protocol
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from hpkg.errors import StoreError
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["CUT", "write_rows"]

CUT: Final = f"{BASE}error/answer-cut"
"""What a document of results that is cut links to in its head: an explanation."""

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Row = tuple[_Term | None, ...]
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_RESULTS: Final = "http://www.w3.org/2005/sparql-results#"
_remembering = lru_cache(maxsize=1 << 13)
"""Most terms of an answer come many times, in it and in the next."""


def write_rows(  # noqa: PLR0913 — what, in which format, within which limits
    names: Sequence[str], rows: Iterable[_Row], form: str, max_rows: int, max_bytes: int, *, is_whole: bool = True
) -> tuple[bytes, Literal["rows", "bytes"] | None]:
    r"""Return a whole document of the format `form` with the first rows, and the limit that cut the others off.

    Rows that are not whole were cut off by a limit of bytes before.

    >>> row = (ox.NamedNode("urn:a"), None)
    >>> write_rows(["s", "o"], [row, row], "tsv", 1, 1000)
    (b'?s\t?o\n<urn:a>\t\n', 'rows')
    """
    frame, cut_frame = _frames(form, tuple(names))
    written, between, _ = _parts(form, tuple(names))
    parts: list[bytes] = []
    size = sum(map(len, cut_frame))
    cut: Literal["rows", "bytes"] | None = None
    for count, row in enumerate(rows):
        line = ((between if count else "") + written(row)).encode()
        if count == max_rows or size + len(line) > max_bytes:
            cut = "rows" if count == max_rows else "bytes"
            break
        parts.append(line)
        size += len(line)
    if cut is None and not is_whole:
        cut = "bytes"
    head, tail = cut_frame if cut else frame
    return b"".join((head, *parts, tail)), cut


@lru_cache(maxsize=256)
def _frames(form: str, names: tuple[str, ...]) -> tuple[tuple[bytes, bytes], tuple[bytes, bytes]]:
    """Return head and tail of a document that is whole, and of one that is cut."""
    ends = _parts(form, names)[2]
    (head, tail), (cut_head, cut_tail) = ends(is_cut=False), ends(is_cut=True)
    return (head.encode(), tail.encode()), (cut_head.encode(), cut_tail.encode())


class _Ends(Protocol):
    """The head and the tail of a document, which tell whether it is cut."""

    def __call__(self, *, is_cut: bool) -> tuple[str, str]:
        """Return them."""


_Parts = tuple["Callable[[_Row], str]", str, _Ends]


def _json(names: Sequence[str]) -> _Parts:
    write = _json_term
    keys = [f"{json.dumps(name)}:" for name in names]
    told = json.dumps(names, separators=(",", ":"))

    def row(terms: _Row) -> str:
        cells = [key + write(term) for key, term in zip(keys, terms, strict=True) if term is not None]
        return f"{{{','.join(cells)}}}"

    def ends(*, is_cut: bool) -> tuple[str, str]:
        link = f',"link":["{CUT}"]' if is_cut else ""
        return f'{{"head":{{"vars":{told}{link}}},"results":{{"bindings":[', "]}}"

    return row, ",", ends


@_remembering
def _json_term(term: _Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{quoted(term.value)}}}'
    if isinstance(term, ox.BlankNode):
        return f'{{"type":"bnode","value":{quoted(term.value)}}}'
    literal = _literal(term)
    kind = ""
    if literal.language:
        kind = f',"xml:lang":{quoted(literal.language)}'
    elif literal.datatype.value != _STRING:
        kind = f',"datatype":{quoted(literal.datatype.value)}'
    return f'{{"type":"literal","value":{quoted(literal.value)}{kind}}}'


def _xml(names: Sequence[str]) -> _Parts:
    write = _xml_term
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    openings = [f"<binding name={quoteattr(name)}>" for name in names]

    def row(terms: _Row) -> str:
        told = (
            f"{opening}{write(term)}</binding>"
            for opening, term in zip(openings, terms, strict=True)
            if term is not None
        )
        return f"<result>{''.join(told)}</result>"

    def ends(*, is_cut: bool) -> tuple[str, str]:
        head = variables + (f'<link href="{CUT}"/>' if is_cut else "")
        start = f'<?xml version="1.0"?><sparql xmlns="{_RESULTS}"><head>{head}</head><results>'
        return start, "</results></sparql>"

    return row, "", ends


@_remembering
def _xml_term(term: _Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    literal = _literal(term)
    kind = ""
    if literal.language:
        kind = f" xml:lang={quoteattr(literal.language)}"
    elif literal.datatype.value != _STRING:
        kind = f" datatype={quoteattr(literal.datatype.value)}"
    return f"<literal{kind}>{escape(literal.value)}</literal>"


def _csv(names: Sequence[str]) -> _Parts:
    write = _csv_term

    def row(terms: _Row) -> str:
        return ",".join(map(write, terms)) + "\r\n"

    return row, "", _headed(",".join(names) + "\r\n")


def _headed(head: str) -> _Ends:
    """Return the ends of a format that has no way to tell that it is cut."""

    def ends(*, is_cut: bool) -> tuple[str, str]:  # noqa: ARG001
        return head, ""

    return ends


@_remembering
def _csv_term(term: _Term | None) -> str:
    if term is None:
        return ""
    value = f"_:{term.value}" if isinstance(term, ox.BlankNode) else _plain(term)
    if any(mark in value for mark in '",\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _plain(term: _Term) -> str:
    return term.value if isinstance(term, ox.NamedNode) else _literal(term).value


def _tsv(names: Sequence[str]) -> _Parts:
    write = _tsv_term

    def row(terms: _Row) -> str:
        return "\t".join(map(write, terms)) + "\n"

    return row, "", _headed("\t".join(f"?{name}" for name in names) + "\n")


@_remembering
def _tsv_term(term: _Term | None) -> str:
    # A term prints as SPARQL writes it, with line breaks and tabs escaped.
    return "" if term is None else str(term).replace("\t", "\\t")


def _literal(term: _Term) -> ox.Literal:
    if not isinstance(term, ox.Literal):
        raise StoreError("engine-failed", reason="RDF 1.2 triple terms are not part of the data model")
    return term


@lru_cache(maxsize=256)
def _parts(form: str, names: tuple[str, ...]) -> _Parts:
    return _PARTS[form](names)


_PARTS: Final[dict[str, Callable[[Sequence[str]], _Parts]]] = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}
