"""Slips: mended in labels, kept in quotes, and never where the source is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.model import Correction, LegalDocument, Task

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading


@pytest.mark.parametrize(
    ("said", "surface", "normalised", "reason"),
    [
        ("Hỗ trợ thành phố Đà Nang chống dịch.", "Đà Nang", "Đà Nẵng", "ocr-slip"),
        ("Tồ chức các hoạt động.", "Tồ chức", "Tổ chức", "ocr-slip"),
        ("Đầu tư tại quận ngô quyền.", "quận ngô quyền", "quận Ngô Quyền", "lower-cased-name"),
        ("Chỉnh trang hai bên sông cấm.", "sông cấm", "sông Cấm", "lower-cased-name"),
        ("Thực hiện Chương trình số 86-CTr/TƯ.", "86-CTr/TƯ", "86-CTr/TU", "wrong-abbreviation"),
        ("Thành lập KCN cầu Cựu (huyện An Lão).", "cầu Cựu", "Cầu Cựu", "lower-cased-name"),
        ("Mở rộng khu công nghiệp Xuân cầu, huyện Cát Hải.", "Xuân cầu", "Xuân Cầu", "lower-cased-name"),
        ("Tỷ lệ GRDPđạt41%.", "GRDPđạt41%", "GRDP đạt 41%", "missing-space"),
        ("Giao các xã, phường của thànhphố.", "thànhphố", "thành phố", "missing-space"),
        ("Ðẩy mạnh cải cách.", "Ðẩy", "Đẩy", "ocr-slip"),
        ("Hỗ trợ ngƣời dân.", "ngƣời", "người", "ocr-slip"),
        ("Nhiệm vụ của CNN Tân Trào (huyện Kiến Thụy).", "CNN", "CCN", "wrong-abbreviation"),
        ("Giữ vững đòi sống người dân.", "đòi sống", "đời sống", "ocr-slip"),
        ("Thực hiện Nghị quyết số 32/2018/NĐ-HĐND.", "32/2018/NĐ-HĐND", "32/2018/NQ-HĐND", "wrong-document-type"),
    ],
)
def test_a_slip_is_mended_with_a_reason(said: str, surface: str, normalised: str, reason: str) -> None:
    """The record has the source's own characters and the right form."""
    made = read_passage(said).fact(Correction)
    assert (made.surface, made.normalised, made.reason) == (surface, normalised, reason)
    assert made.text == surface


@pytest.mark.parametrize(
    "said",
    [
        "Hoàn thành cầu Bính, cầu Rào 1 và cầu Dinh.",
        "Hỗ trợ thành phố Đà Nẵng, quận Ngô Quyền và sông Cấm.",
        "Xây dựng nút giao cầu Bính, khởi công cầu Rào 3, KCN phía Nam.",
        "Đầu tư 09km đường, tòa nhà HH3, quốc lộ QL5, diện tích 5,5m²/người; khí CO2.",
        "Ủy ban và Uỷ ban, hòa và hoà, kĩ thuật và kỹ thuật, Việt Nam và Vie\u0323\u0302t Nam.",
        "Thực hiện Nghị quyết số 45-NQ/TW của Bộ Chính trị ngày 05/6/2020.",
    ],
)
def test_what_is_right_is_not_mended(said: str) -> None:
    """A common noun before a name is not a name in lower case."""
    assert read_passage(said).facts(Correction) == []


def test_labels_are_mended_and_quotes_are_not() -> None:
    """`label` and `number` have the right form, `text` what is printed."""
    passage = read_passage("1. Công tác chung\n\nTồ chức thực hiện Chương trình số 86-CTr/TƯ.", "tasks")
    task = next(task for task in passage.facts(Task) if task.level == "task")
    assert task.text.startswith("Tồ chức")
    assert task.label.startswith("Tổ chức")
    document = passage.fact(LegalDocument)
    assert document.number == "86-CTr/TU"
    assert "86-CTr/TƯ" in document.text


def test_a_slip_is_mended_at_its_own_place_alone() -> None:
    """The same letters elsewhere are another word and stay."""
    passage = read_passage("1. Công tác chung\n\nTruy bắt Cục trưởng; thị trường chuyển biến tích cục.", "tasks")
    task = next(task for task in passage.facts(Task) if task.level == "task")
    assert "Cục trưởng" in task.label
    assert "tích cực" in task.label


def test_labels_are_composed_and_keep_the_accepted_spelling_of_the_source() -> None:
    """Decomposed letters and look-alikes come out right; the place of a tone mark is the author's."""
    passage = read_passage("1. Công tác chung\n\nHoà giải, nâng đo\u031b\u0300i sống ngƣời dân.", "tasks")
    assert any(task.label == "Hoà giải, nâng đời sống người dân." for task in passage.facts(Task))


def test_corrections_of_report_402_change_something_and_do_not_meet(report: Reading) -> None:
    """No mending leaves the surface as it was, and no two share a character."""
    made = [fact for fact in report.facts if isinstance(fact, Correction)]
    assert len(made) > 10
    end = 0
    for one in made:
        assert one.surface != one.normalised
        assert one.start >= end
        end = one.end
