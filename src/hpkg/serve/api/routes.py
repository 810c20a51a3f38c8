"""The operations below `/api`, and how each is answered.

Not for: their description (`openapi`).
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from hpkg.errors import CallerError
from hpkg.knowledge import KnowledgeGraph
from hpkg.pages import ServedLinks
from hpkg.pages.api import api_page
from hpkg.questions.asking import ask
from hpkg.questions.catalogue import all_questions, named
from hpkg.questions.formats import FORMATS, render
from hpkg.questions.quotation import is_evidence
from hpkg.serve.api import facts
from hpkg.serve.api.answers import Answers
from hpkg.serve.api.openapi import ASK, LIST, SEARCH, SHOW, described
from hpkg.serve.api.paging import begin_of, token
from hpkg.serve.api.request import Given, named_as_given, read_given
from hpkg.serve.negotiation import is_current
from hpkg.understand import ask_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from hpkg.questions.answer import Answer
    from hpkg.questions.question import Question
    from hpkg.serve.service import Service
    from hpkg.understand import Reading

__all__ = ["routes"]

_JSON: Final = "application/json"
_Found = tuple[bytes, str, dict[str, str]]


def routes(service: Service) -> Sequence[BaseRoute]:
    """Return the routes of the interface."""
    api = _Interface(service)
    questions = [Route(f"/api/questions/{question.name}", api.asks(question)) for question in api.questions]
    return [
        Route("/api", api.page),
        Route("/api/openapi.json", api.description),
        Route("/api/questions", api.list_questions),
        *questions,
        Route("/api/questions/{name}", api.unknown),
        Route("/api/ask", api.ask),
        Route("/api/search", api.search),
        Route("/api/facts", api.facts),
        Route("/api/resource", api.resource),
    ]


class _Interface:
    """The operations over one service."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.answers = Answers(service)
        self.questions = all_questions(service.home)

    @property
    def graph(self) -> KnowledgeGraph:
        return KnowledgeGraph(self.service.home, self.service.store)

    async def page(self, request: Request) -> Response:
        """Answer with the page that shows people what there is."""
        given = read_given(request, ())
        links = ServedLinks(given.language, here="api")
        html = api_page(self.questions, self.service.version, links)
        return self._sent(request, given.language, html.encode(), "text/html; charset=utf-8")

    async def description(self, request: Request) -> Response:
        given = read_given(request, ())
        address = self.service.address(request.scope)
        document = await self.answers.of(
            ("openapi", given.language, address),
            lambda: _written(described(self.graph.store, self.questions, given.language, address)),
        )
        return self._sent(request, given.language, document, "application/vnd.oai.openapi+json;version=3.1")

    async def list_questions(self, request: Request) -> Response:
        given = read_given(request, [parameter.name for parameter in LIST])
        found = all_questions(self.service.home, given.parameters.get("about"))
        listed = [_listed(question, given, self.service.address(request.scope)) for question in found]
        said = {"dataset": self.service.version, "count": len(listed), "questions": listed}
        return self._sent(request, given.language, _written(said), _JSON)

    async def unknown(self, request: Request) -> Response:
        """Tell that there is no such question, and which are near."""
        named(self.service.home, request.path_params["name"])
        raise AssertionError  # every question has a route of its own

    def asks(self, question: Question) -> Callable[[Request], Awaitable[Response]]:
        """Return the handler of a question."""

        async def handler(request: Request) -> Response:
            given = read_given(request, [parameter.name for parameter in question.parameters], FORMATS)
            key = (question.name, given.language, tuple(sorted(given.parameters.items())))
            with named_as_given():
                answer = await self.answers.of(
                    key, lambda: ask(self.service.store, question, given.parameters, language=given.language)
                )
            begin = begin_of(given.next, self.service.version)
            page = answer.part(begin, given.limit)
            more = self._next(request, begin + given.limit) if begin + given.limit < len(answer) else ""
            headers = {"Link": f'<{more}>; rel="next"', "Hpkg-Truncated": "rows"} if more else {}
            # What a browser saves the answer as.
            headers["Content-Disposition"] = f'inline; filename="{question.name}{FORMATS[given.form].suffix}"'
            if given.form == "json":
                body = _written(_told(page, len(answer), begin, more, evidence=given.evidence))
            else:
                body = await self.answers.of(
                    (*key, given.form, given.excel, begin, given.limit),
                    lambda: render(page, given.form, excel=given.excel),
                )
            return self._sent(request, given.language, body, FORMATS[given.form].media_type, headers)

        return handler

    async def ask(self, request: Request) -> Response:
        """Answer a question in plain words, with what was understood and what else it may mean."""
        given = read_given(request, [parameter.name for parameter in ASK])
        said = given.parameters.get("q")
        if said is None:
            raise CallerError("parameter-missing", where="q", example=ASK[0].example)
        with named_as_given():
            understood = await self.answers.of(
                ("ask", given.language, said),
                lambda: ask_text(self.service.home, self.service.store, said, language=given.language),
            )
        answer = understood.answer
        begin = begin_of(given.next, self.service.version)
        page = answer.part(begin, given.limit)
        more = self._next(request, begin + given.limit) if begin + given.limit < len(answer) else ""
        headers = {"Link": f'<{more}>; rel="next"', "Hpkg-Truncated": "rows"} if more else {}
        told = {
            "understood": _understood(understood.reading, given, self.service.address(request.scope)),
            **_told(page, len(answer), begin, more, evidence=given.evidence),
        }
        return self._sent(request, given.language, _written(told), _JSON, headers)

    async def search(self, request: Request) -> Response:
        given = read_given(request, [parameter.name for parameter in SEARCH])
        said = given.parameters
        if "q" not in said:
            raise CallerError("parameter-missing", where="q", example="cang bien")
        found = await self.answers.of(
            ("search", given.language, given.limit, tuple(sorted(said.items()))),
            lambda: self.graph.search(
                said["q"], kind=said.get("kind", ()), report=said.get("report"), limit=given.limit, lang=given.language
            ),
        )
        return self._sent(request, given.language, found.to_json().encode(), _JSON)

    async def facts(self, request: Request) -> Response:
        given = read_given(request, [parameter.name for parameter in facts.PARAMETERS])
        with named_as_given():
            found = await self.answers.of(
                ("facts", given.language, tuple(sorted(given.parameters.items()))),
                lambda: facts.facts(self.service.store, given.parameters, given.language),
            )
        begin = begin_of(given.next, self.service.version)
        rows = found[begin : begin + given.limit]
        more = self._next(request, begin + given.limit) if begin + given.limit < len(found) else ""
        said = {
            "dataset": self.service.version,
            "total": len(found),
            "count": len(rows),
            "complete": not more,
            "next": more or None,
            "facts": rows,
        }
        headers = {"Link": f'<{more}>; rel="next"'} if more else {}
        return self._sent(request, given.language, _written(said), _JSON, headers)

    async def resource(self, request: Request) -> Response:
        given = read_given(request, [parameter.name for parameter in SHOW])
        name = given.parameters.get("name")
        if name is None:
            raise CallerError("parameter-missing", where="name", example="cầu Rào 1")
        told = await self.answers.of(
            ("resource", given.language, name), lambda: self.graph.show(name, lang=given.language).to_json().encode()
        )
        return self._sent(request, given.language, told, _JSON)

    def _next(self, request: Request, begin: int) -> str:
        """Return the address of the page that begins with row `begin`."""
        said = [(name, value) for name, value in request.query_params.multi_items() if name != "next"]
        said.append(("next", token(self.service.version, begin)))
        return f"{self.service.address(request.scope)}{request.url.path}?{urlencode(said)}"

    def _sent(
        self, request: Request, language: str, body: bytes, media_type: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
        fields = {
            "ETag": tag,
            "Last-Modified": self.service.modified,
            "Vary": "Accept, Accept-Language",
            "Cache-Control": "no-cache",
            "Content-Language": language,
            "Hpkg-Dataset": self.service.version,
            **(headers or {}),
        }
        if is_current(",".join(request.headers.getlist("if-none-match")), tag):
            return Response(status_code=304, headers=fields)
        return Response(body, media_type=media_type, headers=fields)


def _told(page: Answer, total: int, begin: int, more: str, *, evidence: bool) -> dict[str, Any]:
    """Return a page as JSON: its rows without the columns of evidence, or each with its evidence as a list."""
    said: dict[str, Any] = json.loads(render(page, "json"))
    for at, row in enumerate(page):
        plain = {name: value for name, value in said["rows"][at].items() if not is_evidence(name)}
        if evidence:
            plain["evidence"] = [_quoted(quotation) for quotation in row.evidence]
        said["rows"][at] = plain
    said["columns"] = [column for column in said["columns"] if not is_evidence(column["name"])]
    return {
        **{name: value for name, value in said.items() if name not in {"columns", "rows"}},
        "total": total,
        "offset": begin,
        "next": more or None,
        "columns": said["columns"],
        "rows": said["rows"],
    }


def _understood(reading: Reading, given: Given, address: str) -> dict[str, Any]:
    """Return how a question was read, each reading with its words and the address of its answer."""
    said = reading.to_dict()
    for told, one in zip(said["interpretations"], (reading.best, *reading.others), strict=True):
        query = urlencode({**one.parameters, "lang": given.language})
        told["asks"] = one.question.question.in_(given.language)
        told["answer"] = f"{address}/api/questions/{one.question.name}?{query}"
    return said


def _quoted(quotation: Any) -> dict[str, Any]:  # noqa: ANN401 — a data class with slots
    return {name: getattr(quotation, name) for name in quotation.__slots__}


def _listed(question: Question, given: Given, address: str) -> dict[str, Any]:
    return {
        "name": question.name,
        "subject": question.subject,
        "title": question.title.in_(given.language),
        "question": question.question.in_(given.language),
        "description": question.description.in_(given.language),
        "parameters": [parameter.to_record(given.language) for parameter in question.parameters],
        "columns": [{"name": column.name, "type": column.type} for column in question.columns],
        "answer": f"{address}/api/questions/{question.name}",
        "iri": question.iri,
    }


def _written(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
