"""A question in plain words is read into a module and its parameters, and what was understood is told."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hpkg
from hpkg.cli import run
from hpkg.errors import CallerError
from hpkg.questions import ask, resolve

if TYPE_CHECKING:
    from hpkg import KnowledgeGraph
    from hpkg.questions import Parameter
    from hpkg.understand import Interpretation

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """The graph of this checkout."""
    return hpkg.open(ROOT)


@pytest.fixture(autouse=True)
def in_this_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call works in this checkout and speaks English unless it says otherwise."""
    monkeypatch.setenv("HPKG_HOME", str(ROOT))
    monkeypatch.setenv("HPKG_LANG", "en")


@pytest.mark.parametrize(
    ("asked", "call"),
    [
        ("nhiệm vụ nào phục vụ trụ cột cảng biển?", "tasks-by-pillar --pillar port-logistics"),
        ("NHIEM VU NAO PHUC VU TRU COT CANG BIEN", "tasks-by-pillar --pillar port-logistics"),
        ("which projects are in Cat Hai?", 'projects-by-district --district "Huyện Cát Hải"'),
        ("dự án ở huyện Cát Hải", 'projects-by-district --district "Huyện Cát Hải"'),
        ("which prjects are in Cat Hai?", 'projects-by-district --district "Huyện Cát Hải"'),
        ("kim ngạch xuất khẩu năm 2021 là bao nhiêu", "measurements-of-indicator --indicator exports --year 2021"),
    ],
)
def test_module_and_parameters_are_found(graph: KnowledgeGraph, asked: str, call: str) -> None:
    """In either language, with tones and without, in capitals and with a slip, the same is understood."""
    assert graph.understand(asked).best.call == call


@pytest.mark.parametrize(
    ("asked", "parameters"),
    [
        ("những bộ nào có tên trong báo cáo", {"kind": "ministry"}),
        ("liệt kê bộ ngành được nhắc", {"kind": "ministry"}),
        ("những sở nào có trong báo cáo", {"kind": "department"}),
        ("which companies does the report name", {"kind": "enterprise"}),
        ("các chỉ thị được dẫn", {"kind": "directive"}),
        ("which laws are cited", {"kind": "law"}),
        ("what was confirmed in review", {"kind": "keep"}),
        ("figures in million tons", {"unit": "tonne-million"}),
        ("nghị quyết nào thay thế nghị quyết trước", {"relation": "amends"}),
        ("văn bản nào triển khai văn bản khác", {"relation": "implements"}),
        ("documents that implement resolution 50-NQ/TW", {"relation": "implements", "document": "50-NQ/TW"}),
        ("works for the ports pillar", {"pillar": "port-logistics"}),
        ("các khâu đột phá của kế hoạch", {"kind": "breakthrough-direction"}),
        ("nguyên nhân được nêu rõ là gì", {"relation": "stated-cause"}),
        ("công trình nào đã xong", {"status": "completed"}),
    ],
)
def test_values_are_named_by_plain_words(graph: KnowledgeGraph, asked: str, parameters: dict[str, str]) -> None:
    """Ministries, relations of documents, pillars, causes and statuses are named by the words people ask with."""
    best = graph.understand(asked).best
    said = {one.name: resolve(graph.store, one, best.parameters[one.name]) for one in _given(best)}
    assert said == {one.name: resolve(graph.store, one, parameters[one.name]) for one in _given(best)}
    assert best.parameters.keys() == parameters.keys()


def _given(best: Interpretation) -> list[Parameter]:
    return [one for one in best.question.parameters if one.name in best.parameters]


def test_both_values_are_none_of_one_direction(graph: KnowledgeGraph) -> None:
    """Pillars and breakthroughs asked for together are all directions."""
    assert graph.understand("các trụ cột và khâu đột phá").best.parameters == {}


@pytest.mark.parametrize(
    "asked",
    ["mục tiêu 2021 so với kết quả 2020", "compare the 2021 targets with the 2020 results"],
)
def test_of_two_years_the_one_of_the_parameter_is_taken(graph: KnowledgeGraph, asked: str) -> None:
    """The year of the targets is asked for, whatever the year of the results."""
    best = graph.understand(asked).best
    assert (best.question.name, best.parameters) == ("target-against-result", {"year": "2021"})


