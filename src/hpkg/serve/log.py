"""The log of the service: one line of JSON a request, and one a defect.

Not for: what is counted (`metrics`).
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import Scope

__all__ = ["log_defect", "log_request", "log_warning", "start_log"]

_LOGGER: Final = logging.getLogger("hpkg.serve")


def start_log() -> None:
    """Write the log to stderr, unless the program has other plans for it."""
    if not _LOGGER.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        _LOGGER.addHandler(handler)
        _LOGGER.setLevel(logging.INFO)
        _LOGGER.propagate = False


def log_request(scope: Scope, request: str, status: int, length: int, seconds: float) -> None:
    """Note a request by its number, and how it was answered; never its query, which may be private."""
    if _LOGGER.isEnabledFor(logging.INFO):
        line = {
            "time": _now(),
            "request": request,
            "client": (scope.get("client") or ("",))[0],
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "bytes": length,
            "milliseconds": round(seconds * 1000, 1),
        }
        _LOGGER.info(json.dumps(line, ensure_ascii=False))


def log_defect(request: str) -> None:
    """Note the exception that is being handled: a mistake of ours."""
    line = {"time": _now(), "request": request, "defect": traceback.format_exc()}
    _LOGGER.error(json.dumps(line, ensure_ascii=False))


def log_warning(told: str) -> None:
    """Note what whoever runs the service should know."""
    _LOGGER.warning(json.dumps({"time": _now(), "warning": told}, ensure_ascii=False))


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
