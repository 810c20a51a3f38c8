"""A service of the graph behind an endpoint: the same pages, answers and limits, and what it tells of failures.

The endpoint is Oxigraph's own server, another service of ours, or one that misbehaves.
"""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from rdflib import Graph
from tests.serve.client import ROOT, SAMPLE, TOKEN, running, small_home
from tests.servers import OXIGRAPH, VIRTUOSO, free_port, oxigraph, virtuoso

from hpkg.cli import run
from hpkg.errors import CallerError
from hpkg.namespaces import BASE
from hpkg.serve import Settings
from mcp import Client as ModelClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.serve.client import Client, Reply
    from tests.servers import Server

needs_oxigraph = pytest.mark.skipif(OXIGRAPH is None, reason="Oxigraph's server is missing (pip install oxigraph)")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def upstream() -> Iterator[Server]:
    """Oxigraph's server with the sample."""
    if OXIGRAPH is None:
        pytest.skip("Oxigraph's server is missing (pip install oxigraph)")
    with oxigraph() as server:
        assert run(["--home", str(SAMPLE), "load", "--endpoint", server.endpoint]) == 0
        yield server


@pytest.fixture(scope="module")
def relayed(upstream: Server) -> Iterator[Client]:
    """A service of the graph there."""
    with running("--endpoint", upstream.endpoint) as client:
        yield client


