"""Web pages as text: blocks are lines, rows of tables too; nothing is run and nothing is fetched."""

from __future__ import annotations

import pytest

from hpkg.errors import SourceError
from hpkg.source.html import html_text, is_html


def _lines(body: str, head: str = "") -> list[str]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return [line for line in html_text(page.encode(), "a.html").splitlines() if line]


def test_blocks_are_lines_and_white_space_is_one() -> None:
    """Paragraphs, headings and breaks end a line; letters in bold do not; entities are letters."""
    body = "<h1>BÁO&nbsp;CÁO</h1><p>Thu <b>ngân</b>\n sách &amp; chi</p><div>Một<br>Hai<div>Ba</div>Bốn</div>"
    assert _lines(body) == ["BÁO\u00a0CÁO", "Thu ngân sách & chi", "Một", "Hai", "Ba", "Bốn"]


def test_a_row_is_a_line_and_a_frame_is_none() -> None:
    """Cells stand between bars; a table that only frames the page is parted into its paragraphs."""
    row = "<table><tr><th>Chỉ tiêu</th><th>Kết quả</th></tr><tr><td><p>Thu</p></td><td>1.200</td></tr></table>"
    assert _lines(row) == ["Chỉ tiêu | Kết quả", "Thu | 1.200"]
    assert _lines("<table><tr><td><p>Một.</p><p>Hai.</p></td></tr></table>") == ["Một.", "Hai."]
    long = "<p>Kinh tế tiếp tục tăng trưởng.</p>" * 40
    assert len(_lines(f"<table><tr><td>{long}</td><td><p>Bên cạnh</p></td></tr></table>")) == 41
    inner = "<table><tr><td>Ngoài <table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    assert _lines(inner) == ["Ngoài", "a | b"]


def test_items_have_the_marks_a_browser_prints() -> None:
    """Ordered lists count in the way they say and from where they say; others have a dash."""
    body = '<ol type="I"><li>Kết quả<ul><li>thu</li><li>chi</li></ul></li><li>Nhiệm vụ</li></ol>'
    assert _lines(body) == ["I. Kết quả", "- thu", "- chi", "II. Nhiệm vụ"]
    assert _lines('<ol start="4" type="a"><li>đất</li><li value="7">nước</li></ol>') == ["d. đất", "g. nước"]


def test_what_is_no_text_of_the_page_is_left_out() -> None:
    """Scripts, styles, menus, forms, comments, titles and hidden parts are not read; what follows them is."""
    body = (
        "<nav>Trang chủ</nav><script>var x = '<p>1</p>'</script><style>p{}</style><!-- lời --><form>Tìm</form>"
        '<p style="display: none">ẩn</p><p hidden>ẩn</p><div>Còn<template>x</template> lại</div><footer>©</footer>'
    )
    assert _lines(body, "<title>Tên trang</title>") == ["Còn lại"]


def test_lines_of_preformatted_text_stay() -> None:
    """Inside `pre` line ends and spaces are the author's."""
    assert _lines("<pre>I. KẾT QUẢ\n  1. Thu</pre>") == ["I. KẾT QUẢ", "  1. Thu"]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "windows-1258"])
def test_the_encoding_is_found(coding: str) -> None:
    """A page is read in UTF-8, in UTF-16, or in the encoding it names."""
    page = f'<html><head><meta charset="{coding}"></head><body><p>Đà Lạt 2020</p></body></html>'
    data = page.replace("Lạt", "Lat").encode(coding) if coding == "windows-1258" else page.encode(coding)
    assert is_html(data)
    assert html_text(data, "a.html").strip() in ("Đà Lạt 2020", "Đà Lat 2020")


def test_entities_of_the_page_itself_are_not_resolved() -> None:
    """A page that defines entities or nests without end gets no more than its letters, or an error."""
    assert _lines("<div>" * 300 + "trong" + "</div>" * 300 + "<p>sau</p>") == ["trong", "sau"]
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><html><body><p>x &b; y</p></body></html>'
    assert "aaaaaaaaaa" not in html_text(bomb.encode(), "a.html").replace("&a;", "").replace('"aaaaaaaaaa"', "")
    nested = b"<!DOCTYPE html><html><body>" + b"<div>" * 100_000 + b"x"
    with pytest.raises(SourceError):
        html_text(nested, "a.html")


def test_plain_text_is_no_page() -> None:
    """Only what begins as a page is one."""
    assert not is_html("I. KẾT QUẢ <html>".encode())
    assert is_html(b"\n<?xml version='1.0'?>\n<!-- saved -->\n<HTML>")
