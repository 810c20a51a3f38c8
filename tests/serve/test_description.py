"""The service description: SPARQL 1.1 Service Description and VoID."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, VOID

from hpkg.namespaces import BASE
from hpkg.serve.description import describe_service

if TYPE_CHECKING:
    from tests.serve.client import Client

    from hpkg.store.embedded import EmbeddedStore

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
ADDRESS = "http://example.org/sparql"


def test_every_graph_is_described_with_its_size(sample_store: EmbeddedStore) -> None:
    """3.2: each named graph of the default dataset has its name and its number of triples; so has the union."""
    told = describe_service(sample_store, ADDRESS, writable=False)
    names = {str(name) for name in told.objects(None, SD.name)}
    assert names <= set(sample_store.graphs)
    assert f"{BASE}def" in names
    node = told.value(predicate=SD.name, object=URIRef(f"{BASE}def"))
    content = told.value(node, SD.graph)
    triples = sample_store.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{BASE}def> {{ ?s ?p ?o }} }}").rows[0][0]
    assert (content, VOID.triples, Literal(int(str(triples)))) in told
    dataset = told.value(predicate=RDF.type, object=SD.Dataset)
    assert (told.value(dataset, SD.defaultGraph), VOID.triples, Literal(len(sample_store))) in told


def test_only_a_service_that_takes_updates_says_so(sample_store: EmbeddedStore) -> None:
    """3.4: the languages of the service are those it speaks to whoever asks."""
    for writable in (False, True):
        told = describe_service(sample_store, ADDRESS, writable=writable)
        assert ((None, SD.supportedLanguage, SD.SPARQL11Update) in told) is writable
        assert (None, SD.supportedLanguage, SD.SPARQL11Query) in told
        assert (None, SD.feature, SD.UnionDefaultGraph) in told


def test_the_endpoint_is_where_it_was_asked(service: Client) -> None:
    """3.2: the description names the endpoint by the address that the client used."""
    reply = service.send("GET", "/sparql", accept="application/n-triples", host="data.example.org:81")
    told = Graph().parse(data=reply.body, format="nt")
    assert set(told.objects(None, SD.endpoint)) == {URIRef("http://data.example.org:81/sparql")}
    reply = service.send("GET", "/sparql", accept="application/n-triples", host='a"><script>')
    assert b"<script" not in reply.body
