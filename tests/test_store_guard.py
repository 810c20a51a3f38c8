"""The guard: no query leaves the machine, none changes the graph, none reads from a graph that is not there."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from hpkg.errors import CallerError, HpkgError
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.guard import check

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each hides the keyword in another way; HOST is put in. The engine follows most of them when it is asked directly.
ATTACKS = [
    "SELECT * { SERVICE <HOST> { ?s ?p ?o } }",
    "SELECT * { service silent <HOST> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<HOST>{?s ?p ?o} }",
    "SELECT * { ?s ?p trueSERVICE<HOST>{?s ?p ?o} }",
    "SELECT * { ?s ?p true.SERVICE<HOST>{?s ?p ?o} }",
    "SELECT * { ?s ?p ?o;SERVICE<HOST>{?s ?p ?o} }",
    "SELECT * { ?s ?p 1SERVICE<HOST>{?s ?p ?o} }",
    "SELECT * { ?s ?p 1.SERVICE<HOST>{?s ?p ?o} }",
    "SELECT * { ?s ?p []SERVICE<HOST>{?s ?p ?o} }",
    "SELECT * { ?s ?p 'x'@en.SERVICE<HOST>{?s ?p ?o} }",
    "SELECT * { ?s ?p ?o #\rSERVICE<HOST>{?s ?p ?o} }",
    "SELECT * { ?s ?p ?o FILTER EXISTS{SERVICE<HOST>{?s ?p ?o}} }",
    "PREFIX : <HOST> SELECT * { SERVICE:x{?s ?p ?o} }",
    "PREFIX e: <HOST> SELECT * { ?s ?p ?a FILTER(1<2)SERVICE e:x#>\n{?s ?p ?o} }",
    "PREFIX : <HOST> SELECT * { ?s ?p ?a FILTER(1<2)SERVICE:x#>\n{?s ?p ?o} }",
    "SELECT * { ?s ?p ?a FILTER('='<'>')SERVICE<HOST>{?s ?p ?o FILTER(?o!='')} }",
    # The name `:SERVICE` makes no valid IRI here, so the engine falls back to the bare prefix and the keyword.
    "PREFIX : <http://e:80> SELECT * { ?s ?p :SERVICE<HOST>{?s ?p ?o} }",
    "PREFIX : <http://e:80> SELECT * { ?s a:SERVICE<HOST>{?s ?p ?o} }",
]

HARMLESS = [
    "PREFIX schema: <https://schema.org/> ASK { ?s a schema:Service ; schema:serviceType ?t }",
    "ASK { ?service ?p 'SERVICE <http://e/>' } # SERVICE",
    "ASK { ?s ?p <http://e/service/> , <http://e/a)service> }",
    "ASK { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    'ASK { ?s ?p \'\'\'SERVICE\n<x>\'\'\' , """it\'s "SERVICE" """ }',
]

UPDATES = [
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "LOAD <http://e/>",
    "PREFIX e: <urn:e> CLEAR ALL",
    "with <urn:g> delete { ?s ?p ?o } where { ?s ?p ?o }",
]


@dataclass
class Listener:
    """A server on this machine that notes every request it gets."""

    address: str = ""
    requests: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """A real HTTP server: what reaches it has left the engine."""
    noted = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            noted.requests.append(self.path)
            self.send_error(500)

        do_POST = do_GET  # noqa: N815 — the name is that of the standard library

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    noted.address = f"http://127.0.0.1:{server.server_port}/"
    yield noted
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """A store whose triples let every attack get as far as its SERVICE."""
    return EmbeddedStore(
        {"urn:g": b'<urn:s> <urn:p> 1 , true , "x"@en , [] , <http://e:80> ; a <http://e:80> .', "urn:h": b""}
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_spelling_of_service_reaches_the_network(attack: str, store: EmbeddedStore, listener: Listener) -> None:
    """However the keyword is hidden, the query is refused before the engine sees it."""
    listener.requests.clear()
    with pytest.raises(CallerError) as refused:
        store.select(attack.replace("HOST", listener.address))
    assert refused.value.code == "query-service"
    assert listener.requests == []


def test_the_attacks_are_real(listener: Listener) -> None:
    """The engine alone follows most of these spellings: without the guard they would leave the machine."""
    engine = ox.Store()
    engine.load(b'<urn:s> <urn:p> 1 , true , "x"@en , [] , <http://e:80> ; a <http://e:80> .', ox.RdfFormat.TURTLE)
    followed = 0
    for attack in ATTACKS:
        listener.requests.clear()
        with suppress(OSError, SyntaxError):
            list(engine.query(attack.replace("HOST", listener.address)))  # type: ignore[arg-type]
        followed += bool(listener.requests)
    assert followed >= len(ATTACKS) - 3


@pytest.mark.parametrize("query", HARMLESS)
def test_what_only_looks_like_service_is_answered(query: str, store: EmbeddedStore) -> None:
    """A variable, a string, a comment, an IRI or a declared name may well be called service."""
    assert store.ask(query) in {True, False}


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_is_refused_by_name(update: str, store: EmbeddedStore) -> None:
    """The store only answers: an update is told so, and the graph stays as it is."""
    before = len(store)
    with pytest.raises(CallerError) as refused:
        store.select(update)
    assert refused.value.code == "query-is-update"
    assert len(store) == before


def test_from_a_graph_that_is_not_in_the_store_is_refused(store: EmbeddedStore) -> None:
    """`FROM` loads nothing from the web: a graph that is not here is an error, never an empty answer."""
    with pytest.raises(CallerError) as refused:
        store.select("SELECT * FROM <http://example.org/data> { ?s ?p ?o }")
    assert refused.value.code == "query-graph-unknown"
    assert "http://example.org/data" in refused.value.message("vi")


def test_from_names_graphs_by_prefix_and_escape_too(store: EmbeddedStore) -> None:
    """A graph may be named as the grammar allows: by prefix, or with escaped characters."""
    assert store.select("PREFIX u: <urn:> SELECT * FROM u:g { ?s <urn:p> 1 }").rows
    assert store.select("SELECT * FROM <urn:\\u0067> { ?s <urn:p> 1 }").rows


@pytest.mark.parametrize(
    ("query", "code"), [("", "query-empty"), ("# only this", "query-empty"), ("HELLO", "query-form-unknown")]
)
def test_a_text_that_is_no_query_says_so(query: str, code: str) -> None:
    """An empty text and one without a query form each have their own error."""
    with pytest.raises(HpkgError) as refused:
        check(query, ())
    assert refused.value.code == code