def until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so; a minute is long enough on any machine."""
    for _ in range(200):
        if is_so():
            return
        time.sleep(0.3)
    raise AssertionError


def without_dataset(reply: Reply) -> Any:  # noqa: ANN401 — JSON
    """Return a JSON answer without the version of its dataset, which is told in other ways here and there."""
    said = reply.json()
    del said["dataset"]
    return said


@pytest.mark.parametrize(
    "path",
    [
        "",
        "query",
        "kinds",
        "kinds/Task",
        "graph",
        "def",
        "query/tasks-by-pillar?pillar=port-logistics",
    ],
)
def test_pages_are_those_of_the_embedded_graph(relayed: Client, service: Client, path: str) -> None:
    """A page of the graph that is elsewhere says what that of the same graph in the service says."""
    here, there = (client.send("GET", f"/{path}", accept="text/html") for client in (service, relayed))
    assert (here.status, there.status) == (200, 200)
    version = service.send("GET", "/ready").json()["dataset"]
    text = here.body.replace(version.encode(), b"").replace(version[:12].encode(), b"")
    seen = there.fields["hpkg-dataset"].encode()
    assert there.body.replace(seen, b"").replace(seen[:12], b"") == text


def test_a_search_finds_the_same_things(relayed: Client, service: Client) -> None:
    """The words of the graph that is elsewhere are indexed here."""
    pages = [client.send("GET", "/search?q=cang", accept="text/html") for client in (service, relayed)]
    here, there = (sorted(re.findall(rb'href="(/doc/[^"]*)"', page.body)) for page in pages)
    assert here
    assert there == here


def test_a_question_by_rest_has_the_same_rows(relayed: Client, service: Client) -> None:
    """Rows, notes, evidence and pages of an answer are the same from both."""
    asked = "/api/questions/tasks-by-pillar?pillar=port-logistics&lang=vi&_extra=evidence&limit=3"
    here, there = (client.send("GET", asked) for client in (service, relayed))
    assert here.json()["total"] > 0
    told, expected = without_dataset(there), without_dataset(here)
    assert (told.pop("next") is None) == (expected.pop("next") is None)
    assert told == expected


def test_things_dereference(relayed: Client, service: Client) -> None:
    """An IRI leads to its page and its data, which are the triples that the embedded graph has; others are absent."""
    row = service.query("SELECT ?t { ?t a hp:Task } ORDER BY ?t LIMIT 1", "text/csv").body.decode().split()[1]
    path = row.removeprefix(BASE)
    reply = relayed.send("GET", f"/{path}", accept="text/turtle")
    assert (reply.status, reply.fields["location"]) == (303, f"/data/{path.removeprefix('id/')}.ttl")
    data = f"/data/{quote(path.removeprefix('id/'))}.nt"
    here, there = (client.send("GET", data) for client in (service, relayed))
    assert there.status == 200
    assert sorted(there.body.splitlines()) == sorted(here.body.splitlines())
    assert relayed.send("GET", f"/doc/{path.removeprefix('id/')}", accept="text/html").status == 200
    assert relayed.send("GET", "/id/nothing/of-this-name").status == 404
    assert relayed.send("GET", "/graph/vocab/unit", accept="text/html").status == 200
    assert relayed.send("GET", "/graph/none").status == 404


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "text/csv", "text/tab-separated-values", "*/*"])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?t skos:prefLabel ?l ; a hp:Task } ORDER BY ?t ?l LIMIT 5",
        "ASK { ?t a hp:Task }",
        f"SELECT (COUNT(*) AS ?n) FROM <{BASE}def> {{ ?s ?p ?o }} # a comment",  # noqa: S608 — of this file
    ],
)
def test_solutions_come_in_every_format(relayed: Client, service: Client, accept: str, query: str) -> None:
    """A query has the answer of the embedded engine, in each format, its columns in the same order."""
    here, there = (client.query(query, accept) for client in (service, relayed))
    assert there.status == 200
    assert there.fields["content-type"] == here.fields["content-type"]
    assert there.json() == here.json() if accept == "*/*" else there.body == here.body


@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/turtle", "turtle"), ("application/n-triples", "nt"),
     ("application/rdf+xml", "xml")],
)  # fmt: skip
def test_triples_come_in_every_format(relayed: Client, service: Client, accept: str, form: str) -> None:
    """A graph has the statements that the embedded engine gives, in each format; a dataset may be named."""
    query = "CONSTRUCT { ?c skos:prefLabel ?l } WHERE { ?c skos:prefLabel ?l }"
    dataset = {"default-graph-uri": f"{BASE}graph/vocab/unit"}
    replies = [client.query(query, accept, **dataset) for client in (service, relayed)]
    here, there = (set(Graph().parse(data=reply.body, format=form)) for reply in replies)
    assert (replies[0].fields["content-type"], here) == (replies[1].fields["content-type"], there)
    assert here


@pytest.mark.skipif(VIRTUOSO is None, reason="Virtuoso is missing (virtuoso-opensource-7-bin)")
def test_virtuoso_is_served_as_well(service: Client, tmp_path: Path) -> None:
    """Pages, a question and queries over Virtuoso; what it answers to an ASK comes as SPARQL says."""
    with virtuoso(tmp_path) as server:
        login = ["--user", server.user, "--password", server.password]
        assert run(["--home", str(SAMPLE), "load", "--endpoint", server.endpoint, *login]) == 0
        # Before its first answer Virtuoso plans for seconds of processor, which on a busy machine are many more.
        with running("--endpoint", server.endpoint, "--timeout", "60") as client:
            assert client.ask("ASK { ?t a hp:Task }")
            assert not client.ask("ASK { ?t a <urn:nothing> }")
            query = "SELECT ?t ?l { ?t a hp:Task ; skos:prefLabel ?l } ORDER BY ?t LIMIT 5"
            here, there = (one.query(query, "text/csv") for one in (service, client))
            assert (there.status, sorted(there.body.splitlines())) == (200, sorted(here.body.splitlines()))
            asked = "/api/questions/sums?lang=vi"
            assert client.send("GET", asked).json()["rows"] == service.send("GET", asked).json()["rows"]
            thing = here.body.decode().split()[1].partition(",")[0].removeprefix(f"{BASE}id/")
            for path in (
                "",
                "kinds/Task",
                "graph/vocab/unit",
                "def",
                f"doc/{quote(thing)}",
                "query/sums",
            ):
                reply = client.send("GET", f"/{path}", accept="text/html")
                assert reply.status == 200, reply.body
            graph = client.query("CONSTRUCT { ?t a hp:Task } WHERE { ?t a hp:Task }", "application/n-triples")
            assert (
                graph.body.count(b"\n") == service.query("SELECT ?t { ?t a hp:Task }", "text/csv").body.count(b"\n") - 1
            )


def test_a_cut_answer_of_an_endpoint_says_so(upstream: Server) -> None:
    """Limits of rows and of bytes cut what the endpoint answers; the document is whole, and tells the limit."""
    with running("--endpoint", upstream.endpoint, "--max-rows", "20", "--max-bytes", "20000") as client:
        rows = client.query("SELECT ?s { ?s ?p ?o } LIMIT 50")
        assert (len(rows.json()["results"]["bindings"]), rows.fields["hpkg-truncated"]) == (20, "rows")
        for accept in ("application/sparql-results+json", "text/csv"):
            reply = client.query("SELECT ?o { ?s rdfs:comment|skos:definition|hp:text ?o }", accept)
            assert (reply.status, reply.fields["hpkg-truncated"] in {"rows", "bytes"}) == (200, True)
            assert len(reply.body) <= 20000
        graph = client.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "application/n-triples")
        assert graph.fields["hpkg-truncated"]
        assert graph.body.count(b"\n") <= 21


def test_mistakes_are_told_by_our_own_parser(relayed: Client) -> None:
    """A syntax error has line and column; an update, an unknown graph and another server are refused."""
    wrong = relayed.query("SELECT *\n{ ?s ?p }").json()
    assert (wrong["status"], wrong["line"]) == (400, 2)
    assert relayed.query("INSERT DATA { <urn:a> <urn:b> 1 }").status == 400
    assert relayed.query("ASK FROM <http://127.0.0.1/> { ?s ?p ?o }").json()["code"] == "query-graph-unknown"
    assert relayed.query("ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }").status == 403


def test_nobody_writes_through_it(relayed: Client, tmp_path: Path) -> None:
    """Updates and the writing half of the graph store are off, and cannot be switched on."""
    relayed.headers["Authorization"] = f"Bearer {TOKEN}"
    try:
        for reply in (
            relayed.update("CLEAR ALL"),
            relayed.send("PUT", "/graph-store?graph=urn:g", "", content_type="text/turtle"),
            relayed.send("DELETE", f"/graph-store?graph={BASE}def"),
        ):
            assert (reply.status, reply.fields["content-type"]) == (403, "application/problem+json")
            assert reply.json()["code"] == "writing-off"
    finally:
        del relayed.headers["Authorization"]
    assert relayed.send("PATCH", "/graph-store").status == 405
    with pytest.raises(CallerError) as refused:
        Settings(endpoint="http://localhost/sparql", state=tmp_path).tokens()
    assert refused.value.code == "serve-endpoint-reads"


def test_language_models_ask_it(relayed: Client) -> None:
    """The tools of the Model Context Protocol answer from the endpoint."""

    async def use() -> tuple[Any, Any]:
        async with ModelClient(f"http://127.0.0.1:{relayed.port}/mcp") as client:
            parameters = {"pillar": "port-logistics"}
            asked = await client.call_tool("ask", {"question": "tasks-by-pillar", "parameters": parameters})
            queried = await client.call_tool("sparql", {"query": "ASK { ?t a hp:Task }"})
            return asked.structured_content, queried.structured_content

    asked, queried = asyncio.run(use())
    assert asked["rows"]
    assert queried["answer"]["boolean"] is True


@needs_oxigraph
def test_an_endpoint_that_is_killed_is_told_and_one_that_is_back_is_used(tmp_path: Path) -> None:
    """While it is away, answers say what, where and what to do; pages, queries and questions go on when it is back."""
    port = free_port()
    with oxigraph(port) as server, running("--endpoint", server.endpoint, "--freshness", "0.2") as client:
        assert run(["--home", str(small_home(tmp_path)), "load", "--endpoint", server.endpoint]) == 0
        until(lambda: client.query("ASK { <def#Task> a owl:Class }").json() == {"head": {}, "boolean": True})
        before = client.send("GET", "/ready").json()["dataset"]
        server.process.kill()
        server.process.wait()
        for path, accept in (("/sparql?query=ASK%7B?a%20?b%20?c%7D", "*/*"), ("/kinds", "text/html"), ("/id/x", "*/*")):
            reply = client.send("GET", path, accept=accept)
            assert (reply.status, reply.fields["content-type"]) == (502, "application/problem+json"), path
            told = reply.json()
            assert told["code"] == "endpoint-unreachable"
            assert server.endpoint in told["title"]
            assert told["detail"]
        until(lambda: client.send("GET", "/ready").status == 503)
        assert client.send("GET", "/ready").json()["status"] == "no endpoint"
        assert client.send("GET", "/health").json() == {"status": "ok", "endpoint": "endpoint-unreachable"}
        with oxigraph(port):
            until(lambda: client.send("GET", "/ready").status == 200)
            # It has come back empty, and nothing of what was kept before is said again.
            assert not client.query("ASK { <def#Task> a owl:Class }").json()["boolean"]
            assert client.send("GET", "/ready").json()["dataset"] != before


def test_a_service_starts_before_its_endpoint() -> None:
    """With nobody at the address the service is there, and says so."""
    with running("--endpoint", f"http://127.0.0.1:{free_port()}/query") as client:
        assert client.send("GET", "/health").status == 200
        assert client.send("GET", "/ready").status == 503
        reply = client.query("ASK {}")
        assert (reply.status, reply.json()["code"]) == (502, "endpoint-unreachable")
        assert client.send("GET", "/").status == 502


@contextmanager
def speaking(answer: Callable[[socket.socket, bytes], None]) -> Iterator[str]:
    """Yield the address of a server that has each connection, with the request that came by it, answered its way."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=attend, args=(connection,), daemon=True).start()

        def attend(connection: socket.socket) -> None:
            with connection:
                heard = b""
                while more := connection.recv(1 << 16):
                    heard += more
                    if heard.endswith(b"\r\n\r\n"):
                        answer(connection, heard)
                        heard = b""

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
        listening.shutdown(socket.SHUT_RDWR)


