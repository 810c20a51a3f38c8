"""The outline: the whole text is parted, sections and sentences have their place, and a broken line breaks nothing."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.passage import frame, make_source

from hpkg.document import Document, Words, read_document
from hpkg.errors import SourceError
from hpkg.home import home
from hpkg.pipeline import find_source
from hpkg.source import load_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.model import Section

_BODY = frame(
    results="1. Về kinh tế\n\nKinh tế tăng trưởng khá. Giá cả ổn định.\n\n2. Về xã hội\n\nĐời sống được nâng cao.",
)
_NOISE = {"before-body", "after-body", "blank", "mark"}


@pytest.fixture(scope="module")
def report() -> Document:
    """Return report 402 parted."""
    return read_document(load_source(find_source("31-hai-phong/2020-402-bc-ubnd", home())), Words(abbreviations={"TP"}))


def _assert_parted(document: Document) -> None:
    """Assert that every character is in exactly one leaf, and that noise has a reason."""
    text = document.source.text
    assert "".join(text[leaf.start : leaf.end] for leaf in document.leaves) == text
    for before, leaf in pairwise(document.leaves):
        assert before.end == leaf.start
    for leaf in document.leaves:
        assert leaf.start < leaf.end
        assert (leaf.reason in _NOISE) == (leaf.kind == "noise")
        if leaf.reason in {"blank", "mark"}:
            assert not any(char.isalnum() for char in text[leaf.start : leaf.end])
    kinds = Counter(leaf.kind for leaf in document.leaves)
    assert kinds["sentence"] == len(document.sentences)
    assert kinds["heading"] == len(document.sections)


def _parted(text: str) -> Document:
    return read_document(make_source(text), Words(abbreviations={"TP"}))


def _sentences(text: str) -> list[str]:
    return [sentence.text for sentence in _parted(text).sentences]


def test_the_whole_report_is_parted(report: Document) -> None:
    """Headings, sentences and noise with a reason, put together, are the file."""
    _assert_parted(report)
    reasons = Counter(leaf.reason for leaf in report.leaves if leaf.reason)
    assert reasons["before-body"] >= 1
    assert reasons["after-body"] >= 1


def test_the_report_has_its_parts_sections_and_groups(report: Document) -> None:
    """Two parts, eight roman sections, ten results, nineteen targets in three groups, twelve task groups."""
    paths = {section.section: section for section in report.sections}
    assert [section.number for section in report.sections if section.level == 1] == ["1", "2"]
    assert _numbers(section for section in report.sections if section.level == 2) == "I II III I II III IV V"
    assert [section.number for section in _below(report, "p1.i")] == [str(n) for n in range(1, 11)]
    assert [section.number for section in _below(report, "p2.v")] == [str(n) for n in range(1, 13)]
    targets = [section for group in _below(report, "p2.iv") for section in _below(report, group.section or "")]
    assert [section.number for section in targets] == [str(n) for n in range(1, 20)]
    assert paths["p2.v.4"].title.startswith("Đổi mới mô hình tăng trưởng")
    assert paths["p2.v"].title == "NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU"
    assert len(report.sections) == 2 + 8 + 10 + 3 + 19 + 12


def _numbers(sections: Iterable[Section]) -> str:
    return " ".join(section.number or "-" for section in sections)


def _below(document: Document, path: str) -> list[Section]:
    return [section for section in document.sections if section.parent == path]


def test_quotes_are_their_characters(report: Document) -> None:
    """The text of a section or sentence is the source between its offsets, and begins and ends with no space."""
    for fact in (*report.sections, *report.sentences):
        assert report.source.text[fact.start : fact.end] == fact.text == fact.text.strip()


def test_levels_follow_parents(report: Document) -> None:
    """A section stands one level below its parent; its path goes on from the parent's; names are unique."""
    sections = {section.section: section for section in report.sections}
    assert len(sections) == len(report.sections)
    for section in report.sections:
        if section.parent is None:
            assert section.level == 1
        else:
            assert section.level == sections[section.parent].level + 1
            assert (section.section or "").startswith(f"{section.parent}.")


def test_sentences_are_numbered_in_text_order(report: Document) -> None:
    """Positions count through the report; keys are unique and end with the ordinal in the section."""
    assert [sentence.position for sentence in report.sentences] == list(range(1, len(report.sentences) + 1))
    assert len({sentence.id for sentence in report.sentences}) == len(report.sentences)
    ordinals = Counter[str]()
    for sentence in report.sentences:
        ordinals[sentence.section or "p0"] += 1
        assert (sentence.sentence or "").rpartition(".")[2] == str(ordinals[sentence.section or "p0"])


def test_sentences_above_sub_sections_have_keys_of_their_own() -> None:
    """Where sub-sections follow, the sentences before them are counted under `0`, lest the keys meet."""
    document = _parted(_BODY.replace("1. Về kinh tế", "Một số kết quả nổi bật như sau đây.\n\n1. Về kinh tế"))
    keys = [sentence.sentence for sentence in document.sentences]
    assert keys[:4] == [
        "p1.i.0.1",
        "p1.i.1.1",
        "p1.i.1.2",
        "p1.i.2.1",
    ]


@pytest.mark.parametrize("gap", ["\n", "\r\n", " \n", "\u00a0\n"])
def test_a_sentence_broken_over_a_line_is_one(gap: str) -> None:
    """A line that ends without a mark and goes on in lower case belongs to the same sentence."""
    said = f"Đời sống của nhân dân tiếp tục{gap}được nâng cao."
    assert said in _sentences(_BODY.replace("Đời sống được nâng cao.", said))


