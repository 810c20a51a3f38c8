"""Typed tables and the files that hold them: CSV, XLSX, Parquet.

A cell is text, a link, a whole number, a decimal, a boolean, a date, a list of texts or a list of records; None is
empty. CSV and XLSX hold lists as JSON; Parquet holds them as lists. The same tables give the same bytes. Not for: what
stands in a table.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from hpkg.errors import CallerError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

__all__ = ["Column", "ColumnKind", "Table", "to_csv", "to_parquet", "to_xlsx"]

ColumnKind = Literal["text", "link", "integer", "decimal", "boolean", "date", "texts", "records"]

_PRECISION, _SCALE = 38, 9
"""Digits of a Parquet decimal, and how many of them stand after the point."""
_LONGEST_CELL: Final = 32_767
"""Characters that a cell of a spreadsheet holds."""
_LONGEST_LINK: Final = 2_079
"""Characters of a link that a spreadsheet follows; a longer one is written as text."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What begins a formula in a spreadsheet."""
_DATE: Final = "yyyy-mm-dd"
_WIDEST: Final = 60
_LEAST_WIDTH: Final = 10
_NO_TIME: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The time of making that a workbook states: the same tables are to give the same bytes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; those of the kind `records` have columns of their own."""

    name: str
    kind: ColumnKind
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]


def to_csv(table: Table, delimiter: str = ",", *, excel: bool = False) -> bytes:
    """Return `table` as CSV in UTF-8: one heading line of column names, lists as JSON.

    With `excel`, a byte order mark tells the encoding, and an apostrophe stands before a text that a spreadsheet would
    take for a formula (https://owasp.org/www-community/attacks/CSV_Injection); numbers stay as they are.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    cell = _guarded if excel else _plain
    writer.writerow(cell(column.name) for column in table.columns)
    writer.writerows([cell(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig" if excel else "utf-8")


def to_xlsx(tables: Sequence[Table]) -> bytes:
    """Return a workbook with a sheet a table: numbers as numbers, text never as a formula, the heading frozen.

    Raises:
        CallerError: A cell is longer than a spreadsheet can hold.
    """
    import xlsxwriter  # noqa: PLC0415 - slow to load, and for this format alone

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": _NO_TIME})
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": _DATE})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(table.columns):
                sheet.write_string(0, at, column.name, bold)
                sheet.set_column(at, at, _width(column, [row[at] for row in table.rows]))
            for line, row in enumerate(table.rows, 1):
                for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(line, at, value, day)
                    elif column.kind == "link" and value is not None and len(str(value)) <= _LONGEST_LINK:
                        sheet.write_url(line, at, str(value))
                    else:
                        _write_cell(sheet, (line, at), value, f"{table.name}.{column.name}")
            if table.rows:
                sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    return out.getvalue()


def to_parquet(table: Table, notes: Mapping[str, str] | None = None) -> bytes:
    """Return `table` as Parquet: decimals with nine places, lists as lists, `notes` as metadata of the file.

    Raises:
        CallerError: pyarrow is not installed; it comes with `hpkg[parquet]`.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an optional extra, and slow to load
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError as cause:
        raise CallerError("pyarrow-missing") from cause

    schema = pa.schema([(column.name, _arrow_type(pa, column)) for column in table.columns], metadata=notes)
    columns = [pa.array([row[at] for row in table.rows], type=field.type) for at, field in enumerate(schema)]
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_arrays(columns, schema=schema), out)
    return out.getvalue()


def _plain(value: object) -> str:
    """Return a cell as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str | int | dt.date):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _guarded(value: object) -> str:
    """Return a cell as text that no spreadsheet takes for a formula."""
    said = _plain(value)
    return f"'{said}" if isinstance(value, str) and said.startswith(_FORMULA) else said


def _write_cell(sheet: Any, at: tuple[int, int], value: object, where: str) -> None:  # noqa: ANN401 - untyped library
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int | Decimal):
        sheet.write_number(*at, value)
    else:
        said = _plain(value)
        if len(said) > _LONGEST_CELL:
            raise CallerError("cell-too-long", where=f"{where}, {at[0] + 1}", length=len(said), longest=_LONGEST_CELL)
        sheet.write_string(*at, said)


def _width(column: Column, values: Sequence[object]) -> int:
    """Return the width of a column in characters: wide enough for nearly all, never wider than a screen bears."""
    lengths = sorted(len(_plain(value)) for value in values)
    usual = lengths[int(len(lengths) * 0.9)] if lengths else 0
    return max(_LEAST_WIDTH, len(column.name) + 2, min(usual + 1, _WIDEST))


def _arrow_type(pa: Any, column: Column) -> pa.DataType:  # noqa: ANN401 - the module, loaded by the caller
    if column.kind == "records":
        return pa.list_(pa.struct([(inner.name, _arrow_type(pa, inner)) for inner in column.columns]))
    return {
        "text": pa.string(),
        "link": pa.string(),
        "date": pa.date32(),
        "integer": pa.int64(),
        "decimal": pa.decimal128(_PRECISION, _SCALE),
        "boolean": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }[column.kind]
