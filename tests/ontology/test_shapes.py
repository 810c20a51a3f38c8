"""The shapes of the graph, each seen to pass a good node and to find a bad one, by two engines.

`shapes/base.ttl` is a small world in which nothing is wrong. The other files add bad nodes to it; each says with
`t:breaks` which shapes it breaks, and what is found must be what is marked, neither less nor more.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH
from tests.ontology.engines import Result, by_pyshacl, by_rust

from hpkg.namespaces import HP

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "shapes"
SHAPES = (ROOT / "ontology" / "shapes.ttl").read_text("utf-8")
BREAKS = URIRef("https://w3id.org/hpkg/test#breaks")
BAD = sorted(path.stem for path in FOLDER.glob("*.ttl") if path.stem != "base")


@dataclass(frozen=True, slots=True)
class World:
    """Nodes to check, and which shapes each is marked to break."""

    data: Graph
    marks: frozenset[Result]


def world(ontology: Graph, *names: str) -> World:
    """Return the good nodes and the bad ones of `names`, with the tree of classes and nothing else of the ontology."""
    data = Graph()
    for name in ("base", *names):
        data.parse(FOLDER / f"{name}.ttl")
    marks = frozenset((str(node), str(shape)) for node, shape in data.subject_objects(BREAKS))
    data.remove((None, BREAKS, None))
    for lower, upper in ontology.subject_objects(RDFS.subClassOf):
        if isinstance(upper, URIRef):
            data.add((lower, RDFS.subClassOf, upper))
    return World(data, marks)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    """`ontology/shapes.ttl`."""
    return Graph().parse(data=SHAPES)


@pytest.fixture(scope="module")
def everything(ontology: Graph) -> World:
    """The good nodes and all the bad ones in one graph."""
    return world(ontology, *BAD)


def classes_of(data: Graph, node: URIRef) -> set[object]:
    """Return the classes of `node`, asserted and above."""
    return {upper for kind in data.objects(node, RDF.type) for upper in data.transitive_objects(kind, RDFS.subClassOf)}


def speaking(shapes: Graph) -> Iterator[URIRef]:
    """Yield the shapes that can be broken: those with a message of their own, or whose rule has one."""
    for shape in {*shapes.subjects(SH.message), *shapes.subjects(SH.sparql)}:
        if isinstance(shape, URIRef) and (shape, RDF.type, SH.SPARQLConstraint) not in shapes:
            yield shape


def test_the_good_world_conforms(ontology: Graph) -> None:
    """A graph in which nothing is wrong breaks no shape; that the other engine blames no good node is told below."""
    assert by_rust(world(ontology).data, SHAPES) == set()


@pytest.mark.parametrize("name", BAD)
def test_each_bad_node_breaks_what_it_is_marked_with(ontology: Graph, name: str) -> None:
    """What is found in a file of bad nodes is what is marked there, and no good node is blamed."""
    bad = world(ontology, name)
    assert by_rust(bad.data, SHAPES) == bad.marks


def test_the_reference_engine_agrees(everything: World) -> None:
    """PySHACL finds in all the bad nodes what the engine of the product finds, and nothing in the good ones."""
    assert by_pyshacl(everything.data, SHAPES) == everything.marks == by_rust(everything.data, SHAPES)


def test_every_shape_is_broken_by_some_node(shapes: Graph, everything: World) -> None:
    """A shape that no case breaks would not be known to work."""
    assert {str(shape) for shape in speaking(shapes)} == {shape for _, shape in everything.marks}


def test_every_class_of_the_model_has_a_shape(ontology: Graph, shapes: Graph, terms: frozenset[URIRef]) -> None:
    """What may have members is looked at by a shape of its own name."""
    classes = {term for term in terms if (term, RDF.type, OWL.Class) in ontology}
    named = {target for shape, target in shapes.subject_objects(SH.targetClass) if _local(shape) == _local(target)}
    assert {_local(term) for term in classes - named} == set()


def test_every_class_with_a_shape_has_a_good_and_a_bad_member(shapes: Graph, everything: World) -> None:
    """A shape of a class is tried on a node that conforms and on one that does not."""
    marked = {node for node, _ in everything.marks}
    good: set[object] = set()
    bad: set[object] = set()
    for node in set(everything.data.subjects(RDF.type)):
        if isinstance(node, URIRef):
            (bad if str(node) in marked else good).update(classes_of(everything.data, node))
    targets = set(shapes.objects(None, SH.targetClass))
    assert {_local(target) for target in targets - good} == set()
    assert {_local(target) for target in targets - bad} == set()


def test_every_message_stands_in_both_languages(shapes: Graph) -> None:
    """What a person reads of a breach is there in Vietnamese and in English."""
    for shape in set(shapes.subjects(SH.message)):
        said = [text for text in shapes.objects(shape, SH.message) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in said) == ["en", "vi"], shape


def test_a_shape_that_can_be_broken_is_named(shapes: Graph) -> None:
    """Every property shape and rule is an IRI, so that a result can say which it is of."""
    blank = [shape for shape in shapes.objects(None, SH.property) if not isinstance(shape, URIRef)]
    assert blank == []


def test_shapes_speak_of_declared_terms_only(shapes: Graph, terms: frozenset[URIRef]) -> None:
    """A misspelt path or class in a shape would never be broken."""
    named = {term for triple in shapes for term in triple if isinstance(term, URIRef) and term.startswith(str(HP))}
    assert named <= terms


def test_all_that_is_published_conforms(ontology: Graph, published: dict[Path, Graph]) -> None:
    """Vocabularies, reference data and graphs, merged with the ontology, break no shape."""
    data = Graph() + ontology
    for graph in published.values():
        data += graph
    assert by_rust(data, SHAPES) == set()


def _local(term: object) -> str:
    return str(term).rsplit("#", 1)[-1]
