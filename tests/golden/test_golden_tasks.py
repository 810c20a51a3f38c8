"""Check the reviewed facts of report 402 in ``402-bc-ubnd-2020``: outline, sentences, tasks, projects, objectives.

The files were read off the report by hand, sentence by sentence; offsets are code points into its source text. They
have the fields of the fact records without ``id``. Conventions beyond those fields:

- A section spans its heading line, number included; ``number`` is the bare number; only roman sections have a ``role``.
- A sentence leaves out the number or bullet before it and keeps the mark that closes it; the report's end mark ``./.``
  belongs to the last sentence. The opening sentence stands before all sections: its ``section`` is null.
- Task ``n`` of a group is its ``n``-th sentence. A run-in heading (V.1) is a group and a task. Sub-tasks leave out
  their separator. A task names what any of its sub-tasks names.
- ``theme`` is true where the sentence itself serves the theme; ``theme_basis`` says ``stated`` or ``content``. Where
  only the heading names the theme, it is false with basis ``heading``.
- ``dual_goal`` is true where the sentence names the dual goal (``stated``) or is about one of its halves, the fight
  against the epidemic or the recovery from it (``content``).
- Places are those the text states; names inside the name of a port, park or event do not count.
- ``role`` of an organisation: ``responsible``, ``mentioned`` or ``issuer`` (it issued, approved or adopted a document).
- ``<field>_accepted`` lists answers that a careful reader may also give: neither required nor wrong. ``optional``
  projects are classes or systems rather than named works; ``borderline`` marks a division that can be read two ways.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any, TypeAlias

import pytest

Record: TypeAlias = dict[str, Any]

HERE = Path(__file__).parent
GOLDEN = HERE / "402-bc-ubnd-2020"
SOURCE = HERE.parents[1] / "graph" / "sources" / "31-hai-phong" / "2020-402-bc-ubnd.txt"
TEXT = SOURCE.read_bytes().decode("utf-8")

COMMON = {"type", "report", "section", "start", "end", "text"}
FIELDS = {
    "sections": ("section", COMMON | {"level", "number", "title", "parent", "role"}),
    "sentences": ("sentence", COMMON | {"parent", "position"}),
    "tasks": (
        "task",
        COMMON
        | {
            "number",
            "level",
            "parent",
            "pillars",
            "theme",
            "theme_basis",
            "dual_goal",
            "dual_goal_basis",
            "places",
            "projects",
            "documents",
        }
        | {"measurements", "organisations", "deadline"},
    ),
    "projects": ("project", COMMON | {"label", "kind", "aliases", "places", "investor", "mentions"}),
    "goals": ("objective", COMMON | {"label"}),
    "objectives": ("objective", COMMON | {"number", "label", "theme", "pillars"}),
}
PILLARS = {"high-tech-industry", "port-logistics", "tourism-trade"}
STATUSES = {
    "completed",
    "started",
    "to-complete",
    "to-start",
    "accelerate",
    "under-way",
    "under-study",
    "to-establish",
    "to-build",
    "mentioned",
}
TASKS_PER_GROUP = [2, 3, 26, 21, 14, 6, 11, 11, 21, 16, 7, 10]


def load(name: str) -> list[Record]:
    """Return the records of one golden file in file order."""
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def number_key(record: Record) -> list[int]:
    """Return the numeric parts of a task number, to sort V.4.10 after V.4.9."""
    return [int(part) for part in record["number"].split(".")[1:]]


@pytest.mark.parametrize("name", FIELDS)
def test_every_record_has_its_fields(name: str) -> None:
    """A record has the type of its file, all fields of that type, and beside them only the documented extras."""
    kind, required = FIELDS[name]
    extras = {"note", "optional", "borderline", "part_of"}
    for record in load(name):
        assert record["type"] == kind
        assert required <= record.keys()
        assert all(key in extras or key.endswith("_accepted") for key in record.keys() - required)


@pytest.mark.parametrize("name", FIELDS)
def test_every_quote_equals_its_characters(name: str) -> None:
    """The text of a record, and of each of its mentions, is the source between its offsets."""
    records = load(name)
    assert records
    for record in records:
        for span in [record, *record.get("mentions", [])]:
            assert span["text"] == TEXT[span["start"] : span["end"]]
            assert span["text"] == span["text"].strip() != ""


@pytest.mark.parametrize("name", ["sections", "sentences", "projects", "objectives"])
def test_records_stand_in_text_order(name: str) -> None:
    """Records are sorted by where they start, then by where they end."""
    spans = [(record["start"], record["end"]) for record in load(name)]
    assert spans == sorted(spans)


def test_sections_form_a_tree() -> None:
    """Each section path is unique, its parent is there, and its level is its depth; targets count from group on."""
    sections = load("sections")
    paths = [section["section"] for section in sections]
    assert len(paths) == len(set(paths))
    for section in sections:
        assert section["level"] == len(section["section"].split("."))
        parent = section["section"].rpartition(".")[0] or None
        assert section["parent"] == parent
        assert parent is None or parent in paths
    assert sum(section["level"] == 4 for section in sections) == 19


def test_sentences_and_headings_cover_the_body() -> None:
    """From the first sentence to the last, every character but spaces and bullets is in a sentence or a heading."""
    sentences = load("sentences")
    paths = {section["section"] for section in load("sections")}
    covered = bytearray(len(TEXT))
    for sentence in sentences:
        assert sentence["parent"] is None or sentence["parent"] in paths
        assert not any(covered[sentence["start"] : sentence["end"]])
        covered[sentence["start"] : sentence["end"]] = b"\1" * (sentence["end"] - sentence["start"])
    for section in load("sections"):
        covered[section["start"] : section["end"]] = b"\1" * (section["end"] - section["start"])
    body = range(sentences[0]["start"], sentences[-1]["end"])
    assert {TEXT[i] for i in body if not covered[i]} <= set("\n –\N{NO-BREAK SPACE}")
    assert [sentence["position"] for sentence in sentences] == list(range(1, len(sentences) + 1))


def test_every_sentence_of_the_task_section_is_a_task() -> None:
    """The task records of level task are the sentences of part V, in order, numbered within their group."""
    tasks = [task for task in load("tasks") if task["level"] == "task"]
    sentences = [s for s in load("sentences") if (s["section"] or "").startswith("p2.v.")]
    assert [(t["start"], t["end"]) for t in tasks] == [(s["start"], s["end"]) for s in sentences]
    assert [Counter(t["parent"] for t in tasks)[f"V.{group}"] for group in range(1, 13)] == TASKS_PER_GROUP
    numbers = [f"V.{group}.{n}" for group, size in enumerate(TASKS_PER_GROUP, 1) for n in range(1, size + 1)]
    assert [t["number"] for t in tasks] == numbers


def test_tasks_are_sorted_and_lie_in_their_parent() -> None:
    """Tasks are sorted by number, parents exist; sub-tasks count from 1, lie in their task and do not overlap."""
    tasks = load("tasks")
    by_number = {task["number"]: task for task in tasks}
    assert len(by_number) == len(tasks)
    assert tasks == sorted(tasks, key=number_key)
    end = 0
    for task in tasks:
        parent, _, last = task["number"].rpartition(".")
        assert task["parent"] == (None if task["level"] == "group" else parent)
        if task["level"] != "subtask":
            continue
        whole = by_number[parent]
        end = whole["start"] if last == "1" else end
        assert end <= task["start"] < task["end"] <= whole["end"]
        assert last == "1" or f"{parent}.{int(last) - 1}" in by_number
        end = task["end"]


def test_a_heading_lends_its_pillars_only_to_silent_sentences() -> None:
    """Basis heading occurs only under group 4, with all three pillars and no other basis; the keys are known."""
    for task in load("tasks"):
        bases = {pillar["basis"] for pillar in task["pillars"]}
        named = [pillar["pillar"] for pillar in task["pillars"]]
        assert set(named) <= PILLARS
        assert len(named) == len(set(named))
        assert bases <= {"stated", "content", "heading"}
        if "heading" in bases:
            assert bases == {"heading"}
            assert set(named) == PILLARS
            assert task["section"] == "p2.v.4"


def test_a_task_names_what_its_subtasks_name() -> None:
    """Pillars, places, projects, documents, organisations and numbers of a sub-task are those of its task too."""
    tasks = load("tasks")
    by_number = {task["number"]: task for task in tasks}
    for task in tasks:
        if task["level"] == "subtask":
            whole = by_number[task["parent"]]
            for field in ("pillars", "places", "projects", "documents", "organisations", "measurements"):
                assert all(item in whole[field] for item in task[field]), (task["number"], field)


def test_numbers_of_tasks_are_in_their_text() -> None:
    """A measurement of a task is quoted as its text has it; a deadline is a year; theme, dual goal and basis agree."""
    for task in load("tasks"):
        assert all(number in task["text"] for number in task["measurements"])
        assert task["deadline"] is None or task["deadline"] in task["text"]
        assert task["theme"] == (task["theme_basis"] in {"stated", "content"})
        assert task["dual_goal"] == (task["dual_goal_basis"] is not None)
        assert (task["dual_goal_basis"] == "stated") == ("“mục tiêu kép”" in task["text"])


def test_projects_have_known_statuses_and_one_record_each() -> None:
    """Labels are unique, statuses known; the first mention is the record's own span; a period is a plan's year."""
    projects = load("projects")
    labels = [project["label"] for project in projects]
    assert len(labels) == len(set(labels))
    for project in projects:
        mentions = project["mentions"]
        assert mentions == sorted(mentions, key=lambda mention: mention["start"])
        assert (mentions[0]["start"], mentions[0]["end"]) == (project["start"], project["end"])
        for mention in mentions:
            assert {mention["status"], *mention.get("status_accepted", [])} <= STATUSES
            assert mention["period"] == ("2020" if mention["section"].startswith("p1") else "2021")
        assert project.get("part_of") in {None, *labels}


def test_tasks_and_projects_agree() -> None:
    """A task names a project exactly when a mention of the project lies in the task's text."""
    projects = load("projects")
    for task in load("tasks"):
        if task["level"] == "group":
            continue
        inside = {
            project["label"]
            for project in projects
            for mention in project["mentions"]
            if task["start"] <= mention["start"] and mention["end"] <= task["end"]
        }
        assert inside == {*task["projects"], *task.get("projects_accepted", [])}, task["number"]


def test_objectives_are_the_sentences_of_the_general_objective() -> None:
    """The objectives are the ten sentences of section III of part 2; one of them names the three pillars."""
    objectives = load("objectives")
    sentences = [s for s in load("sentences") if s["section"] == "p2.iii"]
    assert [o["text"] for o in objectives] == [s["text"] for s in sentences]
    assert [o["number"] for o in objectives] == [f"III.{n}" for n in range(1, 11)]
    naming = [o["number"] for o in objectives if {p["pillar"] for p in o["pillars"]} == PILLARS]
    assert naming == ["III.2"]
