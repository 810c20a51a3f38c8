"""What a request asks of the endpoint: sections 2.1 and 2.2 of the SPARQL 1.1 Protocol, and the method QUERY.

    GET    ?query=…                                  2.1.1
    POST   application/x-www-form-urlencoded         2.1.2, 2.2.1
    POST   application/sparql-query | -update        2.1.3, 2.2.2
    QUERY  application/sparql-query                  RFC 9110's GET with a body

Not for: answering.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qsl

from hpkg.messages import LANGUAGES
from hpkg.serve.problem import WebError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import Receive, Scope

    from hpkg.serve.settings import Settings
    from hpkg.store.guard import Dataset

__all__ = ["DIRECT", "METHODS", "Operation", "content_type", "field", "pairs", "read_body", "read_operation"]

METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
_ALLOW: Final = {"Allow": ", ".join(METHODS)}
_FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = {"application/sparql-query": "query", "application/sparql-update": "update"}
"""Media types of bodies that are a query or an update as they stand."""

_DRAINED: Final = 16 << 20
_DATASETS: Final = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked: a query, an update, or nothing; over which dataset and in which format, where that is told."""

    kind: Literal["query", "update", "none"]
    text: str = ""
    dataset: Dataset | None = None
    format: str = ""
    language: str = ""
    """The language of a page, where it is told by `?lang=`."""


async def read_operation(scope: Scope, receive: Receive, settings: Settings, *, max_update: int) -> Operation:
    """Return what a request asks.

    Raises:
        WebError: It is none of the requests of the protocol.
    """
    method = scope["method"]
    if method not in METHODS:
        raise WebError("method-not-allowed", headers=_ALLOW, method=method, known=_ALLOW["Allow"])
    url = pairs(scope["query_string"])
    if method in {"GET", "HEAD"}:
        if any(name == "update" for name, _ in url):
            raise WebError("update-by-get", headers=_ALLOW)
        return _from_pairs(url)
    media_type, charset = content_type(scope)
    if media_type == _FORM and method == "POST":
        form = pairs(await read_body(receive, max(settings.max_body, max_update), settings.patience))
        return _from_pairs(url, form)
    kind = DIRECT.get(media_type)
    if kind is None or (method == "QUERY" and kind == "update"):
        known = ", ".join([_FORM, *DIRECT] if method == "POST" else list(DIRECT)[:1])
        raise WebError(
            "media-type-unknown",
            headers={"Accept-Query": '"application/sparql-query"'},
            found=media_type or "–",
            known=known,
        )
    if charset not in {"", "utf-8", "utf8"}:
        raise WebError("body-not-utf8")
    body = await read_body(receive, settings.max_body if kind == "query" else max_update, settings.patience)
    if any(name in _DATASETS for name, _ in url):
        raise WebError("parameter-twice", name=next(name for name, _ in url if name in _DATASETS))
    return _from_pairs([*url, (kind, _decoded(body))])


def _from_pairs(url: Sequence[tuple[str, str]], form: Sequence[tuple[str, str]] | None = None) -> Operation:
    all_told = [*url, *(form or ())]
    asked = [(name, value) for name, value in all_told if name in _DATASETS]
    if len(asked) > 1:
        raise WebError("parameter-twice", name=asked[1][0])
    formats = [value for name, value in all_told if name == "format"]
    if len(formats) > 1:
        raise WebError("parameter-twice", name="format")
    told = formats[0] if formats else ""
    language = next((value for name, value in all_told if name == "lang" and value in LANGUAGES), "")
    if not asked:
        if form is not None or any(name not in {"format", "lang"} for name, _ in all_told):
            raise WebError("query-missing")
        return Operation("none", format=told, language=language)
    kind, text = asked[0]
    plain, named = ([value for key, value in all_told if key == name] for name in _DATASETS[kind])
    dataset = (plain, named) if plain or named else None
    return Operation("query" if kind == "query" else "update", text, dataset, told, language)


def pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Return the parameters of a query string or form, decoded once."""
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError as error:  # of both decodings
        raise WebError("body-not-utf8") from error


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise WebError("body-not-utf8") from error


def content_type(scope: Scope) -> tuple[str, str]:
    """Return media type and charset of the body, in lower case, empty if not told."""
    media_type, *parameters = (part.strip() for part in field(scope, b"content-type").lower().split(";"))
    charset = next((part[8:].strip('" ') for part in parameters if part.startswith("charset=")), "")
    return media_type, charset


def field(scope: Scope, name: bytes) -> str:
    """Return the value of a field of the request, empty if it has none; several are one list."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


async def read_body(receive: Receive, most: int, patience: float) -> bytes:
    """Return the body of a request, at most `most` bytes of it.

    Raises:
        WebError: It is longer, or does not come.
    """
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(patience):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise asyncio.CancelledError
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > most:
                    parts.clear()  # read on for a while: a client that still sends would not hear the refusal
                if not message.get("more_body") or size > most + _DRAINED:
                    break
    except TimeoutError as error:
        raise WebError("request-slow", seconds=f"{patience:g}", headers={"Connection": "close"}) from error
    if size > most:
        raise WebError("body-too-large", most=most, headers={"Connection": "close"})
    return b"".join(parts)
