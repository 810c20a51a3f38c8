"""Judged indicators, shortcomings and causes."""

from __future__ import annotations

import pytest
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
    assert slow.causes[0] == own.id
    assert own.id not in slow.inferred
    assert slow.basis == "stated"


def test_a_shortcoming_has_its_own_cause_and_those_given_for_all() -> None:
    """What is given for all may be a cause of one that states its own as well; only its own is stated."""
    passage = read_passage(_CAUSES, "shortcomings")
    slow, _ = passage.facts(Shortcoming)
    _, *common = passage.facts(Cause)
    assert slow.inferred == tuple(cause.id for cause in common)
    assert set(slow.inferred) < set(slow.causes)


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("- Do giá đất giảm, chi phí tăng cao nên thu tiền sử dụng đất không đạt.", "Do giá đất giảm"),
        ("- Giải ngân chậm vì vướng mặt bằng.", "vì vướng mặt bằng"),
        ("- Giải ngân chậm. Nguyên nhân là do vướng mặt bằng.", "vướng mặt bằng"),
        ("- Giải ngân chậm. Nguyên nhân chủ yếu do năng lực nhà thầu yếu.", "năng lực nhà thầu yếu"),
    ],
)
def test_where_a_stated_cause_stands(said: str, cause: str) -> None:
    """Before the shortcoming up to the comma, after it, or in a sentence of its own about the one before."""
    passage = read_passage(f"{said}\n\n- Tội phạm còn diễn biến phức tạp.", "shortcomings")
    first, other = passage.facts(Shortcoming)
    made = passage.fact(Cause)
    assert (made.text, first.causes, first.basis) == (cause, (made.id,), "stated")
    assert other.causes == ()


def test_a_body_that_does_something_is_no_cause() -> None:
    """`do` leads to who does it as well."""
    made = read_passage("- Các dự án do Ủy ban nhân dân thành phố quản lý còn chậm.", "shortcomings")
    assert made.facts(Cause) == []


@pytest.mark.parametrize(
    "opening",
    [
        "Nguyên nhân:",
        "* Nguyên nhân khách quan:",
        "- Nguyên nhân chủ quan:",
        "Nguyên nhân của những hạn chế, yếu kém:",
    ],
)
def test_words_that_open_the_causes(opening: str) -> None:
    """They lead to causes of all shortcomings, in the same line or in those below."""
    for between in (" ", "\n\n- "):
        passage = read_passage(f"- Giải ngân chậm.\n\n{opening}{between}Giá vật liệu tăng.", "shortcomings")
        made = passage.fact(Cause)
        assert made.text == "Giá vật liệu tăng"
        assert passage.fact(Shortcoming).inferred == (made.id,)


def test_a_sentence_that_leads_to_a_list_or_calls_for_better_is_none() -> None:
    """Neither says what is lacking."""
    said = "Bên cạnh kết quả đạt được còn một số tồn tại sau:\n\n- Giải ngân chậm.\n\nCác ngành cần nỗ lực hơn nữa."
    assert [made.text for made in read_passage(said, "shortcomings").facts(Shortcoming)] == ["Giải ngân chậm."]


def test_a_result_may_admit_a_shortcoming() -> None:
    """A contrast and a word for what is lacking tell one, outside of the section for them."""
    said = "Thu ngân sách tăng khá. Tuy nhiên, tiến độ giải ngân còn chậm do vướng mặt bằng."
    made = read_passage(said).fact(Shortcoming)
    assert made.text.startswith("Tuy nhiên, tiến độ giải ngân còn chậm")
    assert len(made.causes) == 1
    assert read_passage("Tuy nhiên, thành phố đã vượt qua khó khăn.").facts(Shortcoming) == []


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
