"""The graph for language models: `/mcp` over HTTP, and the same over stdin and stdout.

Free queries run in the workers, under the limits of the endpoint. The SDK takes a second to load and comes with
`hpkg[mcp]`: it is loaded by the first request. Not for: what the tools answer (`hpkg.mcp`).
"""

from __future__ import annotations

import asyncio
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from hpkg.knowledge import KnowledgeGraph
from hpkg.serve.query import run_query
from hpkg.serve.service import Service, open_service

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

    from hpkg.home import Home
    from hpkg.mcp import QueryAnswer
    from hpkg.messages import Language
    from hpkg.serve.settings import Settings

__all__ = ["ModelEndpoint", "routes", "talk"]

_FORMS: Final = {"SELECT", "ASK"}


def routes(service: Service) -> Sequence[BaseRoute]:
    """Return the route of the protocol."""
    return [Route("/mcp", ModelEndpoint(service), methods=["GET", "POST", "DELETE"])]


class ModelEndpoint:
    """The endpoint of the protocol over HTTP, an ASGI application; no session is kept from request to request."""

    def __init__(self, service: Service) -> None:
        """Answer from `service`; nothing is loaded yet."""
        self.service = service
        self._made: tuple[str, ASGIApp] | None = None
        self._turn = asyncio.Lock()
        self._held: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        async with self._turn:
            # Another content of the graph is another server: it holds the store it was made with.
            if self._made is None or self._made[0] != self.service.version:
                self._made = self.service.version, await self._open()
        await self._made[1](scope, receive, send)

    async def _open(self) -> ASGIApp:
        server = await asyncio.to_thread(_server, self.service, "en")
        app = server.streamable_http_app(stateless_http=True, json_response=True, host=self.service.settings.host)
        ready = asyncio.Event()

        async def hold(running: AbstractAsyncContextManager[None]) -> None:
            async with running:
                ready.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(hold(server.session_manager.run()))
        self._held.add(task)
        await ready.wait()
        endpoint: ASGIApp = app.routes[0].app
        return endpoint


async def talk(home: Home, settings: Settings, language: Language) -> None:
    """Serve the graph of `home` over stdin and stdout until they are closed.

    Raises:
        CallerError: The SDK is not installed; it comes with `hpkg[mcp]`.
    """
    service = open_service(home, settings)
    server = _server(service, language)
    await service.pool.start()
    try:
        await server.run_stdio_async()
    finally:
        await service.pool.stop()


def _server(service: Service, language: Language) -> Any:  # noqa: ANN401 — a class of the SDK, which may be missing
    kit = import_module("hpkg.mcp")

    async def run(query: str) -> QueryAnswer:
        async with run_query(service, query, None, "json", "turtle") as outcome:
            body = await outcome.read()
        said = json.loads(body) if outcome.head["form"] in _FORMS else body.decode()
        answer: QueryAnswer = kit.QueryAnswer(said, outcome.head["cut"])
        return answer

    return kit.create_server(KnowledgeGraph(service.home, service.store), run, language)
