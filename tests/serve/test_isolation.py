"""One bad query stops nobody: it ends at its limit, with a reason, and the next one is answered."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from tests.processes import descendants
from tests.serve.client import running

from hpkg.namespaces import BASE
from hpkg.store.rows import CUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.serve.client import Client

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?d ?f"
EVERYTHING = "SELECT * { ?s ?p ?o }"
COUNT = "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"
SIMPLE = "ASK { ?s ?p ?o }"


def test_a_query_is_killed_at_its_deadline(strict: Client) -> None:
    """A query that takes longer than it may is told so, with the limit, and the next query is answered."""
    reply = strict.query(ENDLESS)
    assert (reply.status, reply.json()["code"]) == (503, "query-timeout")
    assert "0.5" in reply.json()["title"]
    assert strict.ask(SIMPLE)


ATTACKS = {
    "regex": f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o . ?a ?b ?c FILTER(REGEX(STR(?o), '{'(a|ab)*' * 50}#')) }}",
    "self-join": "SELECT (COUNT(*) AS ?n) {" + " ".join(f"?s{n} ?p ?s{n + 1} ." for n in range(17)) + "}",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:a>|!<urn:b>)+/(!<urn:a>)*/(!<urn:c>)+ ?b }",
    "values": "SELECT (COUNT(*) AS ?n) {"
    + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(300)))} }}" for n in range(4))
    + "}",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_every_kind_of_endless_query_ends(strict: Client, name: str) -> None:
    """Cross joins, regular expressions, self joins and deep paths all end with a reason."""
    reply = strict.query(ATTACKS[name])
    assert reply.status == 503
    assert reply.json()["code"] in {"query-timeout", "query-memory"}
    assert strict.ask(SIMPLE)


def test_workers_that_a_rush_needed_go_when_it_is_over() -> None:
    """Queries at once have more workers than are kept; after a rest there are those that are kept."""
    with running("--workers", "1") as client:
        kept = {client.process.pid, *descendants(client.process.pid)}
        most = 0
        with ThreadPoolExecutor(8) as crowd:
            rush = [crowd.submit(client.query, f"{COUNT} # {number}") for number in range(64)]
            while not all(one.done() for one in rush):
                most = max(most, 1 + len(descendants(client.process.pid)))
        assert {one.result().status for one in rush} == {200}
        assert most > len(kept)
        while 1 + len(descendants(client.process.pid)) > len(kept):
            time.sleep(0.1)
        assert client.ask(SIMPLE)


def test_a_query_may_not_take_all_memory() -> None:
    """A worker that wants more memory than it may have ends, and its client is told why."""
    with running("--max-memory", "60000000") as client:
        reply = client.query(HUNGRY)
        assert (reply.status, reply.json()["code"]) == (503, "query-memory")
        assert client.ask(SIMPLE)


@pytest.mark.parametrize(
    "bomb",
    [
        f"SELECT * WHERE {'{' * 5000}{'}' * 5000}",
        f"SELECT ({'(' * 5000}1{')' * 5000} AS ?x) {{}}",
        f"SELECT ({'+'.join(['1'] * 30000)} AS ?x) {{}}",
    ],
    ids=["braces", "parentheses", "sum"],
)
def test_a_query_that_crashes_the_parser_crashes_a_worker(service: Client, bomb: str) -> None:
    """Nesting without end kills the process that reads it; the client is told, and the service goes on."""
    reply = service.query(bomb)
    assert (reply.status, reply.json()["code"]) == (400, "query-too-deep")
    assert service.ask(SIMPLE)


def test_a_cut_answer_is_whole_and_says_so(strict: Client) -> None:
    """An answer over the limit of rows is cut between two rows, is a document of its format, and is never kept."""
    reply = strict.query(EVERYTHING)
    assert (reply.status, reply.fields["hpkg-truncated"]) == (200, "rows")
    assert len(reply.json()["results"]["bindings"]) == 20
    assert reply.json()["head"]["link"] == [CUT]
    assert strict.send("GET", CUT.removeprefix(BASE[:-1])).status == 200
    assert reply.fields["cache-control"] == "no-store"
    graph = strict.query("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert graph.fields["hpkg-truncated"] == "rows"
    assert sum(line.endswith(b" .") for line in graph.body.splitlines()) == 20
    whole = strict.query(EVERYTHING + " LIMIT 20")
    assert "hpkg-truncated" not in whole.fields
    assert "link" not in whole.json()["head"]


@pytest.fixture(scope="module")
def patient() -> Iterator[Client]:
    """A service that never loses patience, with one place in each lane."""
    with running("--timeout", "600", "--workers", "1") as client:
        yield client


@contextmanager
def asking(client: Client, query: str) -> Iterator[None]:
    """Have sent a query, and leave without its answer."""
    with socket.create_connection(("127.0.0.1", client.port)) as connection:
        head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        connection.sendall(f"{head}Content-Length: {len(query)}\r\n\r\n{query}".encode())
        yield


def test_a_client_that_leaves_frees_its_worker(patient: Client) -> None:
    """When nobody waits for an answer any more, the work for it ends long before its deadline."""
    with asking(patient, ENDLESS):
        until(patient, 'hpkg_queries_running{lane="slow"} 1')
    until(patient, 'hpkg_queries_running{lane="slow"} 0')
    assert "hpkg_workers_killed_total 1" in metrics(patient)


def test_short_queries_are_answered_while_long_ones_run(patient: Client) -> None:
    """A short query has a lane of its own: it is answered while every place for long ones is taken."""
    with asking(patient, f"{ENDLESS} # one"), asking(patient, f"{ENDLESS} # two"):
        until(patient, 'hpkg_queries_running{lane="slow"} 1')
        until(patient, 'hpkg_queries_waiting{lane="slow"} 1')
        assert all(patient.ask(f"ASK {{ ?s ?p ?o }} # {number}") for number in range(20))


def metrics(client: Client) -> str:
    """Return what the service has counted."""
    return client.send("GET", "/metrics").body.decode()


def until(client: Client, line: str) -> None:
    """Wait until the metrics of a service have a line."""
    for _ in range(600):
        if line in metrics(client):
            return
        time.sleep(0.05)
    raise AssertionError(metrics(client))


def test_past_a_full_queue_clients_are_turned_away(strict: Client) -> None:
    """With every place taken and every place to wait, a client is told to come back, and when."""
    with ThreadPoolExecutor(12) as clients:
        replies = list(clients.map(strict.query, [f"{ENDLESS} # {number}" for number in range(12)]))
    busy = [reply for reply in replies if reply.status == 429]
    assert busy
    assert {reply.status for reply in replies} == {429, 503}
    assert all(int(reply.fields["retry-after"]) > 0 for reply in busy)
    assert {reply.json()["code"] for reply in busy} == {"service-busy"}
    ended = {reply.json()["code"] for reply in replies} - {"service-busy"}
    assert ended <= {"query-timeout", "query-waited"}
    assert strict.ask(SIMPLE)


def test_a_body_has_a_limit(strict: Client) -> None:
    """A query longer than allowed is refused, whether its length is told or not."""
    assert strict.query("#" * 100_001).status == 413
    connection = socket.create_connection(("127.0.0.1", strict.port))
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n186A1\r\n" + b"#" * 100_001 + b"\r\n0\r\n\r\n")
    assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
    connection.close()


@pytest.mark.parametrize("pieces", [1, 40])
def test_a_head_has_a_limit(service: Client, pieces: int) -> None:
    """Fields of a request longer than allowed are refused, at once or in pieces."""
    connection = socket.create_connection(("127.0.0.1", service.port))
    connection.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n")
    try:
        for number in range(pieces):
            connection.sendall(b"X-%d: " % number + b"x" * (80_000 // pieces) + b"\r\n")
        connection.sendall(b"\r\n")
    except OSError:
        pass  # refused before all was said
    assert connection.recv(100).startswith(b"HTTP/1.1 431 ")
    connection.close()


@pytest.mark.parametrize(
    "begun",
    [
        b"GET /sparql HTTP/1.1\r\nHo",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK",
    ],
    ids=["head", "body"],
)
def test_a_slow_client_is_dropped(strict: Client, begun: bytes) -> None:
    """A request that does not come to its end is refused after a while."""
    connection = socket.create_connection(("127.0.0.1", strict.port))
    connection.settimeout(60)
    connection.sendall(begun)
    assert connection.recv(100).startswith(b"HTTP/1.1 408 ")
    connection.close()


def test_nothing_of_the_program_is_told(service: Client) -> None:
    """An error tells no file, no line and no trace of the program."""
    for reply in (
        service.query("SELECT"),
        service.send("GET", "/%00%ff"),
        service.send("GET", "/nowhere"),
        service.send("POST", "/health"),
        service.send("GET", "/sparql?query=%"),
    ):
        assert reply.status in {400, 404, 405}
        assert reply.fields["content-type"] == "application/problem+json"
        assert b"Traceback" not in reply.body
        assert b".py" not in reply.body


def test_a_client_that_does_not_take_its_answer_is_dropped() -> None:
    """An answer that is not taken before the deadline ends short of the length it told, and its worker is free."""
    values = " ".join(map(str, range(3)))
    query = f"SELECT * {{ ?s ?p ?o VALUES ?copy {{ {values} }} }}"
    with running("--timeout", "6", "--quantum", "6") as client, socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", client.port))
        head = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        connection.sendall(f"{head}Content-Length: {len(query)}\r\n\r\n{query}".encode())
        answer = connection.recv(2000)
        assert answer.startswith(b"HTTP/1.1 200 ")
        told = int(answer.lower().partition(b"content-length: ")[2].split()[0])
        until(client, 'hpkg_queries_total{outcome="timeout"} 1')
        taken = len(answer)
        while part := connection.recv(1 << 20):
            taken += len(part)
        assert taken < told
        assert client.ask(SIMPLE)
