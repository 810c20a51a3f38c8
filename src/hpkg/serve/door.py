"""The door every request goes through: it gets a number and a line in the log, its answer the fields that all have.

Not for: what is behind the door.
"""

from __future__ import annotations

import json
import logging
import time
import uuid
from typing import TYPE_CHECKING, Final

from hpkg.serve.connection import HEAD_BYTES
from hpkg.serve.problem import WebError, problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from hpkg.serve.service import Service

__all__ = ["LOGGER", "POLICY", "Door"]

LOGGER: Final = logging.getLogger("hpkg.serve")
"""One line of JSON a request."""

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of every answer: nothing inline, nothing from others."""

_FIELDS: Final = [
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Hpkg-Dataset, Hpkg-Truncated, Link, Location, Retry-After, Server-Timing, X-Request-Id",
    ),
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
_PREFLIGHT: Final = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, QUERY, PUT, DELETE, OPTIONS"),
    (b"access-control-allow-headers", b"Accept, Accept-Language, Authorization, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
]


class Door:
    """The application `app` behind the door."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        """Count in the metrics of `service`."""
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and complete its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin = time.perf_counter()
        name = str(uuid.uuid4())
        scope.setdefault("state", {})["request_id"] = name
        told = {"status": 0, "bytes": 0}

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                spent = f"total;dur={(time.perf_counter() - begin) * 1000:.1f}".encode()
                own = [*_FIELDS, (b"hpkg-dataset", self.service.version.encode())]
                fields = [*message["headers"], *own, (b"x-request-id", name.encode()), (b"server-timing", spent)]
                message["headers"] = fields + (_PREFLIGHT if scope["method"] == "OPTIONS" else [])
            else:
                told["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            if sum(len(key) + len(value) for key, value in scope["headers"]) > HEAD_BYTES:
                await problem(WebError("headers-too-large", most=HEAD_BYTES), scope)(scope, receive, complete)
            else:
                await self.app(scope, receive, complete)
        finally:
            seconds = time.perf_counter() - begin
            self.service.metrics.note(scope["method"], told["status"] or 499, seconds)
            _log(scope, name, told, seconds)


def _log(scope: Scope, name: str, told: dict[str, int], seconds: float) -> None:
    if LOGGER.isEnabledFor(logging.INFO):
        line = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "request": name,
            "client": (scope.get("client") or ("",))[0],
            "method": scope["method"],
            "path": scope["path"],
            "status": told["status"] or 499,
            "bytes": told["bytes"],
            "milliseconds": round(seconds * 1000, 1),
        }
        LOGGER.info(json.dumps(line, ensure_ascii=False))