def test_the_sentences_of_the_report_that_are_broken_are_one(report: Document) -> None:
    """In report 402 no sentence begins in lower case, since that would be the second half of another."""
    assert [sentence.text for sentence in report.sentences if sentence.text[:1].islower()] == []


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Thu ngân sách đạt 84.199,2 tỷ đồng.", 1),
        ("Ngày 05.6.2020 thành phố đã ban hành kế hoạch.", 1),
        ("Tại TP. Hải Phòng dịch bệnh đã được kiểm soát.", 1),
        ("Cách mạng công nghiệp 4.0 được đẩy mạnh.", 1),
        ("Các dự án gồm: cầu, đường, cảng… được đẩy mạnh.", 1),
        ("Dịch bệnh được kiểm soát. Kinh tế phục hồi.", 2),
        ("Thực hiện phương châm “chống dịch như chống giặc.” Kinh tế phục hồi.", 2),
        ("Dịch bệnh được kiểm soát! Kinh tế phục hồi?", 2),
    ],
)
def test_only_a_closing_mark_ends_a_sentence(said: str, count: int) -> None:
    """Points inside numbers, dates and abbreviations end nothing; a closing quotation mark belongs to its sentence."""
    document = _parted(_BODY.replace("Đời sống được nâng cao.", said))
    assert sum(sentence.section == "p1.i.2" for sentence in document.sentences) == count


def test_the_end_mark_closes_the_body() -> None:
    """What follows `./.` is noise after the body, be it a signature or the foot of a web page."""
    document = _parted(_BODY + "\nNơi nhận:\n- Như trên;\n\nĐọc thêm. Tin khác. Trang chủ.\n")
    assert document.sentences[-1].text == "Tiếp tục thực hiện nghiêm các quy định."
    assert document.leaves[-1].reason == "after-body"
    _assert_parted(document)


def test_what_stands_before_the_first_heading_is_noise_unless_it_speaks() -> None:
    """A head of short lines is noise; a full sentence before the first section is read, with no section."""
    document = _parted("In trang\n\nThứ Năm\n" + _BODY)
    assert document.leaves[0].reason == "before-body"
    opening = "Ngày 18/12/2020, Ủy ban nhân dân thành phố đã ban hành Báo cáo này.\n"
    first = _parted("In trang\n\n" + opening + _BODY).sentences[0]
    assert (first.text, first.section, first.sentence) == (opening.strip(), None, "p0.1")


def test_a_heading_keeps_its_number_and_loses_it_in_its_title() -> None:
    """`number` is the bare number as printed, `title` what follows it."""
    sections = {section.section: section for section in _parted(_BODY).sections}
    assert (sections["p1.i"].number, sections["p1.i"].title) == ("I", "KẾT QUẢ ĐẠT ĐƯỢC")
    assert (sections["p1.i.2"].number, sections["p1.i.2"].title) == ("2", "Về xã hội")
    assert sections["p1.i.2"].text == "2. Về xã hội"


def test_a_numbered_sentence_is_a_section_and_speaks_for_itself() -> None:
    """An item of a list that says something itself is a section whose sentence stands beside its mark."""
    document = _parted(_BODY.replace("(1) Các mặt", "(1) GRDP tăng 13,5%;\n\n(2) Các mặt"))
    items = [section for section in document.sections if section.parent == "p2.iii.1"]
    assert [section.number for section in items] == ["1", "2"]
    assert [sentence.text for sentence in document.sentences if sentence.section == items[0].section] == [
        "GRDP tăng 13,5%;"
    ]


def test_a_bullet_is_no_section() -> None:
    """A dash before a sentence is a mark that belongs to no sentence and opens nothing."""
    document = _parted(_BODY.replace("Đời sống được", "- Việc làm tăng.\n\n- Đời sống được"))
    assert [sentence.text for sentence in document.sentences if sentence.section == "p1.i.2"] == [
        "Việc làm tăng.",
        "Đời sống được nâng cao.",
    ]
    _assert_parted(document)


def test_a_section_is_found_by_its_path(report: Document) -> None:
    """A path that is not there is a KeyError."""
    assert report.section("p2.v.12").number == "12"
    with pytest.raises(KeyError):
        report.section("p3")


@pytest.mark.parametrize("text", ["", "\n", "1. 2. 3.", "Một câu. Hai câu."])
def test_what_has_too_few_sentences_is_no_report(text: str) -> None:
    """Without three sentences there is no report to part."""
    with pytest.raises(SourceError, match="no report"):
        _parted(text)


_PIECES = (
    *("\n", "\n\n", "\r\n", " ", "\u00a0", "\ufeff", "\u2028", "\t"),
    *("I. ", "IV. ", "1. ", "12. ", "a) ", "(3) ", "- ", "+ ", "Phần 2. ", "Điều 1. "),
    *("./.", ".", "…", "; ", ": ", ", ", "“", "”"),
    *("KẾT QUẢ ĐẠT ĐƯỢC", "nâng cao đời sống nhân dân", "Kinh tế phát triển"),
    *("84.199,2 tỷ đồng", "TP. Hải Phòng", "18/12/2020"),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_any_text_is_parted(said: str) -> None:
    """Whatever stands in the body, nothing is lost, doubled or left without a reason, and the names stay unique."""
    document = _parted(_BODY + said if "./." in said else _BODY.replace("Giá cả ổn định.", said))
    _assert_parted(document)
    names = [fact.id for fact in (*document.sections, *document.sentences)]
    assert len(names) == len(set(names))
