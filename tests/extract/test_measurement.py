"""Quantities: value and unit, what they measure, what they are a part, growth or ratio of; what is no quantity."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.passage import Passage, read_passage

from hpkg.model import Measurement, Unread

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading

_PARTS = (
    "Tổng thu ngân sách nhà nước trên địa bàn đạt 84.199,2 tỷ đồng, trong đó: thu từ hoạt động xuất nhập khẩu đạt "
    "50.000 tỷ đồng, giảm 16,1%; thu nội địa đạt 30.000 tỷ đồng, tăng 11%."
)


def _only(said: str, part: str = "results") -> Measurement:
    return read_passage(said, part).fact(Measurement)


def _reasons(passage: Passage) -> dict[str, str]:
    """Return the digits of the passage that measure nothing, with their reasons."""
    return {
        passage.text[start:end]: reason
        for start, end, reason in passage.reading.excluded
        if passage.start <= start < passage.end
    }


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("Tổng kim ngạch xuất khẩu đạt 18,95 tỷ USD.", "18.95", "USD-billion"),
        ("Tổng thu ngân sách nhà nước trên địa bàn đạt 84.199,2 tỷ đồng.", "84199.2", "VND-billion"),
        ("Sản lượng hàng hóa thông qua cảng đạt 142,84 triệu tấn.", "142.84", "tonne-million"),
        ("Thu hút 7,5 triệu lượt khách du lịch.", "7.5", "visit-million"),
        ("Tỷ lệ lao động qua đào tạo đạt 83,5%.", "83.5", "percent"),
        ("Giải quyết việc làm cho 55.400 lượt lao động.", "55400", "job"),
    ],
)
def test_a_value_is_in_its_unit_as_printed(said: str, value: str, unit: str) -> None:
    """Points part thousands and a comma the decimals; the multiple belongs to the unit and not to the value."""
    made = _only(said)
    assert (made.value, made.unit, made.comparator) == (Decimal(value), unit, "=")
    assert (made.low, made.high) == (None, None)


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("đạt", "="),
        ("đạt trên", ">"),
        ("khoảng", "≈"),
        ("đạt ít nhất", "≥"),
        ("không quá", "≤"),
        ("đạt gần", "≈"),
        ("dưới", "<"),
    ],
)
def test_a_comparator_stands_before_the_number(words: str, comparator: str) -> None:
    """The word right before the number says how the value bounds what is meant; the quote takes it along."""
    made = _only(f"Tổng kim ngạch xuất khẩu {words} 18 tỷ USD.")
    assert (made.comparator, made.value) == (comparator, Decimal(18))
    assert made.text == f"{words} 18 tỷ USD"


@pytest.mark.parametrize("words", ["2,5-3,0 tỷ USD", "từ 2,5 đến 3,0 tỷ USD", "2,5 – 3 tỷ USD"])
def test_two_bounds_are_a_range(words: str) -> None:
    """An interval has both bounds and no value, however it is written."""
    made = _only(f"Thu hút vốn đầu tư trực tiếp nước ngoài đạt {words}.", "objective")
    assert (made.value, made.low, made.high, made.comparator) == (None, Decimal("2.5"), Decimal(3), "range")


def test_parts_hang_on_their_whole() -> None:
    """What `trong đó` opens are parts of the level before it; a growth hangs on the level beside it."""
    whole, trade, fall, domestic, growth = read_passage(_PARTS).facts(Measurement)
    assert (whole.of, trade.of, fall.of, domestic.of, growth.of) == (None, whole.id, trade.id, whole.id, domestic.id)
    assert [made.kind for made in (whole, trade, fall, domestic, growth)] == [
        "result", "result", "change", "result", "change",
    ]  # fmt: skip
    assert [fall.direction, growth.direction] == ["down", "up"]
    assert fall.indicator == trade.indicator != domestic.indicator == growth.indicator


@pytest.mark.parametrize(
    ("said", "kind", "direction", "value"),
    [
        ("Tỷ lệ hộ nghèo giảm xuống còn 0,22%.", "result", None, "0.22"),
        ("Tỷ lệ lao động qua đào tạo tăng lên 85%.", "result", None, "85"),
        ("Tỷ lệ hộ nghèo giảm 0,3%.", "change", "down", "0.3"),
        ("Tổng kim ngạch xuất khẩu tăng 11,3%.", "change", "up", "11.3"),
    ],
)
def test_a_level_that_moved_is_no_change(said: str, kind: str, direction: str | None, value: str) -> None:
    """`giảm xuống còn 0,22%` states the level reached; `giảm 0,3%` an amount of fall."""
    made = _only(said)
    assert (made.kind, made.direction, made.value) == (kind, direction, Decimal(value))


@pytest.mark.parametrize(("part", "kind"), [("results", "result"), ("targets", "target")])
def test_a_growth_rate_that_is_the_indicator_is_its_value(part: str, kind: str) -> None:
    """GRDP and IIP are growths themselves: a result or target with a direction, never a change."""
    for name in ("Tốc độ tăng trưởng kinh tế (GRDP)", "Chỉ số sản xuất công nghiệp (IIP)"):
        made = _only(f"(1) {name} tăng 13,5%." if part == "targets" else f"{name} tăng 13,5%.", part)
        assert (made.kind, made.direction, made.of) == (kind, "up", None)


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("GRDP tăng 11,22%, gấp 4 lần tốc độ tăng trưởng chung cả nước.", Decimal(4), "times"),
        ("Tổng kim ngạch xuất khẩu đạt 18,95 tỷ USD, bằng 98,3% so với cùng kỳ.", Decimal("98.3"), "percent"),
        (
            "Tổng thu ngân sách nhà nước trên địa bàn đạt 84.199 tỷ đồng, đạt 101,3% kế hoạch.",
            Decimal("101.3"),
            "percent",
        ),
    ],
)
def test_a_ratio_hangs_on_the_level_before_it(said: str, value: Decimal, unit: str) -> None:
    """So many times another figure, or so much of the plan, is a ratio and no value reached."""
    level, ratio = read_passage(said).facts(Measurement)[:2]
    assert (ratio.kind, ratio.value, ratio.unit, ratio.of) == ("ratio", value, unit, level.id)


def test_a_fraction_is_a_count_of_a_whole() -> None:
    """`11/18 chỉ tiêu` says eleven and eighteen, the first a part of the second."""
    part, whole = read_passage("Có 11/18 chỉ tiêu hoàn thành kế hoạch.").facts(Measurement)
    assert (part.value, whole.value) == (Decimal(11), Decimal(18))
    assert part.of == whole.id
    assert part.kind == whole.kind == "count"


@pytest.mark.parametrize("said", ["không có ca mắc Covid-19 ngoài cộng đồng", "không còn hộ nghèo"])
def test_nothing_left_is_zero(said: str) -> None:
    """A quantity in words counts: what there is none of is reached with the value 0."""
    made = _only(f"Toàn thành phố {said}.")
    assert (made.value, made.kind) == (Decimal(0), "result")
    assert made.text.startswith("không c")


def test_a_bound_in_a_definition_is_a_threshold() -> None:
    """A length of time with a bound describes who is meant; without one it is the length of a period."""
    made = _only("Hỗ trợ doanh nghiệp hoạt động từ 5 năm trở lên.")
    assert (made.kind, made.value, made.unit, made.comparator) == ("threshold", Decimal(5), "year", "≥")
    passage = read_passage("Lập kế hoạch tài chính 03 năm.")
    assert passage.facts(Measurement) == []
    assert _reasons(passage) == {"03": "period"}


@pytest.mark.parametrize(("part", "kind", "period"), [("results", "result", "2020"), ("tasks", "target", "2021")])
def test_kind_and_year_follow_the_section(part: str, kind: str, period: str) -> None:
    """What stands among the results was reached in the year reported on, what stands in the plan is to be reached."""
    made = _only("Tổng kim ngạch xuất khẩu đạt 18,95 tỷ USD.", part)
    assert (made.kind, made.period) == (kind, period)


def test_a_year_in_the_clause_is_the_year_of_the_figure() -> None:
    """`100% … vào năm 2025` is for 2025, whatever year the section speaks of."""
    assert _only("Phấn đấu 100% xã đạt chuẩn nông thôn mới kiểu mẫu đến năm 2025.", "tasks").period == "2025"


@pytest.mark.parametrize(
    ("words", "estimated"), [("đạt", False), ("ước đạt", True), ("dự kiến đạt", True), ("đạt khoảng", False)]
)
def test_an_estimate_is_said_right_before_the_number(words: str, estimated: bool) -> None:  # noqa: FBT001
    """`ước` and `dự kiến` mark an estimate; `khoảng` is a comparator and no estimate."""
    assert _only(f"Tổng kim ngạch xuất khẩu {words} 18,95 tỷ USD.").estimated is estimated


def test_a_figure_for_the_nation_is_not_the_citys() -> None:
    """Where the clause or the bracket speaks of the whole country, that is the area; else it is the report's."""
    city, ratio, nation = read_passage(
        "GRDP tăng 11,22%, gấp khoảng 4 lần tốc độ tăng trưởng chung cả nước (dự kiến tăng khoảng 2-3%)."
    ).facts(Measurement)
    assert (city.area, ratio.area, nation.area) == ("Hải Phòng", "Hải Phòng", "Việt Nam")
    assert city.indicator != nation.indicator


