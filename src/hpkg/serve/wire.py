"""How the processes of the service speak: frames of a JSON head and a body of bytes over a Unix socket.

Not for: what the heads say.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import socket

__all__ = ["PREFIX", "Head", "pack", "receive", "send"]

Head = dict[str, Any]
PREFIX: Final = struct.Struct("!II")
"""Before each frame: the number of bytes of its head and of its body."""


def pack(head: Head, body: bytes = b"") -> bytes:
    r"""Return a frame.

    >>> pack({"a": 1}, b"xy")
    b'\x00\x00\x00\x07\x00\x00\x00\x02{"a":1}xy'
    """
    written = json.dumps(head, separators=(",", ":")).encode()
    return PREFIX.pack(len(written), len(body)) + written + body


def send(channel: socket.socket, head: Head, body: bytes = b"") -> None:
    """Write a frame to a blocking socket."""
    channel.sendall(pack(head, body))


def receive(channel: socket.socket) -> tuple[Head, bytes] | None:
    """Return the next frame of a blocking socket, or None when the other side has closed it."""
    prefix = _exactly(channel, PREFIX.size)
    if prefix is None:
        return None
    head, body = PREFIX.unpack(prefix)
    content = _exactly(channel, head + body)
    return None if content is None else (json.loads(content[:head]), content[head:])


def _exactly(channel: socket.socket, count: int) -> bytes | None:
    parts: list[bytes] = []
    while count:
        part = channel.recv(min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
