"""Answers that were given before, so that the next page of one does not ask again.

An answer is that of one content of the graph: when that changes, all are forgotten. How many questions are asked at
once is bounded, and so is how many wait. Not for: queries of others, which run in workers.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, TypeVar, cast

from hpkg.serve.problem import WebError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from hpkg.serve.service import Service

__all__ = ["Answers"]

_Found = TypeVar("_Found")
_KEPT: Final = 256
_RETRY_SECONDS: Final = 1


class Answers:
    """The answers of `service` to questions of its own."""

    def __init__(self, service: Service) -> None:
        """Start with none."""
        self.service = service
        self._version = ""
        self._known: OrderedDict[Hashable, object] = OrderedDict()
        self._turns = asyncio.Semaphore(service.settings.workers)
        self._waiting = 0

    async def of(self, key: Hashable, find: Callable[[], _Found]) -> _Found:
        """Return what `find` finds, found once for each `key` and content of the graph, in another thread.

        Raises:
            WebError: Too many are waiting.
        """
        if self._version != self.service.version:
            self._known.clear()
            self._version = self.service.version
        if key in self._known:
            self._known.move_to_end(key)
            return cast("_Found", self._known[key])
        if self._waiting >= self.service.settings.queue:
            raise WebError("service-busy", headers={"Retry-After": str(_RETRY_SECONDS)}, seconds=_RETRY_SECONDS)
        self._waiting += 1
        try:
            async with self._turns:
                version = self.service.version
                found = await asyncio.to_thread(find)
        finally:
            self._waiting -= 1
        if version == self._version:
            self._known[key] = found
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return found
