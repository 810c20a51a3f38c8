"""Modules give wordings of their own, and a question is compared with them, with a slot for each value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hpkg
from hpkg.namespaces import fold
from hpkg.questions import named
from hpkg.understand.phrasebook import Phrasebook
from hpkg.understand.term import terms
from hpkg.understand.wording import Wordings, slot

if TYPE_CHECKING:
    from hpkg import KnowledgeGraph
    from hpkg.questions import Question

ROOT = Path(__file__).parent.parent.parent
BOOK = Phrasebook([("where", "en", "where"), ("stop", "en", "the"), ("stop", "en", "is")])


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """The graph of this checkout."""
    return hpkg.open(ROOT)


def worded(graph: KnowledgeGraph, name: str, *wordings: str) -> Question:
    """Return a module with these English wordings in place of its own."""
    return replace(named(graph.home, name), wordings=tuple(("en", said) for said in wordings))


def test_the_nearest_wording_is_that_of_the_module(graph: KnowledgeGraph) -> None:
    """A wording that is said word for word is as like as can be; another module is less like."""
    modules = [
        worded(graph, "about-project", "where is {project}"),
        worded(graph, "project-timeline", "how far along is {project}"),
    ]
    project = slot("instance:hp:Project")
    like = Wordings.of(modules, BOOK).likeness((*terms("where is"), project), "en")
    assert like["about-project"] > 0.7
    assert like["project-timeline"] < like["about-project"] / 2


def test_a_value_counts_as_its_parameter(graph: KnowledgeGraph) -> None:
    """With a slot for the value a question is more like a wording that takes it."""
    wordings = Wordings.of([worded(graph, "about-project", "tell me about {project}")], BOOK)
    named_ = wordings.likeness((*terms("tell me about"), slot("instance:hp:Project")), "en")
    plain = wordings.likeness(terms("tell me about it"), "en")
    assert named_["about-project"] > plain["about-project"]


def test_the_order_of_words_counts(graph: KnowledgeGraph) -> None:
    """The same words in another order are less like."""
    wordings = Wordings.of([worded(graph, "about-project", "bridge before road")], BOOK)
    same, other = (wordings.likeness(terms(said), "en") for said in ("bridge before road", "road before bridge"))
    assert same["about-project"] > other["about-project"]


def test_a_question_without_a_word_of_any_wording_is_like_none(graph: KnowledgeGraph) -> None:
    """Nothing is found where nothing is shared."""
    assert Wordings.of([worded(graph, "about-project", "bridge")], BOOK).likeness(terms("weather"), "en") == {}


def test_every_module_can_be_asked_for_in_other_words(graph: KnowledgeGraph) -> None:
    """Each module has at least four wordings in each language, none twice, none the wording of another module."""
    said: dict[str, str] = {}
    for question in graph.questions():
        types = {parameter.name: f"{{{parameter.type}}}" for parameter in question.parameters}
        for language in ("vi", "en"):
            own = [fold(text).format_map(types) for spoken, text in question.wordings if spoken == language]
            assert len(own) == len(set(own)) >= 4, question.name
            for text in own:
                assert said.setdefault(text, question.name) == question.name, text
