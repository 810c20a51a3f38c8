"""A connection, with caps on what a client may send before its request is whole, and on how long that may take.

What uvicorn leaves open: fields without end, and a client that sends a byte a minute. Not for: bodies, which the routes
read within limits of their own (`hpkg.serve.protocol`).
"""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final

import httptools  # noqa: F401 — what the protocol parses with, and does not ask for by itself
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from hpkg.serve.problem import WebError, as_json

__all__ = ["HEAD_BYTES", "connection_class"]

HEAD_BYTES: Final = 64 << 10
"""The most bytes of a request line and its fields."""

_REFUSED: Final = (
    "HTTP/1.1 {status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: {length}\r\n"
    "Connection: close\r\n\r\n"
)


def connection_class(patience: float) -> type[asyncio.Protocol]:
    """Return uvicorn's connection with the caps; `patience` is how many seconds a head may take."""
    return type("Connection", (_Caps, HttpToolsProtocol), {"patience": patience})


class _Caps(asyncio.Protocol):
    """The caps; the class beside it in a connection reads the requests, `cycle` being the last one."""

    cycle: Any
    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    patience: float
    _head = 0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first request, but not for ever."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head of a request has become too long."""
        before = self.cycle
        in_head = before is None or before.response_complete
        if in_head:
            self._head += len(data)
            self._wait()
        super().data_received(data)
        if self.cycle is not before:
            self._head = 0
            self._rest()
        elif in_head and self._head > HEAD_BYTES:
            self._refuse(WebError("headers-too-large", most=HEAD_BYTES))

    def timeout_keep_alive_handler(self) -> None:
        """End an idle connection; one whose client does not take its answer is not waited for."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        elif not self.transport.is_closing():
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._rest()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(self.patience, self._lose_patience)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _lose_patience(self) -> None:
        self._timer = None
        self._refuse(WebError("request-slow", seconds=f"{self.patience:g}"))

    def _refuse(self, error: WebError) -> None:
        if not self.transport.is_closing():
            told = as_json(error, "en")
            body = json.dumps(told).encode()
            self.transport.write(_REFUSED.format(status=told["status"], length=len(body)).encode() + body)
            self.transport.close()
