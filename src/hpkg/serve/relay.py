"""Queries of others, sent on to an endpoint: what `hpkg.serve.pool` is for a graph of our own.

A worker parses and checks each query, and writes what came back in the format that is wanted; between the two the front
sends it on. So what strangers wrote and what was answered them is read in processes that can be killed, within the
limits of any answer. A query that takes long moves out of the way of others here as well. Not for: what is known of the
endpoint (`hpkg.serve.upstream`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from hpkg.serve.lane import Lane, LaneFullError
from hpkg.serve.pool import CROWD, Job, Pool, RefusedError
from hpkg.serve.problem import revived
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.forwarding import Forwarder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from hpkg.serve.crew import Crew
    from hpkg.serve.pool import Outcome
    from hpkg.serve.settings import Settings
    from hpkg.serve.upstream import Upstream
    from hpkg.serve.wire import Head
    from hpkg.store.forwarding import Heard

__all__ = ["Relay"]

_MOMENT_SECONDS: Final = 0.5
"""So long a query may take, elsewhere and on the way, before it counts as a long one."""

_REMEMBERED: Final = 1024
_OWN: Final = ("done", "full", "timeout", "waited", "left", "failed")


class Relay:
    """The way of queries to the endpoint of `upstream`.

    To be made before the process has a second thread, and started in the event loop.
    """

    def __init__(self, settings: Settings, upstream: Upstream) -> None:
        """Fork the zygote of workers that check and write, and hold no graph."""
        self.settings = settings
        self.upstream = upstream
        self.fast = Lane(settings.workers * CROWD, settings.queue)
        self.slow = Lane(settings.workers, settings.queue)
        self._pool = Pool(EmbeddedStore({}), settings)
        self._counts = dict.fromkeys(_OWN, 0)
        self._known_slow: OrderedDict[int, None] = OrderedDict()
        self._forwarder: Forwarder | None = None

    @property
    def crew(self) -> Crew:
        """Return the workers."""
        return self._pool.crew

    @property
    def counts(self) -> dict[str, int]:
        """Return how queries ended; those that no worker let pass ended there."""
        ended = self._pool.counts
        return self._counts | {name: ended[name] for name in ended if name not in self._counts}

    @property
    def is_lost(self) -> bool:
        """Tell whether there can be no workers any more."""
        return self._pool.is_lost

    @property
    def on_loss(self) -> Callable[[], None]:
        """Return what is called when the zygote ends of its own."""
        return self._pool.on_loss

    @on_loss.setter
    def on_loss(self, call: Callable[[], None]) -> None:
        """Have `call` called then."""
        self._pool.on_loss = call

    async def start(self) -> None:
        """Have the first workers forked, and look whether the endpoint is there."""
        self._forwarder = Forwarder(self.settings.endpoint, self.settings.max_bytes)
        await self._pool.start()
        await self.upstream.start()

    async def stop(self) -> None:
        """End every worker and every connection."""
        await self.upstream.stop()
        await self._pool.stop()
        if self._forwarder is not None:
            await self._forwarder.close()

    @contextlib.asynccontextmanager
    async def run(self, job: Job, seconds: float | None = None) -> AsyncIterator[Outcome]:
        """Run `job` at the endpoint, within `seconds`; its connection and its workers end with the block.

        Raises:
            HpkgError: The query is wrong, or the endpoint does not answer.
            RefusedError: There is no answer for another reason.
        """
        wait = _Wait()
        try:
            async with asyncio.timeout(self.settings.timeout if seconds is None else seconds) as limit:
                head, query = await self._admitted(job)
                heard = await self._asked(query, head, job, wait)
                self.upstream.hear(heard.version)
                rest = {"form": head["form"], "media_type": heard.media_type, "is_whole": heard.is_whole}
                async with self._pool.run(Job(job.head | {"do": "rewrite"} | rest, heard.body)) as outcome:
                    if outcome.head.get("error") == "endpoint-unreadable":
                        outcome.head["where"] = self.upstream.store.endpoint
                    yield outcome
                    self._counts["done"] += 1
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise self._refused("waited" if wait.is_waiting else "timeout") from error
        except LaneFullError as error:
            raise self._refused("full") from error
        except asyncio.CancelledError:
            self._counts["left"] += 1
            raise

    async def write(self, job: Job) -> Head:
        """Do nothing: nobody can have a token here (`hpkg.serve.service`)."""
        raise NotImplementedError(job.head["do"])

    async def _admitted(self, job: Job) -> tuple[Head, str]:
        """Return what a worker says of a query, and the query as it may be sent."""
        head: Head = {
            "do": "admit",
            "dataset": job.head["dataset"],
            "graphs": self.upstream.graphs,
            "engine": self.upstream.store.engine,
        }
        async with self._pool.run(Job(head, job.query)) as outcome:
            told = await outcome.read()
            if "error" in outcome.head:
                raise revived(outcome.head)
            return outcome.head, told.decode()

    async def _asked(self, query: str, head: Head, job: Job, wait: _Wait) -> Heard:
        forwarder = self._forwarder
        assert forwarder
        usual = () if head["names_dataset"] else self.upstream.store.dataset
        dataset = job.head["dataset"] or (usual, usual)

        async def ask() -> Heard:
            wait.is_waiting = False
            try:
                return await forwarder.ask(query, head["form"], dataset)
            except Exception:
                self._counts["failed"] += 1
                raise

        return await self._in_turn(hash(query), ask, wait)

    async def _in_turn(self, key: int, ask: Callable[[], Awaitable[Heard]], wait: _Wait) -> Heard:
        """Ask in the fast lane for a moment, then where there is room in the slow one; else again, in turn."""
        if key not in self._known_slow:
            async with self.fast.place() as fast:
                asking = asyncio.ensure_future(ask())
                try:
                    await asyncio.wait({asking}, timeout=_MOMENT_SECONDS)
                    if asking.done():
                        return asking.result()
                    self._remember(key)
                    slow = self.slow.place_now()
                    if slow is not None:
                        fast.leave()
                        with slow:
                            return await asking
                finally:
                    asking.cancel()
        wait.is_waiting = True
        async with self.slow.place():
            return await ask()

    def _remember(self, key: int) -> None:
        self._known_slow[key] = None
        if len(self._known_slow) > _REMEMBERED:
            self._known_slow.popitem(last=False)

    def _refused(self, why: str) -> RefusedError:
        self._counts[why] += 1
        return RefusedError(why)


class _Wait:
    """Whether a query waits for its turn."""

    is_waiting = True
