"""Projects: named works, one record each, with the status each mention gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.model import Project

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading


def _projects(said: str, part: str = "results") -> list[tuple[str, str, str]]:
    """Return label, kind and first status of the projects in `said`."""
    made = read_passage(said, part).facts(Project)
    return [(project.label, project.kind, project.mentions[0].status) for project in made]


@pytest.mark.parametrize(
    ("said", "projects"),
    [
        ("Hoàn thành cầu Rào 1.", [("Cầu Rào 1", "bridge", "completed")]),
        ("Khởi công đường Đông Khê 2.", [("Đường Đông Khê 2", "road", "started")]),
        (
            "Đang triển khai dự án Khu công nghiệp Nam Cầu Kiền.",
            [("Khu công nghiệp Nam Cầu Kiền", "industrial-park", "under-way")],
        ),
        ("Đẩy nhanh tiến độ cầu Rào 1.", [("Cầu Rào 1", "bridge", "accelerate")]),
    ],
)
def test_a_work_with_a_proper_name_is_a_project(said: str, projects: list[tuple[str, str, str]]) -> None:
    """A word for a kind of work and a name make a project; the verb before it gives its status."""
    assert _projects(said) == projects


@pytest.mark.parametrize("said", ["Các bến cảng, các tuyến đường được nâng cấp.", "Xây dựng cầu, đường, trường học."])
def test_a_work_without_a_name_is_no_project(said: str) -> None:
    """Bridges and roads in general are none."""
    assert _projects(said) == []


def test_a_verb_holds_for_the_list_it_opens() -> None:
    """The status goes on to each item until another verb gives one."""
    assert _projects("Hoàn thành cầu Rào 1, cầu Bính; khởi công cầu Máy Chai, đường Bùi Viện.") == [
        ("Cầu Rào 1", "bridge", "completed"),
        ("Cầu Bính", "bridge", "completed"),
        ("Cầu Máy Chai", "bridge", "started"),
        ("Đường Bùi Viện", "road", "started"),
    ]
    opened = _projects("Khởi công: cầu Máy Chai; đường Bùi Viện; mở rộng Quốc lộ 37.")
    assert [status for _, _, status in opened] == ["started", "started", "started"]


@pytest.mark.parametrize(
    ("verb", "result", "plan"), [("Hoàn thành", "completed", "to-complete"), ("Khởi công", "started", "to-start")]
)
def test_in_a_plan_a_verb_says_what_is_to_be_done(verb: str, result: str, plan: str) -> None:
    """The same words in part 2 are a plan for 2021 and not a thing done."""
    for part, status, period in (("results", result, "2020"), ("tasks", plan, "2021")):
        mention = read_passage(f"{verb} cầu Rào 1.", part).fact(Project).mentions[0]
        assert (mention.status, mention.period) == (status, period)


def test_a_name_goes_on_with_codes() -> None:
    """`HH1, HH2` is one name."""
    project = read_passage("Đầu tư xây dựng chung cư HH1, HH2.").fact(Project)
    assert project.text == "chung cư HH1, HH2"


def test_a_name_ends_before_its_place_and_its_owner() -> None:
    """`tại …` gives the place and `của …` the investor; neither is part of the name."""
    park = read_passage("Đang triển khai dự án Khu công nghiệp Nam Cầu Kiền tại huyện Thủy Nguyên.").fact(Project)
    assert (park.label, park.places) == ("Khu công nghiệp Nam Cầu Kiền", ("https://w3id.org/hpkg/id/place/31-311",))
    hotel = read_passage("Khai trương Khách sạn Vinpearl của Tập đoàn Vingroup.").fact(Project)
    assert (hotel.label, hotel.investor) == ("Khách sạn Vinpearl", "Tập đoàn Vingroup")


def test_one_project_has_one_record_for_all_its_mentions() -> None:
    """A second mention is added to the first, with a status of its own."""
    project = read_passage("Đẩy nhanh tiến độ cầu Rào 1. Đã hoàn thành cầu Rào 1.").fact(Project)
    assert [mention.status for mention in project.mentions] == ["accelerate", "completed"]


def test_projects_of_report_402_are_known_and_one_record_each(report: Reading) -> None:
    """Kinds and statuses are those of the vocabularies; a mention is its characters; no two records share a name."""
    lexicon = load_lexicon(home())
    kinds, statuses = ({concept.key for concept in lexicon.all(name)} for name in ("project-kind", "project-status"))
    projects = [fact for fact in report.facts if isinstance(fact, Project)]
    assert len({project.id for project in projects}) == len({project.label for project in projects}) == len(projects)
    for project in projects:
        assert project.kind in kinds
        for mention in project.mentions:
            assert mention.status in statuses
            assert mention.period == ("2020" if (mention.section or "").startswith("p1") else "2021")
