"""Which modules use the words of a question more than others do.

A wording is like a question when they share most of their words; here each word counts for itself, wherever in the
texts of a module it stands: `bặt tin` of one wording and `công trình` of another speak for the same module. Not for:
how like a question is to one wording (`hpkg.understand.wording`).
"""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING, Final, Self

from hpkg.understand.term import terms
from hpkg.understand.wording import said_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hpkg.questions import Question
    from hpkg.understand.term import Term

__all__ = ["Diction"]

_PAIR: Final = 0.5
"""What two words that follow each other count beside a single one."""
_DESCRIPTION: Final = 0.25
"""What a word of a description counts beside one of a wording."""
_OWN: Final = 0.8
"""How far a module is taken at its own words; the rest may be any word."""
_SEEN: Final = 0.5
_UNSEEN: Final = 1000.0
"""So that a word which few texts have is not taken for more than it tells."""
_DIGITS: Final = 5
"""What is kept of a figure; more would only be read more slowly."""
_BEGIN: Final = "^"
_END: Final = "$"


class Diction:
    """The words of all modules.

    Args:
        names: The names of the modules.
        gain: For each word what it adds for each module that uses it.
    """

    def __init__(self, names: Sequence[str], gain: Mapping[str, Sequence[tuple[str, float]]]) -> None:
        """Keep what was counted."""
        self.names = names
        self.gain = gain

    @classmethod
    def of(cls, questions: Iterable[Question]) -> Self:
        """Return the words of these modules."""
        counted: dict[str, dict[str, float]] = {}
        for question in questions:
            heard: dict[str, float] = defaultdict(float)
            for words, weight in _texts(question):
                for feature, count in _features(words).items():
                    heard[feature] += count * weight
            counted[question.name] = heard
        every: dict[str, float] = defaultdict(float)
        for own in counted.values():
            for feature, often in own.items():
                every[feature] += often
        whole = sum(every.values()) + _UNSEEN
        gain: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for name, own in counted.items():
            size = sum(own.values())
            for feature, count in own.items():
                more = (count / size) / ((every[feature] + _SEEN) / whole)
                gain[feature].append((name, round(log(_OWN * more / (1 - _OWN) + 1), _DIGITS)))
        return cls(list(counted), dict(gain))

    def favours(self, said: Sequence[Term]) -> dict[str, float]:
        """Return for each module how much more it uses the words of a question than all modules do.

        It is the mean over the words of the logarithm of how many times as often; below 0 is less often. In `said` a
        slot stands where a value is named.
        """
        features = _features(said)
        length = sum(features.values())
        gained: dict[str, float] = dict.fromkeys(self.names, 0.0)
        for feature, count in features.items():
            for name, gain in self.gain.get(feature, ()):
                gained[name] += count * gain
        return {name: gain / length + log(1 - _OWN) if length else 0.0 for name, gain in gained.items()}


def _texts(question: Question) -> Iterator[tuple[Sequence[Term], float]]:
    for _, words in said_of(question):
        yield words, 1
    for keyword in question.keywords:
        yield terms(keyword), 1
    for text in (question.description, *(parameter.description for parameter in question.parameters)):
        yield terms(text.vi), _DESCRIPTION
        yield terms(text.en), _DESCRIPTION


def _features(said: Sequence[Term]) -> Mapping[str, float]:
    """Return the words of a text by their stems, and those that follow each other, with how often they stand there."""
    stems = [term.stem for term in said]
    found: dict[str, float] = defaultdict(float)
    for stem in stems:
        found[stem] += 1
    for one, other in zip([_BEGIN, *stems], [*stems, _END], strict=True):
        found[f"{one} {other}"] += _PAIR
    return found
