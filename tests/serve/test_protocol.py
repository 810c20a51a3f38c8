"""The SPARQL 1.1 Protocol, rule by rule, at a real endpoint.

The sections named are those of https://www.w3.org/TR/sparql11-protocol/; HTTP's own are of RFC 9110.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import ResultRow

from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from tests.serve.client import Client, Reply

DEF, DERIVED = f"{BASE}def", f"{BASE}graph/derived"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
SELECT, ASK = "SELECT ?class { ?class a owl:Class } LIMIT 1", "ASK {}"
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def values(reply: Reply) -> list[str]:
    """Return the first column of an answer."""
    assert reply.status == 200, reply.body
    told = reply.json()
    name = told["head"]["vars"][0]
    return [row[name]["value"] for row in told["results"]["bindings"]]


def count(client: Client, graph: str) -> int:
    """Return the number of triples of a named graph."""
    return int(values(client.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))[0])


def test_a_query_by_get(service: Client) -> None:
    """2.1.1: the query is the parameter `query` of the address."""
    reply = service.send("GET", "/sparql", parameters={"query": ASK})
    assert reply.json() == {"head": {}, "boolean": True}


def test_a_query_in_a_form(service: Client) -> None:
    """2.1.2: the query is the parameter `query` of a form."""
    assert service.send("POST", "/sparql", urlencode({"query": ASK}), content_type=FORM).json()["boolean"]


def test_a_form_is_decoded_once(service: Client) -> None:
    """2.1.2: `%2525` in a form is `%25` in the query."""
    body = urlencode({"query": "SELECT ('100%25' AS ?text) {}"})
    assert values(service.send("POST", "/sparql", body, content_type=FORM)) == ["100%25"]


def test_a_query_as_the_body(service: Client) -> None:
    """2.1.3: the query is the whole body, not encoded."""
    assert values(service.query("SELECT ('100%25+ế' AS ?text) {}")) == ["100%25+ế"]


def test_a_query_by_the_method_query(service: Client) -> None:
    """The method QUERY is safe as GET is, and takes the query as its body."""
    assert service.send("QUERY", "/sparql", ASK, content_type=DIRECT).json()["boolean"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_one_default_graph(service: Client, method: str) -> None:
    """2.1.4: `default-graph-uri` is the default graph of the query."""
    told = {"query": COUNT, "default-graph-uri": DERIVED}
    if method == "GET":
        reply = service.send("GET", "/sparql", parameters=told)
    else:
        reply = service.send("POST", "/sparql", urlencode(told), content_type=FORM)
    assert values(reply) == [str(count(service, DERIVED))]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_several_default_graphs_are_merged(service: Client, method: str) -> None:
    """2.1.4: several default graphs are one merge, in which a triple stands once."""
    told = [("query", COUNT), *(("default-graph-uri", graph) for graph in (DEF, DERIVED, DEF))]
    if method == "GET":
        reply = service.send("GET", "/sparql", parameters=told)
    else:
        reply = service.send("POST", "/sparql", urlencode(told), content_type=FORM)
    assert values(reply) == [str(count(service, DERIVED) + count(service, DEF))]


def test_the_dataset_of_a_query_in_the_body(service: Client) -> None:
    """2.1.3: with the query as the body, the dataset stands in the address."""
    reply = service.query(COUNT, **{"default-graph-uri": DERIVED})
    assert values(reply) == [str(count(service, DERIVED))]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_named_graphs(service: Client, method: str) -> None:
    """2.1.4: `named-graph-uri` gives the graphs that the query can name, and no default graph."""
    told = [("query", GRAPHS), ("named-graph-uri", DERIVED), ("named-graph-uri", DEF)]
    if method == "GET":
        reply = service.send("GET", "/sparql", parameters=told)
    else:
        reply = service.send("POST", "/sparql", urlencode(told), content_type=FORM)
    assert values(reply) == [DEF, DERIVED]
    assert values(service.query(COUNT, **{"named-graph-uri": DEF})) == ["0"]


def test_a_full_dataset(service: Client) -> None:
    """2.1.4: default and named graphs together are the whole dataset."""
    told = {"default-graph-uri": DERIVED, "named-graph-uri": DEF}
    assert values(service.query(COUNT, **told)) == [str(count(service, DERIVED))]
    assert values(service.query(GRAPHS, **told)) == [DEF]


def test_the_dataset_of_the_request_counts(service: Client) -> None:
    """2.1.4: a dataset in the request counts more than the one in the query."""
    query = COUNT.replace("{", f"FROM <{DEF}> {{")
    assert values(service.query(query)) == [str(count(service, DEF))]
    assert values(service.query(query, **{"default-graph-uri": DERIVED})) == [str(count(service, DERIVED))]


def test_without_a_dataset_all_graphs_are_asked(service: Client) -> None:
    """2.1.4: the service's own dataset is the union of all graphs, and each of them by its name."""
    assert values(service.query("SELECT ?n { BIND(EXISTS { ?t a hp:Task . hp:Task a owl:Class } AS ?n) }")) == ["true"]
    assert {DEF, DERIVED} <= set(values(service.query(GRAPHS)))


