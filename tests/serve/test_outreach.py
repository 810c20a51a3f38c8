"""SERVICE asks the hosts that an allow-list names, and nobody else: a canary listens and must hear nothing."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from tests.serve.client import running, small_home
from tests.serve.test_canary import Canary

from hpkg.serve.federation import groups, joined
from hpkg.serve.outreach import Outreach, is_public
from hpkg.serve.problem import WebError
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EMPTY = {"head": {"vars": []}, "results": {"bindings": [{}]}}
PUBLIC = "93.184.216.34"


def anywhere(_address: str) -> bool:
    """Allow any address: what a test has in the place of the public internet."""
    return True


class Endpoint:
    """An endpoint of this machine that gives one answer, and notes what it is asked."""

    def __init__(self, status: int, body: bytes, fields: dict[str, str]) -> None:
        """Listen."""
        self.asked: list[tuple[str, str]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                endpoint.asked.append((self.headers["Host"], parse_qs(sent)["query"][0]))
                self.send_response(status)
                for name, value in fields.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.port: int = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def stop(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def endpoint(told: Any = None, *, status: int = 200, body: bytes = b"", **fields: str) -> Iterator[Endpoint]:  # noqa: ANN401 — JSON
    """Run an endpoint that answers `told` as JSON, or `body`, until the block is left."""
    listening = Endpoint(status, body or json.dumps(told).encode(), fields)
    try:
        yield listening
    finally:
        listening.stop()


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A canary that hears what is said during one test."""
    listening = Canary()
    yield listening
    listening.stop()


def test_only_named_hosts_are_asked() -> None:
    """A host that is not named, another port, another scheme, a name with credentials: nothing is even looked up."""
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return [PUBLIC]

    outreach = Outreach({"data.example", "other.example:8080"}, 1000, resolve)
    for address in (
        "http://elsewhere.example/sparql",
        "http://data.example:8080/sparql",
        "http://other.example/sparql",
        "http://sub.data.example/",
        "http://data.example@elsewhere.example/",
        "http://user@data.example/",
        "file://data.example/etc/passwd",
        "ftp://data.example/",
        "data.example",
        "http://data.example:99999/",
        "http://[::1/",
    ):
        with pytest.raises(WebError) as refused:
            outreach.fetch(address, "ASK {}", 1)
        assert refused.value.code == "service-host"
    assert looked_up == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["10.0.0.1"],
        ["192.168.1.1"],
        ["169.254.169.254"],
        ["fd00::1"],
        ["fe80::1%eth0"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["0.0.0.0"],  # noqa: S104 — refused
        ["224.0.0.1"],
        [PUBLIC, "127.0.0.1"],
        [],
    ],
)
def test_a_private_address_is_never_asked(canary: Canary, addresses: list[str]) -> None:
    """A named host is not asked when any of its addresses is one of this machine or of a private network."""
    port = int(canary.address.rstrip("/").rpartition(":")[2])
    outreach = Outreach({f"data.example:{port}"}, 1000, lambda *_: addresses)
    with pytest.raises(WebError) as refused:
        outreach.fetch(f"http://data.example:{port}/", "ASK {}", 1)
    assert refused.value.code == "service-host"
    assert canary.heard == 0
    assert is_public(PUBLIC)


def test_a_host_is_looked_up_once() -> None:
    """The address that was checked is the one that is asked, under the name that was given."""
    with endpoint(EMPTY) as other:
        answers = iter([["127.0.0.1"]])
        outreach = Outreach({f"data.example:{other.port}"}, 1000, lambda *_: next(answers), anywhere)
        assert json.loads(outreach.fetch(f"http://data.example:{other.port}/x", "ASK { }", 30)) == EMPTY
        assert other.asked == [(f"data.example:{other.port}", "ASK { }")]


def test_no_redirect_is_followed(canary: Canary) -> None:
    """An endpoint that sends elsewhere has given no answer."""
    with endpoint(status=307, body=b"-", Location=canary.address) as other:
        outreach = Outreach({f"data.example:{other.port}"}, 1000, lambda *_: ["127.0.0.1"], anywhere)
        with pytest.raises(WebError) as refused:
            outreach.fetch(f"http://data.example:{other.port}/", "ASK {}", 30)
    assert refused.value.code == "service-answer"
    assert canary.heard == 0


def test_an_answer_from_elsewhere_has_limits() -> None:
    """More bytes or more solutions than allowed are no answer, and neither is one that does not come."""
    with endpoint(body=b"x" * 5000) as other:
        outreach = Outreach({f"data.example:{other.port}"}, 1000, lambda *_: ["127.0.0.1"], anywhere)
        with pytest.raises(WebError, match="1000"):
            outreach.fetch(f"http://data.example:{other.port}/", "ASK {}", 30)
    many = json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": [{}] * 10_001}}).encode()
    with pytest.raises(WebError) as refused:
        joined("ASK { SERVICE <http://x/> { ?a ?b ?c } }", lambda *_: many)
    assert refused.value.code == "service-answer"
    silent = Canary()  # it takes a connection and says nothing of HTTP
    outreach = Outreach({silent.address[7:-1]}, 1000, lambda *_: ["127.0.0.1"], anywhere)
    with pytest.raises(WebError) as refused:
        outreach.fetch(silent.address, "ASK {}", 30)
    silent.stop()
    assert refused.value.code == "service-answer"


