"""Writing: SPARQL 1.1 Protocol, section 2.2, and SPARQL 1.1 Graph Store HTTP Protocol, behind a token.

The sections named are those of https://www.w3.org/TR/sparql11-protocol/ and
https://www.w3.org/TR/sparql11-http-rdf-update/.
"""

from __future__ import annotations

import http.client
import os
import signal
import threading
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from tests.serve.client import TOKEN, running, small_home

from hpkg.namespaces import BASE
from hpkg.store.writing import UNNAMED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serve.client import Client

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-update"
TURTLE = "text/turtle"


def graph(name: str) -> str:
    """Return the address of a graph."""
    return f"/graph-store?graph={quote(name, safe='')}"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_without_a_token_nobody_writes(writable: Client, service: Client, method: str) -> None:
    """Writing needs a token that is right; where it is off, no token helps."""
    anonymous = type(writable)(writable.port, writable.process)
    missing = anonymous.send(method, graph("urn:x"), "", content_type=TURTLE)
    assert (missing.status, missing.fields["www-authenticate"]) == (401, "Bearer")
    wrong = anonymous.send(method, graph("urn:x"), "", content_type=TURTLE, authorization="Bearer wrong")
    assert (wrong.status, wrong.json()["code"]) == (403, "token-wrong")
    off = service.send(method, graph("urn:x"), "", content_type=TURTLE, authorization=f"Bearer {TOKEN}")
    assert (off.status, off.json()["code"]) == (403, "writing-off")
    assert anonymous.send("POST", "/sparql", "CLEAR ALL", content_type=DIRECT).status == 401


def test_an_update_in_a_form_and_as_the_body(writable: Client) -> None:
    """2.2.1, 2.2.2: an update is the parameter `update` of a form, or the whole body."""
    body = urlencode({"update": "INSERT DATA { GRAPH <urn:form> { <urn:s> <urn:p> 'a%20b' } }"})
    assert writable.send("POST", "/sparql", body, content_type=FORM).status == 204
    assert writable.update("INSERT DATA { GRAPH <urn:direct> { <urn:s> <urn:p> 'ế' } }").status == 204
    assert writable.ask(
        "ASK { GRAPH <urn:form> { <urn:s> <urn:p> 'a%20b' } GRAPH <urn:direct> { <urn:s> <urn:p> 'ế' } }"
    )


def test_what_is_written_without_a_graph_is_in_the_union(writable: Client) -> None:
    """SPARQL 1.1 Update, 2: the default graph of an update holds what names no graph; queries see it in the union."""
    assert writable.update("INSERT DATA { <urn:bare> <urn:p> 1 }").status == 204
    assert writable.ask(f"ASK {{ <urn:bare> <urn:p> 1 . GRAPH <{UNNAMED}> {{ <urn:bare> <urn:p> 1 }} }}")
    assert writable.update("DELETE DATA { <urn:bare> <urn:p> 1 }").status == 204
    assert not writable.ask("ASK { <urn:bare> <urn:p> 1 }")


def test_the_dataset_of_an_update(writable: Client) -> None:
    """2.2.3: `using-graph-uri` and `using-named-graph-uri` are the dataset of every operation that reads."""
    writable.update("INSERT DATA { GRAPH <urn:d1> { <urn:a> <urn:p> 1 } GRAPH <urn:d2> { <urn:a> <urn:p> 2 } }")
    one = "INSERT { GRAPH <urn:out1> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    assert writable.update(one, **{"using-graph-uri": "urn:d1"}).status == 204
    assert writable.ask(
        "ASK { GRAPH <urn:out1> { <urn:a> <urn:p> 1 } FILTER NOT EXISTS { GRAPH <urn:out1> { ?s ?p 2 } } }"
    )
    named = "INSERT { GRAPH <urn:out2> { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert writable.update(named, **{"using-named-graph-uri": "urn:d2"}).status == 204
    assert writable.ask(
        "ASK { GRAPH <urn:out2> { <urn:a> <urn:p> 2 } FILTER NOT EXISTS { GRAPH <urn:out2> { ?s ?p 1 } } }"
    )
    both = urlencode(
        [("update", one.replace("out1", "out3")), ("using-graph-uri", "urn:d1"), ("using-graph-uri", "urn:d2")]
    )
    assert writable.send("POST", "/sparql", both, content_type=FORM).status == 204
    assert writable.ask("ASK { GRAPH <urn:out3> { <urn:a> <urn:p> 1, 2 } }")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT { ?s ?p 3 } USING <urn:g> WHERE { ?s ?p ?o }",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_two_datasets_are_one_too_many(writable: Client, update: str) -> None:
    """2.2.3: a dataset in the request and in the update together is an error."""
    reply = writable.update(update, **{"using-graph-uri": "urn:g"})
    assert (reply.status, reply.json()["code"]) == (400, "update-dataset-twice")


