"""The dataset as a whole: catalogue, VoID, files with checksums, sitemap, rules for robots, what pages are made with.

Files of the whole graph are made when first asked for, and kept as long as the service runs. Not for: single things.
"""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse
from starlette.routing import Route

from hpkg.catalog import (
    Release,
    catalogue,
    checksums,
    dataset_description,
    make_release,
    manifest,
    robots,
    sitemap,
    void_description,
)
from hpkg.messages import LANGUAGES
from hpkg.pages import DATA_FORMS, ServedLinks, document, serialised
from hpkg.pages.index import things
from hpkg.serve.documents import HTML, Document, Documents, links_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rdflib import Graph
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

__all__ = ["routes"]

_ENDINGS: Final = {media_type: ending for ending, media_type in DATA_FORMS.items()}
_ASSETS: Final = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


def routes(documents: Documents) -> Sequence[BaseRoute]:
    """Return the routes of the dataset as a whole."""
    room = _Room(documents)
    return [
        Route("/catalog", room.catalogue),
        Route("/catalog.{ending}", room.catalogue),
        Route("/.well-known/void", room.void),
        Route("/dumps", room.dumps),
        Route("/dumps/{name}", room.dump),
        Route("/sitemap.xml", room.sitemap),
        Route("/sitemap-{part:int}.xml", room.sitemap),
        Route("/robots.txt", room.robots),
        Route("/assets/{name}", room.asset),
    ]


class _Room:
    """The handlers, each for one sort of document."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.service = documents.service
        self._release: Release | None = None

    def release(self) -> Release:
        """Return the files of the whole graph."""
        if self._release is None or self._release.version != self.service.version:
            self._release = make_release(self.service.store, parsedate_to_datetime(self.service.modified))
        return self._release

    async def catalogue(self, request: Request) -> Response:
        """Give the catalogue by DCAT-AP, as a page or as data."""
        return await self._described(request, "catalog", lambda at: catalogue(self.service.store, self.release(), at))

    async def void(self, request: Request) -> Response:
        """Give the description by VoID; a browser gets Turtle."""

        def make(address: str) -> Graph:
            names = [dump.name for dump in self.release().dumps]
            return void_description(self.service.store, address, names)

        return await self._described(request, ".well-known/void", make)

    async def dumps(self, request: Request) -> Response:
        """Lead to the page that lists the files."""
        return RedirectResponse(self.documents.links(request, "").page("catalog"), 303)

    async def dump(self, request: Request) -> Response:
        """Give a file of the whole graph, or the list of checksums."""
        name = request.path_params["name"]

        def make() -> Document | None:
            release = self.release()
            if name == "SHA256SUMS":
                return Document(checksums(release.dumps), "text/plain; charset=utf-8")
            if name == "version.json":
                return Document(manifest(release), "application/json")
            found = next((dump for dump in release.dumps if dump.name == name), None)
            if found is None:
                return None
            return Document(found.content, "application/gzip", {"Hpkg-Dataset": release.version})

        return await self.documents.give(request, f"dumps/{name}", make, spoken=False)

    async def sitemap(self, request: Request) -> Response:
        """Give the sitemap, or one of its parts."""
        address = self._address(request)
        name = request.url.path.rpartition("/")[2]

        def make() -> Document | None:
            paths = ["", "query", "kinds", "def", "catalog", "graph"]
            paths += [f"query/{question.name}" for question in self.documents.pages.questions]
            store = self.service.store
            paths += [target.path for target in map(document, (*things(store), *store.graphs)) if target]
            pages = [
                {one: address.rstrip("/") + ServedLinks(one, explicit=True).page(path) for one in LANGUAGES}
                for path in dict.fromkeys(paths)
            ]
            day = parsedate_to_datetime(self.service.modified).date().isoformat()
            found = sitemap(pages, address, day).get(name)
            return None if found is None else Document(found, "application/xml")

        return await self.documents.give(request, f"{address}{name}", make, spoken=False)

    async def robots(self, request: Request) -> Response:
        """Give the rules for robots."""
        address = self._address(request)
        plain = "text/plain; charset=utf-8"
        return await self.documents.give(
            request, f"{address}robots", lambda: Document(robots(address), plain), spoken=False
        )

    async def asset(self, request: Request) -> Response:
        """Give a file that pages are made with."""
        name = request.path_params["name"]
        file = files("hpkg.pages").joinpath("assets", name)
        kind = _ASSETS.get(f".{name.rpartition('.')[2]}")
        if kind is None or "/" in name or ".." in name or not file.is_file():
            return self.documents.absent(request)
        return await self.documents.give(
            request, f"assets/{name}", lambda: Document(file.read_bytes(), kind), spoken=False
        )

    def _address(self, request: Request) -> str:
        """Return the address that others see the service under, with its last slash."""
        return f"{self.service.address(request.scope)}/"

    async def _described(self, request: Request, here: str, describe: Callable[[str], Graph]) -> Response:
        """Give a description of the dataset in the form asked for; the catalogue has a page as well."""
        has_page = here == "catalog"
        ending = request.path_params.get("ending", "")
        if ending and ending not in DATA_FORMS:
            return self.documents.absent(request)
        offers = (*(("text/html",) if has_page else ()), *DATA_FORMS.values(), *(() if has_page else ("text/html",)))
        media_type = DATA_FORMS[ending] if ending else self.documents.chosen(request, offers)
        address = self._address(request)
        links = self.documents.links(request, here)
        others = [(links.file(f"catalog.{form}"), "alternate", kind) for form, kind in DATA_FORMS.items()]
        fields = {"Link": links_field(others)} if has_page else {}
        if has_page and media_type == "text/html":

            def page() -> Document:
                linked = dataset_description(self.service.store, self.release(), links.language, address)
                html = self.documents.pages.catalogue(self.release(), linked, links)
                return Document(html.encode(), HTML, fields)

            return await self.documents.give(request, f"{address}{here}", page)
        form = _ENDINGS.get(media_type, "ttl")
        kind = "text/turtle; charset=utf-8" if form == "ttl" else DATA_FORMS[form]

        def data() -> Document:
            return Document(serialised(describe(address), form), kind, fields)

        return await self.documents.give(request, f"{address}{here}.{form}", data, spoken=False)
