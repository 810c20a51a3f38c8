"""Projects: named works, one record each, with the status each mention gives them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.model import Measurement, Project

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
        ("Khởi công Nhà máy điện khí LNG Hòn Dấu.", [("Nhà máy điện khí LNG Hòn Dấu", "power-plant", "started")]),
        (
            "Hoàn thành đường dây 500 kV Quảng Trạch - Phố Nối và trạm biến áp 220 kV Đồng Hòa.",
            [
                ("Đường dây 500 kV Quảng Trạch - Phố Nối", "power-line", "completed"),
                ("Trạm biến áp 220 kV Đồng Hòa", "substation", "completed"),
            ],
        ),
        ("Tạm dừng thi công sân golf Đồi Thông.", [("Sân golf Đồi Thông", "golf-course", "stopped")]),
        ("Khởi công dự án The Lotus Garden.", [("Dự án The Lotus Garden", "other", "started")]),
        ("Xây dựng kè sông Lạch Tray.", [("Kè sông Lạch Tray", "water-embankment", "to-build")]),
        (
            "Khởi công trạm bơm Đồng Tiến, cống ngăn mặn Cái Lớn.",
            [
                ("Trạm bơm Đồng Tiến", "pumping-station", "started"),
                ("Cống ngăn mặn Cái Lớn", "drainage", "started"),
            ],
        ),
    ],
)
def test_a_work_with_a_proper_name_is_a_project(said: str, projects: list[tuple[str, str, str]]) -> None:
    """A word for a kind of work and a name make a project; the verb before it gives its status."""
    assert _projects(said) == projects


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Khởi công đường nối Quốc lộ 10 với cảng Nam Sơn.", "Đường nối Quốc lộ 10 với cảng Nam Sơn"),
        ("Nâng cấp QL 37 đoạn từ ngã ba Bình Yên đến cầu Trắng.", "Quốc lộ 37 đoạn từ ngã ba Bình Yên đến cầu Trắng"),
        ("Khởi công cao tốc Bắc Giang - Lạng Sơn.", "Cao tốc Bắc Giang - Lạng Sơn"),
        ("Khởi công nhà máy lọc hóa dầu Nam Sơn.", "Nhà máy lọc hóa dầu Nam Sơn"),
        ("Khởi công bệnh viện sản nhi Kinh Bắc (giai đoạn 2).", "Bệnh viện sản nhi Kinh Bắc (giai đoạn 2)"),
        ("Khởi công KCN Nam Sơn giai đoạn 3.", "Khu công nghiệp Nam Sơn giai đoạn 3"),
        ("Khởi công dự án “Làng xanh”.", "Dự án “Làng xanh”"),
        ("Khởi công tượng đài Chủ tịch Tôn Đức Thắng.", "Tượng đài Chủ tịch Tôn Đức Thắng"),
        ("Khánh thành Bệnh viện đa khoa tỉnh.", "Bệnh viện đa khoa tỉnh"),
        ("Xây dựng Trung tâm dữ liệu quốc gia.", "Trung tâm dữ liệu quốc gia"),
        ("Khởi công nhà máy xử lý rác thải tại huyện An Lão.", "Nhà máy xử lý rác thải tại huyện An Lão"),
        ("Khởi công cầu Sông Hóa 2 dài 800 m.", "Cầu Sông Hóa 2"),
    ],
)
def test_a_name_goes_on_as_far_as_it_tells_the_work(said: str, label: str) -> None:
    """Numbers, phases and the ends of a route are part of it; a level or a place tells what has no proper name."""
    assert read_passage(said).fact(Project).label == label


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("Hoàn thành cầu Vạn Phúc 1, 2 và 3.", ["Cầu Vạn Phúc 1", "Cầu Vạn Phúc 2", "Cầu Vạn Phúc 3"]),
        ("Khởi công các bến số 5, số 6.", ["Bến số 5", "Bến số 6"]),
        (
            "Đẩy nhanh các KCN: Hòa Bình, Tân Phú và Long Mỹ.",
            ["Khu công nghiệp Hòa Bình", "Khu công nghiệp Tân Phú", "Khu công nghiệp Long Mỹ"],
        ),
        ("Hoàn thành nhà ga T3 Sơn Nhất, T4 Bài Nội.", ["Nhà ga T3 Sơn Nhất", "Nhà ga T4 Bài Nội"]),
        ("Khởi công mở rộng Quốc lộ 5, Quốc lộ 10.", ["Quốc lộ 5", "Quốc lộ 10"]),
    ],
)
def test_items_share_the_word_that_opens_their_list(said: str, labels: list[str]) -> None:
    """Numbers, codes and names that follow a kind of work each name a work."""
    assert [label for label, _, _ in _projects(said)] == labels


@pytest.mark.parametrize(
    "said",
    [
        "Các bến cảng, các tuyến đường được nâng cấp.",
        "Xây dựng cầu, đường, trường học.",
        "Xây dựng trường học tại huyện Cát Hải.",
        "Phát triển các khu công nghiệp, cụm công nghiệp trên địa bàn huyện An Lão.",
        "Nhu cầu nhà ở của công nhân tăng; yêu cầu các sở, ngành vào cuộc.",
        "Ban quản lý dự án cầu Rào 1 báo cáo kết quả.",
        "Công ty cổ phần cảng Nam Sơn nộp ngân sách 20 tỷ đồng.",
        "Trường mầm non Sao Sáng đón đoàn công tác.",
        "Quy hoạch chung đô thị Cát Bà được phê duyệt.",
    ],
)
def test_a_work_without_a_name_is_no_project(said: str) -> None:
    """Works in general are none; nor are a body named after one, a house that is only mentioned, a spatial plan."""
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


@pytest.mark.parametrize(
    ("said", "part", "status", "period"),
    [
        ("Cầu Rào 1 đã hoàn thành.", "results", "completed", "2020"),
        ("Dự án cầu Rào 1 đã được khởi công.", "results", "started", "2020"),
        ("Cầu Rào 1 đang thi công, dự kiến hoàn thành trong quý II/2022.", "results", "under-way", "2020"),
        ("Cầu Rào 1 dự kiến hoàn thành trong quý II/2022.", "results", "to-complete", "2022-04/2022-06"),
        ("Cầu Rào 1 chậm tiến độ.", "results", "delayed", "2020"),
        ("Cầu Rào 1 (hoàn thành năm 2019).", "results", "completed", "2019"),
        ("Cầu Rào 1 đã khởi công năm 2019.", "tasks", "started", "2019"),
        ("Trong quý II/2021, khởi công cầu Rào 1.", "tasks", "to-start", "2021-04/2021-06"),
        ("Hoàn thành cầu Rào 1 trong năm 2021.", "tasks", "to-complete", "2021"),
        ("Cơ bản hoàn thành cầu Rào 1.", "tasks", "to-complete", "2021"),
        ("Hoàn thành thủ tục đầu tư cầu Rào 1.", "tasks", "to-build", "2021"),
        ("Tập trung giải phóng mặt bằng dự án cầu Rào 1.", "tasks", "under-way", "2021"),
    ],
)
def test_a_verb_after_the_name_and_a_date_beside_it_are_heard(said: str, part: str, status: str, period: str) -> None:
    """What stands right after a name speaks of it; a date beside it overrules the year of the section."""
    mention = read_passage(said, part).fact(Project).mentions[0]
    assert (mention.status, mention.period) == (status, period)


def test_an_item_that_goes_on_with_words_of_its_own_is_not_of_its_list() -> None:
    """The verb that opens a list does not speak of an item that tells its state itself, after a semicolon."""
    said = "Hoàn thành cầu Rào 1; cầu Rào 2 đạt 86% khối lượng; cầu Rào 3 đang hoàn tất thủ tục."
    made = read_passage(said).facts(Project)
    assert [(project.label, project.mentions[0].status) for project in made] == [
        ("Cầu Rào 1", "completed"),
        ("Cầu Rào 2", "mentioned"),
        ("Cầu Rào 3", "mentioned"),
    ]


def test_joined_works_share_what_is_said_after_the_last() -> None:
    """`A, B và C đã hoàn thành` speaks of all three."""
    assert {status for _, _, status in _projects("Cầu Bính, cầu Kiền và cầu Đăng đã hoàn thành.")} == {"completed"}


@pytest.mark.parametrize(
    ("said", "part", "status"),
    [
        ("Xây dựng và tổ chức thực hiện Đề án phát triển kinh tế đêm.", "tasks", "to-establish"),
        ("Phê duyệt Đề án phát triển kinh tế đêm.", "results", "started"),
        ("Triển khai có hiệu quả Đề án phát triển kinh tế đêm.", "tasks", "under-way"),
        ("Hoàn thiện Đề án phát triển kinh tế đêm, trình Ủy ban nhân dân thành phố.", "tasks", "to-establish"),
        ("Đề án phát triển kinh tế đêm được đánh giá cao.", "results", "mentioned"),
    ],
)
def test_a_scheme_is_drawn_up_issued_and_carried_out(said: str, part: str, status: str) -> None:
    """The verbs of schemes are not those of works, and its name ends before what goes beyond it."""
    project = read_passage(said, part).fact(Project)
    assert (project.label, project.kind) == ("Đề án phát triển kinh tế đêm", "scheme")
    assert project.mentions[0].status == status


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Trung tâm Chính trị - Hành chính thành phố", "trung tâm hành chính - chính trị thành phố", True),
        ("Đề án Sân khấu truyền hình", "Đề án sân khấu truyền hình Hải Phòng", True),
        ("Quốc lộ 37", "QL 37", True),
        ("tuyến đường 359", "đường 359", True),
        ("dự án Công viên chủ đề VinWonders Vũ Yên", "Dự án vui chơi giải trí Vinwonder", True),
        ("cầu Rào 1", "cầu Rào 2", False),
        ("chung cư HH1, HH2", "chung cư HH3, HH4", False),
        ("Quốc lộ 37", "tỉnh lộ 37", False),
        ("KCN Tràng Duệ", "KCN Tràng Duệ giai đoạn 3", False),
        ("nút giao Nam cầu Bính", "đường nối nút giao Nam cầu Bính với Quốc lộ 5", False),
    ],
)
def test_one_thing_has_one_record_however_spelled(one: str, other: str, *, same: bool) -> None:
    """Order, case, general words and the area's own name do not matter; numbers, codes and phases do."""
    said = f"Khởi công {one}. Khởi công {other}."
    assert (len({project.id for project in read_passage(said).facts(Project)}) == 1) is same


