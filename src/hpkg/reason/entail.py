"""What follows from what is stated: the rules of the ontology, run until nothing new comes.

The answer holds only statements about data that no graph asserts: no axiom, nothing about `owl:Thing`, no equality. Not
for: contradictions (`hpkg.reason.clash`), nor figures that need arithmetic (`hpkg.derive`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF

from hpkg.namespaces import BASE, HP, PREFIXES, mint
from hpkg.reason.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.reason.rules import Rule

__all__ = ["ENTAILED", "entail"]

ENTAILED = URIRef(f"{BASE}graph/entailed")
_PROV = Namespace(PREFIXES["prov"])
_ORDER = (
    "inverse",
    "subproperty",
    "symmetric",
    "transitive",
    "chain",
    "domain",
    "range",
    "class-definition",
    "subclass",
)


class _Working(Protocol):
    """A store that holds what is stated and takes what is found."""

    def construct(self, query: str) -> Graph: ...

    def update(self, request: str) -> None: ...


def entail(working: _Working, ontology: Graph, sources: Iterable[URIRef]) -> Graph:
    """Return the triples that follow and that `working` does not hold, with a statement of where they come from.

    Args:
        working: All that is stated, in its default graph; what is found is added to it.
        ontology: The axioms.
        sources: The names of the graphs that `working` was filled from.
    """
    rules = rules_of(ontology)
    found = _fixpoint(working, rules)
    for source in sources:
        found.add((ENTAILED, _PROV.wasDerivedFrom, source))
    for name in {rule.name for rule in rules}:
        found.add((ENTAILED, HP.derivedBy, mint("rule", name)))
    return found


def _fixpoint(working: _Working, rules: list[Rule]) -> Graph:
    """Run each rule, then again those that read what the last pass wrote, until a pass writes nothing."""
    found = Graph()
    for prefix, namespace in PREFIXES.items():
        found.bind(prefix, namespace)
    ordered = sorted(rules, key=lambda rule: _ORDER.index(rule.name))
    waiting = ordered
    while waiting:
        written: set[URIRef] = set()
        for rule in waiting:
            new = working.construct(rule.construct)
            if len(new):
                working.update(_insertion(new))
                found += new
                written |= _touched(new)
        waiting = [rule for rule in ordered if rule.reads & written]
    return found


def _insertion(new: Graph) -> str:
    triples = "\n".join(f"{s.n3()} {p.n3()} {o.n3()} ." for s, p, o in new)
    return f"INSERT DATA {{\n{triples}\n}}"


def _touched(new: Graph) -> set[URIRef]:
    """Return the classes and properties that `new` has statements of, as `Rule.reads` names them."""
    terms = {obj if predicate == RDF.type else predicate for _, predicate, obj in new}
    return {term for term in terms if isinstance(term, URIRef)}
