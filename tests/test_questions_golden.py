"""The golden answers: what a reader of report 402 finds for each question, and what hpkg answers.

A golden file holds the columns that a reader can tell from the text; it is written from the text and is changed only
because the text says so.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from hpkg.home import Home
from hpkg.questions import Question, all_questions, ask, named
from hpkg.store import Store, open_store

ROOT = Path(__file__).parent.parent
HOME = Home(ROOT)
QUESTIONS = all_questions(HOME)


@pytest.fixture(scope="module")
def store() -> Store:
    """The shipped graph."""
    return open_store(HOME)


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.name for question in QUESTIONS])
def test_the_answer_is_what_a_reader_finds_in_the_text(question: Question, store: Store) -> None:
    """Every row of the golden answer is given, in its order, and no other."""
    golden = csv.DictReader((ROOT / question.golden.file).read_text("utf-8").splitlines())
    expected = list(golden)
    answer = ask(store, question, dict(question.golden.parameters), language="vi")
    columns = golden.fieldnames or ()
    given = [{name: row[name] for name in columns} for row in csv.DictReader(io.StringIO(answer.to_csv()))]
    assert columns
    assert given == expected


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.name for question in QUESTIONS])
def test_examples_can_be_asked(question: Question, store: Store) -> None:
    """What a header gives as an example is a value that the shipped graph knows."""
    given = {parameter.name: parameter.example for parameter in question.parameters}
    assert ask(store, question, given).complete


def test_what_the_report_does_not_name_is_not_stated(store: Store) -> None:
    """The 03 breakthrough directions are announced and never named."""
    answer = ask(store, named(HOME, "strategic-directions"), {"kind": "breakthrough-direction"}, language="vi")
    assert answer.not_stated
    assert [omission.announced for omission in answer.omissions] == [3, 3]
    assert "03 hướng đột phá" in answer.omissions[0].quote


def test_all_fifteen_districts_are_counted(store: Store) -> None:
    """The districts of December 2020: 7 urban, 8 rural, whether the report names them or not."""
    answer = ask(store, named(HOME, "districts-without-project"), {}, language="vi")
    names = [str(record["name"]) for record in answer.to_records()]
    assert (len(names), sum(name.startswith("Quận") for name in names)) == (15, 7)
