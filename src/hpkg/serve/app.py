"""The application: routes of every room, behind one door that numbers, limits, times and logs requests.

A room is a module with `routes(service)`; it is named in `ROOMS`. Not for: any route of its own but those of health.
"""

from __future__ import annotations

import contextlib
from importlib import import_module
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from hpkg.errors import HpkgError
from hpkg.serve.door import Door
from hpkg.serve.problem import WebError, problem
from hpkg.serve.service import open_service
from hpkg.serve.settings import Settings
from hpkg.serve.sparql import PATH, SparqlEndpoint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from hpkg.home import Home

__all__ = ["ROOMS", "create_app", "entrance"]

ROOMS: Final = (
    "hpkg.serve.health",
    "hpkg.serve.explanation",
    "hpkg.serve.sparql",
    "hpkg.serve.graph_store",
    "hpkg.serve.api",
    "hpkg.serve.models",
    "hpkg.serve.linked",
)
"""Modules with `routes(service)`, in the order in which routes are tried."""


def create_app(home: Home, settings: Settings | None = None) -> Starlette:
    """Return the service of `home` as an ASGI application.

    `app.state.service` has all parts, `app.state.store` the graph for queries of our own, `app.state.pool` the workers
    for those of others. To be called before the process has a second thread, for it forks.

    Raises:
        OntologyError: A file of the ontology cannot be read.
        StoreError: A file of the graph cannot be read.
    """
    service = open_service(home, settings or Settings())

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await service.pool.start()
        try:
            yield
        finally:
            await service.pool.stop()

    app = Starlette(
        routes=[route for room in ROOMS for route in import_module(room).routes(service)],
        middleware=[Middleware(Door, service=service)],
        exception_handlers={HpkgError: _told, HTTPException: _http},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.express = Door(SparqlEndpoint(service), service)
    app.state.service, app.state.pool = service, service.pool

    def renew() -> None:
        app.state.store = service.store

    renew()
    service.on_change.append(renew)
    return app


def entrance(app: Starlette) -> ASGIApp:
    """Return `app` with a way of its own for queries, which are many and short: from the door to the endpoint."""
    express: ASGIApp = app.state.express

    async def enter(scope: Scope, receive: Receive, send: Send) -> None:
        is_query = scope["type"] == "http" and scope["path"] == PATH
        await (express if is_query else app)(scope, receive, send)

    return enter


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HpkgError)
    return problem(error, request.scope)


async def _http(request: Request, error: Exception) -> Response:
    """Return what the framework refuses as an error of ours."""
    assert isinstance(error, HTTPException)
    known = (error.headers or {}).get("Allow", "")
    if error.status_code == 405:  # noqa: PLR2004 — Method Not Allowed
        refused = WebError("method-not-allowed", headers={"Allow": known}, method=request.method, known=known)
    else:
        refused = WebError("not-found", where=request.url.path)
    return problem(refused, request.scope)
