"""Bodies with a name of their own: companies, cooperatives, associations, offices, centres, units of a district."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Organisation, Project, Task


def _named(said: str) -> list[tuple[str, str]]:
    return [(fact.label, fact.kind) for fact in read_passage(said).facts(Organisation)]


@pytest.mark.parametrize(
    ("said", "label", "kind"),
    [
        ("Công ty cổ phần Xi măng Hòn Ngọc nộp ngân sách tăng.", "Công ty cổ phần Xi măng Hòn Ngọc", "enterprise"),
        ("Làm việc với Công ty TNHH Điện tử Sao Khuê.", "Công ty TNHH Điện tử Sao Khuê", "enterprise"),
        ("Tổng công ty Đóng tàu Bạch Lân ký hợp đồng.", "Tổng công ty Đóng tàu Bạch Lân", "enterprise"),
        ("Hợp tác xã Dịch vụ nông nghiệp Tân Lạc mở xưởng.", "Hợp tác xã Dịch vụ nông nghiệp Tân Lạc", "cooperative"),
        ("Hiệp hội Doanh nghiệp nhỏ và vừa ra mắt.", "Hiệp hội Doanh nghiệp nhỏ và vừa", "association"),
        ("Hội Khuyến học Hoa Phượng trao thưởng.", "Hội Khuyến học Hoa Phượng", "association"),
        ("Cục Viễn thám Việt Nam cung cấp ảnh.", "Cục Viễn thám Việt Nam", "department"),
        ("Ngân hàng TMCP Hoa Sen giảm lãi suất.", "Ngân hàng TMCP Hoa Sen", "bank"),
        ("Chi cục Chăn nuôi và Thú y kiểm dịch.", "Chi cục Chăn nuôi và Thú y", "specialised-unit"),
        ("Đội Quản lý thị trường số 3 thu giữ hàng lậu.", "Đội Quản lý thị trường số 3", "specialised-unit"),
    ],
)
def test_a_name_goes_on_over_capitals_fields_and_legal_forms(said: str, label: str, kind: str) -> None:
    """The word for its kind opens it; a verb, a mark or a plain noun ends it."""
    assert _named(said) == [(label, kind)]


@pytest.mark.parametrize(
    "said",
    [
        "Các công ty trên địa bàn phục hồi sản xuất.",
        "Hỗ trợ doanh nghiệp KH&CN và phát triển thị trường.",
        "Thành phố Hải Phòng Nội lực mạnh.",
        "Công tác phòng, chống dịch được quan tâm.",
        "Đội ngũ cán bộ được kiện toàn.",
        "Khách đến Hội An và Sơn Tây tăng.",
        "TÌNH HÌNH KINH TẾ - XÃ HỘI NĂM QUA.",
        "Lễ hội Hoa Phượng được tổ chức.",
        "Khánh thành Trung tâm Hội nghị Sao Biển.",
    ],
)
def test_common_nouns_and_houses_are_no_bodies(said: str) -> None:
    """A kind without a name, a word of another meaning, and a house that is not set to work name none."""
    assert _named(said) == []


def test_a_company_bears_the_name_of_its_province() -> None:
    """The province at the end of its name tells whose it is, in the reports of all."""
    made = read_passage("Công ty Điện lực Hải Phòng và Công ty Điện lực Thái Bình phối hợp.").facts(Organisation)
    keys = [fact.id.partition("/organisation/")[2] for fact in made]
    assert keys == ["31-hai-phong/cong-ty-dien-luc", "34-thai-binh/cong-ty-dien-luc"]


def test_a_company_is_the_investor_of_a_project() -> None:
    """A company that no reference data know stands where an investor is told."""
    said = "Khởi công nhà máy nhiệt điện Hòn Ngọc do Công ty cổ phần Năng lượng Sao Mai làm chủ đầu tư."
    assert read_passage(said).fact(Project).investor == "Công ty cổ phần Năng lượng Sao Mai"


@pytest.mark.parametrize(
    ("said", "bodies"),
    [
        ("Giao Chi cục Kiểm lâm tuần tra rừng.", ["chi-cuc-kiem-lam"]),
        ("Trung tâm Khuyến nông chủ trì tập huấn.", ["trung-tam-khuyen-nong"]),
        ("Phòng Tài chính - Kế hoạch tham mưu phân bổ vốn.", ["phong-tai-chinh-ke-hoach"]),
        ("Giao Công an huyện mở đợt cao điểm.", ["cong-an-huyen-an-lao"]),
        ("Trung tâm Y tế huyện tổ chức tiêm chủng.", ["trung-tam-y-te-huyen-an-lao"]),
        ("Công ty Điện lực Hải Phòng phát quang hành lang.", ["cong-ty-dien-luc"]),
        ("Viettel Hải Phòng, VNPT Hải Phòng bảo đảm đường truyền.", ["viettel", "vnpt"]),
        ("Các hợp tác xã niêm yết giá cước.", ["cac-hop-tac-xa"]),
    ],
)
def test_units_and_companies_are_charged(said: str, bodies: list[str]) -> None:
    """In the report of a district its kind alone means that district."""
    passage = read_passage(f"1. Công tác chung\n\n{said}", "tasks", issuer="31-hai-phong/ubnd-huyen-an-lao")
    (task,) = (fact for fact in passage.reading.facts if isinstance(fact, Task) and fact.level == "task")
    assert [iri.rpartition("/")[2] for iri in task.responsible] == bodies


def test_a_unit_whose_district_is_not_told_is_called_by_its_kind() -> None:
    """In the report of a province `Công an huyện` is that of no district; it is a body where it is set to work."""
    said = "Giao Công an huyện mở đợt cao điểm. Lực lượng Công an huyện được tăng cường."
    (made,) = read_passage(f"1. Công tác chung\n\n{said}", "tasks").facts(Organisation)
    assert (made.label, made.id.rpartition("/")[2]) == ("Công an huyện", "cong-an-huyen")
