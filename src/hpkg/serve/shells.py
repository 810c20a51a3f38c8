"""Requests that say a query and nothing else that was not said before: their heads are known, byte for byte.

A client sends the same fields with each query. What they mean (the format, and all fields of the answer but two) is
kept from the first time, by the host that sent them and their very bytes; then only the query itself has to be read.
Not for: answering (`hpkg.serve.inline`).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote_plus

from hpkg.serve.log import begun
from hpkg.serve.whole import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Scope

    from hpkg.serve.recall import Request

__all__ = ["Shell", "Shells"]

_END: Final = b"\r\n\r\n"
_VERSION: Final = b" HTTP/1.1\r\n"
_BY_GET: Final = re.compile(rb"GET /sparql\?query=([A-Za-z0-9%+._~!$'()*,;:@/?-]*)")
_OWN: Final = frozenset({b"etag", b"content-length"})
# A client that has an answer, or asks for a part of one, is answered otherwise.
_CONDITIONAL: Final = re.compile(rb"(?i)\r\n(?:if-[a-z-]+|range|expect)[ \t]*:")
_REMEMBERED: Final = 1024
_LONGEST: Final = 4096


class Shell(NamedTuple):
    """What surrounds a query.

    Attributes:
        method: The method of the request.
        length: How many bytes its body has; None for a query in the address.
        form: The name of the format of the answer.
        kinds: What the tag of an answer is made of, beside the query.
        fields: The fields of the answer as they are sent, without its tag and length.
        begun: How a line of the log begins.
        is_last: Whether the connection ends with the answer.
    """

    method: str
    length: int | None
    form: str
    kinds: tuple[str | None, ...]
    fields: bytes
    begun: str
    is_last: bool


class Shells:
    """The shells seen last."""

    def __init__(self) -> None:
        """Know none."""
        self._known: OrderedDict[Request, Shell] = OrderedDict()

    def clear(self) -> None:
        """Forget all: fields tell the dataset."""
        self._known.clear()

    def find(self, host: str, data: bytes) -> tuple[Shell, str] | None:
        """Return the shell of a request and the query in it, if its shell is known."""
        parted = _parted(data)
        shell = self._known.get((host, parted[0])) if parted else None
        if parted is None or shell is None or shell.length not in {None, len(parted[1])}:
            return None
        try:
            if shell.length is None:
                return shell, unquote_plus(parted[1].decode("ascii"), errors="strict")
            return shell, parted[1].decode("utf-8")
        except UnicodeDecodeError:
            return None

    def learn(  # noqa: PLR0913 — a request, and what its answer has but for the body
        self,
        request: Request,
        scope: Scope,
        form: str,
        kinds: tuple[str | None, ...],
        fields: Iterable[tuple[bytes, bytes]],
        *,
        is_last: bool,
    ) -> None:
        """Keep the shell of a request that was answered with these fields, if it is one."""
        host, data = request
        parted = _parted(data)
        if parted is None or _CONDITIONAL.search(data):
            return
        shell = Shell(
            scope["method"],
            None if scope["method"] == "GET" else len(parted[1]),
            form,
            kinds,
            written(pair for pair in fields if pair[0] not in _OWN),
            begun((scope.get("client") or ("",))[0], scope["method"], scope["path"]),
            is_last,
        )
        self._known[host, parted[0]] = shell
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


def _parted(data: bytes) -> tuple[bytes, bytes] | None:
    """Return the shell of a whole request, and what of it is the query; None if it can be none."""
    if data.startswith(b"GET "):
        end = data.find(_VERSION)
        asked = _BY_GET.fullmatch(data, 0, end) if end > 0 else None
        return (data[end:], asked[1]) if asked else None
    end = data.find(_END) + len(_END)
    return (data[:end], data[end:]) if len(_END) <= end <= _LONGEST else None
