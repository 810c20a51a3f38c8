"""What a section is for, by the words of its heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.model import Section

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading


def test_a_heading_says_what_its_section_is_for() -> None:
    """Each section of the frame has the role its words name, and hands it down to the sections in it."""
    reading = read_passage("Kinh tế phát triển.").reading
    roles = {fact.section: fact.role for fact in reading.facts if isinstance(fact, Section)}
    assert roles["p1.i"] == "results"
    assert roles["p1.ii"] == "shortcomings"
    assert roles["p2.i"] == "theme"
    assert roles["p2.ii"] == "general-objective"
    assert roles["p2.iii"] == roles["p2.iii.1"] == "targets"
    assert roles["p2.iv"] == roles["p2.iv.1"] == "tasks"


def test_a_heading_that_names_several_roles_has_none() -> None:
    """The heading of part 2 names theme, targets and tasks alike: the part itself is for none of them."""
    reading = read_passage("Kinh tế phát triển.").reading
    assert next(fact.role for fact in reading.facts if isinstance(fact, Section) and fact.section == "p2") is None


def test_a_deep_heading_keeps_the_role_of_what_it_stands_in() -> None:
    """A task group that speaks of targets is still a task group."""
    passage = read_passage("1. Thực hiện các chỉ tiêu chủ yếu\n\nRà soát các chỉ tiêu.", "tasks")
    assert [section.role for section in passage.facts(Section)] == ["tasks"]


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("p1.i", "results"),
        ("p1.ii", "shortcomings"),
        ("p1.iii", "general-assessment"),
        ("p2.i", "theme"),
        ("p2.ii", "project-list"),
        ("p2.iii", "general-objective"),
        ("p2.iv", "targets"),
        ("p2.v", "tasks"),
    ],
)
def test_the_sections_of_report_402_have_their_roles(path: str, role: str, report: Reading) -> None:
    """All eight roman sections are known for what they are, slips in their headings included."""
    assert next(fact.role for fact in report.facts if isinstance(fact, Section) and fact.section == path) == role
    assert report.missing == []


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2021", "tasks"),
        ("PHÂN CÔNG TRÁCH NHIỆM", "tasks"),
        ("VỀ MỘT SỐ KIẾN NGHỊ CỦA HUYỆN", "tasks"),
        ("XỬ LÝ CÁC ĐỀ XUẤT, KIẾN NGHỊ CỦA HUYỆN", "tasks"),
        ("ĐỀ XUẤT, KIẾN NGHỊ", "proposals"),
        ("BÀI HỌC KINH NGHIỆM", "lessons"),
        ("KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ NĂM 2020", "results"),
        ("TÌNH HÌNH THỰC HIỆN NHIỆM VỤ TRỌNG TÂM", "results"),
        ("TÌNH HÌNH THỰC HIỆN NĂM 2020 VÀ NHIỆM VỤ NĂM 2021", None),
    ],
)
def test_what_a_word_for_results_leads_to_was_carried_out(title: str, role: str | None) -> None:
    """Tasks that were carried out are results; results and tasks side by side are neither."""
    passage = read_passage(f"Mở đầu.\n\n{title}\n\nCông việc được triển khai.", "results")
    facts = passage.reading.facts
    assert [fact.role for fact in facts if isinstance(fact, Section) and fact.title == title] == [role]


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Nhiệm vụ trọng tâm: rà soát đất đai. Kiểm tra các chợ.", "tasks"),
        ("Huyện vượt khó nhờ nhiều giải pháp. Đời sống ổn định.", None),
    ],
)
def test_a_sentence_run_in_says_what_its_section_is_for_where_it_opens(said: str, role: str | None) -> None:
    """A word further on is what the sentence speaks of."""
    passage = read_passage(f"Mở đầu.\n\nNỘI DUNG KHÁC\n\n1. {said}\n\n2. Việc còn lại. Thời tiết tốt.", "results")
    title = said.partition(".")[0]
    sections = [fact for fact in passage.reading.facts if isinstance(fact, Section)]
    assert [fact.role for fact in sections if fact.title.startswith(title)] == [role]
