"""Areas: the key of each, and the place that a key means on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from hpkg.area import area_key, area_place, body_key, find_area
from hpkg.errors import CallerError
from hpkg.home import home
from hpkg.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The lexicon that is shipped."""
    return load_lexicon(home())


@pytest.mark.parametrize("said", ["31-hai-phong", "31", "Hải Phòng", "hai phong", "HẢI PHÒNG", "TP. Hải Phòng"])
def test_an_area_is_found_by_key_code_or_name(said: str, lexicon: Lexicon) -> None:
    """Key, code of the statistics office, and name with or without marks and kind mean the same."""
    assert find_area(lexicon, said) == "31-hai-phong"


def test_the_nation_is_an_area(lexicon: Lexicon) -> None:
    """`vn` and its names mean the nation."""
    assert find_area(lexicon, "vn") == find_area(lexicon, "Việt Nam") == "vn"
    place = area_place(lexicon, "vn", dt.date(2020, 1, 1))
    assert place is not None
    assert area_key(lexicon, place) == "vn"


@pytest.mark.parametrize("said", ["hai phuong", "99", "31-ha-noi", ""])
def test_an_unknown_area_is_told_with_its_neighbours(said: str, lexicon: Lexicon) -> None:
    """No such name, no such code, and a code with another's name are the caller's errors."""
    with pytest.raises(CallerError) as raised:
        find_area(lexicon, said)
    assert raised.value.code == "area-unknown"
    assert "hai-phong" in raised.value.hint()


@pytest.mark.parametrize(
    ("day", "key"), [(dt.date(2020, 12, 18), "31"), (dt.date(2025, 6, 30), "31"), (dt.date(2025, 7, 1), "31-2025")]
)
def test_a_key_means_the_state_of_the_day(day: dt.date, key: str, lexicon: Lexicon) -> None:
    """A report of after the merger is of the new unit, one of before of the old; the key is the same."""
    place = area_place(lexicon, "31-hai-phong", day)
    assert place is not None
    assert place.key == key
    assert area_key(lexicon, place) == "31-hai-phong"
    assert area_place(lexicon, "99-khong-co", day) is None


@pytest.mark.parametrize(
    "said", ["440", "42-440", "42-440-duc-tho", "Đức Thọ", "huyện Đức Thọ", "duc tho", "Huyện Đức Thọ, tỉnh Hà Tĩnh"]
)
def test_a_district_is_found_by_key_code_or_name(said: str, lexicon: Lexicon) -> None:
    """Its own code is enough, and so is its name, with or without its kind and its province."""
    assert find_area(lexicon, said) == "42-440-duc-tho"
    place = area_place(lexicon, "42-440-duc-tho", dt.date(2022, 1, 10))
    assert place is not None
    assert place.label == "Huyện Đức Thọ"


def test_districts_of_one_name_are_told_apart_by_their_province(lexicon: Lexicon) -> None:
    """`Châu Thành` alone is several; a name that a province bears too means the province."""
    assert find_area(lexicon, "Châu Thành, Long An").startswith("80-")
    assert find_area(lexicon, "Cao Bằng") == "04-cao-bang"
    assert find_area(lexicon, "thành phố Cao Bằng").startswith("04-040-")
    with pytest.raises(CallerError) as raised:
        find_area(lexicon, "Châu Thành")
    assert raised.value.code == "area-ambiguous"
    assert "80-" in raised.value.hint() or "chau-thanh" in raised.value.hint()


@pytest.mark.parametrize(
    ("said", "day", "key"),
    [
        ("Tùng Châu, Đức Thọ, Hà Tĩnh", dt.date(2020, 5, 1), "42-440-18241-tung-chau"),
        ("xã Tùng Châu, Hà Tĩnh", None, "42-440-18241-tung-chau"),
        ("phường Thành Sen, Hà Tĩnh", dt.date(2025, 8, 1), "42-18073-thanh-sen"),
        ("42-18073", dt.date(2025, 8, 1), "42-18073-thanh-sen"),
    ],
)
def test_a_commune_is_found_in_its_province(said: str, day: dt.date | None, key: str, lexicon: Lexicon) -> None:
    """By name with its province, with or without the district, and by key; in the state of the day."""
    assert find_area(lexicon, said, day) == key
    place = area_place(lexicon, key, day or dt.date(2020, 5, 1))
    assert place is not None
    assert area_key(lexicon, place) == key


def test_after_the_districts_ended_their_name_means_a_commune(lexicon: Lexicon) -> None:
    """`Đức Thọ, Hà Tĩnh` is a district up to June 2025 and a commune from July on."""
    assert find_area(lexicon, "Đức Thọ, Hà Tĩnh", dt.date(2022, 1, 1)) == "42-440-duc-tho"
    assert find_area(lexicon, "Đức Thọ, Hà Tĩnh", dt.date(2025, 9, 1)) == "42-18229-duc-tho"


def test_a_body_of_a_unit_is_kept_with_those_of_its_province(lexicon: Lexicon) -> None:
    """A Party committee is named without the kind of its unit; the nation's bodies have a key of their own."""
    district = area_place(lexicon, "42-440-duc-tho", dt.date(2022, 1, 10))
    nation = area_place(lexicon, "vn", dt.date(2022, 1, 10))
    assert district is not None
    assert nation is not None
    assert body_key(lexicon, district, "ubnd") == "42-ha-tinh/ubnd-huyen-duc-tho"
    assert body_key(lexicon, district, "huyen-uy", party=True) == "42-ha-tinh/huyen-uy-duc-tho"
    assert body_key(lexicon, nation, "chinh-phu") == "vn/chinh-phu"
