"""Events: what makes words the name of one, where and when it takes place, and when two names are one."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Event, Task


def event(said: str) -> Event:
    """Return the only event that `said` names."""
    return read_passage(said, "tasks").fact(Event)


@pytest.mark.parametrize(
    ("said", "kind", "text", "date"),
    [
        ("Tổ chức Đại hội Đảng bộ thành phố lần thứ XV, nhiệm kỳ 2015-2020.", "congress", None, None),
        ("Chào mừng Đại hội XII của Đảng.", "congress", "Đại hội XII của Đảng", None),
        ("Tổ chức Đại hội thi đua yêu nước năm 2020.", "congress", "Đại hội thi đua yêu nước năm 2020", "2020"),
        ("Chuẩn bị kỳ họp thứ 15 Hội đồng nhân dân thành phố.", "session", None, None),
        ("Quán triệt Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII.", "plenum", None, None),
        ("Tổ chức bầu cử đại biểu Quốc hội khóa XIV tại các xã.", "election", None, None),
        ("Tổ chức Hội nghị xúc tiến du lịch năm 2019.", "conference", None, "2019"),
        ("Dự hội nghị trực tuyến ngày 07 tháng 11 năm 2020.", "conference", "hội nghị trực tuyến", "2020-11-07"),
        ("Tổ chức Lễ hội chọi trâu Đồ Sơn.", "festival", "Lễ hội chọi trâu Đồ Sơn", None),
        ("Tham gia Năm Du lịch quốc gia 2023.", "festival", "Năm Du lịch quốc gia 2023", "2023"),
        ("Tổ chức Hội chợ Thương mại Quốc tế năm 2021.", "fair", None, "2021"),
        ("Đăng cai SEA Games 31 với 5 môn.", "sports-event", "SEA Games 31", None),
        ("Tổ chức Đại hội Thể dục thể thao lần thứ VIII.", "sports-event", None, None),
        ("Tổ chức Hội thi “Bí thư chi bộ giỏi”.", "contest", "Hội thi “Bí thư chi bộ giỏi”", None),
        ("Tổ chức kỷ niệm 65 năm Ngày giải phóng thành phố.", "anniversary", None, None),
        ("Chăm lo Tết Nguyên đán Canh Tý cho người nghèo.", "holiday", "Tết Nguyên đán Canh Tý", None),
        ("Kiểm soát dịch tả lợn châu Phi trên đàn lợn.", "outbreak", "dịch tả lợn châu Phi", None),
        ("Phòng, chống dịch Ebola.", "outbreak", "dịch Ebola", None),
        ("Khắc phục hậu quả bão số 3 năm 2024.", "natural-disaster", "bão số 3 năm 2024", "2024"),
        ("Khắc phục thiệt hại do bão Yagi gây ra.", "natural-disaster", "bão Yagi", None),
    ],
)  # fmt: skip
def test_a_name_makes_an_event(said: str, kind: str, text: str | None, date: str | None) -> None:
    """A number, a year, a quotation or a proper name makes one of its kind."""
    made = event(said)
    assert (made.kind, made.date) == (kind, date)
    assert made.text == text if text else made.text in said


@pytest.mark.parametrize(
    "said",
    [
        "Tổ chức các lễ hội truyền thống.",
        "Chuẩn bị đại hội đảng các cấp.",
        "Tổ chức 07 giải thể thao quốc gia năm 2020.",
        "Kỷ niệm các ngày lễ lớn.",
        "Phát triển dịch vụ logistics.",
        "Phòng, chống dịch bệnh ở người.",
        "Đại hội đồng cổ đông thông qua phương án.",
        "Chủ động phòng, chống bão, lũ.",
        "Tổ chức hội nghị tổng kết.",
        "Trong 5 năm thành lập mới nhiều doanh nghiệp.",
    ],
)
def test_what_is_spoken_of_in_general_is_none(said: str) -> None:
    """A kind without a name, and a word that only looks like a kind, are no events."""
    assert read_passage(said, "tasks").facts(Event) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đại hội Đảng bộ thành phố lần thứ XV", "Đại hội đại biểu Đảng bộ thành phố khóa XV"),
        ("Đại hội XIII của Đảng", "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng"),
        ("đại dịch Covid-19", "dịch bệnh COVID-19"),
        ("cuộc bầu cử đại biểu Quốc hội khóa XV nhiệm kỳ 2021-2026", "bầu cử Quốc hội"),
    ],
)
def test_one_event_in_two_names_is_one_node(one: str, other: str) -> None:
    """Words for whose congress it is, for a disease, and the short name of an election do not make another event."""
    assert len(event(f"Chuẩn bị cho {one}. Phục vụ tốt {other}.").mentions) == 2


def test_congresses_of_the_nation_and_of_the_city_are_two() -> None:
    """The same number in the nation and in an area is two events, under two areas."""
    made = read_passage("Chào mừng Đại hội XIII của Đảng. Tổng kết Đại hội Đảng bộ thành phố lần thứ XIII.").facts(
        Event
    )
    assert [one.id.partition("/event/")[2] for one in made] == ["vn/dai-hoi-dang-13", "31-hai-phong/dai-hoi-dang-13"]


def test_storms_of_two_years_are_two() -> None:
    """The numbers of storms begin anew each year."""
    made = read_passage("Khắc phục hậu quả bão số 3 năm 2018, bão số 3 năm 2019.").facts(Event)
    assert len({one.id for one in made}) == 2


def test_the_place_is_the_one_in_the_name_or_after_it() -> None:
    """`tại` right after the name leads to the place; whose congress it is is no place."""
    assert event("Tổ chức Lễ hội Hoa Xuân tại huyện Cát Hải.").place == "Huyện Cát Hải"
    assert event("Tổ chức Lễ hội Hoa Xuân.").place is None
    assert event("Dự Đại hội Đảng bộ thành phố Hải Phòng lần thứ XV.").place is None


def test_a_task_concerns_the_events_it_names() -> None:
    """The events in the words of a task are its events."""
    passage = read_passage("1. Việc chung\n\nTổ chức Lễ hội Hoa Xuân. Chăm lo đời sống nhân dân.", "tasks")
    (made,) = passage.facts(Event)
    assert [task.events for task in passage.facts(Task) if task.level == "task"] == [(made.id,), ()]
