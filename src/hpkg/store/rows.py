"""Rows of terms written as SPARQL results, up to a limit, with a word about what was cut off.

After the recommendations "SPARQL 1.1 Query Results JSON Format", "… CSV and TSV Formats" and "… XML Format". Not for:
answers within the limits, which the engine writes itself.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, Literal
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from hpkg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["write_rows"]

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Row = tuple[_Term | None, ...]
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_RESULTS: Final = "http://www.w3.org/2005/sparql-results#"


def write_rows(
    names: Sequence[str], rows: Iterable[_Row], form: str, max_rows: int, max_bytes: int
) -> tuple[bytes, Literal["rows", "bytes"] | None]:
    r"""Return a whole document of the format `form` with the first rows, and the limit that cut the others off.

    >>> row = (ox.NamedNode("urn:a"), None)
    >>> write_rows(["s", "o"], [row, row], "tsv", 1, 1000)
    (b'?s\t?o\n<urn:a>\t\n', 'rows')
    """
    head, written, between, tail = _PARTS[form](names)
    parts = [head.encode()]
    size = len(parts[0])
    cut: Literal["rows", "bytes"] | None = None
    for count, row in enumerate(rows):
        line = ((between if count else "") + written(row)).encode()
        if count == max_rows or size + len(line) > max_bytes:
            cut = "rows" if count == max_rows else "bytes"
            break
        parts.append(line)
        size += len(line)
    parts.append(tail(cut).encode())
    return b"".join(parts), cut


_Parts = tuple[str, "Callable[[_Row], str]", str, "Callable[[str | None], str]"]


def _json(names: Sequence[str]) -> _Parts:
    keys = [f"{json.dumps(name)}:" for name in names]

    def row(terms: _Row) -> str:
        told = (key + _json_term(term) for key, term in zip(keys, terms, strict=True) if term is not None)
        return "{" + ",".join(told) + "}"

    def tail(cut: str | None) -> str:
        return "]}" + (f',"truncated":{{"limit":"{cut}"}}' if cut else "") + "}"

    return f'{{"head":{{"vars":{json.dumps(list(names))}}},"results":{{"bindings":[', row, ",", tail


def _json_term(term: _Term) -> str:
    if isinstance(term, ox.NamedNode):
        return json.dumps({"type": "uri", "value": term.value})
    if isinstance(term, ox.BlankNode):
        return json.dumps({"type": "bnode", "value": term.value})
    literal = _literal(term)
    told = {"type": "literal", "value": literal.value}
    if literal.language:
        told["xml:lang"] = literal.language
    elif literal.datatype.value != _STRING:
        told["datatype"] = literal.datatype.value
    return json.dumps(told, ensure_ascii=False)


def _xml(names: Sequence[str]) -> _Parts:
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    openings = [f"<binding name={quoteattr(name)}>" for name in names]

    def row(terms: _Row) -> str:
        told = (
            f"{opening}{_xml_term(term)}</binding>"
            for opening, term in zip(openings, terms, strict=True)
            if term is not None
        )
        return f"<result>{''.join(told)}</result>"

    def tail(cut: str | None) -> str:
        return f"</results></sparql>{f'<!-- truncated: limit of {cut} -->' if cut else ''}"

    return f'<?xml version="1.0"?><sparql xmlns="{_RESULTS}"><head>{variables}</head><results>', row, "", tail


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
    def row(terms: _Row) -> str:
        return ",".join(_csv_term(term) for term in terms) + "\r\n"

    return ",".join(names) + "\r\n", row, "", lambda _cut: ""


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
    def row(terms: _Row) -> str:
        # A term prints as SPARQL writes it, with line breaks and tabs escaped.
        return "\t".join("" if term is None else str(term).replace("\t", "\\t") for term in terms) + "\n"

    return "\t".join(f"?{name}" for name in names) + "\n", row, "", lambda _cut: ""


def _literal(term: _Term) -> ox.Literal:
    if not isinstance(term, ox.Literal):
        raise StoreError("engine-failed", reason="RDF 1.2 triple terms are not part of the data model")
    return term


_PARTS: Final[dict[str, Callable[[Sequence[str]], _Parts]]] = {"json": _json, "xml": _xml, "csv": _csv, "tsv": _tsv}
