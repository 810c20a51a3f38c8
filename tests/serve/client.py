"""A real service and its client: `hpkg serve` in a process of its own, on a port of its own."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-of-the-tests"  # noqa: S105 — it opens nothing else
SAMPLE = ROOT / "tests" / "data" / "sample"


@dataclass(frozen=True)
class Reply:
    """An answer of the service; names of fields are in lower case."""

    status: int
    fields: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 — JSON
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass
class Client:
    """Whoever speaks to a service at a host and a port."""

    port: int
    process: subprocess.Popen[bytes]
    headers: dict[str, str] = field(default_factory=dict)
    written: Path = Path(os.devnull)
    """The file of what the service says: a pipe that nobody reads would fill, and stop it."""

    def log_at_end(self) -> list[str]:
        """End the service and return the lines of its log."""
        self.process.terminate()
        self.process.wait()
        return [line for line in self.written.read_text("utf-8").splitlines() if line.startswith("{")]

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        *,
        parameters: Mapping[str, str] | list[tuple[str, str]] | None = None,
        **fields: str,
    ) -> Reply:
        """Send one request: `fields` in Python's spelling (`content_type`)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        if parameters:
            path += "?" + urlencode(parameters)
        data = body.encode() if isinstance(body, str) else body
        told = {name.replace("_", "-"): value for name, value in fields.items()}
        connection.request(method, path, data, self.headers | told)
        answer = connection.getresponse()
        reply = Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return reply

    def query(self, query: str, accept: str = "*/*", **parameters: str) -> Reply:
        """Send a query in the body, as any client may."""
        direct = "application/sparql-query"
        return self.send("POST", "/sparql", query, parameters=parameters, accept=accept, content_type=direct)

    def update(self, update: str, **parameters: str) -> Reply:
        """Send an update in the body."""
        direct = "application/sparql-update"
        return self.send("POST", "/sparql", update, parameters=parameters, content_type=direct)

    def ask(self, query: str) -> bool:
        """Return the answer to an ASK."""
        reply = self.query(query)
        assert reply.status == 200, reply.body
        answer: bool = reply.json()["boolean"]
        return answer


def small_home(folder: Path) -> Path:
    """Make `folder` a home of one triple, which is served and written to in a moment."""
    (folder / "ontology").mkdir()
    (folder / "queries").mkdir()
    (folder / "ontology" / "hpkg.ttl").write_text(
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . <def#Task> a owl:Class .", "utf-8"
    )
    return folder


@contextmanager
def running(*options: str, home: Path = SAMPLE) -> Iterator[Client]:
    """Run the command with `options` until the block is left."""
    environment = os.environ | {"HPKG_HOME": str(home), "HPKG_LANG": "en", "PYTHONPATH": str(ROOT / "src")}
    program = [sys.executable, "-c", "from hpkg.cli import main; main()", "serve", "--port", "0", *options]
    with tempfile.NamedTemporaryFile(prefix="hpkg-log-") as log:
        process = subprocess.Popen(program, env=environment, stderr=log)  # noqa: S603 — our own command
        try:
            written = Path(log.name)
            while not (address := re.search(r"Serving at http://127\.0\.0\.1:(\d+)/.*\n", written.read_text("utf-8"))):
                assert process.poll() is None, written.read_text("utf-8")
                time.sleep(0.02)
            yield Client(int(address[1]), process, written=written)
        finally:
            process.terminate()
            process.wait()
