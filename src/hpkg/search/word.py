"""Words of a text and where they stand: each as it is written and folded, without tones.

Offsets count code points of the text as given, so that a match can be shown in the original whatever its encoding
form: decomposed letters, look-alikes, letters that fold to several. Not for: the parts of a sentence
(`hpkg.grammar.word`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING, Final

from hpkg.namespaces import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["Word", "beginning", "nearest", "words"]

# Combining marks, and what may stand unseen inside a word: soft hyphen, zero-width characters.
_UNSEEN: Final = "\u00ad\u200b-\u200d\u2060\ufeff"
_MARK: Final = rf"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f{_UNSEEN}"
_WORD: Final = re.compile(rf"(?:[^\W_][{_MARK}]*)+")
_LETTER: Final = re.compile(rf"[^\W_][{_MARK}]*")
_HIDDEN: Final = re.compile(f"[{_UNSEEN}]")
_ALIKE: Final = 0.7
_LOOKALIKES: Final = str.maketrans({"ƣ": "ư", "Ƣ": "Ư", "Ð": "Đ"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its characters in one form, the same folded, and its span in code points."""

    exact: str
    folded: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of `text`: runs of letters and digits.

    >>> [(word.exact, word.folded, word.start) for word in words("Cầu Rào-1, ĐT.359")]
    [('cầu', 'cau', 0), ('rào', 'rao', 4), ('1', '1', 8), ('đt', 'dt', 11), ('359', '359', 14)]
    """
    for match in _WORD.finditer(text):
        seen = match.group()
        if seen.isascii():
            exact = folded = seen.lower()
        else:
            seen = _HIDDEN.sub("", seen)
            exact = unicodedata.normalize("NFC", seen).translate(_LOOKALIKES).lower()
            folded = fold(seen)
        yield Word(exact, folded, *match.span())


def beginning(text: str, word: Word, folded: str) -> int:
    """Return where the part of `word` in `text` that folds to `folded` ends.

    >>> tone = "ca\u0309ng"  # four letters, five code points
    >>> beginning(tone, next(words(tone)), "ca")
    3
    """
    said = ""
    for letter in _LETTER.finditer(text, word.start, word.end):
        said += fold(_HIDDEN.sub("", letter.group()))
        if len(said) >= len(folded):
            return letter.end()
    return word.end


def nearest(folded: str, known: Collection[str], most: int = 3, alike: float = _ALIKE) -> list[str]:
    """Return the words of `known` that `folded` may be a slip for, the likeliest first.

    The same letters in another order come first: the commonest slip of a quick hand.

    >>> nearest("cagn", ["can", "cang", "canh", "tinh"])
    ['cang', 'can', 'canh']
    """
    near = get_close_matches(folded, known, n=most * 4, cutoff=alike)
    return sorted(near, key=lambda word: (sorted(word) != sorted(folded), -_likeness(word, folded)))[:most]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
