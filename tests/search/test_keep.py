"""An index is kept for the content it was built from, and a cache is never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.search import Field, Index, Name, Thing, kept

if TYPE_CHECKING:
    from pathlib import Path

THING = Thing("https://w3id.org/hpkg/id/a/1", "a", (Name(Field.LABEL, "Một", "vi"),))


class Builder:
    """Builds an index and counts how often."""

    count = 0

    def __call__(self) -> Index:
        """Build the index."""
        self.count += 1
        return Index.build([THING])


def test_an_index_is_built_once_for_a_content(tmp_path: Path) -> None:
    """The second run reads what the first one wrote; other content is built anew."""
    build = Builder()
    assert kept(tmp_path / "new", "a", build).search("mot").total == 1
    assert kept(tmp_path / "new", "a", build).search("mot").total == 1
    assert build.count == 1
    kept(tmp_path / "new", "b", build)
    assert build.count == 2


def test_a_damaged_file_is_written_anew(tmp_path: Path) -> None:
    """A kept file that is no index is no error."""
    build = Builder()
    kept(tmp_path, "a", build)
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"SQLite format 3\0 and no more")
    assert kept(tmp_path, "a", build).search("mot").total == 1
    assert build.count == 2
    assert Index.load(file.read_bytes()).search("mot").total == 1


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """Where nothing can be kept, the index is built each time."""
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    build = Builder()
    for _ in range(2):
        assert kept(in_the_way, "a", build).search("mot").total == 1
        assert kept(None, "a", build).search("mot").total == 1
    assert build.count == 4


def test_old_indexes_are_cleared_away(tmp_path: Path) -> None:
    """Only the newest few stay; files of others are left alone."""
    (tmp_path / "other.txt").write_bytes(b"")
    for content in "abcdefg":
        kept(tmp_path, content, Builder())
    assert len(list(tmp_path.glob("search-*.sqlite"))) == 4
    assert (tmp_path / "other.txt").exists()
