"""A query of somebody, run by a worker under the limits of the service: at `/sparql`, and for language models.

Not for: HTTP, and who runs when (`hpkg.serve.pool`).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING, Final

from hpkg.serve.federation import joined
from hpkg.serve.pool import Job, RefusedError
from hpkg.serve.problem import WebError, revived

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hpkg.serve.pool import Outcome
    from hpkg.serve.service import Service
    from hpkg.serve.settings import Settings
    from hpkg.store.guard import Dataset

__all__ = ["asks_elsewhere", "refusal", "run_query"]

_REFUSALS: Final = {
    "full": "service-busy",
    "waited": "query-waited",
    "timeout": "query-timeout",
    "memory": "query-memory",
    "depth": "query-too-deep",
    "lost": "query-lost",
}


@contextlib.asynccontextmanager
async def run_query(
    service: Service, query: str, dataset: Dataset | None, results: str | None, graph: str | None
) -> AsyncIterator[Outcome]:
    """Have a worker run `query` over `dataset` (None: all), and give what it answered.

    `results` and `graph` name the format of solutions and that of triples.

    Raises:
        HpkgError: The query is wrong, or it got no answer.
    """
    settings = service.settings
    begin = time.monotonic()
    if asks_elsewhere(service, query):
        query = await _fetched(service, query)
    limits = {"rows": settings.max_rows, "bytes": settings.max_bytes}
    head = {"dataset": dataset, "results": results, "graph": graph, **limits}
    try:
        async with service.pool.run(
            Job(head, query.encode()), settings.timeout - (time.monotonic() - begin)
        ) as outcome:
            if "error" in outcome.head:
                await outcome.read()
                raise revived(outcome.head)
            yield outcome
    except RefusedError as error:
        raise refusal(error.why, settings) from error


def asks_elsewhere(service: Service, query: str) -> bool:
    """Tell whether `query` may have to be asked elsewhere as well: then its answer is not the graph's alone."""
    return bool(service.outreach.hosts) and "service" in query.lower()


async def _fetched(service: Service, query: str) -> str:
    """Return `query` with what other endpoints answer in place of its SERVICE groups."""
    seconds = service.settings.timeout
    until = time.monotonic() + seconds

    def fetch(endpoint: str, asked: str) -> bytes:
        return service.outreach.fetch(endpoint, asked, max(0.0, until - time.monotonic()))

    try:
        return await asyncio.wait_for(asyncio.to_thread(joined, query, fetch), seconds)
    except TimeoutError as error:
        raise refusal("timeout", service.settings) from error


def refusal(why: str, settings: Settings) -> WebError:
    """Return what to tell whose query got no answer, for the reason of a `RefusedError`."""
    headers = {"Retry-After": str(max(1, round(settings.timeout)))} if why in {"full", "waited"} else {}
    return WebError(
        _REFUSALS[why], headers=headers, seconds=f"{settings.timeout:g}", mebibytes=settings.max_memory >> 20
    )
