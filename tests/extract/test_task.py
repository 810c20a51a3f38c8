"""Task groups, tasks and sub-tasks, and the pillars they serve."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.model import Sentence, Task

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading

_HEAD = "1. Công tác chung\n\n"


def _tasks(said: str, head: str = _HEAD) -> dict[str, Task]:
    return {task.number: task for task in read_passage(head + said, "tasks").facts(Task)}


def _pillars(task: Task) -> list[tuple[str, str]]:
    return [(link.pillar, link.basis) for link in task.pillars]


def test_a_numbered_section_is_a_group_and_its_sentences_are_tasks() -> None:
    """Groups carry roman and arabic number, tasks the ordinal of their sentence; each names its parent."""
    made = _tasks("Rà soát các quy định. Tăng cường kiểm tra.\n\n2. Công tác khác\n\nTiếp tục tuyên truyền.")
    assert [(task.number, task.level) for task in made.values()] == [
        ("IV.1", "group"),
        ("IV.1.1", "task"),
        ("IV.1.2", "task"),
        ("IV.2", "group"),
        ("IV.2.1", "task"),
    ]
    assert made["IV.1"].parent is None
    assert made["IV.1.2"].parent == made["IV.1"].id
    assert made["IV.1.2"].text == "Tăng cường kiểm tra."


def test_clauses_that_each_open_with_a_verb_are_sub_tasks() -> None:
    """A semicolon before another verb of action parts a task; it is left out of the quotes."""
    made = _tasks("Rà soát các quy định; đồng thời tăng cường kiểm tra; xử lý nghiêm vi phạm.")
    parts = [task for task in made.values() if task.level == "subtask"]
    assert [task.number for task in parts] == ["IV.1.1.1", "IV.1.1.2", "IV.1.1.3"]
    assert parts[0].text == "Rà soát các quy định"
    assert {task.parent for task in parts} == {made["IV.1.1"].id}


@pytest.mark.parametrize(
    "said",
    [
        "Nâng cao chất lượng các ngành: công nghiệp; thương mại; dịch vụ.",
        "Rà soát (các quy định; tăng cường kiểm tra).",
        "Thực hiện phương châm “rà soát quy định; tăng cường kiểm tra”.",
        "Rà soát các quy định.",
    ],
)
def test_a_semicolon_between_names_parts_no_task(said: str) -> None:
    """A list of names, and what stands in brackets or quotation marks, is no clause of independent action."""
    assert [task.number for task in _tasks(said).values()] == ["IV.1", "IV.1.1"]


@pytest.mark.parametrize(
    ("said", "pillars"),
    [
        ("Phát triển công nghiệp công nghệ cao.", [("high-tech-industry", "stated")]),
        ("Phát triển du lịch-thương mại.", [("tourism-trade", "stated")]),
        ("Thu hút đầu tư vào các khu công nghiệp.", [("high-tech-industry", "content")]),
        ("Nâng cao chất lượng dịch vụ logistics.", [("port-logistics", "content")]),
        ("Xúc tiến, quảng bá du lịch.", [("tourism-trade", "content")]),
        (
            "Phát triển 03 trụ cột: công nghiệp công nghệ cao, cảng biển-logistics, du lịch-thương mại.",
            [("high-tech-industry", "stated"), ("port-logistics", "stated"), ("tourism-trade", "stated")],
        ),
    ],
)
def test_a_task_serves_the_pillars_it_names_or_shows(said: str, pillars: list[tuple[str, str]]) -> None:
    """A pillar's name states it, words of its subject matter show it; `stated` goes before `content`."""
    assert _pillars(_tasks(said)["IV.1.1"]) == pillars


@pytest.mark.parametrize(
    "said",
    [
        "Phát triển nông nghiệp ứng dụng công nghệ cao.",
        "Kiểm soát tín dụng của các ngân hàng thương mại.",
        "Chống gian lận thương mại.",
        "Mở rộng cảng hàng không quốc tế.",
        "Tăng cường kỷ luật, kỷ cương.",
    ],
)
def test_words_that_only_look_like_a_pillar_serve_none(said: str) -> None:
    """A commercial bank is no trade, an airport no seaport, farming with high technology no industry."""
    assert _pillars(_tasks(said)["IV.1.1"]) == []


