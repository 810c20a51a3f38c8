"""An error as an answer: the status of HTTP and a body after RFC 9457, in the reader's language.

The body says what is wrong, where (line and column of a query) and what to do. It never holds a trace of the program.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from starlette.responses import Response

from hpkg.errors import CallerError, HpkgError, OntologyError, SourceError, StoreError
from hpkg.messages import LANGUAGES
from hpkg.namespaces import BASE
from hpkg.serve.negotiation import chosen_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Scope

    from hpkg.messages import Language

__all__ = ["MEDIA_TYPE", "WebError", "as_json", "language_of", "problem", "revived", "status_of"]

MEDIA_TYPE: Final = "application/problem+json"

_STATUSES: Final = {
    "body-too-large": 413,
    "request-slow": 408,
    "format-not-acceptable": 406,
    "gone": 410,
    "headers-too-large": 431,
    "media-type-unknown": 415,
    "method-not-allowed": 405,
    "not-found": 404,
    "page-outdated": 410,
    "query-load": 403,
    "query-service": 403,
    "endpoint-failed": 502,
    "endpoint-slow": 504,
    "endpoint-too-long": 502,
    "endpoint-truncated": 502,
    "endpoint-unreachable": 502,
    "endpoint-unreadable": 502,
    "service-answer": 502,
    "service-busy": 429,
    "service-failed": 500,
    "service-host": 403,
    "query-timeout": 503,
    "query-memory": 503,
    "query-lost": 503,
    "query-waited": 503,
    "graph-absent": 404,
    "token-missing": 401,
    "token-wrong": 403,
    "writing-off": 403,
    "thing-unknown": 404,
    "question-unknown": 404,
    "ask-not-understood": 422,
    "ask-incomplete": 422,
}
_OF_KIND: Final[dict[type[HpkgError], int]] = {CallerError: 400, SourceError: 500, OntologyError: 500, StoreError: 500}
_KINDS: Final = {kind.__name__: kind for kind in _OF_KIND}
_PLACES: Final = ("line", "column", "near", "word")


class WebError(CallerError):
    """A request that cannot be answered, with fields that the answer must have."""

    def __init__(
        self, code: str, *, headers: Mapping[str, str] | None = None, where: str = "", **details: object
    ) -> None:
        """Keep the fields beside what every error has."""
        super().__init__(code, where=where, **details)
        self.headers = dict(headers or {})


def status_of(error: HpkgError) -> int:
    """Return the status of HTTP for `error`.

    >>> status_of(CallerError("query-empty")), status_of(StoreError("engine-failed"))
    (400, 500)
    """
    kind = next(kind for kind in _OF_KIND if isinstance(error, kind))
    return _STATUSES.get(error.code, _OF_KIND[kind])


def language_of(scope: Scope) -> Language:
    """Return the language of `?lang=` of a request, else the one that its client asks for.

    >>> language_of({"query_string": b"lang=vi", "headers": [(b"accept-language", b"en")]})
    'vi'
    """
    told = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    accepted = b",".join(value for name, value in scope.get("headers", ()) if name == b"accept-language")
    return next((one for one in LANGUAGES if one == told), None) or chosen_language(accepted.decode("latin-1"))


def problem(error: HpkgError, scope: Scope) -> Response:
    """Return the answer that tells `error` to whoever sent the request of `scope`."""
    language = language_of(scope)
    told = as_json(error, language)
    if request := scope.get("state", {}).get("request_id"):
        told["instance"] = f"urn:uuid:{request}"
    headers = {"Content-Language": language, "Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
    headers |= getattr(error, "headers", {})
    return Response(json.dumps(told, ensure_ascii=False), status_of(error), headers, MEDIA_TYPE)


def as_json(error: HpkgError, language: Language) -> dict[str, object]:
    """Return the members of the body that tells `error`."""
    told: dict[str, object] = {
        "type": f"{BASE}error/{error.code}",
        "title": error.message(language),
        "status": status_of(error),
        "detail": error.hint(language),
        "code": error.code,
    }
    return told | {name: error.details[name] for name in _PLACES if name in error.details}


def revived(told: Mapping[str, object]) -> HpkgError:
    """Return the error that a worker told (`hpkg.serve.worker.told`)."""
    details = told["details"]
    assert isinstance(details, dict)
    return _KINDS[str(told["kind"])](str(told["error"]), where=str(told["where"]), **details)
