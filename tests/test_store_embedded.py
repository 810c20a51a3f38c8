"""The embedded store: merge, named graphs, terms, versions, errors that name their place."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from hpkg.errors import CallerError, OntologyError, StoreError
from hpkg.home import Home
from hpkg.namespaces import BASE
from hpkg.store import open_store
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files

if TYPE_CHECKING:
    from pathlib import Path

TURTLE = b'@prefix e: <urn:e:> . e:s e:p 1 ; e:q "Th\xe1\xbb\xa7y"@vi, "x", 2.50, true .'


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """Two graphs that share all their triples."""
    return EmbeddedStore({"urn:g1": TURTLE, "urn:g2": TURTLE})


def test_a_triple_in_two_graphs_counts_once(store: EmbeddedStore) -> None:
    """The default graph is a merge: sums and counts see a statement once, whatever graphs it stands in."""
    assert store.select("SELECT (COUNT(*) AS ?n) (SUM(?v) AS ?sum) { ?s <urn:e:p> ?v }").rows == (
        (Literal(1), Literal(1)),
    )


def test_several_from_are_merged_too(store: EmbeddedStore) -> None:
    """A dataset of several graphs is their merge as well, and `FROM NAMED` stays apart from it."""
    query = "SELECT (COUNT(*) AS ?n) FROM <urn:g1> FROM <urn:g2> FROM NAMED <urn:g1> {{ {} }}"
    assert store.select(query.format("?s ?p ?o")).rows == ((Literal(5),),)
    assert store.select(query.format("GRAPH ?g { ?s ?p ?o }")).rows == ((Literal(5),),)


def test_graphs_can_be_asked_for_by_name(store: EmbeddedStore) -> None:
    """Each file is a named graph."""
    found = store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert [str(row["g"]) for row in found] == ["urn:g1", "urn:g2"]
    assert store.graphs == ("urn:g1", "urn:g2")


def test_a_store_that_loads_only_the_merge_answers_the_same() -> None:
    """What can tell the graphs apart loads them: a pattern, a dataset clause; all else is asked of the merge."""
    contents = {"urn:g1": TURTLE, "urn:g2": TURTLE + b" [] e:p 2 ."}
    for query in (
        "# any graph\nSELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) { graph?g { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) FROM <urn:g1> { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) FROM <urn:g1> FROM <urn:g2> { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) FROM NAMED <urn:g2> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o GRAPH <urn:g2> { ?s ?p ?o } FILTER(isBlank(?s)) }",
    ):
        merged = EmbeddedStore(contents, merged=True)
        assert merged.select(query).rows == EmbeddedStore(contents).select(query).rows, query
        assert len(merged) == len(EmbeddedStore(contents))


def test_a_store_that_loads_only_the_merge_keeps_what_it_grew() -> None:
    """What CONSTRUCTs added stays there when the graphs are loaded after all."""
    merged = EmbeddedStore({"urn:g": b"<urn:s> <urn:p> 1 ."}, merged=True)
    merged.grow(["CONSTRUCT { ?s <urn:q> ?o } WHERE { ?s <urn:p> ?o }"])
    assert merged.ask("ASK { <urn:s> <urn:q> 1 GRAPH <urn:g> { <urn:s> <urn:p> 1 } }")


@pytest.mark.parametrize("merged", [True, False])
def test_a_broken_file_of_either_store_is_named(tmp_path: Path, *, merged: bool) -> None:
    """A store that loads only the merge names the file that cannot be read as the other does."""
    (tmp_path / "ontology" / "vocab").mkdir(parents=True)
    (tmp_path / "ontology" / "vocab" / "unit.ttl").write_text("<urn:s> <urn:p", "utf-8")
    with pytest.raises(OntologyError) as caught:
        open_store(Home(tmp_path), merged=merged)
    assert caught.value.where == "ontology/vocab/unit.ttl"


def test_terms_come_back_as_rdflib_knows_them(store: EmbeddedStore) -> None:
    """Language, datatype and plain text survive; the value of a number is kept."""
    found = {row["o"] for row in store.select("SELECT ?o { ?s <urn:e:q> ?o }")}
    assert {Literal("Thủy", lang="vi"), Literal("x"), Literal("true", datatype=XSD.boolean)} < found
    assert Literal("2.5", datatype=XSD.decimal) in found


def test_a_construct_is_the_graph_it_describes(store: EmbeddedStore) -> None:
    """CONSTRUCT gives an rdflib graph, equal to what was loaded."""
    expected = Graph()
    expected.parse(data=TURTLE.replace(b"2.50", b"2.5"), format="turtle")  # the engine keeps a number, not its zeros
    assert isomorphic(store.construct("CONSTRUCT WHERE { ?s ?p ?o }"), expected)


def test_a_limit_of_rows_says_that_it_cut(store: EmbeddedStore) -> None:
    """An answer that was cut off never passes for a whole one."""
    cut = store.select("SELECT * { ?s ?p ?o }", max_rows=2)
    assert (len(cut), cut.complete) == (2, False)
    assert store.select("SELECT * { ?s ?p ?o }", max_rows=5).complete


def test_all_variables_come_in_the_order_of_the_query(store: EmbeddedStore) -> None:
    """`SELECT *` reads as it was written."""
    assert store.select("SELECT * { ?s ?p ?o }").variables == ("s", "p", "o")


def test_the_version_is_the_content() -> None:
    """Equal content has an equal version in any order; one byte more has another."""
    one = EmbeddedStore({"urn:a": b"", "urn:b": TURTLE})
    assert one.version == EmbeddedStore({"urn:b": TURTLE, "urn:a": b""}).version
    assert one.version != EmbeddedStore({"urn:a": b" ", "urn:b": TURTLE}).version
    assert one.version != EmbeddedStore({"urn:a": TURTLE, "urn:b": b""}).version


def test_a_store_can_be_made_of_rdflib_graphs() -> None:
    """What a rule or a reader made in memory is asked like what stands in files."""
    graph = Graph()
    graph.add((URIRef("urn:s"), RDF.type, URIRef("urn:C")))
    assert EmbeddedStore.of({"urn:g": graph}).ask("ASK { GRAPH <urn:g> { <urn:s> a <urn:C> } }")


def test_every_file_of_a_home_is_the_graph_the_data_model_says(sample_home: Home) -> None:
    """The mapping from file to named graph is that of the data model."""
    found = {file.path.name: file.graph.removeprefix(BASE) for file in graph_files(sample_home)}
    assert found["hpkg.ttl"] == "def"
    assert found["pillar.ttl"] == "graph/vocab/pillar"
    assert found["places.ttl"] == "graph/reference/places"
    assert found["2020-402-bc-ubnd.ttl"] == "graph/31-hai-phong/2020-402-bc-ubnd"
    assert found["derived.ttl"] == "graph/derived"
    assert "shapes.ttl" not in found


def test_an_unreadable_file_is_named_with_who_must_act(tmp_path: Path) -> None:
    """A broken vocabulary is the ontology's error, a broken graph the store's; both name file, line and column."""
    (tmp_path / "ontology" / "vocab").mkdir(parents=True)
    (tmp_path / "graph").mkdir()
    broken = tmp_path / "graph" / "derived.ttl"
    broken.write_text("<urn:a> <urn:b>\n ; .", encoding="utf-8")
    with pytest.raises(StoreError) as refused:
        open_store(Home(tmp_path))
    assert refused.value.where == "graph/derived.ttl"
    assert "line" in refused.value.message()
    broken.unlink()
    (tmp_path / "ontology" / "vocab" / "unit.ttl").write_text("not turtle", encoding="utf-8")
    with pytest.raises(OntologyError) as ontology:
        open_store(Home(tmp_path))
    assert ontology.value.where == "ontology/vocab/unit.ttl"


@pytest.mark.parametrize(
    ("query", "code", "line", "column"),
    [
        ("SELECT * {\n ?s foaf:name ?n }", "query-prefix-unknown", 2, 5),
        ("SELECT * {\n ?s ?p ?o", "query-bracket-alone", 1, 10),
        ("SELECT * { ?s ?p ?o )}", "query-bracket-alone", 1, 21),
        ("SELECT * {\n ?s ?p ?o FILTR(?o > 1) }", "query-word-unknown", 2, 11),
        ("SELECT * {\n ?s ?p }", "query-syntax", 2, 8),
    ],
)
def test_a_syntax_error_tells_line_and_column(
    store: EmbeddedStore, query: str, code: str, line: int, column: int
) -> None:
    """The place is told as a person counts, with the likeliest cause."""
    with pytest.raises(CallerError) as refused:
        store.select(query)
    details = refused.value.details
    assert (refused.value.code, details["line"], details["column"]) == (code, line, column)
    assert refused.value.hint("vi")
    assert refused.value.hint("en")


def test_a_call_for_another_form_of_query_is_refused(store: EmbeddedStore) -> None:
    """SELECT, ASK and CONSTRUCT each have their call; a mix-up is told, not guessed around."""
    with pytest.raises(CallerError) as refused:
        store.ask("SELECT * { ?s ?p ?o }")
    assert refused.value.code == "query-form-other"


def test_known_prefixes_need_no_declaration(sample_store: EmbeddedStore) -> None:
    """A query by hand may use hp: and the like at once."""
    assert sample_store.ask("ASK { ?task a hp:Task ; skos:prefLabel ?label }")


def test_the_sample_loads_fast(sample_home: Home) -> None:
    """Loading is not what a person waits for: about ten thousand triples in well under a second."""
    begin = time.process_time()
    open_store(sample_home)
    assert time.process_time() - begin < 2


def test_a_merge_is_kept_for_the_next_run_and_answers_the_same(tmp_path: Path) -> None:
    """What was loaded lies in the folder under its content, and is opened from there: nothing is loaded again."""
    contents = {"urn:g1": TURTLE, "urn:g2": TURTLE + b" [] e:p 2 ."}
    query = "SELECT ?v { ?s <urn:e:p> ?v } ORDER BY ?v"
    first = EmbeddedStore(contents, merged=True, kept=tmp_path)
    (lying,) = tmp_path.glob("graph-*")
    again = EmbeddedStore(contents, merged=True, kept=tmp_path)
    assert first.select(query).rows == again.select(query).rows == ((Literal(1),), (Literal(2),))
    assert again.version in lying.name
    assert len(again.grow(["CONSTRUCT { ?s <urn:e:r> ?o } WHERE { ?s <urn:e:p> ?o }"])) == 2
    assert len(EmbeddedStore(contents, merged=True, kept=tmp_path)) == len(first)


def test_what_is_kept_is_a_convenience(tmp_path: Path) -> None:
    """Something else in its place is replaced, a folder that cannot be made is passed over, old ones are cleared."""
    EmbeddedStore({"urn:g": TURTLE}, merged=True, kept=tmp_path)
    (lying,) = tmp_path.glob("graph-*")
    for file in lying.iterdir():
        file.write_bytes(b"no database")
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    whole = ((Literal(5),),)
    assert EmbeddedStore({"urn:g": TURTLE}, merged=True, kept=tmp_path).select(query).rows == whole
    assert EmbeddedStore({"urn:g": TURTLE}, merged=True, kept=tmp_path).select(query).rows == whole
    (tmp_path / "file").touch()
    assert EmbeddedStore({"urn:g": TURTLE}, merged=True, kept=tmp_path / "file").select(query).rows == whole
    for number in range(4):
        EmbeddedStore({f"urn:{number}": TURTLE}, merged=True, kept=tmp_path)
    assert len(list(tmp_path.glob("graph-*"))) == 2
    assert not list(tmp_path.glob(".graph-*"))
