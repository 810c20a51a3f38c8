"""The web server: uvicorn, with caps on what a client may send and how slowly.

Not for: the application.
"""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Final

import uvicorn
import uvloop  # noqa: F401 — what uvicorn's loop is when it is there; said here so that it is there

from hpkg.errors import StoreError
from hpkg.serve.app import entrance
from hpkg.serve.connection import connection_class
from hpkg.serve.log import start_log

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette

    from hpkg.serve.pool import Pool
    from hpkg.serve.settings import Settings

__all__ = ["serve"]

_KEEP_ALIVE: Final = 15
_CONNECTIONS: Final = 1024


class _Server(uvicorn.Server):
    """A server that tells its address once it listens."""

    def __init__(self, config: uvicorn.Config, started: Callable[[str], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]  # uvicorn's sockets
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._tell(f"http://{f'[{host}]' if ':' in host else host}:{port}/")


def serve(app: Starlette, settings: Settings, started: Callable[[str], None]) -> None:
    """Serve `app` until it is told to stop (SIGINT, SIGTERM), and call `started` with the address once it listens.

    Raises:
        StoreError: The process that holds the graph has ended, so that nothing can be answered.
    """
    start_log()
    config = uvicorn.Config(
        entrance(app),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        loop="uvloop",
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=round(settings.timeout) + 1,
        http=connection_class(app.state.service),
        ws="none",
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stopped)
    server = _Server(config, started)
    pool: Pool = app.state.pool
    lost: list[bool] = []

    def lose() -> None:
        lost.append(True)
        server.should_exit = True

    pool.on_loss = lose
    server.run()
    if lost:
        raise StoreError("serve-lost")


def _stopped(_number: int, _frame: object) -> None:
    """Do nothing: uvicorn raises the signal that stopped it once more when it has stopped."""
