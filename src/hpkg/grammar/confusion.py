"""Which syllables are taken for one another by a machine that reads a page, and by a person who types.

Marks are lost or changed first (`lợi`, `lọi`), then single letters. A cost says how unlikely a slip is: the logarithm
of how many right syllables there are to one that slipped so. Not for: which of them a text means.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, Final

from hpkg.grammar.word import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Confusion", "respelled", "skeleton"]

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_BARE_I: Final = re.compile(r"(?:qu|[bcdghklmnpqrstvx]+)i")
_Y_FOR_I: Final = str.maketrans("iíìỉĩị", "yýỳỷỹỵ")
_ALPHABET: Final = "abcdeghiklmnopqrstuvxy"
_ALIKE: Final = frozenset(
    pair for group in ("lti", "ceo", "ao", "nuh", "hb", "mn", "vy", "gq", "rt", "xs") for pair in permutations(group, 2)
)
_MARK_COSTS: Final = {1: 4.0, 2: 6.0}
_MANY_MARKS: Final = 8.0
_ALIKE_COST: Final = 7.0
_ADDED_COST: Final = 7.5
_LETTER_COST: Final = 10.0


@lru_cache(maxsize=16384)
def skeleton(form: str) -> str:
    """Return `form` without tone and letter marks.

    >>> skeleton("đường")
    'duong'
    """
    decomposed = unicodedata.normalize("NFD", form.replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=16384)
def _parts(form: str) -> tuple[tuple[str, ...], str]:
    """Return each letter with its own mark, and the tone."""
    letters, tone = [], ""
    for char in form:
        marks = unicodedata.normalize("NFD", char)
        letters.append("".join(mark for mark in marks if mark not in _TONES))
        tone += "".join(mark for mark in marks if mark in _TONES)
    return tuple(letters), tone


def respelled(form: str) -> str:
    """Return `form` with `y` for an `i` that is its whole rime: both are accepted spellings of one syllable.

    >>> respelled("kĩ"), respelled("quí"), respelled("tai")
    ('kỹ', 'quý', 'tai')
    """
    return form.translate(_Y_FOR_I) if _BARE_I.fullmatch(skeleton(form)) else form


class Confusion:
    """The syllables of a language as it is used, and which of them a slip of another may be."""

    def __init__(self, forms: Iterable[str]) -> None:
        """Index `forms`; those that are no syllables are never meant."""
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        for form in forms:
            self._by_skeleton[skeleton(form)].append(form)
        self._found: dict[str, dict[str, float]] = {}

    def near(self, form: str) -> dict[str, float]:
        """Return the syllables that may have been meant by `form`, which is none of them, each with its cost."""
        if form not in self._found:
            bare = skeleton(form)
            found = {other: _mark_cost(form, other) for other in self._by_skeleton.get(bare, ()) if other != form}
            found |= self._lettered(form, bare)
            self._found[form] = {
                other: cost
                for other, cost in found.items()
                if is_syllable(other) and respelled(form) != respelled(other)
            }
        return self._found[form]

    def _lettered(self, form: str, bare: str) -> dict[str, float]:
        """Return the syllables with the same marks and one letter more, less, or another."""
        marks = _marks(form)
        return {
            other: cost
            for near, cost in _edits(bare).items()
            for other in self._by_skeleton.get(near, ())
            if _marks(other) == marks
        }


@lru_cache(maxsize=16384)
def _marks(form: str) -> tuple[str, ...]:
    letters, tone = _parts(form)
    return (*(letter[1:] or "đ" for letter in letters if len(letter) > 1 or letter == "đ"), tone)


def _mark_cost(form: str, other: str) -> float:
    (letters, tone), (others, another) = _parts(form), _parts(other)
    far = sum(one != two for one, two in zip(letters, others, strict=True)) + (tone != another)
    return _MARK_COSTS.get(far, _MANY_MARKS)


@lru_cache(maxsize=4096)
def _edits(bare: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for at in range(len(bare) + 1):
        head, tail = bare[:at], bare[at:]
        for letter in _ALPHABET:
            found.setdefault(head + letter + tail, _ADDED_COST)
        if not tail:
            continue
        found.setdefault(head + tail[1:], _ADDED_COST)
        if len(tail) > 1:
            found.setdefault(head + tail[1] + tail[0] + tail[2:], _ADDED_COST)
        for letter in _ALPHABET:
            cost = _ALIKE_COST if (letter, tail[0]) in _ALIKE else _LETTER_COST
            found.setdefault(head + letter + tail[1:], cost)
    found.pop(bare, None)
    return found
