"""What a question module is about: its meanings and words, each with a weight, in each language.

Not for: comparing it with a question (`hpkg.understand.matching`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Final, Self

from hpkg.understand.phrasebook import CLOSING, EMPTY
from hpkg.understand.term import Term, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hpkg.messages import Language
    from hpkg.questions import Question
    from hpkg.understand.phrasebook import Phrasebook

__all__ = ["NO_HEAD", "Features", "Piece", "Profile", "Profiles", "pieces"]

_TITLE: Final = 1.0
_NAME: Final = 0.8
_PARAMETER: Final = 0.5
_DESCRIPTION: Final = 0.35
_COLUMN: Final = 0.25
NO_HEAD: Final = frozenset({"count", "figure", "kind", "overview"})
"""Meanings that say how a thing is told, not what is told of."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, by places of its terms: what it may mean, by key with how surely, or a word of no group."""

    first: int
    last: int
    meanings: tuple[tuple[str, float], ...]
    word: Term | None = None


@dataclass(slots=True)
class Features:
    """What a text speaks of: meanings by key, and words that have none by stem, each with its weight.

    `words` keeps the terms of a stem, so that tones can be compared.
    """

    meanings: dict[str, float] = field(default_factory=dict)
    words: dict[str, dict[Term, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, pieces: Iterable[Piece], weight: float) -> None:
        """Take in the pieces of a text; of a feature that is known, the heavier counts."""
        for piece in pieces:
            for meaning, sure in piece.meanings:
                self.meanings[meaning] = max(self.meanings.get(meaning, 0), sure * weight)
            if piece.word:
                term = _anywhere(piece.word)
                self.words[term.stem][term] = max(self.words[term.stem].get(term, 0), weight)

    def keys(self) -> Iterator[str]:
        """Yield a key of each feature; meanings and words never share one."""
        yield from (f"={meaning}" for meaning in self.meanings)
        yield from self.words


def pieces(asked: Sequence[Term], phrasebook: Phrasebook, language: Language) -> Iterator[Piece]:
    """Yield what the words `asked` speak of, in `language`; empty words speak of nothing."""
    at = 0
    for phrase in phrasebook.phrases(asked, language):
        yield from (Piece(place, place + 1, (), asked[place]) for place in range(at, phrase.first))
        at = phrase.last
        if EMPTY not in dict(phrase.meanings):
            closes = CLOSING in dict(phrase.meanings) and phrase.last == len(asked) and phrase.first
            meanings = () if closes else tuple(one for one in phrase.meanings if one[0] != CLOSING)
            if meanings:
                yield Piece(phrase.first, phrase.last, meanings)
    yield from (Piece(place, place + 1, (), asked[place]) for place in range(at, len(asked)))


def _anywhere(term: Term) -> Term:
    """Return the same word of no place, so that two of them are one."""
    return Term(term.toned, term.folded, term.stem, 0, 0)


@dataclass(frozen=True, slots=True)
class Profile:
    """A question module and what it speaks of.

    Attributes:
        question: The module.
        core: What its title and its question speak of, by language.
        title: The meanings of its title in both languages.
        taking: What the descriptions of its parameters speak of, by the name of the parameter.
        whole: What all its texts speak of.
        head: What its title begins with: what it lists.
    """

    question: Question
    core: dict[Language, tuple[Features, Features]]
    whole: Features
    head: frozenset[str]
    title: frozenset[str]
    taking: dict[str, frozenset[str]]


class Profiles:
    """The profiles of all modules, and how telling each feature is among them."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        """Count in how many of them each feature is."""
        self.profiles = tuple(profiles)
        held: dict[str, int] = defaultdict(int)
        for profile in self.profiles:
            for key in set(profile.whole.keys()):
                held[key] += 1
        self._telling = {key: log(1 + len(self.profiles) / count) for key, count in held.items()}
        self._most = log(1 + len(self.profiles))

    @classmethod
    def of(cls, questions: Iterable[Question], phrasebook: Phrasebook) -> Self:
        """Return the profiles of these modules."""
        return cls(_profile(question, phrasebook) for question in questions)

    @property
    def stems(self) -> frozenset[str]:
        """Return the stem of every word that a module has."""
        return frozenset(key for key in self._telling if not key.startswith("="))

    def telling(self, key: str) -> float:
        """Return how much a feature says: the rarer among the modules, the more."""
        return self._telling.get(key, self._most)

    def known(self, stem: str) -> bool:
        """Tell whether any module has a word of this stem."""
        return stem in self._telling


def _profile(question: Question, phrasebook: Phrasebook) -> Profile:
    whole = Features()
    core: dict[Language, tuple[Features, Features]] = {"vi": (Features(), Features()), "en": (Features(), Features())}
    for language, texts in core.items():
        for told, text in zip(texts, (question.title, question.question), strict=True):
            told.add(pieces(terms(text.in_(language)), phrasebook, language), 1)
            whole.add(pieces(terms(text.in_(language)), phrasebook, language), _TITLE)
        for text_, weight in _further(question, language):
            whole.add(pieces(terms(text_), phrasebook, language), weight)
    for keyword in question.keywords:
        said = terms(keyword)
        whole.add(pieces(said, phrasebook, phrasebook.language_of(said)), _TITLE)
    whole.add(pieces(terms(question.name), phrasebook, "en"), _NAME)
    titled = [
        {meaning for meaning, _ in piece.meanings} for piece in pieces(terms(question.title.vi), phrasebook, "vi")
    ]
    head = next((meanings for meanings in titled if meanings and not meanings <= NO_HEAD), set())
    title = {meaning for told, _ in core.values() for meaning in told.meanings}
    taking = {
        parameter.name: frozenset(
            meaning
            for language in core
            for piece in pieces(terms(parameter.description.in_(language)), phrasebook, language)
            for meaning, _ in piece.meanings
        )
        for parameter in question.parameters
    }
    return Profile(question, core, whole, frozenset(head), frozenset(title), taking)


def _further(question: Question, language: Language) -> Iterator[tuple[str, float]]:
    yield question.description.in_(language), _DESCRIPTION
    for parameter in question.parameters:
        yield parameter.description.in_(language), _PARAMETER
    for column in question.columns:
        if column.shown:
            yield column.label.in_(language), _COLUMN
