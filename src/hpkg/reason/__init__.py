"""Reasoning: what follows from the ontology and the graphs, whether they contradict it, and whether it is OWL 2 DL."""

from __future__ import annotations

from hpkg.reason.clash import Clash, clashes
from hpkg.reason.engines import Verdict, hermit, java_free
from hpkg.reason.entail import DEFINITIONS, ENTAILED, entail, named_graph
from hpkg.reason.objects import to_owlready
from hpkg.reason.profile import Violation, profile_violations, undeclared_terms
from hpkg.reason.sample import one_of_each

__all__ = [
    "DEFINITIONS",
    "ENTAILED",
    "Clash",
    "Verdict",
    "Violation",
    "clashes",
    "entail",
    "hermit",
    "java_free",
    "named_graph",
    "one_of_each",
    "profile_violations",
    "to_owlready",
    "undeclared_terms",
]