def test_a_heading_lends_its_pillars_only_to_tasks_that_show_none() -> None:
    """A task with a pillar of its own keeps that alone; a silent one has those of the heading."""
    made = _tasks(
        "Xúc tiến, quảng bá du lịch. Rà soát các quy định.", "1. Phát triển dịch vụ logistics và cảng biển\n\n"
    )
    assert _pillars(made["IV.1.1"]) == [("tourism-trade", "content")]
    assert _pillars(made["IV.1.2"]) == [("port-logistics", "heading")]
    assert [link[1] for link in _pillars(made["IV.1"])] != ["heading"]


def test_the_basis_quotes_the_words_that_show_it() -> None:
    """Each contribution points at the characters that speak for the pillar, those of the heading if it is lent."""
    passage = read_passage("1. Phát triển cảng biển\n\nXúc tiến du lịch. Rà soát các quy định.", "tasks")
    quotes = {
        task.number: [passage.text[link.start : link.end] for link in task.pillars] for task in passage.facts(Task)
    }
    (lent,) = quotes["IV.1"]
    assert quotes["IV.1.2"] == [lent]
    assert "du lịch" in quotes["IV.1.1"][0]
    assert "cảng biển" in lent


@pytest.mark.parametrize(
    ("said", "deadline"),
    [
        ("Hoàn thành rà soát trước ngày 30/6/2021.", "2021-06-30"),
        ("Xây dựng Quy hoạch, tầm nhìn đến năm 2050.", None),
        ("Triển khai các nhiệm vụ giai đoạn 2021-2025.", None),
    ],
)
def test_a_deadline_is_a_date_by_which_to_be_done(said: str, deadline: str | None) -> None:
    """A word of deadline leads to the date; a vision or a span of years is none."""
    assert _tasks(said)["IV.1.1"].deadline == deadline


def test_a_task_is_tied_to_what_it_names() -> None:
    """Places, projects, documents, bodies and quantities in a task are its own, by the names of their records."""
    made = _tasks(
        "Giao Sở Tài chính thực hiện Nghị quyết số 45-NQ/TW của Bộ Chính trị tại huyện Cát Hải. "
        "Khởi công cầu Rào 1 tại quận Dương Kinh với 120 tỷ đồng."
    )
    first, second = made["IV.1.1"], made["IV.1.2"]
    assert first.places == ("https://w3id.org/hpkg/id/place/31-317",)
    assert first.documents == first.implements == ("https://w3id.org/hpkg/id/document/vn/45-nq-tw",)
    assert first.responsible == ("https://w3id.org/hpkg/id/organisation/31-hai-phong/so-tai-chinh",)
    assert set(first.responsible) < set(first.organisations)
    assert second.projects == ("https://w3id.org/hpkg/id/project/31-hai-phong/cau-rao-1",)
    assert second.places == ("https://w3id.org/hpkg/id/place/31-309",)
    assert len(second.measurements) == 1
    assert (first.projects, first.measurements, second.documents) == ((), (), ())


def test_a_task_serves_the_theme_whose_words_it_says() -> None:
    """The theme is read from its own section; a task that says a part of it serves it."""
    tasks = read_passage(_HEAD + "Đẩy mạnh cải cách hành chính. Rà soát các quy định.", "tasks").facts(Task)
    assert {task.number: task.theme for task in tasks if task.level == "task"} == {"IV.1.1": True, "IV.1.2": False}


def test_report_402_has_twelve_groups_and_every_sentence_is_a_task(report: Reading) -> None:
    """The groups are V.1 to V.12; each sentence below them is one task, at its own offsets."""
    tasks = [fact for fact in report.facts if isinstance(fact, Task)]
    assert [task.number for task in tasks if task.level == "group"] == [f"V.{n}" for n in range(1, 13)]
    said = [(task.start, task.end) for task in tasks if task.level == "task"]
    assert said == [
        (fact.start, fact.end)
        for fact in report.facts
        if isinstance(fact, Sentence) and (fact.section or "").startswith("p2.v.")
    ]


def test_tasks_of_report_402_form_a_tree(report: Reading) -> None:
    """Numbers are unique, parents are there one level up, and a part lies in its whole."""
    tasks = [fact for fact in report.facts if isinstance(fact, Task)]
    assert max(Counter(task.number for task in tasks).values()) == 1
    known = {task.id: task for task in tasks}
    above = {"task": "group", "subtask": "task"}
    for task in tasks:
        if task.level == "group":
            assert task.parent is None
            continue
        whole = known[task.parent or ""]
        assert whole.level == above[task.level]
        assert task.number.rpartition(".")[0] == whole.number
        if task.level == "subtask":
            assert whole.start <= task.start < task.end <= whole.end


