"""Queries that are known to be short run where they arrive; no other does, and none that stops being short goes on."""

from __future__ import annotations

import asyncio
import re
import socket
from typing import TYPE_CHECKING

import pytest
from tests.serve.test_recall import Wire, without_own

from hpkg.serve import Settings
from hpkg.serve import inline as module
from hpkg.serve.inline import Inline
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.shape import Sizes, sizes

if TYPE_CHECKING:
    from tests.serve.client import Client

HUB = "".join(f"<http://a.org/hub> <http://a.org/has> {number} .\n" for number in range(30_000))
FEW = "".join(
    f"<http://a.org/{name}> <http://a.org/is> {number} .\n" for name in "abc" for number in range(ord(name) - 96)
)
STORE = EmbeddedStore({"urn:g": (HUB + FEW).encode()})
CONTROL = "SELECT ?o { <http://a.org/a> <http://a.org/is> ?o }"


async def counted_here() -> Sizes:
    """Return the sizes of the graph."""
    return sizes(STORE)


def taught(*queries: str, limits: Settings | None = None, seconds: float = 0.0001) -> Inline:
    """Return what has learned from a worker, more than once, that each of the queries took so many seconds."""

    async def teach() -> Inline:
        inline = Inline(limits or Settings(), STORE, counted_here)
        while inline.run(CONTROL, "json") is None:
            inline.note(CONTROL, 0.0001, 100)
            await asyncio.sleep(0.01)
        for query in queries * 10:
            inline.note(query, seconds, 100)
        return inline

    return asyncio.run(teach())


def test_a_query_that_was_short_is_run_here_also_with_other_constants() -> None:
    """A lookup of a known shape is run with any constants, another query only with those it was short with."""
    ordered = "SELECT ?o { <http://a.org/a> <http://a.org/is> ?o } ORDER BY ?o"
    inline = taught(ordered)
    other = inline.run(CONTROL.replace("/a>", "/c>"), "csv")
    assert other is not None
    assert sorted(other.split()) == [b"0", b"1", b"2", b"o"]
    assert inline.run(f"{ordered} # again", "csv") == b"o\r\n0\r\n"
    assert inline.run(ordered.replace("/a>", "/c>"), "csv") is None
    assert inline.run("SELECT ?o { <http://a.org/a> <http://a.org/other> ?o }", "csv") is None


def test_a_constant_that_many_triples_have_is_not_run_here() -> None:
    """A shape whose constants may lead to more than can be looked at in a moment is run with no other constant."""
    query = "SELECT ?o { <http://a.org/a> <http://a.org/has> ?o }"
    inline = taught(query)
    assert inline.run(query, "csv") == b"o\r\n"
    assert inline.run(query.replace("/a>", "/hub>"), "csv") is None
    assert inline.run(query.replace("/a>", "/b>"), "csv") is None


@pytest.mark.parametrize(
    "query",
    [
        "ASK { <http://a.org/a> (<http://a.org/is>|!<http://a.org/is>)* ?o }",
        "ASK { <http://a.org/a> <http://a.org/is>+ ?o }",
        "ASK { <http://a.org/a> <http://a.org/is> ?o FILTER(REGEX(STR(?o), '(a+)+')) }",
        "SELECT (RAND() AS ?r) { <http://a.org/a> <http://a.org/is> ?o }",
        "SELECT (GROUP_CONCAT(?o) AS ?r) { <http://a.org/a> <http://a.org/is> ?o }",
        "ASK { SERVICE <http://a.org/> { ?s ?p ?o } }",
        "ASK FROM <http://a.org/g> { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "ASK " + "{ " * 20 + "?s ?p ?o" + " }" * 20,
        "ASK { ?s ?p ?o } # " + "x" * 5000,
        "ASK { FILTER(1<2) }",
    ],
)
def test_what_may_take_long_is_never_run_here(query: str) -> None:
    """However short it was: paths without end, regular expressions, chance, other servers, deep or long texts."""
    assert taught(query).run(query, "json") is None


def test_what_was_long_or_cut_once_is_not_run_here() -> None:
    """A query that took a worker long, or whose answer is longer than allowed, stays with the workers."""
    query = "SELECT ?o { <http://a.org/b> <http://a.org/is> ?o } ORDER BY ?o"
    assert taught(query, seconds=0.5).run(query, "csv") is None
    assert taught(query).run(query, "csv") == b"o\r\n0\r\n1\r\n"
    strict = taught(limits=Settings(max_rows=2))
    assert strict.run(CONTROL.replace("/a>", "/c>"), "csv") is None
    assert strict.run(CONTROL, "csv") is None  # the whole shape has gone to the workers


