"""An answer that is sent in one piece: a message of ours between endpoint, door and connection, beside those of ASGI.

Most answers are short and there at once. Not for: answers that are sent as they come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.types import Scope, Send

__all__ = ["WHOLE", "raw", "send_whole", "written"]

WHOLE: Final = "hpkg.response.whole"
"""The type of the message; it has the members `status`, `headers` and `body`."""


async def send_whole(scope: Scope, send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    """Send an answer in one piece where the connection is ours and takes it, else in the two messages of ASGI."""
    sent = b"" if scope["method"] == "HEAD" else body
    connection = scope.get("state", {}).get("connection")
    if connection is not None and connection.is_free:
        await send({"type": WHOLE, "status": status, "headers": headers, "body": sent})
        return
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sent})


def raw(fields: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Return the fields of an answer as ASGI has them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]


def written(fields: Iterable[tuple[bytes, bytes]]) -> bytes:
    r"""Return the fields of an answer as they are sent.

    >>> written([(b"a", b"1"), (b"b", b"2")])
    b'a: 1\r\nb: 2\r\n'
    """
    lines = [b"%b: %b\r\n" % pair for pair in fields]
    told = b"".join(lines)
    assert told.count(b"\n") == len(lines), "a field holds a line break"
    return told
