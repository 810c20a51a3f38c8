"""Bodies: by full name anywhere, by a name that each province has only in the reports of their own."""

from __future__ import annotations

import pytest
from rdflib import Literal
from rdflib.namespace import SKOS
from tests.passage import read_passage

from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.lift import lift
from hpkg.model import Organisation
from hpkg.namespaces import HP, mint


def _keys(said: str) -> list[str]:
    return [body.id.partition("/organisation/")[2] for body in read_passage(said).facts(Organisation)]


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("Ủy ban nhân dân thành phố đã ban hành.", ["31-hai-phong/ubnd"]),
        ("Hội đồng nhân dân thành phố đã thông qua.", ["31-hai-phong/hdnd"]),
        ("Theo chỉ đạo của Bộ Chính trị.", ["vn/bo-chinh-tri"]),
        ("Ban Thường vụ Thành ủy và Thành ủy.", ["31-hai-phong/ban-thuong-vu-thanh-uy", "31-hai-phong/thanh-uy"]),
    ],
)
def test_a_body_is_known_by_its_names(said: str, keys: list[str]) -> None:
    """A longer name goes before a shorter one inside it."""
    assert _keys(said) == keys


@pytest.mark.parametrize("said", ["Các sở, ngành, địa phương.", "Các ngân hàng thương mại.", "Nhân dân thành phố."])
def test_common_nouns_are_no_bodies(said: str) -> None:
    """Departments and banks in general are none."""
    assert _keys(said) == []


def test_a_body_of_the_city_counts_in_its_reports_only() -> None:
    """`Ủy ban nhân dân thành phố` in a report of another province is another body."""
    elsewhere = read_passage("Ủy ban nhân dân thành phố đã ban hành.", area="48-da-nang", issuer="vn/chinh-phu")
    assert [body.id for body in elsewhere.facts(Organisation) if "31-hai-phong" in body.id] == []


def _of(said: str, area: str) -> list[str]:
    read = read_passage(said, area=area, issuer="vn/chinh-phu")
    return [body.id.partition("/organisation/")[2] for body in read.facts(Organisation)]


_LONG_AN = "80-long-an"
_DUC_THO = "42-440-duc-tho"


