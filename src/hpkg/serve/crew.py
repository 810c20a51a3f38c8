"""The workers of the pool: forked ahead of need, used again after a job that was done, killed otherwise.

Not for: which job runs when.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import time
from collections import deque
from typing import TYPE_CHECKING, Final

from hpkg.serve.wire import PREFIX, pack
from hpkg.serve.zygote import MESSAGE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from hpkg.serve.wire import Head

__all__ = ["Crew", "LostError", "Worker"]

_SCRATCH: Final = memoryview(bytearray(1 << 18))
"""Where what a worker says is read to, one after the other: a new buffer each time would cost more than reading."""

_AHEAD: Final = 1 << 20
"""So many bytes of an answer are taken from a worker before somebody takes them from us."""

_JOBS: Final = 1000
"""After so many jobs a worker is replaced, whatever it may have kept of them."""

_REST_SECONDS: Final = 5.0
_GROWN: Final = 1024
"""A worker that has been given so many pages, and had nothing to do for a while, is replaced by one that shares all."""

_LONG: Final = 1 << 16
"""A query of so many bytes is one that its worker should not remember."""

_REASONS: Final[dict[int, str]] = {signal.SIGABRT: "memory", signal.SIGBUS: "memory", signal.SIGSEGV: "depth"}
_OBITUARY: Final = 0.2


class LostError(Exception):
    """A worker ended in the middle of its job: for lack of `memory`, of stack (`depth`), or otherwise (`lost`)."""

    def __init__(self, why: str) -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why = why


class Crew:
    """Workers, and the zygote that forks them.

    Args:
        control: The socket that commands the zygote.
        on_loss: What is called when the zygote ends of its own.
    """

    def __init__(self, control: socket.socket, on_loss: Callable[[], None]) -> None:
        """Have no workers yet."""
        self._on_loss = on_loss
        self._control = control
        self._control.settimeout(0)
        self._idle: deque[Worker] = deque()
        self._ahead = 0
        self._most = 0
        self._busy: dict[int, Worker] = {}
        self._count = 0
        self.killed = 0
        self.is_alive = True
        self._is_retired = False
        self._tidying: asyncio.TimerHandle | None = None

    async def start(self, ahead: int, most: int) -> None:
        """Listen to the zygote, keep `ahead` workers ready, and at most `most` of those that have worked."""
        asyncio.get_running_loop().add_reader(self._control, self._hear)
        self._ahead = ahead
        self._most = most
        await self._fill()

    async def stop(self) -> None:
        """End the zygote, and with it all workers."""
        self.is_alive = False
        asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()
        for worker in (*self._idle, *self._busy.values()):
            worker.close()

    @contextlib.contextmanager
    def heir(self) -> Iterator[tuple[Worker, socket.socket]]:
        """Give a worker that changes its copy of the graph, and the socket that commands it once it is the zygote.

        After the block it is killed, unless it has been released.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        worker = self._fork("heir", theirs)
        theirs.close()
        self._busy[worker.name] = worker
        try:
            yield worker, ours
        finally:
            del self._busy[worker.name]
            self._command("kill", worker.name)  # nothing happens to one that is released
            worker.close()
            self._close_if_retired()

    def release(self, worker: Worker) -> None:
        """Let `worker` live on its own."""
        self._command("release", worker.name)

    def retire(self) -> None:
        """Begin nothing new, and end once all that runs is done."""
        self._ahead = self._most = 0
        self._is_retired = True
        while self._idle:
            self._kill(self._idle.pop())
        self._close_if_retired()

    def _close_if_retired(self) -> None:
        if self._is_retired and not self._busy and self.is_alive:
            self.is_alive = False
            asyncio.get_running_loop().remove_reader(self._control)
            self._control.close()

    @contextlib.contextmanager
    def worker(self) -> Iterator[Worker]:
        """Give a worker; after the block it is idle again if its job is done, else killed."""
        worker = self._idle.pop() if self._idle else self._fork()
        self._busy[worker.name] = worker
        try:
            yield worker
        finally:
            del self._busy[worker.name]
            if (
                worker.is_done
                and worker.jobs < _JOBS
                and worker.longest < _LONG
                and len(self._idle) < self._most
                and not worker.is_calm
            ):
                self._idle.append(worker)
                worker.rests_since = time.monotonic()
                if self._tidying is None:
                    self._tidying = asyncio.get_running_loop().call_later(_REST_SECONDS, self._tidy)
            else:
                self._kill(worker)
            self._close_if_retired()

    def calm(self, worker: Worker) -> None:
        """Have `worker` run only when nothing else has to."""
        worker.is_calm = True
        self._command("calm", worker.name)

    def _kill(self, worker: Worker) -> None:
        self.killed += not worker.is_done
        self._command("kill", worker.name)
        worker.close()
        if len(self._idle) < self._ahead:
            self._idle.appendleft(self._fork())

    def _tidy(self) -> None:
        """Let workers go that have rested for a while and are more than are kept, or keep memory; look again later."""
        self._tidying = None
        if self._is_retired or not self.is_alive:
            return
        until = time.monotonic() - _REST_SECONDS / 2
        worked = [worker for worker in self._idle if worker.jobs]
        for worker in worked:
            if worker.rests_since < until and (worker.grown > _GROWN or len(self._idle) > self._ahead):
                self._idle.remove(worker)
                self._kill(worker)
        if any(worker.grown > _GROWN for worker in self._idle) or len(self._idle) > self._ahead:
            self._tidying = asyncio.get_running_loop().call_later(_REST_SECONDS, self._tidy)

    async def _fill(self) -> None:
        while len(self._idle) < self._ahead:
            self._idle.append(self._fork())

    def _fork(self, do: str = "fork", *handles: socket.socket) -> Worker:
        """Return a worker that may not yet have been born; what is sent to it waits in its socket."""
        ours, theirs = socket.socketpair()
        self._count += 1
        self._command(do, self._count, theirs, *handles)
        theirs.close()
        return Worker(self._count, ours, greets=do == "fork")

    def _command(self, do: str, name: int, *handles: socket.socket) -> None:
        if not self.is_alive:
            return
        message = json.dumps({"do": do, "worker": name}).encode()
        self._control.settimeout(None)  # the zygote is always listening; a full socket is empty in a moment
        # When it has ended, the loop hears that next.
        with contextlib.suppress(OSError):
            socket.send_fds(self._control, [message], [handle.fileno() for handle in handles])
        self._control.settimeout(0)

    def _hear(self) -> None:
        try:
            message = self._control.recv(MESSAGE)
        except BlockingIOError:
            return
        except OSError:
            message = b""
        if not message:
            self.is_alive = False
            asyncio.get_running_loop().remove_reader(self._control)
            self._on_loss()
            return
        told = json.loads(message)
        name = told.get("born") or told["gone"]
        worker = self._busy.get(name) or next((worker for worker in self._idle if worker.name == name), None)
        if worker is None:
            return
        if "born" in told:
            worker.pid = told["pid"]
        elif name in self._busy:
            worker.bury(told["signal"])
        else:
            self._idle.remove(worker)
            worker.close()


