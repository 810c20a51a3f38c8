"""SHACL: does the graph have the form that the shapes demand (https://www.w3.org/TR/shacl/)?

The engine is the package `shacl`; the tests hold it against pySHACL. Not for: what no shape can say, such as whether a
quote stands in its source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast, get_args

import shacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH

from hpkg.errors import OntologyError
from hpkg.messages import LANGUAGES, Language
from hpkg.reason.notation import compact
from hpkg.validate.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

__all__ = ["shape_findings"]

_KEPT: Final = frozenset({SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraint, SH.sourceConstraintComponent})


def shape_findings(data: Graph, shapes: str) -> list[Finding]:
    """Return what `shapes` (Turtle) find in `data`, which holds ontology and vocabularies too, so that classes resolve.

    Raises:
        OntologyError: The shapes cannot be read, or there are none.
    """
    try:
        compiled = shacl.Shapes.from_turtle(shapes)
    except ValueError as error:
        raise OntologyError("shapes-unreadable", reason=str(error)) from error
    if not len(compiled):
        raise OntologyError("shapes-unreadable", reason="0")
    report = compiled.validate_text(data.serialize(format="nt"), format="ntriples")
    return list(_findings(Graph().parse(data=report.turtle)))


def _findings(report: Graph) -> Iterator[Finding]:
    for result in report.objects(None, SH.result):
        severity = str(report.value(result, SH.resultSeverity)).rsplit("#", 1)[-1].lower()
        path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
        yield Finding(
            severity=cast("Severity", severity if severity in get_args(Severity) else "violation"),
            check="shapes",
            node=str(report.value(result, SH.focusNode)),
            where=" = ".join(compact(term) for term in (path, value) if isinstance(term, URIRef | Literal)),
            messages=_messages(report, result),
            shacl=tuple(
                sorted(
                    (predicate, term)
                    for predicate, term in report.predicate_objects(result)
                    if isinstance(predicate, URIRef) and predicate in _KEPT and not isinstance(term, BNode)
                )
            ),
        )


def _messages(report: Graph, result: Node) -> tuple[tuple[Language, str], ...]:
    said = {term.language: str(term) for term in report.objects(result, SH.resultMessage) if isinstance(term, Literal)}
    shape = report.value(result, SH.sourceShape) or report.value(result, SH.sourceConstraintComponent)
    default = next(iter(said.values()), compact(shape) if shape is not None else "SHACL")
    return tuple((language, said.get(language, default)) for language in LANGUAGES)
