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
from typing import TYPE_CHECKING, Final, NoReturn

from hpkg.serve.seal import bound_memory, die_with_parent, seal_network
from hpkg.serve.worker import work

if TYPE_CHECKING:
    from hpkg.store.embedded import EmbeddedStore

__all__ = ["MESSAGE", "Zygote", "start_zygote"]

MESSAGE: Final = 4096
"""The most bytes of a message."""

_NICE: Final = 5
_CALM: Final = 19
_IGNORED: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)


def start_zygote(store: EmbeddedStore, max_memory: int, *, sealed: bool) -> socket.socket:
    """Fork a zygote with `store` and return the socket that commands it; it ends when that is closed.

    To be called before this process has a second thread.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        _detach(theirs.fileno())
        Zygote(theirs, store, max_memory).run(sealed=sealed)
    theirs.close()
    return ours


class Zygote:
    """The state of a zygote: its commander, its graph, and the process of each worker by name.

    Args:
        control: The socket that commands come from.
        store: The graph.
        max_memory: The most bytes that a worker may take above it.
    """

    def __init__(self, control: socket.socket, store: EmbeddedStore, max_memory: int) -> None:
        """Have no children yet."""
        self.control = control
        self.store = store
        self.max_memory = max_memory
        self.children: dict[int, int] = {}

    def run(self, *, sealed: bool) -> NoReturn:
        """Serve the commands of the socket, and end with it."""
        try:
            if sealed:
                seal_network()
            gc.collect()
            gc.freeze()  # a collection in a worker would write to, and so copy, pages that are shared
            woken = _wake_on_child()
            with selectors.DefaultSelector() as waiting:
                waiting.register(self.control, selectors.EVENT_READ)
                waiting.register(woken, selectors.EVENT_READ)
                while True:
                    ready = {key.fileobj for key, _ in waiting.select()}
                    if woken in ready:
                        woken.recv(MESSAGE)
                        self._reap()
                    if self.control in ready and not self._hear():
                        break
        finally:
            for pid in self.children.values():
                os.kill(pid, signal.SIGKILL)
            os._exit(0)

    def _hear(self) -> bool:
        """Obey one command, and tell whether there was one."""
        message, handles, _, _ = socket.recv_fds(self.control, MESSAGE, 1)
        if not message:
            return False
        command = json.loads(message)
        name = command["worker"]
        if command["do"] == "fork":
            pid = os.fork()
            if pid == 0:
                self._become_worker(handles[0])
            self.children[name] = pid
            os.close(handles[0])
        elif name in self.children and command["do"] == "kill":
            os.kill(self.children[name], signal.SIGKILL)
        elif name in self.children:
            os.setpriority(os.PRIO_PROCESS, self.children[name], _CALM)
        return True

    def _become_worker(self, handle: int) -> NoReturn:
        try:
            signal.set_wakeup_fd(-1)
            die_with_parent()
            self.control.close()
            os.nice(_NICE)
            bound_memory(self.max_memory)
            work(socket.socket(fileno=handle), self.store)
        finally:
            os._exit(0)

    def _reap(self) -> None:
        """Tell of every worker that has ended, and by which signal."""
        names = {pid: name for name, pid in self.children.items()}
        while self.children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            if pid in names:
                del self.children[names[pid]]
                code = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
                self.control.send(json.dumps({"gone": names[pid], "signal": code}).encode())


def _wake_on_child() -> socket.socket:
    """Return a socket that has something to read once a child has ended."""
    reading, writing = socket.socketpair()
    writing.settimeout(0)
    reading.settimeout(0)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writing.detach())
    return reading


def _detach(kept: int) -> None:
    """Leave the terminal and every open file but `kept`: a Ctrl-C is for the parent, and its sockets are its own."""
    os.setsid()
    for name in _IGNORED:
        signal.signal(name, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
