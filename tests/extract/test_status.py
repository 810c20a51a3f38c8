"""Statuses of projects: what words of tense beside a verb make of it."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Project


def _status(said: str, part: str = "results") -> str:
    return read_passage(said, part).facts(Project)[0].mentions[0].status


@pytest.mark.parametrize(
    ("said", "part", "status"),
    [
        ("Cụm công nghiệp Bàng La được thành lập.", "results", "established"),
        ("Đã thành lập Khu công nghiệp Giao Long.", "results", "established"),
        ("Quyết định thành lập Khu công nghiệp Giao Long.", "results", "established"),
        ("Hoàn thiện hồ sơ thành lập Khu công nghiệp Giao Long.", "results", "to-establish"),
        ("Cụm công nghiệp Bàng La sẽ được thành lập.", "results", "to-establish"),
        ("Cụm công nghiệp Bàng La chưa được thành lập.", "results", "to-establish"),
        ("Thành lập Khu công nghiệp Giao Long.", "tasks", "to-establish"),
        ("Khu công nghiệp Giao Long đã được thành lập, tập trung thu hút nhà đầu tư thứ cấp.", "tasks", "established"),
    ],
)
def test_what_is_founded_is_told_from_what_is_to_be_founded(said: str, part: str, status: str) -> None:
    """The bare word and those of the past tell that it was; procedures, what is to come and a plan that it will be."""
    assert _status(said, part) == status


@pytest.mark.parametrize(
    ("said", "part", "status"),
    [
        ("Cầu Vân Tiên sẽ được khởi công.", "results", "to-start"),
        ("Cầu Vân Tiên chuẩn bị được khánh thành.", "results", "to-complete"),
        ("Cầu Vân Tiên phải hoàn thành sớm.", "results", "to-complete"),
        ("Cầu Vân Tiên đã được hoàn thành.", "tasks", "completed"),
        ("Quốc lộ 10 đã được nâng cấp.", "results", "completed"),
        ("Quốc lộ 10 đang được cải tạo, nâng cấp.", "results", "under-way"),
        ("Tỉnh lộ 354 hiện đang được mở rộng.", "tasks", "under-way"),
        ("Tiếp tục triển khai dự án cầu Vân Tiên.", "results", "under-way"),
        ("Chuẩn bị đầu tư cầu Vân Tiên.", "results", "to-build"),
    ],
)
def test_words_of_tense_say_whether_a_state_has_come(said: str, part: str, status: str) -> None:
    """What will, should or must be is to come, whatever the section; a verb of building tells what was or is done."""
    assert _status(said, part) == status


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Tổ chức thi thiết kế tượng đài Vua Hùng để khởi công trong năm.", "to-start"),
        ("Triển khai lấy ý kiến nhân dân về cầu Vân Tiên, phấn đấu khởi công trong năm.", "to-start"),
        ("Triển khai thi sáng tác mẫu tượng đài Vua Hùng đặt tại Quảng trường Bình Minh để khởi công.", "to-start"),
        ("Triển khai dự án cầu Vân Tiên.", "under-way"),
    ],
)
def test_a_verb_whose_object_is_another_noun_tells_nothing_of_the_work(said: str, status: str) -> None:
    """Of a contest for its design a work is only the subject; what it is held for tells the state."""
    assert _status(said, "tasks") == status


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "Năm 2019 đã hoàn thành cầu Tân An; năm 2020 khởi công cầu Nguyễn Trãi.",
            [("completed", "2019"), ("started", "2020")],
        ),
        ("Năm 2019, thành phố đã hoàn thành cầu Tân An.", [("completed", "2019")]),
        ("Cầu Tân An dự kiến hoàn thành trong quý II/2022.", [("to-complete", "2022-04/2022-06")]),
        ("Đường sắt đô thị Sao Mai đang được quy hoạch.", [("under-study", "2020")]),
        ("Chấp thuận chủ trương thực hiện dự án mở rộng đường tỉnh 361.", [("to-build", "2020")]),
    ],
)
def test_a_time_that_opens_a_clause_dates_its_works(said: str, expected: list[tuple[str, str]]) -> None:
    """With a comma or right before the verb, in each clause its own."""
    found = [(one.status, one.period) for project in read_passage(said).facts(Project) for one in project.mentions]
    assert found == expected
