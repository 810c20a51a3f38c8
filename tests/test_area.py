"""Areas: the key of each, and the place that a key means on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from hpkg.area import area_key, area_place, find_area
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
    assert area_key(place) == "vn"


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
    assert area_key(place) == "31-hai-phong"
    assert area_place(lexicon, "99-khong-co", day) is None
