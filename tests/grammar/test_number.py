"""Numbers of official Vietnamese: values, ranges, fractions, words, and what is no number."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpkg.errors import SourceError
from hpkg.grammar.number import NumberToken, find_numbers, parse_number, render


def only(text: str) -> NumberToken:
    """Return the single number of `text`."""
    (token,) = find_numbers(text)
    return token


@pytest.mark.parametrize(
    ("text", "printed", "kind", "values", "decimals"),
    [
        ("đạt 84.199,2 tỷ đồng", "84.199,2", "decimal", ["84199.2"], 1),
        ("89.490,478 tỷ đồng", "89.490,478", "decimal", ["89490.478"], 3),
        ("1.260,500 tỷ đồng.", "1.260,500", "decimal", ["1260.500"], 3),
        ("172.250 tỷ", "172.250", "integer", ["172250"], 0),
        ("204 nghìn tỷ", "204", "integer", ["204"], 0),
        ("tại 08 xã", "08", "integer", ["8"], 0),
        ("và 09km qua", "09", "integer", ["9"], 0),
        ("GRDPđạt41%.", "41", "integer", ["41"], 0),
        ("bệnh việntăng5,2%", "5,2", "decimal", ["5.2"], 1),
        ("đạt 5,5m²/người", "5,5", "decimal", ["5.5"], 1),
        ("15m2 sàn", "15", "integer", ["15"], 0),
        ("50MW điện", "50", "integer", ["50"], 0),
        ("tăng 3,09 %", "3,09", "decimal", ["3.09"], 2),
        ("(dự kiến tăng khoảng 2-3%)", "2-3", "range", ["2", "3"], 0),
        ("thu hút 2,5-3,0 tỷ USD", "2,5-3,0", "range", ["2.5", "3.0"], 1),
        ("từ 5-7 tiêu chí", "5-7", "range", ["5", "7"], 0),
        ("từ 01 đến 02 KCN", "01 đến 02", "range", ["1", "2"], 0),
        ("khoảng 19%-20%", "19%-20", "range", ["19", "20"], 0),
        ("12,7% đến 13%", "12,7% đến 13", "range", ["12.7", "13"], 1),
        ("120 – 130 triệu", "120 – 130", "range", ["120", "130"], 0),
        ("4,2 -> 4,7 triệu", "4,2 -> 4,7", "range", ["4.2", "4.7"], 1),
        ("60-\n70% ấp", "60-\n70", "range", ["60", "70"], 0),
        ("13-13,5% / năm", "13-13,5", "range", ["13", "13.5"], 1),
        ("Có 11/18 chỉ tiêu", "11/18", "fraction", ["11", "18"], 0),
        ("Có 07/18 chỉ tiêu", "07/18", "fraction", ["7", "18"], 0),
        ("tăng trưởng -2,5% so", "-2,5", "decimal", ["-2.5"], 1),
        ("tăng (−3%)", "−3", "integer", ["-3"], 0),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_printed_number_is_read(  # noqa: PLR0913, PLR0917 - one column each
    text: str, printed: str, kind: str, values: list[str], decimals: int, form: str
) -> None:
    """Value, ends, kind and decimals are those printed; the token is its span of the text."""
    given_text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    token = only(given_text)
    assert (token.kind, [str(value) for value in token.values], token.decimals) == (kind, values, decimals)
    assert unicodedata.normalize("NFC", token.text) == printed
    assert given_text[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("text", "value", "ambiguous", "dotted"),
    [
        ("104,267 tấn", "104.267", True, False),
        ("1.104,267 tấn", "1104.267", False, False),
        ("0,125 ha", "0.125", False, False),
        ("1,234,567 tấn", "1234567", True, False),
        ("1,234.5 tấn", "1234.5", True, True),
        ("công nghiệp 4.0", "4.0", False, True),
        ("0.123 ha", "0.123", False, True),
    ],
)
def test_a_doubtful_grouping_says_so(text: str, value: str, *, ambiguous: bool, dotted: bool) -> None:
    """Three decimals that may be thousands, and foreign separators, are read by the rule and marked."""
    token = only(text)
    assert token.value == Decimal(value)
    assert (token.ambiguous_grouping, token.dot_decimal) == (ambiguous, dotted)


@pytest.mark.parametrize(
    "text",
    [
        "chung cư HH3",
        "dịch Covid-19",
        "công nghệ 5G",
        "Quốc lộ 1A",
        "đường CT.03",
        "mục 1.2.3",
        "ngày 31/02/2020",
        "tổng đài 0225-38-42",
        "km2, m², 10²",
        "một số dự án",
        "thứ hai, tháng ba, ngày một tăng",
        "Hai Bà Trưng",
        "một là, hai là",
        "năm nay",
        "đầu tư",
        "không còn hộ nghèo",
        "1.23,4",
        "3/0",
    ],
)
def test_digits_of_a_name_or_code_are_no_number(text: str) -> None:
    """What names, dates a day or numbers a chapter is not counted; nor is zero said in words."""
    assert find_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("từ 10 xuống 5-3", ["10", "5", "3"]),
        ("năm 2020, 15 dự án", ["2020", "15"]),
        ("11/18 - 12 chỉ tiêu", ["11/18", "12"]),
        ("dịch Covid -19", ["19"]),
        ("- 5 doanh nghiệp", ["5"]),
    ],
)
def test_two_numbers_are_no_range_without_reason(text: str, printed: list[str]) -> None:
    """Only ascending ends joined by a dash, an arrow or `đến` are a range; a dash before a count is no sign."""
    assert [token.text for token in find_numbers(text)] == printed


@pytest.mark.parametrize(
    ("text", "printed", "values"),
    [
        ("trên cả ba tiêu chí", "ba", [3]),
        ("Ba trụ cột", "Ba", [3]),
        ("hai mươi xã", "hai mươi", [20]),
        ("mười năm qua", "mười", [10]),
        ("mười lăm huyện", "mười lăm", [15]),
        ("hai mươi mốt chỉ tiêu", "hai mươi mốt", [21]),
        ("năm mươi hộ", "năm mươi", [50]),
        ("một trăm linh năm hộ", "một trăm linh năm", [105]),
        ("ba trăm hai mươi tư hộ", "ba trăm hai mươi tư", [324]),
        ("hai phần ba số xã", "hai phần ba", [2, 3]),
    ],
)
def test_a_number_in_words_is_read_and_marked(text: str, printed: str, values: list[int]) -> None:
    """Words that count are numbers too, marked, for `một` and `ba` are not always meant to count."""
    token = only(text)
    assert (token.text, [int(value) for value in token.values], token.in_words) == (printed, values, True)


def test_spans_read_by_another_grammar_are_left_out() -> None:
    """Numbers inside a date or a document number are skipped, and no range reaches across them."""
    text = "Nghị quyết 42/NQ-CP ngày 09/4/2020 hỗ trợ 120-130 tỷ đồng năm 2020 - 2021"
    skip = [(text.index("42"), text.index(" ngày")), (text.index("năm"), len(text)), (text.index("ngày"), 40)]
    assert [token.text for token in find_numbers(text, skip)] == ["120-130"]


def test_low_and_high_are_the_ends() -> None:
    """A range gives its ends and no single value; a number gives itself three times."""
    low, high = only("2,5-3,0"), only("7")
    assert (low.value, low.low, low.high) == (None, Decimal("2.5"), Decimal("3.0"))
    assert (high.value, high.low, high.high) == (Decimal(7), Decimal(7), Decimal(7))


@pytest.mark.parametrize("text", ["", "x", "1.2.3", "2-3", "11/18", "1 2", "²", "--5"])
def test_what_is_not_one_number_is_refused(text: str) -> None:
    """`parse_number` takes one number only, and says so in both languages."""
    with pytest.raises(SourceError) as caught:
        parse_number(text)
    assert caught.value.code == "number-malformed"
    assert "84.199,2" in caught.value.hint("en")
    assert "84.199,2" in caught.value.hint("vi")


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=3), st.integers(0, 6))
def test_a_rendered_number_is_read_back(value: Decimal, decimals: int) -> None:
    """Number, printed form and number again are equal to the decimals printed."""
    printed = render(value, decimals)
    assert parse_number(printed) == round(value, decimals)
    assert parse_number(render(value)) == value


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_a_rendered_number_is_found_whole(value: Decimal) -> None:
    """In a sentence the printed number is one token with its decimals."""
    token = only(f"đạt {render(value)} tỷ đồng.")
    assert (token.text, token.value, token.decimals) == (render(value), value, 2)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_rendered_range_is_found_whole(low: int, more: int) -> None:
    """Two ascending numbers joined by a dash are one range."""
    ends = (Decimal(low), Decimal(low + more))
    assert only(f"từ {render(ends[0])}-{render(ends[1])} hộ").values == ends


@given(st.text(alphabet=st.sampled_from("0123456789.,/-–% aAđH²٣\n\u0301một hai mươi")))
def test_any_text_can_be_read(text: str) -> None:
    """No text raises; tokens lie in order, apart, and are what their offsets say."""
    found = find_numbers(text)
    assert all(text[token.start : token.end] == token.text and token.text for token in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_hostile_text_takes_linear_work() -> None:
    """Endless digits and joints are no number, and many numbers are read one by one."""
    size = 50_000
    assert [len(find_numbers(sign * size)) for sign in ("1", "1.", "1,", "1/", "1-", "a", "hai")] == [0] * 7
    assert len(find_numbers("1 2-3 4,5; " * 5_000)) == 15_000
    assert len(find_numbers("hai " * 5_000)) == 5_000


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("thu đạt 1.\n234 tỷ đồng", "1.\n234", "1234"),
        ("thu đạt 1.\n234.567,8 triệu đồng", "1.\n234.567,8", "1234567.8"),
        ("tăng 12,\n5% so với năm trước", "12,\n5", "12.5"),
        ("tăng 12, 5% so với năm trước", "12, 5", "12.5"),
        ("đạt 5,\n7 triệu tấn", "5,\n7", "5.7"),
    ],
)
def test_a_number_goes_on_after_a_line_end(text: str, printed: str, value: str) -> None:
    """A line end, or a space before a part of per cent, may stand inside a number; its text is as printed."""
    (token,) = find_numbers(text)
    assert (token.text, token.value) == (printed, Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "lần lượt là 10,\n12 và 15 tỷ đồng",
        "số xã về đích là 15.\n100% trạm y tế có bác sĩ",
        "thuộc quận 1.\n150 Hộ dân được cấp nước",
        "tại ấp 3. 120 hộ có điện",
        "gồm 5, 7 và 9%",
    ],
)
def test_numbers_of_a_list_or_of_two_sentences_stay_apart(text: str) -> None:
    """A list of numbers, the end of a sentence and a new one are not taken for one number."""
    assert all(token.value == token.value.to_integral_value() < 1000 for token in find_numbers(text) if token.value)
    assert len(find_numbers(text)) > 1


@pytest.mark.parametrize(
    ("text", "values"),
    [("12.450/13.000 tỷ đồng", ["12450", "13000"]), ("23,6/25 km", ["23.6", "25"]), ("95,5/100 điểm", ["95.5", "100"])],
)
def test_the_parts_of_a_fraction_may_be_long(text: str, values: list[str]) -> None:
    """What was done of what was planned is often printed with a stroke, thousands and decimals included."""
    (token,) = find_numbers(text)
    assert (token.kind, token.values) == ("fraction", tuple(map(Decimal, values)))
