"""PDFs as text: paragraphs on one line, rows with bars, no page numbers and running heads."""

from __future__ import annotations

import pytest
from tests.formats import make_pdf

from hpkg.errors import SourceError
from hpkg.source.pdf import pdf_text

_FULL = "Kinh tế tiếp tục tăng trưởng khá, đời sống nhân dân được nâng cao hơn"


def _lines(*pages: list[tuple[float, float, str]]) -> list[str]:
    return [line for line in pdf_text(make_pdf(pages), "a.pdf").splitlines() if line]


def test_a_paragraph_goes_on_from_line_to_line() -> None:
    """A full line is followed by the rest of its paragraph; one that is set in begins another."""
    page = [(115.0, 700.0, _FULL[5:]), (85.0, 682.0, "cùng kỳ."), (115.0, 664.0, "Giá cả ổn định."),
            (85.0, 646.0, _FULL), (115.0, 628.0, "An ninh được giữ vững.")]  # fmt: skip
    assert _lines(page) == [f"{_FULL[5:]} cùng kỳ.", "Giá cả ổn định.", _FULL, "An ninh được giữ vững."]


def test_a_paragraph_goes_on_over_the_page() -> None:
    """Page numbers and what stands at the head of page after page are left out between the two parts."""
    pages = [
        [(85.0, 800.0, "Báo cáo số 12"), (290.0, 40.0, "1"), (85.0, 90.0, _FULL)],
        [(85.0, 800.0, "Báo cáo số 12"), (290.0, 40.0, "- 2 -"), (85.0, 700.0, "cùng kỳ."), (85.0, 682.0, _FULL)],
        [(85.0, 800.0, "Báo cáo số 12"), (290.0, 40.0, "Trang 3/3"), (85.0, 700.0, "năm ngoái.")],
    ]
    assert _lines(*pages) == [f"{_FULL} cùng kỳ.", f"{_FULL} năm ngoái."]


def test_words_far_apart_are_cells() -> None:
    """The columns of a letterhead and the cells of a row stand between bars."""
    page = [(85.0, 700.0, "ỦY BAN NHÂN DÂN"), (330.0, 700.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
            (85.0, 600.0, "Thu"), (200.0, 600.0, "1.200"), (300.0, 600.0, "tỷ đồng")]  # fmt: skip
    assert _lines(page) == ["ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "Thu | 1.200 | tỷ đồng"]


def test_a_dash_at_the_end_of_a_line_joins() -> None:
    """`kinh tế-` and `xã hội` are one word over two lines."""
    page = [(85.0, 700.0, f"{_FULL} kinh tế-"), (85.0, 682.0, "xã hội phát triển.")]
    assert _lines(page) == [f"{_FULL} kinh tế-xã hội phát triển."]


def test_a_scan_has_no_text() -> None:
    """A PDF of pictures is told, with what was found in it."""
    with pytest.raises(SourceError) as raised:
        pdf_text(make_pdf([[(85.0, 700.0, "x")]] * 3, with_text=False), "a.pdf")
    assert raised.value.code == "source-without-text"
    assert raised.value.details == {"pages": 3, "letters": 0}


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", make_pdf([[(85.0, 700.0, _FULL)]])[:200]])
def test_a_broken_file_is_told(data: bytes) -> None:
    """A file that is cut off gets an error that names its format."""
    with pytest.raises(SourceError) as raised:
        pdf_text(data, "a.pdf")
    assert raised.value.code == "source-broken"
    assert raised.value.details["form"] == "pdf"


def test_the_text_is_the_same_every_time() -> None:
    """Two readings give the same characters."""
    data = make_pdf([[(85.0, 700.0, _FULL)]])
    assert pdf_text(data, "a") == pdf_text(data, "b")
