"""What the ontology says of itself and of each term: `ontology/ontology-shapes.ttl`, and what no shape can see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, XSD
from tests.ontology.engines import Result, by_pyshacl, by_rust

from hpkg.namespaces import BASE, HP

ROOT = Path(__file__).parents[2]
SHAPES = (ROOT / "ontology" / "ontology-shapes.ttl").read_text("utf-8")
CASES = Path(__file__).parent / "ontology-shapes" / "cases.ttl"
BREAKS = URIRef("https://w3id.org/hpkg/test#breaks")
PASSAGE = re.compile(re.escape(f"{BASE}id/report/31-hai-phong/2020-402-bc-ubnd/text#char=") + r"(\d+),(\d+)")


@pytest.fixture(scope="module")
def cases() -> tuple[Graph, set[Result]]:
    """The cases without their marks, and the marks: which node is to break which shape."""
    data = Graph().parse(CASES)
    marks = {(str(node), str(shape)) for node, shape in data.subject_objects(BREAKS)}
    data.remove((None, BREAKS, None))
    return data, marks


def test_the_ontology_conforms_to_the_shapes_of_its_own_metadata(ontology: Graph) -> None:
    """The header is complete, and every term has labels, definitions, a source and a well-formed name."""
    assert by_rust(ontology, SHAPES) == set()


def test_each_metadata_shape_finds_what_is_bad_and_nothing_else(cases: tuple[Graph, set[Result]]) -> None:
    """The good nodes pass, each bad node breaks the shapes it is marked with, and two engines agree."""
    data, marks = cases
    assert by_rust(data, SHAPES) == marks
    assert by_pyshacl(data, SHAPES) == marks


def test_every_metadata_shape_has_a_bad_case(cases: tuple[Graph, set[Result]]) -> None:
    """A shape that no case breaks would not be known to work."""
    shapes = Graph().parse(data=SHAPES)
    rules = {str(shape) for shape in shapes.subjects(SH.message) if (shape, RDF.type, SH.PropertyShape) in shapes}
    rules |= {str(shape) for shape in shapes.subjects(SH.sparql)}
    assert rules == {shape for _, shape in cases[1]}


def test_every_metadata_message_stands_in_both_languages() -> None:
    """What a person reads of a breach is there in Vietnamese and in English."""
    shapes = Graph().parse(data=SHAPES)
    for shape in set(shapes.subjects(SH.message)):
        said = [text for text in shapes.objects(shape, SH.message) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in said) == ["en", "vi"], shape


def test_every_passage_that_called_for_a_term_holds_the_words_of_its_example(ontology: Graph, report_text: str) -> None:
    """The offsets of `hp:calledForBy` are right: the characters there are a `skos:example` of the term."""
    for term, passage in ontology.subject_objects(HP.calledForBy):
        located = PASSAGE.fullmatch(str(passage))
        assert located, passage
        words = report_text[int(located[1]) : int(located[2])]
        assert Literal(words, "vi") in set(ontology.objects(term, SKOS.example)), (term, words)


def test_the_offsets_of_a_passage_do_not_cut_a_word(ontology: Graph, report_text: str) -> None:
    """A passage begins and ends at the edge of a word, so that the quote reads as it stands in the report."""
    for passage in ontology.objects(None, HP.calledForBy):
        start, end = (int(offset) for offset in str(passage).rsplit("=", 1)[1].split(","))
        before, after = report_text[start - 1 : start + 1], report_text[end - 1 : end + 1]
        assert not before.isalnum(), report_text[start - 10 : end]
        assert not after.isalnum(), report_text[start : end + 10]


def test_no_literal_of_the_ontology_is_of_a_datatype_foreign_to_owl(ontology: Graph) -> None:
    """Dates are xsd:dateTime: xsd:date and xsd:gYear would stop a reasoner (OWL 2 Structural Specification, 4)."""
    used = {literal.datatype for literal in ontology.objects() if isinstance(literal, Literal) and literal.datatype}
    assert used <= {XSD.dateTime, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.string}


def test_nothing_is_imported(ontology: Graph, alignments: Graph) -> None:
    """The ontology opens without a network."""
    assert not list((ontology + alignments).objects(None, OWL.imports))


def test_labels_and_definitions_read_as_such(ontology: Graph, terms: frozenset[URIRef]) -> None:
    """A label is a phrase without a full stop; a definition begins with a capital and ends with a full stop."""
    for term in terms:
        for label in ontology.objects(term, RDFS.label):
            assert not str(label).endswith("."), label
        for definition in ontology.objects(term, SKOS.definition):
            text = str(definition)
            assert text[0].isupper(), text
            assert text.endswith("."), text
