"""The door every request goes through: it gets a number and a line in the log, its answer the fields that all have.

Not for: what is behind the door.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from hpkg.errors import HpkgError
from hpkg.pages.policy import POLICY
from hpkg.serve.connection import HEAD_BYTES
from hpkg.serve.log import description, log_defect, log_request, request_id
from hpkg.serve.problem import WebError, problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from hpkg.serve.service import Service

__all__ = ["Door"]

_LEFT: Final = 499
"""The status that is noted when the client left before there was one."""

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
        name = request_id()
        state = scope.setdefault("state", {})
        state["request_id"] = name
        told = {"status": 0, "bytes": 0}
        fields: list[tuple[bytes, bytes]] = []

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                state["begun"] = True
                spent = f"total;dur={(time.perf_counter() - begin) * 1000:.1f}".encode()
                own = [*_FIELDS, (b"x-request-id", name.encode()), (b"server-timing", spent)]
                if not any(key == b"hpkg-dataset" for key, _ in message["headers"]):
                    own.append((b"hpkg-dataset", self.service.version.encode()))
                fields[:] = [*message["headers"], *own] + (_PREFLIGHT if scope["method"] == "OPTIONS" else [])
                message["headers"] = fields
            else:
                body = message.get("body", b"")
                is_whole = not message.get("more_body") and not told["bytes"]
                told["bytes"] += len(body)
                if is_whole and "bytes" in state and state.get("lasting") == self.service.version:
                    self.service.recall.keep(state["bytes"], told["status"], fields, body, scope)
            await send(message)

        try:
            if sum(len(key) + len(value) for key, value in scope["headers"]) > HEAD_BYTES:
                await problem(WebError("headers-too-large", most=HEAD_BYTES), scope)(scope, receive, complete)
            else:
                await self._pass(scope, receive, complete)
        except Exception as error:  # noqa: BLE001 — the last place where a defect can be noted
            if told["status"] and isinstance(error.__cause__ or error, HpkgError):
                # The deadline came while the answer was on its way: it ends short of its length, which tells so.
                told["status"] = _LEFT
                return
            log_defect(name)
            if not told["status"]:
                # What the client is told says nothing of it.
                await problem(WebError("service-failed"), scope)(scope, receive, complete)
        finally:
            seconds = time.perf_counter() - begin
            self.service.metrics.note(scope["method"], told["status"] or _LEFT, seconds)
            log_request(description(scope, told["status"] or _LEFT, told["bytes"]), name, seconds)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except HpkgError as error:
            if scope["state"].get("begun"):
                raise
            await problem(error, scope)(scope, receive, send)
