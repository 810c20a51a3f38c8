"""Several reports in one graph: what each of them states stays with it.

The sample is read a second time as the report of another area. It says the same of other tasks, projects and bodies,
in the same places, so an answer over both has the rows of the one and the rows of the other, and no more.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hpkg.home import Home
from hpkg.questions import Question, all_questions, ask
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files

QUESTIONS = all_questions(Home(Path(__file__).parent.parent))
AREA, OTHER = "31-hai-phong", "99-noi-khac"
RENAMED = {AREA: OTHER, "402/BC-UBND": "999/BC-UBND", "Kế hoạch năm": "Kế hoạch khác năm"}
# What is asked where an answer needs a value; places are the same in both reports.
GIVEN = {
    "about-district": {"district": "Cát Hải"},
    "district-outlook": {"district": "Cát Hải"},
    "tasks-of-place": {"place": "Cát Hải"},
}
# An indicator or a document is the same in every report: a question about it may set one report beside another.
SUBJECTS = {"plan", "pillar", "project", "district", "organisation"}
ASKED = [
    question
    for question in QUESTIONS
    if question.subject in SUBJECTS
    and {parameter.name for parameter in question.parameters if parameter.required} <= set(GIVEN.get(question.name, ()))
]


def contents(home: Home, area: str) -> dict[str, bytes]:
    """Return the graphs of `home` by name, what the report says under the name of `area`."""
    renamed = {} if area == AREA else RENAMED
    found = {}
    for file in graph_files(home):
        if area == AREA or AREA in file.graph or file.graph.endswith("derived"):
            turtle = file.path.read_text("utf-8")
            for here, there in renamed.items():
                turtle = turtle.replace(here, there)
            found[file.graph.replace(AREA, area)] = turtle.encode()
    return found


@pytest.fixture(scope="module")
def stores(sample_home: Home) -> tuple[EmbeddedStore, EmbeddedStore, EmbeddedStore]:
    """The one report, the other, and both in one graph."""
    one = contents(sample_home, AREA)
    other = {name.replace("derived", "derived-2"): turtle for name, turtle in contents(sample_home, OTHER).items()}
    shared = {name: turtle for name, turtle in one.items() if AREA not in name and "derived" not in name}
    return EmbeddedStore(one), EmbeddedStore(shared | other), EmbeddedStore(one | other)


@pytest.mark.parametrize("question", ASKED, ids=[question.name for question in ASKED])
def test_an_answer_over_two_reports_is_that_of_each(
    question: Question, stores: tuple[EmbeddedStore, EmbeddedStore, EmbeddedStore]
) -> None:
    """No row mixes two reports: no count adds them up, no passage of one stands for a thing of the other."""
    one, other, both = (Counter(ask(store, question, GIVEN.get(question.name, {})).rows) for store in stores)
    assert one
    assert both == one + other
