"""The interface in the words of OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), made from the headers of questions.

Not for: answering.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from hpkg.messages import LANGUAGES, text
from hpkg.namespaces import LICENCE
from hpkg.questions.formats import FORMATS
from hpkg.questions.parameter import choices
from hpkg.questions.question import Bilingual, Parameter
from hpkg.questions.quotation import is_evidence
from hpkg.serve.api.facts import PARAMETERS
from hpkg.serve.api.request import LARGEST_PAGE, USUAL_PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.messages import Language
    from hpkg.questions.question import Column, Question
    from hpkg.store import Store

__all__ = ["ASK", "LIST", "SEARCH", "SHOW", "described"]

_FEW: Final = 40
"""A parameter with more values than this is told by an example."""


def _taken(name: str, vi: str, en: str, example: str, *, required: bool = False) -> Parameter:
    return Parameter(name, "string", Bilingual(vi, en), required=required, default=None, example=example)


LIST: Final = (_taken("about", "Chỉ những câu hỏi về từ này.", "Only questions about this word.", "pillar"),)
"""The parameter of the list of questions."""
ASK: Final = (
    _taken(
        "q",
        "Câu hỏi bằng lời thường, tiếng Việt (có dấu hoặc không dấu) hoặc tiếng Anh.",
        "A question in plain words, in Vietnamese (with tones or without) or English.",
        "which projects are in Cat Hai?",
        required=True,
    ),
)
"""The parameter of a question in plain words."""
SEARCH: Final = (
    _taken("q", "Từ cần tìm, có dấu hoặc không dấu.", "Words, with tones or without.", "cang bien", required=True),
    _taken("kind", "Chỉ một loại: project, sentence …", "Only one kind: project, sentence …", "project"),
    _taken("report", "Chỉ một báo cáo: khóa, số hoặc tên.", "Only one report: key, number or title.", "402/BC-UBND"),
)
"""The parameters of a search."""
SHOW: Final = (_taken("name", "IRI, khóa hoặc tên gọi.", "An IRI, a key or a name.", "cầu Rào 1", required=True),)
"""The parameter of a thing."""

_TYPES: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": ["string", "null"]},
    "iri": {"type": ["string", "null"], "format": "iri"},
    "integer": {"type": ["integer", "null"]},
    "decimal": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
}
_TEXT: Final = {"type": "string"}
_REFUSALS: Final = {
    "304": "Unchanged",
    "400": "Wrong",
    "404": "Absent",
    "406": "NotAcceptable",
    "410": "Outdated",
    "429": "Busy",
}
"""Name of the response for each status that is no success."""
_NOT_UNDERSTOOD: Final = {"422": "NotUnderstood"}
"""The same where plain words are taken."""


def described(store: Store, questions: Sequence[Question], language: Language, address: str) -> dict[str, Any]:
    """Return the description of the interface at `address`: an OpenAPI document."""
    paths: dict[str, Any] = {
        "/api/questions": _operation("questions", language, LIST, _object("questions")),
        "/api/ask": _asking_freely(language),
        "/api/search": _operation("search", language, SEARCH, _object("hits"), paged="limit"),
        "/api/facts": _operation("facts", language, PARAMETERS, _object("facts"), paged="pages", store=store),
        "/api/resource": _operation("resource", language, SHOW, _object()),
    }
    for question in questions:
        paths[f"/api/questions/{question.name}"] = _asking(question, language, store)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "hpkg",
            "version": version("hpkg"),
            "description": text("api.about", language),
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": address}],
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM, "Evidence": _EVIDENCE, "Understood": _UNDERSTOOD},
            "parameters": _parameters(language),
            "responses": _refusals(language),
        },
    }


_PROBLEM: Final = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "code": _TEXT,
        "instance": _TEXT,
    },
}
_EVIDENCE: Final = {
    "type": "object",
    "properties": {
        "about": _TEXT,
        "quote": _TEXT,
        "sentence": _TEXT,
        "section": _TEXT,
        "start": {"type": ["integer", "null"]},
        "end": {"type": ["integer", "null"]},
        "passage": {"type": "string", "format": "iri"},
    },
}

_UNDERSTOOD: Final = {
    "type": "object",
    "required": ["text", "language", "sure", "mended", "interpretations"],
    "properties": {
        "text": _TEXT,
        "language": {"enum": list(LANGUAGES)},
        "sure": {"type": "boolean"},
        "mended": {"type": "object", "additionalProperties": _TEXT},
        "interpretations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["question", "asks", "parameters", "labels", "call", "score", "answer"],
                "properties": {
                    "question": _TEXT,
                    "asks": _TEXT,
                    "parameters": {"type": "object", "additionalProperties": _TEXT},
                    "labels": {"type": "object", "additionalProperties": _TEXT},
                    "call": _TEXT,
                    "score": {"type": "number"},
                    "answer": {"type": "string", "format": "uri"},
                },
            },
        },
    },
}


def _asking(question: Question, language: Language, store: Store) -> dict[str, Any]:
    columns = [column for column in question.columns if not is_evidence(column.name)]
    row = {
        "type": "object",
        "properties": {
            **{column.name: _typed(column, language) for column in columns},
            "evidence": {"type": "array", "items": _ref("schemas", "Evidence")},
        },
    }
    made = _operation(question.name, language, question.parameters, _answer(row), paged="pages", store=store)
    operation = made["get"]
    operation["tags"] = [text(f"subject.{question.subject}", language)]
    operation["summary"] = question.question.in_(language)
    operation["description"] = question.description.in_(language)
    operation["parameters"] += [_common(name) for name in ("format", "excel", "_extra")]
    content = operation["responses"]["200"]["content"]
    for form in FORMATS.values():
        content.setdefault(form.media_type.partition(";")[0], {"schema": {}})
    return made


def _asking_freely(language: Language) -> dict[str, Any]:
    row = {"type": "object", "properties": {"evidence": {"type": "array", "items": _ref("schemas", "Evidence")}}}
    schema = _answer(row)
    schema["required"].append("understood")
    schema["properties"]["understood"] = _ref("schemas", "Understood")
    made = _operation("ask", language, ASK, schema, paged="pages")
    made["get"]["parameters"].append(_common("_extra"))
    made["get"]["responses"] |= {status: _ref("responses", name) for status, name in _NOT_UNDERSTOOD.items()}
    return made


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["dataset", "count", "total", "state", "complete", "next", "columns", "rows"],
        "properties": {
            "question": _TEXT,
            "title": _TEXT,
            "dataset": _TEXT,
            "count": {"type": "integer"},
            "total": {"type": "integer"},
            "state": {"enum": ["complete", "truncated", "partial"]},
            "complete": {"type": "boolean"},
            "next": {"type": ["string", "null"]},
            "note": {"type": ["string", "null"]},
            "not_stated": {"type": "boolean"},
            "columns": {"type": "array", "items": {"type": "object"}},
            "rows": {"type": "array", "items": row},
        },
    }


def _object(items: str | None = None) -> dict[str, Any]:
    if items is None:
        return {"type": "object"}
    return {
        "type": "object",
        "required": [items],
        "properties": {items: {"type": "array", "items": {"type": "object"}}},
    }


def _operation(  # noqa: PLR0913 — the parts of an operation
    name: str,
    language: Language,
    parameters: Sequence[Parameter],
    schema: dict[str, Any],
    *,
    paged: str = "",
    store: Store | None = None,
) -> dict[str, Any]:
    fields = [_parameter(parameter, language, store) for parameter in parameters]
    fields.append(_common("lang"))
    if paged:
        fields.append(_common("limit"))
    if paged == "pages":
        fields.append(_common("next"))
    return {
        "get": {
            "operationId": name,
            "summary": text(f"api.{name}", language) if store is None or name == "facts" else name,
            "parameters": fields,
            "responses": {
                "200": {
                    "description": text("api.found", language),
                    "content": {"application/json": {"schema": schema}},
                },
                **{status: _ref("responses", name) for status, name in _REFUSALS.items()},
            },
        }
    }


def _parameters(language: Language) -> dict[str, Any]:
    """Return the parameters that many operations take."""
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE}
    schemas: dict[str, dict[str, Any]] = {
        "lang": {"enum": list(LANGUAGES)},
        "limit": size,
        "next": _TEXT,
        "format": {"enum": list(FORMATS)},
        "excel": {"type": "boolean", "default": False},
        "_extra": {"enum": ["evidence"]},
    }
    return {name: _field(name, schema, text(f"api.{name.strip('_')}", language)) for name, schema in schemas.items()}


def _refusals(language: Language) -> dict[str, Any]:
    """Return what an operation answers when it does not find."""
    problem = {"application/problem+json": {"schema": _ref("schemas", "Problem")}}
    return {
        name: {
            "description": text(f"api.status-{status}", language),
            **({} if status == "304" else {"content": problem}),
        }
        for status, name in {**_REFUSALS, **_NOT_UNDERSTOOD}.items()
    }


def _ref(kind: str, name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _common(name: str) -> dict[str, Any]:
    return _ref("parameters", name)


def _parameter(parameter: Parameter, language: Language, store: Store | None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer"} if parameter.type == "integer" else dict(_TEXT)
    known = choices(store, parameter) if store else ()
    if known and len(known) <= _FEW:
        schema["examples"] = [choice.key for choice in known]
    if parameter.default is not None:
        schema["default"] = parameter.default
    field = _field(parameter.name, schema, parameter.description.in_(language))
    return {**field, "required": parameter.required, "example": parameter.example}


def _field(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _typed(column: Column, language: Language) -> dict[str, Any]:
    return {**_TYPES[column.type], "description": column.label.in_(language)}