@pytest.mark.parametrize(
    ("said", "reasons"),
    [
        ("Hoàn thành cầu Rào 1.", {"1": "name"}),
        ("Nâng cấp Quốc lộ 37 và đường tỉnh 359.", {"37": "name", "359": "name"}),
        ("Dịch Covid-19 được kiểm soát.", {}),
        ("Tiếp cận cách mạng công nghiệp 4.0.", {"4.0": "name"}),
        ("Triển khai giai đoạn 2021-2025.", {"giai đoạn 2021-2025": "date"}),
        ("Thực hiện Nghị quyết số 45-NQ/TW.", {"45-NQ/TW": "document-number"}),
        ("Ngày 18/12/2020 đã ban hành.", {"Ngày 18/12/2020": "date"}),
        ("(1) Các chỉ tiêu, (2) các nhiệm vụ.", {"1": "outline-number", "2": "outline-number"}),
    ],
)
def test_numbers_of_names_and_dates_measure_nothing(said: str, reasons: dict[str, str]) -> None:
    """A digit inside a name, date, document number or list mark is set aside with its reason."""
    passage = read_passage(said)
    assert passage.facts(Measurement) == []
    assert passage.facts(Unread) == []
    assert _reasons(passage) == reasons


def test_a_number_no_rule_understands_is_kept_as_unread() -> None:
    """A number without a unit that is part of no name is never dropped in silence."""
    unread = read_passage("Năng suất đạt 17 xyz.").fact(Unread)
    assert (unread.text, unread.reason) == ("17", "number")


