"""Turtle whose bytes depend on the graph alone: sorted, without blank nodes, written aside and then put in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import BNode, Graph

from hpkg.errors import OntologyError
from hpkg.files import replace_file
from hpkg.namespaces import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["render_turtle", "write_turtle"]


def render_turtle(graph: Graph, header: str = "") -> str:
    """Return `graph` as Turtle, the same for equal graphs, after comment lines that say `header`.

    Raises:
        OntologyError: The graph holds a blank node, which has no stable name.
    """
    ordered = Graph(bind_namespaces="none")
    for prefix, namespace in sorted(PREFIXES.items()):
        ordered.bind(prefix, namespace)
    for triple in sorted(graph):
        if any(isinstance(term, BNode) for term in triple):
            raise OntologyError("blank-node", where=str(triple[0]))
        ordered.add(triple)
    body = ordered.serialize(format="turtle").strip()
    comment = "".join(f"# {line}\n" for line in header.splitlines())
    return f"{comment}{body}\n"


def write_turtle(graph: Graph, path: Path, header: str = "") -> bool:
    """Write `graph` to `path` as Turtle and tell whether the file changed; it is never seen half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return replace_file(path, render_turtle(graph, header).encode())