@pytest.mark.parametrize(
    ("said", "area", "keys"),
    [
        ("Giao Sở Tài chính chủ trì.", _LONG_AN, ["80-long-an/so-tai-chinh"]),
        ("Báo cáo HĐND, UBND tỉnh.", _LONG_AN, ["80-long-an/hdnd", "80-long-an/ubnd"]),
        ("Họp HĐND và UBND tỉnh Tây Ninh.", _LONG_AN, ["72-tay-ninh/hdnd", "72-tay-ninh/ubnd"]),
        ("Đại biểu HĐND, nhân dân tỉnh.", _LONG_AN, []),
        ("Giao Sở Tài chính chủ trì.", _DUC_THO, ["42-ha-tinh/so-tai-chinh"]),
        ("UBND huyện báo cáo UBND tỉnh.", _DUC_THO, ["42-ha-tinh/ubnd-huyen-duc-tho", "42-ha-tinh/ubnd"]),
        ("Huyện ủy báo cáo Tỉnh ủy.", _DUC_THO, ["42-ha-tinh/huyen-uy-duc-tho", "42-ha-tinh/tinh-uy"]),
        (
            "Công an huyện, UBND xã Tùng Châu.",
            _DUC_THO,
            ["42-ha-tinh/cong-an-huyen-duc-tho", "42-ha-tinh/ubnd-xa-tung-chau"],
        ),
        ("Giao Sở NN&PTNT chủ trì.", _LONG_AN, ["80-long-an/so-nong-nghiep-va-phat-trien-nong-thon"]),
        ("Uỷ ban nhân dân tỉnh trình Hội đồng nhân dân tỉnh.", _LONG_AN, ["80-long-an/ubnd", "80-long-an/hdnd"]),
        ("UBND tỉnh Quảng Ninh phối hợp.", "31-hai-phong", ["22-quang-ninh/ubnd"]),
        ("UBND huyện Cát Hải phối hợp.", "31-hai-phong", ["31-hai-phong/ubnd-huyen-cat-hai"]),
        ("Tỉnh ủy lãnh đạo, Thành ủy Tân An làm.", _LONG_AN, ["80-long-an/tinh-uy", "80-long-an/thanh-uy-tan-an"]),
        ("Công an tỉnh và Thanh tra tỉnh vào cuộc.", _LONG_AN, ["80-long-an/cong-an", "80-long-an/thanh-tra"]),
        ("Sở Y tế thành phố Hà Nội hỗ trợ.", "vn", ["01-ha-noi/so-y-te"]),
        ("Sở Y tế báo cáo; UBND tỉnh chỉ đạo.", "vn", []),
        ("UBND thành phố báo cáo; Thành ủy chỉ đạo.", _LONG_AN, []),
        ("Ủy ban nhân dân cấp xã; Ủy ban nhân dân các cấp.", _LONG_AN, []),
    ],
)
def test_a_body_of_every_area_is_that_of_the_area_named_or_of_the_report(said: str, area: str, keys: list[str]) -> None:
    """The area after the name goes first; a word for its kind alone must suit the report's own area."""
    assert _of(said, area) == keys


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("Giao Sở Tài chính, Y tế và Xây dựng.", ["so-tai-chinh", "so-y-te", "so-xay-dung"]),
        ("Các Bộ: Tài chính, Xây dựng, Y tế.", ["bo-tai-chinh", "bo-xay-dung", "bo-y-te"]),
        (
            "Các Bộ, cơ quan: Nội vụ, Đài Truyền hình Việt Nam, Quốc phòng.",
            ["bo-noi-vu", "dai-truyen-hinh-viet-nam", "bo-quoc-phong"],
        ),
        ("Các Tập đoàn: Điện lực Việt Nam, Dầu khí Việt Nam.", ["evn", "pvn"]),
        ("Bộ Tài chính, các địa phương.", ["bo-tai-chinh"]),
    ],
)
def test_a_head_holds_for_its_list(said: str, keys: list[str]) -> None:
    """What follows with a comma, or after a colon, shares the first word; a whole name may stand among the rest."""
    assert [key.rpartition("/")[2] for key in _keys(said)] == keys


def test_a_unit_under_central_rule_names_no_body() -> None:
    """`trực thuộc Trung ương` says what a city is, `Trung ương` alone names the authorities at the centre."""
    assert _keys("Là thành phố trực thuộc Trung ương.") == []
    assert _keys("Báo cáo Trung ương.") == ["vn/trung-uong"]


def test_a_body_that_no_reference_data_describe_is_described_by_the_report() -> None:
    """The graph gives it labels in both languages, its kind and its area; so for the issuer of the report."""
    read = read_passage("Giao Sở Y tế chủ trì.", area=_LONG_AN, issuer="80-long-an/ubnd").reading
    graph = lift(read.document, read.facts, load_lexicon(home()))
    for key, label, kind in (
        ("so-y-te", "Sở Y tế tỉnh Long An", "department"),
        ("ubnd", "Ủy ban nhân dân tỉnh Long An", "peoples-committee"),
    ):
        node = mint("organisation", _LONG_AN, key)
        assert (node, SKOS.prefLabel, Literal(label, "vi")) in graph
        assert (node, HP.organisationKind, mint("organisation-kind", kind)) in graph
        assert (node, HP.ofArea, mint("place", "80")) in graph


def test_one_body_has_one_record_for_all_its_mentions() -> None:
    """Mentions are in text order, each with its characters; forms that were used are aliases."""
    passage = read_passage("Thành ủy chỉ đạo. Chính phủ và Thành ủy thống nhất.")
    body, _ = passage.facts(Organisation)
    assert [passage.text[mention.start : mention.end] for mention in body.mentions] == ["Thành ủy", "Thành ủy"]
    assert body.aliases == ("Thành ủy",)
    assert body.label == "Thành ủy Hải Phòng"
