"""What no rule understood is told, and what one did is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.model import Measurement, Unread

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading


@pytest.mark.parametrize(
    ("said", "unread"),
    [
        ("Năng suất đạt 17 xyz.", ["17"]),
        ("Chỉ tiêu đạt 5 abc và 7 xyz.", ["5", "7"]),
        ("Tổng kim ngạch xuất khẩu đạt 18,95 tỷ USD.", []),
        ("Hoàn thành cầu Rào 1 và đường Đông Khê 2.", []),
        ("Thực hiện Nghị quyết số 45-NQ/TW ngày 05/6/2020.", []),
        ("Báo cáo kết quả trước ngày 30/6.", []),
        ("Giá trị theo giá so sánh 2010 tăng khá.", []),
        ("Một số kết quả nổi bật.", []),
    ],
)
def test_a_number_is_a_fact_excluded_or_unread(said: str, unread: list[str]) -> None:
    """Numbers in words, in names, dates and document numbers are no gaps of the reader."""
    assert [fact.text for fact in read_passage(said).facts(Unread)] == unread


def test_no_digit_of_report_402_is_passed_over(report: Reading) -> None:
    """Each digit in a sentence is in a quantity, set aside with a reason, glued to letters as in `5G`, or unread."""
    text = report.document.source.text
    spans = [(start, end) for start, end, _ in report.excluded]
    spans += [(fact.start, fact.end) for fact in report.facts if isinstance(fact, Measurement | Unread)]
    spans += [(mention.start, mention.end) for fact in report.facts for mention in getattr(fact, "mentions", ())]
    known = {at for start, end in spans for at in range(start, end)}
    glued = {at for word in re.finditer(r"[^\W\d_]-?\d+|\d+[^\W\d_]", text) for at in range(*word.span())}
    digits = {at for leaf in report.document.sentences for at in range(leaf.start, leaf.end) if text[at].isdecimal()}
    assert [text[at - 20 : at + 10] for at in sorted(digits - known - glued)] == []


def test_a_word_for_a_work_before_an_unread_name_is_told() -> None:
    """A kind of work with a name that no rule took for a project is a gap; a kind alone is not."""
    told = read_passage("Lãnh đạo thành phố thăm Trường mầm non Sao Sáng.").facts(Unread)
    assert [(fact.text, fact.reason) for fact in told] == [("Trường mầm non", "project-word")]
    assert read_passage("Phát triển các khu công nghiệp, cảng biển và chợ.").facts(Unread) == []
