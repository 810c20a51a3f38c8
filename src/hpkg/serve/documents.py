"""How documents are given: negotiated, kept once made, told apart when they are not there or no longer.

Every document has an entity tag of the dataset's content hash, so that a client that has it is told so without it being
made again. Pages are made one at a time, beside the requests. Not for: which documents there are.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from rdflib import URIRef
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from hpkg.catalog import retired
from hpkg.messages import LANGUAGES, Language
from hpkg.pages import DATA_FORMS, Pages, ServedLinks
from hpkg.questions.catalogue import all_questions
from hpkg.serve.negotiation import choose, chosen_language, is_current
from hpkg.serve.problem import WebError, problem
from hpkg.serve.recall import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from starlette.requests import Request

    from hpkg.serve.service import Service

__all__ = ["HTML", "Document", "Documents", "links_field"]

HTML: Final = "text/html; charset=utf-8"
_VARY: Final = "Accept, Accept-Language"
_OF_AN_ADDRESS: Final = ":/?#[]@!$&'()*+,;=%~-._"
_IRIS_KEPT: Final = 50_000
_MARGIN: Final = 512
"""Bytes that a kept document takes beside its body."""

_IRI: Final = re.compile(r"[^<>\"{}|^`\\\x00-\x20]+")
"""What an IRI can hold: a path that means something else means nothing."""

_KNOWN: Final = """
ASK {
  VALUES ?thing { UNDEF }
  { ?thing ?property ?value } UNION { ?source ?property ?thing } UNION { GRAPH ?thing { ?s ?p ?o } }
}"""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it is sent."""

    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


