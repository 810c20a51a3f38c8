"""Answers that were given before, kept within so many bytes.

A key holds the hash of the dataset, so that an answer is never older than the graph. Not for: what may be kept.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["AnswerCache", "Kept"]

_OVERHEAD: Final = 1024
"""What an entry takes beside its body, about."""


class Kept(NamedTuple):
    """An answer: its fields and its body."""

    fields: Mapping[str, str]
    body: bytes


class AnswerCache:
    """The answers used last, `size` bytes of them.

    >>> cache = AnswerCache(5000)
    >>> for name in "abcde":
    ...     cache.keep(name, Kept({}, b""))
    >>> cache.get("a"), cache.get("e")
    (None, Kept(fields={}, body=b''))
    """

    def __init__(self, size: int) -> None:
        """Keep nothing yet."""
        self.size = size
        self.used = 0
        self.hits = 0
        self.misses = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    def get(self, key: str) -> Kept | None:
        """Return what was kept under `key`."""
        kept = self._kept.get(key)
        if kept is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return kept

    def keep(self, key: str, kept: Kept) -> None:
        """Keep an answer, and forget those not used for longest; one that takes a quarter of all is not kept."""
        taken = len(kept.body) + _OVERHEAD
        if key in self._kept or taken * 4 > self.size:
            return
        self._kept[key] = kept
        self.used += taken
        while self.used > self.size:
            _, gone = self._kept.popitem(last=False)
            self.used -= len(gone.body) + _OVERHEAD

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.used = 0
