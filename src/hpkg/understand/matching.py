"""How well a question module fits a question: what of the question it accounts for, and what of itself is asked for.

Not for: finding words or names in the question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

from hpkg.understand.naming import PART
from hpkg.understand.profile import NO_HEAD, Piece
from hpkg.understand.term import likeness, terms
from hpkg.understand.wording import slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.messages import Language
    from hpkg.questions import Parameter
    from hpkg.understand.diction import Diction
    from hpkg.understand.naming import Mention, Names
    from hpkg.understand.profile import Features, Profile, Profiles
    from hpkg.understand.term import Term
    from hpkg.understand.wording import Wordings

__all__ = ["POLAR", "WEIGHTS", "Asked", "Match", "Matcher", "Weights"]


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much; set by the tuning part of the paraphrases.

    Attributes:
        named: A value that the question names; a meaning that only one module has counts about four.
        year: The same for a year, which many modules take.
        said: The part of it for a module that has no parameter for the value, and has its name in its words.
        filled: The part of words that the module takes as a value, where they may just as well be common words.
        two: The part of it for a module that takes such a value, when the question names two.
        word: A word of no group, in Vietnamese (a syllable) and in English.
        unknown: A word that no module has.
        own: The part of the score that depends on how much of the module's own title or question is asked for.
        head: What is taken away when the question does not speak of what the module lists.
        first: What is taken away when the question begins with another thing than the module lists.
        polar: What is taken away when one of both speaks of what is absent, failed or gone, and the other does not.
        bare: The part that is left when nothing is accounted for but names, and they are not sure.
        fit: What the fit counts for the score; this and what follows are those under which the right module is
            likeliest when each wording is asked for while it is left out.
        like: What the likeness to the wordings counts for the score.
        favoured: What it counts for the score that a module uses the words of the question more than others do.
        lacking: What is taken from the score for each required value that is not named.
        sense_fit: What the fit counts for there being sense in the question, whichever module is meant; this and the
            next two are those that tell wordings that are left out from talk of other things.
        sense_like: What the likeness counts for it.
        sense_favoured: What the words count for it.
        sense_bare: What is taken from it when nothing is accounted for but names, and they are not sure.
    """

    named: float = 4.0
    year: float = 1.0
    said: float = 0.6
    filled: float = 0.95
    two: float = 0.6
    word_vi: float = 0.5
    word_en: float = 1.0
    unknown: float = 1.2
    own: float = 0.4
    head: float = 0.2
    first: float = 0.1
    polar: float = 0.12
    bare: float = 0.6
    fit: float = 4.1
    like: float = 7.8
    favoured: float = 2.3
    lacking: float = 2.0
    sense_fit: float = 3.2
    sense_like: float = 6.1
    sense_favoured: float = 2.2
    sense_bare: float = 3.6


WEIGHTS: Final = Weights()
_Compared: TypeAlias = "tuple[dict[str, float], dict[str, float]]"
"""How like words are to the wordings of each module, and how much each favours them."""
_BOTH: Final = 0.2
_SURE: Final = 0.88
"""A mention below this is a part of a name, or names what no report speaks of."""
_COUNTING: Final = frozenset({"count"})
"""Meanings that say what is to be done with what is listed."""
POLAR: Final = ("without", "missed", "conflict")
"""Meanings that turn a question round."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart.

    Attributes:
        terms: Its words.
        language: Its language.
        pieces: What it speaks of, but for the words of firm mentions.
        mentions: The values it names.
        weak: Those of them whose words may just as well mean no value: `kế hoạch`, `results`.
    """

    terms: tuple[Term, ...]
    language: Language
    pieces: tuple[Piece, ...]
    mentions: tuple[Mention, ...]
    weak: frozenset[Mention]

    @property
    def meanings(self) -> frozenset[str]:
        """Return everything it may speak of."""
        return frozenset(meaning for piece in self.pieces for meaning, _ in piece.meanings)

    @property
    def first(self) -> frozenset[str]:
        """Return what it speaks of first: what it asks for, most often."""
        told = (frozenset(meaning for meaning, _ in piece.meanings) for piece in self.pieces if piece.meanings)
        return next((meanings for meanings in told if not meanings <= NO_HEAD), frozenset())

    @property
    def toned(self) -> bool:
        """Tell whether the question is written with tones."""
        return any(term.marked for term in self.terms)