def test_a_base_resolves_names_in_an_update(writable: Client) -> None:
    """2.2: relative names are resolved against the BASE of the update."""
    assert (
        writable.update("BASE <http://example.org/> INSERT DATA { GRAPH <urn:base> { <s> <urn:p> 1 } }").status == 204
    )
    assert writable.ask("ASK { GRAPH <urn:base> { <http://example.org/s> <urn:p> 1 } }")


def test_a_bad_update_is_refused(writable: Client) -> None:
    """2.2: one update, UTF-8, of a known type, by POST, and well-formed: else 4xx."""
    update = "INSERT DATA { <urn:never> <urn:p> 1 }"
    twice = urlencode([("update", update), ("update", update)])
    replies = [
        writable.send("GET", "/sparql", parameters={"update": update}),
        writable.send("POST", "/sparql", twice, content_type=FORM),
        writable.send("POST", "/sparql", update, content_type="text/plain"),
        writable.send("POST", "/sparql", urlencode({"update": update}), content_type=""),
        writable.send("POST", "/sparql", update.encode("utf-16"), content_type=f"{DIRECT}; charset=utf-16"),
        writable.send("POST", "/sparql", urlencode({"query": "ASK {}", "update": update}), content_type=FORM),
        writable.update("INSERT DATA { <urn:never> <urn:p> }"),
    ]
    assert [reply.status for reply in replies] == [400, 400, 415, 415, 400, 400, 400]
    assert replies[-1].json()["column"] == 35
    assert not writable.ask("ASK { <urn:never> ?p ?o }")


def test_an_update_that_fails_changes_nothing(writable: Client) -> None:
    """SPARQL 1.1 Update, 3: the operations of a request are done together, or none is."""
    reply = writable.update("INSERT DATA { <urn:half> <urn:p> 1 } ; DROP GRAPH <urn:not-there>")
    assert (reply.status, reply.json()["code"]) == (400, "update-failed")
    assert not writable.ask("ASK { <urn:half> ?p ?o }")


def test_an_update_that_crashes_changes_nothing(writable: Client) -> None:
    """What kills the process that writes leaves the graph as it was, and the service running."""
    bomb = f"INSERT DATA {{ <urn:bomb> <urn:p> 1 }} ; INSERT {{ <urn:bomb> <urn:p> 2 }} WHERE {'{' * 5000}{'}' * 5000}"
    assert writable.update(bomb).status == 400
    assert not writable.ask("ASK { <urn:bomb> ?p ?o }")
    assert writable.ask("ASK { ?s ?p ?o }")


def test_a_graph_is_put_and_got(writable: Client) -> None:
    """5.3, 5.2: PUT makes a graph (201) or replaces it (204); GET gives what was put."""
    name = "http://example.org/graphs/ế?a=1&b=2"
    made = writable.send("PUT", graph(name), "<s> <urn:p> 1, 2 .", content_type=TURTLE)
    assert made.status == 201
    assert made.fields["location"].endswith(graph(name))
    assert writable.send("PUT", graph(name), "<s> <urn:p> 3 .", content_type=TURTLE).status == 204
    got = writable.send("GET", graph(name), accept="application/n-triples")
    assert got.body.decode().split() == [
        "<http://example.org/graphs/s>", "<urn:p>", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>', ".",
    ]  # fmt: skip
    head = writable.send("HEAD", graph(name), accept="application/n-triples")
    assert (head.status, head.body, head.fields["content-length"]) == (200, b"", str(len(got.body)))


def test_a_graph_is_added_to(writable: Client) -> None:
    """5.5: POST adds to a graph; without the name of a graph it makes one and tells where it is."""
    writable.send("PUT", graph("urn:add"), "<urn:s> <urn:p> 1 .", content_type=TURTLE)
    assert writable.send("POST", graph("urn:add"), "<urn:s> <urn:p> 2 .", content_type=TURTLE).status == 204
    assert writable.ask("ASK { GRAPH <urn:add> { <urn:s> <urn:p> 1, 2 } }")
    made = writable.send("POST", "/graph-store", "<urn:s> <urn:p> 'own' .", content_type=TURTLE)
    assert made.status == 201
    path = made.fields["location"].partition(f":{writable.port}")[2]
    assert b"own" in writable.send("GET", path).body


