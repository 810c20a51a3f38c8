"""The words of the reader: found longest first, by scheme, with the role they have in their vocabulary."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from hpkg.errors import OntologyError
from hpkg.grammar.word import tokens
from hpkg.home import Home, home
from hpkg.lexicon import Concept, Lexicon, Role, Runs, load_lexicon

if TYPE_CHECKING:
    from pathlib import Path


def _concept(key: str, scheme: str = "place") -> Concept:
    return Concept(f"https://w3id.org/hpkg/id/{scheme}/{key}", scheme, key, frozenset({"Place"}), key)


def _lexicon(**words: tuple[Role, str]) -> Lexicon:
    return Lexicon((_concept(key), [word]) for key, word in words.items())


def _found(lexicon: Lexicon, said: str, scheme: str = "place") -> list[tuple[str, str]]:
    return [(match.concept.key, said[match.start : match.end]) for match in lexicon.find(tokens(said), scheme)]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """Return the words of the vocabularies that are shipped."""
    return load_lexicon(home())


def test_the_longest_words_win_from_the_left() -> None:
    """A word inside a longer one is not found beside it, and matches do not overlap."""
    words = _lexicon(sea=("label", "Thái Bình Dương"), province=("label", "Thái Bình"), treaty=("label", "Dương Kinh"))
    assert _found(words, "xuyên Thái Bình Dương Kinh") == [("sea", "Thái Bình Dương")]
    assert _found(words, "tỉnh Thái Bình") == [("province", "Thái Bình")]


def test_no_word_runs_over_the_end_of_a_sentence() -> None:
    """Several runs are searched at once, each by itself, in order; an empty one has none."""
    words = _lexicon(sea=("label", "Thái Bình Dương"), province=("label", "Thái Bình"), one=("label", "Huế"))
    runs = [tokens(said) for said in ("ở Huế và Thái", "", "Bình Dương, Thái Bình", "Thái Bình Dương", "Huế")]
    found = words.find_all(Runs(runs), "place")
    assert [match.concept.key for match in found] == ["one", "province", "sea", "one"]
    assert found == [match for run in runs for match in words.find(run, "place")]


@pytest.mark.parametrize("said", ["CÁT HẢI", "cát hải", "Cát\nHải", "Cát\u00a0 Hải", "Ca\u0301t Ha\u0309i"])
def test_case_spaces_and_normal_form_do_not_matter(said: str) -> None:
    """A word is found however it is set; the match has the characters of the text."""
    assert _found(_lexicon(district=("label", "Cát Hải")), said) == [("district", said)]


@pytest.mark.parametrize("said", ["Cat Hai", "Cát Hai", "Cát Hảii", "ACát Hải"])
def test_tone_marks_and_whole_words_matter(said: str) -> None:
    """Another tone is another word; a piece of a longer word is none."""
    assert _found(_lexicon(district=("label", "Cát Hải")), said) == []


def test_concepts_with_the_same_words_are_all_found() -> None:
    """Which of two places of one name is meant is not for the words to say."""
    words = _lexicon(district=("label", "Tiên Lãng"), township=("label", "Tiên Lãng"))
    assert sorted(_found(words, "Tiên Lãng")) == [("district", "Tiên Lãng"), ("township", "Tiên Lãng")]


def test_a_match_has_the_role_of_its_word() -> None:
    """A right form goes before a slip of the same concept; a decoy is found too, for others to leave out."""
    both = Lexicon([(_concept("x"), [("label", "Đà Nẵng"), ("slip", "Đà Nẵng"), ("slip", "Đà Nang")])])
    roles = [match.role for said in ("Đà Nẵng", "Đà Nang") for match in both.find(tokens(said), "place")]
    assert roles == ["label", "slip"]
    assert [
        match.role for match in _lexicon(x=("decoy", "cảng hàng không")).find(tokens("cảng hàng không"), "place")
    ] == ["decoy"]


def test_a_scheme_is_searched_alone() -> None:
    """Words of another scheme, or of one that is not there, are not found."""
    words = _lexicon(district=("label", "Cát Hải"))
    assert _found(words, "Cát Hải", "organisation") == []


def test_concepts_are_known_by_key_and_name(lexicon: Lexicon) -> None:
    """Each is found by scheme and key, and by its IRI; what is not there is an error of the vocabulary."""
    concept = lexicon.get("pillar", "port-logistics")
    assert lexicon.concept(concept.iri) is concept
    assert lexicon.concept("https://example.org/") is None
    assert [pillar.key for pillar in lexicon.all("pillar")] == ["high-tech-industry", "port-logistics", "tourism-trade"]
    with pytest.raises(OntologyError) as raised:
        lexicon.get("pillar", "mining")
    assert raised.value.code == "concept-missing"


def test_links_of_a_concept_are_kept(lexicon: Lexicon) -> None:
    """Units have their factor, places their code and what they lie in."""
    assert lexicon.get("unit", "VND-billion").first("factor") in {"1000000000", "1e9", "1000000000.0"}
    district = lexicon.get("place", "31-317")
    assert district.first("gsoCode") == "317"
    assert district.first("within") == "https://w3id.org/hpkg/id/place/31"
    assert district.first("nothing") is None


def test_the_lexicon_follows_its_files(tmp_path: Path) -> None:
    """A word added to a vocabulary is known when it is next loaded; a broken file is named."""
    place = Home(tmp_path)
    shutil.copytree(home().ontology / "vocab", place.ontology / "vocab")
    shutil.copytree(home().graph / "reference", place.graph / "reference")
    path = place.ontology / "vocab" / "pillar.ttl"
    assert _found(load_lexicon(place), "nuôi ong lấy mật", "pillar") == []
    said = path.read_text("utf-8")
    path.write_text(f'{said}\npillar:tourism-trade hp:contentWord "nuôi ong lấy mật"@vi .\n', "utf-8")
    assert _found(load_lexicon(place), "nuôi ong lấy mật", "pillar") == [("tourism-trade", "nuôi ong lấy mật")]
    path.write_text("pillar:tourism-trade a ;;", "utf-8")
    with pytest.raises(OntologyError) as raised:
        load_lexicon(place)
    assert raised.value.code == "turtle-broken"
    assert raised.value.where == str(path)
