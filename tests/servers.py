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

__all__ = ["OXIGRAPH", "VIRTUOSO", "Server", "oxigraph", "virtuoso"]

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
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 100000
"""


@dataclass(frozen=True)
class Server:
    """A running server: the address of its endpoint, and who may write there."""

    endpoint: str
    user: str = ""
    password: str = ""


@contextmanager
def oxigraph() -> Iterator[Server]:
    """Run Oxigraph's server, its data in memory."""
    assert OXIGRAPH
    port = _free_port()
    with _running(
        [OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"], Path.cwd(), f"http://127.0.0.1:{port}/query"
    ) as at:
        yield Server(at)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run Virtuoso with its data in `folder`."""
    assert VIRTUOSO
    port = _free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO_INI.format(http=port, sql=_free_port()), "ascii")
    command = [VIRTUOSO, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, folder, f"http://127.0.0.1:{port}/sparql") as endpoint:
        yield Server(endpoint, "dba", "dba")


@contextmanager
def _running(command: list[str], folder: Path, endpoint: str) -> Iterator[str]:
    process = subprocess.Popen(  # noqa: S603 — our own command
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await(endpoint, process)
        yield endpoint
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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
