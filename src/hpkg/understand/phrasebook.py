"""The words people ask with, as the vocabulary `asking` groups them, and where a question uses them.

Not for: names of things (`hpkg.understand.naming`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rdflib import Literal

from hpkg.understand.term import likeness, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hpkg.messages import Language
    from hpkg.store import Store
    from hpkg.understand.term import Term

__all__ = ["CLOSING", "EMPTY", "MEASURED", "Phrase", "Phrasebook", "Worded", "load_phrasebook"]

EMPTY: Final = "stop"
"""Key of the words that say nothing of what is asked about."""
MEASURED: Final = "measured"
"""Key of the words after which a unit is named."""
CLOSING: Final = "closing"
"""Key of the words that only close a question."""

Worded = tuple[str, str, str]
"""Key, language and words of a form."""

_WORDS: Final = """
SELECT ?key ?word WHERE {
  ?group a hp:AskingWord ; skos:notation ?key ; skos:prefLabel|skos:altLabel ?word
} ORDER BY ?key ?word"""
_VALUES: Final = "SELECT ?key ?value WHERE { ?group a hp:AskingWord ; skos:notation ?key ; skos:exactMatch ?value }"
_OTHER_LANGUAGE: Final = 0.8
_AS_GOOD: Final = 0.04
"""A form that fits less by more than this is another word."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a question, by places of its terms, and what it may mean: keys of groups with how surely."""

    first: int
    last: int
    meanings: tuple[tuple[str, float], ...]


_words = lru_cache(maxsize=8192)(terms)


class Phrasebook:
    """Groups of words by their stems.

    Args:
        worded: Key, language and words of each form.
        values: For the keys of groups that are the words for one value of a parameter its IRI.
        arranged: The forms as `arranged` gave them, to be spared arranging them.
    """

    def __init__(
        self,
        worded: Iterable[Worded],
        values: Mapping[str, str] | None = None,
        arranged: Mapping[str, list[Worded]] | None = None,
    ) -> None:
        """Arrange the words."""
        self.values = dict(values or {})
        entries: dict[str, list[Worded]] = defaultdict(list)
        for meaning, language, said in worded:
            entries[" ".join(term.stem for term in _words(said))].append((meaning, language, said))
        self.arranged: Final = arranged if arranged is not None else dict(entries)
        self._longest = max((key.count(" ") + 1 for key in self.arranged), default=0)

    @property
    def stems(self) -> frozenset[str]:
        """Return every stem of every form."""
        return frozenset(stem for key in self.arranged for stem in key.split())

    def language_of(self, asked: Sequence[Term]) -> Language:
        """Return the language in which more of the words are known; marks speak for Vietnamese."""
        said = dict.fromkeys(("vi", "en"), 0)
        for language in said:
            said[language] = sum(phrase.last - phrase.first for phrase in self._found(asked, (language,)))
        return "vi" if said["vi"] + sum(term.marked for term in asked) / 2 > said["en"] else "en"

    def phrases(self, asked: Sequence[Term], language: Language) -> Iterator[Phrase]:
        """Yield the phrases of a question in `language`, the longest at each place; other words may be of the other."""
        yield from self._found(asked, (language, "en" if language == "vi" else "vi"))

    def _found(self, asked: Sequence[Term], languages: tuple[str, ...]) -> Iterator[Phrase]:
        toned = any(term.marked for term in asked)
        at = 0
        while at < len(asked):
            phrase = next(
                filter(None, (self._longest_at(asked, at, language, toned=toned) for language in languages)), None
            )
            if phrase is None:
                at += 1
                continue
            sure = 1 if phrase[1] == languages[0] else _OTHER_LANGUAGE
            yield Phrase(at, phrase[0], tuple((meaning, like * sure) for meaning, like in phrase[2]))
            at = phrase[0]

    def _longest_at(
        self, asked: Sequence[Term], at: int, language: str, *, toned: bool
    ) -> tuple[int, str, tuple[tuple[str, float], ...]] | None:
        for end in range(min(len(asked), at + self._longest), at, -1):
            meanings: dict[str, float] = {}
            for meaning, spoken, said in self.arranged.get(" ".join(term.stem for term in asked[at:end]), ()):
                if spoken != language:
                    continue
                like = min(
                    likeness(term, known, in_toned=toned)
                    for term, known in zip(asked[at:end], _words(said), strict=True)
                )
                if like:
                    meanings[meaning] = max(like, meanings.get(meaning, 0))
            if meanings:
                best = max(meanings.values()) - _AS_GOOD
                return end, language, tuple(one for one in meanings.items() if one[1] >= best)
        return None


def load_phrasebook(store: Store) -> Phrasebook:
    """Return the words that `store` has in the vocabulary `asking`."""
    worded = (
        (str(row["key"]), row["word"].language or "", str(row["word"]))
        for row in store.select(_WORDS)
        if isinstance(row["word"], Literal)
    )
    return Phrasebook(worded, {str(row["key"]): str(row["value"]) for row in store.select(_VALUES)})
