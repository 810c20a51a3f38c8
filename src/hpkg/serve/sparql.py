"""The SPARQL endpoint at `/sparql`: queries of anybody, answered by workers.

Not for: reading requests (`protocol`), running queries (`pool`), writing (`graph_store`).
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from hpkg.errors import HpkgError
from hpkg.messages import LANGUAGES
from hpkg.pages import ServedLinks
from hpkg.serve.cache import Kept
from hpkg.serve.description import describe_service
from hpkg.serve.negotiation import choose, chosen_language, is_current
from hpkg.serve.page import query_page, results_table
from hpkg.serve.pool import RefusedError
from hpkg.serve.problem import WebError, status_of
from hpkg.serve.protocol import DIRECT, METHODS, Operation, content_type, field, read_operation
from hpkg.serve.query import asks_elsewhere, refusal, run_query
from hpkg.serve.recall import mark
from hpkg.serve.token import require_token
from hpkg.serve.whole import raw, send_whole
from hpkg.store.answering import write_graph
from hpkg.store.formats import GRAPH_FORMATS, RESULT_FORMATS, Format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.routing import BaseRoute
    from starlette.types import Message, Receive, Scope, Send

    from hpkg.serve.pool import Outcome
    from hpkg.serve.service import Service
    from hpkg.serve.wire import Head
    from hpkg.store.guard import Dataset

    Pair = tuple[Format, str] | None
    Chosen = tuple[Pair, Pair]

__all__ = ["PATH", "SparqlEndpoint", "chosen_formats", "nothing", "routes", "send_answer", "tag_of"]

PATH: Final = "/sparql"
"""Where the endpoint is."""

_XML: Final = ("application/xml", "text/xml")
_ALLOW: Final = ", ".join(METHODS)
_HTML: Final = "text/html"
_KINDS: Final = (
    *(name for form in (*RESULT_FORMATS, *GRAPH_FORMATS) for name in form.media_types if name not in _XML),
    _HTML,
    *_XML,
)
"""What a query can be answered with; a browser likes XML, but a page better."""

_BUFFERED: Final = 1 << 20
_SOLUTIONS: Final = frozenset({"SELECT", "ASK"})
# Functions whose answer is another each time: what they give is not kept.
_FICKLE: Final = re.compile(r"(?i)\b(?:rand|now|uuid|struuid|bnode)\s*\(")


def routes(service: Service) -> Sequence[BaseRoute]:
    """Return the routes of the endpoint."""
    return [Route(PATH, SparqlEndpoint(service))]


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
        most = settings.max_write if self.service.tokens else settings.max_body
        operation = await read_operation(scope, receive, settings, max_update=most)
        if operation.kind == "update":
            require_token(self.service, scope)
            await self.write({"do": "update", "dataset": operation.dataset}, operation.text.encode())
            await Response(status_code=204)(scope, nothing, send)
            return
        await self._attend(operation, scope, receive, send)

    async def answer(  # noqa: PLR0913 — a query, and the parts of a request
        self, query: str, dataset: Dataset | None, form: str, *, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer a request with what `query` finds over `dataset`, in the format `form` or as it accepts."""
        await self._attend(Operation("query", query, dataset, form), scope, receive, send)

    async def write(self, head: Head, body: bytes) -> None:
        """Change the dataset (`hpkg.serve.service`).

        Raises:
            HpkgError: The change is wrong, or was refused.
        """
        try:
            await self.service.write(head, body)
        except RefusedError as error:
            raise refusal(error.why, self.service.settings) from error

    async def _attend(self, operation: Operation, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a query; end the work when the client leaves."""
        connection = scope.get("state", {}).get("connection")
        if connection is not None:
            with connection.cancelling():
                await self._answer(operation, scope, send)
            return
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
        accept = field(scope, b"accept")
        if operation.kind == "none":
            await self._describe(operation.format, accept, _links(operation, scope), scope, send)
            return
        if operation.format == "html" or (not operation.format and choose(accept, _KINDS) == _HTML):
            await self._show(operation, _links(operation, scope), scope, send)
            return
        chosen = chosen_formats(operation.format, accept)
        tag = self._tag(operation, chosen)
        fields = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache", "Hpkg-Dataset": self.service.version}
        if tag:
            fields |= {"ETag": tag, "Last-Modified": self.service.modified}
        version = self.service.version
        if tag and is_current(field(scope, b"if-none-match"), tag):
            mark(scope, version)
            await send_whole(scope, send, 304, raw(fields), b"")
            return
        kept = self.service.cache.get(tag) if tag else None
        if kept is not None:
            mark(scope, version)
            await send_whole(scope, send, 200, raw(kept.fields), kept.body)
            return
        form = chosen[0][0].name if chosen[0] and operation.dataset is None and tag else ""
        body = self.service.inline.run(operation.text, form) if form else None
        if body is not None and chosen[0] is not None:
            fields |= {"Content-Type": _content_type(chosen[0]), "Content-Length": str(len(body))}
            mark(scope, version)
            _show_shell(scope, form, chosen)
            await send_whole(scope, send, 200, raw(fields), body)
            return
        async with run_query(
            self.service,
            operation.text,
            operation.dataset,
            chosen[0] and chosen[0][0].name,
            chosen[1] and chosen[1][0].name,
        ) as outcome:
            fields |= _described(outcome.head, chosen)
            if tag and not outcome.head["cut"]:
                mark(scope, version)
                if form and outcome.head["form"] in _SOLUTIONS:
                    self.service.inline.note(operation.text, outcome.head.get("took"), outcome.head["length"])
                    _show_shell(scope, form, chosen)
            body = await send_answer(outcome, fields, scope, send)
        if tag and body is not None and not outcome.head["cut"]:
            self.service.cache.keep(tag, Kept(fields, body))

    async def _show(self, operation: Operation, links: ServedLinks, scope: Scope, send: Send) -> None:
        """Send the page with the answer on it, or with what is wrong."""
        cache = {"Cache-Control": "no-cache"}
        try:
            async with run_query(self.service, operation.text, operation.dataset, "json", "turtle") as outcome:
                body, head = await outcome.read(), outcome.head
        except HpkgError as error:
            headers = {"Cache-Control": "no-store"} | getattr(error, "headers", {})
            page = query_page(
                links, self.service.version, operation.text, error=error, status=status_of(error), headers=headers
            )
        else:
            if head["format"] == "json":
                content = results_table(body, head["cut"], links.language)
            else:
                content = f"<pre>{escape(body.decode())}</pre>"
            page = query_page(links, self.service.version, operation.text, content=content, headers=cache)
        await _sent(page, scope, send)

    async def _describe(self, told: str, accept: str, links: ServedLinks, scope: Scope, send: Send) -> None:
        """Send the query page to a browser, and the description of the service to anything else."""
        offers = [form.media_type for form in GRAPH_FORMATS]
        if told == "html" or (not told and choose(accept, [*offers, _HTML]) == _HTML):
            await _sent(query_page(links, self.service.version), scope, send)
            return
        pair = chosen_formats(told, accept)[1]
        if pair is None:
            raise WebError("format-not-acceptable", known=", ".join([*offers, _HTML]))
        address = f"{self.service.address(scope)}/sparql"
        key = f"{self.service.version} {pair} {address}"
        kept = self.service.cache.get(key) or Kept(
            {}, await asyncio.to_thread(self._description, address, pair[0].name)
        )
        self.service.cache.keep(key, kept)
        fields = {
            "Vary": "Accept, Accept-Language",
            "Cache-Control": "no-cache",
            "Last-Modified": self.service.modified,
        }
        fields["ETag"] = tag = f'"{hashlib.sha256(kept.body).hexdigest()[:32]}"'
        if is_current(field(scope, b"if-none-match"), tag):
            await Response(status_code=304, headers=fields)(scope, nothing, send)
        else:
            fields["Content-Type"] = _content_type(pair)
            await _sent(Response(kept.body, headers=fields), scope, send)

    def _description(self, address: str, form: str) -> bytes:
        graph = describe_service(self.service.store, address, writable=bool(self.service.tokens))
        return write_graph(graph, form)

    def _tag(self, operation: Operation, chosen: Chosen) -> str | None:
        """Return the entity tag of the answer to `operation`, or None if it may be another each time."""
        if _FICKLE.search(operation.text) or asks_elsewhere(self.service, operation.text):
            return None
        return tag_of(self.service.version, operation.text, operation.dataset, _kinds(chosen))


async def send_answer(outcome: Outcome, fields: Mapping[str, str], scope: Scope, send: Send) -> bytes | None:
    """Send what a worker wrote: as it comes if it is long, without its body for HEAD; return it if it is short."""
    if scope["method"] == "HEAD" or outcome.head["length"] <= _BUFFERED:
        body = await outcome.read()
        await send_whole(scope, send, 200, raw(fields), body)
        return body
    await send({"type": "http.response.start", "status": 200, "headers": raw(fields)})
    async for part in outcome.parts():
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
    return None


def tag_of(version: str, query: str, dataset: Dataset | None, kinds: tuple[str | None, ...]) -> str:
    """Return the entity tag of the answer to a query; `kinds` are the media types it may have."""
    told = "\0".join((version, query, repr(dataset), *map(str, kinds)))
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def _show_shell(scope: Scope, form: str, chosen: Chosen) -> None:
    """Let the door see what a request says beside its query (`hpkg.serve.shells`), if the query stands there bare."""
    if scope["method"] == "GET" or (scope["method"] != "HEAD" and content_type(scope)[0] in DIRECT):
        scope.setdefault("state", {})["shell"] = (form, _kinds(chosen))


def _kinds(chosen: Chosen) -> tuple[str | None, ...]:
    return tuple(pair and pair[1] for pair in chosen)


def _described(head: Head, chosen: Chosen) -> dict[str, str]:
    """Return the fields that tell what a worker wrote."""
    pair = chosen[0] if head["form"] in {"SELECT", "ASK"} else chosen[1]
    assert pair
    fields = {"Content-Type": _content_type(pair), "Content-Length": str(head["length"])}
    return fields | ({"Hpkg-Truncated": head["cut"], "Cache-Control": "no-store"} if head["cut"] else {})


def _links(operation: Operation, scope: Scope) -> ServedLinks:
    """Return the addresses of the query page, in the language that is told or accepted."""
    language = next((known for known in LANGUAGES if known == operation.language), None)
    parameters = (("query", operation.text),) if operation.text else ()
    return ServedLinks(
        language or chosen_language(field(scope, b"accept-language")),
        "sparql",
        1,
        parameters,
        explicit=language is not None,
        root=scope.get("root_path", ""),
    )


def _content_type(pair: tuple[Format, str]) -> str:
    return f"{pair[1]}; charset=utf-8" if pair[0].is_text else pair[1]


async def _sent(response: Response, scope: Scope, send: Send) -> None:
    """Send an answer, without its body for HEAD."""

    async def bare(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    await response(scope, nothing, bare if scope["method"] == "HEAD" else send)


@lru_cache(maxsize=512)
@lru_cache(maxsize=256)
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


async def _left(receive: Receive) -> None:
    """Return when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def nothing() -> Message:
    """Return that there is nothing more to read: what an answer made here is called with."""
    return {"type": "http.disconnect"}
