"""How well a question module fits a question: what of the question it accounts for, and what of itself is asked for.

Not for: finding words or names in the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.understand.profile import Features, Profile, Profiles
from hpkg.understand.term import likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.messages import Language
    from hpkg.questions import Parameter
    from hpkg.understand.naming import Mention
    from hpkg.understand.term import Term

__all__ = ["Asked", "Match", "match"]

_NAMED: Final = 2.0
"""How much a value that the question names counts; a telling word of one module in fifty counts about four."""
_YEAR: Final = 0.8
_WEAK: Final = 0.7
_NAMED_IN_WORDS: Final = 0.6
"""What part of that a module gets which has no parameter for the value, and whose words hold its name."""
_WORD: Final = 0.6
_UNKNOWN: Final = 0.5
_OWN: Final = 0.35
"""Part of the score that depends on how much of the module's own words is asked for."""
_MISSING: Final = 0.4
_MOST: Final = 4.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart.

    Attributes:
        terms: Its words.
        language: Its language.
        features: What it speaks of, but for what it names.
        mentions: The values it names.
        weak: Those of them whose words may just as well mean no value: `kế hoạch`, `results`.
    """

    terms: tuple[Term, ...]
    language: Language
    features: Features
    mentions: tuple[Mention, ...]
    weak: frozenset[Mention]

    @property
    def toned(self) -> bool:
        """Tell whether the question is written with tones."""
        return any(term.marked for term in self.terms)


@dataclass(frozen=True, slots=True)
class Match:
    """A module that fits a question: how well, from 0 to 1, with what in its parameters, and what it lacks."""

    profile: Profile
    score: float
    given: tuple[tuple[Parameter, Mention], ...]
    missing: tuple[Parameter, ...]


def match(asked: Asked, profile: Profile, profiles: Profiles) -> Match:
    """Return how well `profile` fits the question."""
    given = tuple(_given(asked, profile))
    taken = {mention for _, mention in given}
    held, whole = _features(asked, profile, profiles)
    for weight, part in _named(asked, profile, taken):
        held += weight * part
        whole += weight
    missing = tuple(
        parameter
        for parameter in profile.question.parameters
        if parameter.required and all(parameter != filled for filled, _ in given)
    )
    score = (held / whole if whole else 0) * (1 - _OWN + _OWN * _own(asked, profile, profiles, taken))
    return Match(profile, score * _MISSING ** len(missing), given, missing)


def _given(asked: Asked, profile: Profile) -> list[tuple[Parameter, Mention]]:
    """Return the value of each parameter that the question names once; two different values are none."""
    given: list[tuple[Parameter, Mention]] = []
    for parameter in profile.question.parameters:
        named = [mention for mention in asked.mentions if mention.type == parameter.type]
        named = [mention for mention in named if mention not in {used for _, used in given}]
        firm = [mention for mention in named if mention not in asked.weak]
        weak = [mention for mention in named if mention in asked.weak and _selects(mention, profile, named)]
        for some in (firm, weak):
            if some and len({mention.value for mention in some}) == 1:
                given.append((parameter, some[0]))
            if some:
                break
    return given


def _selects(mention: Mention, profile: Profile, named: Sequence[Mention]) -> bool:
    """Tell whether a weak name chooses among values that the module tells apart, and is not just its subject."""
    del named
    return mention.value not in profile.subject.get(mention.type, frozenset()) or len(profile.subject[mention.type]) > 1


def _features(asked: Asked, profile: Profile, profiles: Profiles) -> tuple[float, float]:
    """Return how much of what the question speaks of is held by the module, and how much there is."""
    held = whole = 0.0
    for meaning, sure in asked.features.meanings.items():
        weight = profiles.telling(f"={meaning}") * sure
        held += weight * profile.whole.meanings.get(meaning, 0)
        whole += weight
    for stem, said in asked.features.words.items():
        known = profile.whole.words.get(stem, {})
        (term,) = list(said)[:1]
        weight = (profiles.telling(stem) if profiles.known(stem) else _MOST * _UNKNOWN) * _WORD
        held += weight * max((likeness(term, other, in_toned=asked.toned) * w for other, w in known.items()), default=0)
        whole += weight
    return held, whole


def _named(asked: Asked, profile: Profile, taken: set[Mention]) -> list[tuple[float, float]]:
    """Return for each stretch that names something its weight, and the part that the module accounts for."""
    spans: dict[tuple[int, int], tuple[float, float]] = {}
    for mention in asked.mentions:
        span = (mention.first, mention.last)
        if any(other.first <= span[0] and span[1] <= other.last and other != mention and
               (other.last - other.first) > (span[1] - span[0]) and other not in asked.weak for other in asked.mentions):
            continue
        weight = _NAMED * (_WEAK if mention in asked.weak else 1) * (_YEAR if mention.type == "year" else 1)
        part = mention.sure if mention in taken else 0.0
        if not part and mention.type not in {"year", "integer"}:
            words = asked.terms[mention.first : mention.last]
            part = _NAMED_IN_WORDS * (all(profile.whole.words.get(term.stem) for term in words))
        known = spans.get(span, (0.0, 0.0))
        spans[span] = (max(weight, known[0]), max(part, known[1]))
    return list(spans.values())


def _own(asked: Asked, profile: Profile, profiles: Profiles, taken: set[Mention]) -> float:
    """Return how much of the module's own title and question is asked for."""
    core = profile.core[asked.language]
    named = {term.stem for mention in taken for term in asked.terms[mention.first : mention.last]}
    held = whole = 0.0
    for meaning, sure in core.meanings.items():
        weight = profiles.telling(f"={meaning}") * sure
        held += weight * asked.features.meanings.get(meaning, 0)
        whole += weight
    for stem in core.words:
        weight = profiles.telling(stem) * _WORD
        held += weight * (stem in asked.features.words or stem in named)
        whole += weight
    return held / whole if whole else 0.0
