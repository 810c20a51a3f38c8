"""Words that the source did not mean: what is printed is hardly used beside its neighbours, what was meant is.

A word is mended when the pair as printed is as good as unknown, one syllable that is easily taken for it makes a usual
pair, and nothing else comes near. Names, abbreviations, foreign words and what the report says often stay. A wrong
mending is an invented fact: in doubt the print stands. Not for: names in lower case, document numbers, dates.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from hpkg.grammar.confusion import respelled, skeleton
from hpkg.grammar.word import is_syllable
from hpkg.usage import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.grammar.word import Token
    from hpkg.lexicon import Lexicon
    from hpkg.usage import Usage

__all__ = ["Slip", "find_slips", "mend_tokens", "part_tokens"]

_KNOWN: Final = 30
"""A pair in as many texts is not suspected."""
_SAFE: Final = 60
"""A word that makes such a pair with either neighbour is right, whatever the other says."""
_WELL_KNOWN: Final = 8
_TIMES: Final = 100
"""How many times as usual as the print the mended pair must be."""
_BOUND: Final = 0.05
_BOUND_TEXTS: Final = 20
_COMMON_TEXTS: Final = 300
_FEW: Final = 10
_OWN: Final = 8
_OWN_AGAINST: Final = 20
_RARE: Final = 8
_LEAD: Final = 2.0
_LOOSE: Final = 0.07
_FIRM: Final = 0.25
_SURE: Final = 0.4
_SURE_TRIPLE: Final = 0.9
_SURE_GAIN: Final = 5.0
_GAIN: Final = 6.0
_WEIGHT: Final = 20
_ENOUGH: Final = 14.0
_OWN_GAIN: Final = 6.0
_TRIPLE_GAIN: Final = 15.0
_LONGEST: Final = 7
_NOTHING_BESIDE: Final = [False, False, False]
"""Padding, at which the places before the first token (-1, -2) end up as well."""
_SHORTEST: Final = 4
_CERTAIN: Final = 0.98
_HARDLY: Final = 12
"""A syllable of fewer texts is hardly a word of the language."""
_CLIPPED: Final = 0.08
_ONSETS: Final = "bcdđghklmnpqrstvx"
"""Letters with which a syllable may begin, so that the first may have been lost."""
_FOREIGN: Final = frozenset("fjwz")


@dataclass(frozen=True, slots=True)
class Slip:
    """The token at `at` was meant to be `form`, of two words when one was lost; the token at `beside` shows it."""

    at: int
    form: str
    beside: int


class _Place(NamedTuple):
    """A word and those around it in its run of words: two before, two after."""

    before: str | None
    left: str | None
    word: str
    right: str | None
    after: str | None


def mend_tokens(tokens: Sequence[Token], slips: Sequence[Slip]) -> list[Token]:
    """Return `tokens` with the forms that were meant; text and offsets stay those of the source."""
    meant = {slip.at: slip.form for slip in slips if " " not in slip.form}
    return [replace(token, form=meant[at]) if at in meant else token for at, token in enumerate(tokens)]


def part_tokens(tokens: Sequence[Token], usage: Usage) -> list[Token]:
    """Return `tokens` with two syllables that were run together as two, where they make one usual pair."""
    parted: list[Token] = []
    for token in tokens:
        cut = _cut(token, usage)
        parted += (_piece(token, 0, cut), _piece(token, cut, len(token.text))) if cut else (token,)
    return parted


def _cut(token: Token, usage: Usage) -> int:
    """Return where the first of two syllables ends that were run together, or 0."""
    form = token.form
    if len(form) != len(token.text) or not _SHORTEST <= len(form) <= 2 * _LONGEST:
        return 0
    if form.isascii() or usage.alone(form) or is_syllable(form):
        return 0
    cuts = [at for at in range(1, len(form)) if usage.pair(form[:at], form[at:]) >= _BOUND_TEXTS]
    if not cuts:  # `tạotăng`: no usual pair, but no other two syllables either
        cuts = [at for at in range(2, len(form) - 1) if _are_common(form[:at], form[at:], usage)]
    return cuts[0] if len(cuts) == 1 else 0


def _are_common(one: str, other: str, usage: Usage) -> bool:
    """Tell whether both are syllables that stand in many texts."""
    return all(is_syllable(form) and usage.alone(form) >= _COMMON_TEXTS for form in (one, other))


def _piece(token: Token, first: int, last: int) -> Token:
    return replace(
        token,
        start=token.start + first,
        end=token.start + last,
        text=token.text[first:last],
        form=token.form[first:last],
    )


def find_slips(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> list[Slip]:
    """Return the slips among the `tokens` of `text`, in order."""
    return _Mender(text, tokens, lexicon).slips() if lexicon.usage.forms else []


class _Mender:
    """The words of one text, how often each stands beside which, and what the language says to it."""

    def __init__(self, text: str, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self._tokens = tokens
        self._lexicon = lexicon
        self._usage = lexicon.usage
        self._forms = [NUMBER if token.kind == "digits" else self._usual(token.form) for token in tokens]
        self._joined = [
            one.kind != "sign" != other.kind and not text[one.end : other.start].strip()
            for one, other in pairwise(tokens)
        ] + _NOTHING_BESIDE
        joined = [at for at, is_joined in enumerate(self._joined) if is_joined]
        self._usual_pairs = [0] * len(self._joined)
        for at in joined:
            self._usual_pairs[at] = self._usage.pair(self._forms[at], self._forms[at + 1])
        self._pairs = Counter((self._forms[at], self._forms[at + 1]) for at in joined)
        self._triples = Counter(
            (self._forms[at], self._forms[at + 1], self._forms[at + 2]) for at in joined if self._joins(at + 1)
        )

    def slips(self) -> list[Slip]:
        """Return the slips in order, of each token the first kind that is found."""
        letters = (at for at, token in enumerate(self._tokens) if token.kind == "letters")
        found = (
            self._slip(at) or self._clip(at) or self._name(at) or self._abbreviation(at) or self._loss(at)
            for at in letters
        )
        return [slip for slip in found if slip is not None]

    def _usual(self, form: str) -> str:
        """Return `form`, or its other spelling when only that one is usual: `quý` for `quí`."""
        other = respelled(form)
        return other if other != form and self._usage.alone(other) > self._usage.alone(form) else form

    def _joins(self, at: int) -> bool:
        return self._joined[at]

    def _place(self, at: int) -> _Place:
        left = self._joins(at - 1)
        right = self._joins(at)
        return _Place(
            self._forms[at - 2] if left and self._joins(at - 2) else None,
            self._forms[at - 1] if left else None,
            self._forms[at],
            self._forms[at + 1] if right else None,
            self._forms[at + 2] if right and self._joins(at + 1) else None,
        )

    def _slip(self, at: int) -> Slip | None:
        if max(self._usual_pairs[at - 1], self._usual_pairs[at]) >= _SAFE or not self._is_open(at):
            return None
        place = self._place(at)
        rare = self._usage.alone(place.word) < _RARE
        if not self._is_suspect(place) and not rare:
            return None
        best = self._best(place)
        if best is None:
            return None
        form, gain = best
        if not self._holds(at, place, form, gain, rare=rare):
            return None
        left, right = self._draw(place.left, form), self._draw(form, place.right)
        return Slip(at, form, at + 1 if right > left else at - 1)

    def _clip(self, at: int) -> Slip | None:
        """Return the word whose first letter was lost, where a neighbour leaves no other: `ăng 5%`, `hu hút hách`."""
        if self._usual_pairs[at - 1] or self._usual_pairs[at] or self._usage.alone(self._forms[at]) >= _HARDLY:
            return None
        token, place = self._tokens[at], self._place(at)
        named = token.text[:1].isupper() and (place.left is not None or place.right != NUMBER)
        if named or not self._is_open(at) or not self._is_suspect(place) or self._forms.count(place.word) > 1:
            return None
        weighed = sorted(
            (max(self._usage.pair(place.left or "", form), self._usage.pair(form, place.right or "")), form)
            for form in (letter + place.word for letter in _ONSETS)
            if self._usage.alone(form) >= _COMMON_TEXTS and is_syllable(form)
        )
        if not weighed or weighed[-1][0] < _KNOWN or (len(weighed) > 1 and weighed[-2][0] * _FEW > weighed[-1][0]):
            return None
        form = weighed[-1][1]
        if max(self._bond(place.left, form), self._bond(form, place.right)) < _CLIPPED:
            return None
        right = self._usage.pair(form, place.right or "") == weighed[-1][0]
        return Slip(at, form, at + 1 if right else at - 1)

    def _name(self, at: int) -> Slip | None:
        """Return the slip of a mark in a known name of two syllables after the kind of its place."""
        if not self._is_title(at):
            return None
        for first, last in ((at - 1, at), (at, at + 1)):
            if not (self._joins(first - 1) and self._joins(first) and self._is_title(first) and self._is_title(last)):
                continue
            if self._printed(self._forms[first], self._forms[last]) or self._is_bound(*self._forms[first : last + 1]):
                continue
            meant = [form for form in self._marked(at) if self._is_place(first, form if first == at else None, form)]
            if len(meant) == 1 and (
                last + 1 == len(self._tokens) or not (self._joins(last) and self._is_title(last + 1))
            ):
                return Slip(at, meant[0], last if first == at else first)
        return None

    def _is_title(self, at: int) -> bool:
        token = self._tokens[at] if at < len(self._tokens) else None
        return token is not None and token.kind == "letters" and token.text.istitle()

    def _marked(self, at: int) -> list[str]:
        """Return what differs from the token by marks alone."""
        bare = skeleton(self._forms[at])
        return [form for form in self._lexicon.confusion.near(self._forms[at]) if skeleton(form) == bare]

    def _is_place(self, first: int, one: str | None, meant: str) -> bool:
        """Tell whether the two from `first` on, as meant, are a place, and a word for a kind of place leads them."""
        pair = [self._tokens[first], self._tokens[first + 1]]
        pair = [replace(pair[0], form=meant), pair[1]] if one else [pair[0], replace(pair[1], form=meant)]
        if self._usage.pair(pair[0].form, pair[1].form) < _TIMES:
            return False
        kinds = self._lexicon.find(self._tokens[max(0, first - 2) : first], "place-kind")
        return (
            bool(kinds)
            and kinds[-1].end == self._tokens[first - 1].end
            and any(match.last == len(pair) for match in self._lexicon.find(pair, "place"))
        )

    def _abbreviation(self, at: int) -> Slip | None:
        """Return the slip of an unknown abbreviation that is a known one but for its marks."""
        token = self._tokens[at]
        if token.text.isascii() or not token.text.isupper() or len(token.text) == 1 or is_syllable(token.form):
            return None
        if self._lexicon.is_abbreviation(token.text) or self._usage.alone(token.form) >= _RARE:
            return None
        meant = [
            other
            for other in self._lexicon.abbreviations(skeleton(token.form))
            if [char == "Đ" for char in other] == [char == "Đ" for char in token.text]
        ]
        return Slip(at, meant[0].lower(), at) if len(meant) == 1 else None

    def _loss(self, at: int) -> Slip | None:
        """Return the word that was lost after this one, where the two before it leave no other."""
        usual = self._usual_pairs[at - 1]
        if usual < _KNOWN or self._usual_pairs[at] >= _WELL_KNOWN or not self._joins(at):
            return None
        before, word, right = self._forms[at - 1 : at + 2]
        if self._printed(word, right) >= _WELL_KNOWN or self._is_bound(word, right) or word == right:
            return None
        thirds = self._usage.thirds(before, word)
        lost = max(thirds, key=lambda third: thirds[third], default="")
        if not lost or right in thirds or thirds[lost] < usual * _CERTAIN or not self._usage.triple(word, lost, right):
            return None
        return Slip(at, f"{word} {lost}", at + 1)

    def _is_open(self, at: int) -> bool:
        """Tell whether the token may be a word that slipped: no name, abbreviation or foreign word."""
        token = self._tokens[at]
        beside = [self._tokens[to] for to, gap in ((at - 1, at - 1), (at + 1, at)) if self._joins(gap)]
        if not beside or len(skeleton(token.form)) > _LONGEST or not _FOREIGN.isdisjoint(token.form):
            return False
        if len(token.text) == 1 and (token.text.isupper() or token.text.isascii()):
            return False
        if token.text.isupper():
            return is_syllable(token.form) and all(
                other.kind == "digits" or (other.text.isupper() and len(other.text) > 1) for other in beside
            )
        return not (token.text[:1].isupper() and any(other.text[:1].isupper() for other in beside))

    def _is_suspect(self, place: _Place) -> bool:
        """Tell whether the word is strange to a neighbour, and bound to none."""
        sides = [pair for pair in ((place.left, place.word), (place.word, place.right)) if None not in pair]
        if any(self._is_bound(one, other) for one, other in sides):
            return False
        usual = [self._printed(one, other) for one, other in sides]
        return min(usual) < _KNOWN and max(usual) < _SAFE

    def _is_bound(self, one: str | None, other: str | None) -> bool:
        """Tell whether the two are a word together, or are said so by a vocabulary."""
        if one is None or other is None:
            return False
        if self._lexicon.stand_together(one, other):
            return True
        return self._bond(one, other) >= _BOUND and self._usage.pair(one, other) >= _BOUND_TEXTS

    def _bond(self, one: str | None, other: str | None) -> float:
        """Return in how many of the texts that hold the rarer of the two they stand together."""
        if one is None or other is None:
            return 0.0
        together = self._usage.pair(one, other)
        if together < _FEW:
            return 0.0
        return together / min(self._usage.alone(one), self._usage.alone(other))

    def _triple_bond(self, *words: str | None) -> float:
        one, other, third = words
        if one is None or other is None or third is None:
            return 0.0
        together = self._usage.triple(one, other, third)
        pairs = self._usage.pair(one, other), self._usage.pair(other, third)
        return together / max(1, min(pairs)) if together else 0.0

    def _printed(self, one: str | None, other: str | None) -> int:
        """Return how usual a printed pair is; what the report says again counts for it."""
        if one is None or other is None:
            return 0
        return self._usage.pair(one, other) + _OWN_AGAINST * max(0, self._pairs[one, other] - 1)

    def _meant(self, one: str | None, other: str | None) -> int:
        """Return how usual a pair is that is not printed here."""
        if one is None or other is None:
            return 0
        return self._usage.pair(one, other) + _OWN * self._pairs[one, other]

    def _best(self, place: _Place) -> tuple[str, float] | None:
        """Return what was most likely meant and by how much it is likelier than the print, if nothing comes near it."""
        scored: list[tuple[float, str]] = []
        printed: float | None = None
        for form, cost in self._lexicon.confusion.near(place.word).items():
            if not self._gains(place, form):
                continue
            if printed is None:
                printed = self._likelihood(place, own=1)
            scored.append((self._likelihood(place._replace(word=form), own=0) - cost - printed, form))
        scored.sort(reverse=True)
        if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < _LEAD):
            return None
        gain, form = scored[0]
        if gain < _SURE_GAIN or self._has_rival(place, form):
            return None
        return form, gain

    def _gains(self, place: _Place, form: str) -> bool:
        """Tell whether `form` makes something usual of something unusual."""
        if any(
            meant >= _WELL_KNOWN and self._printed(*was) * _TIMES < meant
            for was, will in (
                ((place.left, place.word), (place.left, form)),
                ((place.word, place.right), (form, place.right)),
            )
            if (meant := self._meant(*will))
        ):
            return True
        before, left, word, right, after = place
        return any(
            None not in was
            and self._three(will, 0) >= _WELL_KNOWN
            and self._three(was, 1) * _TIMES < self._three(will, 0)
            for was, will in (
                ((before, left, word), (before, left, form)),
                ((left, word, right), (left, form, right)),
                ((word, right, after), (form, right, after)),
            )
        )

    def _three(self, words: tuple[str | None, ...], own: int) -> int:
        one, other, third = words
        if one is None or other is None or third is None:
            return 0
        weight = _OWN_AGAINST if own else _OWN
        return self._usage.triple(one, other, third) + weight * max(0, self._triples[one, other, third] - own)

    def _has_rival(self, place: _Place, form: str) -> bool:
        """Tell whether other marks alone would do where `form` has other letters, so that one cannot be sure."""
        bare = skeleton(place.word)
        if skeleton(form) == bare:
            return False
        if bare == place.word and self._usage.alone(place.word) < _RARE:
            return True
        return any(
            skeleton(other) == bare and (self._is_bound(place.left, other) or self._is_bound(other, place.right))
            for other in self._lexicon.confusion.near(place.word)
        )

    def _holds(self, at: int, place: _Place, form: str, gain: float, *, rare: bool) -> bool:
        """Tell whether `form` is bound closely enough to its neighbours for its gain."""
        bond = max(self._bond(place.left, form), self._bond(form, place.right))
        if len(place.word) == 1 and bond < _FIRM:
            return False
        if self._tokens[at].text[:1].isupper() and not self._tokens[at].text.isupper():
            return self._holds_capital(place, form, gain, bond)
        if (place.left is None or place.right is None) and not self._is_drawn(place, form):
            return False
        if bond >= _SURE:
            return True
        if gain >= _GAIN and bond >= _LOOSE and self._fits(place, form):
            return rare or gain + _WEIGHT * bond >= _ENOUGH
        return (gain >= _OWN_GAIN and self._is_said_elsewhere(place, form)) or (
            gain >= _TRIPLE_GAIN and self._triple(place, form) >= _SURE_TRIPLE
        )

    def _holds_capital(self, place: _Place, form: str, gain: float, bond: float) -> bool:
        """Tell the same of a word with a capital, which in mid-sentence may well be a name."""
        if place.left is None:
            return gain >= _GAIN and bond >= _FIRM
        return gain >= _GAIN and bond >= _SURE and self._meant(form, place.right) >= _TIMES

    def _triple(self, place: _Place, form: str) -> float:
        """Return how closely `form` is bound into threes."""
        before, left, _, right, after = place
        return max(
            self._triple_bond(before, left, form),
            self._triple_bond(left, form, right),
            self._triple_bond(form, right, after),
        )

    def _is_said_elsewhere(self, place: _Place, form: str) -> bool:
        """Tell whether the report has the same words once more with `form`: one before it, two after it."""
        left, right, after = place.left, place.right, place.after
        if left is None or right is None or after is None:
            return False
        return bool(self._triples[left, form, right] and self._triples[form, right, after])

    def _fits(self, place: _Place, form: str) -> bool:
        """Tell whether `form` is known beside each of its neighbours."""
        return (place.left is None or self._meant(place.left, form) > 0) and (
            place.right is None or self._meant(form, place.right) > 0
        )

    def _is_drawn(self, place: _Place, form: str) -> bool:
        """Tell whether `form` and its only neighbour stand together oftener than chance has it."""
        return max(self._draw(place.left, form), self._draw(form, place.right)) >= 1

    def _draw(self, one: str | None, other: str | None) -> float:
        """Return how many times oftener than by chance the two stand together."""
        if one is None or other is None:
            return 0.0
        together = self._usage.pair(one, other)
        chance = self._usage.alone(one) * self._usage.alone(other)
        return together * self._usage.texts / chance if together else 0.0

    def _likelihood(self, place: _Place, own: int) -> float:
        """Return the logarithm of how likely the word is where it is; `own` is 1 when the report prints it there."""
        before, left, word, right, after = place
        if left is None:
            said = math.log((self._usage.alone(word) + 0.5) / self._usage.texts) - 2
        else:
            said = math.log(self._follows(before, left, word, own))
        if right is not None:
            said += math.log(self._follows(left, word, right, own))
        if right is not None and after is not None:
            said += math.log(self._follows(word, right, after, own))
        return said

    def _follows(self, before: str | None, left: str, word: str, own: int) -> float:
        """Return how likely `word` is after the two before it; the report's own use of the words counts as well."""
        usage = self._usage
        again = _OWN * max(0, self._pairs[left, word] - own)
        chance = 0.1 * usage.alone(word) / usage.texts + 0.01
        two = (usage.pair(left, word) + again + chance) / (usage.alone(left) + 2)
        if before is None:
            return two
        again = _OWN * max(0, self._triples[before, left, word] - own)
        three = usage.triple(before, left, word) + again
        if not three:
            return two / 2
        return (three + 3 * two) / (usage.pair(before, left) + again + 3)
