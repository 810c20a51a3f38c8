"""A report with a missing part: the graph holds what there is, and what is missing is said everywhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hpkg.home import Home
from hpkg.pipeline import build
from hpkg.questions import ask, named
from hpkg.questions.formats.reading import remarks
from hpkg.store import open_store

ROOT = Path(__file__).parent.parent
KEY = "31-hai-phong/2020-402-bc-ubnd"


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home whose only report is report 402 without its first part."""
    place = Home(tmp_path_factory.mktemp("home"))
    for name in ("ontology", "queries", "graph/reference"):
        shutil.copytree(ROOT / name, place.root / name)
    source = ROOT / f"graph/sources/{KEY}.txt"
    text = source.read_bytes().decode("utf-8")
    kept = place.graph / f"sources/{KEY}.txt"
    kept.parent.mkdir(parents=True)
    kept.write_bytes((text[: text.index("Phần 1.")] + text[text.index("Phần 2.") :]).encode("utf-8"))
    # The text is another than the published one, so its checksum is left out.
    told = source.with_suffix(".toml").read_text("utf-8").splitlines(keepends=True)
    kept.with_suffix(".toml").write_text("".join(line for line in told if not line.startswith("sha256")), "utf-8")
    return place


def test_what_is_missing_is_named_and_the_rest_is_kept(partial: Home) -> None:
    """The account names the section that no heading opens; tasks and targets are read as ever."""
    (built,) = build(partial)
    assert built.coverage.missing == ("results",)
    assert built.coverage.facts["task"] > 200
    assert "assessment" not in built.coverage.facts


def test_an_empty_answer_says_that_the_section_is_missing(partial: Home) -> None:
    """Nothing judged as missed is not the same as no section that could judge."""
    build(partial)
    answer = ask(open_store(partial), named(partial, "missed-indicators"), language="en")
    assert answer.rows == ()
    assert answer.note is not None
    assert answer.note.endswith("has no section for: results.")


def test_an_answer_that_a_missing_section_could_fill_is_partial(partial: Home) -> None:
    """Targets are there, their results are not: the answer says so; what reads no results is complete."""
    build(partial)
    store = open_store(partial)
    answer = ask(store, named(partial, "target-against-result"), language="vi")
    assert answer.count > 0
    assert (answer.state, answer.complete, answer.note) == ("partial", False, None)
    assert [(gap.part, gap.part_name) for gap in answer.gaps] == [("results", "kết quả đạt được")]
    assert answer.gaps[0].report_name.startswith("Báo cáo kết quả thực hiện nhiệm vụ")
    assert any("kết quả đạt được" in remark for remark in remarks(answer))
    assert ask(store, named(partial, "tasks-of-group"), {"group": "V.2"}).state == "complete"
    assert ask(store, named(partial, "coverage")).gaps == ()
    assert ask(store, named(partial, "target-against-result"), max_rows=1).state == "truncated"