def test_a_status_is_as_it_is_in_its_year(graph: KnowledgeGraph) -> None:
    """What starts in the year of the plan is to start; what started in the year of the results has."""
    planned, was = (graph.understand(f"dự án khởi công năm {year}").best.parameters for year in (2021, 2020))
    assert planned == {"status": "to-start", "year": "2021"}
    assert was == {"status": "started", "year": "2020"}


@pytest.mark.parametrize("said", ["khu đô thị Bắc Sông Cấm", "KHU DO THI BAC SONG CAM", "khu đô thị mới Bắc sông Cấm"])
def test_a_name_may_lack_a_word(graph: KnowledgeGraph, said: str) -> None:
    """A project is named by its kind and the end of its name, where no other one fits; a lone end names none."""
    assert graph.understand(f"{said} gồm những hạng mục nào").best.parameters == {
        "project": "Khu đô thị mới Bắc sông Cấm"
    }
    assert graph.understand("dự án khu đô thị ở Cát Hải").best.parameters.keys().isdisjoint({"project"})


def test_one_word_names_one_value(graph: KnowledgeGraph) -> None:
    """A group of indicators is not at the same time a topic."""
    assert graph.understand("kết quả năm 2020 về xã hội").best.parameters == {"year": "2020", "group": "social"}


def test_both_forms_of_unicode_are_read_alike(graph: KnowledgeGraph) -> None:
    """A question in NFD means what it means in NFC."""
    asked = "nhiệm vụ nào thực hiện Nghị quyết số 45-NQ/TW?"
    decomposed = unicodedata.normalize("NFD", asked)
    assert graph.understand(decomposed).best == graph.understand(asked).best
    assert graph.understand(asked).best.parameters == {"document": "Nghị quyết số 45-NQ/TW"}


def test_the_place_of_a_tone_makes_no_other_word(graph: KnowledgeGraph) -> None:
    """`Thuỷ` is `Thủy`: both ways of placing the tone are one."""
    one, other = (graph.understand(f"dự án ở huyện {name} Nguyên") for name in ("Thuỷ", "Thủy"))
    assert one.best == other.best
    assert one.best.parameters == {"district": "Huyện Thủy Nguyên"}


def test_the_answer_is_that_of_the_module(graph: KnowledgeGraph) -> None:
    """A free question answers with what the module answers, in the language of the question."""
    understood = graph.ask_text("viec gi phuc vu tru cot cang bien")
    asked = graph.ask("tasks-by-pillar", lang="vi", pillar="port-logistics")
    assert understood.answer.rows == asked.rows
    assert understood.answer.language == "vi"
    assert graph.ask_text("tasks for seaports and logistics", lang="vi").answer.language == "vi"


def test_a_slip_is_told(graph: KnowledgeGraph) -> None:
    """A word taken for another is named."""
    assert graph.understand("which prjects are in Cat Hai?").mended == (("prjects", "project"),)
    assert graph.understand("which projects are in Cat Hai?").mended == ()


@pytest.mark.parametrize(
    "asked",
    ["what is the weather tomorrow", "thời tiết ngày mai thế nào", "xyzzy plugh", "is it?", "capital of France"],
)
def test_what_is_not_understood_is_refused(graph: KnowledgeGraph, asked: str) -> None:
    """Where no module fits, or too little is said, nothing is answered."""
    with pytest.raises(CallerError) as caught:
        graph.ask_text(asked)
    assert caught.value.code == "ask-not-understood"


def test_a_value_that_is_missing_is_asked_for(graph: KnowledgeGraph) -> None:
    """A module that needs a value says which."""
    with pytest.raises(CallerError) as caught:
        graph.ask_text("outlook of a district in the year of the plan")
    assert caught.value.code == "ask-incomplete"
    assert "--district" in caught.value.message("en")


def test_two_values_for_one_parameter_are_none(graph: KnowledgeGraph) -> None:
    """Of two values neither is chosen: the module answers for all."""
    assert graph.understand("tasks for seaports and logistics and for high-tech industry").best.parameters == {}


