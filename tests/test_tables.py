"""Typed tables keep their types in CSV, XLSX and Parquet, as other readers of those formats see them."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from hpkg.errors import CallerError
from hpkg.tables import Column, Table, to_csv, to_parquet, to_xlsx

_TABLE = Table(
    "figure",
    (
        Column("label", "text"),
        Column("count", "integer"),
        Column("value", "decimal"),
        Column("met", "boolean"),
        Column("names", "texts"),
        Column("mentions", "records", (Column("start", "integer"), Column("text", "text"))),
    ),
    [
        ("Thu, nội địa", 3, Decimal("89490.478"), True, ["một", "hai"], [{"start": 4, "text": "ở đây"}]),
        ("=1+1", None, None, False, [], []),
    ],
)


def test_a_csv_has_a_heading_and_quotes_what_needs_it() -> None:
    """Lists are JSON, None is empty, a decimal keeps its digits."""
    frame = pd.read_csv(io.BytesIO(to_csv(_TABLE)), dtype=str, keep_default_na=False)
    assert list(frame.columns) == [column.name for column in _TABLE.columns]
    assert list(frame["label"]) == ["Thu, nội địa", "=1+1"]
    assert list(frame["value"]) == ["89490.478", ""]
    assert json.loads(frame["mentions"][0]) == [{"start": 4, "text": "ở đây"}]


def test_a_workbook_has_typed_cells_and_no_formulas() -> None:
    """A number is a number, and text that begins with = stays text."""
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([_TABLE])))["figure"]
    heading, first, second = sheet.iter_rows()
    assert [cell.value for cell in heading] == [column.name for column in _TABLE.columns]
    assert [cell.value for cell in first[:4]] == ["Thu, nội địa", 3, 89490.478, True]
    assert (second[0].value, second[0].data_type) == ("=1+1", "s")
    assert second[1].value is None
    assert sheet.freeze_panes == "A2"


def test_a_workbook_refuses_a_text_that_no_cell_holds() -> None:
    """The error names the table and the row of the sheet, and nothing is cut."""
    long = Table("figure", (Column("label", "text"),), [("a",), ("b" * 40_000,)])
    with pytest.raises(CallerError, match=r"figure\.label, 3"):
        to_xlsx([long])


def test_parquet_keeps_decimals_and_lists() -> None:
    """Another tool reads lists as lists and decimals without loss."""
    table = pq.read_table(io.BytesIO(to_parquet(_TABLE)))
    assert table.column("value").to_pylist() == [Decimal("89490.478"), None]
    assert table.column("names").to_pylist() == [["một", "hai"], []]
    assert table.column("mentions").to_pylist() == [[{"start": 4, "text": "ở đây"}], []]
    assert [str(field.type) for field in table.schema][1:4] == ["int64", "decimal128(38, 9)", "bool"]


@pytest.mark.parametrize("write", [to_csv, to_parquet, lambda table: to_xlsx([table])])
def test_the_same_table_gives_the_same_bytes(write) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """No time or order of this run is in the file."""
    assert write(_TABLE) == write(_TABLE)
