"""Tables in a text: rows between bars and one cell a line; each number is of its row, its column and its unit."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Measurement, Unread

Read = list[tuple[str, str, str, str, str | None]]

_BARS = """\
| TT | Chỉ tiêu | Đơn vị | TH 2019 | KH 2020 | TH 2020 | KH 2021 |
|---|---|---|---|---|---|---|
| 1 | Kim ngạch xuất khẩu | tỷ USD | 14,2 | 15,5 | 16,5 | 18 |
| 2 | Tỷ lệ hộ nghèo | % | 0,7 | 0,6 | 0,5 | 0,3 |"""


def _read(said: str) -> Read:
    return [
        (str(fact.value), fact.unit, fact.kind, fact.period, fact.indicator_label)
        for fact in read_passage(said).facts(Measurement)
    ]


def test_a_column_dates_its_numbers_and_says_what_was_planned() -> None:
    """The head tells year and plan; a plan for the year to come is a target, the number of a row no quantity."""
    exports, poor = "Kim ngạch xuất khẩu", "Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều"
    assert _read(_BARS) == [
        ("14.2", "USD-billion", "result", "2019", exports),
        ("15.5", "USD-billion", "plan", "2020", exports),
        ("16.5", "USD-billion", "result", "2020", exports),
        ("18", "USD-billion", "target", "2021", exports),
        ("0.7", "percent", "result", "2019", poor),
        ("0.6", "percent", "plan", "2020", poor),
        ("0.5", "percent", "result", "2020", poor),
        ("0.3", "percent", "target", "2021", poor),
    ]
    assert read_passage(_BARS).facts(Unread) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "Chỉ tiêu/Đơn vị/Năm 2019/Năm 2020/Kim ngạch xuất khẩu/tỷ USD/14,2/16,5/Khách du lịch/triệu lượt/9,1/7,5",
            [
                ("14.2", "USD-billion", "result", "2019", "Kim ngạch xuất khẩu"),
                ("16.5", "USD-billion", "result", "2020", "Kim ngạch xuất khẩu"),
                ("9.1", "visit-million", "result", "2019", "Số lượt khách du lịch"),
                ("7.5", "visit-million", "result", "2020", "Số lượt khách du lịch"),
            ],
        ),
        (
            "TT/Chỉ tiêu/Năm 2019/Năm 2020/1/Kim ngạch xuất khẩu (tỷ USD)/14,2/16,5/2/Tỷ lệ hộ nghèo (%)/0,7/0,5",
            [
                ("14.2", "USD-billion", "result", "2019", "Kim ngạch xuất khẩu"),
                ("16.5", "USD-billion", "result", "2020", "Kim ngạch xuất khẩu"),
                ("0.7", "percent", "result", "2019", "Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều"),
                ("0.5", "percent", "result", "2020", "Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều"),
            ],
        ),
    ],
)
def test_a_table_of_one_cell_a_line_is_read_by_rows(lines: str, expected: Read) -> None:
    """Label, unit and as many numbers as there are dated columns; the unit may stand in the brackets of the label."""
    assert _read("\n\n".join(lines.split("/"))) == expected


def test_a_label_without_a_unit_tells_what_its_numbers_count() -> None:
    """Where no cell and no bracket gives a unit, the thing that the label counts does."""
    said = "Chỉ tiêu\n\nNăm 2019\n\nNăm 2020\n\nSố doanh nghiệp thành lập mới\n\n3.100\n\n2.890"
    assert [(value, unit, period) for value, unit, _, period, _ in _read(said)] == [
        ("3100", "enterprise", "2019"),
        ("2890", "enterprise", "2020"),
    ]


def test_lines_without_a_dated_head_are_no_table() -> None:
    """Numbers alone on their lines stay unread where nothing says what they are."""
    said = "Các mục sau\n\nHạng mục phụ\n\n14,2\n\n16,5"
    assert [fact.text for fact in read_passage(said).facts(Unread)] == ["14,2", "16,5"]


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD[1], thu nội địa đạt 28.500 tỷ đồng[12].", ["16.5", "28500"]),
        ("Kết quả nêu tại Biểu số 1. Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD (Bảng 2).", ["16.5"]),
    ],
)
def test_numbers_of_notes_and_tables_count_nothing(said: str, values: list[str]) -> None:
    """The mark of a note at the foot of a page, and the number of a table, are names, and none of them is unread."""
    assert [value for value, *_ in _read(said)] == values
    assert read_passage(said).facts(Unread) == []
