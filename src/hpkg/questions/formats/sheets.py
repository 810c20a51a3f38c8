"""An answer as a workbook and as Parquet.

The workbook has three sheets: the rows, the passages they stand on, and what was asked of which graph. Not for: how
such files are written (`hpkg.tables`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from hpkg.messages import text
from hpkg.namespaces import BASE
from hpkg.questions.formats.plain import table_of
from hpkg.questions.formats.reading import about, ground, heading, remarks, summary
from hpkg.questions.question import INFERENCE
from hpkg.questions.quotation import is_evidence
from hpkg.tables import Column, Table, to_parquet, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.questions import question
    from hpkg.questions.answer import Answer
    from hpkg.questions.question import ColumnType
    from hpkg.tables import ColumnKind

__all__ = ["as_parquet", "as_xlsx"]

_KINDS: Final[dict[ColumnType, ColumnKind]] = {
    "text": "text",
    "iri": "link",
    "integer": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "date": "date",
}


def as_xlsx(answer: Answer) -> bytes:
    """Return `answer` as a workbook: numbers are numbers, a heading names the unit, evidence has a sheet of its own.

    Raises:
        CallerError: A text is longer than a cell can hold.
    """
    return to_xlsx([_rows(answer), _evidence(answer), _about(answer)])


def as_parquet(answer: Answer) -> bytes:
    """Return the rows of `answer` as Parquet, with question, parameters, graph and completeness as metadata.

    Raises:
        CallerError: pyarrow is not installed; it comes with `hpkg[parquet]`.
    """
    notes = {
        "hpkg.question": answer.question,
        "hpkg.parameters": json.dumps(dict(answer.parameters), ensure_ascii=False),
        "hpkg.dataset": answer.dataset,
        "hpkg.state": answer.state,
        "hpkg.units": json.dumps({c.name: answer.unit_of(c) for c in answer.columns if c.unit}, ensure_ascii=False),
    }
    return to_parquet(table_of(answer), notes)


def _said(answer: Answer, key: str) -> str:
    return text(f"answer.{key}", answer.language)


def _rows(answer: Answer) -> Table:
    """Return the sheet of the rows: names before IRIs, without evidence."""
    places = [
        at for at, c in enumerate(answer.columns) if not (answer.question and is_evidence(c.name)) and c != INFERENCE
    ]
    places.sort(key=lambda at: answer.columns[at].type == "iri")
    columns = [Column(_headed(answer, answer.columns[at]), _KINDS[answer.columns[at].type]) for at in places]
    rows = [[at + 1, *(row[place] for place in places)] for at, row in enumerate(answer.rows)]
    if answer.inferred:
        columns.append(Column(_said(answer, "by-inference"), "text"))
        for at, row in enumerate(rows):
            row.append(ground(answer, at) or None)
    return Table(_said(answer, "sheet-rows"), (Column(_said(answer, "row"), "integer"), *columns), rows)


def _headed(answer: Answer, column: question.Column) -> str:
    """Return the heading of a column: with its unit, or the column to look in where each row has its own."""
    units = {other.name: other.label.in_(answer.language) for other in answer.columns}
    if column.unit in units and answer.unit_of(column) is None:
        by_row = text("answer.unit-by-row", answer.language, column=units[column.unit])
        return f"{heading(answer, column)} ({by_row})"
    return heading(answer, column)


def _evidence(answer: Answer) -> Table:
    """Return the sheet of the passages: one line each, with the number of the row that stands on it."""
    heads: tuple[tuple[str, ColumnKind], ...] = (
        ("row", "integer"),
        ("about", "text"),
        ("quote", "text"),
        ("sentence", "text"),
        ("section", "text"),
        ("start", "integer"),
        ("end", "integer"),
        ("passage", "link"),
    )
    rows = [
        (
            at,
            about(answer, one) or None,
            one.quote or None,
            one.sentence or None,
            one.section or None,
            one.start,
            one.end,
            one.passage or None,
        )
        for at, row in enumerate(answer, 1)
        for one in row.evidence
    ]
    return Table(
        _said(answer, "evidence"), tuple(Column(_said(answer, f"evidence-{name}"), kind) for name, kind in heads), rows
    )


def _about(answer: Answer) -> Table:
    """Return the sheet that says what was asked, of which graph, and how far the rows can be trusted."""
    columns = (Column(_said(answer, "about-what"), "text"), Column(_said(answer, "about-value"), "text"))
    return Table(_said(answer, "sheet-about"), columns, list(_told(answer)))


def _told(answer: Answer) -> Iterator[tuple[str, str]]:
    yield _said(answer, "about-question"), answer.title or "SPARQL"
    if answer.question:
        yield "IRI", f"{BASE}query/{answer.question}"
    for name, value in answer.parameters:
        yield f"{_said(answer, 'about-parameter')} {name}", value
    yield _said(answer, "about-dataset"), answer.dataset
    yield _said(answer, "about-state"), summary(answer)
    for remark in ([answer.note] if answer.note else []) + remarks(answer):
        yield _said(answer, "about-remark"), remark
    for omission in answer.omissions:
        yield text("answer.omission", answer.language, label=omission.label), omission.quote
