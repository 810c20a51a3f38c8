"""A SPARQL endpoint as a store: what is asked over HTTP, what comes back, what goes wrong."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat
from pyoxigraph import Store as Engine
from rdflib import BNode, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import XSD

import hpkg
from hpkg.catalog import quads
from hpkg.cli import run
from hpkg.errors import CallerError, HpkgError, StoreError
from hpkg.store import open_store
from hpkg.store.files import graph_files
from hpkg.store.remote import TRUNCATED, VERSION, RemoteStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hpkg.store import Store

HOME = hpkg.open().home
NOWHERE = "http://127.0.0.1:9/sparql"


class Endpoint(BaseHTTPRequestHandler):
    """A bare SPARQL endpoint whose default graph is empty, as that of a triple store with named graphs only."""

    engine: ClassVar[Engine]

    def do_GET(self) -> None:
        """Answer a query in the address."""
        self.answer(urlsplit(self.path).query)

    def do_POST(self) -> None:
        """Answer a query in a form."""
        self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def answer(self, encoded: str) -> None:
        """Run the query over the dataset it names and send what comes out."""
        fields = parse_qs(encoded)
        graphs: list[NamedNode | BlankNode | DefaultGraph] = [
            NamedNode(graph) for graph in fields.get("default-graph-uri", [])
        ]
        found = self.engine.query(fields["query"][0], default_graph=graphs or None)
        if isinstance(found, QuerySolutions | QueryBoolean):
            body, kind = found.serialize(format=QueryResultsFormat.JSON), "application/sparql-results+json"
        else:
            body, kind = found.serialize(format=RdfFormat.N_TRIPLES), "application/n-triples"
        assert body is not None
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Yield the address of a server on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The shipped graph behind an endpoint of another make."""
    Endpoint.engine = Engine()
    for file in graph_files(HOME):
        Endpoint.engine.bulk_load(input=file.path.read_bytes(), format=RdfFormat.TURTLE, to_graph=NamedNode(file.graph))
    with serving(Endpoint) as address:
        yield address


def store(respond: Callable[[httpx2.Request], httpx2.Response], **limits: int) -> RemoteStore:
    """Return a store whose endpoint answers as `respond` says, merged default graph and all."""

    def merged(request: httpx2.Request) -> httpx2.Response:
        if b"owl%23Class" in request.url.query:
            return httpx2.Response(200, json={"head": {}, "boolean": True})
        return respond(request)

    client = httpx2.Client(transport=httpx2.MockTransport(merged))
    return RemoteStore("https://example.org/sparql", client=client, **limits)


def test_a_question_has_the_same_rows_over_http(endpoint: str) -> None:
    """The embedded engine and an endpoint that keeps each graph apart give the same answer to the same question."""
    here, there = hpkg.open(), hpkg.open(endpoint)
    answer = there.ask("tasks-by-pillar", lang="vi", pillar="cảng biển - logistics")
    assert answer.count > 0
    assert answer.rows == here.ask("tasks-by-pillar", lang="vi", pillar="port-logistics").rows
    assert there.ask("missed-indicators").rows == here.ask("missed-indicators").rows


def test_things_are_shown_over_http(endpoint: str) -> None:
    """A thing is found by its name and told with its evidence."""
    told = hpkg.open(endpoint).show("cầu Rào 1", lang="vi")
    assert told == hpkg.open().show("cầu Rào 1", lang="vi")


def test_graphs_come_over_http_as_they_are(endpoint: str) -> None:
    """Files of the whole graph and the graph of a CONSTRUCT are those of the embedded engine, blank nodes and all."""
    here, there = open_store(HOME), RemoteStore(endpoint)
    assert quads(there) == quads(here)
    query = "CONSTRUCT { ?node ?property ?value } WHERE { ?node a owl:Restriction ; ?property ?value }"
    assert any(isinstance(value, BNode) for value in here.construct(query).subjects())
    assert isomorphic(there.construct(query), here.construct(query))
    assert set(there.construct(query).namespaces()) == set(here.construct(query).namespaces())


