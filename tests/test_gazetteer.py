"""The tables of communes: complete, sound, and each commune of them a concept of the lexicon."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from hpkg.errors import OntologyError
from hpkg.gazetteer import Gazetteer
from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.gazetteer import Row

PLACE = f"{BASE}id/place/"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Return every row of the shipped tables."""
    gazetteer = Gazetteer(sorted((home().graph / "reference").glob("communes-*.tsv")))
    return [row for code in range(1, 97) for row in gazetteer.of(f"{code:02}")]


def test_the_communes_of_both_times_are_there(rows: list[Row]) -> None:
    """10,599 communes of before, by their codes, and the 3,321 of July 2025, 13 of them special zones."""
    later = [row for row in rows if row.since == "2025-07-01"]
    assert len(later) == 3321
    assert Counter(row.kind for row in later)["special-zone"] == 13
    assert len({row.key for row in rows}) == len(rows)
    first = [row for row in rows if not row.since and not row.key.endswith("-2024")]
    assert len(first) == 10599


def test_communes_lie_in_units_that_are_described(rows: list[Row]) -> None:
    """What a commune lies in is a district or province of the reference data; what it became is a commune of 2025."""
    lexicon = load_lexicon(home())
    keys = {row.key for row in rows}
    for row in rows:
        assert lexicon.concept(PLACE + row.within) is not None, row
        assert set(row.then) <= keys


def test_a_commune_is_a_concept_by_its_name() -> None:
    """It has class, labels in both languages, code and days; asking for one does not change what others mean."""
    lexicon = load_lexicon(home())
    commune = lexicon.concept(f"{PLACE}38-15031-2025")
    assert commune is not None
    assert (commune.label, commune.label_en, commune.first("gsoCode")) == (
        "Xã Yên Khương",
        "Yên Khương Commune",
        "15031",
    )
    assert commune.kinds == {"Commune"}
    assert lexicon.concept(f"{PLACE}38-00000-2025") is None


@pytest.mark.parametrize("said", ["", "key\tname\n", "key\tkind\tname\twithin\tsince\tuntil\tthen\n31-1\tcommune\n"])
def test_a_broken_table_is_named(tmp_path: Path, said: str) -> None:
    """A table without its head, or with a row too short, is an error of the reference data."""
    path = tmp_path / "communes-x.tsv"
    path.write_text(said, "utf-8")
    with pytest.raises(OntologyError) as raised:
        Gazetteer([path]).of("31")
    assert raised.value.code == "table-broken"
    assert raised.value.where == str(path)
