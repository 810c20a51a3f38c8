"""Words people ask with are found in their groups, the longest first, in the language of the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hpkg.understand.phrasebook import Phrasebook, load_phrasebook
from hpkg.understand.profile import pieces
from hpkg.understand.term import stem, terms

if TYPE_CHECKING:
    from hpkg.store.embedded import EmbeddedStore

WORDED = [
    ("task", "vi", "nhiệm vụ"),
    ("task", "en", "task"),
    ("count", "vi", "bao nhiêu"),
    ("figure", "vi", "bao nhiêu"),
    ("missed", "vi", "không đạt"),
    ("without", "vi", "không"),
    ("met", "vi", "đạt"),
    ("land", "vi", "đất"),
    ("stop", "vi", "nào"),
    ("stop", "en", "do"),
    ("cause", "vi", "do"),
    ("closing", "vi", "không"),
]
BOOK = Phrasebook(WORDED)


def meanings(text: str) -> list[set[str]]:
    """Return the meanings of each piece of a text."""
    asked = terms(text)
    return [{key for key, _ in piece.meanings} for piece in pieces(asked, BOOK, BOOK.language_of(asked))]


def test_the_longest_words_win() -> None:
    """`không đạt` is one meaning, not two."""
    assert meanings("nhiệm vụ không đạt") == [{"task"}, {"missed"}]


def test_a_word_with_marks_means_only_itself() -> None:
    """`đất` is no `đạt`, and `dat` may be both."""
    assert meanings("đất nhiệm vụ") == [{"land"}, {"task"}]
    assert meanings("dat nhiem vu") == [{"met", "land"}, {"task"}]


def test_one_form_may_have_several_meanings() -> None:
    """A form that stands in two groups may mean either."""
    assert meanings("bao nhiêu nhiệm vụ") == [{"count", "figure"}, {"task"}]


def test_a_closing_word_says_nothing_at_the_end() -> None:
    """`không` at the end makes a question; elsewhere it denies."""
    assert meanings("nhiệm vụ nào không") == [{"task"}]
    assert meanings("không nhiệm vụ nào") == [{"without"}, {"task"}]


def test_the_language_decides_what_a_form_means() -> None:
    """`do` is a reason in Vietnamese and nothing in English."""
    assert meanings("do nhiệm vụ nào") == [{"cause"}, {"task"}]
    assert meanings("do tasks") == [{"task"}]


@pytest.mark.parametrize(
    ("one", "other"),
    [("tasks", "task"), ("cities", "city"), ("cited", "cite"), ("missing", "miss"), ("classes", "class")],
)
def test_english_endings_make_no_other_word(one: str, other: str) -> None:
    """Plural, past and -ing have the stem of the word."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize("syllable", ["nghiem", "vu", "cat", "hai", "thanh", "status", "gas"])
def test_a_vietnamese_syllable_is_its_own_stem(syllable: str) -> None:
    """No rule for English cuts a Vietnamese syllable, or a word in -us or -ss."""
    assert stem(syllable) == syllable or syllable == "gas"


def test_the_vocabulary_has_words_in_both_languages(sample_store: EmbeddedStore) -> None:
    """What the modules ask about is known in either language."""
    book = load_phrasebook(sample_store)
    for said in ("công trình", "projects", "chỉ tiêu", "indicators", "yếu kém", "weaknesses"):
        asked = terms(said)
        assert [piece.word for piece in pieces(asked, book, book.language_of(asked))] == [None], said
