"""Names of projects in further wordings: lists of numbers, titles, lines on a side of something, houses of bodies."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Measurement, Organisation, Project


def _named(said: str) -> list[tuple[str, str]]:
    return [(project.label, project.mentions[0].status) for project in read_passage(said).facts(Project)]


@pytest.mark.parametrize(
    ("said", "projects"),
    [
        (
            "Khởi công bến cảng số 5, số 6 khu vực cửa sông.",
            [("Bến cảng số 5", "started"), ("Bến cảng số 6", "started")],
        ),
        ("Khánh thành Trụ sở làm việc Công an huyện An Lão.", [("Trụ sở làm việc Công an huyện An Lão", "completed")]),
        (
            "Dự án đường giao thông phía Bắc sông Tam kết nối Lộc Hòa - Hoa Lư đã khởi công.",
            [("Đường giao thông phía Bắc sông Tam kết nối Lộc Hòa - Hoa Lư", "started")],
        ),
        (
            "Hoàn thành quốc lộ 1 đoạn tránh thị trấn Núi Đèo.",
            [("Quốc lộ 1 đoạn tránh thị trấn Núi Đèo", "completed")],
        ),
        ("Nâng cấp Bệnh viện Hoa Lan cơ sở 2.", [("Bệnh viện Hoa Lan cơ sở 2", "to-build")]),
        ("Dự án Khu dân cư và dịch vụ Mỹ Lộc đang thi công.", [("Khu dân cư và dịch vụ Mỹ Lộc", "under-way")]),
        (
            "Dự lễ khởi công Trường phổ thông nội trú liên cấp tiểu học và trung học cơ sở xã Bát Trang.",
            [("Trường phổ thông nội trú liên cấp tiểu học và trung học cơ sở xã Bát Trang", "started")],
        ),
        (
            "Hoàn thành Dự án Cải thiện môi trường đô thị, bàn giao hồ sơ.",
            [("Dự án Cải thiện môi trường đô thị", "completed")],
        ),
        (
            "Dự án Xây dựng mương thoát nước khu công nghiệp Nam Phú đang thi công.",
            [("Mương thoát nước khu công nghiệp Nam Phú", "under-way")],
        ),
        (
            "Đẩy nhanh các dự án: Hữu Lộc - Chi Hà, Đồng Mây - Trà Sơn.",
            [("Dự án Hữu Lộc - Chi Hà", "accelerate"), ("Dự án Đồng Mây - Trà Sơn", "accelerate")],
        ),
        (
            "Khởi công các tuyến cao tốc Hữu Lộc - Chi Hà, Chi Hà - Trà Sơn trong tháng 12.",
            [("Tuyến cao tốc Hữu Lộc - Chi Hà", "started"), ("Tuyến cao tốc Chi Hà - Trà Sơn", "started")],
        ),
        (
            "Cao tốc Hữu Lộc - Chi Hà, Đồng Mây - Trà Sơn đang thi công.",
            [("Cao tốc Hữu Lộc - Chi Hà", "under-way"), ("Cao tốc Đồng Mây - Trà Sơn", "under-way")],
        ),
        ("Khởi công dự án thủy lợi Nà Mây.", [("Dự án thủy lợi Nà Mây", "started")]),
        (
            "Khởi công đường từ trung tâm huyện đi xã Bát Trang.",
            [("Đường từ trung tâm huyện đi xã Bát Trang", "started")],
        ),
        ("Góp ý dự án Luật Đất đai; các dự án luật: Luật Nhà ở.", []),
        ("Thu hút các dự án Hàn Quốc, các dự án FDI.", []),
        ("Thu hút dự án đầu tư của Công ty Sao Mai.", []),
        ("Các dự án phát triển du lịch được quan tâm.", []),
    ],
)
def test_a_name_is_read_as_far_as_it_goes(said: str, projects: list[tuple[str, str]]) -> None:
    """A title that begins with a verb is a name; a verb before a word for works, or in small letters, is none."""
    assert _named(said) == projects


def test_what_a_company_makes_is_its_project() -> None:
    """The words up to the owner are the name, the owner is the investor, the park is the whole it stands in."""
    said = "Dự án sản xuất pin năng lượng của Công ty TNHH Mặt Trời Xanh tại Khu công nghiệp Nam Phú."
    made, park = read_passage(said).facts(Project)
    assert (made.label, made.investor) == ("Dự án sản xuất pin năng lượng", "Công ty TNHH Mặt Trời Xanh")
    assert made.part_of == park.id


def test_a_verb_after_the_place_of_a_work_speaks_of_the_work() -> None:
    """`nhà máy X tại khu công nghiệp Y đi vào hoạt động`: X began to run, Y is where."""
    said = "Nhà máy linh kiện Hoàng Long tại Khu công nghiệp Đông Bình đi vào hoạt động."
    assert _named(said) == [("Nhà máy linh kiện Hoàng Long", "completed"), ("Khu công nghiệp Đông Bình", "mentioned")]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Cầu Vân Tiên hoàn thành 80% khối lượng.", "under-way"),
        ("Cầu Vân Tiên đã hoàn thành 100% khối lượng.", "completed"),
        ("Cầu Vân Tiên chậm tiến độ so với kế hoạch.", "delayed"),
    ],
)
def test_a_share_of_the_work_is_not_the_whole(said: str, status: str) -> None:
    """What is done in part is under way; a comparison after a verb of state does not part it from its work."""
    assert _named(said) == [("Cầu Vân Tiên", status)]


def test_a_management_board_is_the_investor() -> None:
    """Its name holds words for works, and none of them is a project."""
    said = "Giao Ban Quản lý dự án đầu tư xây dựng các công trình giao thông làm chủ đầu tư dự án cầu Hải Thành."
    made = read_passage(said).fact(Project)
    assert made.investor == "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông"


def test_a_company_ends_before_its_verb_and_the_money_is_the_total() -> None:
    """`do Công ty … đầu tư với tổng vốn …` names the company alone."""
    said = "Dự án Nhà máy điện gió Cồn Mây do Công ty cổ phần Năng lượng Sao Mai đầu tư với tổng vốn 2.300 tỷ đồng."
    passage = read_passage(said)
    made = passage.fact(Project)
    amounts = {fact.id: fact.value for fact in passage.facts(Measurement)}
    assert made.investor == "Công ty cổ phần Năng lượng Sao Mai"
    assert amounts[made.total_investment or ""] == 2300


def test_a_management_board_of_projects_is_no_project() -> None:
    """`Ban quản lý dự án Sao Mai` is a body."""
    assert read_passage("Ban quản lý dự án Sao Mai lập báo cáo.").facts(Project) == []


def test_a_cooperative_among_common_nouns_has_no_name() -> None:
    """`doanh nghiệp, HTX sản xuất` speaks of cooperatives in general."""
    assert read_passage("Hỗ trợ doanh nghiệp, HTX sản xuất nông sản.").facts(Organisation) == []


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("Nâng cấp hồ Sông Rác, hồ Kẻ Gỗ.", ["Hồ Sông Rác", "Hồ Kẻ Gỗ"]),
        ("Nước hồ Kẻ Gỗ dâng cao.", []),
        ("Sửa chữa đoạn Lộ Tẻ - Rạch Sỏi.", ["Đoạn Lộ Tẻ - Rạch Sỏi"]),
        ("Sửa chữa đoạn Lộ Tẻ.", []),
        (
            "Khởi công 02 dự án điện gió *(Sao Mai 1A, Sao Mai 1B) *trong năm.",
            ["Dự án điện gió Sao Mai 1A", "Dự án điện gió Sao Mai 1B"],
        ),
        (
            "Khởi công nhà máy điện gió Sao Mai 1, Vành Khuyên 2.",
            ["Nhà máy điện gió Sao Mai 1", "Nhà máy điện gió Vành Khuyên 2"],
        ),
        ("Khởi công cầu Rào 3, đưa vào khai thác.", ["Cầu Rào 3"]),
        ("Cải tạo 167 tuyến đường khắp nội đô thành phố.", []),
        ("Xây dựng đề án sắp xếp các trường học của thành phố.", []),
        ("Xây dựng Đề án sắp xếp các trường học của thành phố.", ["Đề án sắp xếp các trường học của thành phố"]),
    ],
)
def test_works_are_found_by_the_grammar_of_their_names(said: str, labels: list[str]) -> None:
    """A word of many meanings names one after a verb of state; lists share their kind; counts and drafts name none."""
    assert [project.label for project in read_passage(said).facts(Project)] == labels