def test_a_graph_that_is_not_there_is_told(service: Client) -> None:
    """2.1.4: a service may refuse a dataset; ours fetches nothing and says which graph is not there."""
    reply = service.query(COUNT, **{"default-graph-uri": "http://example.org/other"})
    assert (reply.status, reply.json()["code"]) == (400, "query-graph-unknown")


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        (SELECT, "application/sparql-results+json"),
        (ASK, "application/sparql-results+json"),
        ("DESCRIBE hp:Task", "text/turtle; charset=utf-8"),
        ("CONSTRUCT WHERE { hp:Task a ?class }", "text/turtle; charset=utf-8"),
    ],
)
def test_each_form_of_query_has_its_kind_of_answer(service: Client, query: str, media_type: str) -> None:
    """2.1.6: SELECT and ASK give a results document, DESCRIBE and CONSTRUCT a graph."""
    reply = service.query(query)
    assert (reply.status, reply.fields["content-type"]) == (200, media_type)


def test_a_query_that_is_told_twice_is_refused(service: Client) -> None:
    """2.1.1, 2.1.2: there is exactly one query."""
    told = [("query", ASK), ("query", SELECT)]
    assert service.send("GET", "/sparql", parameters=told).status == 400
    assert service.send("POST", "/sparql", urlencode(told), content_type=FORM).status == 400
    direct = service.send("POST", "/sparql", ASK, parameters={"query": SELECT}, content_type=DIRECT)
    assert direct.status == 400
    both = service.send("POST", "/sparql?" + urlencode({"query": ASK}), urlencode({"query": ASK}), content_type=FORM)
    assert both.status == 400


def test_parameters_without_a_query_are_refused(service: Client) -> None:
    """2.1.1: a request with parameters and no query asks nothing."""
    reply = service.send("GET", "/sparql", parameters={"default-graph-uri": DEF})
    assert (reply.status, reply.json()["code"]) == (400, "query-missing")
    assert service.send("POST", "/sparql", "", content_type=FORM).status == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_refused(service: Client, method: str) -> None:
    """2.1: a query comes by GET or POST; RFC 9110, 15.5.6: a refusal names the methods there are."""
    reply = service.send(method, "/sparql", ASK, content_type=DIRECT)
    assert reply.status == 405
    assert {"GET", "POST", "HEAD", "QUERY"} <= set(reply.fields["allow"].split(", "))


@pytest.mark.parametrize("media_type", ["text/plain", "", "application/sparql-results+json"])
def test_another_type_of_body_is_refused(service: Client, media_type: str) -> None:
    """2.1.3: a body is a form or a query, and says which."""
    reply = service.send("POST", "/sparql", ASK, content_type=media_type)
    assert (reply.status, reply.json()["code"]) == (415, "media-type-unknown")
    assert service.send("QUERY", "/sparql", urlencode({"query": ASK}), content_type=FORM).status == 415


def test_a_query_in_another_encoding_is_refused(service: Client) -> None:
    """2.1.3: a query is UTF-8."""
    utf16 = service.send("POST", "/sparql", ASK.encode("utf-16"), content_type=f"{DIRECT}; charset=UTF-16")
    latin = service.send("POST", "/sparql", "ASK { ?s ?p 'é' }".encode("latin-1"), content_type=DIRECT)
    broken = service.send("GET", "/sparql?query=" + quote("ASK { ?s ?p '") + "%E9%27%7D")
    assert {reply.status for reply in (utf16, latin, broken)} == {400}
    assert {reply.json()["code"] for reply in (utf16, latin, broken)} == {"body-not-utf8"}


def test_a_syntax_error_tells_its_place(service: Client) -> None:
    """2.1.7: a query that is none gives 400; the body says what is wrong, and where (RFC 9457)."""
    reply = service.query("SELECT * {\n ?s ?p }")
    told = reply.json()
    assert (reply.status, reply.fields["content-type"]) == (400, "application/problem+json")
    assert (told["status"], told["code"], told["line"], told["column"]) == (400, "query-syntax", 2, 8)
    assert told["type"].startswith(BASE)
    assert told["instance"] == f"urn:uuid:{reply.fields['x-request-id']}"


def test_errors_speak_the_language_of_the_reader(service: Client) -> None:
    """RFC 9110, 12.5.4: an error is told in Vietnamese to whoever prefers it."""
    vi = service.send("GET", "/sparql", parameters={"query": "SELECT"}, accept_language="vi, en;q=0.5")
    assert (vi.fields["content-language"], "dòng 1" in vi.json()["title"]) == ("vi", True)


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"])
def test_a_query_that_reaches_outside_is_forbidden(service: Client, query: str) -> None:
    """4.3: a service may refuse what endangers others."""
    assert service.query(query).status == 403


