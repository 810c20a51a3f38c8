"""The endpoint whose graph a service shows, when it has none of its own: what is known of it, and whether it answers.

What the endpoint holds may change at any time. One that tells a version of its content (`Hpkg-Dataset`) is asked for it
every few seconds; of any other the content counts as another after a while (`freshness`), its version being that time.
Not for: queries of others (`hpkg.serve.relay`).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.errors import CallerError, HpkgError, StoreError
from hpkg.messages import text
from hpkg.serve.log import log_defect, log_warning
from hpkg.store.remote import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from hpkg.serve.settings import Settings

__all__ = ["SeenStore", "Upstream"]

_BEAT_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 5.0
"""An endpoint that does not say in this time that it is there counts as one that is not."""

_LOOKED_SECONDS: Final = 1.0
"""For so long nobody has to look again."""


class SeenStore(RemoteStore):
    """The dataset of an endpoint as it was at a time: with the version that the service gives it."""

    def __init__(self, settings: Settings, label: str) -> None:
        """Ask nothing yet."""
        super().__init__(
            settings.endpoint,
            timeout_seconds=settings.timeout,
            deadline_seconds=settings.timeout,
            most_bytes=settings.max_bytes * 4,
        )
        self._label = label

    @property
    def version(self) -> str:
        """Return the version, without asking for it."""
        return self._label

    def _fetch(self, query: str, accept: str, dataset: tuple[str, ...] = ()) -> tuple[bytes, bool]:
        """Return the body of an answer; a query of ours that is refused is no mistake of whoever asked for a page."""
        try:
            return super()._fetch(query, accept, dataset)
        except CallerError as error:
            refused = {"status": 400, "reason": error.details.get("reason", error.code)}
            raise StoreError("endpoint-failed", where=self.endpoint, **refused) from error

    def learn(self) -> None:
        """Ask for all that is to be known without asking from now on."""
        assert self.engine
        assert self.graphs is not None
        assert self.dataset is not None


class Upstream:
    """What is known of the endpoint of a service.

    Attributes:
        store: Its dataset as it was when it was last found to be another one.
        failure: Why it did not answer when it was last asked; None if it did.
        on_change: What is called when its dataset is another one.
    """

    def __init__(self, settings: Settings) -> None:
        """Know nothing yet."""
        self.settings = settings
        self.store = SeenStore(settings, _now())
        self.failure: HpkgError | None = None
        self.on_change: Callable[[], None] = lambda: None
        self._is_known = False
        self._told = ""
        self._renewed = self._looked = float("-inf")
        self._turn = asyncio.Lock()
        self._stirred = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None

    @property
    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, without asking for them.

        Raises:
            HpkgError: They were never told.
        """
        if not self._is_known:
            raise self.failure or StoreError("endpoint-slow", where=self.store.endpoint)
        return self.store.graphs

    async def start(self) -> None:
        """Look whether the endpoint is there, and again from time to time."""
        await self.look()
        self._watch = asyncio.create_task(self._go_on())

    async def stop(self) -> None:
        """Look no more."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch

    async def look(self) -> bool:
        """Tell whether the endpoint answers, and take note if its dataset is another one."""
        if self._turn.locked() and self._is_known:
            return self.failure is None
        async with self._turn:
            if time.monotonic() - self._looked > _LOOKED_SECONDS:
                try:
                    await self._renew(await asyncio.wait_for(asyncio.to_thread(self._probe.greet), _LOOK_SECONDS))
                    self._note(None)
                except TimeoutError:
                    self._note(StoreError("endpoint-slow", where=self.store.endpoint))
                except HpkgError as error:
                    self._note(error)
                self._looked = time.monotonic()
            return self.failure is None

    def hear(self, told: str) -> None:
        """Note the version that the endpoint told with an answer: if it is another, its dataset is looked at soon."""
        if told != self._told:
            self._looked = float("-inf")
            self._stirred.set()

    async def _renew(self, told: str) -> None:
        """Take note of the dataset, unless it is the one that is known; one that was away may be another."""
        is_fresh = bool(told) or time.monotonic() - self._renewed < self.settings.freshness
        if self._is_known and self.failure is None and told == self._told and is_fresh:
            return
        store = SeenStore(self.settings, told or _now())
        await asyncio.wait_for(asyncio.to_thread(store.learn), self.settings.timeout)
        self.store, self._told, self._is_known = store, told, True
        self._renewed = time.monotonic()
        self.on_change()

    async def _go_on(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), min(_BEAT_SECONDS, self.settings.freshness))
            self._stirred.clear()
            try:
                await self.look()
            except Exception:  # noqa: BLE001 — a defect is told, and the next look is not given up for it
                log_defect("upstream")

    def _note(self, failure: HpkgError | None) -> None:
        if (failure is None) != (self.failure is None):
            code = "endpoint-lost" if failure else "endpoint-found"
            log_warning(text(f"serve.{code}", "en", endpoint=self.store.endpoint, reason=str(failure or "")))
        self.failure = failure

    @cached_property
    def _probe(self) -> RemoteStore:
        return RemoteStore(self.settings.endpoint, timeout_seconds=_LOOK_SECONDS, deadline_seconds=_LOOK_SECONDS)


def _now() -> str:
    """Return the time as the version of a dataset that tells none."""
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
