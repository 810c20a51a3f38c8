"""What a question module is about: its meanings and words, each with a weight, in each language.

Not for: comparing it with a question (`hpkg.understand.matching`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Final

from hpkg.understand.phrasebook import CLOSING, EMPTY
from hpkg.understand.term import Term, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.messages import Language
    from hpkg.questions import Question
    from hpkg.understand.naming import Names
    from hpkg.understand.phrasebook import Phrasebook

__all__ = ["Features", "Profile", "Profiles", "features"]

_TITLE: Final = 1.0
_NAME: Final = 0.8
_PARAMETER: Final = 0.5
_DESCRIPTION: Final = 0.35
_COLUMN: Final = 0.25


@dataclass(slots=True)
class Features:
    """What a text speaks of: meanings by key, and words that have none by stem, each with its weight.

    `words` keeps the terms of a stem, so that tones can be compared.
    """

    meanings: dict[str, float] = field(default_factory=dict)
    words: dict[str, dict[Term, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, other: Features, weight: float) -> None:
        """Take in what another text speaks of; of a feature in both, the heavier counts."""
        for meaning, sure in other.meanings.items():
            self.meanings[meaning] = max(self.meanings.get(meaning, 0), sure * weight)
        for stem, known in other.words.items():
            for term, sure in known.items():
                self.words[stem][term] = max(self.words[stem].get(term, 0), sure * weight)

    def keys(self) -> Iterator[str]:
        """Yield a key of each feature; meanings and words never share one."""
        yield from (f"={meaning}" for meaning in self.meanings)
        yield from self.words


def features(asked: tuple[Term, ...], phrasebook: Phrasebook, language: Language) -> Features:
    """Return what the words `asked` speak of, in `language`; empty words speak of nothing."""
    found = Features()
    covered: set[int] = set()
    for phrase in phrasebook.phrases(asked, language):
        meanings = dict(phrase.meanings)
        if CLOSING in meanings and phrase.last == len(asked) and phrase.first:
            meanings = {EMPTY: 1}
        meanings.pop(CLOSING, None)
        covered.update(range(phrase.first, phrase.last))
        if EMPTY in meanings and len(meanings) > 1 and meanings[EMPTY] < max(meanings.values()):
            del meanings[EMPTY]
        if EMPTY in meanings:
            continue
        for meaning, sure in meanings.items():
            found.meanings[meaning] = max(found.meanings.get(meaning, 0), sure)
    for place, term in enumerate(asked):
        if place not in covered:
            found.words[term.stem][_anywhere(term)] = 1
    return found


def _anywhere(term: Term) -> Term:
    """Return the same word of no place, so that two of them are one."""
    return Term(term.toned, term.folded, term.stem, 0, 0)


@dataclass(frozen=True, slots=True)
class Profile:
    """A question module and what it speaks of: `core` is its title, question and keywords, by language.

    `subject` holds the values that its title and question themselves name, by type.
    """

    question: Question
    core: dict[Language, Features]
    whole: Features
    subject: dict[str, frozenset[str]] = field(default_factory=dict)


class Profiles:
    """The profiles of all modules, and how telling each feature is among them."""

    def __init__(self, questions: Iterable[Question], phrasebook: Phrasebook) -> None:
        """Read the modules."""
        self.profiles = tuple(_profile(question, phrasebook) for question in questions)
        held: dict[str, int] = defaultdict(int)
        for profile in self.profiles:
            for key in set(profile.whole.keys()):
                held[key] += 1
        self._telling = {key: log(1 + len(self.profiles) / count) for key, count in held.items()}
        self._most = log(1 + len(self.profiles))

    def tell_subjects(self, names: Names) -> None:
        """Note which values the modules themselves speak of."""
        for profile in self.profiles:
            for language in profile.core:
                for text in (profile.question.title.in_(language), profile.question.question.in_(language)):
                    for mention in names.mentions(text, terms(text), language):
                        known = profile.subject.get(mention.type, frozenset())
                        profile.subject[mention.type] = known | {mention.value}

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
    core: dict[Language, Features] = {"vi": Features(), "en": Features()}
    for language, texts in core.items():
        for text in (question.title.in_(language), question.question.in_(language)):
            texts.add(features(terms(text), phrasebook, language), _TITLE)
    for keyword in question.keywords:
        language = phrasebook.language_of(terms(keyword))
        core[language].add(features(terms(keyword), phrasebook, language), _TITLE)
    for language, texts in core.items():
        whole.add(texts, 1)
        for text, weight in _further(question, language):
            whole.add(features(terms(text), phrasebook, language), weight)
    whole.add(features(terms(question.name), phrasebook, "en"), _NAME)
    return Profile(question, core, whole)


def _further(question: Question, language: Language) -> Iterator[tuple[str, float]]:
    yield question.description.in_(language), _DESCRIPTION
    for parameter in question.parameters:
        yield parameter.description.in_(language), _PARAMETER
    for column in question.columns:
        if column.shown:
            yield column.label.in_(language), _COLUMN
