"""`hpkg build` and `hpkg facts`: what they print, in both languages."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.passage import METADATA, frame

from hpkg.cli import run
from hpkg.errors import EXIT_CODES, CallerError
from hpkg.home import Home, home

if TYPE_CHECKING:
    from pathlib import Path

_KEY = "31-hai-phong/2020-1-bc-ubnd"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with one short report."""
    made = Home(tmp_path_factory.mktemp("home"))
    shutil.copytree(home().ontology, made.ontology)
    shutil.copytree(home().graph / "reference", made.graph / "reference")
    path = made.graph / "sources" / f"{_KEY}.txt"
    path.parent.mkdir(parents=True)
    path.write_text(frame(results="Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD, năng suất đạt 17 xyz."), "utf-8")
    path.with_suffix(".toml").write_text(METADATA, "utf-8")
    return made


def _facts(place: Home, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert run(["--home", str(place.root), "facts", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return [json.loads(line) for line in out.splitlines()]


def test_facts_are_json_lines_in_text_order(place: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line, each with its quote; letters are printed as they are."""
    records = _facts(place, capsys, _KEY)
    text = (place.graph / "sources" / f"{_KEY}.txt").read_bytes().decode("utf-8")
    assert [record["start"] for record in records] == sorted(int(str(record["start"])) for record in records)
    for record in records:
        assert text[int(str(record["start"])) : int(str(record["end"]))] == record["text"]
    assert run(["--home", str(place.root), "facts"]) == 0
    assert "Tổng kim ngạch" in capsys.readouterr().out


def test_facts_can_be_asked_for_by_type(place: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """`--type` leaves only records of that type."""
    (record,) = _facts(place, capsys, _KEY, "--type", "measurement")
    assert (record["value"], record["unit"]) == (16.5, "USD-billion")


def test_a_file_beside_the_home_can_be_read(place: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`facts` takes a path and writes nothing into the home."""
    path = tmp_path / "khac.txt"
    path.write_text(frame(), "utf-8")
    path.with_suffix(".toml").write_text(METADATA.replace("1/BC", "2/BC"), "utf-8")
    records = _facts(place, capsys, str(path))
    assert {record["type"] for record in records} >= {"section", "sentence", "task"}
    assert [file.name for file in (place.graph / "sources").rglob("*.txt")] == ["2020-1-bc-ubnd.txt"]


@pytest.mark.parametrize(("language", "said"), [("en", "sentences:"), ("vi", "câu")])
def test_a_build_tells_what_was_read(language: str, said: str, place: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Report, file and triples, facts by type, sentences, characters and digits, those unread among them."""
    assert run(["--home", str(place.root), "--lang", language, "build"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    lines = out.splitlines()
    assert lines[0].startswith(_KEY)
    assert len(lines) == 6
    assert "measurement 1" in out
    assert said in out
    assert lines[-2].rstrip(".").endswith(": 2")
    assert lines[-1].endswith(f"{_KEY}.review.csv")
    assert (place.graph / f"{_KEY}.ttl").is_file()


def test_a_build_names_what_is_missing(tmp_path: Path, place: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A report without its part 2 is built; stderr names each role that no section has, and the exit code is 0."""
    own = Home(tmp_path)
    shutil.copytree(place.root, own.root, dirs_exist_ok=True)
    path = own.graph / "sources" / f"{_KEY}.txt"
    text = frame(results="Giá cả ổn định. Đời sống được nâng cao. Kinh tế phát triển.")
    path.write_text(text[: text.index("Phần 2.")], "utf-8")
    path.with_suffix(".toml").write_text(METADATA, "utf-8")  # without the checksum of the whole text
    assert run(["--home", str(own.root), "build", _KEY]) == 0
    _, err = capsys.readouterr()
    assert ["targets" in err, "tasks" in err, "results" in err] == [True, True, False]


@pytest.mark.parametrize("command", ["build", "facts"])
def test_an_unknown_report_is_told_with_those_known(
    command: str, place: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is that of a call to be mended; stdout stays empty."""
    assert run(["--home", str(place.root), command, "khong-co"]) == EXIT_CODES[CallerError]
    out, err = capsys.readouterr()
    assert out == ""
    assert _KEY in err


def test_facts_come_as_one_table_a_type(place: Home, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """CSV and Parquet are a folder of tables, a workbook has a sheet a table; stdout stays empty."""
    for form, target in (("csv", "csv"), ("parquet", "parquet"), ("xlsx", "facts.xlsx")):
        arguments = ["--home", str(place.root), "facts", "--format", form, "--output", str(tmp_path / target)]
        assert run(arguments) == 0
        assert capsys.readouterr().out == ""
    assert {path.stem for path in (tmp_path / "csv").iterdir()} == {
        path.stem for path in (tmp_path / "parquet").iterdir()
    }
    assert "measurement,https://" in (tmp_path / "csv" / "measurement.csv").read_text("utf-8")
    assert (tmp_path / "facts.xlsx").read_bytes()[:2] == b"PK"


def test_one_table_can_go_to_standard_output(place: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """With a type, CSV needs no file; without one, or as Parquet, the error says what to add."""
    assert run(["--home", str(place.root), "facts", "--format", "csv", "--type", "measurement"]) == 0
    assert capsys.readouterr().out.startswith("type,id,report,section,start,end,text,indicator,")
    for arguments in (["--format", "csv"], ["--format", "parquet", "--type", "measurement"]):
        assert run(["--home", str(place.root), "facts", *arguments]) == EXIT_CODES[CallerError]
        assert "--output" in capsys.readouterr().err
