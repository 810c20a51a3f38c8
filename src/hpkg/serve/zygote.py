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
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NoReturn

from hpkg.serve.heir import write
from hpkg.serve.seal import bound_memory, die_with_parent, give_back_memory, memory_bound, seal_network, yield_to_others
from hpkg.serve.worker import work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.store.embedded import EmbeddedStore

__all__ = ["MESSAGE", "Zygote", "start_zygote"]

MESSAGE: Final = 4096
"""The most bytes of a message."""

_MODEST: Final = 2
"""How much nicer workers are than the front: what it knows is to be answered at once, however many others begin."""

_CALM: Final = 10
"""How much nicer is one with a long query: enough to let short ones pass, and not so much that it starves beside
other programs of the machine."""

_NICEST: Final = 19

_IGNORED: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)


def start_zygote(store: EmbeddedStore, max_memory: int) -> socket.socket:
    """Fork a zygote with `store` and return the socket that commands it; it ends when that is closed.

    To be called before this process has a second thread.
    """
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    _settle()
    if os.fork() == 0:
        _detach(theirs.fileno())
        Zygote(theirs, store, max_memory).run()
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

    def run(self) -> NoReturn:
        """Serve the commands of the socket, and end with it."""
        try:
            seal_network()
            while (successor := self._serve()) is not None:
                self.control = successor
                _settle()
        finally:
            for pid in self.children.values():
                os.kill(pid, signal.SIGKILL)
            os._exit(0)

    def _serve(self) -> socket.socket | None:
        """Obey until the socket is closed; in a child that has changed the graph, return the socket to go on with."""
        with _wake_on_child() as woken, self.control as control, selectors.DefaultSelector() as waiting:
            waiting.register(control, selectors.EVENT_READ)
            waiting.register(woken, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in waiting.select()}
                if woken in ready:
                    woken.recv(MESSAGE)
                    self._reap()
                if control in ready:
                    message, handles, _, _ = socket.recv_fds(control, MESSAGE, 2)
                    if not message:
                        return None
                    successor = self._obey(json.loads(message), handles)
                    if successor is not None:
                        return successor

    def _obey(self, command: dict[str, Any], handles: list[int]) -> socket.socket | None:
        name, do = command["worker"], command["do"]
        if do in {"fork", "heir"}:
            pid = os.fork()
            if pid == 0:
                self.children = {}
                if do == "fork":
                    self._become_worker(handles[0])
                return self._become_heir(*handles)
            self.children[name] = pid
            self.control.send(json.dumps({"born": name, "pid": pid}).encode())
            for handle in handles:
                os.close(handle)
        elif do == "release":
            self.children.pop(name, None)
        elif name in self.children and do == "kill":
            os.kill(self.children[name], signal.SIGKILL)
        elif name in self.children:
            nicer = min(os.getpriority(os.PRIO_PROCESS, 0) + _CALM, _NICEST)
            os.setpriority(os.PRIO_PROCESS, self.children[name], nicer)
        return None

    def _become_worker(self, handle: int) -> NoReturn:
        try:
            signal.set_wakeup_fd(-1)
            die_with_parent()
            self.control.close()
            yield_to_others()
            os.nice(_MODEST)
            bound_memory(self.max_memory)
            work(socket.socket(fileno=handle), self.store)
        finally:
            os._exit(0)

    def _become_heir(self, handle: int, control: int) -> socket.socket:
        """Change the graph, and return the socket to serve the pool by, in place of the zygote that forked this."""
        changed: EmbeddedStore | None = None
        try:
            with memory_bound(self.max_memory), socket.socket(fileno=handle) as channel:
                changed = write(channel, self.store)
        finally:
            if changed is None:
                os._exit(0)
        assert changed
        self.store = changed
        return socket.socket(fileno=control)

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


def _settle() -> None:
    """Give back the memory that loading took, and keep collections of garbage off all objects that are left.

    They would write to shared pages, and so copy them.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    give_back_memory()


@contextmanager
def _wake_on_child() -> Iterator[socket.socket]:
    """Give a socket that has something to read once a child has ended."""
    reading, writing = socket.socketpair()
    with reading, writing:
        writing.settimeout(0)
        reading.settimeout(0)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(writing.fileno())
        yield reading
        signal.set_wakeup_fd(-1)


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
