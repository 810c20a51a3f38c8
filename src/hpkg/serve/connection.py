"""A connection, with caps on what a client may send before its request is whole, and on how long that may take.

What uvicorn leaves open: fields without end, and a client that sends a byte a minute. Not for: bodies, which the routes
read within limits of their own (`hpkg.serve.protocol`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from typing import TYPE_CHECKING, Any, Final

import httptools  # noqa: F401 — what the protocol parses with, and does not ask for by itself
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from hpkg.errors import HpkgError
from hpkg.serve.log import ended, log_request, request_id
from hpkg.serve.problem import WebError, as_json
from hpkg.serve.recall import Recalled
from hpkg.serve.sparql import tag_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hpkg.serve.service import Service

__all__ = ["HEAD_BYTES", "connection_class"]

HEAD_BYTES: Final = 64 << 10
"""The most bytes of a request line and its fields."""

_LAST: Final = b"connection: close\r\n\r\n"
_REFUSED: Final = (
    "HTTP/1.1 {status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: {length}\r\n"
    "Connection: close\r\n\r\n"
)


def connection_class(service: Service) -> type[asyncio.Protocol]:
    """Return uvicorn's connection with the caps of `service` and with what it recalls."""
    return type("Connection", (_Caps, HttpToolsProtocol), {"service": service, "dated": [None, b""]})


class _Caps(asyncio.Protocol):
    """The caps; the class beside it in a connection reads the requests, `cycle` being the last one."""

    client: tuple[str, int] | None
    cycle: Any
    dated: list[Any]
    flow: Any
    loop: asyncio.AbstractEventLoop
    pipeline: Sequence[Any]
    server_state: Any
    service: Service
    timeout_keep_alive: float
    timeout_keep_alive_task: asyncio.TimerHandle | None
    transport: asyncio.Transport
    _head = 0
    _begun = 0
    _is_lost = False
    _running: Any = None
    _task: asyncio.Task[Any] | None = None
    _heard = 0.0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first request, but not for ever."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head of a request has become too long."""
        before = self.cycle
        in_head = before is None or before.response_complete
        host = self.client[0] if self.client else ""
        is_alone = in_head and not self._head and not self.pipeline
        if is_alone and not self.flow.write_paused and not self.transport.is_closing():
            known = self.service.recall.get((host, data))
            if known is not None:
                self._say_again(known)
                return
            if self._say_short(host, data):
                return
        if in_head:
            self._head += len(data)
            self._wait()
        self._begun = 0
        super().data_received(data)
        if self.cycle is not before:
            self._head = 0
            self._rest()
            cycle = self.cycle
            if is_alone and self._begun == 1 and not cycle.more_body:
                # One whole request and nothing else; and whether its client wants no other answer.
                cycle.scope["state"] |= {"bytes": (host, data), "is_last": not cycle.keep_alive}
        elif in_head and self._head > HEAD_BYTES:
            self._refuse(WebError("headers-too-large", most=HEAD_BYTES))

    def on_message_begin(self) -> None:
        """Count the requests of one reading."""
        self._begun += 1
        super().on_message_begin()  # type: ignore[misc]  # the class beside this one has it

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:  # noqa: ANN401 — a type of uvicorn's own
        """Let the application of a request know its connection."""
        cycle.scope["state"]["connection"] = self
        self._running = cycle
        super()._start_asgi_task(cycle, app)  # type: ignore[misc]  # the class beside this one has it

    @property
    def is_free(self) -> bool:
        """Tell whether an answer can be written at once."""
        return not self.flow.write_paused

    def say(self, status: int, fields: bytes, body: bytes) -> None:
        """Write the whole answer to the request that is being answered."""
        cycle = self._running
        if cycle.disconnected:
            return
        end = b"\r\n" if cycle.keep_alive else _LAST
        self.transport.write(b"".join((STATUS_LINE[status], self._date(), fields, end, body)))
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()

    @contextlib.contextmanager
    def cancelling(self) -> Iterator[None]:
        """Cancel the task that enters the block when the client leaves, and end the block then."""
        self._task = task = asyncio.current_task()
        try:
            yield
        except asyncio.CancelledError:
            if not self._is_lost or task is None:
                raise
            task.uncancel()
        finally:
            self._task = None

    def timeout_keep_alive_handler(self) -> None:
        """End an idle connection; one whose client does not take its answer is not waited for."""
        left = self._heard + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self.timeout_keep_alive_task = self.loop.call_later(left, self.timeout_keep_alive_handler)
        elif self.transport.get_write_buffer_size():
            self.transport.abort()
        elif not self.transport.is_closing():
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._rest()
        self._is_lost = True
        super().connection_lost(exc)
        if self._task is not None:
            self._task.cancel()

    def _say_short(self, host: str, data: bytes) -> bool:
        """Answer a short query whose request has nothing else that is new; tell whether that could be done."""
        service = self.service
        begin = time.perf_counter()
        found = service.shells.find(host, data)
        if found is None:
            return False
        shell, query = found
        try:
            body = service.inline.run(query, shell.form)
        except HpkgError:
            return False  # it is found out anew, and told
        if body is None:
            return False
        tag = tag_of(service.version, query, None, shell.kinds)
        fields = b"%betag: %b\r\ncontent-length: %d\r\n" % (shell.fields, tag.encode(), len(body))
        known = Recalled(shell.method, 200, fields, body, ended(shell.begun, 200, len(body)), shell.is_last)
        service.recall.keep_if_twice((host, data), known)
        self._say_again(known, begin)
        return True

    def _say_again(self, known: Recalled, begin: float = 0.0) -> None:
        """Answer as the same request was answered before, with a number, a time and a line in the log of its own."""
        now = time.perf_counter()
        begin = begin or now
        self._rest()
        self._heard = self.loop.time()
        if self.timeout_keep_alive_task is None:  # also after the last answer: its client may not take it
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        self.server_state.total_requests += 1
        name = request_id()
        own = b"x-request-id: %b\r\nserver-timing: total;dur=%.1f\r\n" % (name.encode(), (now - begin) * 1000)
        end = _LAST if known.is_last else b"\r\n"
        self.transport.write(b"".join((STATUS_LINE[known.status], self._date(), known.fields, own, end, known.body)))
        if known.is_last:
            self.transport.close()
        seconds = time.perf_counter() - begin
        self.service.metrics.note(known.method, known.status, seconds)
        log_request(known.described, name, seconds)

    def _date(self) -> bytes:
        """Return the fields that uvicorn makes anew each second."""
        fields = self.server_state.default_headers
        if self.dated[0] is not fields:
            self.dated[:] = [fields, b"".join(b"%b: %b\r\n" % pair for pair in fields)]
        written: bytes = self.dated[1]
        return written

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.service.settings.patience, self._lose_patience)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _lose_patience(self) -> None:
        self._timer = None
        self._refuse(WebError("request-slow", seconds=f"{self.service.settings.patience:g}"))

    def _refuse(self, error: WebError) -> None:
        if not self.transport.is_closing():
            told = as_json(error, "en")
            body = json.dumps(told).encode()
            self.transport.write(_REFUSED.format(status=told["status"], length=len(body)).encode() + body)
            self.transport.close()
