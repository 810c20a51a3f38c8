"""Linked data: every IRI of the graph opens, as a page for people and as data for programs.

`/id/…` leads by 303 to `/doc/…` or `/data/….ttl`; `/def`, `/graph/…` and `/kinds` are documents themselves. Not for:
queries of others (`sparql`), the dataset as a whole (`dataset`), or what a page says (`hpkg.pages`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import URIRef
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Route

from hpkg.namespaces import BASE, HP
from hpkg.pages import DATA_FORMS, ServedLinks, graph_data, resource_data, serialised, text_data
from hpkg.serve import dataset, forms
from hpkg.serve.documents import HTML, Document, Documents, links_field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Graph
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from hpkg.pages import Pages
    from hpkg.serve.service import Service
    from hpkg.store import Store

__all__ = ["routes"]

_ENDINGS: Final = {media_type: ending for ending, media_type in DATA_FORMS.items()}
_TEXT: Final = "/text"


def routes(service: Service) -> Sequence[BaseRoute]:
    """Return the routes of the documents of the graph, of the dataset as a whole, and of questions."""
    documents = Documents(service)
    room = _Room(documents)
    return [
        Route("/", room.home),
        Route("/id/{path:path}", room.thing),
        Route("/doc/{path:path}", room.page),
        Route("/data/{path:path}", room.data),
        Route("/def", room.ontology),
        Route("/def.{ending}", room.ontology),
        Route("/def/{name:path}", room.term),
        Route("/alignments{version:path}", room.alignments),
        Route("/graph", room.graphs),
        Route("/graph/{path:path}", room.graph),
        Route("/kinds", room.kinds),
        Route("/kinds/{name}", room.kind),
        *dataset.routes(documents),
        *forms.routes(documents),
    ]


class _Room:
    """The handlers, each for one sort of document."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.context = documents.service.home.ontology / "context.jsonld"

    @property
    def pages(self) -> Pages:
        """Return the pages of the dataset as it is now."""
        return self.documents.pages

    @property
    def store(self) -> Store:
        """Return the dataset as it is now."""
        return self.documents.service.store

    async def home(self, request: Request) -> Response:
        """Give the first page."""
        links = self.documents.links(request, "")
        return await self.documents.give(request, "", lambda: _page(self.pages.home(links)))

    async def thing(self, request: Request) -> Response:
        """Lead from a thing to the document on it (303: the thing itself cannot be sent)."""
        iri = await self._iri(request, "/id/")
        if iri is None:
            return self.documents.absent(request, f"{BASE}id/{request.path_params['path']}")
        links = self.documents.links(request, "")
        media_type = self.documents.chosen(request)
        address = links.to(iri) if media_type == "text/html" else links.data(iri, _ENDINGS[media_type])
        fields = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
        fields["Link"] = links_field([(links.data(iri, form), "alternate", kind) for form, kind in DATA_FORMS.items()])
        asked = request.url.query
        return RedirectResponse(f"{address}?{asked}" if asked and "?" not in address else address, 303, fields)

    async def page(self, request: Request) -> Response:
        """Give the page on a thing, or send who wants data there."""
        iri = await self._iri(request, "/doc/")
        path = request.path_params["path"]
        if iri is None:
            return self.documents.absent(request, f"{BASE}id/{path}")
        links = self.documents.links(request, f"doc/{iri.removeprefix(f'{BASE}id/')}")
        media_type = self.documents.chosen(request)
        if media_type != "text/html":
            return RedirectResponse(links.data(iri, _ENDINGS[media_type]), 303, {"Vary": "Accept, Accept-Language"})
        if iri.endswith(_TEXT):
            return await self.documents.give(request, iri, lambda: self._text(request, iri, links))
        return await self.documents.give(request, iri, lambda: self._thing(iri, links))

    async def data(self, request: Request) -> Response:
        """Give the data of a thing in the form that its ending tells."""
        form = request.path_params["path"].rpartition(".")[2]
        iri = await self._iri(request, "/data/", f".{form}") if form in DATA_FORMS else None
        if iri is None:
            return self.documents.absent(request, f"{BASE}id/{request.path_params['path'].rpartition('.')[0]}")
        name = f"{iri}.{form}"
        return await self.documents.give(request, name, lambda: self._data(request, iri, form), spoken=False)

    async def ontology(self, request: Request) -> Response:
        """Give the ontology: the page of its terms, or its graph."""
        return await self._document(request, "def", self.pages.ontology, f"{BASE}def")

    async def term(self, request: Request) -> Response:
        """Lead to a term of the ontology; a version IRI leads to the ontology."""
        name = request.path_params["name"]
        links = self.documents.links(request, "")
        if await run_in_threadpool(self.documents.knows, f"{BASE}def/{name}"):
            return RedirectResponse(links.page("def"), 303)
        if await run_in_threadpool(self.documents.knows, str(HP[name])):
            return RedirectResponse(links.page("def", fragment=name), 303)
        return self.documents.absent(request)

    async def alignments(self, request: Request) -> Response:
        """Lead from the alignments of the ontology, which have an IRI of their own, to their graph."""
        return RedirectResponse(self.documents.links(request, "").page("graph/alignments"), 303)

    async def graphs(self, request: Request) -> Response:
        """Give the list of named graphs."""
        links = self.documents.links(request, "graph")
        return await self.documents.give(request, "graph", lambda: _page(self.pages.graphs(links)))

    async def graph(self, request: Request) -> Response:
        """Give a named graph: the page on it, or all it says."""
        path = request.path_params["path"]
        stem, _, ending = path.rpartition(".")
        name = f"{BASE}graph/{stem}" if ending in DATA_FORMS else f"{BASE}graph/{path}"
        if name not in self.documents.service.graphs:
            return self.documents.absent(request, name)
        request.path_params["ending"] = ending if ending in DATA_FORMS else ""
        here = name.removeprefix(BASE)
        return await self._document(request, here, lambda links: self.pages.graph(name, links), name)

    async def kinds(self, request: Request) -> Response:
        """Give the list of kinds of things."""
        links = self.documents.links(request, "kinds")
        return await self.documents.give(request, "kinds", lambda: _page(self.pages.kinds(links)))

    async def kind(self, request: Request) -> Response:
        """Give the things of a kind."""
        name = request.path_params["name"]
        links = self.documents.links(request, f"kinds/{name}")
        return await self.documents.give(request, f"kinds/{name}", lambda: _page(self.pages.kind(name, links)))

    async def _iri(self, request: Request, prefix: str, ending: str = "") -> str | None:
        """Return the thing that a path means; a text is there when its report is."""
        iri = await self.documents.iri_of(request, prefix, f"{BASE}id/", ending)
        if iri is None and request.path_params["path"].removesuffix(ending).endswith(_TEXT):
            report = await self.documents.iri_of(request, prefix, f"{BASE}id/", _TEXT + ending)
            return f"{report}{_TEXT}" if report else None
        return iri

    async def _document(self, request: Request, here: str, page: _Maker, name: str) -> Response:
        """Give a document that is a page and a graph under one address, or as the ending tells."""
        ending = request.path_params.get("ending", "")
        if ending and ending not in DATA_FORMS:
            return self.documents.absent(request)
        media_type = DATA_FORMS[ending] if ending else self.documents.chosen(request)
        links = self.documents.links(request, here)
        others = [(links.data(name, form), "alternate", kind) for form, kind in DATA_FORMS.items()]
        fields = {"Link": links_field(others)}
        if media_type == "text/html":
            return await self.documents.give(request, here, lambda: _page(page(links), fields))
        form = _ENDINGS[media_type]

        def make() -> Document:
            return Document(serialised(graph_data(self.store, name), form, self.context), _typed(form), fields)

        return await self.documents.give(request, f"{here}.{form}", make, spoken=False)

    def _thing(self, iri: str, links: ServedLinks) -> Document:
        description = self.pages.describe(iri, links.language, links.number)
        alternates = [(links.data(iri, form), "alternate", kind) for form, kind in DATA_FORMS.items()]
        described = [(links.data(iri, "ttl"), "describedby", DATA_FORMS["ttl"])]
        incoming = description.incoming
        around = [
            (links.page(links.here, number=number), relation, "")
            for relation, number in (("prev", incoming.page - 1), ("next", incoming.page + 1))
            if 1 <= number <= incoming.pages
        ]
        fields = {"Link": links_field([*alternates, *described, *around])}
        return Document(self.pages.resource(description, links).encode(), HTML, fields)

    def _text(self, request: Request, iri: str, links: ServedLinks) -> Document | None:
        """Return the text of a report, or with `?char=S,E` the page of one passage of it."""
        place = request.query_params.get("char")
        if place:
            passage = f"{iri}#char={place}"
            return self._thing(passage, links) if self.documents.knows(passage) else None
        others = [(links.data(iri, form), "alternate", kind) for form, kind in DATA_FORMS.items()]
        return _page(self.pages.text(iri.removesuffix(_TEXT), links), {"Link": links_field(others)})

    def _data(self, request: Request, iri: str, form: str) -> Document | None:
        links = self.documents.links(request, "")
        graph: Graph
        if iri.endswith(_TEXT) and not request.query_params.get("char"):
            graph, pages, number = text_data(self.store, iri.removesuffix(_TEXT)), 1, 1
        else:
            place = request.query_params.get("char")
            description = self.pages.describe(f"{iri}#char={place}" if place else iri, links.language, links.number)
            graph = resource_data(self.store, description)
            pages, number = description.incoming.pages, description.incoming.page
        if not len(graph):
            return None
        told = [
            (links.to(iri), "alternate", "text/html"),
            (str(URIRef(iri)), "describes", ""),
            *((f"?page={number - 1}", "prev", "") for _ in range(number > 1)),
            *((f"?page={number + 1}", "next", "") for _ in range(number < pages)),
        ]
        return Document(serialised(graph, form, self.context), _typed(form), {"Link": links_field(told)})


if TYPE_CHECKING:
    from collections.abc import Callable

    _Maker = Callable[[ServedLinks], str]


def _page(html: str | None, fields: dict[str, str] | None = None) -> Document | None:
    return None if html is None else Document(html.encode(), HTML, fields or {})


def _typed(form: str) -> str:
    media_type = DATA_FORMS[form]
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
