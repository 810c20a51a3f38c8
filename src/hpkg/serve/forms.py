"""Questions and searches as pages: the list of questions, each with its form and its answer, and what words find.

The parameters of a question are those of the address; one that means nothing is told on the page. Not for: answers for
programs, which have an interface of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from hpkg.errors import CallerError
from hpkg.pages import Asked, Searched
from hpkg.questions.asking import ask
from hpkg.questions.parameter import choices
from hpkg.serve.documents import HTML, Document, Documents
from hpkg.understand import search_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from hpkg.pages import ServedLinks
    from hpkg.questions.question import Question

__all__ = ["routes"]

_HITS: Final = 50
_QUERY: Final = "application/sparql-query"


def routes(documents: Documents) -> Sequence[BaseRoute]:
    """Return the routes of questions."""
    room = _Room(documents)
    return [
        Route("/query", room.questions),
        Route("/query/{name}", room.question),
        Route("/search", room.search),
    ]


class _Room:
    def __init__(self, documents: Documents) -> None:
        self.documents = documents

    async def questions(self, request: Request) -> Response:
        """Give the list of questions."""
        links = self.documents.links(request, "query")
        pages = self.documents.pages
        return await self.documents.give(request, "query", lambda: Document(pages.question_list(links).encode(), HTML))

    async def question(self, request: Request) -> Response:
        """Give a question with its form and answer, or its SPARQL to who asks for that."""
        name = request.path_params["name"]
        wants_query = name.endswith(".rq")
        bare = name.removesuffix(".rq")
        question = next((one for one in self.documents.pages.questions if one.name == bare), None)
        if question is None:
            return self.documents.absent(request)
        if wants_query or self.documents.chosen(request, ("text/html", _QUERY)) == _QUERY:
            query = Document(question.path.read_bytes(), f"{_QUERY}; charset=utf-8")
            return await self.documents.give(request, f"query/{bare}.rq", lambda: query, spoken=False)
        links = self.documents.links(request, f"query/{bare}")
        return await self.documents.give(request, f"query/{bare}", lambda: self._asked(request, question, links))

    async def search(self, request: Request) -> Response:
        """Give the page of a search."""
        links = self.documents.links(request, "search")
        return await self.documents.give(request, "search", lambda: self._searched(request, links))

    def _searched(self, request: Request, links: ServedLinks) -> Document:
        index = search_index(self.documents.service.home, self.documents.service.store)
        query, kind = (request.query_params.get(name, "").strip() for name in ("q", "kind"))
        found, problem = None, ""
        if query:
            try:
                found = index.search(query, kinds=(kind,) if kind else (), limit=_HITS, language=links.language)
            except CallerError as error:
                problem = f"{error.message(links.language)} {error.hint(links.language)}"
        searched = Searched(query, kind, index.kinds, found, problem)
        html = self.documents.pages.search(searched, links)
        return Document(html.encode(), HTML, status=400 if problem else 200)

    def _asked(self, request: Request, question: Question, links: ServedLinks) -> Document:
        pages = self.documents.pages
        told = request.query_params
        names = [parameter.name for parameter in question.parameters]
        given = {name: told[name] for name in names if told.get(name)}
        answer, problem = None, ""
        if all(one.name in given or one.default is not None for one in question.parameters if one.required):
            try:
                answer = ask(pages.store, question, given, language=links.language)
            except CallerError as error:
                problem = f"{error.message(links.language)} {error.hint(links.language)}"
        values = {parameter.name: choices(pages.store, parameter) for parameter in question.parameters}
        shown = given or {one.name: one.default for one in question.parameters if one.default is not None}
        asked = Asked(question, shown, answer, values, problem, [("rq", links.file(f"query/{question.name}.rq"))])
        return Document(pages.question(asked, links).encode(), HTML, status=400 if problem else 200)
