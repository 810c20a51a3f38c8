"""An answer for programs: JSON, the results format of SPARQL 1.1 in JSON, CSV and TSV.

Not for: people; numbers are plain and columns have the names of the query.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD

from hpkg.questions.question import INFERENCE
from hpkg.tables import Column as TableColumn
from hpkg.tables import Table, to_csv

if TYPE_CHECKING:
    from rdflib.term import Node

    from hpkg.questions.answer import Answer, Value
    from hpkg.questions.question import Column, ColumnType
    from hpkg.tables import ColumnKind

__all__ = ["as_csv", "as_json", "as_sparql_json", "as_tsv", "table_of"]

_KINDS: Final[dict[ColumnType, ColumnKind]] = {
    "text": "text",
    "iri": "text",
    "integer": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "date": "date",
}


def table_of(answer: Answer) -> Table:
    """Return the rows of `answer` as a table with all columns under their names."""
    columns = tuple(TableColumn(column.name, _KINDS[column.type]) for column in answer.columns)
    return Table(answer.question or "answer", columns, answer.rows)


def as_csv(answer: Answer, *, excel: bool = False) -> bytes:
    """Return the rows as CSV in UTF-8 with one heading line of column names; None is an empty field."""
    return to_csv(table_of(answer), excel=excel)


def as_tsv(answer: Answer, *, excel: bool = False) -> bytes:
    """Return the rows as CSV is, with tabs between the fields."""
    return to_csv(table_of(answer), "\t", excel=excel)


def as_json(answer: Answer) -> bytes:
    """Return the whole answer as a JSON object, each row an object by column name."""
    said = {
        "question": answer.question,
        "title": answer.title,
        "language": answer.language,
        "parameters": dict(answer.parameters),
        "dataset": answer.dataset,
        "count": answer.count,
        "state": answer.state,
        "complete": answer.complete,
        "note": answer.note,
        "not_stated": answer.not_stated,
        "inferred": {"rows": answer.inferred, "grounds": dict(answer.grounds)},
        "gaps": [_fields(gap, "report", "report_name", "part", "part_name") for gap in answer.gaps],
        "omissions": [
            _fields(omission, "label", "kind", "announced", "quote", "section", "passage")
            for omission in answer.omissions
        ],
        "columns": [_described(column, answer) for column in answer.columns],
        "rows": answer.to_records(),
    }
    return (json.dumps(said, ensure_ascii=False, indent=2, default=_number_or_date) + "\n").encode()


def as_sparql_json(answer: Answer) -> bytes:
    """Return the rows as SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/).

    The terms are those of the graph, with language and datatype; the columns read off a passage come last.
    """
    names = [column.name for column in answer.columns]
    bindings = []
    for at, row in enumerate(answer.rows):
        terms = list(answer.terms[at]) if answer.terms else []
        terms += [
            _term(value, column) for value, column in zip(row[len(terms) :], answer.columns[len(terms) :], strict=True)
        ]
        bindings.append({name: _bound(term) for name, term in zip(names, terms, strict=True) if term is not None})
    said = {"head": {"vars": names}, "results": {"bindings": bindings}}
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _fields(thing: object, *names: str) -> dict[str, object]:
    return {name: getattr(thing, name) for name in names}


def _described(column: Column, answer: Answer) -> dict[str, object]:
    """Return what a program must know of a column; a unit that differs by row is the column that says it."""
    described: dict[str, object] = {
        "name": column.name,
        "type": column.type,
        "label": column.label.in_(answer.language),
    }
    if column.unit is not None:
        by_row = column.unit in {other.name for other in answer.columns}
        described["unit"] = {"column" if by_row else "key": column.unit, "label": answer.unit_of(column)}
    if column == INFERENCE:
        described["role"] = "inference"
    return described


def _number_or_date(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


_DATATYPES: Final[dict[ColumnType, URIRef]] = {
    "integer": XSD.integer,
    "decimal": XSD.decimal,
    "boolean": XSD.boolean,
    "date": XSD.date,
}


def _term(value: Value, column: Column) -> Node | None:
    """Return the RDF term of a value that was not read from the graph."""
    if value is None:
        return None
    if column.type == "iri":
        return URIRef(str(value))
    written = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return Literal(written.lower() if isinstance(value, bool) else written, datatype=_DATATYPES.get(column.type))


def _bound(term: Node) -> dict[str, str]:
    if isinstance(term, URIRef):
        return {"type": "uri", "value": str(term)}
    if isinstance(term, BNode):
        return {"type": "bnode", "value": str(term)}
    assert isinstance(term, Literal)
    bound = {"type": "literal", "value": str(term)}
    if term.language is not None:
        bound["xml:lang"] = term.language
    elif term.datatype is not None:
        bound["datatype"] = str(term.datatype)
    return bound
