"""The workers of the pool: forked ahead of need, used again after a job that was done, killed otherwise.

Not for: which job runs when.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import socket
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hpkg.serve.wire import PREFIX, pack
from hpkg.serve.zygote import MESSAGE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from hpkg.serve.wire import Head

__all__ = ["Crew", "LostError", "Worker"]

_PART: Final = 1 << 18
_JOBS: Final = 1000
"""After so many jobs a worker is replaced, whatever it may have kept of them."""

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
        self._busy: dict[int, Worker] = {}
        self._count = 0
        self.killed = 0
        self.is_alive = True
        self._is_retired = False

    async def start(self, ahead: int) -> None:
        """Listen to the zygote, and keep `ahead` workers ready."""
        asyncio.get_running_loop().add_reader(self._control, self._hear)
        self._ahead = ahead
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
        self._ahead = 0
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
        worker = self._idle.popleft() if self._idle else self._fork()
        self._busy[worker.name] = worker
        try:
            yield worker
        finally:
            del self._busy[worker.name]
            if (
                worker.is_done
                and worker.jobs < _JOBS
                and worker.longest < _LONG
                and len(self._idle) < self._ahead
                and not worker.is_calm
            ):
                self._idle.append(worker)
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
            self._idle.append(self._fork())

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
        self._spent = 0.0
        self._is_ready = not greets
        self._channel = channel
        self._buffer = b""
        self._left = 0
        self._exchange: asyncio.Task[Head] | None = None
        self._ended: asyncio.Future[int] | None = None

    def begin(self, head: Head, body: bytes) -> asyncio.Task[Head]:
        """Send a job and return the task that has the head of its answer.

        The task raises `LostError` when the worker ends before.
        """
        self.jobs += 1
        self.longest = max(self.longest, len(body))
        self.is_done = False
        self._ended = asyncio.get_running_loop().create_future()
        self._exchange = asyncio.ensure_future(self._converse(pack(head, body)))
        return self._exchange

    async def body(self) -> AsyncIterator[bytes]:
        """Yield the body of the answer as it comes.

        Raises:
            LostError: The worker ended before the end.
        """
        part, self._buffer = self._buffer, b""
        while True:
            if part:
                self._left -= len(part)
                yield part
            if not self._left:
                break
            part = await self._receive(min(self._left, _PART))
        self.is_done = True

    def spent(self) -> float:
        """Return the seconds of processor time that the job has taken; for ever where that cannot be told."""
        if not self.pid or not self._is_ready:
            return 0.0
        try:
            # Nanoseconds on a processor are the first number of the file.
            total = int(Path(f"/proc/{self.pid}/schedstat").read_text("ascii").split()[0]) / 1e9
        except (OSError, IndexError, ValueError):
            return float("inf")
        return total - self._spent

    def bury(self, number: int) -> None:
        """Note that the process has ended, by the signal `number` if not 0."""
        if self._ended and not self._ended.done():
            self._ended.set_result(number)

    def close(self) -> None:
        """Forget the worker and what it has to say."""
        if self._exchange and not self._exchange.done():
            self._exchange.cancel()
        self._channel.close()

    async def _converse(self, job: bytes) -> Head:
        loop = asyncio.get_running_loop()
        try:
            await loop.sock_sendall(self._channel, job)
        except OSError:
            raise LostError(await self._reason()) from None
        if not self._is_ready:
            self._spent = (await self._head())["spent"]
            self._is_ready = True
        told = await self._head()
        self._spent = told.get("spent", 0.0)
        if "lost" in told:
            raise LostError(told["lost"])
        return told | {"length": self._left}

    async def _head(self) -> Head:
        """Return the head of the next frame."""
        while len(self._buffer) < PREFIX.size:
            self._buffer += await self._receive(_PART)
        head, self._left = PREFIX.unpack_from(self._buffer)
        start = PREFIX.size
        while len(self._buffer) < start + head:
            self._buffer += await self._receive(_PART)
        told: Head = json.loads(self._buffer[start : start + head])
        self._buffer = self._buffer[start + head :]
        return told

    async def _receive(self, most: int) -> bytes:
        try:
            part = await asyncio.get_running_loop().sock_recv(self._channel, most)
        except OSError:
            part = b""
        if not part:
            raise LostError(await self._reason())
        return part

    async def _reason(self) -> str:
        """Return why the process ended; the zygote tells it a moment after the socket is closed."""
        assert self._ended
        try:
            return _REASONS.get(await asyncio.wait_for(self._ended, _OBITUARY), "lost")
        except TimeoutError:
            return "lost"
