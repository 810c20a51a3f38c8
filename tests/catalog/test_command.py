"""`hpkg changes`: from an earlier build, as a file or as a folder, to what is other now."""

from __future__ import annotations

import gzip
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.conftest import SAMPLE

from hpkg.catalog import quads, retired
from hpkg.cli import run
from hpkg.home import Home
from hpkg.namespaces import BASE
from hpkg.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = f"{BASE}id/project/31-hai-phong/cau-quang-thanh"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, a copy of the sample."""
    shutil.copytree(SAMPLE, tmp_path / "home")
    monkeypatch.setenv("HPKG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HPKG_LANG", "en")
    return tmp_path


def edited(place: Path) -> None:
    """Take a project out of the graph of the home."""
    path = place / "home/graph/31-hai-phong/2020-402-bc-ubnd.ttl"
    text = path.read_text("utf-8")
    begin = text.index(f"<{PROJECT}> a ")
    path.write_text(text[:begin] + text[text.index(" .\n", begin) + 3 :], "utf-8")


@pytest.mark.parametrize("packed", [True, False])
def test_changes_since_a_file(place: Path, capsys: pytest.CaptureFixture[str], packed: bool) -> None:  # noqa: FBT001 — a parameter
    """A file of the whole graph is an earlier build; a build like it has no changes."""
    whole = quads(open_store(Home(place / "home")))
    before = place / ("before.nq.gz" if packed else "before.nq")
    before.write_bytes(gzip.compress(whole) if packed else whole)
    assert run(["changes", str(before)]) == 0
    assert capsys.readouterr() == ("", "Added: 0 · removed: 0 · changed: 0\n")
    edited(place)
    assert run(["changes", str(before), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"added": 0, "removed": 1, "changed": 0}
    assert told["things"][0]["thing"] == PROJECT


def test_what_is_gone_can_be_kept(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--retire` the IRIs that vanished since an earlier folder stand beside the graph."""
    shutil.copytree(SAMPLE, place / "before")
    edited(place)
    assert run(["changes", str(place / "before"), "--retire"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"- {PROJECT}  ")
    assert "IRIs that are gone: 1" in said.err
    assert retired(Home(place / "home")) == {PROJECT}


@pytest.mark.parametrize(("name", "content", "code"), [("none", None, 2), ("broken.gz", b"no gzip", 5)])
def test_what_is_no_build_is_told(place: Path, name: str, content: bytes | None, code: int) -> None:
    """A missing file is the caller's to mend, a broken one the machine's."""
    if content:
        (place / name).write_bytes(content)
    assert run(["changes", str(place / name)]) == code
