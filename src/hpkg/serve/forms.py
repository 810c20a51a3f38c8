"""Questions and searches as pages: the list of questions, each with its form and its answer, and what words find.

The parameters of a question are those of the address; one that means nothing is told on the page. Not for: answers for
programs, which have an interface of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.responses import RedirectResponse
from starlette.routing import Route

from hpkg.errors import CallerError
from hpkg.pages import DATA_FORMS, Asked, Searched, resource_data, serialised
from hpkg.questions.asking import ask
from hpkg.questions.parameter import choices
from hpkg.serve.api.request import LARGEST_PAGE
from hpkg.serve.documents import HTML, Document, Documents
from hpkg.understand import search_index, understand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from hpkg.messages import Language
    from hpkg.pages import ServedLinks
    from hpkg.questions.question import Question
    from hpkg.understand import Reading

__all__ = ["routes"]

_HITS: Final = 50
_FEWEST_WORDS: Final = 3
"""Words that may be a question."""
_ANSWER_FORMS: Final = ("csv", "json", "xlsx")
_FORMS: Final = {"rq": "application/sparql-query", **DATA_FORMS}


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
        """Give a question with its form and answer, its SPARQL, or what the graph says of it, by Accept or ending."""
        bare, _, ending = request.path_params["name"].partition(".")
        question = next((one for one in self.documents.pages.questions if one.name == bare), None)
        if bare == "parameter" and not ending:
            return RedirectResponse(self.documents.links(request, "").page("query"), 303)
        if question is None or ending not in {"", *_FORMS}:
            return self.documents.absent(request)
        media_type = _FORMS[ending] if ending else self.documents.chosen(request, ("text/html", *_FORMS.values()))
        links = self.documents.links(request, f"query/{bare}")
        name = f"query/{bare}"
        if media_type == "text/html":
            return await self.documents.give(request, name, lambda: self._asked(request, question, links))
        form = next(form for form, kind in _FORMS.items() if kind == media_type)
        return await self.documents.give(request, f"{name}.{form}", lambda: self._data(question, form), spoken=False)

    def _data(self, question: Question, form: str) -> Document:
        if form == "rq":
            return Document(question.path.read_bytes(), f"{_FORMS[form]}; charset=utf-8")
        service, pages = self.documents.service, self.documents.pages
        graph = resource_data(service.store, pages.describe(question.iri, "en"))
        return Document(serialised(graph, form, service.home.ontology / "context.jsonld"), DATA_FORMS[form])

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
        reading = None if problem or kind else self._read(query, links.language)
        searched = Searched(query, kind, index.kinds, found, problem, reading)
        html = self.documents.pages.search(searched, links)
        return Document(html.encode(), HTML, status=400 if problem else 200)

    def _read(self, query: str, language: Language) -> Reading | None:
        """Return the question that `query` asks; None for words that only look for something."""
        if len(query.split()) < _FEWEST_WORDS:
            return None
        service = self.documents.service
        try:
            return understand(service.home, service.store, query, language)
        except CallerError:
            return None

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
        forms = [("rq", links.file(f"query/{question.name}.rq"))]
        if answer is not None:
            data = links.file(f"api/questions/{question.name}")
            said = {**given, "lang": links.language, "limit": str(LARGEST_PAGE)}
            asked_so = [{**said, "format": form} for form in _ANSWER_FORMS]
            forms = [(each["format"], f"{data}?{urlencode(each)}") for each in asked_so] + forms
        asked = Asked(question, shown, answer, values, problem, forms)
        return Document(pages.question(asked, links).encode(), HTML, status=400 if problem else 200)
