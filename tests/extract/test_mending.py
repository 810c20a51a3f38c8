"""Words that were not meant: mended where the language leaves no doubt, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.extract.mending import find_slips, mend_tokens
from hpkg.grammar.word import tokens
from hpkg.lexicon import Lexicon
from hpkg.model import Correction, Measurement

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading


def _meant(said: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    run = tokens(said)
    return [(run[slip.at].text, slip.form) for slip in find_slips(said, run, lexicon)]


@pytest.mark.parametrize(
    ("said", "printed", "meant"),
    [
        ("Doanh nghiệp gặp nhiều khó khản trong sản xuất.", "khản", "khăn"),
        ("Chất lượng giáo dục có chuyển biến tích cục.", "cục", "cực"),
        ("Nâng cao đòi sống vật chất của người dân.", "đòi", "đời"),
        ("Giải quyết việc làm cho ngươi lao động.", "ngươi", "người"),
        ("Đẩy mạnh xây dưng nông thôn mới.", "dưng", "dựng"),
        ("Các sở, ngành tổ chúc thực hiện.", "chúc", "chức"),
        ("Tăng 5% so với cung kỳ.", "cung", "cùng"),
        ("NHIỆM VỤ VÀ GIẢI PHẤP CHỦ YẾU", "PHẤP", "pháp"),
        ("Thu ngân sách nhà nước trong nám 2019 vượt dự toán.", "nám", "năm"),
        ("Ủy ban nhân dân các huyện khẩn trương thực thiện.", "thiện", "hiện"),
        ("Tồ chức các hội nghị xúc tiến đầu tư.", "Tồ", "tổ"),
    ],
)
def test_a_word_that_cannot_be_is_mended(said: str, printed: str, meant: str, lexicon: Lexicon) -> None:
    """One mark or letter off, in small letters, in capitals, at the start of a sentence, before a number."""
    assert _meant(said, lexicon) == [(printed, meant)]


@pytest.mark.parametrize(
    "said",
    [
        "Hoàn thành cầu Bính, cầu Rào 1; khởi công cầu Dinh và cầu Quang Thanh.",
        "Đồ án quy hoạch và Đề án sân khấu được đánh giá cao.",
        "Nâng cao thể lực, trí lực của học sinh; chỉ tiêu, chi tiêu công.",
        "Xã Liên Khê, huyện Thủy Nguyên có bãi cọc Cao Quỳ.",
        "Bà Đỗ Thị Mỹ Hạnh, ông Trần Quang Nam và ông Lê Cần Thơ dự họp.",
        "Trồng 120 ha thanh long, mắc ca, sầu riêng; nuôi tôm sú, cá tra.",
        "Các doanh nghiệp logistics, startup, homestay, website và robot.",
        "Bệnh viện Da liễu, Bệnh viện Phụ sản và Trung tâm Lao phổi.",
        "Qui hoạch phát triển công nghệ kĩ thuật số trong quí 2, hoá đơn điện tử.",
        "Chủ tịch nước, Thủ tướng Chính phủ, Bộ trưởng và Thứ trưởng.",
    ],
)
def test_what_may_be_meant_stays(said: str, lexicon: Lexicon) -> None:
    """Names, words that look alike and are both words, foreign words, rare words, other accepted spellings."""
    assert _meant(said, lexicon) == []


def test_what_the_report_says_often_stays(lexicon: Lexicon) -> None:
    """A form that comes again and again is a word of that report."""
    assert _meant("Bảo đảm đòi sống.", lexicon) == [("đòi", "đời")]
    assert _meant("Bảo đảm đòi sống. " * 30, lexicon) == []


def test_what_the_report_says_elsewhere_tells_what_was_meant(lexicon: Lexicon) -> None:
    """The same words once more, with another mark, decide where the language alone does not."""
    said = "Ngăn chặn các thể lực thù địch."
    assert _meant(said, lexicon) == []
    assert _meant(f"{said} Vô hiệu hóa các thế lực thù địch.", lexicon) == [("thể", "thế")]


def test_a_home_without_counts_mends_no_words() -> None:
    """Without counts of usage nothing is known about what a word may stand beside."""
    assert _meant("Bảo đảm đòi sống.", Lexicon([])) == []


def test_mended_tokens_keep_print_and_place(lexicon: Lexicon) -> None:
    """Only the form by which a word is matched changes."""
    said = "Bảo đảm đòi sống nhân dân."
    run = tokens(said)
    mended = mend_tokens(run, find_slips(said, run, lexicon))
    assert [token.form for token in mended][:4] == ["bảo", "đảm", "đời", "sống"]
    assert [(token.start, token.end, token.text) for token in mended] == [
        (token.start, token.end, token.text) for token in run
    ]


def test_a_slip_hides_no_fact() -> None:
    """The readers of other facts see the word that was meant."""
    right = read_passage("Tỷ lệ hộ nghèo giảm xuống còn 0,5%.").fact(Measurement)
    slipped = read_passage("Tỷ lệ hộ nghéo giảm xuống còn 0,5%.").fact(Measurement)
    assert slipped.indicator == right.indicator is not None


def test_words_mended_in_report_402_are_slips(report: Reading) -> None:
    """The list was read against the text, one by one."""
    slips = {
        (fact.surface, fact.normalised)
        for fact in report.facts
        if isinstance(fact, Correction) and fact.reason == "ocr-slip"
    }
    assert slips == {
        ("thuận lọi", "thuận lợi"),
        ("Đà Nang", "Đà Nẵng"),
        ("tiêu cục", "tiêu cực"),
        ("Đồng Quốc", "Đổng Quốc"),
        ("đòi sống", "đời sống"),
        ("thực thiện", "thực hiện"),
        ("thể lực", "thế lực"),
        ("nám 2020", "năm 2020"),
        ("EƯ", "EU"),
        ("HẠN CHÉ", "HẠN CHẾ"),
        ("chỉ tiết", "chi tiết"),
        ("Tồ chức", "Tổ chức"),
    }
