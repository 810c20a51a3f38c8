"""How like a question is to the wordings that modules give as ways to ask for them.

A wording is compared whole: its meanings and words, which of them follow each other, and the words as they stand, each
the heavier the fewer modules have it. A value counts as the type of the parameter that takes it. Only the nearest
wordings of a module count, so that those of one module need not be like each other. Not for: what a module's own texts
speak of (`hpkg.understand.matching`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING, Final, Self

from hpkg.understand.profile import pieces
from hpkg.understand.term import Term, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hpkg.messages import Language
    from hpkg.questions import Question
    from hpkg.understand.phrasebook import Phrasebook

__all__ = ["SHARES", "Counted", "Shares", "Wordings", "said_of", "slot"]

_SLOT: Final = re.compile(r"\{(\w+)\}")
_DIGITS: Final = 5
"""What is kept of a weight; more would only be read more slowly."""
_BEGIN: Final = "^"
_END: Final = "$"


@dataclass(frozen=True, slots=True)
class Shares:
    """What counts how much in a wording; set by asking for each wording while it is left out.

    Attributes:
        meaning: A meaning.
        word: A word of no group.
        following: Two meanings or words that follow each other, empty words left out.
        raw: A word as it stands, empty ones too: they tell `who` from `where`.
        pair: Two such words that follow each other.
        telling: The power of how telling a feature is.
        second: What the second nearest wording counts beside the nearest.
    """

    meaning: float = 1.0
    word: float = 0.7
    following: float = 0.6
    raw: float = 0.3
    pair: float = 0.2
    telling: float = 0.8
    second: float = 0.3


SHARES: Final = Shares()


def slot(type_: str) -> Term:
    """Return the word that stands for a value of a type of parameters; no text has it."""
    return Term(f"{{{type_}}}", f"{{{type_}}}", f"{{{type_}}}", 0, 0)


@dataclass(frozen=True, slots=True)
class Counted:
    """What wordings hold.

    Attributes:
        owners: The module of each wording, by its place.
        telling: How telling each feature is: the fewer modules have it, the more.
        most: The same for one that none has.
        held: For each feature the places of the wordings that have it, with its weight there.
    """

    owners: list[str]
    telling: dict[str, float]
    most: float
    held: Mapping[str, Sequence[tuple[int, float]]]

    def weighed(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the features by how telling they are, at length one."""
        weights = {feature: share * self.telling.get(feature, self.most) for feature, share in features.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1
        return {feature: weight / length for feature, weight in weights.items()}


class Wordings:
    """The wordings of all modules.

    Args:
        counted: What was counted in them.
        phrasebook: The words people ask with.
        shares: What counts how much.
    """

    def __init__(self, counted: Counted, phrasebook: Phrasebook, shares: Shares = SHARES) -> None:
        """Keep what comparing needs."""
        self.counted = counted
        self._phrasebook = phrasebook
        self._shares = shares

    @classmethod
    def of(cls, questions: Iterable[Question], phrasebook: Phrasebook, shares: Shares = SHARES) -> Self:
        """Return the wordings of these modules; title and question of each are wordings too."""
        owners: list[str] = []
        told: list[dict[str, float]] = []
        modules: dict[str, set[str]] = defaultdict(set)
        for question in questions:
            for language, said in said_of(question):
                told.append(_features(said, language, phrasebook, shares))
                owners.append(question.name)
                for feature in told[-1]:
                    modules[feature].add(question.name)
        count = len(set(owners))
        telling = {feature: log(1 + count / len(having)) ** shares.telling for feature, having in modules.items()}
        held: dict[str, list[tuple[int, float]]] = defaultdict(list)
        counted = Counted(owners, telling, log(1 + count) ** shares.telling, held)
        for place, features in enumerate(told):
            for feature, weight in counted.weighed(features).items():
                held[feature].append((place, round(weight, _DIGITS)))
        return cls(counted, phrasebook, shares)

    @property
    def stems(self) -> frozenset[str]:
        """Return the stem of every word that a wording has."""
        return frozenset(feature[1:] for feature in self.counted.held if feature[0] == "_" and feature[1] != "{")

    def likeness(self, asked: Sequence[Term], language: Language) -> dict[str, float]:
        """Return how like a question is to the nearest wordings of each module that has any word of it, from 0 to 1.

        In `asked` a slot stands where a value is named.
        """
        shared: dict[int, float] = defaultdict(float)
        features = _features(asked, language, self._phrasebook, self._shares)
        for feature, weight in self.counted.weighed(features).items():
            for place, held in self.counted.held.get(feature, ()):
                shared[place] += weight * held
        nearest: dict[str, tuple[float, float]] = {}
        for place, like in shared.items():
            owner = self.counted.owners[place]
            first, second = nearest.get(owner, (0.0, 0.0))
            nearest[owner] = (max(first, like), max(second, min(first, like)))
        part = self._shares.second
        return {owner: (first + part * second) / (1 + part) for owner, (first, second) in nearest.items()}


def _features(said: Sequence[Term], language: Language, phrasebook: Phrasebook, shares: Shares) -> dict[str, float]:
    found: dict[str, float] = {}
    content = [_BEGIN]
    for piece in pieces(said, phrasebook, language):
        for meaning, sure in piece.meanings:
            found[f"={meaning}"] = max(sure * shares.meaning, found.get(f"={meaning}", 0))
        if piece.word:
            found[piece.word.stem] = shares.word
        content.append(piece.word.stem if piece.word else f"={max(piece.meanings, key=lambda one: one[1])[0]}")
    for one, other in zip(content, [*content[1:], _END], strict=True):
        found[f"{one}>{other}"] = shares.following
    stems = [term.stem for term in said]
    for one, other in zip([_BEGIN, *stems], [*stems, _END], strict=True):
        found[f"{one} {other}"] = shares.pair
    for one in stems:
        found[f"_{one}"] = shares.raw
    return found


def said_of(question: Question) -> Iterator[tuple[Language, tuple[Term, ...]]]:
    """Yield the words of every wording of a module, its title and question first, with their language.

    A slot stands for each parameter that is named.
    """
    types = {parameter.name: parameter.type for parameter in question.parameters}
    for language, said in _said(question):
        yield language, tuple(_terms(said, types))


def _said(question: Question) -> Iterator[tuple[Language, str]]:
    for text in (question.title, question.question):
        yield "vi", text.vi
        yield "en", text.en
    yield from question.wordings


def _terms(said: str, types: Mapping[str, str]) -> Iterator[Term]:
    """Yield the words of a wording, with a slot for each parameter it names."""
    for place, part in enumerate(_SLOT.split(said)):
        if place % 2:
            yield slot(types[part])
        else:
            yield from terms(part)
