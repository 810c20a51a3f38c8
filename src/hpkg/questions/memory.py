"""What was found out about a store, kept as long as its content is the same.

The values of a parameter or the labels of units are asked for with every question and change only with the graph. Not
for: answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from hpkg.store import Store

__all__ = ["remembered"]

_Found = TypeVar("_Found")
_KNOWN: Final[WeakKeyDictionary[Store, dict[tuple[str, str], object]]] = WeakKeyDictionary()


def remembered(store: Store, key: str, find: Callable[[], _Found]) -> _Found:
    """Return what `find` finds out about `store` under `key`, found once for each content of the store.

    A store that tells no version (an endpoint of somebody else) is asked each time.
    """
    version = store.version
    if not version:
        return find()
    known = _KNOWN.setdefault(store, {})
    if (version, key) not in known:
        if any(other != version for other, _ in known):
            known.clear()
        known[version, key] = find()
    return known[version, key]  # type: ignore[return-value]  # under one key stands what one function finds
