"""Nothing that anybody sends has the service ask another server: a canary listens and must hear nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from hpkg.serve.seal import seal_network

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.serve.client import Client

QUERIES = [
    "SELECT * { SERVICE <CANARY> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <CANARY> { ?s ?p ?o } }",
    "SELECT * { VALUES ?where { <CANARY> } SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { BIND(IRI('CANARY') AS ?where) SERVICE SILENT ?where { ?s ?p ?o } }",
    "PREFIX c: <CANARY> SELECT * { SERVICE c:x { ?s ?p ?o } }",
    "SELECT * FROM <CANARY> { ?s ?p ?o }",
    "SELECT * FROM NAMED <CANARY> { GRAPH ?g { ?s ?p ?o } }",
    "ASK FROM <file:///etc/passwd> { ?s ?p ?o }",
]
UPDATES = [
    "LOAD <CANARY>",
    "LOAD SILENT <CANARY> INTO GRAPH <urn:g>",
    "CLEAR SILENT GRAPH <urn:g>;LOAD<CANARY>",
    "PREFIX : <CANARY> LOAD:x",
    "LOAD <file:///etc/passwd>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <CANARY> { ?s ?p ?o } }",
    "DELETE { ?s ?p ?o } WHERE { SERVICE SILENT ?g { ?s ?p ?o } }",
]
BODIES = [
    ("application/ld+json", '{"@context": "CANARY", "@id": "urn:a", "name": "x"}'),
    ("application/ld+json", '{"@context": {"@import": "CANARY"}, "@id": "urn:a", "urn:name": "x"}'),
    (
        "application/rdf+xml",
        (
            '<!DOCTYPE r [<!ENTITY x SYSTEM "CANARY">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description rdf:about="urn:a"><p xmlns="urn:">&x;</p></rdf:Description></rdf:RDF>'
        ),
    ),
    (
        "application/rdf+xml",
        '<!DOCTYPE r SYSTEM "CANARY"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    ),
]


class Canary:
    """A server of this machine that notes whoever connects, whatever they say."""

    def __init__(self) -> None:
        """Listen."""
        self.heard = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            said = connection.recv(100)
            connection.close()
            if said == b"stop":
                return
            self.heard += 1

    def stop(self) -> None:
        """Listen no more."""
        with socket.create_connection(self._socket.getsockname()) as connection:
            connection.sendall(b"stop")
        self._thread.join()
        self._socket.close()


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A canary that hears what is said during one test."""
    listening = Canary()
    yield listening
    listening.stop()


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_asks_another_server(service: Client, canary: Canary, query: str) -> None:
    """SERVICE, with SILENT and with a variable, and a remote FROM are refused, and nobody is asked."""
    reply = service.query(query.replace("CANARY", canary.address))
    assert reply.status in {400, 403}
    assert canary.heard == 0


def test_no_dataset_of_a_request_is_fetched(service: Client, canary: Canary) -> None:
    """A graph named in the request is one of the store, or none."""
    for name in ("default-graph-uri", "named-graph-uri"):
        assert service.query("ASK {}", **{name: canary.address}).status == 400
    assert canary.heard == 0


@pytest.mark.parametrize("update", UPDATES)
def test_no_update_asks_another_server(writable: Client, canary: Canary, update: str) -> None:
    """LOAD, and SERVICE in an update, are refused even for those who may write."""
    reply = writable.update(update.replace("CANARY", canary.address))
    assert reply.status == 403
    assert canary.heard == 0


@pytest.mark.parametrize(("media_type", "body"), BODIES)
def test_no_content_asks_another_server(writable: Client, canary: Canary, media_type: str, body: str) -> None:
    """A context of JSON-LD or an entity of XML that stands elsewhere is not fetched."""
    content = body.replace("CANARY", canary.address)
    reply = writable.send("PUT", "/graph-store?graph=urn:remote", content, content_type=media_type)
    assert reply.status in {400, 201, 204}
    assert canary.heard == 0


def test_the_kernel_refuses_a_worker_the_network(canary: Canary, tmp_path: Path) -> None:
    """Even a query that fooled every check could reach nobody: a worker gets no socket and starts no program."""
    script = tmp_path / "try.py"
    script.write_text(
        "import os, socket, sys\n"
        "from hpkg.serve.seal import seal_network\n"
        "if not seal_network(): sys.exit(77)\n"
        "for attempt in (lambda: socket.create_connection(('127.0.0.1', int(sys.argv[1]))),\n"
        "                lambda: os.execv('/bin/true', ['true'])):\n"
        "    try: attempt()\n"
        "    except PermissionError: pass\n"
        "    else: sys.exit(1)\n"
        "sys.exit(0)\n",
        "utf-8",
    )
    port = canary.address.rstrip("/").rpartition(":")[2]
    code = subprocess.run([sys.executable, str(script), port], check=False).returncode  # noqa: S603 — our own script
    if code == 77:
        pytest.skip("no seccomp on this system")
    assert code == 0
    assert canary.heard == 0
    assert callable(seal_network)
