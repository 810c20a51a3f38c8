"""The pool of workers: which query runs when, for how long, and what happens to it then.

Two lanes. Every query begins in the fast one and stays there for a moment (`quantum`); one that takes longer moves on,
in the process it runs in, to a place in the slow lane, where the kernel gives it only what others leave over. So a
short query never waits behind a long one. A query that is still there at its deadline ends with its process.
Not for: HTTP, and what the jobs are.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.serve.crew import Crew, LostError, Worker
from hpkg.serve.lane import Lane, LaneFullError
from hpkg.serve.zygote import start_zygote

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator, Callable

    from hpkg.serve.settings import Settings
    from hpkg.serve.wire import Head
    from hpkg.store.embedded import EmbeddedStore

__all__ = ["CROWD", "Job", "Outcome", "Pool", "RefusedError"]

_REMEMBERED: Final = 1024
CROWD: Final = 4
"""How many more places the fast lane has: those in it have so little time that they hardly get in each other's way."""


@dataclass(frozen=True, slots=True)
class Job:
    """A query to run: what the worker is told, and the query itself."""

    head: Head
    query: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a worker answered: a head, and a body that may still be on its way."""

    head: Head
    worker: Worker

    async def read(self) -> bytes:
        """Return the whole body."""
        return b"".join([part async for part in self.parts()])

    def parts(self) -> AsyncIterator[bytes]:
        """Return the body as it comes."""
        return self.worker.body()


class RefusedError(Exception):
    """A query got no answer, for the reason `why`: `full`, `timeout`, `waited`, `memory`, `depth` or `lost`."""

    def __init__(self, why: str) -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why = why


def _ignore() -> None:
    """Do nothing."""


@dataclass(slots=True)
class _Stay:
    """Where a job is: waiting for a place, or in one."""

    is_waiting: bool = True


class Pool:
    """Workers for the queries of all who ask.

    To be made before the process has a second thread, and started in the event loop.
    """

    def __init__(self, store: EmbeddedStore, settings: Settings) -> None:
        """Fork the zygote that holds `store`; `on_loss` is called if it ends of its own."""
        self.settings = settings
        self.on_loss: Callable[[], None] = _ignore
        self.crew = Crew(start_zygote(store, settings.max_memory), self._lose)
        self._writing = asyncio.Lock()
        self._changes: set[asyncio.Task[Head]] = set()
        self.fast = Lane(settings.workers * CROWD, settings.queue)
        self.slow = Lane(settings.workers, settings.queue)
        self.counts = dict.fromkeys(("done", "full", "timeout", "waited", "memory", "depth", "lost", "left"), 0)
        self._known_slow: OrderedDict[int, None] = OrderedDict()

    async def start(self) -> None:
        """Have the first workers forked."""
        await self.crew.start(self.settings.workers, self.fast.places)

    async def stop(self) -> None:
        """End every worker."""
        await self.crew.stop()

    @contextlib.asynccontextmanager
    async def run(self, job: Job, seconds: float | None = None) -> AsyncIterator[Outcome]:
        """Run `job`, within `seconds`; when the block is left, its worker is free again, or gone if it was not done.

        Raises:
            RefusedError: There is no answer.
        """
        stay = _Stay()
        try:
            async with asyncio.timeout(self.settings.timeout if seconds is None else seconds) as limit:
                async with self._place(job, stay) as (worker, head):
                    yield Outcome(head, worker)
                    self.counts["done"] += 1
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise self._refused("waited" if stay.is_waiting else "timeout") from error
        except LaneFullError as error:
            raise self._refused("full") from error
        except LostError as error:
            raise self._refused(error.why) from error
        except asyncio.CancelledError:
            self.counts["left"] += 1
            raise

    async def write(self, job: Job) -> Head:
        """Change the graph, and return what went wrong with it (`error`), or that it is kept (`kept`).

        One change at a time. Queries that run go on with the graph as it was; those that come after see it changed.

        Raises:
            RefusedError: The change took too long, or too much; then nothing is changed.
        """
        # A task of its own: who sent the change may leave, but not halfway.
        change = asyncio.ensure_future(self._write(job))
        self._changes.add(change)
        change.add_done_callback(self._changes.discard)
        return await asyncio.shield(change)

    async def _write(self, job: Job) -> Head:
        try:
            async with self._writing, asyncio.timeout(self.settings.timeout) as limit:
                with self.crew.heir() as (worker, control):
                    head = await worker.begin(job.head, job.query)
                    if "made" not in head:
                        control.close()
                        return head
                    limit.reschedule(None)  # from here on it must not be stopped halfway
                    return await self._succeed(worker, control)
        except TimeoutError as error:
            raise self._refused("timeout") from error
        except LostError as error:
            raise self._refused(error.why) from error

    async def _succeed(self, worker: Worker, control: socket.socket) -> Head:
        """Have the change kept, and put the process that made it in the place of the zygote."""
        try:
            head = await worker.begin({"do": "keep"}, b"")
        except LostError:
            self._lose()  # whether the change is kept shows when the file is read at the next start
            raise
        if "kept" not in head:
            control.close()
            return head
        old = self.crew
        old.release(worker)
        self.crew = Crew(control, self._lose)
        await self.crew.start(self.settings.workers, self.fast.places)
        old.retire()
        return head

    @property
    def is_lost(self) -> bool:
        """Tell whether there can be no workers any more."""
        return not self.crew.is_alive

    def _lose(self) -> None:
        self.on_loss()

    def _refused(self, why: str) -> RefusedError:
        self.counts[why] += 1
        return RefusedError(why)

    @contextlib.asynccontextmanager
    async def _place(self, job: Job, stay: _Stay) -> AsyncIterator[tuple[Worker, Head]]:
        """Run `job` in the fast lane for a moment, then where there is room in the slow one."""
        key = hash(job.query)
        if key not in self._known_slow:
            async with self.fast.place() as fast:
                crew, stay.is_waiting = self.crew, False
                with crew.worker() as worker:
                    answer = worker.begin(job.head, job.query)
                    await self._watch(worker, answer)
                    if answer.done():
                        yield worker, answer.result()
                        return
                    self._remember(key)
                    slow = self.slow.place_now()
                    if slow is not None:
                        crew.calm(worker)
                        fast.leave()
                        with slow:
                            yield worker, await answer
                            return
        stay.is_waiting = True
        async with self.slow.place():
            crew, stay.is_waiting = self.crew, False
            with crew.worker() as worker:
                crew.calm(worker)
                yield worker, await worker.begin(job.head, job.query)

    async def _watch(self, worker: Worker, answer: asyncio.Future[Head]) -> None:
        """Wait for an answer until the job has had its moment, on a processor and not only on the clock."""
        loop, quantum = asyncio.get_running_loop(), self.settings.quantum
        over: asyncio.Future[None] = loop.create_future()

        def end(_answer: object = None) -> None:
            if not over.done():
                over.set_result(None)

        def look() -> None:
            if worker.spent() >= quantum:
                end()
            else:
                timers[:] = [loop.call_later(quantum, look)]

        timers = [loop.call_later(quantum, look)]
        answer.add_done_callback(end)
        try:
            await over
        finally:
            timers[0].cancel()
            answer.remove_done_callback(end)

    def _remember(self, key: int) -> None:
        self._known_slow[key] = None
        if len(self._known_slow) > _REMEMBERED:
            self._known_slow.popitem(last=False)
