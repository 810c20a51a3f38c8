"""Dates and periods of official Vietnamese: ISO values, units, roles, and what is no date."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpkg.grammar.date import DateToken, find_dates


def only(text: str, year: int | None = None) -> DateToken:
    """Return the single date of `text`."""
    (token,) = find_dates(text, year)
    return token


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("Ngày 18/12/2020, Ủy ban", "Ngày 18/12/2020", "2020-12-18", "day"),
        ("(24-1-2019)", "24-1-2019", "2019-01-24", "day"),
        ("24.1.2019", "24.1.2019", "2019-01-24", "day"),
        ("ngày 08 tháng 12 năm 2017", "ngày 08 tháng 12 năm 2017", "2017-12-08", "day"),
        ("Hà Nội, ngày 22\ntháng 11 năm 2025", "ngày 22\ntháng 11 năm 2025", "2025-11-22", "day"),
        ("19 tháng 02 năm 2025", "19 tháng 02 năm 2025", "2025-02-19", "day"),
        ("2025-11-22 |", "2025-11-22", "2025-11-22", "day"),
        ("ngày 29/02/2020", "ngày 29/02/2020", "2020-02-29", "day"),
        ("ngày 30-31/12/2020", "ngày 30-31/12/2020", "2020-12-30/2020-12-31", "day"),
        ("01/01 đến 30/9/2020", "01/01 đến 30/9/2020", "2020-01-01/2020-09-30", "day"),
        ("tháng 7/2020", "tháng 7/2020", "2020-07", "month"),
        ("tháng 12 năm 2025", "tháng 12 năm 2025", "2025-12", "month"),
        ("6 tháng đầu năm 2021", "6 tháng đầu năm 2021", "2021-01/2021-06", "month"),
        ("02\ntháng cuối năm 2025", "02\ntháng cuối năm 2025", "2025-11/2025-12", "month"),
        ("9 tháng năm 2020", "9 tháng năm 2020", "2020-01/2020-09", "month"),
        ("10 tháng 2025", "10 tháng 2025", "2025-01/2025-10", "month"),
        ("quý I/2023", "quý I/2023", "2023-01/2023-03", "quarter"),
        ("Quý IV năm 2026", "Quý IV năm 2026", "2026-10/2026-12", "quarter"),
        ("quí 2 năm 2010", "quí 2 năm 2010", "2010-04/2010-06", "quarter"),
        ("năm 2021 có ý nghĩa", "năm 2021", "2021", "year"),
        ("NĂM 2020", "NĂM 2020", "2020", "year"),
        ("năm2020", "năm2020", "2020", "year"),
        ("giai đoạn 2021-2025", "giai đoạn 2021-2025", "2021/2025", "year"),
        ("thời kỳ 2021 – 2030", "thời kỳ 2021 – 2030", "2021/2030", "year"),
        ("nhiệm kỳ 2021-2026”", "nhiệm kỳ 2021-2026", "2021/2026", "year"),
        ("năm học 2020-2021", "năm học 2020-2021", "2020/2021", "year"),
        ("02 năm 2021-2022", "02 năm 2021-2022", "2021/2022", "year"),
        ("03 năm giai đoạn 2022-2024", "03 năm giai đoạn 2022-2024", "2022/2024", "year"),
        ("năm 2021 đến năm 2025", "năm 2021 đến năm 2025", "2021/2025", "year"),
        ("giai đoạn từ năm 2021 đến 2025", "giai đoạn từ năm 2021 đến 2025", "2021/2025", "year"),
    ],
)
def test_a_date_is_read(text: str, printed: str, value: str, unit: str, form: str) -> None:
    """The value is ISO 8601 and the token is its span of the text, with the words that belong to it."""
    given_text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    token = only(given_text)
    assert (token.value, token.unit) == (value, unit)
    assert given_text[token.start : token.end] == token.text
    assert unicodedata.normalize("NFC", token.text) == printed


@pytest.mark.parametrize(
    "text",
    [
        "ngày 31/02/2020",
        "29/02/2021",
        "ngày 31 tháng 4 năm 2020",
        "tháng 13/2020",
        "quý V/2023",
        "45/12/2020",
        "402/BC-UBND",
        "15/2020/NQ-HĐND",
        "57/2014/QH13",
        "số 12/2020",
        "đạt 2020, tăng",
        "2020 hộ nghèo",
        "2.020 hộ",
        "2020,5 tỷ",
        "11/18 chỉ tiêu",
        "giai đoạn 3",
        "3 tháng trở lên",
        "năm trước",
        "5 năm",
        "quý khách",
        "14:20",
    ],
)
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    """Impossible days, numbers of documents, counts and lengths of time are no dates."""
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "role", "is_deadline"),
    [
        ("so với năm 2020", "point", False),
        ("trong nám 2020", "within", False),
        ("vào năm 2025", "within", False),
        ("tầm nhìn đến năm 2050", "until", True),
        ("đến hết năm 2021", "until", True),
        ("đến cuối năm 2021", "until", True),
        ("tính đến hết ngày 31/10/2025", "point", False),
        ("trước ngày 30/3/2010", "before", True),
        ("hoàn thành xong trước năm 2025", "before", True),
        ("đến trước ngày 30/3/2010", "before", True),
        ("chậm nhất là ngày 15/6/2021", "before", True),
        ("từ cuối năm 2008", "from", False),
        ("kể từ ngày 01/7/2025", "from", False),
        ("định hướng sau năm 2030", "after", False),
        ("nhà sau ngày 30/9/2018)", "after", False),
        ("trong giai đoạn 2021-2025", "span", False),
        ("từ năm 2021 đến năm 2025", "span", False),
        ("trước quý I/2023", "before", True),
    ],
)
def test_the_word_before_gives_the_role(text: str, role: str, *, is_deadline: bool) -> None:
    """The preposition says whether a time is an end, a start, a limit or simply when."""
    token = only(text)
    assert (token.role, token.is_deadline) == (role, is_deadline)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("(giá so sánh 2010) đạt", [("2010", True)]),
        ("Lễ hội Hoa Phượng Đỏ-Hải Phòng 2021; “Cuộc", [("2021", True)]),
        ("các năm 2009, 2010 và 2011 tăng", [("2009", False), ("2010", True), ("2011", True)]),
        ("năm 2010, 2100 hộ", [("2010", False)]),
        ("từ 7/2020", [("2020-07", True)]),
        ("2021-2025", [("2021/2025", False)]),
        ("năm 2021-2020", [("2021", False), ("2020", False)]),
    ],
)
def test_a_bare_year_needs_its_surroundings(text: str, values: list[tuple[str, bool]]) -> None:
    """Four digits without a word for year are one at the end of a phrase or in a list of years, and say so."""
    assert [(token.value, token.is_bare) for token in find_dates(text)] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("đến ngày 30/9", "2020-09-30"),
        ("ngày 19 tháng 5", "2020-05-19"),
        ("6 tháng đầu năm", "2020-01/2020-06"),
        ("trong tháng 12", "2020-12"),
        ("quý III", "2020-07/2020-09"),
        ("ngày 30/2", None),
    ],
)
def test_a_missing_year_is_the_one_given(text: str, value: str | None) -> None:
    """A time without its year is read only when the caller knows the year."""
    assert find_dates(text) == []
    assert [token.value for token in find_dates(text, 2020)] == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("nám 2020", "năm 2020"),
        ("NÁM 2020", "NĂM 2020"),
        ("ngảy 08 thảng 12 năm 2017", "ngày 08 tháng 12 năm 2017"),
        ("năm 2020", None),
        ("quí 2 năm 2010", None),
    ],
)
def test_a_slip_in_the_words_of_a_date_is_mended(text: str, mended: str | None) -> None:
    """A date is read through a slip of its own words; the mended form stands beside the printed one."""
    token = only(text)
    assert (token.text, token.mended) == (text, mended)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("năm 2020", "2020-01-01", "2020-12-31"),
        ("tháng 02/2020", "2020-02-01", "2020-02-29"),
        ("ngày 18/12/2020", "2020-12-18", "2020-12-18"),
        ("giai đoạn 2021-2025", "2021-01-01", "2025-12-31"),
        ("9 tháng năm 2020", "2020-01-01", "2020-09-30"),
    ],
)
def test_the_bounds_of_a_period_are_its_first_and_last_day(text: str, first: str, last: str) -> None:
    """Every value has a first and a last day, so that periods can be compared."""
    assert only(text).bounds == (date.fromisoformat(first), date.fromisoformat(last))


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    """Each day of three centuries is read from its three printed forms."""
    forms = (f"{day:%d/%m/%Y}", f"ngày {day.day}-{day.month}-{day.year}", f"ngày {day:%d tháng %m năm %Y}")
    assert [only(form).value for form in forms] == [day.isoformat()] * 3


@given(st.dates(date(1950, 1, 1), date(2099, 1, 1)), st.integers(1, 40))
def test_every_span_of_years_is_read_back(day: date, length: int) -> None:
    """A span of years keeps its ends, and its bounds are 1 January and 31 December."""
    last = day.year + length
    token = only(f"giai đoạn {day.year}-{last}")
    assert token.value == f"{day.year}/{last}"
    assert token.bounds[1] - date(last, 12, 31) == timedelta(0)


@given(st.text(alphabet=st.sampled_from("0123456789/-. ngàytháđnămquýI\n\u0301")), st.sampled_from([None, 2020]))
def test_any_text_can_be_read(text: str, year: int | None) -> None:
    """No text raises; tokens lie in order, apart, are what their offsets say, and their bounds are in order."""
    found = find_dates(text, year)
    assert all(text[token.start : token.end] == token.text and token.text for token in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(token.bounds[0] <= token.bounds[1] for token in found)


def test_hostile_text_takes_linear_work() -> None:
    """Long runs of the signs of dates give no date; many dates are read one by one."""
    size = 20_000
    assert [len(find_dates(sign * size, 2020)) for sign in ("1", "1/", "ngày ", "năm ", " ", "2020", "tháng ")] == [
        0
    ] * 7
    assert len(find_dates("ngày 1/1/2020; " * 2_000)) == 2_000
