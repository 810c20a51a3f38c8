"""A client that says the same again, byte for byte, gets the same again: right, numbered, logged, and never stale."""

from __future__ import annotations

import json
import re
import socket
from typing import TYPE_CHECKING

from tests.serve.client import running, small_home

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serve.client import Client

ASK = b"GET /sparql?query=ASK%7B%3Fs+%3Fp+%3Fo%7D HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
END = b"\r\n\r\ntrue"


class Wire:
    """A connection that is kept, and what comes through it."""

    def __init__(self, client: Client) -> None:
        """Connect."""
        self.socket = socket.create_connection(("127.0.0.1", client.port))
        self.socket.settimeout(60)

    def say(self, *parts: bytes, answers: int = 1) -> list[bytes]:
        """Send the parts and return as many answers."""
        for part in parts:
            self.socket.sendall(part)
        heard = b""
        while heard.count(END) < answers:
            more = self.socket.recv(1 << 16)
            assert more, heard
            heard += more
        assert heard.count(b"HTTP/1.1 200 ") == answers
        assert heard.endswith(END)
        return [part + END for part in heard.split(END)[:-1]]


def recalled(client: Client) -> int:
    """Return how many answers were given again without reading the request."""
    found = re.search(r"^hpkg_recalled_total (\d+)$", client.send("GET", "/metrics").body.decode(), re.MULTILINE)
    assert found
    return int(found[1])


def without_own(answer: bytes) -> bytes:
    """Return an answer without the fields that each has anew."""
    return re.sub(rb"(?m)^(x-request-id|server-timing|date): .*\r\n", b"", answer)


def test_the_same_bytes_get_the_same_answer(tmp_path: Path) -> None:
    """An answer that is given again has every field of the first, a number and a line in the log of its own."""
    with running(home=small_home(tmp_path)) as client:
        wire = Wire(client)
        answers = [wire.say(ASK)[0] for _ in range(3)]
        assert recalled(client) == 2
        wire.socket.close()
        log = [json.loads(line) for line in client.log_at_end()]
    assert len({without_own(answer) for answer in answers}) == 1
    numbers = [re.findall(rb"x-request-id: (\S+)\r\n", answer) for answer in answers]
    assert len({tuple(number) for number in numbers}) == 3
    told = [line for line in log if line["path"] == "/sparql"]
    assert sorted([line["request"].encode()] for line in told) == sorted(numbers)
    assert len({(line["status"], line["method"], line["bytes"], line["client"]) for line in told}) == 1


def test_requests_in_pieces_and_in_heaps_are_read(service: Client) -> None:
    """Bytes that are no whole request, or more than one, mean what they say, whatever was answered before."""
    wire = Wire(service)
    wire.say(ASK)
    wire.say(ASK[:20], ASK[20:])
    wire.say(ASK + ASK, answers=2)
    wire.say(ASK + ASK[:30], ASK[30:], answers=2)
    body = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nAccept: text/csv\r\n"
    start, end = b"ASK { BIND('''", b"''' AS ?request) }"
    wire.say(body + b"Content-Length: %d\r\n\r\n%b" % (len(start + ASK + end), start), ASK, end)
    before = recalled(service)
    wire.say(ASK)
    assert recalled(service) == before + 1
    wire.socket.close()


def test_a_connection_that_is_to_end_ends(service: Client) -> None:
    """Who wants the connection closed has it closed, also when the answer is known, and when it is a new short one."""
    close = b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/sparql-query\r\n"
    numbers = [7] * 3 + list(range(100, 116))
    for number in numbers:
        ask = b"ASK { ?to a <http://a.org/to-be-closed> } # %03d" % number
        with socket.create_connection(("127.0.0.1", service.port)) as connection:
            connection.settimeout(60)
            connection.sendall(close + b"Accept: text/csv\r\nContent-Length: %d\r\n\r\n%b" % (len(ask), ask))
            heard = b""
            while more := connection.recv(1 << 16):
                heard += more
        head, _, body = heard.partition(b"\r\n\r\n")
        assert body == b"false"
        assert head.count(b"\r\nconnection: close") == 1


def test_what_is_said_again_is_not_stale(writable: Client) -> None:
    """After a change the same bytes get the answer of the graph as it is now."""
    query = b"GET /sparql?query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Curn:recall%3E%20%3Fp%20%3Fo%7D HTTP/1.1\r\n"
    request = query + b"Host: x\r\nAccept: text/tab-separated-values\r\n\r\n"
    counts = []
    for value in range(3):
        with socket.create_connection(("127.0.0.1", writable.port)) as connection:
            for _ in range(2):
                connection.sendall(request)
                heard = b""
                while not (end := re.search(rb"\?n\r?\n(\d+)\r?\n$", heard)):
                    heard += connection.recv(1 << 16)
                counts.append(int(end[1]))
        assert writable.update(f"INSERT DATA {{ <urn:recall> <urn:p> {value} }}").status == 204
    assert counts == [0, 0, 1, 1, 2, 2]


def test_nothing_is_recalled_that_may_be_another_answer(strict: Client) -> None:
    """A cut answer, one that the clock or chance makes, and an error are found anew each time."""
    before = recalled(strict)
    for query in ("SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D", "SELECT%20(RAND()%20AS%20%3Fr)%20%7B%7D", "SELECT"):
        for _ in range(2):
            strict.send("GET", f"/sparql?query={query}")
    assert recalled(strict) == before
    for _ in range(2):
        strict.send("GET", "/sparql?query=ASK%7B%7D")
    assert recalled(strict) == before + 1
