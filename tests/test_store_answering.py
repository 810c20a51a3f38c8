"""Answers as bytes: what we write ourselves says what the engine would have written, up to the limit."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from hpkg.errors import CallerError
from hpkg.store.answering import write_answer
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.rows import write_rows
from hpkg.store.writing import apply_update, drop_graph, kept, load_graph, restored, using

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}
HARD = r"""
<urn:a> <urn:p> "plain" , "two\nlines\tand \"quotes\" \\ back" , "<b>&amp;</b> , ;" , "ế"@vi , "x"@en-GB , 1.50 , true ,
  "2020-12-18"^^<http://www.w3.org/2001/XMLSchema#date> , <http://example.org/\u1EBF?a=1&b=2> , "" ,
  "a,b" , "}},{" , [] .
<urn:b> <urn:q> "alone" .
""".encode()
INNER = "WHERE { ?s ?p ?o { SELECT ?s WHERE { ?s ?p 1 } } }"
DATASET = "USING <urn:d> USING NAMED <urn:n>"
EVERYTHING = "SELECT ?s ?p ?o ?none { ?s ?p ?o } ORDER BY ?s ?p STR(?o)"


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """Terms that are hard to write."""
    return EmbeddedStore({"urn:g": HARD})


def parsed(body: bytes, form: str) -> list[list[str]]:
    """Return the rows that the engine reads in an answer; names of blank nodes do not count."""
    found = ox.parse_query_results(body, FORMATS[form])
    assert isinstance(found, ox.QuerySolutions)
    return [["_" if isinstance(term, ox.BlankNode) else str(term) for term in solution] for solution in found]


def rows(store: EmbeddedStore) -> tuple[list[str], list[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | None, ...]]]:
    """Return what the engine finds, term by term."""
    _, found = store.evaluate(EVERYTHING)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return names, [tuple(solution) for solution in found]


@pytest.mark.parametrize("form", FORMATS)
def test_rows_are_written_as_the_engine_writes_them(store: EmbeddedStore, form: str) -> None:
    """Every kind of term, however hard, reads as the engine's own answer does."""
    names, found = rows(store)
    body, cut = write_rows(names, found, form, 1000, 100_000)
    whole = write_answer(store, EVERYTHING, None, results=form, graph=None, max_rows=1000, max_bytes=100_000)
    assert cut is None
    assert whole.cut is None
    assert parsed(body, form) == parsed(whole.body, form)
    assert len(parsed(body, form)) == 14


def test_csv_is_written_as_the_engine_writes_it(store: EmbeddedStore) -> None:
    """CSV is the same to the byte, but for names of blank nodes."""
    query = "SELECT ?s ?o ?none { ?s ?p ?o FILTER(!ISBLANK(?o)) } ORDER BY STR(?o)"
    _, found = store.evaluate(query)
    assert isinstance(found, ox.QuerySolutions)
    body, _ = write_rows(["s", "o", "none"], [tuple(solution) for solution in found], "csv", 1000, 100_000)
    whole = write_answer(store, query, None, results="csv", graph=None, max_rows=1000, max_bytes=100_000)
    assert body == whole.body


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("limit", [0, 1, 5, 13, 14, 15])
def test_an_answer_is_cut_between_two_rows(store: EmbeddedStore, form: str, limit: int) -> None:
    """With a limit below the number of rows there are as many as the limit, and it is told; else all, and it is not."""
    told = write_answer(store, EVERYTHING, None, results=form, graph=None, max_rows=limit, max_bytes=100_000)
    assert len(parsed(told.body, form)) == min(limit, 14)
    assert told.cut == ("rows" if limit < 14 else None)


@pytest.mark.parametrize("form", FORMATS)
def test_an_answer_is_cut_by_bytes(store: EmbeddedStore, form: str) -> None:
    """A limit of bytes cuts between two rows too."""
    whole = write_answer(store, EVERYTHING, None, results=form, graph=None, max_rows=99, max_bytes=100_000)
    least = len(whole.body) - 300
    told = write_answer(store, EVERYTHING, None, results=form, graph=None, max_rows=99, max_bytes=least)
    assert told.cut == "bytes"
    assert 0 < len(parsed(told.body, form)) < 14


@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml", "trig", "nquads", "jsonld"])
def test_a_graph_is_cut_between_two_triples(store: EmbeddedStore, form: str) -> None:
    """A graph over the limit is a whole document with as many triples as the limit."""
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "rdfxml": ox.RdfFormat.RDF_XML,
        "trig": ox.RdfFormat.TRIG,
        "nquads": ox.RdfFormat.N_QUADS,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    told = write_answer(store, query, None, results=None, graph=form, max_rows=3, max_bytes=100_000)
    assert told.cut == "rows"
    assert len(list(ox.parse(told.body, formats[form]))) == 3


def test_a_form_of_query_needs_a_format_of_its_kind(store: EmbeddedStore) -> None:
    """There is no Turtle of rows, and no CSV of a graph."""
    for query, results, graph in [("ASK {}", None, "turtle"), ("DESCRIBE <urn:a>", "csv", None)]:
        with pytest.raises(CallerError) as refused:
            write_answer(store, query, None, results=results, graph=graph, max_rows=1, max_bytes=1000)
        assert refused.value.code == "format-not-acceptable"


def test_what_was_kept_is_restored() -> None:
    """A dataset that is kept and restored has the same graphs, triples and version, after any change."""
    store = EmbeddedStore({"urn:g": HARD, "urn:h": b"<urn:s> <urn:p> 1 ."})
    load_graph(store, "urn:new", b"<s> <urn:p> [ <urn:q> 2 ] .", "turtle")
    apply_update(store, "INSERT DATA { <urn:bare> <urn:p> 3 } ; DELETE DATA { GRAPH <urn:h> { <urn:s> <urn:p> 1 } }")
    drop_graph(store, "urn:g")
    once = restored(kept(store))
    assert len(once) == len(store) == 3
    assert once.version == restored(kept(store)).version
    assert once.ask("ASK { GRAPH <urn:new> { ?s <urn:p>/<urn:q> 2 } <urn:bare> <urn:p> 3 }")
    assert "urn:g" not in once.graphs


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ("INSERT DATA { <urn:where> <urn:p> 'WHERE { }' }", "INSERT DATA { <urn:where> <urn:p> 'WHERE { }' }"),
        (f"DELETE {{ ?s ?p ?o }} {INNER} ; CLEAR ALL", f"DELETE {{ ?s ?p ?o }} {DATASET} {INNER} ; CLEAR ALL"),
        (
            "DELETE WHERE { ?s ?p 1 } ; INSERT { ?s ?p 2 } WHERE { ?s ?p 3 }",
            f"DELETE {{ ?s ?p 1 }} {DATASET} WHERE {{ ?s ?p 1 }} ; INSERT {{ ?s ?p 2 }} {DATASET} WHERE {{ ?s ?p 3 }}",
        ),
    ],
)
def test_a_dataset_is_put_into_every_operation_that_reads(update: str, told: str) -> None:
    """Only operations with a WHERE of their own get the dataset; a WHERE inside one, or in a string, is left alone."""
    assert using(update, ["urn:d"], ["urn:n"]) == told


def test_a_name_of_a_dataset_is_one_token() -> None:
    """A name that is no IRI cannot become a part of the update."""
    with pytest.raises(CallerError) as refused:
        using("DELETE WHERE { ?s ?p ?o }", ["urn:a> WHERE { } ; CLEAR ALL #"], [])
    assert refused.value.code == "value-not-bindable"