def test_when_unsure_the_next_best_are_told(graph: KnowledgeGraph) -> None:
    """A reading has at most two others, each with its call, none better than the first."""
    reading = graph.understand("Cát Hải có gì")
    assert not reading.sure
    assert len(reading.others) == 2
    assert all(other.score <= reading.best.score for other in reading.others)
    assert graph.understand("nhiệm vụ nào phục vụ trụ cột cảng biển?").sure


def test_too_little_is_not_enough(graph: KnowledgeGraph) -> None:
    """A word that many modules speak of chooses none of them."""
    with pytest.raises(CallerError):
        graph.understand("which districts")


def test_a_reading_is_json(graph: KnowledgeGraph) -> None:
    """What was understood can be passed on."""
    record = graph.understand("du an o huyen Cat Hai nam 2021").to_dict()
    assert json.loads(json.dumps(record)) == record
    first = record["interpretations"][0]
    assert first["question"] == "projects-by-district"
    assert first["labels"] == {"district": "Huyện Cát Hải", "year": "2021"}


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(asked: str) -> None:
    """Whatever is typed is understood or refused with one of four errors; a reading can always be asked."""
    try:
        reading = OPEN.understand(asked)
    except CallerError as error:
        assert error.code in {"ask-not-understood", "ask-incomplete", "search-empty", "search-too-long"}  # noqa: PT017
        return
    assert ask(OPEN.store, reading.best.question, reading.best.parameters).complete


OPEN = hpkg.open(ROOT)


def test_the_command_tells_what_it_understood(capsys: pytest.CaptureFixture[str]) -> None:
    """The answer is on stdout, what was understood on stderr, in the language asked for."""
    assert run(["ask", "dự án ở huyện Cát Hải?", "--format", "csv", "--lang", "vi"]) == 0
    said = capsys.readouterr()
    assert said.err.startswith('Được hiểu là: hpkg ask projects-by-district --district "Huyện Cát Hải"')
    assert "cáp treo" in said.out
    plain = run(["ask", "projects-by-district", "--district", "Huyện Cát Hải", "--format", "csv", "--lang", "vi"])
    assert (plain, capsys.readouterr().out) == (0, said.out)


def test_words_need_no_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    """Several words that begin with no name of a question are a question."""
    assert run(["ask", "which", "projects", "are", "in", "Cat", "Hai?", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "projects-by-district"


def test_a_slip_in_the_name_of_a_question_is_still_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """A word that is nearly a name is no question in plain words."""
    assert run(["ask", "tasks-by-pilar"]) == 2
    assert "tasks-by-pillar" in capsys.readouterr().err


def test_a_question_that_is_not_understood_ends_with_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing goes to stdout, and the exit code is that of a wrong call."""
    assert run(["ask", "what is the weather tomorrow"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "not understood" in said.err


@pytest.mark.parametrize(
    ("said", "project"),
    [
        ("components of Doi Rong", "khu-du-lich-quoc-te-doi-rong"),
        ("thong tin ve san bay cat bi", "cang-hang-khong-quoc-te-cat-bi"),
        ("how is Xuan Cau industrial park linked to the port pillar", "khu-cong-nghiep-va-phi-thue-quan-xuan-cau"),
    ],
)
def test_a_project_is_known_by_the_proper_part_of_its_name(graph: KnowledgeGraph, said: str, project: str) -> None:
    """Beside the word for its kind in any language, or alone where nothing else bears it."""
    reading = graph.understand(said)
    parameter = reading.best.question.parameters[0]
    assert str(resolve(graph.store, parameter, reading.best.parameters["project"])).endswith(f"/{project}")


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ("so tai chinh duoc giao viec gi", 'tasks-of-organisation --organisation "Sở Tài chính thành phố Hải Phòng"'),
        ("so voi nam truoc giam bao nhieu", "changes-on-the-year --direction down"),
        ("cau nao khoi cong nam 2020", "projects-by-status --status started --year 2020 --kind bridge"),
    ],
)
def test_syllables_without_tones_are_names_where_they_can_be(graph: KnowledgeGraph, said: str, call: str) -> None:
    """Though each of them may be a word that says nothing, or another word."""
    assert graph.understand(said).best.call == call


def test_an_index_in_capitals_is_that_index(graph: KnowledgeGraph) -> None:
    """`PCI` is also a word of the field it belongs to."""
    assert graph.understand("what is to be done about PCI?").best.call == "tasks-of-indicator --indicator pci"
