"""The process that holds the graph and forks workers, which share its memory copy-on-write.

It has one thread, never runs a query and never parses one, so a fork of it is always sound. It hears from the pool over
a socket that keeps messages apart: `fork` with the socket of the new worker, `kill`, `calm`; it tells when a worker is
gone. Not for: when to do so.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
from typing import TYPE_CHECKING, Any, Final, NoReturn

from hpkg.serve.seal import bound_memory, die_with_parent, seal_network
from hpkg.serve.worker import work

if TYPE_CHECKING:
    from hpkg.store.embedded import EmbeddedStore

__all__ = ["MESSAGE", "start_zygote", "zygote"]

MESSAGE: Final = 4096
"""The most bytes of a message."""

_NICE: Final = 5
_CALM: Final = 19
_RECYCLED: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)


def start_zygote(store: EmbeddedStore, max_memory: int, *, sealed: bool) -> socket.socket:
    """Fork a zygote with `store` and return the socket that commands it; it ends when that is closed.

    To be called before this process has a second thread.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork():
        theirs.close()
        return ours
    _detach(theirs.fileno())
    zygote(theirs, store, max_memory, sealed=sealed)


def zygote(control: socket.socket, store: EmbeddedStore, max_memory: int, *, sealed: bool) -> NoReturn:
    """Serve the commands of `control`, and end with it."""
    children: dict[int, int] = {}
    try:
        if sealed:
            seal_network()
        gc.collect()
        gc.freeze()  # a collection in a worker would write to, and so copy, pages that are shared
        woken = _wake_on_child()
        with selectors.DefaultSelector() as waiting:
            waiting.register(control, selectors.EVENT_READ)
            waiting.register(woken, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in waiting.select()}
                if woken in ready:
                    woken.recv(4096)
                    _reap(control, children)
                if control in ready:
                    message, handles, _, _ = socket.recv_fds(control, MESSAGE, 1)
                    if not message:
                        break
                    _obey(json.loads(message), handles, children, store, max_memory, control)
    finally:
        for pid in children.values():
            os.kill(pid, signal.SIGKILL)
        os._exit(0)


def _obey(  # noqa: PLR0913 — all that a fork needs
    command: dict[str, Any],
    handles: list[int],
    children: dict[int, int],
    store: EmbeddedStore,
    max_memory: int,
    control: socket.socket,
) -> None:
    name = command["worker"]
    if command["do"] == "fork":
        pid = os.fork()
        if pid == 0:
            _become_worker(handles[0], control, store, max_memory)
        children[name] = pid
        os.close(handles[0])
    elif name in children and command["do"] == "kill":
        os.kill(children[name], signal.SIGKILL)
    elif name in children:
        os.setpriority(os.PRIO_PROCESS, children[name], _CALM)


def _become_worker(handle: int, control: socket.socket, store: EmbeddedStore, max_memory: int) -> NoReturn:
    try:
        signal.set_wakeup_fd(-1)
        die_with_parent()
        control.close()
        os.nice(_NICE)
        bound_memory(max_memory)
        work(socket.socket(fileno=handle), store)
    finally:
        os._exit(0)


def _reap(control: socket.socket, children: dict[int, int]) -> None:
    """Tell of every worker that has ended, and by which signal."""
    names = {pid: name for name, pid in children.items()}
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        if pid in names:
            del children[names[pid]]
            code = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            control.send(json.dumps({"gone": names[pid], "signal": code}).encode())


def _wake_on_child() -> socket.socket:
    """Return a socket that has something to read once a child has ended."""
    reading, writing = socket.socketpair()
    writing.setblocking(False)
    reading.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writing.detach())
    return reading


def _detach(kept: int) -> None:
    """Leave the terminal and every open file but `kept`: a Ctrl-C is for the parent, and its sockets are its own."""
    os.setsid()
    for name in _RECYCLED:
        signal.signal(name, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
