"""What is learnt from the modules is kept, and what was kept is what was learnt."""

from __future__ import annotations

from pathlib import Path

import pytest

import hpkg
from hpkg.questions import named
from hpkg.understand.learnt import Learnt, learnt
from hpkg.understand.phrasebook import Phrasebook
from hpkg.understand.term import terms

ROOT = Path(__file__).parent.parent.parent
BOOK = Phrasebook(
    [("where", "en", "where"), ("project", "vi", "dự án"), ("stop", "en", "is")], {"project": "urn:project"}
)
MODULES = [named(hpkg.open(ROOT).home, name) for name in ("about-project", "project-timeline")]
ASKED = terms("where is the dự án of a bridge")


def book() -> Phrasebook:
    """Return the words people ask with."""
    return BOOK


def told(known: Learnt) -> object:
    """Return everything that a question is compared with."""
    profiles = [(one.question, one.core, one.whole, one.head, one.title, one.taking) for one in known.profiles.profiles]
    stems = known.profiles.stems | known.wordings.stems
    return profiles, stems, known.wordings.likeness(ASKED, "en"), known.diction.favours(ASKED)


def test_what_was_kept_is_what_was_learnt(tmp_path: Path) -> None:
    """The second time it comes from the file, and not a figure of it is another; nor are the words people ask with."""
    new = learnt(tmp_path, "a", MODULES, book)
    assert [path.name for path in tmp_path.iterdir()] == ["asking-3-a.json"]
    kept = learnt(tmp_path, "a", MODULES, lambda: Phrasebook([]))
    assert told(kept) == told(new) == told(learnt(None, "a", MODULES, book))
    assert kept.phrasebook.stems == BOOK.stems
    assert kept.phrasebook.values == BOOK.values
    assert list(kept.phrasebook.phrases(ASKED, "en")) == list(BOOK.phrases(ASKED, "en"))
    assert dict(kept.wordings.counted.held) == new.wordings.counted.held
    assert dict(kept.diction.gain) == new.diction.gain


@pytest.mark.parametrize("content", [b"", b"nonsense", b"[]", b"{}", b'{"profiles": {}}'])
def test_a_file_that_is_something_else_is_written_anew(tmp_path: Path, content: bytes) -> None:
    """It is no error."""
    (tmp_path / "asking-3-a.json").write_bytes(content)
    assert told(learnt(tmp_path, "a", MODULES, book)) == told(learnt(None, "a", MODULES, book))
    assert (tmp_path / "asking-3-a.json").read_bytes() != content


def test_few_are_kept(tmp_path: Path) -> None:
    """What was learnt from earlier modules goes; a folder that cannot be made is no error."""
    for content in "abcdef":
        learnt(tmp_path, content, MODULES, book)
    assert len(list(tmp_path.iterdir())) == 4
    (tmp_path / "file").write_bytes(b"")
    assert told(learnt(tmp_path / "file" / "folder", "a", MODULES, book))
