"""Vietnamese syllables: offsets, the form for matching, the spelling of a syllable."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpkg.grammar.word import fold, is_syllable, match_form, tokens

SENTENCE = "Tiếp tục chỉ đạo chỉnh trang, hiện đại hóa đô thị; phát triển cảng biển, dịch vụ logistics."


def test_a_token_is_what_its_offsets_say() -> None:
    """A token's text is the text between its offsets, and nothing but white space lies between tokens."""
    found = tokens(SENTENCE)
    assert all(SENTENCE[token.start : token.end] == token.text for token in found)
    assert "".join(token.text for token in found) == SENTENCE.replace(" ", "")


def test_decomposed_text_keeps_its_own_offsets() -> None:
    """Text in NFD gives the same forms, at the offsets of the text given."""
    decomposed = unicodedata.normalize("NFD", SENTENCE)
    found = tokens(decomposed)
    assert [token.form for token in found] == [token.form for token in tokens(SENTENCE)]
    assert [unicodedata.normalize("NFC", decomposed[token.start : token.end]) for token in found] == [
        token.text for token in tokens(SENTENCE)
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GRDPđạt41%.", ["GRDP", "đạt", "41", "%", "."]),
        ("5,5m²/người", ["5", ",", "5", "m", "²", "/", "người"]),
        ("402/BC-UBND", ["402", "/", "BC", "-", "UBND"]),
        ("86-CTr/TƯ", ["86", "-", "CTr", "/", "TƯ"]),
        ("VinWonders Vũ Yên", ["VinWonders", "Vũ", "Yên"]),
        ("tại TPHải Phòng", ["tại", "TP", "Hải", "Phòng"]),
        ("thành\ncông", ["thành", "công"]),
        ("Covid-19\xa0", ["Covid", "-", "19"]),
    ],
)
def test_letters_digits_and_signs_are_apart(text: str, expected: list[str], form: str) -> None:
    """Letters, digits and signs are tokens of their own, also where the source forgot a space."""
    given_text = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert [unicodedata.normalize("NFC", token.text) for token in tokens(given_text)] == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("uỷ ban", "Ủy ban"),
        ("hoà bình", "hòa bình"),
        ("khoẻ", "khỏe"),
        ("qúy", "quý"),
        ("gìa", "già"),
        ("HOÀN THÀNH", "hoàn thành"),
        ("ngƣời", "người"),
        ("Ðà Nẵng", "Đà Nẵng"),
        ("kinh tế – xã hội", "kinh tế - xã hội"),
        ("thành\ncông", "thành\xa0công"),
        ("km²", "km2"),
    ],
)
def test_spellings_of_one_word_have_one_form(one: str, other: str) -> None:
    """Tone placement, look-alike letters, dashes, spaces and case do not part a word from itself."""
    assert match_form(one) == match_form(other)
    assert match_form(unicodedata.normalize("NFD", one)) == match_form(other)


@pytest.mark.parametrize(
    ("one", "other"), [("quí", "quý"), ("cầu Bính", "cầu Binh"), ("tỷ", "tỉ"), ("của", "cua"), ("đường", "dường")]
)
def test_words_that_differ_keep_apart(one: str, other: str) -> None:
    """Folding joins spellings, never words: tones, `i` and `y`, `d` and `đ` stay."""
    assert match_form(one) != match_form(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nghiêng", "nghiêng"),
        ("khuỷu", "khuỷu"),
        ("hòan", "hoàn"),
        ("gìn", "gìn"),
        ("giữ", "giữ"),
        ("của", "của"),
        ("ngoài", "ngoài"),
        ("tuý", "túy"),
        ("quyết", "quyết"),
        ("Pokémon", "pokémon"),
        ("ŕİ", "ŕİ"),
    ],
)
def test_the_tone_stands_in_the_older_place(text: str, expected: str) -> None:
    """The form bears the tone where the older spelling puts it; foreign words are left as they are."""
    assert match_form(text) == expected


@pytest.mark.parametrize(
    "syllable",
    ["nghiệp", "ủy", "uỷ", "Hải", "PHÒNG", "gì", "giếng", "quốc", "quý", "khuya", "xoong", "ghi", "mỹ", "yêu", "thuở"],
)
def test_a_possible_syllable_is_known(syllable: str) -> None:
    """A syllable of the language passes, in any case and normalisation."""
    assert is_syllable(syllable)
    assert is_syllable(unicodedata.normalize("NFD", syllable))


@pytest.mark.parametrize(
    "word", ["tiéng", "Covid", "EƯ", "logistics", "nhièu", "GRDPđạt", "cê", "kông", "bat", "bàt", "12", "-", "ngườii"]
)
def test_an_impossible_syllable_is_refused(word: str) -> None:
    """A slip of a scanner, a foreign word, a wrong onset, or a stopped rime without its tone is no syllable."""
    assert not is_syllable(word)
    assert not is_syllable("")


def test_nearly_all_words_of_a_plain_sentence_are_syllables() -> None:
    """The check holds over running text: only the loan word fails here."""
    assert [token.text for token in tokens(SENTENCE) if token.kind == "letters" and not is_syllable(token.text)] == [
        "logistics"
    ]


@given(st.text() | st.text(alphabet=st.sampled_from("aoư -/ß=²\u0301\u0309\u0323\u0338\u00ad\u200b\n1")))
def test_any_text_can_be_read(text: str) -> None:
    """No text raises; tokens lie in order inside it, do not overlap, and are what their offsets say."""
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(token.start < token.end for token in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert isinstance(is_syllable(text), bool)


@given(st.text(alphabet=st.sampled_from("aăâoeuyơđĐqghnƣ \u0300\u0301\u0323\u0302\u031b-–²\xa0\n\u200b12K")))
def test_folding_twice_changes_nothing(text: str) -> None:
    """The match form is a fixed point, and the same for composed and decomposed text."""
    form = match_form(text)
    assert match_form(form) == form
    assert match_form(unicodedata.normalize("NFD", text)) == match_form(unicodedata.normalize("NFC", text))


@given(st.text())
def test_a_fold_maps_back_onto_the_whole_text(text: str) -> None:
    """The spans of the folded characters, joined, give the text back without a gap."""
    folded = fold(text)
    assert folded.span(0, len(folded.text)) == (0, len(text))
    edge = 0
    for index in range(len(folded.text)):
        start, end = folded.span(index, index + 1)
        assert start <= edge <= end
        edge = end
    assert edge == len(text)


def test_work_grows_with_the_length_of_the_text() -> None:
    """A long run of one character is one token, or one token a sign: nothing is read twice."""
    size = 200_000
    assert [len(tokens(char * size)) for char in ("a", "1", "ạ", " ", "a\u0301", "aB")] == [1, 1, 1, 0, 1, 1]
    assert len(tokens("-" * 20_000)) == 20_000