def query_of(request: bytes) -> str:
    """Return the query of a request by GET."""
    return parse_qs(urlsplit(request.split()[1].decode()).query)["query"][0]


def said(content: bytes, kind: str = "application/sparql-results+json", fields: str = "") -> bytes:
    """Return an answer."""
    return (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{fields}Content-Length: {len(content)}\r\n\r\n".encode() + content
    )


TRUE = said(b'{"head":{},"boolean":true}')
NO_GRAPHS = said(b'{"head":{"vars":["graph"]},"results":{"bindings":[]}}')


def test_a_query_that_takes_long_ends_and_so_does_its_connection() -> None:
    """At the deadline, or when the client leaves, the connection to the endpoint is closed; a page ends as well."""
    begun: list[str] = []
    ends: list[bytes] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        query = query_of(request)
        if "urn:slow" in query:
            begun.append(query)
            ends.append(connection.recv(1))
        else:
            connection.sendall(NO_GRAPHS if "?graph" in query else TRUE)

    with speaking(answer) as endpoint, running("--endpoint", endpoint, "--timeout", "1") as client:
        reply = client.query("ASK { <urn:slow> ?p ?o }")
        assert (reply.status, reply.json()["code"]) == (503, "query-timeout")
        until(lambda: ends == [b""])
        page = client.send("GET", "/id/urn:slow")
        assert (page.status, page.json()["code"]) == (504, "endpoint-slow")
        until(lambda: ends == [b""] * len(begun))
    begun.clear()
    ends.clear()
    with speaking(answer) as endpoint, running("--endpoint", endpoint, "--timeout", "300") as client:
        with socket.create_connection(("127.0.0.1", client.port)) as leaving:
            leaving.sendall(b"GET /sparql?query=ASK%7B%3Curn:slow%3E%20a%20?c%7D HTTP/1.1\r\nHost: x\r\n\r\n")
            until(lambda: len(begun) == 1)
        until(lambda: ends == [b""])


