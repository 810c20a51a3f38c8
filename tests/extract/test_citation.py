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


def test_several_resolutions_of_a_body_are_those_named_one_by_one() -> None:
    """The plural is a mention where the singular names the document, and none where nothing does."""
    several = "Quán triệt các Nghị quyết Hội đồng nhân dân thành phố đã thông qua."
    made = read_passage(f"Thực hiện Nghị quyết Hội đồng nhân dân thành phố. {several}").fact(LegalDocument)
    assert (made.label, len(made.mentions)) == ("Nghị quyết Hội đồng nhân dân thành phố", 2)
    assert read_passage(several).facts(LegalDocument) == []


def test_a_number_cited_with_and_without_its_date_is_one_document() -> None:
    """The date is told once and holds for the other citation."""
    passage = read_passage("Thực hiện Quyết định số 12/QĐ-UBND ngày 05/6/2019. Sơ kết Quyết định số 12/QĐ-UBND.")
    made = passage.fact(LegalDocument)
    assert (made.date, len(made.mentions)) == ("2019-06-05", 2)


@pytest.mark.parametrize(
    ("said", "numbers", "kind"),
    [
        ("Thực hiện Quyết định số 12, 15/2019/QĐ-UBND.", ["12/2019/QĐ-UBND", "15/2019/QĐ-UBND"], "decision"),
        ("Thực hiện các Nghị quyết số 01/NQ-CP và 02/NQ-CP.", ["01/NQ-CP", "02/NQ-CP"], "resolution"),
        ("Thi hành Luật số 65/2020/QH14 và số 62/2025/QH15.", ["65/2020/QH14", "62/2025/QH15"], "law"),
        ("Theo Công văn số 1234/UBND-TH.", ["1234/UBND-TH"], "official-letter"),
        ("Theo số 1234/BKHĐT-TH.", ["1234/BKHĐT-TH"], "official-letter"),
        ("Theo Thông tư liên tịch số 13/2018/TTLT-BTC-BYT.", ["13/2018/TTLT-BTC-BYT"], "circular"),
    ],
)
def test_numbers_in_a_list_share_their_kind(said: str, numbers: list[str], kind: str) -> None:
    """What stands once for several numbers, kind before or codes after, holds for each."""
    made = read_passage(said, "tasks").facts(LegalDocument)
    assert [document.number for document in made] == numbers
    assert {document.kind for document in made} == {kind}


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("12/2021/TT-BTC", "Bộ Tài chính"),
        ("37/2021/QH15", "Quốc hội"),
        ("70/2020/UBTVQH14", "Ủy ban Thường vụ Quốc hội"),
        ("66.4/2025/NQ-CP", "Chính phủ"),
        ("15/2020/NQ-HĐND", "Hội đồng nhân dân thành phố Hải Phòng"),
        ("12-CTr/TU", "Thành ủy Hải Phòng"),
        ("45-NQ/TW", None),
    ],
)
def test_the_code_tells_the_issuer(number: str, issuer: str | None) -> None:
    """A code of one body names it, that of an area the body of the report's area; `TW` is several and tells none."""
    assert read_passage(f"Thực hiện văn bản số {number}.").fact(LegalDocument).issuer == issuer


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ("Thực hiện Nghị quyết số 1/NQ-CP về phát triển cảng biển, tập trung thu hút đầu tư.", "phát triển cảng biển"),
        ("Thực hiện Nghị quyết số 1/NQ-CP về việc giao chỉ tiêu; rà soát các dự án.", "giao chỉ tiêu"),
        ("Thực hiện Kế hoạch số 1/KH-UBND “Nâng cao chất lượng dạy nghề”.", "Nâng cao chất lượng dạy nghề"),
        ("Thực hiện Nghị quyết số 1/NQ-CP về cơ chế, chính sách nhà ở (lần 2).", "cơ chế, chính sách nhà ở"),
    ],
)
def test_the_subject_ends_where_another_clause_begins(said: str, subject: str) -> None:
    """A verb after a comma opens a clause; a pair of nouns goes on."""
    assert read_passage(said, "tasks").fact(LegalDocument).subject == subject


def test_an_amended_document_is_amended_by_each_of_the_list() -> None:
    """`đã được sửa đổi … theo A và B`: both amend it, and amending is citing."""
    law, first, second = read_passage(
        "Căn cứ Luật Tổ chức Chính phủ số 76/2015/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số 47/2019/QH14 "
        "và Luật số 63/2025/QH15."
    ).facts(LegalDocument)
    assert (law.amends, first.amends, second.amends) == ((), (law.id,), (law.id,))


def test_a_document_that_says_what_it_amends() -> None:
    """`Nghị quyết số A sửa đổi Nghị quyết số B`."""
    one, other = read_passage(
        "Ban hành Nghị quyết số 12/2020/NQ-HĐND sửa đổi, bổ sung một số điều của Nghị quyết số 32/2018/NQ-HĐND."
    ).facts(LegalDocument)
    assert (one.amends, other.amends) == ((other.id,), ())


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("98/BC-UBND", "Ủy ban nhân dân tỉnh Tiền Giang"),
        ("12/2020/NQ-HĐND", "Hội đồng nhân dân tỉnh Tiền Giang"),
        ("05-KL/TU", "Tỉnh ủy Tiền Giang"),
    ],
)
def test_a_body_of_any_area_is_told_by_its_code(number: str, issuer: str) -> None:
    """The bodies of an area are named after it, also where the reference data do not list them."""
    made = read_passage(f"Thực hiện văn bản số {number}.", area="82-tien-giang").fact(LegalDocument)
    assert (made.issuer, made.issuer_id) == (issuer, None)
