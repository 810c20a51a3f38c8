"""Which file of a home is which named graph: the table "Files" of `docs/data-model.md`.

Not for: reading Turtle.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hpkg.home import Home

__all__ = ["GraphFile", "graph_files", "version_of"]


@dataclass(frozen=True, slots=True)
class GraphFile:
    """A Turtle file and the named graph it holds."""

    path: Path
    graph: str


def graph_files(home: Home) -> Iterator[GraphFile]:
    """Yield every Turtle file of `home` with its graph, in a fixed order.

    `ontology/hpkg.ttl` is the graph `def`, `ontology/vocab/unit.ttl` is `graph/vocab/unit`, and a file in `graph/` is
    the graph of its path. Shapes are no part of the dataset, nor is what lies beside the sources: the decisions of
    reviewers are in the graph of their report.
    """
    if (home.ontology / "hpkg.ttl").is_file():
        yield GraphFile(home.ontology / "hpkg.ttl", f"{BASE}def")
    if (home.ontology / "alignments.ttl").is_file():
        yield GraphFile(home.ontology / "alignments.ttl", f"{BASE}graph/alignments")
    for path in sorted((home.ontology / "vocab").glob("*.ttl")):
        yield GraphFile(path, f"{BASE}graph/vocab/{path.stem}")
    for path in sorted(home.graph.rglob("*.ttl")):
        if path.is_relative_to(home.graph / "sources"):
            continue
        yield GraphFile(path, f"{BASE}graph/{path.relative_to(home.graph).with_suffix('').as_posix()}")


def version_of(contents: Iterable[tuple[str, bytes]]) -> str:
    """Return the content hash of named graphs, given as IRI and bytes of Turtle.

    >>> version_of([("urn:a", b"")]) == version_of([("urn:b", b"")])
    False
    """
    digest = hashlib.sha256()
    for graph, content in sorted(contents):
        digest.update(f"{graph} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
