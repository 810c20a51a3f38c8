"""Turtle whose bytes depend on the graph alone: sorted, without blank nodes, written aside and then put in place."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING

from rdflib import BNode, Graph

from hpkg.errors import OntologyError
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
    text = render_turtle(graph, header)
    if path.exists() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, 0o644)  # noqa: PTH101 - the mode of a published file, not that of a temporary one
        os.replace(aside, path)  # noqa: PTH105 - a rename of the same folder
    except BaseException:
        os.unlink(aside)  # noqa: PTH108
        raise
    return True
