"""A lane: so many places, and so many who may wait for one.

Not for: what is done in a place.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import TracebackType

__all__ = ["Lane", "LaneFullError", "Place"]


class LaneFullError(Exception):
    """All places are taken, and all places to wait as well."""


class Lane:
    """Places that are given out in the order in which they were asked for.

    Args:
        places: How many there are.
        queue: How many may wait.
    """

    def __init__(self, places: int, queue: int) -> None:
        """Make the lane, all places free."""
        self.places = places
        self.free = places
        self._queue = queue
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return sum(not place.done() for place in self._waiting)

    def place_now(self) -> Place | None:
        """Return a place if one is free."""
        if self.free and not self._waiting:
            self.free -= 1
            return Place(self)
        return None

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[Place]:
        """Wait for a place and hold it.

        Raises:
            LaneFullError: As many wait as may.
        """
        held = self.place_now()
        if held is None:
            if self.waiting >= self._queue:
                raise LaneFullError
            held = await self._wait()
        with held:
            yield held

    async def _wait(self) -> Place:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back()
            with contextlib.suppress(ValueError):  # it may have been passed over already
                self._waiting.remove(turn)
            raise
        return Place(self)

    def _give_back(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self.free += 1


class Place:
    """A place in a lane; left once, early or with its block."""

    def __init__(self, lane: Lane) -> None:
        """Take the place."""
        self._lane: Lane | None = lane

    def leave(self) -> None:
        """Give the place to the next who waits."""
        lane, self._lane = self._lane, None
        if lane is not None:
            lane._give_back()  # noqa: SLF001 — a place is part of its lane

    def __enter__(self) -> Self:
        """Hold the place."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave it."""
        self.leave()
