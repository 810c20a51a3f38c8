"""How often Vietnamese syllables stand side by side in public prose: what is a usual word and what hardly is one.

The counts stand in `ontology/usage/`, where each file tells its source and licence. Forms are those of
`hpkg.grammar.word.match_form`; `NUMBER` stands for any number. Not for: what a word means (`hpkg.lexicon`).
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hpkg.home import Home

__all__ = ["NUMBER", "Usage", "load_usage"]

NUMBER: Final = "0"
_TEXTS: Final = "# texts: "


class Usage:
    """In how many texts syllables stand alone, in pairs and in threes; a line is parted when it is asked for."""

    def __init__(self, pairs: str, triples: str) -> None:
        """Index the lines of the two files."""
        self._alone: dict[str, int] = {}
        self._pairs: dict[str, str] = {}
        for form, rest in _lines(pairs):
            alone, _, self._pairs[form] = rest.partition("\t")
            self._alone[form] = int(alone)
        self._triples = dict(_lines(triples))
        self._after: dict[str, dict[str, str]] = {}
        self._third: dict[str, dict[str, str]] = {}
        head = next((line for line in pairs.splitlines() if line.startswith(_TEXTS)), f"{_TEXTS}1")
        self.texts = int(head.removeprefix(_TEXTS))

    def alone(self, form: str) -> int:
        """Return in how many texts `form` stands."""
        return self._alone.get(form, 0)

    def pair(self, one: str, other: str) -> int:
        """Return in how many texts `other` stands right after `one`; few are left out and count as none."""
        after = self._after.get(one)
        if after is None:
            after = self._after[one] = _counts(self._pairs.get(one, ""))
        return int(after.get(other, 0))

    def triple(self, one: str, other: str, third: str) -> int:
        """Return in how many texts the three stand in a row; few are left out and count as none."""
        key = f"{one} {other}"
        if key not in self._third:
            self._third[key] = _counts(self._triples.get(key, ""))
        return int(self._third[key].get(third, 0))

    def thirds(self, one: str, other: str) -> dict[str, int]:
        """Return what follows the two, each with its number of texts."""
        self.triple(one, other, "")
        return {third: int(count) for third, count in self._third[f"{one} {other}"].items()}

    @cached_property
    def forms(self) -> list[str]:
        """Return the forms that are counted."""
        return list(self._alone)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield the key and the rest of each line that is no comment."""
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            key, _, rest = line.partition("\t")
            yield key, rest


def _counts(said: str) -> dict[str, str]:
    words = said.split(" ") if said else []
    return dict(zip(words[::2], words[1::2], strict=True))


def load_usage(home: Home) -> Usage:
    """Return the counts of `home`; a home without any has empty ones."""
    files = (home.ontology / "usage" / "pairs.txt", home.ontology / "usage" / "triples.txt")
    return _load(tuple((path, path.stat().st_mtime_ns) for path in files if path.is_file()))


@lru_cache(maxsize=4)
def _load(stamped: tuple[tuple[Path, int], ...]) -> Usage:
    said = {path.stem: path.read_text("utf-8") for path, _ in stamped}
    return Usage(said.get("pairs", ""), said.get("triples", ""))
