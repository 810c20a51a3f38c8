"""What all routes share: home, store, workers, settings, and what the dataset is.

Not for: any route.
"""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from hpkg.errors import StoreError
from hpkg.messages import text
from hpkg.serve.cache import AnswerCache
from hpkg.serve.heir import FILE, header
from hpkg.serve.inline import Inline
from hpkg.serve.log import log_warning
from hpkg.serve.metrics import Metrics
from hpkg.serve.outreach import Outreach
from hpkg.serve.pool import Job, Pool, RefusedError
from hpkg.serve.problem import revived
from hpkg.serve.recall import Recall
from hpkg.serve.shells import Shells
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files, version_of
from hpkg.store.shape import Sizes
from hpkg.store.writing import restored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.types import Scope

    from hpkg.home import Home
    from hpkg.serve.relay import Relay
    from hpkg.serve.settings import Settings
    from hpkg.serve.upstream import Upstream
    from hpkg.serve.wire import Head
    from hpkg.store import Store

__all__ = ["Service", "open_service"]

_COUNTING_SECONDS: Final = 300.0
_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?")


@dataclass(slots=True)
class Service:
    """The parts of a running service.

    Attributes:
        home: The folder that is served.
        settings: Its settings.
        store: The graph in this process, for queries of our own; another object after each change.
        pool: The workers, for queries of others; or what sends those on.
        modified: When the dataset last changed, as HTTP writes dates.
        built: The version of the dataset as it was built, before anything was written to it.
        metrics: What is counted.
        cache: Answers that were given before.
        recall: Answers by the bytes of their requests.
        inline: Queries that are run in this process, as they are known to be short.
        shells: What surrounds queries, by its bytes.
        tokens: Who may write.
        outreach: The way to other endpoints.
        upstream: What is known of the endpoint whose graph is served; None: it is our own.
        on_change: What is called when the dataset has changed.
    """

    home: Home
    settings: Settings
    store: Store
    pool: Pool | Relay
    modified: str
    built: str
    cache: AnswerCache
    metrics: Metrics = field(default_factory=Metrics)
    recall: Recall = field(default_factory=lambda: Recall(0))
    shells: Shells = field(default_factory=Shells)
    tokens: frozenset[str] = frozenset()
    outreach: Outreach = field(default_factory=lambda: Outreach((), 0))
    upstream: Upstream | None = None
    on_change: list[Callable[[], None]] = field(default_factory=list)
    inline: Inline = field(init=False)

    def __post_init__(self) -> None:
        """Know no query."""
        self.inline = Inline(self.settings, self.store, self._count)

    def address(self, scope: Scope) -> str:
        """Return the address under which whoever sent a request sees the service, without a slash at its end."""
        if self.settings.base:
            return self.settings.base.rstrip("/")
        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        if not _HOST.fullmatch(host):
            host = f"{self.settings.host}:{self.settings.port}"
        return f"{scope.get('scheme', 'http')}://{host}"

    async def _count(self) -> Sizes | None:
        """Have a worker count the graph: here that would copy each page of it that is shared."""
        try:
            async with self.pool.run(Job({"do": "count"}, b""), _COUNTING_SECONDS) as outcome:
                return Sizes.heard(json.loads(await outcome.read()))
        except RefusedError:
            return None  # some query to come asks again

    @property
    def version(self) -> str:
        """Return the content hash of the dataset; of an endpoint that tells none, when it was last looked at."""
        return self.store.version

    @property
    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, without waiting for anything.

        Raises:
            HpkgError: The endpoint never told them.
        """
        return self.upstream.graphs if self.upstream else self.store.graphs

    async def write(self, head: Head, body: bytes = b"") -> None:
        """Change the dataset: what `head` says (`hpkg.serve.heir`), with `body`; then all answer from it.

        Raises:
            HpkgError: The change is wrong, or could not be kept; then nothing has changed.
            RefusedError: It took too long, or too much.
        """
        assert self.settings.state
        told = await self.pool.write(Job(head | {"base": self.built, "state": str(self.settings.state)}, body))
        if "error" in told:
            raise revived(told)
        if "failed" in told:
            raise StoreError("machine-refused", where=FILE, reason=told["failed"])
        self.replace(await asyncio.to_thread(_kept, self.settings.state))

    def replace(self, store: Store) -> None:
        """Answer from `store` from now on."""
        self.store = store
        self.modified = formatdate(usegmt=True)
        self.cache.clear()
        self.recall.clear()
        self.inline.renew(store)
        self.shells.clear()
        for call in self.on_change:
            call()


def open_service(home: Home, settings: Settings) -> Service:
    """Return a service of `home` whose workers can be started; of what was written to it, if anything was.

    With an endpoint in the settings the graph is that of the endpoint, and the home has questions and words.

    Raises:
        CallerError: Who may write cannot be read.
        OntologyError: A file of the ontology cannot be read.
        StoreError: A file of the graph cannot be read, or what was written.
    """
    tokens = settings.tokens()
    if settings.endpoint:
        return _before_endpoint(home, settings)
    files = list(graph_files(home))
    changed = max(file.path.stat().st_mtime for file in files)
    state = settings.state
    if state:
        state.mkdir(parents=True, exist_ok=True)
    if state and (state / FILE).is_file():
        store = _apart(partial(_kept, state))
        changed = (state / FILE).stat().st_mtime
        built = version_of((file.graph, file.path.read_bytes()) for file in files)
        if not (state / FILE).read_bytes().startswith(header(built)):
            log_warning(text("serve.state-older", "en", path=state / FILE))
    else:
        store = _apart(partial(EmbeddedStore.open, home))
        built = store.version
    return Service(
        home,
        settings,
        store,
        Pool(store, settings),
        formatdate(changed, usegmt=True),
        built,
        AnswerCache(settings.cache),
        tokens=tokens,
        recall=Recall(settings.cache),
        outreach=Outreach(settings.service_hosts(), settings.max_bytes),
    )


def _before_endpoint(home: Home, settings: Settings) -> Service:
    """Return a service of the graph behind the endpoint of the settings, whether it answers already or not."""
    # The HTTP client is loaded only when there is somebody to ask.
    upstream: Upstream = import_module("hpkg.serve.upstream").Upstream(settings)
    service = Service(
        home,
        settings,
        upstream.store,
        import_module("hpkg.serve.relay").Relay(settings, upstream),
        formatdate(usegmt=True),
        "",
        AnswerCache(settings.cache),
        recall=Recall(settings.cache),
        outreach=Outreach(settings.service_hosts(), settings.max_bytes),
        upstream=upstream,
    )
    upstream.on_change = lambda: service.replace(upstream.store)
    return service


def _apart(load: Callable[[], EmbeddedStore]) -> EmbeddedStore:
    """Return the graph that `load` gives, loaded by a thread that has then ended.

    The C library gives each thread a heap of its own. So what queries take for a moment comes out of one without holes
    between triples: it stays in the processor's cache, and a worker copies none of the pages that all share.
    """
    with ThreadPoolExecutor(1) as loader:
        return loader.submit(load).result()


def _kept(state: Path) -> EmbeddedStore:
    try:
        return restored((state / FILE).read_bytes())
    except (StoreError, OSError) as error:
        raise StoreError("serve-state-unreadable", where=str(state / FILE), reason=str(error)) from error
