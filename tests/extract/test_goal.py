"""The dual goal of a plan, and the tasks that serve it."""

from __future__ import annotations

import pytest
from tests.passage import frame, make_source, read_passage

from hpkg.extract.facts import read_facts
from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.model import Objective, Task

GOAL = "“mục tiêu kép”, vừa phòng, chống dịch Covid-19, vừa phục hồi, phát triển kinh tế"


def _dual(said: str, part: str = "objective") -> list[Objective]:
    return [fact for fact in read_passage(said, part).facts(Objective) if fact.dual]


def test_a_dual_goal_is_its_name_and_both_halves() -> None:
    """It reaches to the end of the second half, of which a comma between two verbs is part, and is the plan's."""
    (goal,) = _dual(f"Kiên trì thực hiện {GOAL}, giữ vững ổn định xã hội.")
    assert goal.text == goal.label == GOAL
    assert (goal.period, goal.id) == ("2021", "https://w3id.org/hpkg/id/objective/31-hai-phong/2021/muc-tieu-kep")


def test_a_dual_goal_without_its_halves_is_its_name() -> None:
    """What it consists of is not made up."""
    (goal,) = _dual("Thực hiện thắng lợi mục tiêu kép trong tình hình mới.")
    assert goal.text == "mục tiêu kép"


def test_a_goal_named_twice_is_one_with_two_mentions() -> None:
    """The passage that says most of it is its own."""
    text = frame(objective="Thực hiện “mục tiêu kép”.", tasks=f"1. Y tế\n\nTiếp tục thực hiện {GOAL}.")
    reading = read_facts(make_source(text), load_lexicon(home()))
    (goal,) = (fact for fact in reading.facts if isinstance(fact, Objective) and fact.dual)
    assert goal.text == GOAL
    assert [mention.text for mention in goal.mentions] == ["“mục tiêu kép”", GOAL]


def test_what_was_done_in_the_year_before_is_no_goal_of_the_plan() -> None:
    """A report that only looks back on a dual goal sets none."""
    assert _dual("Thành phố đã thực hiện thành công “mục tiêu kép”.", "results") == []


@pytest.mark.parametrize(
    ("said", "serves"),
    [
        ("Phấn đấu đạt “mục tiêu kép” trong mọi lĩnh vực.", 1),
        ("Tăng cường phòng, chống dịch bệnh tại cửa khẩu.", 1),
        ("Tăng cường phòng, chống dịch bệnh trên đàn lợn.", 0),
        ("Xây dựng trụ sở làm việc mới.", 0),
    ],
)
def test_a_task_serves_the_goal_that_it_names_or_is_about(said: str, serves: int) -> None:
    """The first subject of a half counts; an epidemic of livestock is another matter."""
    text = frame(objective=f"Thực hiện {GOAL}.", tasks=f"1. Công tác chung\n\n{said}")
    reading = read_facts(make_source(text), load_lexicon(home()))
    (task,) = (fact for fact in reading.facts if isinstance(fact, Task) and fact.level == "task")
    assert task.dual_goal == bool(serves)
    assert len(task.objectives) == serves


def test_a_plan_without_a_dual_goal_has_tasks_that_serve_none() -> None:
    """Fighting an epidemic alone names no goal."""
    task = next(fact for fact in read_passage("1. Y tế\n\nPhòng, chống dịch Covid-19.", "tasks").facts(Task))
    assert not task.dual_goal
