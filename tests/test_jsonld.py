"""JSON-LD says what the triples say, in the words of the ontology, and no more context than that."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from hpkg.jsonld import json_ld

ROOT = Path(__file__).parents[1]
CONTEXT = ROOT / "ontology/context.jsonld"
HEAD = """
@prefix hp: <https://w3id.org/hpkg/def#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix s: <urn:s:> .
"""


def both(turtle: str) -> tuple[Graph, str]:
    """Return a graph and how it is written with the ontology's context."""
    graph = Graph().parse(data=HEAD + turtle, format="turtle")
    return graph, json_ld(graph.serialize(format="nt", encoding="utf-8"), CONTEXT).decode()


@pytest.mark.parametrize(
    "turtle",
    [
        's:a a hp:Task, s:Kind ; skos:prefLabel "một"@vi, "một nữa"@vi, "one"@en, "none" .',
        's:a hp:quote "q" ; hp:quote "q"@vi ; hp:startOffset 5, "05"^^xsd:integer, 5.0 ; hp:mentions s:b, "no iri" .',
        's:a hp:value 1.50, "1.50" ; skos:notation "x", "y"^^s:type ; s:own true ; rdfs:seeAlso s:b .',
        "s:a owl:equivalentClass [ a owl:Class ; owl:unionOf ( s:b s:c [ s:d () ] ) ] .",
        "s:a s:p _:x . s:z s:p [ s:q [ s:r 2 ] ] . s:b s:p _:x . _:x s:q _:y . _:y s:r 1 .",
        "_:x s:q _:y . _:y s:q _:x .",
        "s:a s:p _:x . _:x <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1, 2 .",
        "s:a hp:mentions <https://w3id.org/hpkg/id/place/31>, <https://w3id.org/hpkg/def#Task> .",
    ],
)
def test_the_same_triples_come_back(turtle: str) -> None:
    """Another make's reader finds what was written: languages, datatypes, lists, blank nodes in a ring."""
    graph, written = both(turtle)
    read = ox.serialize(
        (quad.triple for quad in ox.parse(written, format=ox.RdfFormat.JSON_LD)), format=ox.RdfFormat.TURTLE
    )
    assert isomorphic(Graph().parse(data=read, format="turtle"), graph)


def test_words_are_those_of_the_ontology() -> None:
    """A property and a class have their short names, a label stands by language."""
    _, written = both('s:a a hp:Task ; skos:prefLabel "một"@vi ; hp:startOffset 5 .')
    (node,) = json.loads(written)["@graph"]
    assert node == {"id": "urn:s:a", "type": "Task", "prefLabel": {"vi": "một"}, "startOffset": "5"}


def test_only_the_context_that_is_needed_is_written() -> None:
    """A file of one statement is small: the terms and prefixes that it uses, by value."""
    _, written = both('s:a skos:prefLabel "một"@vi .')
    assert set(json.loads(written)["@context"]) == {"@version", "id", "type", "prefLabel", "skos"}


def test_the_same_triples_give_the_same_bytes() -> None:
    """The order in which they come does not matter."""
    lines = both('s:a hp:quote "b", "a" . s:b hp:quote "c" .')[0].serialize(format="nt").splitlines(keepends=True)
    assert len({json_ld("".join(order).encode(), CONTEXT) for order in (lines, reversed(lines))}) == 1
