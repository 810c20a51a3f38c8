"""Content negotiation: RFC 9110, section 12.5, and `?format=`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from rdflib import Graph
from rdflib.compare import isomorphic

from hpkg.serve.negotiation import choose, chosen_language
from hpkg.store.formats import GRAPH_FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serve.client import Client

TURTLE, LD, NT = "text/turtle", "application/ld+json", "application/n-triples"
OFFERS = [TURTLE, LD, NT]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", TURTLE),
        ("*/*", TURTLE),
        ("application/*", LD),
        ("text/turtle;q=0.2, application/ld+json;q=0.3", LD),
        ("text/turtle;q=0.5, */*;q=0.5", TURTLE),
        ("*/*, application/n-triples", NT),
        ("text/turtle;q=0, */*", LD),
        ("text/*;q=0.9, text/turtle;q=0.1, */*;q=0.2", LD),
        ("TEXT/Turtle", TURTLE),
        ("text/turtle; charset=utf-8", TURTLE),
        ('text/turtle;charset="UTF-8";q=0.5, application/n-triples;q=0.4', TURTLE),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#framed"', None),
        ("text/turtle;q=1.5", None),
        ("text/turtle;q=nonsense", None),
        ("image/png", None),
        ("nonsense", None),
        ("nonsense, application/n-triples", NT),
    ],
)
def test_the_best_offer_is_chosen(accept: str, chosen: str | None) -> None:
    """The most specific range tells the weight of an offer; the heaviest wins; a weight of 0 or none excludes."""
    assert choose(accept, OFFERS) == chosen


@pytest.mark.parametrize(
    ("told", "language"),
    [("", "en"), ("vi", "vi"), ("fr", "en"), ("en;q=0.4, vi-VN;q=0.6", "vi"), ("vi;q=0, en", "en"), ("*", "en")],
)
def test_the_language_is_one_of_ours(told: str, language: str) -> None:
    """The heaviest language that we speak is spoken, else English."""
    assert chosen_language(told) == language


@pytest.mark.parametrize("form", RESULT_FORMATS, ids=lambda form: form.name)
def test_results_in_every_format(service: Client, form: object) -> None:
    """Each format of results can be had by its media type and by its name, and says what it is."""
    assert form in RESULT_FORMATS
    query = "SELECT ?s ?label { ?s a owl:Class ; rdfs:label ?label } ORDER BY ?s ?label LIMIT 3"
    chosen = next(known for known in RESULT_FORMATS if known == form)
    by_type, by_name = service.query(query, chosen.media_type), service.query(query, format=chosen.name)
    assert by_type.fields["content-type"].split(";")[0] == chosen.media_type
    assert by_type.body == by_name.body
    rows: dict[str, Callable[[bytes], int]] = {
        "json": lambda body: len(json.loads(body)["results"]["bindings"]),
        "xml": lambda body: len(list(etree.fromstring(body).iter("{*}result"))),
        "csv": lambda body: body.count(b"\r\n") - 1,
        "tsv": lambda body: body.count(b"\n") - 1,
    }
    assert rows[chosen.name](by_type.body) == 3


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # the parser of JSON-LD still makes one
@pytest.mark.parametrize("name", [form.name for form in GRAPH_FORMATS])
def test_graphs_in_every_format(service: Client, name: str) -> None:
    """Each format of graphs holds the same triples, and can be had by its media type and by its name."""
    query = "CONSTRUCT { ?s a owl:Class ; rdfs:label ?label } WHERE { ?s a owl:Class ; rdfs:label ?label }"
    form = next(form for form in GRAPH_FORMATS if form.name == name)
    reply = service.query(query, form.media_type)
    assert reply.fields["content-type"].split(";")[0] == form.media_type
    assert service.query(query, format=name).fields["content-type"] == reply.fields["content-type"]
    expected = Graph().parse(data=service.query(query, NT).body, format="nt")
    assert len(expected) > 20
    parsers = {
        "turtle": "turtle",
        "jsonld": "json-ld",
        "ntriples": "nt",
        "rdfxml": "xml",
        "trig": "turtle",
        "nquads": "nt",
    }
    # A dataset of nothing but a default graph reads as a graph.
    assert isomorphic(Graph().parse(data=reply.body, format=parsers[name]), expected)


def test_what_nobody_has_is_not_acceptable(service: Client) -> None:
    """15.5.7: if there is no format that the client takes, it is told so, with those there are."""
    reply = service.query("ASK {}", "image/png")
    assert (reply.status, reply.json()["code"]) == (406, "format-not-acceptable")
    assert "text/turtle" in reply.json()["detail"]
    graph_only = service.query("ASK {}", TURTLE)
    assert graph_only.status == 406


def test_an_unknown_name_of_a_format_is_told(service: Client) -> None:
    """`?format=` takes a name or a media type; another word is an error with the names there are."""
    reply = service.query("ASK {}", format="docx")
    assert (reply.status, reply.json()["code"]) == (400, "format-unknown")
    assert service.query("ASK {}", format="text/csv").fields["content-type"] == "text/csv; charset=utf-8"


def test_a_browser_gets_a_page(service: Client) -> None:
    """The address of the endpoint is a page for a person: empty, with an answer, or with what is wrong."""
    for query, status, held in [
        ("", 200, "<textarea"),
        ("SELECT ('<script>' AS ?x) {}", 200, "&lt;script&gt;"),
        ("SELECT <script>", 400, 'role="alert"'),
    ]:
        reply = service.send("GET", "/sparql", parameters={"query": query} if query else None, accept=BROWSER)
        assert (reply.status, reply.fields["content-type"]) == (status, "text/html; charset=utf-8")
        assert held in reply.body.decode()
        assert "<script" not in reply.body.decode()
        assert "script-src 'self'" in reply.fields["content-security-policy"]
        assert "unsafe" not in reply.fields["content-security-policy"]


def test_the_page_speaks_the_language_of_the_reader(service: Client) -> None:
    """The page is in Vietnamese or English, and says which."""
    page = service.send("GET", "/sparql", accept=BROWSER, accept_language="vi")
    assert '<html lang="vi">' in page.body.decode()
    assert page.fields["content-language"] == "vi"


@pytest.mark.parametrize("name", [form.name for form in GRAPH_FORMATS])
def test_without_a_query_the_service_describes_itself(service: Client, name: str) -> None:
    """SPARQL 1.1 Service Description, 2: a GET of the endpoint gives its description, in any format of graphs."""
    form = next(form for form in GRAPH_FORMATS if form.name == name)
    reply = service.send("GET", "/sparql", accept=form.media_type)
    assert (reply.status, reply.fields["content-type"].split(";")[0]) == (200, form.media_type)
    assert b"sparql-service-description#" in reply.body
    again = service.send("GET", "/sparql", accept=form.media_type, if_none_match=reply.fields["etag"])
    assert again.status == 304


def test_the_language_of_the_page_can_be_told(service: Client) -> None:
    """`?lang=` counts more than what the browser prefers, with a query and without, and goes on in the form."""
    for told in ({"lang": "vi"}, {"lang": "vi", "query": "ASK {}"}):
        page = service.send("GET", "/sparql", parameters=told, accept=BROWSER, accept_language="en")
        assert (page.status, '<html lang="vi">' in page.body.decode()) == (200, True)
        assert 'name="lang" value="vi"' in page.body.decode()
