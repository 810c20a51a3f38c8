"""The SPARQL endpoint at `/sparql`: queries of anybody, answered by workers.

Not for: reading requests (`protocol`), running queries (`pool`), writing (`graph_store`).
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from hpkg.serve.negotiation import choose
from hpkg.serve.pool import Job, RefusedError
from hpkg.serve.problem import WebError, problem, revived
from hpkg.serve.protocol import METHODS, Operation, field, read_operation
from hpkg.store.formats import GRAPH_FORMATS, RESULT_FORMATS, Format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.routing import BaseRoute
    from starlette.types import Message, Receive, Scope, Send

    from hpkg.serve.pool import Outcome
    from hpkg.serve.service import Service
    from hpkg.serve.settings import Settings
    from hpkg.serve.wire import Head

    Pair = tuple[Format, str] | None
    Chosen = tuple[Pair, Pair]

__all__ = ["SparqlEndpoint", "chosen_formats", "nothing", "routes", "send_answer"]

_ALLOW: Final = ", ".join(METHODS)
_BUFFERED: Final = 1 << 20
# Functions whose answer is another each time: what they give is not kept.
_FICKLE: Final = re.compile(r"(?i)\b(?:rand|now|uuid|struuid|bnode)\s*\(")
_REFUSALS: Final = {
    "full": "service-busy",
    "waited": "service-busy",
    "timeout": "query-timeout",
    "memory": "query-memory",
    "depth": "query-too-deep",
    "lost": "query-lost",
}


def routes(service: Service) -> Sequence[BaseRoute]:
    """Return the routes of the endpoint."""
    return [Route("/sparql", SparqlEndpoint(service))]


class SparqlEndpoint:
    """The endpoint, an ASGI application."""

    def __init__(self, service: Service) -> None:
        """Answer with the workers of `service`."""
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; end its work when the client leaves."""
        if scope["method"] == "OPTIONS":
            fields = {"Allow": _ALLOW, "Accept-Query": '"application/sparql-query"'}
            await Response(status_code=204, headers=fields)(scope, receive, send)
            return
        settings = self.service.settings
        operation = await read_operation(scope, receive, settings.max_body, settings.max_write)
        work = asyncio.ensure_future(self._answer(operation, scope, send))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait({work, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
        finally:
            leaving.cancel()
            work.cancel()

    async def _answer(self, operation: Operation, scope: Scope, send: Send) -> None:
        if operation.kind == "update":
            raise WebError("writing-off")
        if operation.kind == "none":
            raise WebError("query-missing")
        chosen = chosen_formats(operation.format, field(scope, b"accept"))
        tag = self._tag(operation, chosen)
        fields = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
        if tag:
            fields |= {"ETag": tag, "Last-Modified": self.service.modified}
        if tag and _matches(field(scope, b"if-none-match"), tag):
            await Response(status_code=304, headers=fields)(scope, nothing, send)
            return
        settings = self.service.settings
        names = {f"{holds}": pair and pair[0].name for holds, pair in zip(("results", "graph"), chosen, strict=True)}
        head = {"dataset": operation.dataset, **names, "rows": settings.max_rows, "bytes": settings.max_bytes}
        try:
            async with self.service.pool.run(Job(head, operation.text.encode())) as outcome:
                if "error" in outcome.head:
                    await outcome.read()
                    await problem(revived(outcome.head), scope)(scope, nothing, send)
                else:
                    await send_answer(outcome, fields | _described(outcome.head, chosen), scope, send)
        except RefusedError as error:
            raise _refusal(error.why, settings) from error

    def _tag(self, operation: Operation, chosen: Chosen) -> str | None:
        """Return the entity tag of the answer to `operation`, or None if it may be another each time."""
        if _FICKLE.search(operation.text):
            return None
        digest = hashlib.sha256(self.service.version.encode())
        for part in (operation.text, repr(operation.dataset), *(pair and pair[1] for pair in chosen)):
            digest.update(b"\0" + str(part).encode())
        return f'W/"{digest.hexdigest()[:32]}"'


async def send_answer(outcome: Outcome, fields: Mapping[str, str], scope: Scope, send: Send) -> None:
    """Send what a worker wrote: as it comes if it is long, without its body for HEAD."""
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]
    start = {"type": "http.response.start", "status": 200, "headers": raw}
    if scope["method"] == "HEAD" or outcome.head["length"] <= _BUFFERED:
        body = await outcome.read()
        await send(start)
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
        return
    await send(start)
    async for part in outcome.parts():
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _described(head: Head, chosen: Chosen) -> dict[str, str]:
    """Return the fields that tell what a worker wrote."""
    pair = chosen[0] if head["form"] in {"SELECT", "ASK"} else chosen[1]
    assert pair
    form, media_type = pair
    fields = {
        "Content-Type": f"{media_type}; charset=utf-8" if form.is_text else media_type,
        "Content-Length": str(head["length"]),
    }
    return fields | ({"Hpkg-Truncated": head["cut"], "Cache-Control": "no-store"} if head["cut"] else {})


def chosen_formats(told: str, accept: str) -> Chosen:
    """Return the format for solutions and that for triples, each with the media type to name it by.

    Raises:
        WebError: There is neither.
    """
    if told:
        found = [
            (form, form.media_type)
            for form in (*RESULT_FORMATS, *GRAPH_FORMATS)
            if told in {form.name, form.suffix, *form.media_types}
        ]
        results = next((pair for pair in found if pair[0].holds == "results"), None)
        graph = next((pair for pair in found if pair[0].holds == "graph"), None)
    else:
        results, graph = _negotiated(RESULT_FORMATS, accept), _negotiated(GRAPH_FORMATS, accept)
    if results is None and graph is None:
        known = [form.name if told else form.media_type for form in (*RESULT_FORMATS, *GRAPH_FORMATS)]
        code = "format-unknown" if told else "format-not-acceptable"
        raise WebError(code, form=told, known=", ".join(known))
    return results, graph


def _negotiated(formats: Sequence[Format], accept: str) -> tuple[Format, str] | None:
    offers = {media_type: form for form in reversed(formats) for media_type in reversed(form.media_types)}
    chosen = choose(
        accept, [form.media_type for form in formats] + [name for form in formats for name in form.media_types[1:]]
    )
    return (offers[chosen], chosen) if chosen else None


def _refusal(why: str, settings: Settings) -> WebError:
    headers = {"Retry-After": str(max(1, round(settings.timeout)))} if why in {"full", "waited"} else {}
    return WebError(
        _REFUSALS[why], headers=headers, seconds=f"{settings.timeout:g}", mebibytes=settings.max_memory >> 20
    )


def _matches(told: str, tag: str) -> bool:
    """Tell whether `If-None-Match` names the tag (RFC 9110, section 13.1.2: weak comparison)."""
    bare = tag.removeprefix("W/")
    return told.strip() == "*" or bare in {part.strip().removeprefix("W/") for part in told.split(",")}


async def _left(receive: Receive) -> None:
    """Return when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def nothing() -> Message:
    """Return that there is nothing more to read: what an answer made here is called with."""
    return {"type": "http.disconnect"}
