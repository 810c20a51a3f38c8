"""Turtle files: bytes that depend on the graph alone, and never half a file."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, RDFS, XSD

from hpkg.errors import OntologyError
from hpkg.home import home
from hpkg.lift.turtle import render_turtle, write_turtle
from hpkg.namespaces import HP, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

_EX = Namespace("https://w3id.org/hpkg/id/task/x/")


def _graph(seed: int = 0) -> Graph:
    """Return a small graph with all sorts of terms, put together in an order that depends on `seed`."""
    triples = [
        (_EX[f"v.{group}.{n}"], predicate, value)
        for group in range(1, 4)
        for n in range(1, 5)
        for predicate, value in (
            (RDF.type, HP.Task),
            (HP.ordinal, Literal(f"V.{group}.{n}")),
            (HP.quote, Literal("Đẩy mạnh “chỉnh trang”\n\\ đô thị", lang="vi")),
            (HP.value, Literal("84199.20", datatype=XSD.decimal, normalize=False)),
            (HP.partOf, _EX[f"v.{group}"]),
        )
    ]
    random.Random(seed).shuffle(triples)  # noqa: S311 - an order, no secret
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def test_equal_graphs_give_equal_bytes() -> None:
    """The order in which triples were added leaves no trace."""
    assert len({render_turtle(_graph(seed), "Đầu") for seed in range(5)}) == 1


def test_what_is_written_is_the_graph() -> None:
    """Read again, the file is the same graph, down to the digits of its numbers."""
    graph = _graph()
    said = render_turtle(graph, "Một\nHai")
    again = Graph().parse(data=said, format="turtle")
    assert isomorphic(graph, again)
    assert "84199.20" in said
    assert said.startswith("# Một\n# Hai\n@prefix")
    assert said.endswith("\n")
    assert not said.endswith("\n\n")


@pytest.mark.parametrize("name", ["graph/derived.ttl", "ontology/vocab/topic.ttl", "graph/queries.ttl"])
def test_the_layout_is_that_of_rdflib(name: str) -> None:
    """Files that are shipped, and a graph of odd terms, are laid out byte for byte as rdflib's writer does it."""
    graph = Graph().parse(home().root / name)
    for said in (
        (_EX["a(b)"], URIRef("urn:other#p.1"), HP["50%."]),
        (HP["50%x"], RDFS.label, Literal('"""\n"')),
        (HP["50%x"], HP.value, Literal("7", datatype=XSD.decimal, normalize=False)),
        (HP["50%x"], HP.value, Literal("INF", datatype=XSD.double)),
        (HP["50%x"], HP.value, Literal(True)),  # noqa: FBT003 - a value of the graph
        (HP["50%x"], HP.value, Literal("x", datatype=URIRef("urn:other#kind"))),
        (HP["50%x"], HP.value, URIRef(str(HP))),
        (HP["50%x"], HP.value, Literal("một", lang="vi")),
    ):
        graph.add(said)
    other = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        other.bind(prefix, namespace)
    for triple in sorted(graph):
        other.add(triple)
    assert render_turtle(graph) == f"{other.serialize(format='turtle').strip()}\n"


def test_a_blank_node_is_refused() -> None:
    """A node without a name has no place in a graph that others link to; the error says where it hangs."""
    graph = Graph()
    graph.add((_EX.a, HP.evidence, BNode()))
    with pytest.raises(OntologyError, match="no IRI") as raised:
        render_turtle(graph)
    assert raised.value.where == str(_EX.a)


def test_a_file_is_written_once(tmp_path: Path) -> None:
    """Writing tells whether anything changed; an equal graph does not touch the file."""
    path = tmp_path / "graph" / "x.ttl"
    assert write_turtle(_graph(), path)
    os.utime(path, ns=(0, 0))
    assert not write_turtle(_graph(1), path)
    assert path.stat().st_mtime_ns == 0
    assert write_turtle(_graph(), path, "anders")
    assert [file.name for file in path.parent.iterdir()] == ["x.ttl"]


def test_a_reader_never_sees_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the last step the old bytes stand; in that step the new ones, whole, take their place."""
    path = tmp_path / "x.ttl"
    write_turtle(_graph(), path)
    old, real = path.read_bytes(), os.replace
    seen: list[tuple[bytes, bytes]] = []

    def look(aside: str, target: Path) -> None:
        with open(aside, "rb") as file:  # noqa: PTH123 - what the writer hands on is a name
            seen.append((path.read_bytes(), file.read()))
        real(aside, target)

    monkeypatch.setattr(os, "replace", look)
    bigger = _graph()
    bigger.add((_EX.new, RDF.type, HP.Task))
    write_turtle(bigger, path)
    assert seen == [(old, path.read_bytes())]


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the machine refuses, the old file is whole and nothing else is left beside it."""
    path = tmp_path / "x.ttl"
    write_turtle(_graph(), path)
    old = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("replace", "fsync"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, refuse)
            with pytest.raises(OSError, match="No space"):
                write_turtle(_graph(), path, "anders")
    assert path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir()] == ["x.ttl"]


def test_a_file_can_be_read_by_others(tmp_path: Path) -> None:
    """The mode is that of a published file and not of a temporary one."""
    path = tmp_path / "x.ttl"
    write_turtle(_graph(), path)
    assert path.stat().st_mode & 0o444 == 0o444


def test_names_are_kept_as_they_are() -> None:
    """An IRI with a fragment, as a passage has, comes back whole."""
    passage = URIRef("https://w3id.org/hpkg/id/report/31-hai-phong/2020-402-bc-ubnd/text#char=1,9")
    graph = Graph()
    graph.add((passage, RDF.type, HP.Passage))
    assert passage in set(Graph().parse(data=render_turtle(graph), format="turtle").subjects())
