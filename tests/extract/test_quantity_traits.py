"""Quantities as reports of other years and provinces print them: each trait of their numbers, units and comparisons."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.passage import make_source, read_passage

from hpkg.extract.facts import read_facts
from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.model import Measurement

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = "2020-04/2020-06"
Expected = tuple[str, str, str, str, str | None]


def _read(said: str, part: str = "results") -> list[Measurement]:
    return read_passage(said, part).facts(Measurement)


def _only(said: str, part: str = "results") -> Measurement:
    (made,) = _read(said, part)
    return made


def _amount(made: Measurement) -> str:
    return f"{made.value:f}" if made.value is not None else f"{made.low:f}-{made.high:f}"


def _told(facts: Sequence[Measurement]) -> list[Expected]:
    return [(_amount(made), made.unit, made.kind, made.comparator, made.direction) for made in facts]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Sản lượng thép bằng 98,3% so với cùng kỳ.", ("98.3", "percent", "ratio", "=", None)),
        ("Sản lượng thép tăng 98,3% so với cùng kỳ.", ("98.3", "percent", "change", "=", "up")),
        ("Giải ngân vốn ngân sách đạt 101,3% kế hoạch.", ("101.3", "percent", "ratio", "=", None)),
        ("Số thu từ đất vượt 4,54% dự toán.", ("4.54", "percent", "ratio", "=", None)),
        ("Lượng khách gấp 2,22 lần cùng kỳ năm trước.", ("2.22", "times", "ratio", "=", None)),
        ("Khu vực dịch vụ đóng góp 6,39 điểm phần trăm.", ("6.39", "percentage-point", "share", "=", None)),
        ("Ngành chế biến chiếm 35,5% giá trị toàn ngành.", ("35.5", "percent", "share", "=", None)),
        ("Tỷ lệ nợ xấu giảm 0,3 điểm phần trăm.", ("0.3", "percentage-point", "change", "=", "down")),
        ("Thu nhập bình quân tăng 1,35 lần so với năm 2015.", ("1.35", "times", "change", "=", "up")),
        ("Chỉ số chuyển đổi số đứng thứ 5 cả nước.", ("5", "rank", "result", "=", None)),
        ("Chỉ số chuyển đổi số xếp thứ 12/63.", ("12", "rank", "result", "=", None)),
        ("Tỉnh nằm trong nhóm 10 địa phương dẫn đầu.", ("10", "rank", "result", "≤", None)),
        ("Tỷ lệ che phủ rừng đạt trên 42%.", ("42", "percent", "result", ">", None)),
        ("Thu hút vốn đạt khoảng 12% trở lên.", ("12", "percent", "result", "≥", None)),
    ],
)
def test_a_comparison_says_what_its_words_say(said: str, expected: Expected) -> None:
    """A growth, a ratio, a share, a rank and a level are told apart by the words around the number."""
    assert _told(_read(said)) == [expected]


@pytest.mark.parametrize("words", ["19%-20%", "19 – 20%", "từ 19% đến 20%", "19% đến 20%", "19 -> 20%", "19 ÷ 20 %"])
def test_a_range_has_two_ends_however_it_is_joined(words: str) -> None:
    """Dash variants, arrows and words join the ends of a range; the sign of per cent may stand at both."""
    made = _only(f"Tỷ lệ tiết kiệm năng lượng đạt {words}.")
    assert (made.low, made.high, made.unit, made.comparator) == (Decimal(19), Decimal(20), "percent", "range")


def test_a_range_may_repeat_its_unit() -> None:
    """`từ 5 tỷ đồng đến 7 tỷ đồng` is one range, in one unit."""
    made = _only("Mỗi xã được hỗ trợ từ 5 tỷ đồng đến 7 tỷ đồng.")
    assert (made.low, made.high, made.unit, made.unit_text) == (Decimal(5), Decimal(7), "VND-billion", "tỷ đồng")


def test_the_start_of_a_movement_is_a_level() -> None:
    """`từ 4,2 lên 4,7 triệu đồng` states two levels; the first shares the unit of the second."""
    made = _read("Tiền lương bình quân tăng từ 4,2 lên 4,7 triệu đồng/tháng.")
    assert _told(made) == [
        ("4.2", "VND-million-per-month", "result", "=", None),
        ("4.7", "VND-million-per-month", "result", "=", None),
    ]


@pytest.mark.parametrize(
    ("words", "value", "unit", "ambiguous"),
    [
        ("1.260,500 tỷ đồng", "1260.500", "VND-billion", False),
        ("35,072 tỷ USD", "35.072", "USD-billion", False),
        ("104,267 tấn", "104267.000", "tonne", True),
        ("12,345 hộ", "12345.000", "household", True),
        ("3,09 %", "3.09", "percent", False),
    ],
)
def test_three_decimals_are_read_by_the_unit(words: str, value: str, unit: str, ambiguous: bool) -> None:  # noqa: FBT001
    """Of what is counted or weighed whole nobody prints three decimals: a comma there parts thousands."""
    made = _only(f"Tổng số thực hiện là {words}.")
    assert (f"{made.value:f}", made.unit, made.ambiguous) == (value, unit, ambiguous)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Tổng vốn 85 nghìn tỷ đồng.", ("85", "VND-trillion")),
        ("Tổng vốn 85 ngàn tỷ.", ("85", "VND-trillion")),
        ("Hàng hóa qua kho đạt 12 vạn tấn.", ("12", "tonne-ten-thousand")),
        ("Điện thương phẩm đạt 3.200 triệu kWh.", ("3200", "kilowatt-hour-million")),
        ("Nguồn điện mặt trời đạt 450 MW.", ("450", "megawatt")),
        ("Diện tích tự nhiên là 1.526 km2.", ("1526", "square-kilometre")),
        ("Đón 85.000 lượt khách.", ("85000", "visit")),
        ("Thu nhập đạt 62,5 triệu đồng/người/năm.", ("62.5", "VND-million-per-person")),
        ("Thu nhập đạt 3.500 USD/người.", ("3500", "USD-per-person")),
        ("Xuất khẩu gạo đạt 120 triệu đô la Mỹ.", ("120", "USD-million")),
        ("Khoản vay trị giá 35 triệu euro.", ("35", "EUR-million")),
        ("Năng suất lúa đạt 62,5 tạ/ha.", ("62.5", "quintal-per-hectare")),
        ("Mật độ dân số là 245 người/km2.", ("245", "person-per-square-kilometre")),
        ("Tuyến y tế có 8,5 bác sĩ/vạn dân.", ("8.5", "doctor-per-10000-people")),
        ("Tỷ suất sinh thô là 15,2‰.", ("15.2", "per-mille")),
        ("Tổng đàn lợn đạt 235,6 nghìn con.", ("235.6", "head-thousand")),
        ("Cấp nước 50.000 m3/ngày đêm.", ("50000", "cubic-metre-per-day")),
        ("Hỗ trợ 200 triệu cho người lao động.", ("200", "VND-million")),
        ("Phát hành 12 triệu cổ phiếu.", ("12", "bank-share-million")),
    ],
)
def test_units_of_all_families_are_known(said: str, expected: tuple[str, str]) -> None:
    """Money, mass, energy, area, rates and multiples are units of the vocabulary, glued to their number or not."""
    made = _read(said)[0]
    assert (_amount(made), made.unit) == expected


@pytest.mark.parametrize(
    ("said", "value", "words"),
    [
        ("Bán được 17 chum rượu nếp.", 17, "chum rượu nếp"),
        ("Bàn giao 12 bè nuôi cá.", 12, "bè nuôi cá"),
    ],
)
def test_what_no_unit_names_is_counted_by_its_noun(said: str, value: int, words: str) -> None:
    """A counted noun that the vocabulary does not hold is the unit's text, as far as the noun phrase goes."""
    made = _only(said)
    assert (made.value, made.unit_text) == (Decimal(value), words)


