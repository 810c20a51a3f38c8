"""The ways in which names can hold the words asked for, as expressions of FTS5 and SQL.

Only quoted runs of letters and digits reach FTS5, so no character that a person types is syntax. Not for: running them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.search.word import Word

__all__ = ["Way", "every_word", "some_words"]

_HELD: Final = "(word.rowid IN (SELECT rowid FROM word WHERE word MATCH :word{place}))"
_COUNTED: Final = 6
"""As many of the longest words are looked for when nothing holds all."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of matching.

    Attributes:
        match: What a name must hold, as FTS5 says it.
        exact: Words as they were typed, with their tones.
        order: What comes first among the names found, as SQL says it, ending in a comma; or nothing.
        values: The values that `order` speaks of.
    """

    match: str
    exact: bool = False
    order: str = ""
    values: tuple[tuple[str, str], ...] = ()


def every_word(asked: Sequence[Word], *, begun: bool = True) -> tuple[Way, ...]:
    """Return the ways of holding all words, the nearest first; the last one takes in the others.

    All words as typed; only those as typed that were typed with tones; all without tones. The last word is a beginning
    where it is `begun`.
    """
    exact = " AND ".join(f'exact : "{word.exact}"' for word in asked)
    toned = " AND ".join(
        f'folded : "{word.folded}"' if word.exact == word.folded else f'exact : "{word.exact}"' for word in asked
    )
    folded = " AND ".join(f'folded : "{word.folded}"' for word in asked)
    matches = dict.fromkeys((exact, toned, folded))
    return tuple(Way(f"{match} *" if begun else match, match == exact) for match in matches)


def some_words(asked: Sequence[Word]) -> Way:
    """Return the way of holding any of the longest words, those with more of them first."""
    folded = list(dict.fromkeys(f'folded : "{word.folded}"' for word in asked))
    longest = sorted(folded, key=len, reverse=True)[:_COUNTED]
    order = " + ".join(_HELD.format(place=place) for place in range(len(longest)))
    values = tuple((f"word{place}", match) for place, match in enumerate(longest))
    ends = (f"{match} *" if match == folded[-1] else match for match in longest)
    return Way(" OR ".join(ends), order=f"{order} DESC,", values=values)