def test_a_query_of_ours_that_is_refused_is_no_mistake_of_the_reader() -> None:
    """When an endpoint does not take what a page asks of it, that is told as its failure."""

    def answer(connection: socket.socket, request: bytes) -> None:
        is_page = "urn:refused" in query_of(request)
        refused = b"HTTP/1.1 400 No\r\nContent-Length: 4\r\n\r\noops"
        connection.sendall(refused if is_page else NO_GRAPHS if "?graph" in query_of(request) else TRUE)

    with speaking(answer) as endpoint, running("--endpoint", endpoint) as client:
        page = client.send("GET", "/id/urn:refused")
        assert (page.status, page.json()["code"]) == (502, "endpoint-failed")


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (said(b"<p>Hello</p>", "text/html"), 502, "endpoint-unreadable"),
        (said(b'{"head":{"vars":["s"]}}'), 502, "endpoint-unreadable"),
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\noops", 502, "endpoint-failed"),
        (b"HTTP/1.1 400 No\r\nContent-Length: 4\r\n\r\noops", 400, "query-refused"),
        (b"not HTTP at all\r\n\r\n", 502, "endpoint-unreachable"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", 502, "endpoint-unreachable"),
    ],
    ids=["a page", "no results", "failed", "refused", "no HTTP", "cut short"],
)
def test_what_an_endpoint_may_do_wrong_is_told(content: bytes, status: int, code: str) -> None:
    """An answer that is none has an error of its own, and ends nothing but the request."""

    def answer(connection: socket.socket, request: bytes) -> None:
        query = query_of(request)
        connection.sendall(content if "urn:wrong" in query else NO_GRAPHS if "?graph" in query else TRUE)
        if "urn:wrong" in query:
            connection.shutdown(socket.SHUT_RDWR)

    with speaking(answer) as endpoint, running("--endpoint", endpoint) as client:
        reply = client.query("SELECT ?s { ?s ?p <urn:wrong> }")
        assert (reply.status, reply.json()["code"]) == (status, code)
        assert client.ask("ASK {}")


