"""A question module is checked when it is read, and an error names file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hpkg.errors import OntologyError
from hpkg.questions.header import read

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
#+ title: {vi: Tên, en: Name}
#+ question: {vi: Gì?, en: What?}
#+ description: {vi: Tả., en: Told.}
#+ keywords: {vi: [nhiệm vụ], en: [task]}
#+ params:
#+   - name: pillar
#+     type: concept:pillar
#+     example: port-logistics
#+     description: {vi: Trụ cột., en: Pillar.}
#+ columns:
#+   - {name: task, type: iri, label: {vi: Nhiệm vụ, en: Task}}
#+ empty: {not-stated: true, vi: Không., en: None.}
#+ golden: {file: answer.csv}
SELECT ?task { VALUES (?pillar ?lang) { (UNDEF "vi") } ?task ?p ?pillar }
"""


def written(folder: Path, text: str) -> Path:
    """Return a module with `text`."""
    path = folder / "plan" / "tasks.rq"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_module_says_what_it_asks_takes_and_answers(tmp_path: Path) -> None:
    """All parts of the header come out, typed; the query is the whole file and stays valid SPARQL."""
    question = read(written(tmp_path, GOOD))
    assert (question.name, question.subject, question.iri) == ("tasks", "plan", "https://w3id.org/hpkg/query/tasks")
    assert question.parameters[0].option == "--pillar"
    assert question.columns[0].label.in_("vi") == "Nhiệm vụ"
    assert question.empty.not_stated
    assert not question.has_evidence
    assert question.sparql == GOOD


def test_evidence_adds_the_columns_of_a_passage(tmp_path: Path) -> None:
    """`evidence: true` stands for quote, sentence, section and passage, and offsets that the query need not give."""
    text = GOOD.replace("#+ empty", "#+ evidence: true\n#+ empty").replace(
        "?task {", "?task ?quote ?sentence ?section ?passage {"
    )
    question = read(written(tmp_path, text))
    names = ["task", "quote", "sentence", "section", "passage", "start", "end"]
    assert [column.name for column in question.columns] == names
    assert [column.name for column in question.selected] == names[:-2]
    assert question.has_evidence


def test_inference_adds_the_column_of_what_a_row_rests_on(tmp_path: Path) -> None:
    """`inference: true` stands for `rests_on`; without it a module says that all its rows are the report's words."""
    assert not read(written(tmp_path, GOOD)).may_infer
    text = GOOD.replace("#+ empty", "#+ inference: true\n#+ empty").replace("?task {", "?task ?rests_on {")
    question = read(written(tmp_path, text))
    assert question.may_infer
    assert [column.name for column in question.columns] == ["task", "rests_on"]


def test_a_header_may_say_what_parts_of_a_report_it_reads(tmp_path: Path) -> None:
    """Left out it is any part; an empty list is none, so that no gap of a report makes the answer partial."""
    assert read(written(tmp_path, GOOD)).reads is None
    for said, parts in (("[]", ()), ("[tasks, targets]", ("tasks", "targets"))):
        assert read(written(tmp_path, GOOD.replace("#+ empty", f"#+ reads: {said}\n#+ empty"))).reads == parts


def test_a_header_may_give_other_wordings(tmp_path: Path) -> None:
    """Each comes with its language; a parameter in braces stands for its value."""
    assert read(written(tmp_path, GOOD)).wordings == ()
    text = GOOD.replace("#+ empty", '#+ wordings: {vi: ["việc của {pillar}"], en: [all work]}\n#+ empty')
    assert read(written(tmp_path, text)).wordings == (("vi", "việc của {pillar}"), ("en", "all work"))


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        (GOOD, "SELECT * {}", "question-without-header", 1),
        ("#+ title: {vi: Tên, en: Name}\n", "#+ title: {vi: [Tên\n", "question-header-unreadable", 2),
        ("#+ title: {vi: Tên, en: Name}\n", "", "question-field-missing", 1),
        ("#+ title: {vi: Tên, en: Name}", "#+ title: {vi: Tên}", "question-field-missing", 1),
        ("#+ title: {vi: Tên, en: Name}", '#+ title: {vi: Tên, en: " "}', "question-field-wrong", 1),
        ("#+ keywords:", "#+ keyword:", "question-field-unknown", 4),
        ("concept:pillar", "pillar", "question-field-wrong", 7),
        ("type: iri", "type: uri", "question-field-wrong", 11),
        ("not-stated: true", "not-stated: perhaps", "question-field-wrong", 12),
        ("SELECT ?task {", "SELECT ?task ?p {", "question-columns-differ", 1),
        ("#+   - name: pillar", "#+   - name: theme", "question-parameters-differ", 1),
        ("#+ empty", "#+ wordings: {vi: [], en: [for {theme}]}\n#+ empty", "question-header-unreadable", 12),
        ("#+ empty", '#+ wordings: {vi: [], en: ["for {theme}"]}\n#+ empty', "question-field-wrong", 12),
        ("#+ empty", '#+ wordings: {en: ["for {pillar}"]}\n#+ empty', "question-field-missing", 12),
    ],
)
def test_a_wrong_module_is_told_by_file_and_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    """Whatever is wrong in a header, the one who wrote it is shown the line, in both languages."""
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(OntologyError) as refused:
        read(path)
    assert refused.value.code == code
    assert refused.value.where == f"{path}:{line}"
    assert refused.value.message("vi") != refused.value.message("en")
    assert refused.value.hint("vi") != refused.value.hint("en")


@pytest.mark.parametrize("word", ["nhiem vu", "NHIỆM VỤ", "task", "tasks", "plan", "tên gì"])
def test_a_question_is_found_by_a_word_with_or_without_tones(tmp_path: Path, word: str) -> None:
    """Names, texts and keywords of both languages are searched, folded."""
    assert read(written(tmp_path, GOOD)).is_about(word)


def test_a_question_is_not_found_by_a_word_it_does_not_hold(tmp_path: Path) -> None:
    """Every word must occur."""
    assert not read(written(tmp_path, GOOD)).is_about("task bridge")
