"""Outlines as other offices print them: hard wraps, marks of many styles, headings without a mark, signatures."""

from __future__ import annotations

import unicodedata
from typing import SupportsIndex

import pytest
from tests.passage import make_source

from hpkg.document import Document, Words, read_document
from hpkg.extract.section import read_roles
from hpkg.home import home
from hpkg.lexicon import load_lexicon

_END = "\n\nỦy ban nhân dân huyện kính trình Hội đồng nhân dân huyện xem xét."


def _read(text: str) -> Document:
    lexicon = load_lexicon(home())
    words = {
        name: lexicon.forms(lexicon.get("cue", key))
        for name, key in (("abbreviations", "abbreviation"), ("closings", "closing"), ("announcing", "announce"))
    }
    return read_document(make_source(text), Words(**words, kinds=["Kế hoạch", "Quyết định"]))


def _outline(document: Document) -> list[tuple[str | None, str]]:
    return [(section.section, section.title) for section in document.sections]


def test_a_heading_in_capitals_that_a_page_broke_is_one() -> None:
    """Its second line goes on with it, and the list below belongs to it."""
    document = _read(
        "**I. KẾT QUẢ PHÁT TRIỂN\nKINH TẾ**\n\n1. Nông nghiệp ổn định.\n\n2. Công nghiệp tăng khá.\n\n"
        "II. NHIỆM VỤ TRỌNG\nTÂM NĂM TỚI\n\n1. Đẩy mạnh thu hút đầu tư vào huyện." + _END
    )
    assert [path for path, _ in _outline(document)] == ["i", "i.1", "i.2", "ii", "ii.1"]
    assert document.section("i").title == "KẾT QUẢ PHÁT TRIỂN KINH TẾ"
    assert document.section("ii").title == "NHIỆM VỤ TRỌNG TÂM NĂM TỚI"


def test_a_dash_or_a_number_in_a_broken_sentence_is_no_mark() -> None:
    """A line that begins with a dash or a year goes on with the line before, where lines were broken to fit a page."""
    document = _read(
        "I. ĐÁNH GIÁ\n\nCác tập đoàn, trong đó có Tập đoàn Công nghiệp\n- Năng lượng và các đơn vị của\n"
        "huyện phối hợp với các xã để\nhoàn thành các mục tiêu đã đề ra trong năm\n12. Đời sống nhân dân được cải\n"
        "thiện rõ rệt so với các năm trước." + _END
    )
    assert _outline(document) == [("i", "ĐÁNH GIÁ")]
    assert "Công nghiệp\n- Năng lượng" in document.sentences[0].text


def test_a_mark_alone_on_its_line_takes_the_next_as_its_title() -> None:
    """`2.` above `Sở Y tế:` is one heading."""
    document = _read(
        "C.\nPhân công thực hiện\n\n1.\nSở Tài chính:\n\n- Bố trí vốn.\n\n2.\nSở Y tế:\n\n- Phòng dịch." + _END
    )
    assert _outline(document) == [
        ("c", "Phân công thực hiện"),
        ("c.1", "Sở Tài chính:"),
        ("c.2", "Sở Y tế:"),
    ]


def test_lines_that_no_page_broke_stay_paragraphs() -> None:
    """Where each line is a paragraph, a long line without a full stop takes nothing from the next."""
    document = _read(
        "I. Tổng thu ngân sách nhà nước trên địa bàn huyện\nTổng thu đạt 120 tỷ đồng.\nThu nội địa đạt 80 tỷ đồng.\n"
        "II. Tổng chi ngân sách của huyện và các xã\nTổng chi đạt 110 tỷ đồng.\nChi thường xuyên là chính."
    )
    assert [title for _, title in _outline(document)] == [
        "Tổng thu ngân sách nhà nước trên địa bàn huyện",
        "Tổng chi ngân sách của huyện và các xã",
    ]
    assert len(document.sentences) == 4


def test_a_line_that_leads_to_a_list_is_a_heading() -> None:
    """Two lists under one section have their headings; `như sau:` announces and heads nothing."""
    document = _read(
        "I. Biện pháp chủ yếu\n\nVề thu ngân sách:\n\n1. Chống thất thu thuế.\n\n2. Mở rộng nguồn thu.\n\n"
        "Về chi ngân sách:\n\n1. Tiết kiệm chi.\n\n2. Tăng chi đầu tư.\n\nII. Việc cần làm\n\n"
        "Các xã thực hiện như sau:\n\n1. Rà soát danh sách hộ." + _END
    )
    paths = [path for path, _ in _outline(document)]
    assert paths == ["i", "i.h1", "i.h1.1", "i.h1.2", "i.h2", "i.h2.1", "i.h2.2", "ii", "ii.1"]


