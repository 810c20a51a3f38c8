"""Cited documents: kind, number, date, issuer, subject, and what they carry out."""

from __future__ import annotations

import pytest
from tests.passage import read_passage

from hpkg.model import LegalDocument

_PLAN = (
    "Thực hiện Kế hoạch số 275-KH/TU ngày 05/6/2020 của Ban Thường vụ Thành ủy về thực hiện Nghị quyết số 50-NQ/TW "
    "của Bộ Chính trị."
)


def test_a_citation_gives_what_stands_beside_the_number() -> None:
    """Kind before it, date and issuer after it, subject after `về`; the quote runs from kind to issuer."""
    plan, resolution = read_passage(_PLAN, "tasks").facts(LegalDocument)
    assert (plan.number, plan.kind, plan.date) == ("275-KH/TU", "plan", "2020-06-05")
    assert plan.issuer == "Ban Thường vụ Thành ủy Hải Phòng"
    assert (plan.subject or "").startswith("thực hiện Nghị quyết số 50-NQ/TW")
    assert plan.text == "Kế hoạch số 275-KH/TU ngày 05/6/2020 của Ban Thường vụ Thành ủy"
    assert (resolution.number, resolution.kind, resolution.date) == ("50-NQ/TW", "resolution", None)
    assert resolution.issuer == "Bộ Chính trị"


def test_a_document_that_carries_out_another_cites_it() -> None:
    """`A về thực hiện B` ties A to B, and not B to A."""
    plan, resolution = read_passage(_PLAN, "tasks").facts(LegalDocument)
    assert (plan.cites, resolution.cites) == ((resolution.id,), ())


def test_what_is_not_stated_stays_unknown() -> None:
    """Without date, issuer or subject in the text there is none in the record."""
    made = read_passage("Thực hiện Nghị quyết số 45-NQ/TW.").fact(LegalDocument)
    assert (made.date, made.issuer, made.subject) == (None, None, None)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Nghị quyết 42/NQ-CP ngày 09/4/2020 của Chính phủ.", "vn/42-nq-cp-2020"),
        ("Nghị quyết số 45-NQ/TW của Bộ Chính trị.", "vn/45-nq-tw"),
        ("Nghị quyết số 32/2018/NQ-HĐND.", "31-hai-phong/32-2018-nq-hdnd"),
        ("Thông tư 01/2020/TT-BTC về thuế.", "vn/01-2020-tt-btc"),
    ],
)
def test_the_name_says_whose_document_it_is(said: str, name: str) -> None:
    """Documents of the nation are named under `vn`, others under the area; the year is added if the number has none."""
    assert read_passage(said).fact(LegalDocument).id == f"https://w3id.org/hpkg/id/document/{name}"


def test_the_kind_follows_from_the_code_where_no_word_says_it() -> None:
    """`QĐ` is a decision."""
    made = read_passage("Ban hành số 12/QĐ-UBND.").fact(LegalDocument)
    assert made.kind == "decision"


def test_the_report_itself_is_not_cited() -> None:
    """Its own number, in its own text, is no citation."""
    assert read_passage("Báo cáo số 1/BC-UBND nêu rõ.").facts(LegalDocument) == []


def test_citations_of_one_number_are_one_record() -> None:
    """Each citation is a mention with its own characters."""
    passage = read_passage("Thực hiện Nghị quyết số 45-NQ/TW. Sơ kết Nghị quyết số 45-NQ/TW.")
    made = passage.fact(LegalDocument)
    assert [passage.text[it.start : it.end] for it in made.mentions] == ["Nghị quyết số 45-NQ/TW"] * 2


def test_a_number_cited_with_and_without_its_date_is_one_document() -> None:
    """The date is told once and holds for the other citation."""
    passage = read_passage("Thực hiện Quyết định số 12/QĐ-UBND ngày 05/6/2019. Sơ kết Quyết định số 12/QĐ-UBND.")
    made = passage.fact(LegalDocument)
    assert (made.date, len(made.mentions)) == ("2019-06-05", 2)
