"""A process that changes the graph: it works on its copy, and takes over when what it wrote is safe on disk.

What goes wrong before that goes wrong in a copy that nobody has seen; so a change is whole or not at all, whatever is
killed when. Not for: who may write.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hpkg.errors import HpkgError
from hpkg.files import replace_file
from hpkg.serve.wire import Head, receive, send
from hpkg.serve.worker import told
from hpkg.store.embedded import EmbeddedStore, engine_of
from hpkg.store.writing import apply_update, drop_graph, kept, load_graph

if TYPE_CHECKING:
    import socket

__all__ = ["FILE", "header", "write"]

FILE: Final = "dataset.nq"
"""What the file in the folder of the state is called."""

_HEADER: Final = b"# built "


def header(base: str) -> bytes:
    """Return the first line of the file: the build that was changed."""
    return _HEADER + base.encode() + b"\n"


def write(channel: socket.socket, store: EmbeddedStore) -> EmbeddedStore | None:
    """Do the one job of `channel` on `store`, keep the whole dataset, and return the store changed, if that was done.

    The other side is told when the change is made in memory, and says when to keep it: from then on it must wait.
    """
    job = receive(channel)
    if job is None:
        return None
    head, body = job
    try:
        _change(store, head, body)
        content = header(head["base"]) + kept(store)
    except HpkgError as error:
        send(channel, told(error))
        return None
    except MemoryError:
        send(channel, {"lost": "memory"})
        return None
    send(channel, {"made": True})
    if receive(channel) is None:
        return None
    folder = Path(head["state"])
    try:
        replace_file(folder / FILE, content)
        _settle(folder)
    except OSError as error:
        send(channel, {"failed": error.strerror or str(error)})
        return None
    send(channel, {"kept": True})
    return EmbeddedStore.around(engine_of(store), content)


def _change(store: EmbeddedStore, head: Head, body: bytes) -> None:
    if head["do"] == "update":
        apply_update(store, body.decode(), head["dataset"])
    elif head["do"] == "drop":
        drop_graph(store, head["graph"])
    else:
        load_graph(store, head["graph"], body, head["format"], head["do"])


def _settle(folder: Path) -> None:
    """Have the folder's own entry on disk: a file put in place is found again after a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