@dataclass(frozen=True, slots=True)
class Match:
    """A module that fits a question, with what in its parameters, and what it lacks.

    `fit` tells how well, from 0 to 1; `score` how it stands before the others: one more by 1 is e times as likely;
    `sense` in the same way how likely it is that any module is meant. `whole` is the weight of all that is said, `bare`
    that only names are accounted for, and they are not sure.
    """

    profile: Profile
    score: float
    sense: float
    fit: float
    given: tuple[tuple[Parameter, Mention], ...]
    missing: tuple[Parameter, ...]
    whole: float
    bare: bool


class Matcher:
    """Compares questions with modules.

    Args:
        profiles: The modules.
        names: The values that their parameters take.
        wordings: Ways to ask for them.
        diction: The words that they use.
        weights: What counts how much.
    """

    def __init__(
        self, profiles: Profiles, names: Names, wordings: Wordings, diction: Diction, weights: Weights = WEIGHTS
    ) -> None:
        """Keep what comparing needs."""
        self._profiles = profiles
        self._names = names
        self._wordings = wordings
        self._diction = diction
        self._weights = weights
        self._subjects: dict[str, dict[str, frozenset[str]]] = {}
        self._words: dict[str, frozenset[str]] = {}

    def ranked(self, asked: Asked) -> list[Match]:
        """Return every module with how well it fits, the best first."""
        told = [self.match(asked, profile) for profile in self._profiles.profiles]
        known: dict[tuple[Term, ...], _Compared] = {}
        found = [self._worded(match, asked, known) for match in told]
        return sorted(found, key=lambda one: (-one.score, one.profile.question.name))

    def _worded(self, match: Match, asked: Asked, known: dict[tuple[Term, ...], _Compared]) -> Match:
        """Return a match that also counts how like the question is to the wordings and words of the module.

        A value that may just as well be a common word is compared as either. `known` keeps what was compared.
        """
        weights, name = self._weights, match.profile.question.name
        worded, favoured = -1.0, 0.0
        firm = tuple(one for one in match.given if one[1] not in asked.weak)
        filled = {parameter for parameter, _ in match.given}
        several = tuple(
            (parameter, mention)
            for parameter in match.profile.question.parameters
            for mention in asked.mentions
            if parameter not in filled and mention.type == parameter.type and mention not in asked.weak
        )
        for given in {match.given, firm}:
            said = _slotted(asked.terms, (*given, *several))
            if said not in known:
                known[said] = self._wordings.likeness(said, asked.language), self._diction.favours(said)
            like, favours = known[said]
            worded, favoured = max((worded, favoured), (like.get(name, 0.0), favours[name]))
        worded *= weights.bare if match.bare else 1
        score = weights.fit * match.fit + weights.like * worded + weights.favoured * favoured
        score -= weights.lacking * len(match.missing)
        sense = weights.sense_fit * match.fit + weights.sense_like * worded + weights.sense_favoured * favoured
        sense -= weights.sense_bare * match.bare
        return replace(match, score=score, sense=sense)

    def match(self, asked: Asked, profile: Profile) -> Match:
        """Return how well `profile` fits the question."""
        weights = self._weights
        given = tuple(self._given(asked, profile))
        taken = {mention for _, mention in given}
        held, whole = self._spoken(asked, profile, taken)
        bare = not held and any(mention.sure < _SURE for mention in taken)
        for weight, part in self._named(asked, profile, taken):
            held += weight * part
            whole += weight
        filled = {parameter for parameter, _ in given}
        missing = tuple(one for one in profile.question.parameters if one.required and one not in filled)
        own = self._own(asked, profile, given)
        score = (held / whole if whole else 0) * (1 - weights.own + weights.own * own)
        score *= self._fitting(asked, profile, given) * (weights.bare if bare else 1)
        return Match(profile, 0.0, 0.0, score, given, missing, whole, bare)

    def _given(self, asked: Asked, profile: Profile) -> list[tuple[Parameter, Mention]]:
        """Return the value of each parameter that the question names once; two different values are none."""
        given: list[tuple[Parameter, Mention]] = []
        for parameter in profile.question.parameters:
            used = {place for _, mention in given for place in range(mention.first, mention.last)}
            named = [m for m in asked.mentions if m.type == parameter.type and used.isdisjoint(range(m.first, m.last))]
            named = [mention for mention in named if not self._describes(mention, asked)]
            firm = [mention for mention in named if mention not in asked.weak]
            if parameter.type == "year" and len({mention.value for mention in firm}) > 1:
                firm = self._years_of(firm, asked, profile.taking[parameter.name]) or firm
            weak = [m for m in named if m in asked.weak and self._selects(m, asked, profile)]
            for some in (firm, weak):
                if some and len({mention.value for mention in some}) == 1:
                    given.append((parameter, max(some, key=lambda mention: mention.sure)))
                if some:
                    break
        return given

    @staticmethod
    def _years_of(years: Sequence[Mention], asked: Asked, meant: frozenset[str]) -> list[Mention]:
        """Return the years said of what a parameter is about: the first of `mục tiêu 2021 so với kết quả 2020`.

        A year is said of what stands nearest: before it, or in English after it as well.
        """
        found = []
        for year in years:
            told = [
                (year.first - piece.last if piece.last <= year.first else piece.first - year.last, piece)
                for piece in asked.pieces
                if piece.meanings and (piece.last <= year.first or asked.language == "en")
            ]
            nearest = min(told, key=lambda one: one[0], default=None)
            if nearest and meant & {meaning for meaning, _ in nearest[1].meanings}:
                found.append(year)
        return found

    @staticmethod
    def _describes(mention: Mention, asked: Asked) -> bool:
        """Tell whether a kind stands beside a name and says what that is: `nghị quyết 50-NQ/TW`, `Cat Hai district`."""
        return not mention.type.startswith("instance:") and any(
            one.type.startswith("instance:") and (one.first == mention.last or one.last == mention.first)
            for one in asked.mentions
        )

    def _fitting(self, asked: Asked, profile: Profile, given: Sequence[tuple[Parameter, Mention]]) -> float:
        """Return what is left of a score when the question lists other things, or denies where the module affirms."""
        weights = self._weights
        firm = (parameter.name for parameter, mention in given if mention not in asked.weak)
        meant = asked.meanings.union(*(profile.taking[name] for name in firm))
        left = 1.0
        if profile.head and not profile.head & meant:
            left *= 1 - weights.head
        if asked.first and not asked.first & profile.head:
            left *= 1 - weights.first
        for polar in POLAR:
            if (polar in profile.title) != (polar in asked.meanings):
                left *= 1 - weights.polar
        return left

    def _selects(self, mention: Mention, asked: Asked, profile: Profile) -> bool:
        """Tell whether a weak name chooses a value, and is not just what the title of the module speaks of."""
        within = [one for one in asked.pieces if one.first < mention.last and mention.first < one.last]
        words = {meaning for piece in within for meaning, _ in piece.meanings}
        if words and words <= _COUNTING:
            return False
        # `Causes stated` says more than `causes`.
        said = {place for piece in within for place in range(piece.first, piece.last)}
        longer = not said.issuperset(range(mention.first, mention.last))
        if len(within) > 1 or longer or not words & profile.title:
            return True
        stems = {term.stem for term in asked.terms[mention.first : mention.last]}
        if mention.type.endswith("-kind") and stems.isdisjoint(self._own_words(profile)):
            return True  # `laws` where documents are listed
        question = profile.question
        if question.name not in self._subjects:
            self._subjects[question.name] = self._names.subjects((question.title.vi, question.title.en))
        titled = self._subjects[question.name].get(mention.type, frozenset())
        if mention.value not in titled:
            return False
        # `Rising and falling` speaks of all there are, so that one of them is a choice.
        return len(titled) > 1 if mention.type.startswith("sub") else self._names.are_all(mention.type, titled)

    def _own_words(self, profile: Profile) -> frozenset[str]:
        """Return the stems of all words in the title and the question of a module."""
        question = profile.question
        if question.name not in self._words:
            texts = (question.title.vi, question.title.en, question.question.vi, question.question.en)
            self._words[question.name] = frozenset(term.stem for text in texts for term in terms(text))
        return self._words[question.name]

    def _spoken(self, asked: Asked, profile: Profile, taken: set[Mention]) -> tuple[float, float]:
        """Return how much of what the question speaks of is held by the module, and how much there is."""
        held = whole = 0.0
        filled = {place for mention in taken & asked.weak for place in range(mention.first, mention.last)}
        for piece in asked.pieces:
            weight, part = self._weighed(piece, asked, profile.whole)
            if filled.issuperset(range(piece.first, piece.last)):
                part = max(part, self._weights.filled)
            held += weight * part
            whole += weight
        return held, whole

    def _weighed(self, piece: Piece, asked: Asked, told: Features) -> tuple[float, float]:
        """Return how much a piece says, and the part of it that is told."""
        telling = self._profiles.telling
        if not piece.word:
            weight = max(telling(f"={meaning}") * sure for meaning, sure in piece.meanings)
            held = max(
                telling(f"={meaning}") * sure * told.meanings.get(meaning, 0) for meaning, sure in piece.meanings
            )
            return weight, held / weight
        stem = piece.word.stem
        weight = telling(stem) if self._profiles.known(stem) else self._weights.unknown
        weight *= self._weights.word_vi if asked.language == "vi" else self._weights.word_en
        known = told.words.get(stem, {}).items()
        return weight, max((likeness(piece.word, term, in_toned=asked.toned) * part for term, part in known), default=0)

    def _named(self, asked: Asked, profile: Profile, taken: set[Mention]) -> list[tuple[float, float]]:
        """Return for each stretch that firmly names something its weight, and the part the module accounts for."""
        firm = [mention for mention in asked.mentions if mention not in asked.weak]
        spans = {(mention.first, mention.last) for mention in firm}
        found = []
        for first, last in spans:
            if any(one != (first, last) and one[0] <= first and last <= one[1] for one in spans):
                continue  # part of a longer name
            within = [mention for mention in firm if first <= mention.first and mention.last <= last]
            told = [self._told(asked, place, profile, taken & set(within)) for place in range(first, last)]
            if any(self._takes(profile, mention) for mention in within):
                told = [max(part, self._weights.two) for part in told]
            found.append((self._weight(asked, within, profile, taken), sum(told) / len(told)))
        return found

    @staticmethod
    def _takes(profile: Profile, mention: Mention) -> bool:
        """Tell whether a module would take a value, were there not two of them."""
        return any(parameter.type == mention.type for parameter in profile.question.parameters)

    def _told(self, asked: Asked, place: int, profile: Profile, taken: set[Mention]) -> float:
        """Return how far a module accounts for a word of a name: it takes the value, or has the word."""
        sure = max((mention.sure for mention in taken if mention.first <= place < mention.last), default=0.0)
        term = asked.terms[place]
        held = 0.0 if term.folded.isdecimal() else self._weights.said * bool(profile.whole.words.get(term.stem))
        return max(sure, held)

    def _weight(self, asked: Asked, within: list[Mention], profile: Profile, taken: set[Mention]) -> float:
        """Return how much a name counts; part of a name counts as words for a module that does not take the value."""
        if all(mention.type in {"year", "integer"} for mention in within):
            return self._weights.year
        if taken & set(within) or any(mention.sure > PART for mention in within):
            return self._weights.named
        places = {place for mention in within for place in range(mention.first, mention.last)}
        words = (Piece(place, place + 1, (), asked.terms[place]) for place in places)
        return min(self._weights.named, sum(self._weighed(word, asked, profile.whole)[0] for word in words))

    def _own(self, asked: Asked, profile: Profile, given: Sequence[tuple[Parameter, Mention]]) -> float:
        """Return how much of the module's own title or question is asked for, whichever is more.

        Who names a value asks for what its parameter is about: `Cát Hải` is a district.
        """
        named = {asked.terms[place].stem for _, mention in given for place in range(mention.first, mention.last)}
        firm = (parameter.name for parameter, mention in given if mention not in asked.weak)
        meant = asked.meanings.union(*(profile.taking[name] for name in firm))
        said = {piece.word.stem for piece in asked.pieces if piece.word} | named
        shares = [self._share(told, meant, said) for told in profile.core[asked.language]]
        return (1 - _BOTH) * max(shares) + _BOTH * min(shares)

    def _share(self, told: Features, meant: frozenset[str], said: set[str]) -> float:
        held = whole = 0.0
        for meaning, sure in told.meanings.items():
            weight = self._profiles.telling(f"={meaning}") * sure
            held += weight * (meaning in meant)
            whole += weight
        for stem in told.words:
            weight = self._profiles.telling(stem) * self._weights.word_vi
            held += weight * (stem in said)
            whole += weight
        return held / whole if whole else 0.0


def _slotted(said: tuple[Term, ...], given: Sequence[tuple[Parameter, Mention]]) -> tuple[Term, ...]:
    """Return the words of a question with a slot where a value stands."""
    result = list(said)
    first = len(said)
    for parameter, mention in sorted(given, key=lambda one: -one[1].last):
        if mention.last <= first:
            first = mention.first
            result[mention.first : mention.last] = [slot(parameter.type)]
    return tuple(result)
