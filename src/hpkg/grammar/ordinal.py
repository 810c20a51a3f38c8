"""Numbers of congresses, sessions and the like, as official Vietnamese writes them: `XVI`, `9`, `nhất`.

Not for: numbers that count or measure (`hpkg.grammar.number`).
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_numeral", "number_of"]

_NUMERAL: Final = re.compile(r"[IVXLC]+|\d{1,3}")
_COUNTED: Final = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def is_numeral(word: str) -> bool:
    """Tell whether `word` is a Roman or Arabic numeral and no word of order.

    >>> is_numeral("XVI"), is_numeral("9"), is_numeral("nhất")
    (True, True, False)
    """
    return _NUMERAL.fullmatch(word) is not None


def number_of(word: str) -> int | None:
    """Return the number that a numeral or a word of order is.

    >>> number_of("XVI"), number_of("9"), number_of("nhất"), number_of("xã")
    (16, 9, 1, None)
    """
    if word.lower() in _COUNTED:
        return _COUNTED.index(word.lower()) + 1
    if not is_numeral(word):
        return None
    if word.isdigit():
        return int(word)
    values = [_ROMAN[letter] for letter in word]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