def test_what_was_checked_is_what_is_sent() -> None:
    """No comment and no escape by number reaches the endpoint, which might read them otherwise than our parser."""
    heard: list[str] = []

    def answer(connection: socket.socket, request: bytes) -> None:
        heard.append(query_of(request))
        connection.sendall(NO_GRAPHS if "?graph" in heard[-1] else TRUE)

    hidden = r'ASK { ?s ?p "\u0022 . SERVICE <http://127.0.0.1/> { } #" , "\\u0022 } SERVICE" } # SERVICE <http://x/>'
    with speaking(answer) as endpoint, running("--endpoint", endpoint) as client:
        assert client.ask(hidden)
        assert client.query(r"ASK { \u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }").status in {400, 403}
        login = f"http://user:secret@{endpoint.removeprefix('http://')}"
        with running("--endpoint", login) as other:
            assert other.ask("ASK {}")
    sent = next(query for query in heard if "SERVICE" in query)
    assert r'"\" . SERVICE <http://127.0.0.1/> { } #"' in sent
    assert "u0022" not in sent
    assert "http://x/" not in sent
    assert not any("ERVICE" in query for query in heard if query != sent)


def test_the_password_of_an_endpoint_is_told_to_nobody() -> None:
    """What stands before the @ of the address is in no answer."""
    with running("--endpoint", f"http://user:secret@127.0.0.1:{free_port()}/sparql") as client:
        for path in ("/", "/ready", "/health", "/sparql?query=ASK%7B%7D"):
            assert b"secret" not in client.send("GET", path).body


