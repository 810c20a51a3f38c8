"""SPARQL servers of other makes, each started in a folder of its own: Oxigraph and Virtuoso."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx2

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["OXIGRAPH", "VIRTUOSO", "Server", "free_port", "oxigraph", "virtuoso"]

OXIGRAPH: Final = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
VIRTUOSO: Final = shutil.which("virtuoso-t")

_PATIENCE: Final = 120
# Small, and on this machine only; the password of its first user is the one that everybody knows.
_VIRTUOSO_INI: Final = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 100
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
MaxMemPoolSize = 2000000000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True)
class Server:
    """A running server: the address of its endpoint, its process, and who may write there."""

    endpoint: str
    process: subprocess.Popen[bytes]
    user: str = ""
    password: str = ""


@contextmanager
def oxigraph(port: int = 0) -> Iterator[Server]:
    """Run Oxigraph's server, its data in memory, at `port` (0: any)."""
    assert OXIGRAPH
    port = port or free_port()
    endpoint = f"http://127.0.0.1:{port}/query"
    with _running([OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"], Path.cwd(), endpoint) as process:
        yield Server(endpoint, process)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run Virtuoso with its data in `folder`."""
    assert VIRTUOSO
    port = free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO_INI.format(http=port, sql=free_port()), "ascii")
    command = [VIRTUOSO, "+foreground", "+configfile", "virtuoso.ini"]
    endpoint = f"http://127.0.0.1:{port}/sparql"
    with _running(command, folder, endpoint) as process:
        yield Server(endpoint, process, "dba", "dba")


@contextmanager
def _running(command: list[str], folder: Path, endpoint: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 — our own command
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await(endpoint, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:  # it may be writing a checkpoint of what nobody needs
            process.kill()
            process.wait()


def _await(endpoint: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            if httpx2.get(endpoint, params={"query": "ASK {}"}, timeout=_PATIENCE).is_success:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError(endpoint)


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
