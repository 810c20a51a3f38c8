"""What follows from what is stated: the rules of the ontology, run until nothing new comes.

The answer holds only statements about data that no graph makes: no axiom, nothing about `owl:Thing`, no equality. Not
for: contradictions (`hpkg.reason.clash`), nor figures that need arithmetic (`hpkg.derive`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF

from hpkg.namespaces import BASE, PREFIXES, mint
from hpkg.reason.rules import rules_of
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.reason.rules import Rule
    from hpkg.store import Store

__all__ = ["DEFINITIONS", "ENTAILED", "entail", "named_graph"]

DEFINITIONS: Final = URIRef(f"{BASE}def")
"""The named graph of the ontology."""
ENTAILED: Final = URIRef(f"{BASE}graph/entailed")
"""The named graph of what follows."""
_PROV: Final = Namespace(PREFIXES["prov"])
_ALIGNMENTS: Final = f"{BASE}graph/alignments"


def entail(store: Store) -> Graph:
    """Return the triples that follow from `store` and that it does not state, and where they come from.

    The ontology is the graph `def`; the graph `graph/entailed` is left out of account, and so are the alignments,
    whose terms belong to others. The answer also says of itself, as `graph/entailed`, from which graphs and rules it is
    derived.
    """
    rules = rules_of(named_graph(store, DEFINITIONS))
    found = _closure(_stated(store, rules), rules)
    sources = {URIRef(name) for name in store.graphs if name not in (str(ENTAILED), _ALIGNMENTS)}
    for source in sources | {mint("rule", rule.name) for rule in rules}:
        found.add((ENTAILED, _PROV.wasDerivedFrom, source))
    return found


def named_graph(store: Store, name: URIRef) -> Graph:
    """Return the triples of one named graph of `store`; none when it has no such graph."""
    return store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name.n3()} {{ ?s ?p ?o }} }}")


def _stated(store: Store, rules: Iterable[Rule]) -> EmbeddedStore:
    """Return what `store` states with the classes and properties that the rules speak of, and nothing else."""
    terms = {term for rule in rules for term in (*rule.reads, *rule.writes)}
    listed = ", ".join(sorted(term.n3() for term in terms))
    query = (
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {ENTAILED.n3()}) "
        f"FILTER(?p IN ({listed}) || (?p = {RDF.type.n3()} && ?o IN ({listed}))) }}"
    )
    if isinstance(store, EmbeddedStore):
        return store.part(query)
    return EmbeddedStore.of({str(ENTAILED): store.construct(query)})


def _closure(known: EmbeddedStore, rules: list[Rule]) -> Graph:
    """Return what `rules` add to `known`, in rounds of those rules whose input has changed, until none has."""
    found, waiting = Graph(), rules
    for prefix, namespace in PREFIXES.items():
        found.bind(prefix, namespace)
    while waiting:
        new = known.grow([rule.construct for rule in waiting])
        found += new
        written = _terms(new)
        waiting = [rule for rule in rules if rule.reads & written]
    return found


def _terms(new: Graph) -> set[URIRef]:
    """Return the classes and properties that `new` has statements of, as `Rule.reads` names them."""
    terms = {obj if predicate == RDF.type else predicate for _, predicate, obj in new}
    return {term for term in terms if isinstance(term, URIRef)}