def test_a_query_that_takes_long_here_is_run_here_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever made it slow: after three times it is the workers' again."""
    inline = taught()
    monkeypatch.setattr(module, "_LATE_SECONDS", 0.0)
    answers = [inline.run(CONTROL, "csv") for _ in range(4)]
    assert answers[0] is not None
    assert answers[-1] is None
    assert inline.late >= 1


def test_another_dataset_is_begun_with_nothing_known() -> None:
    """What was short on one dataset may be long on another."""
    inline = taught()
    inline.renew(EmbeddedStore({"urn:g": b""}))
    assert inline.run(CONTROL, "json") is None


def counted(client: Client, name: str) -> int:
    """Return a number of the metrics."""
    found = re.search(rf"^hpkg_{name}_total (\d+)$", client.send("GET", "/metrics").body.decode(), re.MULTILINE)
    assert found
    return int(found[1])


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_answer_found_here_is_that_of_a_worker(service: Client, method: str) -> None:
    """Fields, tag and body are the same, whichever way the request took."""
    wire = Wire(service)

    def request(number: int, extra: bytes = b"") -> bytes:
        # A comment makes each another text; the mark of its length is the same.
        text = f"ASK {{ ?s a <https://w3id.org/hpkg/def%23Task> }} %23 {method} {number:05}"
        head = b"Host: localhost\r\nAccept: text/csv\r\n" + extra
        if method == "GET":
            return (
                f"GET /sparql?query={text.replace(' ', '+').replace('{', '%7B').replace('}', '%7D')}".replace(
                    "<", "%3C"
                )
                .replace(">", "%3E")
                .encode()
                + b" HTTP/1.1\r\n"
                + head
                + b"\r\n"
            )
        body = text.replace("%23", "#").encode()
        kind = b"Content-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n" % len(body)
        return b"POST /sparql HTTP/1.1\r\n" + head + kind + body

    number = 0
    before = counted(service, "inline")
    while counted(service, "inline") < before + 5:
        number += 1
        wire.say(request(number))
    answer = wire.say(request(99_999))[0]
    same = wire.say(request(99_999, b"X-Other: a\r\n"))[0]
    assert sorted(without_own(answer).split(b"\r\n")) == sorted(without_own(same).split(b"\r\n"))
    tag = re.search(rb'etag: (W/"\w+")', answer)
    assert tag
    wire.socket.sendall(request(99_999, b"If-None-Match: " + tag[1] + b"\r\n"))
    assert wire.socket.recv(1 << 16).startswith(b"HTTP/1.1 304 ")
    wire.socket.close()


def test_an_answer_found_here_is_not_stale(writable: Client) -> None:
    """After a change a query that was short is answered from the graph as it is now."""
    query = "ASK {{ <http://a.org/inline> <http://a.org/p> ?o }} # {}"
    number = 0
    before = counted(writable, "inline")
    while counted(writable, "inline") < before + 3:
        number += 1
        assert not writable.ask(query.format(number))
    assert writable.update("INSERT DATA { <http://a.org/inline> <http://a.org/p> 1 }").status == 204
    assert all(writable.ask(query.format(f"after {number}")) for number in range(10))


def test_what_is_sent_in_the_shell_of_a_query_is_read(service: Client) -> None:
    """A known head with another query behind it, a wrong one, no UTF-8 or an update, means what it says."""
    head = b"POST /sparql HTTP/1.1\r\nHost: h\r\nAccept: text/csv\r\nContent-Type: application/sparql-query\r\n"
    with socket.create_connection(("127.0.0.1", service.port)) as connection:
        connection.settimeout(60)

        def say(body: bytes) -> bytes:
            connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            heard = b""
            while not (told := re.search(rb"(?i)content-length: (\d+)\r\n", heard)) or len(
                heard.partition(b"\r\n\r\n")[2]
            ) < int(told[1]):
                heard += connection.recv(1 << 16)
            return heard

        ask = b"ASK { ?s ?p <http://a.org/of-the-shell> } #  "
        for number in range(8):
            assert say(ask[:-1] + b"%d" % number).endswith(b"\r\n\r\nfalse")
        assert say(b"ASK { ?s ?p ?o }".ljust(len(ask))).endswith(b"\r\n\r\ntrue")
        assert say(b"ASK { ?s ?p }".ljust(len(ask))).startswith(b"HTTP/1.1 400 ")
        assert say(b"INSERT DATA { <urn:a> <urn:b> 1 }".ljust(len(ask))).startswith(b"HTTP/1.1 400 ")
        assert say(b"\xff".ljust(len(ask))).startswith(b"HTTP/1.1 400 ")
