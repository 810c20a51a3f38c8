"""The modules are read once for each content; what was kept is what stands in them, and errors stay errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpkg.errors import OntologyError
from hpkg.home import Home
from hpkg.questions import header, keeping
from hpkg.questions.catalogue import all_questions
from hpkg.questions.keeping import kept_questions

PATHS = sorted((Path(__file__).parent.parent / "queries").glob("*/*.rq"))
GOOD = PATHS[0].read_text("utf-8")


def refused(path: Path) -> None:
    """Fail: nothing is to be read."""
    raise AssertionError(path)


def test_what_was_kept_is_what_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time the modules come from one file, equal in every part."""
    read = tuple(map(header.read, PATHS))
    assert kept_questions(None, PATHS) == kept_questions(tmp_path, PATHS) == read
    monkeypatch.setattr(keeping, "read_question", refused)
    assert kept_questions(tmp_path, PATHS) == read
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"nonsense", b"[]", b"{}", b"[1, 2]", b"[{}]"])
def test_a_file_that_is_something_else_is_written_anew(tmp_path: Path, content: bytes) -> None:
    """It is no error."""
    new = kept_questions(tmp_path, PATHS[:1])
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    assert kept_questions(tmp_path, PATHS[:1]) == new
    assert file.read_bytes() != content


def test_an_edited_module_is_read_and_checked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error is told each time, until it is mended; a module that moved has the subject of its folder."""
    monkeypatch.setenv("HPKG_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "queries" / "plan" / "tasks.rq"
    path.parent.mkdir(parents=True)
    path.write_text(GOOD, "utf-8")
    home = Home(tmp_path)
    assert [one.sparql for one in all_questions(home)] == [GOOD]
    path.write_text(GOOD.replace("SELECT ", "SELECT ?nothing ", 1), "utf-8")
    for _ in range(2):
        with pytest.raises(OntologyError) as caught:
            all_questions(home)
        assert caught.value.code == "question-columns-differ"
    path.write_text(GOOD, "utf-8")
    assert [one.subject for one in all_questions(home)] == ["plan"]
    path.parent.rename(tmp_path / "queries" / "other")
    assert [(one.subject, one.path.is_file()) for one in all_questions(home)] == [("other", True)]


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    """A cache is a convenience."""
    (tmp_path / "file").write_bytes(b"")
    assert kept_questions(tmp_path / "file" / "folder", PATHS[:1]) == kept_questions(None, PATHS[:1])
