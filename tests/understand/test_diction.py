"""Modules use some words more than others do, and each word of a question speaks for those that do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hpkg
from hpkg.questions import named
from hpkg.understand.diction import Diction
from hpkg.understand.term import terms

if TYPE_CHECKING:
    from hpkg.questions import Question

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def modules() -> list[Question]:
    """Two modules with wordings of their own."""
    graph = hpkg.open(ROOT)
    said = {
        "about-project": ("zebra before noon", "stripes everywhere"),
        "project-timeline": ("quagga at night", "everywhere at once"),
    }
    return [
        replace(named(graph.home, name), wordings=tuple(("en", one) for one in wordings))
        for name, wordings in said.items()
    ]


def test_words_of_several_wordings_speak_for_their_module(modules: list[Question]) -> None:
    """No wording has both words, and the module that has them in two wordings is favoured all the same."""
    favours = Diction.of(modules).favours(terms("zebra stripes"))
    assert favours["about-project"] > 0 > favours["project-timeline"]


def test_a_word_that_all_use_speaks_for_none(modules: list[Question]) -> None:
    """What both have as often favours one hardly more than the other, and less than a word of its own does."""
    diction = Diction.of(modules)
    common, own = diction.favours(terms("everywhere")), diction.favours(terms("quagga"))
    assert abs(common["about-project"] - common["project-timeline"]) < own["project-timeline"] - own["about-project"]


def test_words_that_nobody_uses_favour_none(modules: list[Question]) -> None:
    """Nothing is made of what no text has, nor of no words."""
    for said in ("xylophone", ""):
        assert len(set(Diction.of(modules).favours(terms(said)).values())) == 1
