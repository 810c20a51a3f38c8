"""The files that the tests of the ontology read, each parsed once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from hpkg.namespaces import HP

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """`ontology/hpkg.ttl`; copy it before adding to it."""
    return Graph().parse(ROOT / "ontology" / "hpkg.ttl")


@pytest.fixture(scope="session")
def alignments() -> Graph:
    """`ontology/alignments.ttl`."""
    return Graph().parse(ROOT / "ontology" / "alignments.ttl")


@pytest.fixture(scope="session")
def terms(ontology: Graph) -> frozenset[URIRef]:
    """The terms that `hpkg.ttl` declares in the namespace of hpkg."""
    return frozenset(
        term for term in ontology.subjects(RDF.type) if isinstance(term, URIRef) and term.startswith(str(HP))
    )


@pytest.fixture(scope="session")
def report_text() -> str:
    """Report 402 as it lies on disk: offsets are code points of this string."""
    path = ROOT / "graph" / "sources" / "31-hai-phong" / "2020-402-bc-ubnd.txt"
    return path.read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def published() -> dict[Path, Graph]:
    """Every vocabulary and every graph that is there, by file."""
    folders = (ROOT / "ontology" / "vocab", ROOT / "graph")
    return {path: Graph().parse(path) for folder in folders for path in sorted(folder.rglob("*.ttl"))}
