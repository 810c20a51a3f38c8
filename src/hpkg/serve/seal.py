"""What a worker process cannot do: use more memory than allowed, open a network connection, start a program.

The kernel holds it to that, whatever the engine does. Where a kernel lacks one of the means (seccomp is Linux's), the
others remain, and `hpkg.store.guard` before them. Not for: limits of time, which are the pool's.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["bound_memory", "die_with_parent", "give_back_memory", "memory_bound", "seal_network", "yield_to_others"]

_PDEATHSIG: Final = 1
_NO_NEW_PRIVILEGES: Final = 38
_SECCOMP: Final = 22
_FILTER: Final = 2
# Numbers of the system calls socket, connect and execve; a process of another architecture is left to the guard.
_CALLS: Final = {
    "x86_64": (0xC000003E, (41, 42, 59, 322)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281)),
}
_X32: Final = 0x40000000
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 1  # EPERM
_KILL: Final = 0x80000000
_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_AT_LEAST: Final = 0x35
_RETURN: Final = 0x06


def seal_network() -> bool:
    """Refuse this process and its children every new socket, connection and program; tell whether it could be done."""
    known = _CALLS.get(platform.machine())
    if platform.system() != "Linux" or known is None:
        return False
    architecture, calls = known
    program = _program(architecture, calls)
    buffer = ctypes.create_string_buffer(program)
    filled = struct.pack("HL", len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    none = ctypes.c_ulong(0)
    libc.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), none, none, none)
    return bool(libc.prctl(_SECCOMP, ctypes.c_ulong(_FILTER), filled, none, none) == 0)


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """Return the filter: another architecture is killed, one of `calls` gets EPERM, anything else passes."""
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, len(calls) + 1, 0, _X32),
    ]
    steps += [(_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that forked it ends; elsewhere than on Linux, do nothing."""
    if platform.system() == "Linux":
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def yield_to_others() -> None:
    """Have the kernel let others finish what they are at before this process runs; elsewhere than on Linux, do nothing.

    A front that has just sent a query goes on to send the next, and does not stop for the first.
    """
    if hasattr(os, "SCHED_BATCH"):
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def bound_memory(more: int) -> None:
    """Let this process have `more` bytes above what it has now, write no file and leave no core."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    most = _size() + more
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def give_back_memory() -> None:
    """Return to the kernel what the C library keeps of memory that was freed; it does so on Linux with glibc alone."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(ctypes.c_size_t(0))


@contextmanager
def memory_bound(more: int) -> Iterator[None]:
    """Let this process have `more` bytes above what it has now, until the block is left."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_size() + more, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _size() -> int:
    """Return the bytes of address space of this process; without /proc, what bounds nothing on any machine."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 60
