"""One report as a calendar, a workbook, a data cube, a plan, CSV with metadata, Parquet."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from lxml import etree

from hpkg.cli import run
from hpkg.errors import CallerError
from hpkg.export.documents import DOCUMENTS, document
from hpkg.export.documents.deadlines import folded
from hpkg.export.documents.reading import Days, Reading
from hpkg.export.documents.sheets import SHEETS, sheets

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.home import Home
    from hpkg.store.embedded import EmbeddedStore

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DEADLINES = "SELECT DISTINCT ?task { ?task hp:deadline ?period } ORDER BY ?task"


def unfolded(content: bytes) -> list[str]:
    """Return the content lines of a calendar as RFC 5545 joins them."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_every_task_with_a_deadline_is_one_event(sample_store: EmbeddedStore) -> None:
    """The UIDs are the tasks, each event is a whole day, and its stamp is the day of the report, not of today."""
    lines = unfolded(document(sample_store, None, "ical", "vi")[""])
    tasks = [str(row["task"]) for row in sample_store.select(DEADLINES)]
    assert tasks
    assert [line.removeprefix("UID:") for line in lines if line.startswith("UID:")] == tasks
    assert {line for line in lines if line.startswith("DTSTAMP")} == {"DTSTAMP:20201218T000000Z"}
    starts = [line.partition(":")[2] for line in lines if line.startswith("DTSTART;VALUE=DATE:")]
    ends = [line.partition(":")[2] for line in lines if line.startswith("DTEND;VALUE=DATE:")]
    day = dt.timedelta(days=1)
    assert [dt.date.fromisoformat(start) + day for start in starts] == [dt.date.fromisoformat(end) for end in ends]
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_an_event_quotes_its_evidence_escaped(sample_store: EmbeddedStore) -> None:
    """The description holds every passage of the task, with commas and semicolons escaped."""
    report = Reading.of(sample_store, "402/BC-UBND", "en")
    lines = unfolded(document(sample_store, "402/BC-UBND", "ical", "en")[""])
    told = dict(
        zip(
            (line[4:] for line in lines if line.startswith("UID:")),
            (line for line in lines if line.startswith("DESCRIPTION:")),
            strict=True,
        )
    )
    quotes = report.quotes()
    for task, said in told.items():
        assert quotes[task]
        for quote in quotes[task]:
            escaped = quote["quote"].replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
            assert escaped in said


def test_no_line_of_a_calendar_is_longer_than_75_octets(sample_store: EmbeddedStore) -> None:
    """Lines are cut by octets and between characters, so that each physical line is UTF-8 of its own."""
    for line in document(sample_store, None, "ical", "vi")[""].split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode() is not None
    assert folded("X:" + "ế" * 100).replace("\r\n ", "") == "X:" + "ế" * 100 + "\r\n"


@pytest.mark.parametrize(
    ("years", "iso", "first", "last"),
    [
        ((2021, 2025), None, "2021-01-01", "2025-12-31"),
        ((2024, 2024), "2024-02", "2024-02-01", "2024-02-29"),
        ((2023, 2023), "2023-01/2023-03", "2023-01-01", "2023-03-31"),
        ((2021, 2021), "2021-06-30", "2021-06-30", "2021-06-30"),
    ],
)
def test_a_period_ends_on_its_last_day(years: tuple[int, int], iso: str | None, first: str, last: str) -> None:
    """Years, months, spans of months and days have the days that ISO 8601 gives them."""
    assert Days.of(*years, iso) == Days(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_a_workbook_has_a_sheet_a_kind_and_typed_cells(sample_store: EmbeddedStore) -> None:
    """Sheets and headings are in the language asked for; figures are numbers, not texts."""
    book = ZipFile(BytesIO(document(sample_store, None, "workbook", "vi")[""]))
    names = [sheet.get("name") for sheet in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]
    assert names == ["Chỉ tiêu", "Số liệu", "Nhiệm vụ", "Dự án", "Văn bản", "Dẫn chứng"]
    indicators = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    numbers = [
        cell for cell in indicators.iter(f"{SHEET}c") if cell.get("t") is None and cell.find(f"{SHEET}v") is not None
    ]
    assert numbers
    assert document(sample_store, None, "workbook", "en")[""] != document(sample_store, None, "workbook", "vi")[""]


def test_the_tables_hold_what_the_graph_holds(sample_store: EmbeddedStore) -> None:
    """Each measurement, project and document of the report has its row, and a target stands beside its result."""
    report = Reading.of(sample_store, None, "en")
    held = {sheet.key: [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows] for sheet in sheets(report)}
    assert list(held) == list(SHEETS)
    for key, kind in (("projects", "Project"), ("documents", "LegalDocument")):
        found = sample_store.select(f"SELECT DISTINCT ?it {{ ?it a hp:{kind} ; hp:evidence ?passage }}")
        assert {row["address"] for row in held[key]} >= {str(row["it"]) for row in found}
    pairs = [row for row in held["indicators"] if row["result-value"] is not None and row["target-value"] is not None]
    assert pairs
    for row in pairs:
        assert {row["result-address"], row["target-address"]} <= {one["address"] for one in held["measurements"]}


@pytest.mark.parametrize("form", DOCUMENTS)
def test_the_same_report_gives_the_same_bytes(sample_store: EmbeddedStore, form: str) -> None:
    """A document depends on the graph alone."""
    assert document(sample_store, None, form, "vi") == document(sample_store, None, form, "vi")


def test_of_several_reports_one_is_chosen(two_reports: EmbeddedStore) -> None:
    """A graph with several reports does not guess which is meant."""
    with pytest.raises(CallerError, match="report"):
        document(two_reports, None, "ical", "vi")


def test_the_command_writes_a_document(
    sample_home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--format ical --report` writes the calendar to the file, and says so beside it."""
    monkeypatch.setenv("HPKG_HOME", str(sample_home.root))
    path = tmp_path / "deadlines.ics"
    assert run(["export", "--format", "ical", "--report", "402/BC-UBND", "--lang", "vi", "-o", str(path)]) == 0
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert "ical" in capsys.readouterr().err
