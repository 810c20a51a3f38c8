"""Letters that an encoding or a scan broke: the words are read all the same, and the source keeps its characters."""

from __future__ import annotations

import unicodedata

import pytest
from tests.passage import read_passage

from hpkg.model import Correction, Measurement, Organisation, Place

_SAID = "Tổng kim ngạch xuất khẩu ước đạt 16,5 tỷ USD."


@pytest.mark.parametrize(
    "said",
    [
        unicodedata.normalize("NFD", _SAID),
        _SAID.replace("ư", "ƣ"),
        _SAID.replace(" kim", "kim"),
        _SAID.replace("đạt 16,5 tỷ", "đạt16,5tỷ"),
        _SAID.replace(" ", "\N{NO-BREAK SPACE}"),
        _SAID.removeprefix("T"),
    ],
    ids=["NFD", "ƣ", "glued words", "glued number", "no-break spaces", "lost first letter"],
)
def test_a_figure_is_read_through_broken_letters(said: str) -> None:
    """Value, unit and indicator come out the same; the quote is what the source has."""
    passage = read_passage(said)
    made = passage.fact(Measurement)
    assert (str(made.value), made.unit, made.indicator_label) == ("16.5", "USD-billion", "Kim ngạch xuất khẩu")
    assert made.text == passage.text[made.start : made.end]


@pytest.mark.parametrize(
    ("said", "mended"), [("Thu hút vốn đầu tƣ.", ("tƣ", "tư")), ("Ðời sống ổn định.", ("Ðời", "Đời"))]
)
def test_a_letter_of_another_alphabet_is_mended(said: str, mended: tuple[str, str]) -> None:
    """`ƣ` stands for `ư` and the Icelandic `Ð` for `Đ`; both forms are kept."""
    made = read_passage(said).fact(Correction)
    assert (made.surface, made.normalised) == mended


@pytest.mark.parametrize("word", ["Xã", "XÃ", "xã", "Xà"])
def test_a_commune_is_known_by_its_word_in_capitals_too(word: str) -> None:
    """`Xà` before the name of a commune is `XÃ` of an old encoding."""
    assert [place.label for place in read_passage(f"Khảo sát tại {word} Phù Long.").facts(Place)] == ["Xã Phù Long"]


@pytest.mark.parametrize("said", ["Uỷ ban nhân dân thành phố", "Ủy ban nhân dân thành phố", "UBND thành phố"])
def test_the_place_of_a_tone_mark_changes_no_name(said: str) -> None:
    """Old and new placement, and the abbreviation, name one body."""
    made = read_passage(f"{said} đã ban hành kế hoạch.").fact(Organisation)
    assert made.id.endswith("/31-hai-phong/ubnd")
