"""Is the service there, is it ready, what has it counted: `/health`, `/ready`, `/metrics`.

Not for: anything of the graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hpkg.serve.metrics import MEDIA_TYPE, exposition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from hpkg.serve.metrics import Family
    from hpkg.serve.service import Service
    from hpkg.serve.upstream import Upstream

__all__ = ["routes"]


def routes(service: Service) -> Sequence[BaseRoute]:
    """Return the routes that tell how the service is."""

    async def health(_request: Request) -> Response:
        told = {"status": "ok"} | ({"endpoint": _state(service.upstream)} if service.upstream else {})
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def ready(_request: Request) -> Response:
        status = "no workers" if service.pool.is_lost else "ok"
        if service.upstream and not await service.upstream.look():
            status = "no endpoint"
        alive = status == "ok"
        told = {"status": status, "dataset": service.version, "graphs": len(service.graphs) if alive else 0}
        return JSONResponse(told, 200 if alive else 503, headers={"Cache-Control": "no-store"})

    async def metrics(_request: Request) -> Response:
        families = [*service.metrics.families(), *_of_pool(service)]
        return Response(exposition(families), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})

    return [Route("/health", health), Route("/ready", ready), Route("/metrics", metrics)]


def _state(upstream: Upstream) -> str:
    """Return how the endpoint was when it was last looked at."""
    return "ok" if upstream.failure is None else upstream.failure.code


def _of_pool(service: Service) -> Iterator[Family]:
    pool = service.pool
    counts = [(f'{{outcome="{name}"}}', float(count)) for name, count in pool.counts.items()]
    yield "hpkg_queries_total", "counter", "Queries by how they ended.", counts
    if service.upstream:
        answers = [("", float(service.upstream.failure is None))]
        yield "hpkg_endpoint_up", "gauge", "Whether the endpoint that is served answers.", answers
    yield (
        "hpkg_workers_killed_total",
        "counter",
        "Workers killed in the middle of a query.",
        [("", float(pool.crew.killed))],
    )
    cache = service.cache
    again = [("", float(service.recall.hits))]
    yield "hpkg_recalled_total", "counter", "Answers given again because the same bytes were sent again.", again
    inline = service.inline
    yield (
        "hpkg_inline_total",
        "counter",
        "Queries known to be short that the front ran itself.",
        [("", float(inline.runs))],
    )
    late = [("", float(inline.late))]
    yield (
        "hpkg_inline_late_total",
        "counter",
        "Queries that took long there, and are run elsewhere since.",
        late,
    )
    asked = [('{result="hit"}', float(cache.hits)), ('{result="miss"}', float(cache.misses))]
    yield "hpkg_cache_lookups_total", "counter", "Answers looked for among those kept.", asked
    yield "hpkg_cache_bytes", "gauge", "Bytes of answers kept.", [("", float(cache.used))]
    lanes = {"fast": pool.fast, "slow": pool.slow}
    running = [(f'{{lane="{name}"}}', float(lane.places - lane.free)) for name, lane in lanes.items()]
    yield "hpkg_queries_running", "gauge", "Queries that run now.", running
    waiting = [(f'{{lane="{name}"}}', float(lane.waiting)) for name, lane in lanes.items()]
    yield "hpkg_queries_waiting", "gauge", "Queries that wait for a worker.", waiting
