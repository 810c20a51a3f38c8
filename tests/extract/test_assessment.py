"""Indicators judged against their plan: lists with a verdict, numbered or not."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import Assessment

_BULLETS = (
    "Các chỉ tiêu đạt và vượt kế hoạch gồm:\n\n- Thu nội địa đạt 105% dự toán;\n\n"
    "- Kim ngạch xuất khẩu đạt 16,5 tỷ USD.\n\n"
    "Do thời tiết bất thuận, các chỉ tiêu không đạt kế hoạch gồm:\n\n- Tỷ lệ che phủ rừng;\n\n- Sản lượng lúa."
)
_INLINE = (
    "Có 2 chỉ tiêu hoàn thành kế hoạch, gồm: thu nội địa; kim ngạch xuất khẩu. "
    "Có 2 chỉ tiêu chưa đạt kế hoạch là: tỷ lệ che phủ rừng; sản lượng lúa."
)


@pytest.mark.parametrize("said", [_BULLETS, _INLINE])
def test_a_list_without_numbers_is_judged_by_the_words_that_lead_to_it(said: str) -> None:
    """Each item of a list with bullets or semicolons has the verdict before the colon, and its place in the list."""
    made = read_passage(said).facts(Assessment)
    judged = [(fact.number, fact.status, (fact.indicator or "").rpartition("/")[2]) for fact in made]
    assert judged == [
        ("1", "met", "budget-revenue-domestic"),
        ("2", "met", "exports"),
        ("1", "missed", "forest-coverage"),
        ("2", "missed", "rice-output"),
    ]
    assert len({fact.id for fact in made}) == len(made)


def test_a_cause_before_the_verdict_is_that_of_the_items() -> None:
    """`Do …, các chỉ tiêu không đạt` gives every missed item its cause."""
    causes = [fact.cause for fact in read_passage(_BULLETS).facts(Assessment)]
    assert causes == [None, None, "Do thời tiết bất thuận", "Do thời tiết bất thuận"]


@pytest.mark.parametrize(
    "said",
    [
        "Ngành đạt kế hoạch: tổ chức hai hội thi; mở ba lớp học.",
        "Các đơn vị gồm: sở chủ quản; thu nội địa; kim ngạch xuất khẩu.",
    ],
)
def test_a_list_of_other_things_is_not_judged(said: str) -> None:
    """Without a verdict, or where an item names no indicator, nothing is judged."""
    assert read_passage(said).facts(Assessment) == []


def test_a_verdict_in_running_text_judges_the_figure_before_it() -> None:
    """Without a list, `…, đạt kế hoạch` after a figure is a verdict; with an amount it is a figure."""
    said = (
        "Tổng vốn đầu tư toàn xã hội đạt 52.000 tỷ đồng, tăng 9% so với cùng kỳ, đạt kế hoạch. "
        "Thu nội địa đạt 900 tỷ đồng (không đạt kế hoạch). Sản lượng lúa đạt 5 nghìn tấn, vượt kế hoạch 3%. "
        "Có 5 xã đạt chỉ tiêu."
    )
    made = read_passage(said).facts(Assessment)
    judged = [(fact.number, fact.status, (fact.indicator or "").rpartition("/")[2]) for fact in made]
    assert judged == [(None, "met", "total-investment"), (None, "missed", "budget-revenue-domestic")]


def test_a_list_speaks_for_a_report_that_has_one() -> None:
    """What the text says beside a list of what was met is no further assessment."""
    said = f"Thu nội địa đạt 900 tỷ đồng, đạt kế hoạch. {_INLINE}"
    assert [fact.number for fact in read_passage(said).facts(Assessment)] == ["1", "2", "1", "2"]