@pytest.mark.parametrize(
    "said",
    [
        "Chương trình 135 được triển khai đúng tiến độ.",
        "Đề án 06 đạt nhiều kết quả.",
        "Nghị định số 49 quy định rõ trách nhiệm.",
        "Ấp 3 xã Bình An được công nhận.",
        "Tổ 5 phường Tân Phú được khen thưởng.",
    ],
)
def test_numbers_of_programmes_and_hamlets_are_names(said: str) -> None:
    """A number after the name of a programme, a decree or a hamlet counts nothing, whatever noun follows."""
    passage = read_passage(said)
    assert passage.facts(Measurement) == []
    assert {reason for start, _, reason in passage.reading.excluded if passage.start <= start < passage.end} == {"name"}


def test_a_list_shares_the_unit_at_its_end() -> None:
    """`10, 12 và 15 tỷ đồng` are three amounts in one unit."""
    made = _read("Ba đợt bố trí vốn lần lượt là 10, 12 và 15 tỷ đồng.")
    assert [(fact.value, fact.unit) for fact in made[-3:]] == [(Decimal(n), "VND-billion") for n in (10, 12, 15)]


@pytest.mark.parametrize(
    "said",
    ["Thép, xi măng lần lượt đạt 5 và 7 triệu tấn.", "Thép và xi măng đạt 5 và 7 triệu tấn tương ứng."],
)
def test_numbers_of_a_list_go_with_names_in_order(said: str) -> None:
    """`lần lượt` and `tương ứng` pair the numbers of a list with the names before."""
    first, second = _read(said)
    assert (first.indicator_label, second.indicator_label) == ("Thép", "Xi măng")