def test_a_version_that_is_told_is_taken(tmp_path: Path) -> None:
    """Before another service of ours, the dataset has the version there, and an answer lasts as long as that."""
    folder = small_home(tmp_path)
    (folder / "tokens").write_text(TOKEN, "utf-8")
    behind = ("--token-file", str(folder / "tokens"), "--state", str(folder / "state"))
    with running(*behind, home=folder) as far:
        far.headers["Authorization"] = f"Bearer {TOKEN}"
        with running("--endpoint", f"http://127.0.0.1:{far.port}/sparql") as client:
            query = "SELECT ?o { <urn:s> <urn:p> ?o }"
            first = client.query(query, "text/csv")
            assert first.fields["hpkg-dataset"] == far.send("GET", "/ready").json()["dataset"]
            direct, tag = "application/sparql-query", first.fields["etag"]
            same = client.send("POST", "/sparql", query, if_none_match=tag, accept="text/csv", content_type=direct)
            assert same.status == 304
            assert far.update("INSERT DATA { <urn:s> <urn:p> 'later' }").status == 204
            until(lambda: client.query(query, "text/csv").body == b"o\r\nlater\r\n")
            assert client.query(query, "text/csv").fields["etag"] != first.fields["etag"]


@needs_oxigraph
def test_without_a_version_an_answer_lasts_a_short_time(tmp_path: Path) -> None:
    """What an endpoint answered that tells no version is asked again after `--freshness`."""
    home = small_home(tmp_path)
    (home / "graph").mkdir()
    graph = home / "graph" / "of-the-tests.ttl"
    with oxigraph() as server, running("--endpoint", server.endpoint, "--freshness", "0.2") as client:
        for value in ("1", "2"):
            graph.write_text(f"<urn:s> <urn:p> {value} .", "utf-8")
            assert run(["--home", str(home), "load", "--endpoint", server.endpoint]) == 0
            query, answers = "SELECT ?o { <urn:s> <urn:p> ?o }", [b""]
            for _ in range(200):  # fewer than its log, which nobody reads meanwhile, has room for
                answers.append(client.query(query, "text/csv").body)
                if answers[-1] == f"o\r\n{value}\r\n".encode():
                    break
                time.sleep(0.2)
            else:
                raise AssertionError(set(answers), client.send("GET", "/ready").body)


def test_the_option_may_stand_before_or_after_the_command(
    upstream: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--endpoint` is taken by every command that asks, in both places."""
    asked = ["missed-indicators", "--format", "csv"]
    said = []
    for arguments in (
        ["ask", *asked, "--endpoint", upstream.endpoint],
        ["--endpoint", upstream.endpoint, "ask", *asked],
    ):
        assert run(["--home", str(ROOT), *arguments]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    file = tmp_path / "pillars.graphml"
    view = ["export", "--view", "pillars", "--output", str(file)]
    assert run(["--home", str(SAMPLE), *view, "--endpoint", upstream.endpoint]) == 0
    assert b"graphml" in file.read_bytes()


def test_an_answer_of_many_queries_fits_its_lanes(upstream: Server) -> None:
    """Queries that take long do not hold up short ones, and past a full queue clients are turned away."""
    options = ("--timeout", "3", "--workers", "1", "--queue", "2")
    with running("--endpoint", upstream.endpoint, *options) as client:
        statuses: list[int] = []

        def ask(number: int) -> None:
            statuses.append(client.query(f"{ENDLESS} LIMIT {number + 1}").status)

        wild = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
        for thread in wild:
            thread.start()
        until(lambda: 429 in statuses)
        for thread in wild:
            thread.join()
        assert set(statuses) <= {429, 503}
        assert client.ask("ASK { ?s ?p ?o }")