def test_articles_that_charge_a_body_set_tasks_without_a_section_for_them() -> None:
    """The sentences of a section without a role are tasks where they direct; the others are not."""
    passage = read_passage(
        "“Kỷ cương”.\n\nCÁC KIẾN NGHỊ KHÁC\n\n1. Giao Sở Y tế rà soát nhu cầu thuốc.\n\n"
        "2. Thời tiết năm nay thuận lợi.",
        "theme",
    )
    numbers = [
        fact.number for fact in passage.reading.facts if isinstance(fact, Task) and "rà soát nhu cầu" in fact.text
    ]
    assert numbers
    assert not any("Thời tiết" in fact.text for fact in passage.reading.facts if isinstance(fact, Task))


def test_a_heading_run_in_with_its_paragraph_spans_its_first_sentence() -> None:
    """`1.` is no heading by itself: the group reads as far as the sentence that heads it."""
    passage = read_passage(
        "1. Tăng cường kỷ luật. Thực hiện nghiêm quy định.\n\n2. Đẩy mạnh tuyên truyền pháp luật.", "tasks"
    )
    group = next(fact for fact in passage.reading.facts if isinstance(fact, Task) and fact.level == "group")
    assert group.text == "1. Tăng cường kỷ luật."


def _said(passage: str, part: str = "theme") -> list[str]:
    """Return the task sentences of a passage that stands where no heading speaks of tasks."""
    text = f"“Kỷ cương”.\n\nCÁC NỘI DUNG KHÁC\n\n{passage}"
    facts = read_passage(text, part).reading.facts
    return [fact.text for fact in facts if isinstance(fact, Task) and fact.level == "task" and fact.text in text]


@pytest.mark.parametrize(
    "said",
    [
        "Các sở, ngành theo chức năng được giao khẩn trương rà soát thủ tục.",
        "Thủ trưởng các đơn vị tổ chức thực hiện nghiêm việc này.",
        "Để sớm có mặt bằng, Ủy ban nhân dân các xã phối hợp kiểm đếm đất đai.",
        "Về đường qua thôn Hạ: Sở Xây dựng khẩn trương thẩm định thiết kế.",
        "Đề nghị các địa phương bố trí kinh phí.",
    ],
)
def test_a_body_that_is_set_to_work_makes_a_task(said: str) -> None:
    """A body by its name or by its kind, in the main clause: at the start, after a colon, after a clause of purpose."""
    assert _said(f"1. {said}") == [said]


@pytest.mark.parametrize(
    "said",
    [
        "Các sở, ngành đã nỗ lực triển khai nhiều giải pháp.",
        "Quản lý nhà nước: 120 tỷ đồng.",
        "Nghị quyết này được thông qua tại kỳ họp cuối năm.",
        "Văn phòng trân trọng thông báo để các đơn vị thực hiện.",
        "Thời tiết thuận lợi cho vụ lúa.",
    ],
)
def test_what_tells_and_closes_makes_none(said: str) -> None:
    """The past, a line of a table, a document that speaks of itself and a closing formula set no work."""
    assert _said(f"1. {said}") == []


def test_a_section_of_tasks_sets_some_before_its_first_group() -> None:
    """What it directs above its groups has a group of its own, whose numbers are no one else's."""
    passage = read_passage(
        "Yêu cầu các sở, ngành tập trung thực hiện.\n\nThời gian không còn nhiều.\n\n1. Văn hóa\n\nBảo tồn các lễ hội.",
        "tasks",
    )
    numbers = {fact.text: fact.number for fact in passage.facts(Task) if fact.level == "task"}
    assert numbers == {"Yêu cầu các sở, ngành tập trung thực hiện.": "IV.0.1", "Bảo tồn các lễ hội.": "IV.1.1"}


def test_closing_words_in_the_last_group_are_no_task() -> None:
    """They stand below the last task, and belong to the document."""
    passage = read_passage("1. Văn hóa\n\nBảo tồn các lễ hội.\n\nNghị quyết này có hiệu lực từ ngày ký.", "tasks")
    assert [fact.text for fact in passage.facts(Task) if fact.level == "task"] == ["Bảo tồn các lễ hội."]


def test_what_is_asked_of_those_above_is_no_task() -> None:
    """A report that proposes charges no one."""
    passage = read_passage(
        "“Kỷ cương”.\n\nĐỀ XUẤT, KIẾN NGHỊ\n\n1. Đề nghị Chính phủ xem xét bố trí vốn cho tuyến đường.", "theme"
    )
    assert not any("bố trí vốn" in fact.text for fact in passage.reading.facts if isinstance(fact, Task))