def test_a_verb_serves_the_whole_list() -> None:
    """`khu vực I tăng 3,1%, khu vực II 8,2%`: the second is a growth as well."""
    assert _told(_read("Khu vực I tăng 3,1%, khu vực II 8,2%.")) == [
        ("3.1", "percent", "change", "=", "up"),
        ("8.2", "percent", "change", "=", "up"),
    ]


def test_a_unit_may_stand_before_the_number() -> None:
    """Tables and lists say the unit once, in brackets or in a cell of its own."""
    bracketed = _read("Thu phí (tỷ đồng): 8.500; thu khác (triệu USD): 1.200.")
    assert [(fact.value, fact.unit) for fact in bracketed] == [
        (Decimal(8500), "VND-billion"),
        (Decimal(1200), "USD-million"),
    ]
    row = _read("Kim ngạch xuất khẩu | triệu USD | 1.250 | 1.320")
    assert [(fact.value, fact.unit) for fact in row] == [(Decimal(1250), "USD-million"), (Decimal(1320), "USD-million")]


def test_a_figure_of_the_nation_stands_beside_the_provinces() -> None:
    """`(cả nước tăng 9,1%)` says the same of another area, of the same kind and indicator, and starts no level."""
    own, nation, growth = _read("Sản lượng điện tăng 15,1% (bình quân cả nước tăng 9,1%); sản lượng thép tăng 3%.")
    assert (own.area, nation.area, growth.area) == ("Hải Phòng", "Việt Nam", "Hải Phòng")
    assert (own.kind, own.indicator) == (nation.kind, nation.indicator)
    assert growth.indicator != own.indicator


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("Đến năm 2025 có 100% xã có nhà văn hóa.", "2025"),
        ("Năm 2019, sản lượng điện đạt 35 triệu kWh.", "2019"),
        ("Quý I/2020, sản lượng điện tăng 4,5%.", "2020-01/2020-03"),
        ("Trong 9 tháng đầu năm 2020, sản lượng điện tăng 4,5%.", "2020-01/2020-09"),
        ("Giai đoạn 2016-2020, sản lượng điện tăng bình quân 8%/năm.", "2016/2020"),
        ("Sản lượng điện tăng 4,5% so với năm 2019.", "2020"),
        ("Sản lượng điện đạt 35 triệu kWh vào năm 2025.", "2025"),
        ("Tính đến ngày 31/10/2020, dư nợ cho vay đạt 35 tỷ đồng.", "2020"),
        ("Sản lượng điện 9 tháng đầu năm 2020 thực hiện 35 triệu kWh.", "2020-01/2020-09"),
        ("Bố trí khoảng 1.200 tỷ đồng trong Kế hoạch đầu tư công trung hạn 2021-2025.", "2021/2025"),
        ("Tỉnh hỗ trợ trong giai đoạn 2021-2025, khoảng 350 tỷ đồng.", "2021/2025"),
    ],
)
def test_the_period_is_the_one_the_clause_opens_with_or_ends_in(said: str, period: str) -> None:
    """A date before or after the figure dates it; a date that is compared with does not."""
    assert _read(said)[0].period == period


