"""Answers known by the very bytes of their request: a client that says the same again gets the same again.

Most clients do: a page reloads, a program polls, a proxy passes on. Then nothing is parsed, negotiated or hashed.
An answer is marked as lasting by whoever made it (`mark`), caught at the door, and forgotten when the dataset changes.
Not for: the same query in other words, which `hpkg.serve.cache` knows.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hpkg.serve.log import description

if TYPE_CHECKING:
    from starlette.types import Scope

    Request = tuple[str, bytes]
    """The host that sent a request (a proxy that is trusted says things that others may not), and its bytes."""

__all__ = ["Recall", "Recalled", "mark"]

_OVERHEAD: Final = 1024
_SEEN: Final = 4096
_LONGEST: Final = 8192
"""The most bytes of a request that is remembered."""


class Recalled(NamedTuple):
    """An answer: its method, status, fields without those that each answer has anew, body, and what the log says.

    `is_last` tells that its connection ends with it.
    """

    method: str
    status: int
    fields: bytes
    body: bytes
    described: str
    is_last: bool = False


class Recall:
    """The answers given last, `size` bytes of them at most.

    >>> recall = Recall(9000)
    >>> scope = {"method": "GET", "path": "/"}
    >>> for name in (b"a", b"b", b"a", b"c", b"d", b"e"):
    ...     recall.keep(("host", name), scope, 200, name, bytes(1000))
    ...     _ = recall.get(("host", b"a"))
    >>> recall.get(("host", b"a")).fields, recall.get(("other", b"a")), recall.get(("host", b"b"))
    (b'a', None, None)
    """

    def __init__(self, size: int) -> None:
        """Remember nothing yet."""
        self.size = size
        self.used = 0
        self.hits = 0
        self._seen: set[int] = set()
        self._kept: OrderedDict[Request, Recalled] = OrderedDict()

    def get(self, request: Request) -> Recalled | None:
        """Return the answer that the same bytes had before."""
        found = self._kept.get(request)
        if found is not None:
            self.hits += 1
            self._kept.move_to_end(request)
        return found

    def keep(  # noqa: PLR0913 — a request and the parts of its answer
        self, request: Request, scope: Scope, status: int, fields: bytes, body: bytes, *, is_last: bool = False
    ) -> None:
        """Remember an answer, and forget those not used for longest; one that takes a quarter of all is not kept."""
        described = description(scope, status, len(body))
        self._keep(request, Recalled(scope["method"], status, fields, body, described, is_last))

    def keep_if_twice(self, request: Request, kept: Recalled) -> None:
        """Remember an answer that cost little, if the request has been seen before."""
        seen = hash(request)
        if seen in self._seen:
            self._keep(request, kept)
        elif len(self._seen) < _SEEN:
            self._seen.add(seen)
        else:
            self._seen.clear()

    def _keep(self, request: Request, kept: Recalled) -> None:
        taken = _size(request, kept)
        if request in self._kept or taken * 4 > self.size or len(request[1]) > _LONGEST:
            return
        self._kept[request] = kept
        self.used += taken
        while self.used > self.size:
            self.used -= _size(*self._kept.popitem(last=False))

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._seen.clear()
        self.used = 0


def _size(request: Request, kept: Recalled) -> int:
    return len(request[1]) + len(kept.fields) + len(kept.body) + _OVERHEAD


def mark(scope: Scope, version: str) -> None:
    """Say that the answer to a request is the same each time as long as the dataset is `version`.

    It may depend on nothing but the dataset and the bytes of the request.
    """
    state: dict[str, Any] = scope.setdefault("state", {})
    state["lasting"] = version
