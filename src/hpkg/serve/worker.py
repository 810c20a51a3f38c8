"""A worker process: reads jobs from its socket, runs each on its copy of the graph, writes the answer back.

Before an endpoint that is elsewhere it has no graph: there it says whether a query may be sent on (`admit`), and writes
what came back in the format that is wanted (`rewrite`). With one it also counts it (`count`).

It may crash, grow or run for ever; whoever started it is there to see to that. Not for: deciding what may run.
"""

from __future__ import annotations

import json
import resource
import time
from typing import TYPE_CHECKING, Final

from hpkg.errors import HpkgError
from hpkg.serve.wire import Head, receive, send
from hpkg.store.admission import admitted
from hpkg.store.answering import rewrite_answer, write_answer
from hpkg.store.shape import sizes

if TYPE_CHECKING:
    import socket

    from hpkg.store.embedded import EmbeddedStore

__all__ = ["told", "work"]

_WARM_UP: Final[Head] = {"dataset": None, "results": "json", "graph": None, "rows": 1, "bytes": 1000}


def work(channel: socket.socket, store: EmbeddedStore) -> None:
    """Say when ready, and answer the jobs that come through `channel`, one after the other, until it is closed."""
    # A first query copies what every query writes to: that is part of being born, and not of the first job.
    _answer(store, _WARM_UP, b"ASK {}")
    born = _faults()
    send(channel, {"spent": time.process_time()})
    while (job := receive(channel)) is not None:
        try:
            head, body = _answer(store, job[0], job[1])
        except HpkgError as error:
            head, body = told(error), b""
        except MemoryError:
            head, body = {"lost": "memory"}, b""
        except RecursionError:
            head, body = {"lost": "depth"}, b""
        send(channel, head | {"spent": round(time.process_time(), 3), "grown": _faults() - born}, body)


def _faults() -> int:
    """Return how many pages of memory this process has been given, most of them copies of shared ones."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def _answer(store: EmbeddedStore, job: Head, body: bytes) -> tuple[Head, bytes]:
    do = job.get("do", "answer")
    if do == "admit":
        query = admitted(body.decode(), job["dataset"], job["graphs"], job["engine"])
        return {"form": query.form, "names_dataset": query.names_dataset}, query.text.encode()
    if do == "count":
        return {}, json.dumps(sizes(store).told()).encode()
    limits = {"results": job["results"], "graph": job["graph"], "max_rows": job["rows"], "max_bytes": job["bytes"]}
    said: Head = {}
    if do == "rewrite":
        written = rewrite_answer(job["form"], body, job["media_type"], is_whole=job["is_whole"], **limits)
    else:
        begin = time.thread_time()
        written = write_answer(store, body.decode(), job["dataset"], **limits)
        said["took"] = round(time.thread_time() - begin, 6)
    return said | {"form": written.form, "format": written.format, "cut": written.cut}, written.body


def told(error: HpkgError) -> Head:
    """Return an error as what another process can raise again."""
    details = {name: value if isinstance(value, int) else str(value) for name, value in error.details.items()}
    return {"error": error.code, "kind": type(error).__name__, "where": error.where, "details": details}