def test_what_belongs_to_a_figure_has_its_period() -> None:
    """A ratio or growth is of the period of its level."""
    said = "Thu ngân sách 9 tháng đầu năm 2020 đạt 900 tỷ đồng, đạt 75% dự toán, tăng 4% so với cùng kỳ."
    assert [made.period for made in _read(said)] == ["2020-01/2020-09"] * 3


def test_parts_told_in_a_sentence_of_their_own_have_the_period_of_the_one_before() -> None:
    """`Trong đó` goes on with what was told right before; what stands there in brackets was told beside it."""
    said = (
        "Thu phí 9 tháng đầu năm 2020 đạt 120 tỷ đồng (năm 2019 đạt 95 tỷ đồng). Trong đó: cấp huyện đạt 40 tỷ đồng. "
        "Thu khác đạt 15 tỷ đồng."
    )
    assert [made.period for made in _read(said)] == ["2020-01/2020-09", "2019", "2020-01/2020-09", "2020"]


def _of_months(said: str) -> list[str]:
    more = "Đàn lợn ổn định. Giá thức ăn hạ. Dịch bệnh ít."
    text = f"BÁO CÁO\n\nI. KẾT QUẢ THỰC HIỆN\n\n1. Trồng trọt\n\n{said}\n\n2. Chăn nuôi\n\n{more}"
    source = make_source(text, year=2020, period=_MONTHS, plan_year=None)
    reading = read_facts(source, load_lexicon(home()))
    return [fact.period for fact in reading.facts if isinstance(fact, Measurement)]


@pytest.mark.parametrize(
    ("said", "periods"),
    [
        ("Tính đến ngày 12/5/2020, đã gieo sạ 8.400 ha.", [_MONTHS]),
        ("Tính đến ngày 15/7/2020, đã gieo sạ 8.400 ha.", ["2020"]),
        (
            "Năng suất đạt 58,2 tạ/ha (cùng kỳ 2019: 56,1 tạ/ha, 2018: 55,3 tạ/ha).",
            [_MONTHS, "2019-04/2019-06", "2018-04/2018-06"],
        ),
        ("Năng suất đạt 58,2 tạ/ha (cùng kỳ năm trước đạt 56,1 tạ/ha).", [_MONTHS, "2019-04/2019-06"]),
        (
            "Sản lượng rau tăng 4% (cùng kỳ năm 2019 tăng 3%), so với cùng kỳ năm 2018 tăng 9%.",
            [_MONTHS, "2019-04/2019-06", _MONTHS],
        ),
        ("Sản lượng rau đã tăng so với năm 2019, ước đạt 35 nghìn tấn.", [_MONTHS]),
        ("Thu phí 5 tháng ước đạt 35 tỷ đồng, tháng 6 đạt 9 tỷ đồng.", ["2020-01/2020-05", "2020-06"]),
        ("Trẻ dưới 6 tháng đạt 85%.", [_MONTHS]),
        (
            "Giải ngân 5 tháng đạt 41%, cao hơn cùng kỳ năm 2019 (38,2%) và tăng so với năm 2018.",
            ["2020-01/2020-05", "2019-01/2019-05"],
        ),
    ],
)
def test_a_report_of_months_tells_of_these_months(said: str, periods: list[str]) -> None:
    """A day in the months stands for them; the same months of a year before have their own period; a base has none."""
    assert _of_months(said) == periods


def test_a_report_on_how_tasks_were_carried_out_tells_of_results() -> None:
    """`Kết quả thực hiện nhiệm vụ` looks back; the words of the sentences below are no words of the name."""
    said = "Thu phí đạt 120 tỷ đồng, vượt mục tiêu của huyện. Tổng đàn lợn đạt 35 nghìn con.\n\n1. Trồng trọt\n\n"
    said += "Triển khai các giải pháp chống hạn. Chăn nuôi ổn định.\n\n2. Chăn nuôi\n\nĐàn bò phát triển tốt."
    for title in ("Kết quả thực hiện nhiệm vụ năm 2020", "Kinh tế - xã hội năm 2020"):
        source = make_source(f"{title}\n\n{said}", title=title, plan_year=None)
        facts = read_facts(source, load_lexicon(home())).facts
        assert {fact.kind for fact in facts if isinstance(fact, Measurement)} == {"result"}