def test_a_work_belongs_to_the_named_work_it_stands_in() -> None:
    """`thuộc` and `tại` before a named work tell the whole, which only is mentioned."""
    part, whole = read_passage("Khởi công khách sạn 5 sao thuộc Khu du lịch Đồi Rồng.").facts(Project)
    assert (part.label, part.part_of) == ("Khách sạn 5 sao thuộc Khu du lịch Đồi Rồng", whole.id)
    assert (whole.label, whole.mentions[0].status) == ("Khu du lịch Đồi Rồng", "mentioned")


def test_the_end_of_a_route_counts_where_the_report_speaks_of_it() -> None:
    """`nút giao A` inside the name of a road is a mention of a known work, and no work of its own."""
    alone = read_passage("Khởi công đường nối nút giao Nam Sơn với Quốc lộ 5.").facts(Project)
    assert [project.kind for project in alone] == ["road"]
    both = read_passage("Hoàn thành nút giao Nam Sơn. Khởi công đường nối nút giao Nam Sơn với Quốc lộ 5.").facts(
        Project
    )
    assert [(project.kind, len(project.mentions)) for project in both] == [("interchange", 2), ("road", 1)]


def test_the_district_that_closes_a_list_holds_for_its_communes() -> None:
    """`phường A; …, phường B, quận C`: both wards are given with their district."""
    said = "Khởi công chung cư Hoa Sữa, phường Máy Chai; chung cư Hoa Ban, phường Cầu Tre, quận Ngô Quyền."
    for project in read_passage(said).facts(Project):
        assert project.places[-1].endswith("/place/31-304"), project.label


def test_the_money_of_a_project_is_told_where_words_of_money_lead_to_it() -> None:
    """Investor, sources, lender and total investment; a source elsewhere in the sentence is none of it."""
    said = (
        "Dự án cầu Niệm 3 có tổng mức đầu tư 2.300 tỷ đồng, từ nguồn vốn ngân sách thành phố và vốn ODA, "
        "do Tập đoàn Vingroup làm chủ đầu tư."
    )
    passage = read_passage(said)
    project = passage.fact(Project)
    assert (project.investor, project.funding) == ("Tập đoàn Vingroup", ("local-budget", "oda"))
    amount = next(fact for fact in passage.facts(Measurement) if fact.id == project.total_investment)
    assert (amount.value, amount.unit) == (Decimal(2300), "VND-billion")
    lent = read_passage("Hoàn thành cầu Niệm 3 sử dụng vốn vay ODA của Ngân hàng Thế giới.").fact(Project)
    assert (lent.funding, lent.funders, lent.investor) == (("oda",), ("Ngân hàng Thế giới",), None)
    assert read_passage("Khởi công cầu Niệm 3, thu hút FDI tăng.").fact(Project).funding == ()


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
