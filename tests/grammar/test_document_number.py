"""Numbers of official documents: parts, regular form, mended codes, and what is no such number."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpkg.grammar.document_number import DocumentNumber, find_document_numbers


def only(text: str) -> DocumentNumber:
    """Return the single document number of `text`."""
    (number,) = find_document_numbers(text)
    return number


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "printed", "normalised", "kind", "issuer", "year"),
    [
        ("Báo cáo số 402/BC-UBND về", "402/BC-UBND", "402/BC-UBND", "BC", "UBND", None),
        ("Nghị quyết số 45-NQ/TW của", "45-NQ/TW", "45-NQ/TW", "NQ", "TW", None),
        ("Kế hoạch số 275-KH/TU ngày", "275-KH/TU", "275-KH/TU", "KH", "TU", None),
        ("số 86-CTr/TU", "86-CTr/TU", "86-CTr/TU", "CTr", "TU", None),
        ("15/2020/NQ-HĐND.", "15/2020/NQ-HĐND", "15/2020/NQ-HĐND", "NQ", "HĐND", 2020),
        ("Luật số 57/2014/QH13;", "57/2014/QH13", "57/2014/QH13", None, "QH13", 2014),
        ("70/2025/UBTVQH15", "70/2025/UBTVQH15", "70/2025/UBTVQH15", None, "UBTVQH15", 2025),
        ("1023/NQ-UBTVQH13", "1023/NQ-UBTVQH13", "1023/NQ-UBTVQH13", "NQ", "UBTVQH13", None),
        ("1676/QĐ - TTg", "1676/QĐ - TTg", "1676/QĐ-TTg", "QĐ", "TTg", None),
        ("1676/QĐ–TTg", "1676/QĐ–TTg", "1676/QĐ-TTg", "QĐ", "TTg", None),
        ("45 - NQ/TW", "45 - NQ/TW", "45-NQ/TW", "NQ", "TW", None),
        ("402/BC.UBND", "402/BC.UBND", "402/BC-UBND", "BC", "UBND", None),
        ("NGHỊ QUYẾT 42/NQ-CP", "42/NQ-CP", "42/NQ-CP", "NQ", "CP", None),
        ("Số: 634/TB-VPCP", "634/TB-VPCP", "634/TB-VPCP", "TB", "VPCP", None),
        ("66.4/2025/NQ-CP", "66.4/2025/NQ-CP", "66.4/2025/NQ-CP", "NQ", "CP", 2025),
        ("12a-KL/TW", "12a-KL/TW", "12a-KL/TW", "KL", "TW", None),
        ("13/2018/TTLT-BTC-BKHĐT", "13/2018/TTLT-BTC-BKHĐT", "13/2018/TTLT-BTC-BKHĐT", "TTLT", "BTC-BKHĐT", 2018),
        ("Nghị định 64/CP", "64/CP", "64/CP", None, "CP", None),
        ("số 15/QĐ ngày", "15/QĐ", "15/QĐ", "QĐ", None, None),
        ("QĐ 123/UBND", "QĐ 123/UBND", "123/QĐ-UBND", "QĐ", "UBND", None),
        ("NĐ 100/2019 của", "NĐ 100/2019", "100/2019/NĐ", "NĐ", None, 2019),
        ("số 86-CTR/TU", "86-CTR/TU", "86-CTr/TU", "CTr", "TU", None),
        ("NQ số 52-NQ/TWngày 27/9/2019", "52-NQ/TW", "52-NQ/TW", "NQ", "TW", None),
    ],
)
def test_a_document_number_is_parted(  # noqa: PLR0913, PLR0917 - one column each
    text: str, printed: str, normalised: str, kind: str | None, issuer: str | None, year: int | None, form: str
) -> None:
    """Number, year, kind and issuer are the codes printed; the regular form has plain dashes and no spaces."""
    given_text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    number = only(given_text)
    assert (number.normalised, number.kind_code, number.issuer_code, number.year) == (normalised, kind, issuer, year)
    assert given_text[number.start : number.end] == number.text
    assert unicodedata.normalize("NFC", number.text) == printed
    assert number.corrections == ()


def test_an_official_letter_has_an_office() -> None:
    """A number without a kind is that of a letter, and names the office that wrote it."""
    number = only("Công văn số 5024/UBND-KT")
    assert (number.kind_code, number.issuer_code, number.unit_code) == (None, "UBND", "KT")


@pytest.mark.parametrize(
    ("text", "normalised", "corrections"),
    [
        ("05-NQ/TƯ của Ban Thường vụ Thành ủy", "05-NQ/TU", [("wrong-abbreviation", "TƯ", "TU")]),
        ("86-CTr/TƯ ngày 07/9/2020 của Ban Thường vụ", "86-CTr/TU", [("wrong-abbreviation", "TƯ", "TU")]),
        ("32-NQ/TƯ ngày 05/8/2003 của Bộ Chính trị", "32-NQ/TW", [("wrong-abbreviation", "TƯ", "TW")]),
        ("32/2018/NĐ-HĐND", "32/2018/NQ-HĐND", [("wrong-document-type", "NĐ", "NQ")]),
        ("12/NĐ-UBND", "12/QĐ-UBND", [("wrong-document-type", "NĐ", "QĐ")]),
        ("12/QD-UBND", "12/QĐ-UBND", [("ocr-slip", "QD", "QĐ")]),
        ("15/2020/NQ-HDND", "15/2020/NQ-HĐND", [("ocr-slip", "HDND", "HĐND")]),
        ("05-NQ/TƢ", "05-NQ/TU", [("wrong-abbreviation", "TƯ", "TU")]),
    ],
)
def test_a_slip_in_a_code_is_mended_with_its_reason(
    text: str, normalised: str, corrections: list[tuple[str, str, str]]
) -> None:
    """A code that no rule knows, or that its issuer never uses, is mended when one letter explains it."""
    number = only(text)
    assert number.normalised == normalised
    assert [(mending.reason, mending.printed, mending.mended) for mending in number.corrections] == corrections
    assert number.is_plausible


def test_what_no_slip_explains_is_left_and_marked() -> None:
    """A kind that the issuer never issues stays as printed when no single letter would mend it."""
    number = only("12/NQ-UBND")
    assert (number.normalised, number.corrections, number.is_plausible) == ("12/NQ-UBND", (), False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("402/BC-UBND", "report"),
        ("45-NQ/TW", "resolution"),
        ("1676/QĐ-TTg", "decision"),
        ("30/2020/NĐ-CP", "decree"),
        ("57/2014/QH13", None),
    ],
)
def test_the_code_tells_the_kind(text: str, kind: str | None) -> None:
    """The kind is a key of the vocabulary; a law and a resolution of the National Assembly share their form."""
    assert only(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "11/18 chỉ tiêu",
        "ngày 07/9/2020",
        "24-1-2019",
        "60 km/h",
        "5,5m²/người",
        "E-logistics",
        "Covid-19",
        "HH1-HH2",
        "10 triệu đồng/người/năm",
        "giai đoạn 2021-2025",
        "2.5 - Chi đầu tư",
        "5/CTy",
        "15/QĐ ngày",
        "4/UBND huyện",
        "BC 11",
        "10 - 15 NQ",
        "5 - CT",
        "100/QĐ - Khởi công",
    ],
)
def test_fractions_dates_units_and_names_are_no_document_numbers(text: str) -> None:
    """A stroke or a dash between digits and letters does not make a document number."""
    assert find_document_numbers(text) == []


def test_several_numbers_come_in_order() -> None:
    """Each number of a sentence is found, in text order."""
    text = "Tờ trình số 53/TTr-CP ngày 27/01/2025, Báo cáo số 54/BC-CP, Luật số 65/2020/QH14 và số 62/2025/QH15;"
    assert [number.number for number in find_document_numbers(text)] == ["53", "54", "65", "62"]


_ISSUED = [("NQ", "HĐND"), ("QĐ", "UBND"), ("NĐ", "CP"), ("QĐ", "TTg"), ("TT", "BTC"), ("BC", "UBND"), ("TB", "VPCP")]


@given(st.integers(1, 9999), st.integers(1990, 2099), st.sampled_from(_ISSUED))
def test_a_regular_number_is_its_own_regular_form(number: int, year: int, codes: tuple[str, str]) -> None:
    """What is printed by the rules is read whole and stays as it is."""
    kind, issuer = codes
    for printed in (f"{number}/{kind}-{issuer}", f"{number}/{year}/{kind}-{issuer}", f"{number}-{kind}/TW"):
        found = only(f"theo số {printed}, ")
        assert (found.text, found.normalised, found.number) == (printed, printed, str(number))


@given(st.text(alphabet=st.sampled_from("0123456789/-. NQĐCTUWƯBHDgrQ2020QH13UBNDsố\u0301")))
def test_any_text_can_be_read(text: str) -> None:
    """No text raises; numbers lie in order, apart, are what their offsets say, and keep their digits."""
    found = find_document_numbers(text)
    assert all(text[number.start : number.end] == number.text for number in found)
    assert all(number.number in number.text and number.number in number.normalised for number in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_hostile_text_takes_linear_work() -> None:
    """Long runs of the signs of a number give none; many numbers are read one by one."""
    size = 20_000
    assert [len(find_document_numbers(sign * size)) for sign in ("1", "1/", "1-", "NQ ", "NQ", "UBND-", " ")] == [0] * 7
    assert len(find_document_numbers("402/BC-UBND; " * 2_000)) == 2_000


def test_the_word_for_a_department_may_stand_in_the_code() -> None:
    """`BC-SoTC` is a report of the department (`Sở`) of finance: one code, in small letters in part."""
    (found,) = find_document_numbers("theo Báo cáo 215/BC-SoTC của Sở Tài chính")
    assert (found.normalised, found.issuer_code) == ("215/BC-SoTC", "SoTC")