def test_a_sentence_run_in_after_a_mark_names_no_outlook() -> None:
    """`1. Thu phí đạt … dự toán` tells of a result: only words with which the sentence opens speak for the section."""
    said = "I. KINH TẾ\n\n1. Thu phí đạt 35 tỷ đồng, vượt dự toán giao. Thu khác đạt 4 tỷ đồng.\n\n"
    said += "2. Mục tiêu đến cuối kỳ: thu phí đạt 80 tỷ đồng. Chăn nuôi ổn định. Giá cả giữ vững."
    facts = read_facts(make_source(said, plan_year=None), load_lexicon(home())).facts
    kinds = [fact.kind for fact in facts if isinstance(fact, Measurement)]
    assert kinds == ["result", "result", "target"]


def test_a_directive_tells_what_is_to_be_done() -> None:
    """What stands in a directive or an urgent dispatch is to be reached, where no heading says otherwise."""
    said = (
        "CHỈ THỊ\n\n1. Các sở hoàn thành 100% hồ sơ đúng hạn.\n\n2. Các huyện cắt giảm 12 thủ tục.\n\n3. Tổ chức làm."
    )
    source = make_source(said, title="Chỉ thị về cải cách thủ tục hành chính", number="3/CT-UBND", plan_year=None)
    reading = read_facts(source, load_lexicon(home()))
    assert {fact.kind for fact in reading.facts if isinstance(fact, Measurement)} == {"target"}


def test_a_period_to_come_makes_a_target_and_a_past_one_a_result() -> None:
    """The year a figure is given decides, whatever the section speaks of."""
    assert _only("Đến năm 2025 có 100% xã có nhà văn hóa.").kind == "target"
    before, after = _read("Nâng tỷ lệ lao động có tay nghề từ 65% năm 2020 lên 70% năm 2025.", "tasks")
    assert [(fact.kind, fact.period) for fact in (before, after)] == [("result", "2020"), ("target", "2025")]


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Sản lượng thép cán tăng 12,5%.", "Sản lượng thép cán"),
        ("Tỷ lệ rác thải được phân loại đạt 65%.", "Tỷ lệ rác thải được phân loại"),
        ("Toàn tỉnh có 100% trạm y tế có bác sĩ.", "Trạm y tế có bác sĩ"),
        ("Thu hút vốn FDI ngành dệt đạt 120 triệu USD.", "Thu hút vốn FDI ngành dệt"),
        ("Thương mại phát triển khá, doanh thu bưu chính đạt 35 tỷ đồng.", "Doanh thu bưu chính"),
        ("Doanh thu bưu chính tiếp tục tăng khá, ước đạt 35 tỷ đồng.", "Doanh thu bưu chính"),
        ("- Lệ phí bến bãi: 44,000 tỷ đồng.", "Lệ phí bến bãi"),
        ("Quản lý bến bãi: 3,5 tỷ đồng.", "Quản lý bến bãi"),
        ("Khu vực có vốn đầu tư nước ngoài đạt 12 triệu USD.", "Khu vực có vốn đầu tư nước ngoài"),
        ("Động lực chính là ngành đóng tàu tăng 6%.", "Ngành đóng tàu"),
        ("Giá trị hàng mây tre, gốm sứ xuất khẩu đạt 9 triệu USD.", "Giá trị hàng mây tre, gốm sứ xuất khẩu"),
        ("Tổng sản phẩm cam sành đến năm 2020 phấn đấu đạt 400 tấn.", "Tổng sản phẩm cam sành"),
        ("Doanh thu bến bãi (BB) theo giá hiện hành đạt 7 tỷ đồng.", "Doanh thu bến bãi"),
        ("Vé bán chạy nên thu từ bến phà đạt 3 tỷ đồng.", "Thu từ bến phà"),
        ("Đầm Sen có diện tích 12 ha.", "Diện tích"),
        ("Đoàn: 28,5 tỷ đồng.", "Đoàn"),
        ("Chi chương trình mục tiêu năm 2020 là 52 tỷ đồng.", "Chi chương trình mục tiêu"),
        (
            "Chi từ nguồn tích lũy của ngân sách địa phương là 12 tỷ đồng.",
            "Chi từ nguồn tích lũy của ngân sách địa phương",
        ),
        ("Số phòng học trên địa bàn tỉnh đạt chuẩn tăng 4%.", "Số phòng học trên địa bàn tỉnh đạt chuẩn"),
        ("Triển khai đề án với mục tiêu giá trị ngành nghề nông thôn tăng 9%.", "Giá trị ngành nghề nông thôn"),
        ("Tỷ lệ rác thải còn cao; 60-70% ấp, khu phố văn hóa.", "Ấp, khu phố văn hóa"),
        ("Cán bộ, công chức cấp xã đủ chuẩn đạt 92%.", "Cán bộ, công chức cấp xã đủ chuẩn"),
        ("Tiết kiệm 10% chi phí văn phòng so với dự toán năm 2019.", "Chi phí văn phòng"),
    ],
)
def test_an_indicator_that_no_vocabulary_holds_is_named_by_its_words(said: str, label: str) -> None:
    """A known name that the text narrows, and a name not known at all, are new indicators with the words as label."""
    made = _read(said)[0]
    assert made.indicator_label == label
    assert "/id/unreviewed-indicator/" in (made.indicator or "")


