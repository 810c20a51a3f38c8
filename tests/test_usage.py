"""Counts of usage: what the files say, and a home that has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.grammar.word import match_form
from hpkg.home import Home, home
from hpkg.usage import NUMBER, Usage, load_usage

if TYPE_CHECKING:
    from pathlib import Path

_PAIRS = "# Said of the file.\n# texts: 40\nmột\t30\thai 9 ba 4\nhai\t20\t\n0\t35\tđồng 12\n"
_TRIPLES = "# Said of the file.\nmột hai\tba 11 bốn 10\n"


def test_counts_are_those_of_the_files() -> None:
    """What is not listed counts as none."""
    usage = Usage(_PAIRS, _TRIPLES)
    assert (usage.texts, usage.alone("một"), usage.alone("bốn")) == (40, 30, 0)
    assert (usage.pair("một", "ba"), usage.pair("hai", "một"), usage.pair(NUMBER, "đồng")) == (4, 0, 12)
    assert (usage.triple("một", "hai", "bốn"), usage.triple("hai", "một", "ba")) == (10, 0)
    assert usage.forms == ["một", "hai", "0"]


def test_a_home_without_counts_has_empty_ones(tmp_path: Path) -> None:
    """A folder of the user's need not bring any."""
    usage = load_usage(Home(tmp_path))
    assert (usage.forms, usage.pair("kinh", "tế")) == ([], 0)


def test_shipped_counts_are_in_the_spelling_that_is_matched() -> None:
    """Each form is what `match_form` makes of it, and no pair stands in more texts than its parts."""
    usage = load_usage(home())
    assert len(usage.forms) > 3000
    assert all(match_form(form) == form for form in usage.forms)
    for one, other in (("kinh", "tế"), ("đời", "sống"), ("năm", NUMBER)):
        assert 0 < usage.pair(one, other) <= min(usage.alone(one), usage.alone(other)) <= usage.texts


def test_each_file_of_counts_tells_source_and_licence() -> None:
    """The first lines say where the counts come from and under which terms they may be used."""
    for name in ("pairs.txt", "triples.txt"):
        head = (home().ontology / "usage" / name).read_text("utf-8")[:2000]
        assert "# Source: " in head
        assert "# Licence: " in head
