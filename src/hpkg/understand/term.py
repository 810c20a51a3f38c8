"""Words of a question in the forms by which they are compared: as written, without tones, without English endings.

Not for: what they mean (`hpkg.understand.phrasebook`).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hpkg.search import words

__all__ = ["Term", "likeness", "stem", "terms"]

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_PLAIN_IN_TONED: Final = 0.4
_PLAIN: Final = 0.9
_ENDED: Final = 0.95
# No Vietnamese syllable ends in these, so that one rule serves both languages.
_ENDINGS: Final = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))
_LEAST_STEM: Final = 3
_NO_PLURALS: Final = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Term:
    """A word: with its tone at the end (so that `hoà` is `hòa`), folded, its stem, and its span in the text."""

    toned: str
    folded: str
    stem: str
    start: int
    end: int

    @property
    def marked(self) -> bool:
        """Tell whether the word was written with marks."""
        return self.toned != self.folded


def terms(text: str) -> tuple[Term, ...]:
    """Return the words of `text`.

    >>> [term.stem for term in terms("Các dự án; cited cities")]
    ['cac', 'du', 'an', 'cit', 'city']
    """
    return tuple(Term(_toned(word.exact), word.folded, stem(word.folded), word.start, word.end) for word in words(text))


def likeness(asked: Term, known: Term, *, in_toned: bool) -> float:
    """Return how far `asked` is the word `known`, from 0 to 1.

    A word with marks means only itself; one without may stand for any marks, less surely in a text that has marks
    elsewhere (`in_toned`).

    >>> likeness(*terms("dat đạt"), in_toned=False), likeness(*terms("đất đạt"), in_toned=True)
    (0.9, 0)
    """
    if asked.toned == known.toned:
        return 1
    if asked.folded == known.folded:
        return 0 if asked.marked else _PLAIN_IN_TONED if in_toned else _PLAIN
    return _ENDED if asked.stem == known.stem else 0


@lru_cache(maxsize=8192)
def stem(folded: str) -> str:
    """Return a word without its English ending.

    >>> stem("targets"), stem("missing"), stem("status"), stem("nhiem")
    ('target', 'miss', 'status', 'nhiem')
    """
    for ending, instead in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _LEAST_STEM:
            if ending in {"s", "es"} and folded.endswith(_NO_PLURALS):
                return folded
            return folded.removesuffix(ending) + instead
    return folded


@lru_cache(maxsize=8192)
def _toned(exact: str) -> str:
    parts = unicodedata.normalize("NFD", exact)
    tone = "".join(mark for mark in parts if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES)) + tone
