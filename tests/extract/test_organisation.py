"""Bodies: by full name anywhere, by a name that each province has only in the reports of their own."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Organisation


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


def test_one_body_has_one_record_for_all_its_mentions() -> None:
    """Mentions are in text order, each with its characters; forms that were used are aliases."""
    passage = read_passage("Thành ủy chỉ đạo. Chính phủ và Thành ủy thống nhất.")
    body, _ = passage.facts(Organisation)
    assert [passage.text[mention.start : mention.end] for mention in body.mentions] == ["Thành ủy", "Thành ủy"]
    assert body.aliases == ("Thành ủy",)
    assert body.label == "Thành ủy Hải Phòng"
