"""`hpkg search` and `kg.search` answer from the graph and its questions, the second time without loading it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import hpkg
from hpkg.cli import run
from hpkg.errors import CallerError
from hpkg.home import Home, cache_folder
from hpkg.messages import LANGUAGES, catalogue
from hpkg.understand import finding, open_index

SAMPLE = Path(__file__).parent.parent / "data" / "sample"
REPORT = "31-hai-phong/2020-402-bc-ubnd"


@pytest.fixture(autouse=True)
def in_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call works in the sample and speaks English unless it says otherwise."""
    monkeypatch.setenv("HPKG_HOME", str(SAMPLE))
    monkeypatch.setenv("HPKG_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")


def test_a_person_sees_kind_text_and_key(capsys: pytest.CaptureFixture[str]) -> None:
    """The table has what matched and what to show it by; how many there are stands on stderr."""
    assert run(["search", "cau", "quang", "tha", "--kind", "project", "--lang", "vi"]) == 0
    said = capsys.readouterr()
    assert said.out.split() == ["dự", "án", "Cầu", "Quang", "Thanh", "id/project/31-hai-phong/cau-quang-thanh"]
    assert said.err.startswith("Tìm thấy: 1 ")


def test_programs_get_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    """Both formats have the same hits; a limit is told in the one and on stderr of the other."""
    run(["search", "xuat khau", "--format", "json", "--limit", "3", "--report", "402/BC-UBND"])
    loaded = json.loads(capsys.readouterr().out)
    assert (loaded["count"], loaded["complete"]) == (3, False)
    run(["search", "xuat khau", "--format", "csv", "--limit", "3", "--report", REPORT])
    said = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert [row["iri"] for row in rows] == [hit["iri"] for hit in loaded["hits"]]
    assert "the first 3 of" in said.err


def test_a_slip_is_met_with_the_nearest_words(capsys: pytest.CaptureFixture[str]) -> None:
    """A word that occurs nowhere is named, with what it may be."""
    assert run(["search", "cagn bien"]) == 0
    assert "“cagn” occurs nowhere. Nearest: cảng" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"), [(["—"], "no letter or digit"), (["x", "--kind", "y"], "no such kind"), ([], "letter")]
)
def test_a_wrong_call_is_told(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    """What is wrong with the call is an error of the caller."""
    assert run(["search", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_questions_are_found_too() -> None:
    """A question module is a thing with its title, its question and its keywords."""
    found = hpkg.open().search("tru cot", kind="câu hỏi", lang="vi")
    assert "https://w3id.org/hpkg/query/tasks-by-pillar" in [hit.iri for hit in found]


def test_python_and_the_index_without_a_store_agree() -> None:
    """`kg.search` finds what the command finds, in the graph of one version."""
    graph = hpkg.open()
    assert graph.search("cang bien", limit=5) == open_index(Home(SAMPLE)).search("cang bien", limit=5)
    assert graph.search("cang bien").dataset == graph.version
    with pytest.raises(CallerError):
        graph.search("cang", kind="nothing of that kind")


def test_a_kept_index_needs_no_graph(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Once the index of a content is kept, the graph is not loaded to search in it."""
    monkeypatch.setenv("HPKG_CACHE", str(tmp_path))
    first = open_index(Home(SAMPLE)).search("cau quang thanh")
    monkeypatch.setattr(finding, "_OPEN", {})
    open_index(Home(SAMPLE))
    monkeypatch.setattr(finding, "_OPEN", {})
    monkeypatch.setattr(finding, "open_store", lambda _: pytest.fail("the graph was loaded"))
    assert open_index(Home(SAMPLE)).search("cau quang thanh") == first


def test_the_cache_is_where_the_person_wants_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`HPKG_CACHE` names the folder, and an empty one keeps nothing."""
    monkeypatch.setenv("HPKG_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.setenv("HPKG_CACHE", "")
    assert cache_folder() is None
    monkeypatch.delenv("HPKG_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder() == tmp_path / "hpkg"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name(language: str) -> None:
    """Whatever can be found is called by a word of the language."""
    named = catalogue("vi" if language == "vi" else "en")
    assert [kind for kind in open_index(Home(SAMPLE)).kinds if f"kind.{kind}" not in named] == []
