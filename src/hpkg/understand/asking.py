"""A question in plain words, answered: what was understood, and the answer to that.

Not for: understanding (`hpkg.understand.reading`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.questions import ask
from hpkg.understand.reading import Reader

if TYPE_CHECKING:
    from hpkg.home import Home
    from hpkg.messages import Language
    from hpkg.questions import Answer
    from hpkg.store import Store
    from hpkg.understand.reading import Reading

__all__ = ["Understood", "ask_text", "understand"]

_READERS: Final[dict[tuple[Home, str], Reader]] = {}
_MOST: Final = 2


@dataclass(frozen=True, slots=True)
class Understood:
    """A question in plain words: how it was read, and the answer to that reading."""

    reading: Reading
    answer: Answer


def understand(home: Home, store: Store, text: str, language: Language | None = None) -> Reading:
    """Return what `text` asks of `store`, in terms of the question modules of `home`.

    The names of values are in `language`, else in the language of `text`.

    Raises:
        CallerError: There is nothing to read, or no module fits it, or a value that its module needs is not named.
    """
    key = (home, store.version)
    if not key[1]:  # an endpoint that tells no version: what it holds now need not be what it held
        return Reader(home, store).read(text, language)
    if key not in _READERS:
        while len(_READERS) >= _MOST:
            _READERS.pop(next(iter(_READERS)), None)
        _READERS[key] = Reader(home, store)
    return _READERS[key].read(text, language)


def ask_text(
    home: Home, store: Store, text: str, *, language: Language | None = None, max_rows: int | None = None
) -> Understood:
    """Return the answer to `text` as it is understood, in `language`, else in the language of the question.

    Raises:
        CallerError: The question is not understood, or a value that it names means nothing in this graph.
    """
    reading = understand(home, store, text, language)
    best = reading.best
    spoken = language or reading.language
    return Understood(reading, ask(store, best.question, best.parameters, language=spoken, max_rows=max_rows))
