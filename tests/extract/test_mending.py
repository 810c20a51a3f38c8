"""Words that were not meant: mended where the language leaves no doubt, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.passage import read_passage

from hpkg.extract.mending import find_slips, mend_tokens, part_tokens
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
        ("Thu phí đạt 5 tỷ đồng, ăng 4% so với cùng kỳ.", "ăng", "tăng"),
        ("Đẩy mạnh thu hút hách du lịch.", "hách", "khách"),
    ],
)
def test_a_word_that_cannot_be_is_mended(said: str, printed: str, meant: str, lexicon: Lexicon) -> None:
    """One mark or letter off, the first one lost, in small letters, in capitals, at the start, before a number."""
    assert _meant(said, lexicon) == [(printed, meant)]


@pytest.mark.parametrize(
    "said",
    [
        "Tiếng mưa rỉ rả bên hông nhà; hạm đội, soái ca và hanh khô.",
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


def test_a_lost_mark_in_the_name_of_a_place_is_mended_after_its_kind(lexicon: Lexicon) -> None:
    """Only after the word for its kind, and only when the name is then one that is known."""
    assert _meant("Hợp tác với thành phố Đà Nang và các tỉnh.", lexicon) == [("Nang", "nẵng")]
    assert _meant("Ông Đà Nang và thành phố Đà Lan.", lexicon) == []


def test_an_abbreviation_with_a_wrong_mark_is_the_known_one(lexicon: Lexicon) -> None:
    """`Đ` is another letter than `D`, and an abbreviation that is a word may be meant."""
    assert _meant("Thu hút vốn FĐI, ngân sách TƯ, hàng từ EƯ.", lexicon) == [("EƯ", "eu")]


def test_a_lost_word_is_put_back_where_no_other_can_stand(lexicon: Lexicon) -> None:
    """Two words that one word alone follows, and then a third that is not it."""
    assert _meant("Sắp xếp các đơn vị hành cấp xã.", lexicon) == [("hành", "hành chính")]
    assert _meant("Mọi việc cũng quy về hai lĩnh vực; đã quyết định sửa khoản 1; các tổ đại biểu.", lexicon) == []


def test_two_words_that_were_run_together_are_two(lexicon: Lexicon) -> None:
    """Where they make one usual pair; a foreign word is not cut."""
    run = part_tokens(tokens("Thànhphố pháttriển logistics."), lexicon.usage)
    assert [(token.text, token.form, token.start) for token in run][:5] == [
        ("Thành", "thành", 0),
        ("phố", "phố", 5),
        ("phát", "phát", 9),
        ("triển", "triển", 13),
        ("logistics", "logistics", 19),
    ]


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
        ("hành cấp", "hành chính cấp"),
    }
