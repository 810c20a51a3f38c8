"""The command line: data on stdout, messages on stderr, exit codes, two languages, no traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hpkg.cli import COMMANDS, run, spoken_language
from hpkg.home import Home
from hpkg.messages import LANGUAGES, catalogue
from hpkg.questions.catalogue import names

SAMPLE = Path(__file__).parent / "data" / "sample"
PROGRAM = [sys.executable, "-c", "from hpkg.cli import main; main()"]


@pytest.fixture(autouse=True)
def in_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call works in the sample and speaks English unless it says otherwise."""
    monkeypatch.setenv("HPKG_HOME", str(SAMPLE))
    monkeypatch.setenv("HPKG_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")


def called(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of a call."""
    code = run(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_hpkg_alone_shows_what_to_do_next(capsys: pytest.CaptureFixture[str]) -> None:
    """Who calls nothing is shown commands that work."""
    code, out, err = called(capsys)
    assert (code, err) == (0, "")
    assert "hpkg ask tasks-by-pillar --pillar port-logistics" in out
    assert "hpkg questions" in out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["ask", "projects-by-district"]])
def test_help_is_in_the_language_asked_for(
    capsys: pytest.CaptureFixture[str], command: list[str], language: str
) -> None:
    """Headings, options and texts are all of one language, and fit 80 columns."""
    code, out, _ = called(capsys, *command, "--help", "--lang", language)
    assert code == 0
    headings = {"en": ("Usage:", "Options"), "vi": ("Cách dùng:", "Tùy chọn")}
    assert all(heading in out for heading in headings[language])
    other = "vi" if language == "en" else "en"
    assert not any(heading in out for heading in headings[other])
    assert max(map(len, out.splitlines())) <= 100


def test_ask_lists_a_task_with_its_basis_and_quote(capsys: pytest.CaptureFixture[str]) -> None:
    """The main job: number, text, basis, and the sentence behind."""
    code, out, err = called(capsys, "ask", "tasks-by-pillar", "--pillar", "port-logistics")
    assert code == 0
    assert "V.4.10" in out
    assert "By content" in out
    assert "“Đề án ứng dụng và Phát triển E-logistics”" in out
    assert "p2.v.4 @24009,24049" in out
    assert err.startswith("Rows: 4, all there are · graph ")


def test_what_is_not_stated_is_said_with_the_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """Silence of the text is an answer."""
    _, out, _ = called(capsys, "ask", "strategic-directions", "--kind", "breakthrough-direction", "--lang", "vi")
    assert "Văn bản không nêu." in out
    assert "“Phát triển, hiện đại hóa đô thị theo 03 hướng đột phá”" in out


def test_options_and_allowed_values_come_from_the_module_and_the_graph(capsys: pytest.CaptureFixture[str]) -> None:
    """The help of a question says which values there are, and gives an example."""
    _, out, _ = called(capsys, "ask", "tasks-by-pillar", "--help", "--lang", "vi")
    assert "--pillar KHÓA" in out
    assert "Giá trị của --pillar" in out
    assert "tourism-trade" in out
    assert "hpkg ask tasks-by-pillar --pillar port-logistics" in out


def test_machine_formats_hold_every_column_and_nothing_else_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON, CSV and TSV can be read by a program as they are."""
    _, out, _ = called(capsys, "ask", "target-against-result", "--format", "json")
    said = json.loads(out)
    assert [row["target"] for row in said["rows"]] == [17, 22.3, None]
    assert said["rows"][1]["difference"] == 3.35
    _, out, _ = called(capsys, "ask", "target-against-result", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows[2]["target_low"] == "2.5"
    _, out, _ = called(capsys, "ask", "target-against-result", "--format", "tsv")
    assert out.splitlines()[0].split("\t")[:3] == ["indicator", "number", "name"]


def test_markdown_is_one_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Every line of the table has the same number of cells."""
    _, out, _ = called(capsys, "ask", "documents-cited", "--format", "md")
    table = [line for line in out.splitlines() if line.startswith("|")]
    assert len(table) == 4
    assert len({line.count(" | ") for line in (table[0], *table[2:])}) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "english", "vietnamese"),
    [
        (["asks"], 2, "ask", "không có lệnh này"),
        (["ask", "tasks-by-pilar"], 2, "tasks-by-pillar", "không có câu hỏi này"),
        (["ask", "tasks-by-pillar", "--pillar", "x"], 2, "tourism-trade", "không phải giá trị"),
        (["ask", "tasks-by-pillar", "--piller", "x"], 2, "no such option", "không có tùy chọn này"),
        (["ask", "tasks-by-pillar", "--pillar"], 2, "needs a value", "cần một giá trị"),
        (["ask", "tasks-by-pillar", "--format", "xml"], 2, "csv", "không được nhận"),
        (["ask", "tasks-by-pillar", "--limit", "0"], 2, "--limit", "không được nhận"),
        (["ask", "tasks-by-pillar", "much", "more"], 2, "too much", "thừa tham số"),
        (["ask", "district-outlook"], 2, "must be given", "phải cho giá trị"),
        (["questions", "--about", "zzz"], 2, "zzz", "không có câu hỏi nào"),
        (["sparql"], 2, "must be given", "phải cho giá trị"),
        (["sparql", "missing.rq"], 2, "no such file", "không có tệp này"),
        (["sparql", "SELECT * { ?s foaf:x ?o }"], 2, "column 15", "cột 15"),
        (["sparql", "SELECT * { SERVICE <http://e/> {} }"], 2, "SERVICE", "không được phép"),
        (["sparql", "DROP ALL"], 2, "DROP", "chỉ trả lời"),
        (["show", "không có gì"], 2, "nothing", "không có gì mang tên"),
        (["--home", "/nowhere", "ask", "sums"], 2, "ontology", "không có ontology/"),
    ],
)
def test_an_error_is_a_message_and_a_hint_with_its_exit_code(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, english: str, vietnamese: str
) -> None:
    """What went wrong and what to do, in the language of the person, on stderr, never a traceback."""
    for language, expected in (("en", english), ("vi", vietnamese)):
        told, out, err = called(capsys, "--lang", language, *arguments)
        assert told == code
        assert out == ""
        assert err.startswith("hpkg: ")
        assert len(err.splitlines()) >= 2
        assert expected in err
        assert "Traceback" not in err


def test_a_broken_module_is_told_with_file_and_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The exit code of the ontology's errors, and the place to mend."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "queries" / "plan").mkdir(parents=True)
    (tmp_path / "queries" / "plan" / "broken.rq").write_text("#+ title: {vi: x}\nASK {}", encoding="utf-8")
    code, _, err = called(capsys, "--home", str(tmp_path), "questions")
    assert code == 4
    assert "broken.rq:1" in err


def test_an_unreadable_graph_is_the_stores_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A damaged file is named, with the exit code of the store."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "derived.ttl").write_text("<a", encoding="utf-8")
    code, _, err = called(capsys, "--home", str(tmp_path), "sparql", "ASK {}")
    assert code == 5
    assert "graph/derived.ttl" in err


def test_a_query_comes_from_the_line_a_file_or_stdin(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All three ways give the same answer."""
    query = "SELECT (COUNT(*) AS ?n) { ?task a hp:Task }"
    file = tmp_path / "count.rq"
    file.write_text(query, encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(query))
    answers = {called(capsys, "sparql", way, "--format", "csv")[1] for way in (query, str(file), "-")}
    assert answers == {"n\n10\n"}


def test_a_question_module_is_a_query_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Any module can be run as it stands."""
    code, out, _ = called(capsys, "sparql", str(SAMPLE / "queries" / "provenance" / "not-stated.rq"), "--format", "csv")
    assert code == 0
    assert "03 hướng đột phá" in out


@pytest.mark.parametrize(("query", "said"), [("ASK {}", "true"), ("DESCRIBE hp:Task", "hp:Task a owl:Class")])
def test_other_forms_of_query_are_answered_as_what_they_are(
    capsys: pytest.CaptureFixture[str], query: str, said: str
) -> None:
    """A truth value is a word, a graph is Turtle."""
    assert said in called(capsys, "sparql", query)[1]


def test_questions_lists_all_and_finds_by_word(capsys: pytest.CaptureFixture[str]) -> None:
    """The list is the way in; a word narrows it, with or without tones."""
    _, out, _ = called(capsys, "questions")
    assert all(name in out for name in names(Home(SAMPLE)))
    _, out, _ = called(capsys, "questions", "--about", "huyen", "--format", "json")
    assert {"district-outlook", "districts-without-project"} <= {question["name"] for question in json.loads(out)}


def test_show_tells_a_sentence_by_its_key(capsys: pytest.CaptureFixture[str]) -> None:
    """From the words to all that was read from them."""
    _, out, _ = called(capsys, "show", "p1.i.2.3", "--lang", "vi")
    assert "Đọc được từ đoạn này" in out
    assert "Kim ngạch xuất khẩu năm 2020" in out
    _, out, _ = called(capsys, "show", "p1.i.2.3", "--format", "json")
    assert len(json.loads(out)["read_from"]) == 3


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("question", ["tasks-by-pillar", "shortcomings", "target-against-result", "documents-cited"])
def test_a_table_keeps_to_the_width_and_breaks_no_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, question: str, width: int
) -> None:
    """Vietnamese text wraps between words, and no line is wider than the terminal or ends in space."""
    monkeypatch.setenv("COLUMNS", str(width))
    _, out, _ = called(capsys, "ask", question, "--lang", "vi")
    lines = out.splitlines()
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]
    _, data, _ = called(capsys, "ask", question, "--lang", "vi", "--format", "json")
    told = catalogue("vi")["answer.inferred"] + catalogue("vi")["answer.no"] + catalogue("vi")["answer.yes"]
    assert set(re.findall(r"[^\W\d]{2,}", out.lower())) <= set(re.findall(r"[^\W\d]{2,}", (data + told).lower()))


def test_what_is_piped_is_plain(capsys: pytest.CaptureFixture[str]) -> None:
    """No colour codes where nobody watches."""
    _, out, err = called(capsys, "ask", "tasks-by-pillar")
    assert "\x1b" not in out + err


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["--lang", "vi"], {"HPKG_LANG": "en"}, "vi"),
        (["--lang=vi"], {}, "vi"),
        ([], {"HPKG_LANG": "vi", "LANG": "en_US.UTF-8"}, "vi"),
        ([], {"LC_ALL": "vi_VN.UTF-8", "LANG": "C"}, "vi"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        (["--lang", "fr"], {"HPKG_LANG": "vi"}, "vi"),
        ([], {"HPKG_LANG": "nonsense"}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_of_the_person(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    """Option before environment, environment before locale, English at last."""
    assert spoken_language(arguments, environment) == language


def test_both_catalogues_have_the_same_keys_and_placeholders() -> None:
    """What is said in one language is said in the other, with the same values."""
    assert catalogue("vi").keys() == catalogue("en").keys()
    fields = {language: {} for language in LANGUAGES}  # type: dict[str, dict[str, set[str]]]
    for language in LANGUAGES:
        for key, said in catalogue(language).items():
            parts = said.replace("{{", "").replace("}}", "").split("{")[1:]
            fields[language][key] = {part.partition("}")[0] for part in parts}
    assert fields["vi"] == fields["en"]


def test_from_start_to_answer_is_fast() -> None:
    """Cold, in a process of its own, an answer takes under two seconds of a processor, however busy the machine is."""
    before = os.times()
    subprocess.run([*PROGRAM, "ask", "tasks-by-pillar"], capture_output=True, check=True)  # noqa: S603 — hpkg itself
    after = os.times()
    taken = sum(after[2:4]) - sum(
        before[2:4]
    )  # by the processes begun here and ended, in their own code and the system's
    assert taken < 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["sparql", "SELECT * { ?s ?p ?o }", "--format", "csv"],
        ["questions"],
        ["ask", "tasks-by-pillar"],
        ["ask", "tasks-by-pillar", "--format", "csv"],
    ],
    ids=" ".join,
)
def test_a_reader_that_leaves_early_is_no_error(arguments: list[str]) -> None:
    """`hpkg … | head -c 5` ends quietly."""
    with subprocess.Popen(  # noqa: S603 — hpkg itself
        [*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        # Gone before the first line comes: whatever is written finds a closed pipe.
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0


def test_the_package_runs_as_a_program() -> None:
    """`python -m hpkg` is `hpkg`, for where the program is not on the path."""
    done = subprocess.run([sys.executable, "-m", "hpkg", "--version"], capture_output=True, check=True, text=True)
    assert done.stdout.startswith("hpkg ")
