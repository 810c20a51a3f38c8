"""The log of the service: one line of JSON a request, and one a defect.

Not for: what is counted (`metrics`).
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import sys
import time
import traceback
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from starlette.types import Scope

__all__ = ["begun", "description", "ended", "log_defect", "log_request", "log_warning", "request_id", "start_log"]

_LOGGER: Final = logging.getLogger("hpkg.serve")
_NUMBERS: Final = random.Random(int.from_bytes(random.SystemRandom().randbytes(32)))  # noqa: S311 — no secrets
_FIXED: Final = 4 << 76 | 2 << 62
_FREE: Final = ~(15 << 76 | 3 << 62)
"""The bits of a UUID that say which kind it is, and the others."""

_DELAY: Final = 0.05
"""How many seconds a line about a request may wait for others, to be written with them."""


class _Gathering(logging.StreamHandler[TextIO]):
    """Writes lines of requests together, and everything else at once."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._lines: list[str] = []

    def add(self, line: str) -> None:
        """Write a line soon."""
        self._lines.append(line)
        if len(self._lines) == 1:
            try:
                asyncio.get_running_loop().call_later(_DELAY, self.flush)
            except RuntimeError:  # no loop runs
                self.flush()

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(record.getMessage())
        self.flush()

    def flush(self) -> None:
        if self._lines:
            lines, self._lines = self._lines, []
            self.stream.write("\n".join(lines) + "\n")
        super().flush()


def request_id() -> str:
    """Return the number of a request: a UUID (version 4) that no other has.

    >>> import uuid
    >>> uuid.UUID(request_id()).version
    4
    """
    told = f"{_NUMBERS.getrandbits(128) & _FREE | _FIXED:032x}"
    return f"{told[:8]}-{told[8:12]}-{told[12:16]}-{told[16:20]}-{told[20:]}"


def start_log() -> None:
    """Write the log to stderr, unless the program has other plans for it."""
    if not _LOGGER.handlers:
        _LOGGER.addHandler(_Gathering(sys.stderr))
        _LOGGER.setLevel(logging.INFO)
        _LOGGER.propagate = False


def description(scope: Scope, status: int, length: int) -> str:
    """Return what the log says of a request and its answer, but for its time and number; never its query."""
    return ended(begun((scope.get("client") or ("",))[0], scope["method"], scope["path"]), status, length)


def ended(begin: str, status: int, length: int) -> str:
    """Return the same of a request whose part is told (`begun`)."""
    return f'{begin}, "status": {status}, "bytes": {length}'


@lru_cache(maxsize=256)
def begun(client: str, method: str, path: str) -> str:
    """Return what the log says of a request before it is answered."""
    return json.dumps({"client": client, "method": method, "path": path}, ensure_ascii=False)[1:-1]


def log_request(described: str, request: str, seconds: float) -> None:
    """Note a request by its number (`description`), and how many seconds it took."""
    if _LOGGER.isEnabledFor(logging.INFO):
        line = f'{{"time": "{_now()}", "request": "{request}", {described}, "milliseconds": {seconds * 1000:.1f}}}'
        handler = _LOGGER.handlers[0] if _LOGGER.handlers else None
        if isinstance(handler, _Gathering):
            handler.add(line)
        else:
            _LOGGER.info(line)


def log_defect(request: str) -> None:
    """Note the exception that is being handled: a mistake of ours."""
    line = {"time": _now(), "request": request, "defect": traceback.format_exc()}
    _LOGGER.error(json.dumps(line, ensure_ascii=False))


def log_warning(told: str) -> None:
    """Note what whoever runs the service should know."""
    _LOGGER.warning(json.dumps({"time": _now(), "warning": told}, ensure_ascii=False))


def _now() -> str:
    return _written(int(time.time()))


@lru_cache(maxsize=4)
def _written(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