def test_terms_from_elsewhere_are_only_terms() -> None:
    """Whatever an answer holds stands in the query as one term, or the answer is refused."""
    rude = '"} . ?x ?y ?z . SERVICE <http://evil/> { #'
    row = {"a": {"type": "literal", "value": rude, "xml:lang": "vi"}, "b": {"type": "literal", "value": "1.50"}}
    told = json.dumps({"head": {"vars": ["a", "b"]}, "results": {"bindings": [row]}}).encode()
    query = joined("SELECT ?a ?b { SERVICE <http://x/> { ?s ?a ?b } }", lambda *_: told)
    (found,) = EmbeddedStore({"urn:g": b""}).evaluate(query.replace("SERVICE", "S"))[1]  # type: ignore[misc]
    assert [term.value for term in found] == [rude.replace("SERVICE", "S"), "1.50"]
    for cell in (
        {"type": "bnode", "value": "b0"},
        {"type": "uri", "value": "http://x/> } #"},
        {"type": "literal", "value": "x", "xml:lang": "vi } #"},
        {"type": "literal", "value": "x", "datatype": "urn:a> } #"},
        "rude",
    ):
        bad = json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": cell}]}}).encode()
        with pytest.raises(WebError) as refused:
            joined("SELECT * { SERVICE <http://x/> { ?a ?b ?c } }", lambda *_, bad=bad: bad)
        assert refused.value.code == "service-answer"
    named = json.dumps({"head": {"vars": ["a) {} #"]}, "results": {"bindings": []}}).encode()
    with pytest.raises(WebError):
        joined("SELECT * { SERVICE <http://x/> { ?a ?b ?c } }", lambda *_: named)


def test_solutions_from_elsewhere_join_with_the_graph() -> None:
    """A query finds the same as if the engine had asked: solutions join, also optional ones, also of two endpoints."""
    prologue = "PREFIX x: <urn:> "
    elsewhere = EmbeddedStore({"urn:g": b"<urn:a> <urn:of> <urn:b> . <urn:c> <urn:of> <urn:d> ."})
    here = EmbeddedStore({"urn:h": b'<urn:a> <urn:name> "A" . <urn:b> <urn:name> "B"@vi . <urn:e> <urn:name> "E" .'})
    asked: list[tuple[str, str]] = []

    def fetch(address: str, query: str) -> bytes:
        asked.append((address, query))
        found = elsewhere.select(query)
        rows = [
            {str(name): {"type": "uri", "value": str(term)} for name, term in zip(found.variables, row, strict=True)}
            for row in found.rows
        ]
        return json.dumps({"head": {"vars": list(found.variables)}, "results": {"bindings": rows}}).encode()

    query = prologue + (
        "SELECT ?s ?n ?m { ?s x:name ?n . OPTIONAL { SERVICE x:first { ?s x:of ?o } ?o x:name ?m } "
        "FILTER NOT EXISTS { SERVICE SILENT <urn:second> { ?other x:of ?s } } } ORDER BY ?s"
    )
    rows = here.select(joined(query, fetch)).rows
    assert [[term and str(term) for term in row] for row in rows] == [["urn:a", "A", "B"], ["urn:e", "E", None]]
    assert [address for address, _ in asked] == ["urn:second", "urn:first"]
    assert all(prologue.strip() in query for _, query in asked)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { VALUES ?w { <http://x/> } SERVICE ?w { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://x/> { SERVICE <http://y/> { ?s ?p ?o } } }",
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o ",
        "SELECT * { SERVICE unknown:x { ?s ?p ?o } }",
        "SELECT * { SERVICE",
        "SELECT * {" + "SERVICE <http://x/> { ?s ?p ?o } " * 5 + "}",
    ],
)
def test_a_group_that_cannot_be_asked_is_refused(query: str) -> None:
    """An endpoint that is a variable, a group in a group, one without end, and too many of them are refused."""
    with pytest.raises(WebError) as refused:
        groups(query)
    assert refused.value.code == "service-group"


def test_silence_covers_failures_and_no_refusals() -> None:
    """With SILENT a group that has no answer leaves one empty solution; one that may not be asked is an error still."""
    query = "SELECT * { ?s ?p ?o SERVICE SILENT <http://x/> { ?s ?a ?b } }"
    assert joined(query, lambda *_: b"no JSON") == "SELECT * { ?s ?p ?o { } }"
    with pytest.raises(WebError) as refused:
        joined(query, lambda *_: Outreach((), 1).fetch("http://x/", "", 1))
    assert refused.value.code == "service-host"


def test_a_service_with_a_list_asks_no_machine_of_its_own(canary: Canary, tmp_path: Path) -> None:
    """Even a list that names this machine does not have it asked; and with a list everything else is as without."""
    named = canary.address[7:-1]
    options = ("--allow-service", f"{named},localhost:{named.rpartition(':')[2]}", "--timeout", "5")
    with running(*options, home=small_home(tmp_path)) as client:
        for address in (canary.address, canary.address.replace("127.0.0.1", "localhost"), "http://elsewhere.example/"):
            for silent in ("", "SILENT"):
                reply = client.query(f"SELECT * {{ SERVICE {silent} <{address}> {{ ?s ?p ?o }} }}")
                assert (reply.status, reply.json()["code"]) == (403, "service-host")
        variable = client.query(f"SELECT * {{ VALUES ?w {{ <{canary.address}> }} SERVICE ?w {{ ?s ?p ?o }} }}")
        assert (variable.status, variable.json()["code"]) == (400, "service-group")
        assert client.query(f"ASK FROM <{canary.address}> {{ ?s ?p ?o }}").status == 400
        assert client.query("PREFIX service: <urn:service/> ASK { ?s ?p ?o . FILTER(?s != service:x) }").status == 403
        assert client.ask("ASK { ?s ?p 'SERVICE' } # no service") is False
    assert canary.heard == 0
