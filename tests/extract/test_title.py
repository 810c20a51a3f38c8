"""Documents named without a number: what makes a name, where it ends, and when two names are one."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import LegalDocument


def named(said: str, part: str = "tasks", **metadata: object) -> list[tuple[str, str]]:
    """Return kind and label of the documents that `said` names."""
    return [(made.kind, made.label) for made in read_passage(said, part, **metadata).facts(LegalDocument)]


@pytest.mark.parametrize(
    ("said", "kind", "label"),
    [
        ("Thực hiện nghiêm Luật Đầu tư công.", "law", "Luật Đầu tư công"),
        ("Thực hiện Luật Phòng, chống ma túy.", "law", "Luật Phòng, chống ma túy"),
        ("Tuyên truyền Bộ luật Lao động.", "law", "Bộ luật Lao động"),
        ("Theo quy định của Luật Đất đai (sửa đổi).", "law", "Luật Đất đai (sửa đổi)"),
        ("Thi hành Pháp lệnh dân quân tự vệ.", "ordinance", "Pháp lệnh dân quân tự vệ"),
        ("Triển khai thi hành Hiến pháp.", "constitution", "Hiến pháp"),
        (
            "Triển khai Chiến lược phát triển du lịch đến năm 2030, tầm nhìn đến năm 2045 của ngành.",
            "strategy",
            "Chiến lược phát triển du lịch đến năm 2030, tầm nhìn đến năm 2045",
        ),
        (
            "Tiếp tục thực hiện Đề án phát triển nhà ở xã hội giai đoạn 2021-2025, bảo đảm tiến độ.",
            "scheme",
            "Đề án phát triển nhà ở xã hội giai đoạn 2021-2025",
        ),
        (
            "Xây dựng Đề án “Nâng cao chất lượng nước sạch, vệ sinh nông thôn”; tập trung thi công.",
            "scheme",
            "Đề án “Nâng cao chất lượng nước sạch, vệ sinh nông thôn”",
        ),
        (
            "Ban hành Kế hoạch đào tạo, bồi dưỡng cán bộ trẻ và tổ chức thực hiện.",
            "plan",
            "Kế hoạch đào tạo, bồi dưỡng cán bộ trẻ",
        ),
        (
            "Phê duyệt Quy chế quản lý, sử dụng nhà công vụ của các cơ quan thành phố.",
            "regulation",
            "Quy chế quản lý, sử dụng nhà công vụ của các cơ quan thành phố",
        ),
        (
            "Rà soát quy hoạch phát triển mạng lưới chợ thời kỳ 2021-2030.",
            "master-plan",
            "Quy hoạch phát triển mạng lưới chợ thời kỳ 2021-2030",
        ),
        ("Tận dụng Hiệp định thương mại tự do Việt Nam - Hàn Quốc (VKFTA).", "treaty", None),
        ("Khai thác tốt các cam kết trong EVFTA.", "treaty", "EVFTA"),
        ("Hỗ trợ các xã thuộc Chương trình 135.", "programme", "Chương trình 135"),
        ("Quán triệt Nghị quyết Đại hội Đảng bộ thành phố lần thứ XV.", "resolution", None),
        ("Quán triệt Nghị quyết Đại hội lần thứ XII của Đảng.", "resolution", None),
        ("Thực hiện Nghị quyết Trung ương 4 khóa XII.", "resolution", "Nghị quyết Trung ương 4 khóa XII"),
        (
            "Thực hiện Nghị quyết của Hội đồng nhân dân thành phố về nhiệm vụ năm 2021.",
            "resolution",
            "Nghị quyết của Hội đồng nhân dân thành phố về nhiệm vụ năm 2021",
        ),
        (
            "Triển khai các Nghị định của Chính phủ về đầu tư, xây dựng.",
            "decree",
            "Các Nghị định của Chính phủ về đầu tư, xây dựng",
        ),
    ],
)
def test_a_name_makes_a_document(said: str, kind: str, label: str | None) -> None:
    """Kind and title, kind and body, kind and congress; the name ends at a mark, a year, a verb of another clause."""
    text = said.rstrip(".")
    ((found, name),) = named(said)
    assert found == kind
    assert name == label if label else name in text


@pytest.mark.parametrize(
    "said",
    [
        "Hoàn thành kế hoạch thu ngân sách năm 2021.",
        "Thực hiện tốt các quy định của pháp luật.",
        "Xây dựng các Chương trình, kế hoạch cụ thể.",
        "Quy hoạch lại các khu dân cư.",
        "Báo cáo Thủ tướng Chính phủ kết quả thực hiện.",
        "Nghị quyết này có hiệu lực ngay.",
        "Một số Đề án được triển khai chậm.",
        "Đoàn Luật sư thành phố hoạt động tốt.",
        "Thông báo cho người dân biết.",
    ],
)
def test_a_common_word_names_none(said: str) -> None:
    """Lower case, several, a verb at the start, `này`: none of them is the name of a document."""
    assert named(said) == []


def test_laws_in_a_list_are_several() -> None:
    """A comma before the next law ends the name of the one before."""
    found = named("Sửa đổi Luật Đầu tư, Luật Xây dựng, Luật Quản lý, sử dụng tài sản công và Luật Giá.")
    assert [label for _, label in found] == [
        "Luật Đầu tư",
        "Luật Xây dựng",
        "Luật Quản lý, sử dụng tài sản công",
        "Luật Giá",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quy hoạch chung thành phố đến năm 2035", "Đồ án Quy hoạch chung thành phố Hải Phòng đến năm 2035"),
        ("Nghị quyết Đại hội Đảng bộ thành phố lần thứ V", "Nghị quyết của Đại hội đại biểu Đảng bộ thành phố khóa V"),
        ("Kế hoạch phát triển nhà ở 5 năm 2021-2025", "Kế hoạch phát triển nhà ở giai đoạn 2021 - 2025"),
        ("Luật Giá ngày 20 tháng 6 năm 2012", "Luật Giá"),
        ("Hiệp định Đối tác kinh tế toàn diện khu vực (RCEP)", "RCEP"),
    ],
)  # fmt: skip
def test_one_document_in_two_names_is_one_node(one: str, other: str) -> None:
    """The area, a draft, the form of a period, and the many words for a congress do not make another document."""
    made = read_passage(f"Thực hiện {one}. Tiếp tục thực hiện {other}.").fact(LegalDocument)
    assert len(made.mentions) == 2


def test_two_documents_alike_are_two_nodes() -> None:
    """The period, and whose congress it is, make another document."""
    assert len(named("Sơ kết Kế hoạch phát triển nhà ở năm 2020. Lập Kế hoạch phát triển nhà ở năm 2021.")) == 2
    assert (
        len(named("Thực hiện Nghị quyết Đại hội XIII của Đảng, Nghị quyết Đại hội Đảng bộ thành phố lần thứ XIII."))
        == 2
    )


def test_a_document_named_in_another_is_cited_by_it() -> None:
    """Both are named, and the one that carries out the other cites it."""
    plan, nation = read_passage(
        "Ban hành Kế hoạch triển khai thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2021-2030."
    ).facts(LegalDocument)
    assert nation.kind == "strategy"
    assert plan.cites == (nation.id,)
    assert "/document/vn/" in nation.id


def test_a_word_at_the_start_counts_when_the_document_is_named_elsewhere() -> None:
    """`Đề án …` that opens a sentence is a mention once the report names it where a capital tells."""
    said = "Đề án Bảo tàng biển được đánh giá cao. Tiếp tục thực hiện Đề án bảo tàng biển."
    made = read_passage(said).fact(LegalDocument)
    assert len(made.mentions) == 2
    assert named("Đề án bảo tàng biển được đánh giá cao.") == []


def test_a_numbered_document_is_known_by_its_title() -> None:
    """A title before `số` is part of the label, and the title alone is the same document again."""
    made = read_passage(
        "Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13. Thi hành Luật Tổ chức chính quyền địa phương."
    ).fact(LegalDocument)
    assert (made.number, made.kind) == ("77/2015/QH13", "law")
    assert made.label == "Luật Tổ chức chính quyền địa phương số 77/2015/QH13"
    assert len(made.mentions) == 2


def test_a_resolution_is_adopted_at_its_congress() -> None:
    """The congress in the name of a resolution is an event that the document points to."""
    made = read_passage("Thực hiện Nghị quyết Đại hội XIII của Đảng.").fact(LegalDocument)
    assert made.adopted_at == "https://w3id.org/hpkg/id/event/vn/dai-hoi-dang-13"
    assert made.id.endswith("/vn/nghi-quyet-dai-hoi-dang-13")