def test_an_update_is_no_query(service: Client) -> None:
    """2.1, 2.2: an update sent as a query is refused, and so is one by GET; as an update it needs writing to be on."""
    update = "INSERT DATA { <urn:a> <urn:b> 1 }"
    assert service.query(update).json()["code"] == "query-is-update"
    assert service.send("GET", "/sparql", parameters={"update": update}).status == 400
    for body, media_type in [(urlencode({"update": update}), FORM), (update, "application/sparql-update")]:
        reply = service.send("POST", "/sparql", body, content_type=media_type)
        assert (reply.status, reply.json()["code"]) == (403, "writing-off")


def test_head_is_get_without_a_body(service: Client) -> None:
    """RFC 9110, 9.3.2: HEAD has the fields of GET."""
    told = {"query": SELECT}
    get, head = (service.send(method, "/sparql", parameters=told) for method in ("GET", "HEAD"))
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.fields[name] == get.fields[name]


def test_options_tell_what_is_possible(service: Client) -> None:
    """RFC 9110, 9.3.7, and what a browser asks before it sends a query from another site."""
    reply = service.send("OPTIONS", "/sparql", origin="https://example.org", access_control_request_method="POST")
    assert (reply.status, reply.body) == (204, b"")
    assert "QUERY" in reply.fields["allow"]
    assert reply.fields["access-control-allow-origin"] == "*"
    assert "POST" in reply.fields["access-control-allow-methods"]


def test_other_sites_may_ask_without_credentials(service: Client) -> None:
    """4.2: any origin may read answers; none may send a person's cookies."""
    reply = service.query(ASK)
    assert reply.fields["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in reply.fields


def test_an_answer_is_known_by_its_tag(service: Client) -> None:
    """RFC 9110, 13.1.2: who has the answer is told so, and nothing runs; another format is another answer."""
    get = service.send("GET", "/sparql", parameters={"query": SELECT})
    again = service.send("GET", "/sparql", parameters={"query": SELECT}, if_none_match=get.fields["etag"])
    assert (again.status, again.body, again.fields["etag"]) == (304, b"", get.fields["etag"])
    csv = service.send("GET", "/sparql", parameters={"query": SELECT, "format": "csv"})
    assert csv.fields["etag"] != get.fields["etag"]
    assert "last-modified" in get.fields
    assert "Accept" in get.fields["vary"]


@pytest.mark.parametrize("call", ["RAND()", "NOW()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_is_another_each_time_has_no_tag(service: Client, call: str) -> None:
    """A query whose answer the dataset does not settle is never told to be unchanged."""
    assert "etag" not in service.query(f"SELECT ({call} AS ?x) {{}}").fields


def test_an_answer_is_given_again_from_memory(service: Client) -> None:
    """An answer that was given is given again as it was, without a worker; another form of it is another answer."""
    query = "SELECT ?s { ?s a hp:Task } ORDER BY ?s LIMIT 2 # told twice"
    first = service.query(query)
    hits = 'hpkg_cache_lookups_total{result="hit"} '
    before = float(service.send("GET", "/metrics").body.decode().partition(hits)[2].split()[0])
    again = service.send("GET", "/sparql", parameters={"query": query})
    head = service.send("HEAD", "/sparql", parameters={"query": query})
    after = float(service.send("GET", "/metrics").body.decode().partition(hits)[2].split()[0])
    assert (again.body, again.fields["etag"]) == (first.body, first.fields["etag"])
    assert (head.fields["content-length"], head.body) == (str(len(first.body)), b"")
    assert after == before + 2
    csv = service.query(query, "text/csv")
    assert csv.body.startswith(b"s\r\n")


def test_all_variables_come_in_the_order_of_the_query(service: Client) -> None:
    """SPARQL 1.1 Query, 16.1: the columns of `SELECT *` are those of the query, in the order a person reads them."""
    rows = service.query("SELECT * { ?subject ?property ?object } LIMIT 1", "text/csv")
    assert rows.body.startswith(b"subject,property,object\r\n")


def test_what_library_clients_get(service: Client) -> None:
    """A client of a library that speaks the protocol gets the rows that are there."""
    store = SPARQLStore(f"http://127.0.0.1:{service.port}/sparql")
    rows = list(store.query("SELECT ?s WHERE { ?s a <https://w3id.org/hpkg/def#Task> } ORDER BY ?s"))
    told = service.query("SELECT ?s { ?s a hp:Task } ORDER BY ?s").json()["results"]["bindings"]
    assert [str(row.s) for row in rows if isinstance(row, ResultRow)] == [row["s"]["value"] for row in told]
    assert rows
