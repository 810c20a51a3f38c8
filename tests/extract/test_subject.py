"""What a number measures: the indicator named before it, after it, before in the sentence, or in the heading."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Measurement


def _keys(said: str, part: str = "results") -> list[str | None]:
    return [
        fact.indicator.rpartition("/")[2] if fact.indicator else None
        for fact in read_passage(said, part).facts(Measurement)
    ]


@pytest.mark.parametrize(
    ("said", "keys"),
    [
        ("Tổng kim ngạch xuất khẩu đạt 18,95 tỷ USD.", ["exports"]),
        ("Thành phố thu hút được 2,5 tỷ USD vốn đầu tư trực tiếp nước ngoài.", ["fdi-attracted"]),
        ("Giải quyết việc làm cho 32.500 người.", ["jobs-created"]),
        ("GRDP bình quân đầu người đạt 65 triệu đồng.", ["grdp-per-capita"]),
        ("Thu ngân sách nhà nước trên địa bàn từ 4.990 tỷ đồng trở lên.", ["budget-revenue"]),
        ("Tổng kim ngạch xuất khẩu đạt 18,95 tỷ USD, tăng 11,3%, vượt 2% kế hoạch.", ["exports", "exports", "exports"]),
    ],
)
def test_the_words_around_a_number_say_what_it_measures(said: str, keys: list[str]) -> None:
    """Words before go first, then those that follow the unit; a bare number goes on with the level before it."""
    assert _keys(said) == keys


def test_an_indicator_whose_unit_cannot_hold_the_number_is_passed_over() -> None:
    """A poverty rate is not measured in dollars, be it named ever so near."""
    assert "poverty-rate" not in _keys("Cùng với tỷ lệ hộ nghèo, thành phố chi 18,95 tỷ USD.")


def test_the_name_of_a_part_needs_its_whole() -> None:
    """`thu nội địa` beside the budget is a part of it."""
    assert _keys("Thu ngân sách nhà nước trên địa bàn đạt 84.199 tỷ đồng, riêng thu nội địa đạt 30.000 tỷ đồng.") == [
        "budget-revenue",
        "budget-revenue-domestic",
    ]


def test_the_indicator_label_is_that_of_the_vocabulary() -> None:
    """Whatever the text calls it, the record has the preferred name."""
    fact = read_passage("Giá trị xuất khẩu trên địa bàn, kim ngạch xuất khẩu đạt 16 tỷ USD.").fact(Measurement)
    assert fact.indicator_label == "Kim ngạch xuất khẩu"
