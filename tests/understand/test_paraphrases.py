"""How well questions in plain words are understood, measured on paraphrases written apart from the modules' wording.

`tests/data/paraphrases.csv` holds the question, its language, whether it is written with tones, the module and the
parameters it asks for (`-`: none, it is no question about a plan), and its part: weights and words were set by the
tuning part alone, and the other parts tell how well that carries over. Which of those are wrong is never printed, so
that nobody sets anything by them.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hpkg
from hpkg.errors import CallerError
from hpkg.questions import named, names, resolve

if TYPE_CHECKING:
    from hpkg import KnowledgeGraph
    from hpkg.questions import Parameter

ROOT = Path(__file__).parent.parent.parent
ROWS = list(csv.DictReader((ROOT / "tests/data/paraphrases.csv").read_text("utf-8").splitlines()))
NOT_ASKED = "-"
FLOORS = {"tuning": 0.91, "held-back": 0.78, "fresh": 0.78}
"""The least share that must come first with module and parameters right."""


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """The graph of this checkout."""
    return hpkg.open(ROOT)


def read(graph: KnowledgeGraph, question: str) -> tuple[str, dict[str, str]]:
    """Return the module and the parameters that come first, or that nothing was understood."""
    try:
        best = graph.understand(question).best
    except CallerError:
        return NOT_ASKED, {}
    return best.question.name, best.parameters


@cache
def term(graph: KnowledgeGraph, parameter: Parameter, value: str) -> str:
    """Return the term that a value means."""
    return str(resolve(graph.store, parameter, value))


def meant(graph: KnowledgeGraph, module: str, given: dict[str, str]) -> dict[str, str]:
    """Return the terms that parameters mean, defaults included."""
    values = {one: given.get(one.name, one.default) for one in named(graph.home, module).parameters}
    return {one.name: term(graph, one, value) for one, value in values.items() if value is not None}


def is_right(graph: KnowledgeGraph, row: dict[str, str]) -> bool:
    """Tell whether module and parameters of a paraphrase come first."""
    module, given = read(graph, row["question"])
    if module != row["module"]:
        return False
    wanted = dict(pair.split("=", 1) for pair in row["parameters"].split(";") if pair)
    return module == NOT_ASKED or meant(graph, module, given) == meant(graph, module, wanted)


@pytest.mark.parametrize("part", FLOORS)
def test_most_paraphrases_are_understood(graph: KnowledgeGraph, part: str) -> None:
    """Of the paraphrases of each part, module and parameters come first in at least the share that is promised."""
    asked = [row for row in ROWS if row["part"] == part and row["module"] in names(graph.home)]
    right = sum(is_right(graph, row) for row in asked)
    assert right >= FLOORS[part] * len(asked)


def test_what_is_no_question_about_a_plan_is_refused(graph: KnowledgeGraph) -> None:
    """Of questions that no module answers, at least nine in ten are refused; nothing is invented."""
    asked = [row for row in ROWS if row["module"] == NOT_ASKED and row["part"] in FLOORS]
    refused = sum(is_right(graph, row) for row in asked)
    assert refused >= 0.9 * len(asked)


def test_the_paraphrases_are_of_both_languages_with_and_without_tones() -> None:
    """There are 150 at least, about as many Vietnamese as English, and half of the Vietnamese ones have no tones."""
    asked = [row for row in ROWS if row["module"] != NOT_ASKED]
    kinds = Counter((row["language"], row["tones"]) for row in asked)
    assert len(asked) == len({row["question"] for row in asked}) >= 150
    assert abs(kinds["vi", "yes"] + kinds["vi", "no"] - len(asked) / 2) < len(asked) / 10
    assert abs(kinds["vi", "yes"] - kinds["vi", "no"]) < len(asked) / 20
    for row in ROWS:
        assert (row["tones"] == "yes") == any(ord(letter) > 127 for letter in row["question"]), row


def test_no_paraphrase_is_the_wording_of_a_module(graph: KnowledgeGraph) -> None:
    """The paraphrases were not copied from the modules, nor their other wordings from the paraphrases."""
    own = {text.casefold() for one in graph.questions() for text in (one.question.vi, one.question.en, one.title.vi)}
    own |= {said.casefold() for one in graph.questions() for _, said in one.wordings}
    common = len(own & {row["question"].casefold().rstrip("?") for row in ROWS})
    assert common == 0