def test_a_graph_is_deleted(writable: Client) -> None:
    """5.4: after DELETE the graph is not there, for queries either; what is not there cannot be deleted or got."""
    writable.send("PUT", graph("urn:gone"), "<urn:gone-s> <urn:p> 1 .", content_type=TURTLE)
    assert writable.send("DELETE", graph("urn:gone")).status == 204
    assert not writable.ask("ASK { <urn:gone-s> ?p ?o }")
    for method in ("DELETE", "GET", "HEAD"):
        assert writable.send(method, graph("urn:gone")).status == 404


def test_the_default_graph_of_the_store(writable: Client) -> None:
    """5: `?default` is written as the graph without a name, and read as queries see it: the union."""
    assert writable.send("PUT", "/graph-store?default", "<urn:def> <urn:p> 1 .", content_type=TURTLE).status in {
        201,
        204,
    }
    assert writable.ask(f"ASK {{ GRAPH <{UNNAMED}> {{ <urn:def> <urn:p> 1 }} }}")
    got = writable.send("GET", "/graph-store?default", accept="application/n-triples").body
    assert b"<urn:def>" in got
    assert f"<{BASE}def#Task>".encode() in got


@pytest.mark.parametrize(
    ("path", "content", "media_type", "status"),
    [
        (graph("urn:bad"), "<urn:s> <urn:p>", TURTLE, 400),
        (graph("urn:bad"), "<urn:s> <urn:p> 1 .", "text/csv", 415),
        (graph("urn:bad"), "<urn:s> <urn:p> 1 .", "", 415),
        (graph("relative"), "<urn:s> <urn:p> 1 .", TURTLE, 400),
        (graph("urn:a> <urn:b"), "<urn:s> <urn:p> 1 .", TURTLE, 400),
        ("/graph-store", "<urn:s> <urn:p> 1 .", TURTLE, 400),
        ("/graph-store?default&graph=urn:x", "<urn:s> <urn:p> 1 .", TURTLE, 400),
    ],
)
def test_a_bad_graph_is_refused(writable: Client, path: str, content: str, media_type: str, status: int) -> None:
    """4, 5.3: one absolute name, and content of a known type that is what it says: else 4xx, and nothing changes."""
    before = writable.send("GET", "/ready").json()["dataset"]
    assert writable.send("PUT", path, content, content_type=media_type).status == status
    assert writable.send("GET", "/ready").json()["dataset"] == before


def test_every_change_is_another_dataset(writable: Client) -> None:
    """A tag of before a change is none after it."""
    query = {"query": "SELECT * { GRAPH <urn:tag> { ?s ?p ?o } }"}
    writable.send("PUT", graph("urn:tag"), "<urn:s> <urn:p> 1 .", content_type=TURTLE)
    tag = writable.send("GET", "/sparql", parameters=query).fields["etag"]
    assert writable.send("GET", "/sparql", parameters=query, if_none_match=tag).status == 304
    writable.send("PUT", graph("urn:tag"), "<urn:s> <urn:p> 2 .", content_type=TURTLE)
    assert writable.send("GET", "/sparql", parameters=query, if_none_match=tag).status == 200


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """After kill -9 in the middle of writing, all that was acknowledged is there, and no part of a change."""
    tokens = small_home(tmp_path) / "tokens"
    tokens.write_text(TOKEN, "utf-8")
    options = ["--token-file", str(tokens), "--state", str(tmp_path / "state")]
    acknowledged = 0
    with running(*options, home=tmp_path) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        kill = threading.Event()

        def killer() -> None:
            kill.wait()
            os.kill(client.process.pid, signal.SIGKILL)

        thread = threading.Thread(target=killer)
        thread.start()
        try:
            for number in range(1000):
                if number == 3:
                    kill.set()
                assert client.update(f"INSERT DATA {{ <urn:n> <urn:a> {number} ; <urn:b> {number} }}").status == 204
                acknowledged = number + 1
        except (OSError, http.client.HTTPException):
            pass  # killed
        thread.join()
    assert 0 < acknowledged < 1000
    with running(*options, home=tmp_path) as client:
        numbers = [
            {
                int(line)
                for line in client.query(f"SELECT ?n {{ <urn:n> <urn:{name}> ?n }}", "text/csv").body.split()[1:]
            }
            for name in "ab"
        ]
    assert numbers[0] == numbers[1]
    assert numbers[0] in (set(range(acknowledged)), set(range(acknowledged + 1)))