def test_a_number_that_a_line_end_parts_is_one() -> None:
    """A page breaks lines inside numbers too; the paragraph and the number go on below."""
    said = "Toàn huyện đã trồng được 1.\n234 ha rừng phòng hộ, tăng 12,\n5% so với năm 2019."
    assert [(_amount(made), made.unit, made.kind) for made in _read(said)] == [
        ("1234", "hectare", "result"),
        ("12.5", "percent", "change"),
    ]


def test_a_movement_shares_the_noun_at_its_end() -> None:
    """`từ 2 lên 3 phó trưởng phòng` counts the same at both ends."""
    made = _read("Số lượng lãnh đạo phòng tăng từ 2 lên 3 phó trưởng phòng.")
    assert [(fact.value, fact.kind) for fact in made] == [(Decimal(2), "result"), (Decimal(3), "result")]


def test_a_ratio_after_a_growth_is_of_the_same() -> None:
    """Where only a growth came before, a ratio to the plan is still of what grew."""
    growth, ratio = _read("Giá trị ngành nghề nông thôn tăng 14% so với cùng kỳ, đạt 88,9% kế hoạch.")
    assert (growth.kind, ratio.kind, ratio.indicator) == ("change", "ratio", growth.indicator)


def test_what_is_reduced_may_follow_the_percentage() -> None:
    """`giảm 50% thời gian chờ` speaks of what follows, not of the level before."""
    _, made = _read("Trên 80% hồ sơ nộp qua mạng, giảm 50% thời gian chờ đợi.")
    assert (made.indicator_label, made.kind, made.of) == ("Thời gian chờ đợi", "change", None)


def test_the_same_words_are_one_indicator_in_every_report() -> None:
    """The IRI of an unreviewed indicator is of its words, whatever report they stand in."""
    here = _only("Sản lượng thép cán tăng 12,5%.")
    there = read_passage("Trong năm, sản lượng thép cán đạt 35 triệu tấn.", year=2019).fact(Measurement)
    assert here.indicator == there.indicator


@pytest.mark.parametrize("said", ["Hỗ trợ 150 hộ sửa nhà.", "Tổ chức 12 hội nghị.", "Xã có 5 thôn."])
def test_a_plain_count_of_things_has_no_indicator(said: str) -> None:
    """Things counted in passing measure no indicator, unless words of measure name one."""
    assert _only(said).indicator is None


def test_an_estimate_before_a_verb_of_action_is_one() -> None:
    """`ước đón` says as much as `ước đạt`."""
    made = _only("Lượng khách du lịch ước đón 1,75 triệu lượt.")
    assert (made.estimated, made.kind) == (True, "result")


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("I. KẾT QUẢ THỰC HIỆN NĂM 2020", "2020"),
        ("I. KẾT QUẢ THỰC HIỆN", "2021"),
        ("I. KẾT QUẢ THỰC HIỆN KẾ HOẠCH 2016-2020", "2016/2020"),
    ],
)
def test_the_year_in_a_heading_is_that_of_what_stands_below(heading: str, period: str) -> None:
    """A plan that tells first of the year or the years before says so in a heading."""
    said = f"KẾ HOẠCH NĂM 2021\n\n{heading}\n\n1. Kinh tế\n\nTổng kim ngạch xuất khẩu đạt 18,95 tỷ USD.\n\n"
    said += "II. NHIỆM VỤ\n\nĐẩy mạnh xuất khẩu. Tăng cường xúc tiến thương mại."
    reading = read_facts(make_source(said, title="Kế hoạch năm 2021", year=2021), load_lexicon(home()))
    (made,) = (fact for fact in reading.facts if isinstance(fact, Measurement))
    assert made.period == period


