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
from hpkg.serve.whole import WHOLE, written

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from hpkg.serve.service import Service

__all__ = ["Door"]

_OK: Final = 200
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
        answer = _Answer(self.service, scope, send)
        try:
            if sum(len(key) + len(value) for key, value in scope["headers"]) > HEAD_BYTES:
                await problem(WebError("headers-too-large", most=HEAD_BYTES), scope)(scope, receive, answer.send)
            else:
                await self._pass(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 — the last place where a defect can be noted
            if answer.status and isinstance(error.__cause__ or error, HpkgError):
                # The deadline came while the answer was on its way: it ends short of its length, which tells so.
                answer.status = _LEFT
                return
            log_defect(answer.name)
            if not answer.status:
                # What the client is told says nothing of it.
                await problem(WebError("service-failed"), scope)(scope, receive, answer.send)
        finally:
            answer.note()

    async def _pass(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            await self.app(scope, receive, answer.send)
        except HpkgError as error:
            if answer.status:
                raise  # it is too late to say so
            await problem(error, scope)(scope, receive, answer.send)


class _Answer:
    """The answer to one request, as it passes the door."""

    def __init__(self, service: Service, scope: Scope, send: Send) -> None:
        """Give the request its number."""
        self.name = request_id()
        self.status = 0
        self._service = service
        self._scope = scope
        self._state = scope.setdefault("state", {})
        self._state["request_id"] = self.name
        self._send = send
        self._bytes = 0
        self._fields = b""
        self._begin = time.perf_counter()

    async def send(self, message: Message) -> None:
        """Complete a message, and pass it on."""
        if message["type"] == "http.response.body":
            body = message.get("body", b"")
            if not message.get("more_body") and not self._bytes:
                self._keep(body)
            self._bytes += len(body)
            await self._send(message)
            return
        self.status = message["status"]
        fields = [*message["headers"], *_FIELDS]
        if not any(key == b"hpkg-dataset" for key, _ in fields):
            fields.append((b"hpkg-dataset", self._service.version.encode()))
        if self._scope["method"] == "OPTIONS":
            fields += _PREFLIGHT
        spent = f"total;dur={(time.perf_counter() - self._begin) * 1000:.1f}"
        if "shell" in self._state and "bytes" in self._state and self.status == _OK:
            form, kinds = self._state["shell"]
            is_last = self._state["is_last"]
            self._service.shells.learn(self._state["bytes"], self._scope, form, kinds, fields, is_last=is_last)
        own = [(b"x-request-id", self.name.encode()), (b"server-timing", spent.encode())]
        self._fields = written(fields)
        if message["type"] == WHOLE:
            body = message["body"]
            self._bytes = len(body)
            self._state["connection"].say(self.status, self._fields + written(own), body)
            self._keep(body)
        else:
            message["headers"] = fields + own
            await self._send(message)

    def note(self) -> None:
        """Count the request, and write it to the log."""
        seconds = time.perf_counter() - self._begin
        status = self.status or _LEFT
        self._service.metrics.note(self._scope["method"], status, seconds)
        log_request(description(self._scope, status, self._bytes), self.name, seconds)

    def _keep(self, body: bytes) -> None:
        """Have the answer recalled if it is lasting; the body is the whole of it."""
        if "bytes" in self._state and self._state.get("lasting") == self._service.version:
            request, is_last = self._state["bytes"], self._state["is_last"]
            self._service.recall.keep(request, self._scope, self.status, self._fields, body, is_last=is_last)
