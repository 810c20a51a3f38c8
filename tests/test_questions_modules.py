"""Every module in `queries/`: sound, answerable, the same on two engines, told in the reference."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Literal

from hpkg.home import Home
from hpkg.messages import LANGUAGES, Language, catalogue
from hpkg.namespaces import BASE
from hpkg.questions import all_questions, ask, choices
from hpkg.questions.parameter import resolve
from hpkg.questions.question import EVIDENCE, Question
from hpkg.questions.reference import reference
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files
from hpkg.store.query import bind, parameters

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = Path(__file__).parent.parent
HOME = Home(ROOT)
QUESTIONS = all_questions(HOME)
AGGREGATES = {
    *("coverage", "districts-without-project", "districts-without-task", "tasks-by-district-and-pillar"),
    *("pillar-profile", "projects-by-kind"),
    *("documents-by-issuer", "figures-by-kind", "indicators-by-group", "sources"),
}
# What the sample does not hold: tests/test_questions_across.py asks these of reports that do.
ELSEWHERE = {
    *("conflicting-figures", "documents-without-task", "estimated-figures", "missed-with-higher-target"),
    *("recurring-shortcomings", "review-decisions"),
}
# What each question is asked on the sample; the sample is small, so not every example of a header is in it.
NARROWED = {
    "tasks-by-pillar": {"pillar": "port-logistics"},
    "tasks-of-group": {"group": "V.4"},
    "missed-indicators": {"year": "2020"},
    "target-against-result": {"year": "2021"},
    "growth-needed": {"year": "2021"},
    "indicators-without-counterpart": {"year": "2021", "has_kind": "target"},
    "measurements-of-indicator": {"indicator": "exports"},
    "projects-by-district": {"district": "Cát Hải"},
    "district-outlook": {"district": "Cát Hải"},
    "tasks-citing-document": {"document": "50-NQ/TW"},
    "documents-cited": {"kind": "resolution"},
    "not-stated": {"kind": "annex"},
    "sentence-facts": {"part": "p2.v.4.10"},
    "corrections": {"reason": "ocr-slip"},
    "unread": {"reason": "number"},
    "strategic-directions": {"kind": "pillar"},
    "shortcomings": {"cause": "stated-cause"},
    "theme-and-objectives": {"plan": "2021"},
    "tasks-with-deadline": {"by": "2021"},
    "parts-of-task": {"task": "V.5.8"},
    "groups-without-project": {"report": "402/BC-UBND"},
    "tasks-by-district-and-pillar": {"district": "Cát Hải", "pillar": "high-tech-industry"},
    "pillar-profile": {"plan": "2021"},
    "projects-by-pillar": {"pillar": "high-tech-industry", "district": "Cát Hải"},
    "project-to-pillar": {"project": "KCN và phi thuế quan Xuân Cầu", "pillar": "high-tech-industry"},
    "project-timeline": {"project": "Cầu Quang Thanh"},
    "projects-by-status": {"status": "to-complete", "modality": "planned", "year": "2021", "kind": "bridge"},
    "started-not-mentioned-again": {"status": "started", "year": "2020"},
    "projects-by-kind": {"kind": "bridge"},
    "projects-by-investor": {"body": "Tập đoàn Vingroup"},
    "projects-without-place": {"kind": "bridge"},
    "projects-without-investor": {"kind": "bridge"},
    "indicator-over-years": {"indicator": "exports"},
    "indicator-over-provinces": {"indicator": "exports", "year": "2020"},
    "target-then-result": {"indicator": "exports"},
    "documents-over-reports": {"kind": "resolution"},
    "documents-by-issuer": {"kind": "resolution"},
    "document-links": {"relation": "implements"},
    "measured-of-place": {"place": "31"},
    "results": {"year": "2020", "group": "economic"},
    "changes-on-the-year": {"direction": "up"},
    "quantities": {"unit": "USD"},
    "inferred-statements": {"basis": "inferred"},
    "causes": {"relation": "stated-cause"},
    "about-district": {"district": "Cát Hải"},
    "tasks-of-place": {"place": "Cát Hải"},
    "organisations-named": {"kind": "enterprise"},
    "tasks-of-organisation": {"organisation": "Bộ Chính trị"},
    "tasks-under-issuer": {"organisation": "Bộ Chính trị"},
    "sums-of-money": {"year": "2020"},
    "tasks-by-topic": {"topic": "foreign-investment"},
    "parts-of-project": {"project": "Khu Du lịch Quốc tế Đồi Rồng"},
    "about-project": {"project": "Cầu Quang Thanh"},
}
REQUIRED = {q.name: {p.name: NARROWED[q.name][p.name] for p in q.parameters if p.required} for q in QUESTIONS}
CALLS = [(q, given) for q in QUESTIONS for given in (REQUIRED[q.name], NARROWED.get(q.name)) if given is not None]


def by_name(name: str) -> Question:
    """Return a question of the project."""
    return next(question for question in QUESTIONS if question.name == name)


def named(value: object) -> str | None:
    """Return how a test of a question is called."""
    return value.name if isinstance(value, Question) else None


@pytest.fixture(scope="module")
def merged(sample_home: Home) -> Graph:
    """The sample in rdflib, all graphs in one."""
    graph = Graph()
    for file in graph_files(sample_home):
        graph.parse(file.path, format="turtle")
    return graph


def bindings(store: EmbeddedStore, question: Question, given: dict[str, str]) -> dict[str, Node]:
    """Return the terms that the engine would bind."""
    by_name = {parameter.name: parameter for parameter in question.parameters}
    bound = {name: resolve(store, by_name[name], value) for name, value in given.items()}
    return bound | ({"lang": Literal("en")} if "lang" in parameters(question.sparql) else {})


def comparable(term: Node | None) -> object:
    """Return the value of a term: engines write 2.50 and 2021-01-01T00:00:00Z each in their way."""
    if isinstance(term, Literal) and isinstance(term.value, int | Decimal | datetime):
        return term.value
    return None if term is None else str(term)


def test_there_are_at_least_the_eighteen_questions_of_the_plan() -> None:
    """The questions that a planner asks first are there, each by its name."""
    assert {
        *("tasks-by-pillar", "tasks-by-theme", "missed-indicators", "target-against-result", "growth-needed"),
        *("projects-by-district", "status-changes", "districts-without-project", "tasks-citing-document"),
        *("documents-cited", "tasks-of-group", "district-outlook", "indicators-without-counterpart", "shortcomings"),
        *("sentence-facts", "not-stated", "measurements-of-indicator", "sums"),
    } <= {question.name for question in QUESTIONS}


@pytest.fixture(scope="module")
def shipped() -> EmbeddedStore:
    """The shipped graph."""
    return EmbeddedStore.open(HOME)


@pytest.fixture(scope="module")
def stated() -> EmbeddedStore:
    """The shipped graph without what rules added to it: `graph/derived` and `graph/entailed`."""
    added = {f"{BASE}graph/derived", f"{BASE}graph/entailed"}
    return EmbeddedStore({file.graph: file.path.read_bytes() for file in graph_files(HOME) if file.graph not in added})


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_exactly_the_rows_that_rest_on_rules_say_so(
    question: Question, shipped: EmbeddedStore, stated: EmbeddedStore
) -> None:
    """A row that is not found without the graphs of the rules names its rule in `rests_on`, and no other row does.

    A module whose rows can be inferred says `inference: true` and selects `?rests_on`.
    """
    required = {p.name: p.example for p in question.parameters if p.required}
    for given in (required, dict(question.golden.parameters)):
        answer, bare = ask(shipped, question, given), ask(stated, question, given)
        kept = set(bare.rows)
        gone = {place for place, row in enumerate(answer.rows) if row not in kept}
        by_rule = {place for place, row in enumerate(answer) if "/rule/" in str(row.rests_on)}
        assert gone == by_rule, [answer[place] for place in sorted(gone ^ by_rule)[:3]]
        assert all(row.rests_on is None or re.search("/(rule|basis)/", row.rests_on) for row in answer)
        assert {row.rests_on for row in answer if row.rests_on} == dict(answer.grounds).keys()


def test_a_link_that_no_sentence_states_rests_on_its_basis(shipped: EmbeddedStore) -> None:
    """A task that only stands under a heading serves the pillar by heading; a cause may be inferred."""
    tasks = ask(shipped, by_name("tasks-by-pillar"), language="en")
    assert {row["basis_name"] for row in tasks if row.rests_on == f"{BASE}id/basis/heading"} == {"By heading"}
    assert {row.rests_on for row in tasks if row["basis_name"] != "By heading"} == {None}
    causes = ask(shipped, by_name("shortcomings"), {"cause": "inferred-cause"})
    assert causes.inferred == tuple(range(len(causes)))
    assert dict(causes.grounds).keys() == {f"{BASE}id/basis/inferred"}
    assert ask(shipped, by_name("shortcomings"), {"cause": "stated-cause"}).inferred == ()


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_a_unit_is_a_column_or_a_key_of_the_vocabulary(question: Question, shipped: EmbeddedStore) -> None:
    """What numbers are in is said by another column of the row, or once for all by a unit that there is."""
    names = {column.name for column in question.columns}
    keys = {str(row["key"]) for row in shipped.select("SELECT ?key { ?unit a hp:Unit ; skos:notation ?key }")}
    for column in question.columns:
        if column.unit is not None:
            assert column.type in {"integer", "decimal"}
            assert column.unit in names | keys
        assert column.type != "decimal" or column.unit is not None, f"{question.name} {column.name}: no unit"


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_a_row_stands_on_a_passage(question: Question) -> None:
    """Every answer of rows carries its evidence; only counts over the whole graph do not."""
    assert question.has_evidence != (question.name in AGGREGATES)


@pytest.mark.parametrize(("question", "given"), CALLS, ids=named)
def test_two_engines_give_the_same_rows_in_the_same_order(
    question: Question, given: dict[str, str], sample_store: EmbeddedStore, merged: Graph
) -> None:
    """A module is plain SPARQL: rdflib answers it, with parameters bound, exactly as the embedded engine does."""
    query = bind(question.sparql, bindings(sample_store, question, given))
    embedded = [tuple(map(comparable, row)) for row in sample_store.select(query).rows]
    other = [tuple(map(comparable, row)) for row in merged.query(query)]  # type: ignore[arg-type]
    assert embedded == other
    assert bool(embedded) != (question.name in ELSEWHERE)


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_a_module_runs_as_it_stands(question: Question, sample_store: EmbeddedStore) -> None:
    """Unbound, in any tool, a module asks for everything and gives labels in Vietnamese."""
    rows = sample_store.select(question.sparql).rows
    assert bool(rows) != (question.name in ELSEWHERE)
    places = [place for place, column in enumerate(question.columns) if column.name == "name"]
    assert all(getattr(row[place], "language", None) in {"vi", None} for row in rows for place in places)


@pytest.mark.parametrize(("question", "given"), CALLS, ids=named)
def test_an_answer_is_typed_unique_and_quoted_to_the_letter(
    question: Question, given: dict[str, str], sample_store: EmbeddedStore
) -> None:
    """Rows hold Python values of the declared types, none comes twice, and each quote is in the report."""
    source = (ROOT / "graph/sources/31-hai-phong/2020-402-bc-ubnd.txt").read_bytes().decode()
    answer = ask(sample_store, question, given, language="vi")
    assert len(set(answer.rows)) == answer.count
    assert (answer.count > 0) != (question.name in ELSEWHERE)
    kinds = {"integer": int, "decimal": Decimal, "boolean": bool, "iri": str, "text": str}
    for record in answer.to_records():
        for column in question.columns:
            value = record[column.name]
            assert value is None or isinstance(value, kinds.get(column.type, object))
        if question.has_evidence:
            assert record["section"]
            start, end = record["start"], record["end"]
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert str(record["passage"]).endswith(f"#char={start},{end}")
            assert source[start:end] == record["quote"]


@pytest.mark.parametrize(("question", "given"), CALLS, ids=named)
def test_a_language_changes_labels_and_never_the_rows(
    question: Question, given: dict[str, str], sample_store: EmbeddedStore
) -> None:
    """The same rows come back in both languages: one label a thing, in the language asked for where it has one."""
    vi, en = (ask(sample_store, question, given, language=language) for language in ("vi", "en"))
    assert vi.count == en.count
    facts = [place for place, column in enumerate(question.columns) if column.type != "text"]
    assert {tuple(row[p] for p in facts) for row in vi.rows} == {tuple(row[p] for p in facts) for row in en.rows}


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_texts_are_complete_and_examples_can_be_asked(question: Question, sample_store: EmbeddedStore) -> None:
    """Both languages are said in full; the example of a parameter from a vocabulary is in that vocabulary."""
    texts = (question.title, question.question, question.description, question.empty.says)
    assert all(text.vi != text.en for text in texts)
    assert question.question.vi.endswith("?")
    assert question.question.en.endswith("?")
    assert len(question.keywords) >= 4
    assert len({column.name for column in question.columns}) == len(question.columns)
    for parameter in question.parameters:
        if parameter.type.startswith(("concept:", "subclass:", "subproperty:")):
            assert resolve(sample_store, parameter, parameter.example)
            assert choices(sample_store, parameter)


@pytest.mark.parametrize("question", QUESTIONS, ids=named)
def test_golden_parameters_are_parameters(question: Question) -> None:
    """The pointer to the golden answer names only what the question takes."""
    assert {name for name, _ in question.golden.parameters} <= {parameter.name for parameter in question.parameters}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_subject_has_a_heading(language: Language) -> None:
    """A folder of questions is told under a name of its own in both languages, never under the name of the folder."""
    assert {f"subject.{question.subject}" for question in QUESTIONS} <= set(catalogue(language))


def test_names_are_unique() -> None:
    """A question is called by its name alone, whatever folder it is in."""
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)


def test_the_reference_is_what_the_headers_say() -> None:
    """`docs/questions.md` is written by `hpkg questions --format md` and kept true here."""
    assert (ROOT / "docs/questions.md").read_text("utf-8") == reference(QUESTIONS)


def test_evidence_columns_are_not_declared_by_hand() -> None:
    """Quote, section and passage mean the same in every answer."""
    names = {column.name for column in EVIDENCE}
    for question in QUESTIONS:
        assert not names & {column.name for column in question.columns if column not in EVIDENCE}
