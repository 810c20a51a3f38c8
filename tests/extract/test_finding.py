"""Judged indicators, shortcomings and causes."""

from __future__ import annotations

from tests.passage import read_passage

from hpkg.model import Assessment, Cause, Shortcoming

_CAUSES = (
    "- Kinh tế tăng trưởng chậm do ảnh hưởng của dịch bệnh.\n\n- Thu ngân sách thất thu.\n\n"
    "Nguyên nhân của những tồn tại, hạn chế: Tình hình dịch bệnh phức tạp. Ý thức chấp hành chưa cao."
)


def test_each_item_of_a_judged_list_is_an_assessment() -> None:
    """The verdict before a list holds for all its items; the quote is the item without its mark."""
    made = read_passage("Có 02/03 chỉ tiêu hoàn thành kế hoạch: (1) Kim ngạch xuất khẩu; (2) Tỷ lệ hộ nghèo.")
    first, second = made.facts(Assessment)
    assert (first.text, first.number, first.status, first.cause) == ("Kim ngạch xuất khẩu", "1", "met", None)
    assert (second.text, second.number, second.period) == ("Tỷ lệ hộ nghèo", "2", "2020")
    assert (first.indicator or "").endswith("/exports")
    assert first.id.endswith(".a1")


def test_indicators_that_missed_have_the_cause_that_is_stated() -> None:
    """`không hoàn thành` is no `hoàn thành`; the cause between `do` and the verdict is that of every item."""
    made = read_passage(
        "Có 02/03 chỉ tiêu do ảnh hưởng của đại dịch Covid-19 không hoàn thành kế hoạch: "
        "(1) Tốc độ tăng trưởng kinh tế (GRDP); (2) Xây dựng nông thôn mới."
    ).facts(Assessment)
    assert [item.status for item in made] == ["missed", "missed"]
    assert {item.cause for item in made} == {"do ảnh hưởng của đại dịch Covid-19"}


def test_a_list_without_a_verdict_judges_nothing() -> None:
    """Numbered items alone are no assessments, nor is a verdict without a list."""
    assert read_passage("Các chỉ tiêu gồm: (1) Kim ngạch xuất khẩu; (2) Tỷ lệ hộ nghèo.").facts(Assessment) == []
    assert read_passage("Thành phố đã hoàn thành kế hoạch (1).").facts(Assessment) == []


def test_a_cause_in_the_sentence_is_stated() -> None:
    """A shortcoming that gives its own cause has that one, with the basis `stated`."""
    passage = read_passage(_CAUSES, "shortcomings")
    slow, _ = passage.facts(Shortcoming)
    own, *_ = passage.facts(Cause)
    assert own.text == "do ảnh hưởng của dịch bệnh"
    assert own.id in slow.causes
    assert slow.basis == "stated"


def test_causes_given_for_all_are_inferred_for_each() -> None:
    """What `Nguyên nhân của …` opens are causes and no shortcomings; each may be one of each shortcoming."""
    passage = read_passage(_CAUSES, "shortcomings")
    _, losses = passage.facts(Shortcoming)
    _, *common = passage.facts(Cause)
    assert [cause.text for cause in common] == ["Tình hình dịch bệnh phức tạp", "Ý thức chấp hành chưa cao"]
    assert losses.causes == tuple(cause.id for cause in common)
    assert losses.basis == "inferred"


def test_a_shortcoming_without_causes_has_no_basis() -> None:
    """Where the report gives none, nothing is guessed."""
    made = read_passage("- Kinh tế tăng trưởng chậm.\n\n- Thu ngân sách thất thu.", "shortcomings")
    assert [(one.causes, one.basis) for one in made.facts(Shortcoming)] == [((), None), ((), None)]


def test_only_the_section_of_shortcomings_holds_some() -> None:
    """The same words among the results are none."""
    assert read_passage("Thu ngân sách thất thu do dịch bệnh.").facts(Shortcoming) == []
