"""Answers: typed rows, exports that lose nothing, and silence that is told from absence."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from rdflib import Literal

from hpkg.errors import CallerError, OntologyError
from hpkg.questions import Answer, all_questions, ask, named, omissions, tabulate
from hpkg.questions.formats.reading import remarks
from hpkg.questions.memory import remembered
from hpkg.questions.question import Bilingual, Column
from hpkg.store import Solutions
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from hpkg.home import Home

LABEL = Bilingual("x", "x")


@pytest.fixture
def answer() -> Answer:
    """An answer with a value of every type and one of each missing."""
    kinds = ("text", "integer", "decimal", "boolean", "date", "iri")
    columns = tuple(Column(kind, kind, LABEL) for kind in kinds)  # type: ignore[arg-type]
    full = ('Máy Tơ, "quận"\n|', 2021, Decimal("84199.2"), True, date(2020, 12, 18), "urn:x")
    return Answer("q", "T", "vi", (("year", "2021"),), columns, (full, (None,) * 6), "abc")


def test_csv_keeps_every_value_and_leaves_missing_ones_empty(answer: Answer) -> None:
    """What is written can be read back, whatever characters a quote holds."""
    rows = list(csv.reader(io.StringIO(answer.to_csv())))
    assert rows[0] == ["text", "integer", "decimal", "boolean", "date", "iri"]
    assert rows[1] == ['Máy Tơ, "quận"\n|', "2021", "84199.2", "true", "2020-12-18", "urn:x"]
    assert rows[2] == [""] * 6


def test_json_has_numbers_as_numbers_and_says_what_graph_answered(answer: Answer) -> None:
    """A program needs no guessing: types, parameters, count, completeness and dataset are there."""
    said = json.loads(answer.to_json())
    assert said["rows"][0] == {
        "text": 'Máy Tơ, "quận"\n|',
        "integer": 2021,
        "decimal": 84199.2,
        "boolean": True,
        "date": "2020-12-18",
        "iri": "urn:x",
    }
    assert (said["dataset"], said["count"], said["complete"], said["parameters"]) == ("abc", 2, True, {"year": "2021"})


def test_pandas_has_typed_columns(answer: Answer) -> None:
    """Integers stay integers where values are missing, and dates are dates."""
    pytest.importorskip("pandas", reason="the extra hpkg[pandas] is not installed")
    frame = answer.to_pandas()
    assert frame.shape == (2, 6)
    assert [str(kind) for kind in frame.dtypes] == ["object", "Int64", "Float64", "boolean", "datetime64[s]", "object"]
    assert frame["integer"].sum() == 2021
    assert frame["date"][0].year == 2020


def test_an_empty_answer_is_not_stated_and_shows_what_was_announced(
    sample_store: EmbeddedStore, sample_home: Home
) -> None:
    """The report announces 03 breakthrough directions and names none: the answer says so, with the sentence."""
    question = named(sample_home, "strategic-directions")
    answer = ask(sample_store, question, {"kind": "breakthrough-direction"}, language="vi")
    assert answer.count == 0
    assert answer.not_stated
    assert answer.note is not None
    assert answer.note.startswith("Văn bản không nêu.")
    assert [(omission.announced, omission.kind) for omission in answer.omissions] == [(3, "breakthrough-direction")]
    assert "03 hướng đột phá" in answer.omissions[0].quote
    assert json.loads(answer.to_json())["not_stated"] is True
    english = ask(sample_store, question, {"kind": "breakthrough-direction"}, language="en")
    assert english.note is not None
    assert english.note.startswith("Not stated.")
    assert english.omissions[0].label == "Names of the 03 breakthrough directions"


def test_what_is_announced_only_is_told_beside_what_is_stated(sample_store: EmbeddedStore, sample_home: Home) -> None:
    """Three pillars are an answer, and still the directions that are only announced are not kept silent."""
    answer = ask(sample_store, named(sample_home, "strategic-directions"), {})
    assert answer.count == 3
    assert answer.note is None
    assert not answer.not_stated
    assert len(answer.omissions) == 1


def test_every_question_says_what_no_rows_mean(sample_home: Home) -> None:
    """On an empty graph each question either says "not stated" or gives a finding; none is just empty."""
    nothing = EmbeddedStore({"urn:g": b""})
    for question in all_questions(sample_home):
        if not any(parameter.required or parameter.default for parameter in question.parameters):
            for language in ("vi", "en"):
                answer = ask(nothing, question, {}, language=language)
                assert answer.count == 0
                assert answer.note
                assert answer.not_stated == question.empty.not_stated


def test_the_omissions_of_the_report_are_in_text_order(sample_store: EmbeddedStore) -> None:
    """All that is announced and not given can be listed."""
    assert [omission.kind for omission in omissions(sample_store)] == ["annex", "breakthrough-direction"]


def test_a_limit_is_told(sample_store: EmbeddedStore, sample_home: Home) -> None:
    """A cut answer says that it is one."""
    answer = ask(sample_store, named(sample_home, "tasks-by-pillar"), {}, max_rows=2)
    assert (answer.count, answer.state, answer.complete) == (2, "truncated", False)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"colour": "red"}, "parameter-unknown"),
        ({}, "parameter-missing"),
        ({"district": "Hà Nội"}, "parameter-value-unknown"),
    ],
)
def test_a_wrong_call_is_told(sample_store: EmbeddedStore, sample_home: Home, given: dict[str, str], code: str) -> None:
    """A parameter that is unknown, missing or wrong is the caller's to mend."""
    with pytest.raises(CallerError) as refused:
        ask(sample_store, named(sample_home, "district-outlook"), given)
    assert refused.value.code == code


