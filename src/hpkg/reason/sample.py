"""Fewer individuals for an engine that takes the longer the more there are: one of each pattern of reference data.

A register of hundreds of units says the same of each: class, kind, code, days, what it lies in. Where no statement
leads to a unit, a model of one serves for all with its pattern, save for what counts (cardinalities, keys, inverse
functions), which `hpkg.reason.clash` looks at over all data. Not for: what follows from the data, or what is published.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rdflib import Graph, Literal
from rdflib.namespace import RDF

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from rdflib.term import Node

__all__ = ["one_of_each"]


def one_of_each(data: Graph, register: Iterable[Node]) -> Graph:
    """Return `data` with those nodes of `register` that other nodes lead to, and of the rest one of each pattern."""
    told: dict[Node, list[tuple[Node, Node]]] = defaultdict(list)
    for subject, predicate, value in data:
        told[subject].append((predicate, value))
    spare = set(register)
    open_: list[Node] = [node for node in told if node not in spare]
    seen: set[Hashable] = set()
    for node in sorted(spare, key=str):
        pattern = _pattern(node, told)
        if pattern not in seen:
            seen.add(pattern)
            open_.append(node)
    kept: set[Node] = set()
    while open_:
        node = open_.pop()
        if node not in kept:
            kept.add(node)
            open_ += [value for _, value in told.get(node, ()) if value in told]
    sample = Graph(bind_namespaces="none")
    sample += (triple for triple in data if triple[0] in kept)
    return sample


def _pattern(node: Node, told: dict[Node, list[tuple[Node, Node]]]) -> Hashable:
    """Return what is said of `node` but for its names: classes, codes as they are, others by the classes they have."""
    return frozenset((predicate, _sort(value, told)) for predicate, value in told.get(node, ()))


def _sort(value: Node, told: dict[Node, list[tuple[Node, Node]]]) -> Hashable:
    if isinstance(value, Literal):
        return value.datatype or value.language
    classes = frozenset(other for predicate, other in told.get(value, ()) if predicate == RDF.type)
    return value if not classes or any(str(one).endswith("Kind") for one in classes) else classes
