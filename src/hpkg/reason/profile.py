"""Is it OWL 2 DL: the profile in which the engines' answers can be trusted (https://www.w3.org/TR/owl2-profiles/).

The check is pyHermiT's. Not for: consistency (`hpkg.reason.engines`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyhermit
import pyowl_core
from pyhermit.profile import validate_owl2_dl_view
from rdflib import URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD

from hpkg.reason.engines import snapshot
from hpkg.reason.notation import compact

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["Violation", "profile_violations", "undeclared_terms"]

_BUILT_IN: Final = (str(OWL), str(RDF), str(RDFS), str(XSD))


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One breach of OWL 2 DL: the rule that is broken, and where."""

    rule: str
    message: str


def profile_violations(graph: Graph) -> list[Violation]:
    """Return where `graph`, an ontology with or without data, leaves OWL 2 DL."""
    try:
        report = validate_owl2_dl_view(snapshot(graph))
    except (pyhermit.PyHermiTError, pyowl_core.PyOWLCoreError) as error:
        return [Violation(type(error).__name__, str(error))]
    found = {Violation(issue.rule_id, issue.message) for issue in report.issues if issue.severity == "error"}
    if not report.complete:
        found.add(Violation("incomplete", "the profile check did not see the whole graph"))
    return sorted(found)


def undeclared_terms(graph: Graph, ontology: Graph) -> list[Violation]:
    """Return the classes and properties that `graph` uses and `ontology` does not declare.

    OWL 2 DL wants a declaration for each; this is the part of the profile check that data can break, at a fraction of
    the time.
    """
    declared = set(ontology.subjects(RDF.type))
    used = {term for term in graph.predicates() if term != RDF.type} | set(graph.objects(None, RDF.type))
    unknown = {term for term in used - declared if isinstance(term, URIRef) and not str(term).startswith(_BUILT_IN)}
    return [Violation("undeclared", compact(term)) for term in sorted(unknown)]
