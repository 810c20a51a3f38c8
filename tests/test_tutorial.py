"""The tutorial notebook and the page on Python run, and show what hpkg answers today."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOTEBOOK = json.loads((ROOT / "docs/tutorial.ipynb").read_text("utf-8"))


def test_the_notebook_shows_what_it_gives_when_run() -> None:
    """Every cell runs in a fresh kernel, and each output is the one that stands in the file; `just docs` renews it."""
    run = subprocess.run(  # noqa: S603 — a script of ours
        [sys.executable, ROOT / "docs/notebook.py", "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def test_the_notebook_speaks_both_languages() -> None:
    """Every text cell says what it says in English and in Vietnamese."""
    texts = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "markdown"]
    assert len(texts) >= 8
    for text in texts:
        paragraphs = [part for part in text.split("\n\n") if not part.startswith("#")]
        marked = [sum(not letter.isascii() for letter in part) / len(part) > 0.04 for part in paragraphs]
        assert marked == sorted(marked)
        assert set(marked) == {False, True}


def test_every_code_cell_shows_something() -> None:
    """A tutorial is read without being run: no cell is silent, none ends in an error."""
    for cell in NOTEBOOK["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"]
            assert {output["output_type"] for output in cell["outputs"]} <= {"stream", "execute_result"}


def test_the_page_on_python_is_true() -> None:
    """Every example of `docs/python.md` gives what stands below it."""
    failed, tried = doctest.testfile(str(ROOT / "docs/python.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 10) == (0, True)