class Worker:
    """A worker as the pool sees it: a socket that takes a job and gives an answer.

    Attributes:
        is_done: Whether the answer to its last job has been read to the end.
        is_calm: Whether it has been told to run only when nothing else has to.
        pid: Its process, 0 until the zygote has told it.
        grown: How many pages of memory it has been given by its jobs.
        rests_since: When it was last put among the idle, by the clock of `time.monotonic`.
    """

    def __init__(self, name: int, channel: socket.socket, *, greets: bool) -> None:
        """Take the pool's end of the socket of a process, which says when it is ready if it `greets`."""
        channel.settimeout(0)
        self.name = name
        self.jobs = 0
        self.longest = 0
        self.is_done = True
        self.is_calm = False
        self.pid = 0
        self.grown = 0
        self.rests_since = 0.0
        self._spent = 0.0
        self._is_ready = not greets
        self._channel = channel
        self._unsent = memoryview(b"")
        self._is_full = False
        self._clock: int | None = None
        self._buffer = bytearray()
        self._left = 0
        self._answer: asyncio.Future[Head] | None = None
        self._more: asyncio.Future[None] | None = None
        self._signal: int | None = None
        self._lost: str | None = None
        self._loop = asyncio.get_running_loop()
        self._is_listening = False
        self._listen()

    def begin(self, head: Head, body: bytes) -> asyncio.Future[Head]:
        """Send a job and return the future head of its answer.

        The future raises `LostError` when the worker ends before.
        """
        self.jobs += 1
        self.longest = max(self.longest, len(body))
        self.is_done = False
        self._answer = self._loop.create_future()
        if self._lost is not None:
            self._fail()
        else:
            self._unsent = memoryview(pack(head, body))
            self._send()
        return self._answer

    async def body(self) -> AsyncIterator[bytes]:
        """Yield the body of the answer as it comes.

        Raises:
            LostError: The worker ended before the end.
        """
        while self._left:
            if not self._buffer:
                if self._lost is not None:
                    raise LostError(self._lost)
                self._more = self._loop.create_future()
                self._listen()
                await self._more
            part = bytes(self._buffer[: self._left])
            del self._buffer[: self._left]
            self._left -= len(part)
            yield part
        self.is_done = True

    def spent(self) -> float:
        """Return the seconds of processor time that the job has taken; for ever where that cannot be told."""
        if not self.pid or not self._is_ready:
            return 0.0
        try:
            if self._clock is None:
                self._clock = os.open(f"/proc/{self.pid}/schedstat", os.O_RDONLY)
            # Nanoseconds on a processor are the first number of the file.
            total = int(os.pread(self._clock, 100, 0).split()[0]) / 1e9
        except (OSError, IndexError, ValueError):
            return float("inf")
        return total - self._spent

    def bury(self, number: int) -> None:
        """Note that the process has ended, by the signal `number` if not 0."""
        self._signal = number
        if not self._is_listening and not self._buffer:
            self._lose()

    def close(self) -> None:
        """Forget the worker and what it has to say."""
        self._deafen()
        if self._is_full:
            self._loop.remove_writer(self._channel)
        for waiting in (self._answer, self._more):
            if waiting and not waiting.done():
                waiting.cancel()
        self._channel.close()
        if self._clock is not None:
            os.close(self._clock)
            self._clock = None

    def _listen(self) -> None:
        if not self._is_listening and self._channel.fileno() >= 0:
            self._is_listening = True
            self._loop.add_reader(self._channel, self._hear)

    def _deafen(self) -> None:
        if self._is_listening:
            self._is_listening = False
            self._loop.remove_reader(self._channel)

    def _send(self) -> None:
        """Send what is not sent yet, as far as the socket takes it."""
        try:
            sent = self._channel.send(self._unsent)
        except BlockingIOError:
            sent = 0
        except OSError:
            sent = len(self._unsent)  # it has ended, which is heard next
        self._unsent = self._unsent[sent:]
        if self._unsent and not self._is_full:
            self._loop.add_writer(self._channel, self._send)
        elif self._is_full and not self._unsent:
            self._loop.remove_writer(self._channel)
        self._is_full = bool(self._unsent)

    def _hear(self) -> None:
        try:
            size = self._channel.recv_into(_SCRATCH)
        except BlockingIOError:
            return
        except OSError:
            size = 0
        if not size:
            self._deafen()
            # Why it has ended the zygote tells, a moment before or after.
            if self._signal is None:
                self._loop.call_later(_OBITUARY, self._lose)
            else:
                self._lose()
            return
        self._buffer += _SCRATCH[:size]
        if not self._is_ready or (self._answer is not None and not self._answer.done()):
            self._read_head()
        if len(self._buffer) >= _AHEAD:
            self._deafen()  # until somebody takes it
        if self._more is not None and not self._more.done() and self._buffer:
            self._more.set_result(None)

    def _read_head(self) -> None:
        """Take heads off the buffer: the word that it is ready, and the answer to the job."""
        while len(self._buffer) >= PREFIX.size:
            length, body = PREFIX.unpack_from(self._buffer)
            end = PREFIX.size + length
            if len(self._buffer) < end:
                return
            told: Head = json.loads(self._buffer[PREFIX.size : end])
            del self._buffer[:end]
            self._spent = told.get("spent", 0.0)
            self.grown = told.get("grown", 0)
            if not self._is_ready:
                self._is_ready = True
                continue  # the job may be answered already
            assert self._answer
            self._left = body
            if "lost" in told:
                self._lost = told["lost"]
                self._fail()
            else:
                self._answer.set_result(told | {"length": body})
            return

    def _lose(self) -> None:
        """Tell whoever waits that the process has ended."""
        if self._lost is None:
            self._lost = _REASONS.get(self._signal or 0, "lost")
            self._fail()

    def _fail(self) -> None:
        for waiting in (self._answer, self._more):
            if waiting and not waiting.done():
                waiting.set_exception(LostError(self._lost or "lost"))
                waiting.exception()  # whoever waited may have left
