"""Places: full and bare names, resolved to the unit of the report's day; names inside other names are none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.model import Place

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading


def _codes(said: str) -> list[str]:
    """Return the last part of the names of the places in `said`."""
    return [place.id.rpartition("/")[2] for place in read_passage(said).facts(Place)]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("Thành phố hỗ trợ huyện Cát Hải và quận Hải An.", ["31-317", "31-306"]),
        ("Các huyện An Lão, Vĩnh Bảo và Tiên Lãng đạt chuẩn.", ["31-313", "31-316", "31-315"]),
        ("Tại phường Máy Chai, Cầu Tre, quận Ngô Quyền.", ["31-304-11329", "31-304-11338", "31-304"]),
        ("Du khách từ Nhật Bản, Hàn Quốc tăng.", ["jp", "kr"]),
        ("Đầu tư tại đảo Cát Bà và vịnh Lan Hạ.", ["31-dao-cat-ba", "31-vinh-lan-ha"]),
        ("Hợp tác với tỉnh Quảng Ninh.", ["22"]),
    ],
)
def test_a_place_is_the_unit_it_names(said: str, codes: list[str]) -> None:
    """The word for the kind tells a district from a commune of the same name; it holds for a whole list."""
    assert _codes(said) == codes


@pytest.mark.parametrize(
    "said",
    [
        "Mở rộng KCN Thủy Nguyên.",
        "Khai trương Trung tâm Thương mại Aeon Mall Hải Phòng.",
        "Tham gia Hiệp định xuyên Thái Bình Dương.",
        "Chỉnh trang đường Lạch Tray và đường Đông Khê.",
        "Kinh tế phát triển.",
    ],
)
def test_a_name_inside_another_name_is_no_place(said: str) -> None:
    """An industrial park, a street or an ocean named like a place does not say that anything lies there."""
    assert not {"31", "31-311", "34", "31-song-lach-tray"} & set(_codes(said))


def test_a_mention_takes_the_word_of_its_kind_along() -> None:
    """The quote of a mention is the full name, and the source between its offsets."""
    passage = read_passage("Thành phố hỗ trợ huyện Cát Hải. Tại Cát Hải và huyện Cát Hải.")
    place = passage.fact(Place)
    assert [mention.text for mention in place.mentions][::2] == ["huyện Cát Hải", "huyện Cát Hải"]
    for mention in place.mentions:
        assert passage.text[mention.start : mention.end] == mention.text


def test_a_slip_in_a_name_is_still_the_place() -> None:
    """`Đà Nang` is Đà Nẵng; the label is right and the quote as printed."""
    place = read_passage("Hỗ trợ thành phố Đà Nang chống dịch.").fact(Place)
    assert (place.label, place.code, place.text) == ("Đà Nẵng", "48", "thành phố Đà Nang")


def test_a_place_is_the_unit_of_the_reports_day() -> None:
    """Thủy Nguyên was a rural district in 2020 and a city from 2025 on."""
    said = "Đầu tư tại huyện Thủy Nguyên."
    assert _codes(said) == ["31-311"]
    assert _codes("Đầu tư tại thành phố Thủy Nguyên.") != ["31-311-2025"]
    later = read_passage("Đầu tư tại thành phố Thủy Nguyên.", date=dt.date(2025, 3, 1))
    assert [place.id.rpartition("/")[2] for place in later.facts(Place)] == ["31-311-2025"]


def test_places_of_report_402_are_known_and_one_record_each(report: Reading) -> None:
    """Every place has a kind and a label, its first mention is its own span, and no mention is another's."""
    places = [fact for fact in report.facts if isinstance(fact, Place)]
    assert len({place.id for place in places}) == len(places)
    spans = [(mention.start, mention.end) for place in places for mention in place.mentions]
    assert len(set(spans)) == len(spans)
    for place in places:
        assert place.label
        assert (place.start, place.end) == (place.mentions[0].start, place.mentions[0].end)
        assert place.code is None or place.code.isdecimal()