class Documents:
    """The documents of a service: their pages, and those that were made already."""

    def __init__(self, service: Service) -> None:
        """Keep as many bytes of documents as the settings allow."""
        self.service = service
        self._making = asyncio.Lock()
        self._begin()

    def _begin(self) -> None:
        """Begin with nothing kept, for the dataset as it is now."""
        self._version = self.service.version
        self._pages = Pages(
            self.service.store, all_questions(self.service.home), self.service.home.ontology / "shapes.ttl"
        )
        self._retired = retired(self.service.home)
        self._kept: OrderedDict[tuple[str, ...], Document] = OrderedDict()
        self._bytes = 0
        self._iris: dict[tuple[str, ...], str | None] = {}

    @property
    def pages(self) -> Pages:
        """Return the pages of the dataset as it is now."""
        if self._version != self.service.version:
            self._begin()
        return self._pages

    def links(self, request: Request, here: str) -> ServedLinks:
        """Return the addresses of the page `here`, in the language that the request asks for."""
        told = request.query_params
        explicit = told.get("lang", "") in LANGUAGES
        number = told.get("page", "1")
        return ServedLinks(
            self.language(request),
            here,
            int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 1,  # noqa: PLR2004
            tuple((name, value) for name, value in told.multi_items() if name not in {"lang", "page"}),
            explicit=explicit,
            root=request.scope.get("root_path", ""),
        )

    def language(self, request: Request) -> Language:
        """Return the language of `?lang=`, else the one that the reader's browser asks for."""
        for language in LANGUAGES:
            if request.query_params.get("lang") == language:
                return language
        return chosen_language(",".join(request.headers.getlist("accept-language")))

    def chosen(self, request: Request, offers: Iterable[str] = ("text/html", *DATA_FORMS.values())) -> str:
        """Return the media type that the request likes best.

        Raises:
            WebError: It takes none of them.
        """
        listed = list(offers)
        found = choose(",".join(request.headers.getlist("accept")), listed)
        if found is None:
            raise WebError("format-not-acceptable", form="", known=", ".join(listed))
        return found

    def knows(self, iri: str) -> bool:
        """Tell whether the graph says anything of `iri`."""
        return bool(_IRI.fullmatch(iri)) and self.service.store.ask(_KNOWN, {"thing": URIRef(iri)})

    async def iri_of(self, request: Request, prefix: str, above: str, ending: str = "") -> str | None:
        """Return the IRI below `above` that the path behind `prefix` means, or None if the graph knows none.

        An IRI may hold letters of any script, and a path their percent-encoding; an IRI may as well hold an encoded
        character of its own: both readings of the path are tried.
        """
        raw = request.scope.get("raw_path", b"").decode("ascii", "replace") or request.url.path
        tail = raw.partition(prefix)[2].removesuffix(ending)
        asked = (self.service.version, above, tail)
        if asked in self._iris:
            return self._iris[asked]
        readings = (above + unquote(tail), above + tail)
        found = await run_in_threadpool(lambda: next(filter(self.knows, readings), None))
        if len(self._iris) > _IRIS_KEPT:
            self._iris.clear()
        self._iris[asked] = found
        return found

    async def give(
        self, request: Request, name: str, make: Callable[[], Document | None], *, spoken: bool = True
    ) -> Response:
        """Return the document `name` of this request, made by `make` unless it is kept or the client has it.

        `name` tells it from all others, with the parameters of the request and, if it is `spoken`, the language.
        """
        language = self.language(request) if spoken else ""
        key = (self.service.version, name, language, str(request.query_params))
        tag = f'"{hashlib.sha256(repr((_makers(), *key)).encode()).hexdigest()[:32]}"'
        fields = {
            "ETag": tag,
            "Last-Modified": self.service.modified,
            "Cache-Control": "no-cache",
            "Vary": _VARY if spoken else "Accept",
        } | ({"Content-Language": language} if spoken else {})
        if _has(request, tag, self.service.modified):
            mark(request.scope, key[0])
            return Response(status_code=304, headers=fields)
        document = self._kept.get(key)
        if document is None:
            document = await self._made(make)
            if document is None:
                return self.absent(request)
            self._keep(key, document)
        else:
            self._kept.move_to_end(key)
        mark(request.scope, key[0])
        return Response(document.body, document.status, fields | dict(document.headers), document.media_type)

    def absent(self, request: Request, *iris: str) -> Response:
        """Return that nothing is at the address of the request, or nothing any more, as a page or as a problem."""
        gone = any(iri in self._retired for iri in iris)
        error = WebError("gone" if gone else "not-found", where=request.url.path)
        if (
            choose(",".join(request.headers.getlist("accept")), ["application/problem+json", "text/html"])
            != "text/html"
        ):
            return problem(error, request.scope)
        links = self.links(request, request.url.path.lstrip("/"))
        body = self.pages.message(links, error.code)
        fields = {"Vary": _VARY, "Content-Language": links.language, "Cache-Control": "no-store"}
        return Response(body, 410 if gone else 404, fields, HTML)

    async def _made(self, make: Callable[[], Document | None]) -> Document | None:
        """Make one document after the other; whoever waits too long for that is told so."""
        seconds = self.service.settings.timeout
        try:
            async with asyncio.timeout(seconds):
                await self._making.acquire()
        except TimeoutError as error:
            raise WebError("service-busy", headers={"Retry-After": str(max(1, round(seconds)))}) from error
        try:
            return await run_in_threadpool(make)
        finally:
            self._making.release()

    def _keep(self, key: tuple[str, ...], document: Document) -> None:
        size = len(document.body) + _MARGIN
        if size > self.service.settings.cache // 8:
            return
        if key not in self._kept:
            self._kept[key] = document
            self._bytes += size
        while self._bytes > self.service.settings.cache:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.body) + _MARGIN


def links_field(links: Iterable[tuple[str, str, str]]) -> str:
    """Return a `Link` field: address, relation and media type of each.

    >>> links_field([("/data/x.ttl", "alternate", "text/turtle")])
    '</data/x.ttl>; rel="alternate"; type="text/turtle"'
    """
    return ", ".join(
        f'<{quote(address, safe=_OF_AN_ADDRESS)}>; rel="{relation}"' + (f'; type="{media_type}"' if media_type else "")
        for address, relation, media_type in links
    )


@cache
def _makers() -> str:
    """Return a hash of the templates: a page that is made otherwise is another page."""
    digest = hashlib.sha256()
    for template in sorted(files("hpkg.pages").joinpath("templates").iterdir(), key=lambda file: file.name):
        digest.update(template.read_bytes())
    return digest.hexdigest()[:16]


def _has(request: Request, tag: str, modified: str) -> bool:
    """Tell whether the client has what it asks for (RFC 9110, sections 13.1.2 and 13.1.3)."""
    told = request.headers.getlist("if-none-match")
    if told:
        return is_current(",".join(told), tag)
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(request.headers["if-modified-since"])
    except (KeyError, ValueError, TypeError):
        return False