@pytest.mark.parametrize("part", ["results", "tasks"])
def test_the_indicator_is_the_one_named_nearest(part: str) -> None:
    """Each of two figures in one sentence has the indicator before it; a bare figure has none and says what follows."""
    made = read_passage("Tổng kim ngạch xuất khẩu đạt 18,95 tỷ USD; khách du lịch đạt 7,5 triệu lượt.", part)
    exports, visits = made.facts(Measurement)
    assert (exports.indicator or "").endswith("/exports")
    assert exports.indicator != visits.indicator
    bare = _only("Hỗ trợ 150 người có hoàn cảnh khó khăn.", part)
    assert bare.indicator is None


def test_targets_of_a_list_carry_their_number_and_group() -> None:
    """Each value of a numbered target has the mark of its item and the group its heading names."""
    passage = read_passage("(1) GRDP tăng 13,5%;\n\n(2) Tổng kim ngạch xuất khẩu đạt 23 tỷ USD, tăng 20%.", "targets")
    assert [(made.ordinal, made.group) for made in passage.facts(Measurement)][:2] == [
        ("III.1", "economic"),
        ("III.2", "economic"),
    ]


def test_names_are_the_ordinal_of_the_number_in_its_sentence(report: Reading) -> None:
    """A measurement is named after its sentence; none has the name of another, and `of` is the name of one."""
    made = [fact for fact in report.facts if isinstance(fact, Measurement)]
    names = Counter(fact.id for fact in made)
    assert max(names.values()) == 1
    assert {fact.of for fact in made if fact.of} <= names.keys()
    for fact in made:
        assert fact.id.rpartition(".m")[0].endswith(f"/{fact.sentence or f'{fact.section}.0'}")


def test_a_point_has_a_value_and_a_range_has_bounds(report: Reading) -> None:
    """No measurement has both or neither."""
    for fact in report.facts:
        if isinstance(fact, Measurement):
            bounds = (fact.low is not None, fact.high is not None)
            assert bounds == (fact.value is None, fact.value is None), fact
            assert (fact.comparator == "range") == (fact.value is None), fact