def test_the_command_line_asks_an_endpoint(endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--endpoint` stands before the command, and the answer is that of the endpoint."""
    assert run(["--endpoint", endpoint, "ask", "missed-indicators", "--format", "csv"]) == 0
    there = capsys.readouterr().out
    assert run(["ask", "missed-indicators", "--format", "csv"]) == 0
    assert there == capsys.readouterr().out


def test_only_what_asks_takes_an_endpoint(capsys: pytest.CaptureFixture[str]) -> None:
    """`build` works on files, and says so."""
    assert run(["--endpoint", NOWHERE, "build"]) == 2
    assert "an endpoint can be asked" in capsys.readouterr().err


def test_terms_come_back_as_they_were_written() -> None:
    """IRIs, blank nodes, tagged and typed literals, and the empty cell."""
    terms = [
        {"type": "uri", "value": "urn:a"},
        {"type": "bnode", "value": "b0"},
        {"type": "literal", "value": "cầu", "xml:lang": "vi"},
        {"type": "typed-literal", "value": "01.50", "datatype": str(XSD.decimal)},
        {"type": "literal", "value": "x", "datatype": str(XSD.string)},
    ]
    rows = [{"x": term} for term in terms] + [{}]
    found = store(lambda _: httpx2.Response(200, json={"head": {"vars": ["x"]}, "results": {"bindings": rows}}))
    assert [row[0] for row in found.select("SELECT ?x {}").rows] == [
        URIRef("urn:a"),
        BNode("b0"),
        Literal("cầu", lang="vi"),
        Literal("01.50", datatype=XSD.decimal, normalize=False),
        Literal("x"),
        None,
    ]
    assert str(found.select("SELECT ?x {}").rows[3][0]) == "01.50"


def test_what_is_asked_follows_the_protocol() -> None:
    """A short query goes by GET, a long one as a form; parameters stand in it as terms."""
    seen: list[httpx2.Request] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return httpx2.Response(200, json={"head": {"vars": []}, "results": {"bindings": []}})

    remote = store(respond)
    remote.select("SELECT * { VALUES ?n { UNDEF } ?s ?p ?n }", {"n": Literal('"} DROP ALL')})
    remote.select("SELECT * { ?s ?p ?o } #" + "x" * 9000)
    short, long = seen
    assert (short.method, long.method) == ("GET", "POST")
    assert r'VALUES ?n { "\"} DROP ALL" }' in parse_qs(short.url.query.decode())["query"][0]
    assert long.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert long.url.query == b""


def test_a_cut_answer_is_told() -> None:
    """The caller's limit, and that of the endpoint, leave an answer that says it is not complete."""
    rows = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "urn:a"}}] * 3}}
    whole = store(lambda _: httpx2.Response(200, json=rows)).select("SELECT ?x {}")
    assert (len(whole), whole.complete) == (3, True)
    mine = store(lambda _: httpx2.Response(200, json=rows)).select("SELECT ?x {}", max_rows=2)
    assert (len(mine), mine.complete) == (2, False)
    theirs = store(lambda _: httpx2.Response(200, json=rows, headers={TRUNCATED: "rows"})).select("SELECT ?x {}")
    assert (len(theirs), theirs.complete) == (3, False)


def test_a_cut_graph_is_an_error() -> None:
    """Triples that are missing cannot be told in a graph."""
    remote = store(lambda _: httpx2.Response(200, content=b"", headers={TRUNCATED: "bytes"}))
    with pytest.raises(StoreError) as caught:
        remote.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    assert caught.value.code == "endpoint-truncated"


def test_the_version_is_what_the_endpoint_tells() -> None:
    """A service of ours tells the hash of its dataset; of another none is known."""
    told = store(lambda _: httpx2.Response(200, json={"boolean": True}, headers={VERSION: "abc"}))
    assert told.version == "abc"
    assert store(lambda _: httpx2.Response(200, json={"boolean": True})).version == ""


@pytest.mark.parametrize(
    ("answer", "code", "says"),
    [
        (httpx2.Response(400, json={"title": "Bad", "detail": "line 3: no such prefix"}), "query-refused", "line 3"),
        (httpx2.Response(503, text="too\nbusy"), "endpoint-failed", "too busy"),
        (httpx2.Response(200, text="<html>"), "endpoint-unreadable", "Expecting value"),
        (httpx2.Response(200, json=[]), "endpoint-unreadable", "list"),
        (httpx2.Response(200, json={"boolean": True}), "endpoint-unreadable", "head"),
        (httpx2.Response(200, content=b"x" * 2000), "endpoint-too-long", "1000"),
    ],
)
def test_what_goes_wrong_is_told(answer: httpx2.Response, code: str, says: str) -> None:
    """A refusal, a failure, and a page that is no answer each have their error, with the endpoint's own words."""
    with pytest.raises(HpkgError) as caught:
        store(lambda _: answer, most_bytes=1000).select("SELECT ?x {}")
    assert caught.value.code == code
    assert says in caught.value.message("en")
    assert caught.value.hint("vi")


@pytest.mark.parametrize(
    ("failure", "code"),
    [(httpx2.ReadTimeout("slow"), "endpoint-slow"), (httpx2.ConnectError("refused"), "endpoint-unreachable")],
)
def test_an_endpoint_that_is_away_is_told(failure: httpx2.HTTPError, code: str) -> None:
    """No answer in time, and no connection, are told apart."""

    def respond(_: httpx2.Request) -> httpx2.Response:
        raise failure

    with pytest.raises(StoreError) as caught:
        store(respond).ask("ASK {}")
    assert caught.value.code == code


def test_an_update_is_refused_before_it_is_sent() -> None:
    """A store reads only, wherever it is."""
    remote: Store = RemoteStore(NOWHERE)
    with pytest.raises(CallerError):
        remote.ask("DROP ALL")
    with pytest.raises(StoreError):
        RemoteStore("ftp://example.org/sparql")
