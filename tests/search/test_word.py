"""Words are found in any form of Unicode, and where they stand in the text as given."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hpkg.search import words
from hpkg.search.match import highlights
from hpkg.search.word import nearest


def test_composed_and_decomposed_letters_are_one_word() -> None:
    """A text in NFD gives the words of the same text in NFC, at its own offsets."""
    composed = "Đặng Cương, quận Đồ Sơn"
    decomposed = unicodedata.normalize("NFD", composed)
    one, other = list(words(composed)), list(words(decomposed))
    assert [(word.exact, word.folded) for word in one] == [(word.exact, word.folded) for word in other]
    assert [decomposed[word.start : word.end] for word in other] == [
        unicodedata.normalize("NFD", composed[word.start : word.end]) for word in one
    ]
    assert len(decomposed) > len(composed)


def test_a_look_alike_letter_is_the_letter_it_stands_for() -> None:
    """Ð of Icelandic and ƣ of Latin are what converters left of Đ and ư."""
    assert [word.exact for word in words("Ðầu tƣ")] == ["đầu", "tư"]
    assert [word.folded for word in words("Ðầu tƣ")] == ["dau", "tu"]


def test_what_cannot_be_seen_parts_no_word() -> None:
    """A soft hyphen or a zero-width space inside a word is passed over, and its offsets count it."""
    (word,) = words("lo\u00adgis\u200btics")
    assert (word.exact, word.start, word.end) == ("logistics", 0, 11)


@given(st.text())
def test_words_stand_in_order_and_apart(text: str) -> None:
    """Spans never overlap, lie inside the text, and hold the word."""
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text)
        assert word.exact
        at = word.end


def test_a_highlight_covers_the_letters_that_fold_to_what_was_typed() -> None:
    """Half a word typed marks half a word, with every combining mark of its last letter."""
    text = unicodedata.normalize("NFD", "bến cảng")
    (span,) = highlights(text, list(words("ca")), exact=False)
    assert unicodedata.normalize("NFC", text[slice(*span)]) == "cả"


def test_a_letter_that_folds_to_two_is_marked_whole() -> None:
    """Where folding lengthens the text, the offsets are those of the text as it is written."""
    text = "Weiß ② cầu"
    assert [text[start:end] for start, end in highlights(text, list(words("cau")), exact=False)] == ["cầu"]


def test_a_phrase_is_marked_as_a_phrase() -> None:
    """Where the words stand side by side, the same words elsewhere are not marked."""
    text = "cầu Rào 1; cầu Dinh; chiều cao 1 mét"
    assert [text[start:end] for start, end in highlights(text, list(words("cau rao 1")), exact=False)] == ["cầu Rào 1"]


def test_letters_in_another_order_are_the_likeliest_slip() -> None:
    """`cagn` is `cang` before it is `can`."""
    assert nearest("cagn", ["can", "cagns", "cang"])[0] == "cang"