@pytest.mark.parametrize(
    ("said", "periods"),
    [
        ("Đến hết tháng 9, thu phí đạt 60 tỷ đồng.", ["2020-01/2020-09"]),
        ("Lũy kế 8 tháng 3.215 tỷ đồng; cả năm ước 5.000 tỷ đồng.", ["2020-01/2020-08", "2020"]),
        ("Cơ cấu chi đến năm 2025: giáo dục 30%; y tế 12%.", ["2025", "2025"]),
        (
            "Thu phí 70 tỷ đồng, tăng 4% so với cùng kỳ (67 tỷ đồng); thu khác 9 tỷ đồng.",
            ["2020", "2020", "2019", "2020"],
        ),
        ("Quy mô kinh tế năm 2019 đạt 900 tỷ đồng, đứng thứ 5 cả nước.", ["2019", "2019"]),
        ("Quý I, thu phí đạt 15 tỷ đồng. Thu khác đạt 3 tỷ đồng.", ["2020-01/2020-03", "2020-01/2020-03"]),
        ("Qua số liệu của kho bạc năm 2019, thu phí 5 tỷ đồng. Thu khác 1 tỷ đồng.", ["2019", "2019"]),
    ],
)
def test_a_figure_has_the_period_that_its_sentence_or_paragraph_tells(said: str, periods: list[str]) -> None:
    """What goes on has the period told before; what stands in brackets beside a comparison is of its base."""
    assert [fact.period for fact in _read(said)] == periods


@pytest.mark.parametrize("said", ["Đến 17 giờ ngày 3/5 còn 12 hộ mất điện.", "Trong 5 ngày, đội đã cứu 12 hộ."])
def test_a_time_of_day_and_a_stretch_of_days_measure_nothing(said: str) -> None:
    """A number of hours or days after a word for when is no quantity."""
    assert [int(fact.value or 0) for fact in _read(said)] == [12]


@pytest.mark.parametrize("word", ["khoảng", "trên"])
def test_a_line_that_ends_in_a_word_before_a_number_goes_on(word: str) -> None:
    """A page may break a line right before the number that a word such as `khoảng` bounds."""
    assert _only(f"Kim ngạch xuất khẩu đạt {word}\n8,95 tỷ USD.").comparator != "="


@pytest.mark.parametrize(
    ("heading", "period"), [("II. NHIỆM VỤ THÁNG 12", "2021-12"), ("II. KẾT QUẢ QUÝ III/2021", "2021-07/2021-09")]
)
def test_a_month_or_quarter_in_a_heading_is_that_of_what_stands_below(heading: str, period: str) -> None:
    """A monthly report names the months of its parts in their headings."""
    said = f"BÁO CÁO\n\nI. TÌNH HÌNH CHUNG\n\nKinh tế ổn định.\n\n{heading}\n\nThu phí đạt 5 tỷ đồng. Giữ vững an ninh."
    reading = read_facts(make_source(said, title="Báo cáo tháng", year=2021, plan_year=None), load_lexicon(home()))
    (made,) = (fact for fact in reading.facts if isinstance(fact, Measurement))
    assert made.period == period


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Năm 2024, thu phí đạt 5 tỷ đồng.", "result"),
        ("Đến năm 2024, thu phí đạt 5 tỷ đồng.", "target"),
        ("Năm 2024, thu phí sẽ đạt 5 tỷ đồng.", "target"),
        ("Năm 2024, phấn đấu thu phí đạt 5 tỷ đồng.", "target"),
    ],
)
def test_the_tense_of_a_clause_says_whether_a_later_year_is_to_come(said: str, kind: str) -> None:
    """A text may be of a later year than it is filed under: a plain statement tells what was."""
    assert _only(said).kind == kind
