"""Whole graphs over HTTP: the SPARQL 1.1 Graph Store Protocol at `/graph-store`.

    GET, HEAD     ?graph=IRI | ?default     5.2
    PUT           replaces a graph          5.3
    DELETE                                  5.4
    POST          adds to a graph           5.5; without a graph, to a new one

Reading needs nothing, writing a token. Not for: `/graph/…`, where a graph is found under its own name.
"""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.responses import Response
from starlette.routing import Route

from hpkg.namespaces import BASE
from hpkg.serve.problem import WebError
from hpkg.serve.protocol import content_type, field, pairs, read_body
from hpkg.serve.sparql import SparqlEndpoint, nothing
from hpkg.serve.token import require_token
from hpkg.store.formats import GRAPH_FORMATS
from hpkg.store.writing import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute
    from starlette.types import Receive, Scope, Send

    from hpkg.serve.service import Service
    from hpkg.store.guard import Dataset

__all__ = ["GraphStore", "routes"]

_METHODS: Final = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
_ALLOW: Final = {"Allow": ", ".join(_METHODS)}
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_READ: Final = {form.media_type: form.name for form in GRAPH_FORMATS if form.name not in {"trig", "nquads"}}
_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def routes(service: Service) -> Sequence[BaseRoute]:
    """Return the route of the graph store."""
    return [Route("/graph-store", GraphStore(service))]


class GraphStore:
    """The graph store, an ASGI application."""

    def __init__(self, service: Service) -> None:
        """Read and write the dataset of `service`."""
        self.service = service
        self._endpoint = SparqlEndpoint(service)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        method = scope["method"]
        if method == "OPTIONS":
            await Response(status_code=204, headers=_ALLOW)(scope, receive, send)
            return
        if method not in _METHODS:
            raise WebError("method-not-allowed", headers=_ALLOW, method=method, known=_ALLOW["Allow"])
        if method not in {"GET", "HEAD"}:
            require_token(self.service, scope)
        graph, form = _target(scope, may_lack=method == "POST")
        exists = graph in self.service.graphs
        if method in {"GET", "HEAD"}:
            if graph != UNNAMED and not exists:
                raise WebError("graph-absent", graph=graph)
            # The default graph that is read is that of queries: the union of all.
            dataset: Dataset | None = None if graph == UNNAMED else ([graph], [])
            await self._endpoint.answer(_ALL, dataset, form, scope=scope, receive=receive, send=send)
            return
        await self._write(method, graph, exists=exists, scope=scope, receive=receive, send=send)

    async def _write(  # noqa: PLR0913 — the parts of a request
        self, method: str, graph: str, *, exists: bool, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if method == "DELETE":
            if not exists:
                raise WebError("graph-absent", graph=graph)
            await self._endpoint.write({"do": "drop", "graph": graph}, b"")
        else:
            media_type, charset = content_type(scope)
            if media_type not in _READ:
                raise WebError("media-type-unknown", found=media_type or "–", known=", ".join(_READ))
            if charset not in {"", "utf-8", "utf8"}:
                raise WebError("body-not-utf8")
            body = await read_body(receive, self.service.settings.max_write, self.service.settings.patience)
            how = "replace" if method == "PUT" else "add"
            await self._endpoint.write({"do": how, "graph": graph, "format": _READ[media_type]}, body)
        headers = {}
        if not exists and method != "DELETE":
            headers["Location"] = f"{self.service.address(scope)}/graph-store?graph={quote(graph, safe='')}"
        await Response(status_code=201 if headers else 204, headers=headers)(scope, nothing, send)


def _target(scope: Scope, *, may_lack: bool) -> tuple[str, str]:
    """Return the graph that a request names, and the format it asks for.

    Raises:
        WebError: It names none where it must, or more than one.
    """
    told = pairs(scope["query_string"])
    graphs = [value for name, value in told if name == "graph"]
    graphs += [UNNAMED for name, _ in told if name == "default"]
    form = next((value for name, value in told if name == "format"), "")
    if not graphs and may_lack:
        return f"{BASE}graph/{uuid.uuid4()}", form
    if len(graphs) != 1 or field(scope, b"content-range"):
        raise WebError("graph-not-told")
    if not _ABSOLUTE.fullmatch(graphs[0]):
        raise WebError("graph-wrong", graph=graphs[0])
    return graphs[0], form