def test_a_question_that_does_not_exist_names_the_nearest(sample_home: Home) -> None:
    """A misspelt name is answered with what was likely meant."""
    with pytest.raises(CallerError) as refused:
        named(sample_home, "task-by-pilar")
    assert "tasks-by-pillar" in refused.value.hint("vi")


def test_a_value_that_its_column_does_not_declare_is_the_modules_error(sample_home: Home) -> None:
    """A module whose query gives text where a number is declared is wrong, and is told with the column."""
    store = EmbeddedStore(
        {
            "urn:g": b"""@prefix hp: <https://w3id.org/hpkg/def#> .
            <urn:o> a hp:Omission ; hp:omittedKind <urn:k> ; hp:announcedCount "three" ; hp:evidence <urn:p> .
            <urn:p> hp:quote "q" ; hp:startOffset 0 ; hp:endOffset 1 ."""
        }
    )
    with pytest.raises(OntologyError) as refused:
        ask(store, named(sample_home, "not-stated"), {})
    assert refused.value.code == "question-column-type"
    assert refused.value.details["column"] == "announced"


def test_a_query_of_ones_own_gets_the_types_its_values_share(sample_store: EmbeddedStore) -> None:
    """Columns of a free query are typed by their values; a mixture is text."""
    found = sample_store.select(
        "SELECT ?i ?d ?mixed ?iri ?b ?none { VALUES (?i ?d ?mixed ?iri ?b ?none) {"
        ' (1 1.5 "x" <urn:x> true UNDEF) (2 3 4 <urn:y> false UNDEF) } }'
    )
    answer = tabulate(sample_store, found, "vi")
    assert [column.type for column in answer.columns] == ["integer", "decimal", "text", "iri", "boolean", "text"]
    assert answer.rows[0] == (1, Decimal("1.5"), "x", "urn:x", True, None)


def test_what_the_engine_cut_off_is_partial_and_what_the_caller_cut_is_truncated(sample_store: EmbeddedStore) -> None:
    """An endpoint with a limit of its own gives a part, whether the caller set a higher limit or none."""
    one = (Literal("x"),)
    cut = Solutions(("text",), (one, one), complete=False)
    for limit, state in ((None, "partial"), (10, "partial"), (2, "truncated")):
        assert tabulate(sample_store, cut, max_rows=limit).state == state
    whole = Solutions(("text",), (one, one))
    assert tabulate(sample_store, whole, max_rows=2).state == "complete"
    assert any("cut" in remark for remark in remarks(tabulate(sample_store, cut)))


def test_what_was_found_out_of_a_store_is_found_once_for_its_content() -> None:
    """The values of parameters are kept for a store; a store that tells no version is asked each time."""
    told: list[str] = []

    def find() -> str:
        told.append("asked")
        return f"{len(told)}"

    store = EmbeddedStore({"urn:g": b""})
    assert [remembered(store, "key", find), remembered(store, "key", find), remembered(store, "other", find)] == [
        "1",
        "1",
        "2",
    ]
    other = EmbeddedStore({"urn:g": b"<urn:s> <urn:p> 1 ."})
    assert remembered(other, "key", find) == "3"


@pytest.mark.parametrize(
    "given", ["Huyện Cát Hải", "cat hai", "317", "CÁT HẢI", "https://w3id.org/hpkg/id/place/31-317"]
)
def test_a_value_is_a_key_an_iri_or_a_name_however_typed(
    sample_store: EmbeddedStore, sample_home: Home, given: str
) -> None:
    """The same district under any name gives the same answer, and the answer names the thing that was meant."""
    answer = ask(sample_store, named(sample_home, "district-outlook"), {"district": given})
    assert dict(answer.parameters) == {"district": "https://w3id.org/hpkg/id/place/31-317"}
    assert answer.count > 0


def test_a_near_miss_is_told_what_was_likely_meant(sample_store: EmbeddedStore, sample_home: Home) -> None:
    """A letter too few is no reason to read the whole list."""
    with pytest.raises(CallerError) as refused:
        ask(sample_store, named(sample_home, "district-outlook"), {"district": "cat ha"})
    assert "Cát Hải" in refused.value.hint("vi")
