"""Places: full and bare names, resolved to the unit of the report's day; names inside other names are none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.model import Measurement, Place, Unread

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
        ("Xuất khẩu sang Lào, Campuchia và Úc.", ["la", "kh", "au"]),
        ("Liên kết vùng ĐBSCL với Tây Nguyên.", ["vn-vung-dong-bang-song-cuu-long", "vn-vung-tay-nguyen"]),
        ("Trên biển Đông, quần đảo Hoàng Sa.", ["vn-bien-dong", "vn-quan-dao-hoang-sa"]),
        ("Kè sông Vàm Cỏ Đông.", ["vn-song-vam-co-dong"]),
        ("Tại thành phố Sông Công.", ["19-165"]),
    ],
)
def test_a_place_is_the_unit_it_names(said: str, codes: list[str]) -> None:
    """The word for the kind tells a district from a commune of the same name; it holds for a whole list."""
    assert _codes(said) == codes


@pytest.mark.parametrize(
    "said",
    [
        "Mở rộng KCN Thủy Nguyên.",
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


def _of(said: str, area: str, day: dt.date) -> list[str]:
    """Return the ends of the names of the places in `said` as a report of `area` and `day` means it."""
    issuer = "vn/chinh-phu"
    read = read_passage(said, area=area, date=day, issuer=issuer)
    return [place.id.rpartition("/")[2] for place in read.facts(Place)]


_2020, _2022, _2025 = dt.date(2020, 12, 18), dt.date(2022, 6, 1), dt.date(2025, 12, 1)


@pytest.mark.parametrize(
    ("said", "area", "codes"),
    [
        ("Thi công tại huyện Châu Thành.", "80-long-an", ["80-808"]),
        ("Thi công tại huyện Châu Thành, tỉnh Tiền Giang.", "80-long-an", ["82-821", "82"]),
        ("Thi công tại huyện Châu Thành (tỉnh Bến Tre).", "80-long-an", ["83-831", "83"]),
        ("Tỉnh An Giang khởi công đường tránh ở huyện Châu Thành.", "vn", ["89", "89-892"]),
        ("Thi công tại huyện Châu Thành.", "vn", []),
        ("Hỗ trợ xã Tân Trào, huyện Kiến Thụy.", "31-hai-phong", ["31-314-11743", "31-314"]),
        ("Hỗ trợ thị trấn Óc Eo, huyện Thoại Sơn.", "vn", ["89-894-30688", "89-894"]),
    ],
)
def test_of_units_with_one_name_the_words_or_the_area_choose(said: str, area: str, codes: list[str]) -> None:
    """What the text gives goes before the report's own area, and that before the place nearby; none is guessed."""
    assert _of(said, area, _2020) == codes


def test_a_name_that_many_units_bear_is_told_as_unread() -> None:
    """A full name that nothing resolves is no place, and is not dropped silently."""
    read = read_passage("Thi công tại huyện Châu Thành.", area="vn", issuer="vn/chinh-phu")
    assert [(unread.text, unread.reason) for unread in read.facts(Unread)] == [("huyện Châu Thành", "place")]


@pytest.mark.parametrize(
    ("said", "day", "codes"),
    [
        ("Chuyển về thành phố Thủ Đức.", _2022, ["79-769-2021"]),
        ("Chuyển về quận Thủ Đức.", _2020, ["79-762"]),
        ("Chuyển về thành phố Thủ Đức.", _2020, []),
        ("Tỉnh Hải Dương (cũ) và tỉnh Phú Thọ trước đây.", _2025, ["30", "25"]),
        ("Tỉnh Phú Thọ và thành phố Hải Phòng.", _2025, ["25-2025", "31-2025"]),
        ("Tại huyện Thủy Nguyên và phường Thủy Nguyên.", _2025, ["31-311", "31-11560-2025"]),
        ("Tại đặc khu Cát Hải.", _2025, ["31-11914-2025"]),
    ],
)
def test_a_unit_is_that_of_the_day_or_the_one_that_was(said: str, day: dt.date, codes: list[str]) -> None:
    """A later report can name a unit that has ended; no report names one that is still to come."""
    assert _of(said, "31-hai-phong", day) == codes


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("Tại TX. Kiến Tường, TP. Tân An và H. Bến Lức.", ["80-795", "80-794", "80-803"]),
        ("Các huyện: Cần Đước, Cần Giuộc; thành phố Tân An.", ["80-806", "80-807", "80-794"]),
        ("Tại phường 5, quận 3 và quận 1, 10, TPHCM.", ["79-770-27151", "79-770", "79-760", "79-771", "79"]),
        ("Tại phường 1, 2 và 4 quận 8.", ["79-776-27394", "79-776-27391", "79-776-27409", "79-776"]),
        ("Tại tỉnh Thanh Hoá và tỉnh Bà Rịa – Vũng Tàu.", ["38", "77"]),
        ("TỈNH KHÁNH HÒA VÀ TỈNH QUẢNG NAM", ["56", "49"]),
    ],
)
def test_heads_lists_and_spellings(said: str, codes: list[str]) -> None:
    """A head is a word or its abbreviation and holds for a list; tone placement, dashes and capitals do not matter."""
    assert _of(said, "80-long-an", _2022) == codes


@pytest.mark.parametrize(
    "said",
    [
        "Bảo vệ hòa bình, ổn định khu vực.",
        "Hòa bình là nền tảng của phát triển.",
        "Thành lập 3 phường 5 xã.",
        "Xã hội ổn định, người dân đoàn kết.",
        "Dựng tượng đài Lê Chân.",
        "Mở rộng cảng Cát Hải và Khu kinh tế Cát Hải.",
        "Pháp luật được tôn trọng.",
        "Tập đoàn Điện lực Việt Nam báo cáo.",
        "Vay của Ngân hàng TMCP Sài Gòn - Hà Nội.",
    ],
)
def test_words_that_look_like_a_place_are_none(said: str) -> None:
    """Common nouns, counts of units, and what bears the name of a place."""
    assert _codes(said) == []


@pytest.mark.parametrize(
    "said", ["Khai trương Trung tâm Thương mại Sen Hồng Hải Phòng.", "Mở tuyến cáp treo Cát Hải-Phù Long."]
)
def test_a_place_at_the_end_of_a_work_says_where_it_is(said: str) -> None:
    """What bears its own name and then that of a place lies there; so do the ends of a route."""
    assert set(_codes(said)) & {"31", "31-317"}


def test_numbers_in_names_of_places_count_nothing() -> None:
    """The number of a ward is part of its name: no quantity, and not unread."""
    read = read_passage("Tại phường 5, quận 3.", area="79-ho-chi-minh", issuer="vn/chinh-phu", date=_2022)
    assert read.facts(Measurement) == []
    assert read.facts(Unread) == []
    assert "name" in {reason for *_, reason in read.reading.excluded}


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
