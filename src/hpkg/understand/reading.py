"""A question in plain words, read: the module that answers it, the values of its parameters, and the next best.

Not for: answering it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from math import exp
from typing import TYPE_CHECKING, Any, Final

from hpkg.errors import CallerError
from hpkg.home import cache_folder
from hpkg.questions import all_questions
from hpkg.search.word import nearest
from hpkg.understand.finding import questions_version, search_index
from hpkg.understand.learnt import learnt
from hpkg.understand.matching import Asked, Match, Matcher
from hpkg.understand.naming import UNIT, Mention, Names
from hpkg.understand.phrasebook import EMPTY, MEASURED, Phrase, load_phrasebook
from hpkg.understand.profile import Piece, pieces
from hpkg.understand.term import Term, stem, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hpkg.home import Home
    from hpkg.messages import Language
    from hpkg.questions import Question
    from hpkg.store import Store

__all__ = ["Interpretation", "Reader", "Reading"]

_LEAST: Final = 3.9
"""Sense below which a question is more likely talk of something else."""
_SURE: Final = 1.5
"""A lead over the next best below which the next best are told: it is e^1.5 times as likely."""
_LEAST_SAID: Final = 1.6
"""A weight of all that is said below which too little is asked, unless one module alone speaks of it."""
_ALONE: Final = 1.0
"""A lead over the next best above which a module alone speaks of what is said."""
_SHOWN: Final = 3
_UNLIKELY: Final = 0.01
"""A share below which another meaning is not told."""
_STRANGE: Final = 1.6
"""What a word that neither the graph nor any module has takes from the sense of a question."""
_MOST_WORDS: Final = 64
_LEAST_LETTERS: Final = 4
_SLIP: Final = 0.8
_LONGEST_PART: Final = 4
_SAID_ALONE: Final = ("concept:direction", "concept:project-kind")
"""Types of values that a single syllable without marks may name."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What a question may mean.

    Attributes:
        question: The module that answers it.
        parameters: The value of each parameter that the words name, as `ask` takes it.
        labels: The names of those values.
        score: How likely it is beside all other modules, from 0 to 1.
    """

    question: Question
    parameters: dict[str, str]
    labels: dict[str, str]
    score: float

    @property
    def call(self) -> str:
        """Return what to write after `hpkg ask` to ask the same: `tasks-by-pillar --pillar port-logistics`."""
        options = {parameter.name: parameter.option for parameter in self.question.parameters}
        given = (f"{options[name]} {_quoted(value)}" for name, value in self.parameters.items())
        return " ".join((self.question.name, *given))


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with what it may mean, the likeliest first.

    Attributes:
        text: The question.
        language: The language it is in.
        best: What it means, as far as can be told.
        others: The next best, at most two; they matter when it is not sure.
        sure: `best` stands clearly before the others.
        mended: Words that were taken for another, as slips.
    """

    text: str
    language: Language
    best: Interpretation
    others: tuple[Interpretation, ...]
    sure: bool
    mended: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as JSON-able values."""
        return {
            "text": self.text,
            "language": self.language,
            "sure": self.sure,
            "mended": dict(self.mended),
            "interpretations": [
                {
                    "question": each.question.name,
                    "parameters": each.parameters,
                    "labels": each.labels,
                    "call": each.call,
                    "score": round(each.score, 3),
                }
                for each in (self.best, *self.others)
            ],
        }


class Reader:
    """Reads questions that can be asked of one graph."""

    def __init__(self, home: Home, store: Store) -> None:
        """Gather the words of the modules and the names of the graph."""
        questions = all_questions(home)
        content = f"{store.version[:32]}-{questions_version(home)[:16]}"
        # A store that tells no version may have other words tomorrow.
        known = learnt(cache_folder() if store.version else None, content, questions, partial(load_phrasebook, store))
        self._phrasebook = known.phrasebook
        self._index = search_index(home, store)
        self._names = Names(store, questions, self._index)
        self._matcher = Matcher(known.profiles, self._names, known.wordings, known.diction)
        self._stems = self._phrasebook.stems | known.profiles.stems | known.wordings.stems
        # The first letter is hardly ever the wrong one.
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._stems):
            self._by_letter[word[0]].append(word)

    def read(self, text: str, language: Language | None = None) -> Reading:
        """Return what `text` means, with the names of its values in `language`, else in its own.

        Raises:
            CallerError: There are no words, too many, or no module fits them.
        """
        asked, mended = self._asked(text)
        strange = sum(not self._is_known(piece.word) for piece in asked.pieces if piece.word)
        ranked = self._matcher.ranked(asked)
        best, *rest = ranked
        likely = _likely(ranked)
        lead = best.score - rest[0].score if rest else _SURE
        too_little = best.whole < _LEAST_SAID and lead < _ALONE
        if too_little or best.sense - strange * _STRANGE < _LEAST:
            near = ", ".join(one.profile.question.name for one in ranked[:2] if one.sense > _LEAST / 2)
            raise CallerError("ask-not-understood", where=text, near=near or "–")
        if best.missing:
            raise CallerError(
                "ask-incomplete",
                where=text,
                question=best.profile.question.name,
                option=best.missing[0].option,
                example=best.missing[0].example,
            )
        others = [one for one, share in zip(rest[: _SHOWN - 1], likely[1:], strict=False) if share >= _UNLIKELY]
        spoken = language or asked.language
        return Reading(
            text,
            asked.language,
            self._interpretation(best, likely[0], spoken),
            tuple(self._interpretation(one, share, spoken) for one, share in zip(others, likely[1:], strict=False)),
            lead >= _SURE,
            tuple(mended),
        )

    def _interpretation(self, one: Match, share: float, language: Language) -> Interpretation:
        given = self._names.reported(one.given)
        written = {parameter.name: self._names.written(mention, language) for parameter, mention in given}
        return Interpretation(
            one.profile.question,
            {name: value for name, (value, _) in written.items()},
            {name: label for name, (_, label) in written.items()},
            share,
        )

    def _asked(self, text: str) -> tuple[Asked, list[tuple[str, str]]]:
        said = terms(text)
        if not said:
            raise CallerError("search-empty")
        if len(said) > _MOST_WORDS:
            raise CallerError("search-too-long", count=len(said), most=_MOST_WORDS)
        said, mended = self._mended(text, said)
        language = self._phrasebook.language_of(said)
        phrases = list(self._phrasebook.phrases(said, language))
        empty = {place for p in phrases if EMPTY in dict(p.meanings) for place in range(p.first, p.last)}
        known = {place for p in phrases for place in range(p.first, p.last)}
        asking = {phrase.first for phrase in phrases if phrase.last - phrase.first == 1}
        named = list(self._names.mentions(said))
        mentions = [
            one
            for one in named
            if not _is_empty(one, phrases, empty) and not (language == "vi" and _is_syllable(one, said, asking))
        ]
        mentions += self._names.shortened(text, said, mentions)
        mentions += self._names.proper(text, said, named, known)
        mentions = [one for one in mentions if not any(_inside(one, other) for other in mentions)]
        mentions += self._names.of_kinds(mentions)
        asked_for = [one for one in self._asked_for(phrases) if not any(_inside(one, other) for other in mentions)]
        mentions = [one for one in mentions if not any(_same(one, other) for other in asked_for)] + asked_for
        mentions += self._parts(text, said, phrases, mentions, language)
        measured = {phrase.last for phrase in phrases if MEASURED in dict(phrase.meanings)}
        mentions = [one for one in mentions if one.first in measured or not self._names.counts(one)]
        firm = [one for one in mentions if one in asked_for or not known.issuperset(range(one.first, one.last))]
        spoken = tuple(
            piece for piece in pieces(said, self._phrasebook, language) if not any(_within(piece, one) for one in firm)
        )
        return Asked(said, language, spoken, tuple(mentions), frozenset(mentions) - frozenset(firm)), mended

    def _asked_for(self, phrases: Iterable[Phrase]) -> Iterator[Mention]:
        """Yield the values for which there are words to ask: `những bộ nào` are ministries, and none by its name."""
        for phrase in phrases:
            for meaning, sure in phrase.meanings:
                if value := self._phrasebook.values.get(meaning):
                    yield Mention(phrase.first, phrase.last, f"concept:{value.split('/')[-2]}", value, sure)

    def _parts(
        self, text: str, said: tuple[Term, ...], phrases: list[Phrase], named: list[Mention], language: Language
    ) -> list[Mention]:
        """Return the concepts of which words that belong to no phrase or long name are part, the longest parts."""
        known = {place for phrase in phrases for place in range(phrase.first, phrase.last)}
        things = (one for one in named if one.type.startswith("instance:") and one.last - one.first > 1)
        taken = {place for one in things for place in range(one.first, one.last)}
        unknown = set(range(len(said))) - known - taken
        # A short word of a name may also be a word of its own: `hội` of `xã hội` is `hỏi` without its marks.
        empty = {
            phrase.first for phrase in phrases if phrase.last - phrase.first == 1 and EMPTY in dict(phrase.meanings)
        }
        usable = unknown | (empty - taken if language == "vi" else set())
        found: list[Mention] = []
        for length in range(min(_LONGEST_PART, len(said)), 0, -1):
            for first in range(len(said) - length + 1):
                places = set(range(first, first + length))
                if not places <= usable or not places & unknown:
                    continue
                rivals = [one for one in (*named, *found) if places & set(range(one.first, one.last))]
                if any(_cross(places, one) or one.abbreviated or self._names.measures(one) for one in rivals):
                    continue
                parts = self._names.part(text, said, first, first + length, language)
                found += [part for part in parts if all(one.type != part.type for one in rivals)]
        return found

    def _is_known(self, term: Term) -> bool:
        forms = (term.folded, term.folded.removesuffix("s"), term.stem)
        return term.stem in self._stems or any(self._index.has_word(form) for form in forms)

    def _mended(self, text: str, said: tuple[Term, ...]) -> tuple[tuple[Term, ...], list[tuple[str, str]]]:
        """Return the words with slips taken for the word they are nearest to."""
        mended: list[tuple[str, str]] = []
        result: list[Term] = []
        for term in said:
            slip = len(term.folded) > _LEAST_LETTERS and term.folded.isalpha() and not self._is_known(term)
            near = nearest(term.stem, self._by_letter.get(term.folded[0], ()), 1, _SLIP) if slip else []
            near = [word for word in near if _is_slip(term.stem, word)]
            mended += [(text[term.start : term.end], word) for word in near]
            result += [replace(term, toned=word, folded=word, stem=stem(word)) for word in near] or [term]
        return tuple(result), mended


def _likely(ranked: Sequence[Match]) -> list[float]:
    """Return how likely each match is beside all others, in the same order."""
    shares = [exp(one.score - ranked[0].score) for one in ranked]
    return [share / sum(shares) for share in shares]


def _is_slip(said: str, meant: str) -> bool:
    """Tell whether a word is another but for one letter, or for two that changed places.

    >>> _is_slip("prject", "project"), _is_slip("serach", "search"), _is_slip("comput", "commit")
    (True, True, False)
    """
    begin = next((place for place, (one, other) in enumerate(zip(said, meant, strict=False)) if one != other), None)
    if begin is None:
        return abs(len(said) - len(meant)) <= 1
    one, other = said[begin:], meant[begin:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:] or one[1::-1] + one[2:] == other


def _is_empty(mention: Mention, phrases: Iterable[Phrase], empty: set[int]) -> bool:
    """Tell whether a name is but words that say nothing: one of them, or one phrase of them."""
    places = set(range(mention.first, mention.last))
    if len(places) > 1 and mention.type.startswith("instance:"):
        return any(EMPTY in dict(one.meanings) and places <= set(range(one.first, one.last)) for one in phrases)
    return places <= empty


def _is_syllable(mention: Mention, said: Sequence[Term], asking: set[int]) -> bool:
    """Tell whether a name is one short syllable without marks: of Vietnamese that may be a dozen words.

    A kind or direction for which people also have words to ask may be meant: `giam`, `cau`.
    """
    if mention.first in asking and mention.type in _SAID_ALONE:
        return False
    word = said[mention.first]
    alone = mention.last - mention.first == 1 and word.folded.isalpha() and len(word.folded) <= _LEAST_LETTERS
    return alone and not word.marked and not mention.abbreviated


def _same(mention: Mention, other: Mention) -> bool:
    """Tell whether two mentions are of one type and share words."""
    return mention.type == other.type and mention.first < other.last and other.first < mention.last


def _inside(mention: Mention, longer: Mention) -> bool:
    """Tell whether a name is part of a longer one that is said in full."""
    return (
        longer.first <= mention.first
        and mention.last <= longer.last
        and longer.last - longer.first > mention.last - mention.first
        and mention.type not in {"year", "integer"}
        and longer.type != UNIT
    )


def _cross(places: set[int], mention: Mention) -> bool:
    """Tell whether a stretch and a name share words, and neither holds the other."""
    other = set(range(mention.first, mention.last))
    return not (places <= other or other <= places)


def _within(piece: Piece, mention: Mention) -> bool:
    """Tell whether a word is one of a name, or a phrase part of a longer name."""
    inside = mention.first <= piece.first and piece.last <= mention.last
    return inside and (piece.word is not None or piece.last - piece.first < mention.last - mention.first)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