def test_a_bold_line_is_a_heading() -> None:
    """Bold lines without a mark head what follows, side by side."""
    document = _read(
        "**I. TÌNH HÌNH**\n\n**Về kinh tế**\n\nKinh tế tăng trưởng khá.\n\n**Về xã hội**\n\nĐời sống ổn định." + _END
    )
    assert _outline(document) == [("i", "TÌNH HÌNH"), ("i.h1", "Về kinh tế"), ("i.h2", "Về xã hội")]


def test_a_list_goes_on_after_a_heading_without_a_mark() -> None:
    """`III.` after a heading in capitals follows `II.`, not the item before it."""
    document = _read(
        "I. KẾT QUẢ\n\n1. Kinh tế ổn định.\n\nII. NHIỆM VỤ\n\nĐỊNH HƯỚNG CHUNG\n\n1. Phát triển bền vững.\n\n"
        "III. KIẾN NGHỊ\n\nĐề nghị tỉnh hỗ trợ vốn." + _END
    )
    assert [path for path, _ in _outline(document)] == ["i", "i.1", "ii", "h1", "h1.1", "iii"]


def test_a_roman_heading_is_no_part_of_a_list_of_items() -> None:
    """Items in brackets before the first part of a text do not hold that part; it stands beside them."""
    document = _read(
        "Năm qua huyện đã làm được:\n\n(1) Rà soát 15 thủ tục.\n\n(2) Cắt giảm 8 thủ tục.\n\nI. NHIỆM VỤ\n\n"
        "1. Các xã tiếp tục rà soát.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Các phòng báo cáo hằng quý." + _END
    )
    levels = {section.section: section.level for section in document.sections}
    assert (levels["i"], levels["i.1"], levels["ii"], levels["ii.1"]) == (1, 2, 1, 2)


def test_an_item_whose_list_begins_in_running_text_is_text() -> None:
    """`(2)` at the start of a line opens no section when its `(1)` stands inside a sentence; no digit of it is lost."""
    document = _read(
        "I. KẾT QUẢ\n\nHuyện đã làm hai việc, cụ thể: (1) rà soát thủ tục;\n\n(2) Cắt giảm chi phí cho người dân.\n\n"
        "II. NHIỆM VỤ\n\nTiếp tục rà soát." + _END
    )
    assert [path for path, _ in _outline(document)] == ["i", "ii"]
    assert any(sentence.text.startswith("(2) Cắt giảm") for sentence in document.sentences)


def test_a_sentence_in_bold_ends_where_it_ends() -> None:
    """The signs of bold print after a full stop do not hide it from the mark on the next line."""
    document = _read(
        "I. NHIỆM VỤ\n\n1. Các phòng khẩn trương rà soát hồ sơ còn tồn đọng của người dân trong huyện, và\n"
        "hoàn thành việc ấy đúng hạn đã cam kết với dân, **trong tháng 11 năm 2025.**\n"
        "2. Các xã tiếp tục cập nhật dữ liệu dân cư vào hệ thống dùng chung của huyện và\n"
        "gửi báo cáo hằng tuần về văn phòng để tổng hợp." + _END
    )
    assert [path for path, _ in _outline(document)] == ["i", "i.1", "i.2"]


def test_enacting_words_head_nothing() -> None:
    """The articles of a resolution are its first level."""
    document = _read(
        "Căn cứ Luật Ngân sách nhà nước;\n\nQUYẾT NGHỊ:\n\nĐiều 1. Thông qua kế hoạch.\n\na) Kinh tế tăng 8%.\n\n"
        "b) Thu ngân sách tăng 10%.\n\nĐiều 2. Tổ chức thực hiện\n\nỦy ban nhân dân huyện thực hiện nghị quyết này."
    )
    assert [path for path, _ in _outline(document)] == ["d1", "d1.a", "d1.b", "d2"]


