"""The two SHACL engines that the tests compare: that of the product, and the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyshacl
import shacl
from rdflib import Graph
from rdflib.namespace import RDF, SH

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Result", "by_pyshacl", "by_rust"]

Result: TypeAlias = tuple[str, str]
"""The node, and the shape that it breaks."""


def by_rust(data: Graph, shapes: str) -> set[Result]:
    """Return what the engine of the product finds."""
    report = shacl.Shapes.from_turtle(shapes).validate_text(data.serialize(format="nt"), format="ntriples")
    return {(result.focus_node.strip("<>"), str(result.source_shape).strip("<>")) for result in report.results}


def by_pyshacl(data: Graph, shapes: str) -> set[Result]:
    """Return what the reference engine finds."""
    _, report, _ = pyshacl.validate(data, shacl_graph=Graph().parse(data=shapes), inference="none")
    found: Iterable[object] = report.subjects(RDF.type, SH.ValidationResult)
    return {(str(report.value(one, SH.focusNode)), str(report.value(one, SH.sourceShape))) for one in found}
