"""Outline marks at the start of a line, lists inside running text, and the look of a heading."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpkg.grammar.outline import find_enumerations, find_lines, find_marks


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("line", "kind", "number", "ordinal", "title"),
    [
        ("Phần 1. TÌNH HÌNH KINH TẾ-XÃ HỘI NĂM 2020", "part", "1", 1, "TÌNH HÌNH KINH TẾ-XÃ HỘI NĂM 2020"),
        ("PHẦN THỨ NHẤT", "part", "THỨ NHẤT", 1, ""),
        ("Phần thứ hai: KẾT QUẢ", "part", "thứ hai", 2, "KẾT QUẢ"),
        ("Phần II", "part", "II", 2, ""),
        ("Chương II QUY ĐỊNH CHUNG", "chapter", "II", 2, "QUY ĐỊNH CHUNG"),
        ("CHƯƠNG XIV - ĐIỀU KHOẢN", "chapter", "XIV", 14, "ĐIỀU KHOẢN"),
        ("Mục 1", "section", "1", 1, ""),
        ("**Điều 2. Nhiệm vụ và giải pháp**", "article", "2", 2, "Nhiệm vụ và giải pháp"),
        ("Điều 12a. Tổ chức", "article", "12a", 12, "Tổ chức"),
        ("Phụ lục I: Danh mục", "appendix", "I", 1, "Danh mục"),
        ("A. KẾT QUẢ", "letter-upper", "A", 1, "KẾT QUẢ"),
        ("B- NHIỆM VỤ", "letter-upper", "B", 2, "NHIỆM VỤ"),
        ("Đ. Khác", "letter-upper", "Đ", 5, "Khác"),
        ("I. KẾT QUẢ ĐẠT ĐƯỢC", "roman", "I", 1, "KẾT QUẢ ĐẠT ĐƯỢC"),
        ("XII. Khác", "roman", "XII", 12, "Khác"),
        ("Ii. về nội dung", "roman", "Ii", 2, "về nội dung"),
        ("**III. ĐÁNH GIÁ CHUNG**", "roman", "III", 3, "ĐÁNH GIÁ CHUNG"),
        ("# IV. Tổ chức", "roman", "IV", 4, "Tổ chức"),
        ("I- ĐÁNH GIÁ", "roman", "I", 1, "ĐÁNH GIÁ"),
        ("1. Thực hiện đồng bộ", "arabic", "1", 1, "Thực hiện đồng bộ"),
        ("\xa0 10. Kết quả", "arabic", "10", 10, "Kết quả"),
        ("1/ Công nghiệp", "arabic", "1", 1, "Công nghiệp"),
        ("01.Thu nội địa", "arabic", "01", 1, "Thu nội địa"),
        ("3) Xuất khẩu", "arabic", "3", 3, "Xuất khẩu"),
        ("7 - Du lịch", "arabic", "7", 7, "Du lịch"),
        ("5. ", "arabic", "5", 5, ""),
        ("1.1. Nông nghiệp", "dotted", "1.1", 1, "Nông nghiệp"),
        ("2.1 - Chi đầu tư phát triển", "dotted", "2.1", 1, "Chi đầu tư phát triển"),
        ("1.2.10 Thủy sản", "dotted", "1.2.10", 10, "Thủy sản"),
        ("*2.2.* *Tập trung nguồn lực*", "dotted", "2.2", 2, "Tập trung nguồn lực"),
        ("(10) Xây dựng nông thôn mới", "paren", "10", 10, "Xây dựng nông thôn mới"),
        ("(a) thu nội địa", "paren", "a", 1, "thu nội địa"),
        ("(ii) thu khác", "paren", "ii", 2, "thu khác"),
        ("a) Mục tiêu", "letter", "a", 1, "Mục tiêu"),
        ("đ) Hỗ trợ", "letter", "đ", 5, "Hỗ trợ"),
        ("b. Chỉ tiêu", "letter", "b", 2, "Chỉ tiêu"),
        ("Thứ nhất, tập trung", "ordinal-word", "nhất", 1, "tập trung"),
        ("**Thứ hai:** tiếp tục", "ordinal-word", "hai", 2, "tiếp tục"),
        ("Một là, đổi mới", "ordinal-word", "Một", 1, "đổi mới"),
        ("Năm là đẩy mạnh", "ordinal-word", "Năm", 5, "đẩy mạnh"),
        ("– Có 11/18 chỉ tiêu", "bullet", "–", 0, "Có 11/18 chỉ tiêu"),
        ("- 5 doanh nghiệp", "bullet", "-", 0, "5 doanh nghiệp"),
        ("+ Chi sự nghiệp", "bullet", "+", 0, "Chi sự nghiệp"),
        ("* Thu khác", "bullet", "*", 0, "Thu khác"),
        ("•\xa0Thu khác", "bullet", "•", 0, "Thu khác"),
        ("[1] Gồm các huyện", "footnote", "1", 1, "Gồm các huyện"),
    ],
)
def test_a_mark_is_read(  # noqa: PLR0913, PLR0917 - one column each
    line: str, kind: str, number: str, ordinal: int, title: str, form: str
) -> None:
    """The likeliest reading gives kind, number, place among its siblings and the words after it."""
    text = "Dòng trước\n" + unicodedata.normalize(form, line)  # type: ignore[arg-type]
    row = find_lines(text)[1]
    mark = row.marks[0]
    assert (mark.kind, unicodedata.normalize("NFC", mark.number), mark.ordinal) == (kind, number, ordinal)
    assert mark.number in text[mark.start : mark.end]
    assert unicodedata.normalize("NFC", text[row.title_start : row.title_end]) == title


@pytest.mark.parametrize(
    "line",
    [
        "18,95 tỷ đồng",
        "2020 là năm có ý nghĩa",
        "2020. Đại hội",
        "1.260 ha đất",
        "1.260,500 tỷ đồng",
        "2.5 triệu người",
        "18.12.2020",
        "24-1-2019",
        "18/12/2020",
        "1/3 số hộ",
        "57-NQ/TW ngày 22/12/2024",
        "86-CTr/TU của Thành ủy",
        "138/NQ-CP ngày 16/5/2025",
        "17/KH-UBND về đào tạo nghề",
        "11/18 chỉ tiêu",
        "5-7 tiêu chí",
        "5 - 7 tiêu chí",
        "09km đường",
        "5/người",
        "đ/kg",
        "km/h",
        "E-logistics",
        "-5% so với cùng kỳ",
        "---------------",
        "_______",
        "* *",
        "...",
        "Phần lớn các chỉ tiêu",
        "Mục tiêu 1. Tăng trưởng",
        "Mục 1 của Nghị quyết",
        "Điều 5 Luật Đầu tư công",
        "Điều chỉnh quy hoạch",
        "Thứ Năm, 14/01/2021",
        "Năm 2021 có ý nghĩa đặc biệt quan trọng",
        "Hai bên đường",
        "UBND. Thành phố",
        "à) không",
        "Ba lần",
        "0. Không",
    ],
)
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    """Figures, dates, fractions, units, names, rules and references to an article carry no mark."""
    assert find_marks(line) == []


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("V. NHIỆM VỤ", {("roman", 5), ("letter-upper", 21), ("letter-upper", 22)}),
        ("C. KHÁC", {("letter-upper", 3), ("roman", 100)}),
        ("D. KHÁC", {("letter-upper", 4)}),
        ("e) Khác", {("letter", 6), ("letter", 5)}),
        ("i) Khác", {("letter", 9), ("roman-lower", 1)}),
        ("(i) Khác", {("paren", 1), ("paren", 9)}),
    ],
)
def test_an_ambiguous_mark_has_every_reading(line: str, readings: set[tuple[str, int]]) -> None:
    """Where roman numbers and two alphabets meet, the caller gets all readings to choose from."""
    assert {(mark.kind, mark.ordinal) for mark in find_marks(line)} == readings


def test_a_mark_after_a_bullet_is_read_from_its_title() -> None:
    """A line can carry two marks: the second is asked for where the words after the first begin."""
    line = "- (1) GRDP bình quân"
    bullet = find_marks(line)[0]
    assert find_marks(line, bullet.title_start)[0].number == "1"


@pytest.mark.parametrize(
    ("line", "is_capitals", "is_bold"),
    [
        ("II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", True, False),
        ("IV. CÁC CHỈ TIÊU CHỦ YẾU (có bảng chi tiết kèm theo)", True, False),
        ("Xà HỘI VÀ MÔI TRƯỜNG", True, False),
        ("1. Các chỉ tiêu kinh tế", False, False),
        ("UBND thành phố", False, False),
        ("GDP", False, False),
        ("**1. Công nghiệp**", False, True),
        ("**Công nghiệp.** Chỉ số tăng 14%", False, False),
        ("## Công nghiệp", False, True),
    ],
)
def test_the_look_of_a_heading_is_seen(line: str, *, is_capitals: bool, is_bold: bool) -> None:
    """A line in capitals or in bold print says so; a bold run-in is not a bold line."""
    row = find_lines(line)[0]
    assert (row.is_capitals, row.is_bold) == (is_capitals, is_bold)


def test_the_end_of_a_bold_run_in_is_known() -> None:
    """A heading run in with its paragraph ends where its bold print ends."""
    text = "**Công nghiệp.** Chỉ số tăng 14%"
    row = find_lines(text)[0]
    assert text[row.title_start : row.bold_end] == "Công nghiệp."


def test_blank_lines_are_left_out() -> None:
    """Each line with print on it comes once, without its line end."""
    text = "Một\r\n\n \xa0\nHai"
    assert [text[row.start : row.end] for row in find_lines(text)] == ["Một", "Hai"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("gồm: (1) GRDP bình quân; (2) IIP; (3) xuất khẩu.", [["1", "2", "3"]]),
        ("Nghị định (1) và (2); gồm: (1) a; (2) b", [["1", "2"], ["1", "2"]]),
        ("một là, đổi mới; hai là, hội nhập", [["một", "hai"]]),
        ("(a) x (b) y (c) z (d) t (đ) u", [["a", "b", "c", "d", "đ"]]),
        ("(a) x (b) y (c) z (d) t (e) u", [["a", "b", "c", "d", "e"]]),
        ("(i) x; (ii) y", [["i", "ii"]]),
        ("tháng (5), (6)", []),
        ("chỉ tiêu (1)", []),
    ],
)
def test_a_list_inside_a_sentence_is_found(text: str, numbers: list[list[str]]) -> None:
    """Marks that count on from one in one style are a list; others are not."""
    assert [[mark.number for mark in run] for run in find_enumerations(text)] == numbers


@given(st.text(alphabet=st.sampled_from("aIiVXĐ1290.()-–/*+#_[]> \n\r\u0301Phầncố•")))
def test_any_text_can_be_read(text: str) -> None:
    """No text raises; marks lie inside their line and hold their number."""
    for row in find_lines(text):
        assert row.start <= row.title_start <= row.title_end <= row.end
        for mark in row.marks:
            assert row.start <= mark.start < mark.end <= mark.title_start <= row.end
            assert mark.number in text[mark.start : mark.end]
    for run in find_enumerations(text):
        assert [mark.ordinal for mark in run] == list(range(1, len(run) + 1))


@given(st.text())
def test_lines_cover_all_print(text: str) -> None:
    """Nothing but white space lies between the lines."""
    rows = find_lines(text)
    edges = [0, *(edge for row in rows for edge in (row.start, row.end)), len(text)]
    gaps = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    assert "".join(gaps).strip() == ""


@given(st.integers(1, 199))
def test_every_counted_mark_is_read(number: int) -> None:
    """`n.`, `n)`, `n/` and `(n)` are read for each number an outline can reach."""
    for line, kind in [("{}. X", "arabic"), ("{}) X", "arabic"), ("{}/ X", "arabic"), ("({}) X", "paren")]:
        assert [(m.kind, m.ordinal) for m in find_marks(line.format(number))] == [(kind, number)]


def test_long_lines_and_many_marks_take_linear_work() -> None:
    """Hostile lines give the expected count: no pattern runs over the line twice."""
    size = 100_000
    assert len(find_lines("- x\n" * 2_000)) == 2_000
    assert [len(find_marks(char * size)) for char in ("*", " ", "(", "1", "I", "1.", "- ", "Phần ")] == [0] * 8
    assert find_enumerations("(1" * size) == []