def test_the_body_ends_at_the_signature_where_no_mark_ends_it() -> None:
    """Recipients and signature are noise, with or without `./.`."""
    body = "I. KẾT QUẢ\n\nKinh tế phát triển. Xã hội ổn định. Quốc phòng được giữ vững"
    for end in (
        ".\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.",
        "./.\n\nNơi nhận:\n- Như trên.",
        ".\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    ):
        document = _read(body + end)
        assert [sentence.text for sentence in document.sentences][-1] == "Quốc phòng được giữ vững."
        assert [leaf.reason for leaf in document.leaves][-1] == "after-body"


def test_a_capital_letter_above_its_first_part_is_a_heading_in_spite_of_a_full_stop() -> None:
    """`B. … .` above `I.` says nothing itself; an item of an arabic list that ends in a full stop does."""
    document = _read(
        "A. Nội dung của kế hoạch huyện.\n\nI. Kinh tế\n\nKinh tế ổn định.\n\nB. Yêu cầu của kế hoạch huyện.\n\n"
        "I. Tiến độ\n\nCác xã hoàn thành sớm." + _END
    )
    said = [sentence.text for sentence in document.sentences]
    assert [path for path, _ in _outline(document)] == ["a", "a.i", "b", "b.i"]
    assert "Yêu cầu của kế hoạch huyện." not in said


class _CountedText(str):
    """A text that counts how many characters are copied out of it."""

    __slots__ = ("copied",)
    copied: int

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        part = super().__getitem__(key)
        self.copied = getattr(self, "copied", 0) + len(part)
        return part


def test_reading_copies_in_proportion_to_the_length() -> None:
    """Eight times the text makes at most about eight times the work: nothing looks at all that is still to come."""

    def copied(times: int) -> float:
        sections = (
            f"{n}. Lĩnh vực của huyện\n\nKinh tế tăng khá. Đời sống ổn định. Các xã làm tốt.\n\n"
            for n in range(1, 10 * times + 1)
        )
        text = _CountedText("I. KẾT QUẢ\n\n" + "".join(sections) + _END)
        source = make_source("Mở đầu.")
        object.__setattr__(source, "text", text)
        read_document(source)
        return text.copied / len(text)

    assert copied(8) < 1.25 * copied(1)


_LETTER = (
    "Ngày 12/3, Sở Y tế báo cáo tình hình cấp nước ở các trạm y tế. Nhiều trạm còn thiếu bể chứa.\n\n"
    "Giao Phòng Kế hoạch rà soát từng trạm. Kinh phí lấy từ nguồn đã bố trí."
)


def test_a_text_without_a_heading_is_one_section_under_its_title() -> None:
    """The title stands above the body, in its own words or as the last line; nothing of the body is lost."""
    document = _read("ỦY BAN NHÂN DÂN HUYỆN\n\nV/v cấp nước cho các trạm y tế xã\n\n" + _LETTER)
    assert _outline(document) == [("h1", "V/v cấp nước cho các trạm y tế xã")]
    assert [sentence.section for sentence in document.sentences] == ["h1"] * 4
    named = read_document(
        make_source(f"Công văn\nvề cấp nước\n\nKính gửi: các đơn vị y tế.\n\n{_LETTER}", title="Công văn về cấp nước")
    )
    assert [section.text for section in named.sections] == ["Công văn\nvề cấp nước"]


def test_a_text_that_begins_with_its_body_has_its_first_sentence_for_a_title() -> None:
    """No words stand above it; the rest of the paragraph goes on below."""
    document = _read(_LETTER)
    assert _outline(document) == [("h1", "Ngày 12/3, Sở Y tế báo cáo tình hình cấp nước ở các trạm y tế.")]
    assert len(document.sentences) == 3
    assert document.sentences[0].text == "Nhiều trạm còn thiếu bể chứa."


def test_bold_lines_part_a_text_that_numbers_nothing() -> None:
    """They stand beside the section of the title, and a short list at the end is a section of its own."""
    document = _read(
        f"Về công tác cấp nước trong mùa khô\n\n{_LETTER}\n\n"
        "**Về kinh phí của các trạm**\n\nSở Tài chính bố trí vốn.\n\n"
        "**Về giám sát việc cấp nước**\n\nSở Y tế kiểm tra hằng tháng."
    )
    assert [path for path, _ in _outline(document)] == ["h1", "h2", "h3"]
    assert {section.level for section in document.sections} == {1}
    assert document.sentences[-1].section == "h3"


def test_headings_of_markdown_part_a_text_that_numbers_nothing() -> None:
    """`## Dân số` is a heading however short it is, also as the first line."""
    document = _read(f"## Cấp nước\n\n{_LETTER}\n\n## Dân số\n\nHuyện có 90.000 người. Phần lớn ở nông thôn.")
    assert _outline(document) == [("h1", "Cấp nước"), ("h2", "Dân số")]
    assert [sentence.section for sentence in document.sentences] == ["h1"] * 4 + ["h2"] * 2


def test_a_title_set_apart_by_bold_or_italic_print_is_that_of_its_item() -> None:
    """What stands after it is the item's text, even where one sentence is all of it."""
    document = _read(
        "I. CHI NGÂN SÁCH\n\n*a) Chi đầu tư phát triển: *Ước cả năm\nđạt 90% dự toán.\n\n"
        "**b) Chi thường xuyên.** Ước cả năm đạt 97%. Chi lương là chính.\n\n*c) Chi dự phòng*\n\nChưa sử dụng." + _END
    )
    assert _outline(document) == [
        ("i", "CHI NGÂN SÁCH"),
        ("i.a", "Chi đầu tư phát triển:"),
        ("i.b", "Chi thường xuyên."),
        ("i.c", "Chi dự phòng"),
    ]
    assert document.section("i.a").text == "a)"


def test_where_blank_lines_part_paragraphs_a_short_line_goes_on() -> None:
    """A line that a page broke early goes on in the next, though that begins with a name or a number."""
    document = _read(
        "I. DỰ BÁO\n\n- Kinh tế Việt\nNam tăng trưởng tích cực, kinh tế của huyện phát triển ổn\n"
        "định và còn nhiều dư địa trong giai đoạn này.\n\n- Thu ngân sách năm\n2026 tăng khá nhờ các nguồn thu từ đất\n"
        "và từ các doanh nghiệp mới thành lập trên\nđịa bàn.\n\n- Chi ngân sách được kiểm soát chặt chẽ\ntheo dự toán."
        + _END
    )
    said = [" ".join(sentence.text.split()) for sentence in document.sentences]
    assert said[0].startswith("Kinh tế Việt Nam tăng trưởng")
    assert said[1].startswith("Thu ngân sách năm 2026 tăng khá")


def test_the_title_of_a_document_that_is_attached_heads_nothing() -> None:
    """`KẾ HOẠCH` alone in capitals, with the lines that go on with it, ends the outline of the decision before it."""
    document = _read(
        "Căn cứ Luật Tổ chức chính quyền địa phương, huyện quyết định như sau:\n\nĐiều 1. Ban hành Kế hoạch này.\n\n"
        "Điều 2. Các phòng thi hành.\n\n**KẾ HOẠCH**\n\nPHÁT TRIỂN KINH TẾ SỐ\n\n"
        "I. MỤC TIÊU\n\n1. Kinh tế số tăng nhanh.\n\nII. NHIỆM VỤ\n\nCác xã lắp đặt mạng." + _END
    )
    assert [(section.section, section.level) for section in document.sections] == [
        ("d1", 1),
        ("d2", 1),
        ("i", 1),
        ("i.1", 2),
        ("ii", 1),
    ]
    titles = [document.source.text[leaf.start : leaf.end] for leaf in document.leaves if leaf.reason == "title"]
    assert titles == ["KẾ HOẠCH", "PHÁT TRIỂN KINH TẾ SỐ"]


def test_a_numbered_title_is_no_rest_of_the_line_above_it() -> None:
    """`đạt được` leads to a number, but `1.1. Về kinh tế` below it is a heading."""
    document = _read(
        "1. Kết quả đã đạt được\n1.1. Về kinh tế\nTổng sản phẩm tăng khá so với cùng kỳ năm trước và cao hơn cả nước.\n"
        "1.2. Về xã hội\nĐời sống của nhân dân trong huyện ổn định và được nâng lên rõ rệt so với năm trước." + _END
    )
    assert [title for _, title in _outline(document)] == ["Kết quả đã đạt được", "Về kinh tế", "Về xã hội"]


@pytest.mark.parametrize(
    "marks",
    [
        *(("I.", "II."), ("1.", "2."), ("1.1.", "1.2."), ("1/", "2/"), ("(1)", "(2)"), ("a)", "b)"), ("A.", "B.")),
        *(("Điều 1.", "Điều 2."), ("Thứ nhất,", "Thứ hai,"), ("Một là,", "Hai là,"), ("Phần 1.", "Phần 2.")),
        *(("**1.", "**2."), ("*a)", "*b)"), ("### 1.", "### 2.")),
    ],
    ids=" ".join,
)
def test_an_outline_of_any_marks_is_read(marks: tuple[str, str]) -> None:
    """Roman, arabic, dotted, in brackets, letters, articles, ordinal words, parts; in bold, italic, of markdown."""
    close = marks[0][: len(marks[0]) - len(marks[0].lstrip("*"))]
    document = _read(
        f"{marks[0]} Công tác thu gom rác{close}\n\nCác xã thu gom đều đặn. Người dân đồng tình.\n\n"
        f"{marks[1]} Công tác trồng cây{close}\n\nCác xã trồng 500 cây."
    )
    assert [title for _, title in _outline(document)] == ["Công tác thu gom rác", "Công tác trồng cây"]
    assert [len(section.text) > len("Công tác trồng cây") for section in document.sections] == [True, True]
    assert len(document.sentences) == 3


@pytest.mark.parametrize("bullet", ["-", "–", "+", "•", "*"])
def test_a_bullet_of_any_make_opens_no_section(bullet: str) -> None:
    """Each item is a sentence of the section around it, without its bullet."""
    document = _read(
        f"I. THU GOM\n\n{bullet} Các xã thu gom đều.\n\n{bullet} Dân đồng tình.\n\n"
        f"II. TRỒNG CÂY\n\n{bullet} Trồng 500 cây."
    )
    assert _outline(document) == [("i", "THU GOM"), ("ii", "TRỒNG CÂY")]
    assert [sentence.text for sentence in document.sentences] == [
        "Các xã thu gom đều.",
        "Dân đồng tình.",
        "Trồng 500 cây.",
    ]


def test_a_footnote_is_a_sentence_of_the_section_it_stands_in() -> None:
    """`[1]` opens no section, neither in a sentence nor before the note."""
    document = _read(
        "I. THU GOM\n\nCác xã thu gom rác đều[1]. Dân đồng tình.\n\n[1] Gồm 12 xã của huyện.\n\n"
        "II. TRỒNG CÂY\n\nTrồng 500 cây."
    )
    assert _outline(document) == [("i", "THU GOM"), ("ii", "TRỒNG CÂY")]
    assert [(sentence.text, sentence.section) for sentence in document.sentences][2] == ("Gồm 12 xã của huyện.", "i")


@pytest.mark.parametrize(
    "table", ["| 1 | Lúa (ha) | 1.200 |\n| 2 | Ngô (ha) | 300 |", "1\n\nLúa (ha)\n\n1.200\n\n2\n\nNgô (ha)\n\n300"]
)
def test_the_rows_of_a_table_are_no_headings(table: str) -> None:
    """Neither between bars nor with one cell a line does the number of a row open a section."""
    document = _read(
        f"I. KẾT QUẢ\n\nDiện tích gieo trồng tăng. Cụ thể theo bảng sau:\n\n{table}\n\nII. NHIỆM VỤ\n\nTrồng 500 cây."
    )
    assert [path for path, _ in _outline(document)] == ["i", "ii"]


def test_letters_in_parts_give_the_same_outline() -> None:
    """A text in NFD has the titles of its NFC, letter for letter as printed."""
    text = "I. KẾT QUẢ\n\nThu ngân sách đạt khá. Đời sống ổn định.\n\nII. NHIỆM VỤ\n\nGiao Sở Tài chính rà soát nợ."
    whole, parts = _read(text), _read(unicodedata.normalize("NFD", text))
    assert [path for path, _ in _outline(whole)] == [path for path, _ in _outline(parts)]
    assert [unicodedata.normalize("NFC", said.text) for said in parts.sentences] == [
        said.text for said in whole.sentences
    ]


@pytest.mark.parametrize("words", ["kinh tế-xã hội", "kinh tế - xã hội", "kinh tế – xã hội", "KT-XH", "kinh tế xã hội"])
def test_a_heading_has_its_role_however_the_dash_is_printed(words: str) -> None:
    """Short and long dashes, with and without space, none, and the abbreviation."""
    document = _read(
        f"I. Tình hình {words}\n\nThu ngân sách khá. Đời sống ổn định.\n\nII. Nhiệm vụ, giải pháp\n\nRà soát nợ."
    )
    assert read_roles(document, load_lexicon(home())) == {"i": "results", "ii": "tasks"}
