"""Word documents as text: paragraphs, tables, numbers of lists and notes in the order they are read."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.formats import make_docx, paragraph, table

from hpkg.errors import SourceError
from hpkg.source.docx import docx_text, is_docx

_NUMBERING = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xf0b7;"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
"""
_STYLES = """
<w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>
"""


def _listed(level: int, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _lines(body: str, **parts: str) -> list[str]:
    return docx_text(make_docx(body, **parts), "a.docx").splitlines()


def test_a_row_of_a_table_is_a_line_in_its_place() -> None:
    """Tables stand between the paragraphs around them, a row a line, cells between bars, their lines joined."""
    body = paragraph("Trước bảng") + table([["Chỉ tiêu", "Kết quả"], ["Thu ngân\nsách", "1.260,5"]]) + paragraph("Sau")
    assert _lines(body) == ["Trước bảng", "Chỉ tiêu | Kết quả", "Thu ngân sách | 1.260,5", "Sau"]


def test_numbers_that_word_prints_are_printed() -> None:
    """Levels count for themselves, a deeper one begins anew below a higher; `isLgl` writes all parts in digits."""
    items = [("Kết quả", 0), ("Kinh tế", 1), ("trồng trọt", 2), ("chăn nuôi", 2), ("Xã hội", 1), ("Nhiệm vụ", 0)]
    body = "".join(paragraph(text, _listed(level)) for text, level in items) + paragraph("Chung", _listed(1))
    assert _lines(body, numbering=_NUMBERING) == [
        "I. Kết quả", "1.1. Kinh tế", "a) trồng trọt", "b) chăn nuôi", "1.2. Xã hội", "II. Nhiệm vụ", "2.1. Chung",
    ]  # fmt: skip


def test_a_list_can_start_elsewhere_and_bullets_are_signs() -> None:
    """A list that says where it starts does so, others go on; a bullet of a sign font is `•`, others stay."""
    body = (
        paragraph("bốn", _listed(0, 3))
        + paragraph("năm", _listed(0, 3))
        + paragraph("sáu", _listed(0, 5))
        + paragraph("một", _listed(0, 4))
        + paragraph("chấm", _listed(0, 2))
        + paragraph("gạch", _listed(1, 2))
    )
    assert _lines(body, numbering=_NUMBERING) == ["IV. bốn", "V. năm", "VI. sáu", "I. một", "• chấm", "- gạch"]


def test_a_style_can_carry_the_number() -> None:
    """A paragraph without a list of its own has that of its style, or of the style below that."""
    body = paragraph("Một", '<w:pStyle w:val="MucCon"/>') + paragraph("Hai", '<w:pStyle w:val="Muc"/>')
    assert _lines(body, numbering=_NUMBERING, styles=_STYLES) == ["I. Một", "II. Hai"]
    off = paragraph("Ba", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert _lines(off, numbering=_NUMBERING, styles=_STYLES) == ["Ba"]


def test_a_note_stands_below_its_paragraph() -> None:
    """The reference is printed with its number, and the note is a line of its own; nothing is lost."""
    body = (
        "<w:p><w:r><w:t>Thu hút FDI</w:t><w:footnoteReference w:id='3'/></w:r>"
        "<w:r><w:t> tăng.</w:t><w:endnoteReference w:id='1'/></w:r></w:p>" + paragraph("Tiếp theo.")
    )
    notes = f"<w:footnote w:id='0' w:type='separator'/><w:footnote w:id='3'>{paragraph('Vốn thực hiện.')}</w:footnote>"
    ends = f"<w:endnote w:id='1'>{paragraph('Theo Cục Thống kê.')}</w:endnote>"
    assert _lines(body, footnotes=notes, endnotes=ends) == [
        "Thu hút FDI[1] tăng.[2]",
        "[1] Vốn thực hiện.",
        "[2] Theo Cục Thống kê.",
        "Tiếp theo.",
    ]


def test_what_was_struck_out_or_hidden_is_left_out() -> None:
    """Deletions, hidden runs and codes of fields are no text; insertions and results of fields are."""
    body = (
        "<w:p><w:r><w:t>Tăng </w:t></w:r><w:del><w:r><w:delText>7%</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>8%</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>.</w:t></w:r></w:p>"
    )
    assert _lines(body) == ["Tăng 8%."]


def test_a_box_over_the_page_is_read_once() -> None:
    """A text box stands in two forms for old and new readers; one is read, below its paragraph."""
    box = f"<w:txbxContent>{paragraph('Trong khung')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Ngoài khung</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>"
        f"{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert _lines(body) == ["Ngoài khung", "Trong khung"]


def test_the_text_is_the_same_every_time() -> None:
    """Two readings give the same characters."""
    data = make_docx(paragraph("Một", _listed(0)) + table([["a", "b"]]), numbering=_NUMBERING)
    assert docx_text(data, "a") == docx_text(data, "b")


def test_a_bomb_is_refused() -> None:
    """A part that unpacks beyond any document is refused before it fills the memory."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (65 * 1024 * 1024))
    with pytest.raises(SourceError) as raised:
        docx_text(held.getvalue(), "a.docx")
    assert raised.value.code == "source-too-large"


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>',
        "<d>",
        "<d/>",
        "",
    ],
)
def test_a_broken_or_malicious_part_is_told(document: str) -> None:
    """Entities are never resolved; what is no document gets an error that names its format."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", document)
    with pytest.raises(SourceError) as raised:
        docx_text(held.getvalue(), "a.docx")
    assert raised.value.code == "source-broken"
    assert raised.value.details["form"] == "docx"


def test_only_a_document_of_word_is_one() -> None:
    """A packed file without the part that holds the text is no Word document, nor is one cut off."""
    assert is_docx(make_docx(""))
    assert not is_docx(make_docx("")[:40])
