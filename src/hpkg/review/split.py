"""One node that stands for two things, parted by the name that one of them is mentioned by, or by where it stands.

The mentions by that name, or at the offsets given where both bear one name (`Cầu Tân An xã Hòa @ 512, 1040`), go to the
new node, and with them what stands on them alone. Not for: which names are wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, SKOS

from hpkg.grammar.word import match_form
from hpkg.namespaces import HP, slug

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["named_passages", "new_node", "split_node"]

_COPIED = (RDF.type, HP.projectKind, HP.documentKind, HP.eventKind)
"""What a thing and the one it was taken for have in common: of which kind they are."""
_NAMES = (SKOS.altLabel, HP.sourceLabel)
_OF_REVIEW = (HP.decisionOn, HP.formerValue, HP.newValue)

_Span = tuple[int, int]


def new_node(node: URIRef, alias: str) -> URIRef:
    """Return the IRI of the thing that `alias` names, beside that of `node`.

    >>> new_node(URIRef("urn:id/project/31-hai-phong/cau-rao-1"), "Cầu Rào 2")
    rdflib.term.URIRef('urn:id/project/31-hai-phong/cau-rao-2')
    """
    return URIRef(f"{str(node).rpartition('/')[0]}/{slug(_parted(alias)[0])}")


def _parted(alias: str) -> tuple[str, frozenset[int]]:
    """Return the name of the other thing, and the offsets where its mentions begin, none where its name tells them."""
    name, _, offsets = alias.partition("@")
    return name.strip(), frozenset(int(offset) for offset in re.findall(r"\d+", offsets))


def named_passages(graph: Graph, node: URIRef, alias: str) -> set[Node]:
    """Return the passages of `node` at the offsets of `alias`, else those that are it, however marks are set."""
    name, offsets = _parted(alias)
    passages = set(graph.objects(node, HP.evidence))
    if offsets:
        return {passage for passage in passages if int(str(graph.value(passage, HP.startOffset))) in offsets}
    wanted = match_form(name)
    return {passage for passage in passages if match_form(str(graph.value(passage, HP.quote))) == wanted}


def split_node(graph: Graph, node: URIRef, alias: str, new: URIRef) -> None:
    """Let `new` be what `alias` names: it gets the mentions by that name, their statuses, and the links they carry.

    A statement that holds mentions of both speaks of both. What is said of `node` itself (its place, its investor)
    stays with it.
    """
    moved = named_passages(graph, node, alias)
    if not moved:
        return
    _describe(graph, node, _parted(alias)[0], new)
    for passage in moved:
        graph.remove((node, HP.evidence, passage))
        graph.add((new, HP.evidence, passage))
    kept = set(graph.objects(node, HP.evidence))
    gone, stay = _spans(graph, moved), _spans(graph, kept)
    for subject, predicate, _ in list(graph.triples((None, None, node))):
        if predicate in _OF_REVIEW:
            continue
        evidence = set(graph.objects(subject, HP.evidence))
        if predicate == HP.ofProject:
            speaks_new, speaks_old = evidence <= moved, not evidence <= moved
        else:
            around = _spans(graph, evidence)
            speaks_new, speaks_old = _holds(around, gone), _holds(around, stay)
        if speaks_new:
            graph.add((subject, predicate, new))
            if not speaks_old:
                graph.remove((subject, predicate, node))


def _describe(graph: Graph, node: URIRef, alias: str, new: URIRef) -> None:
    """Say of `new` what it is and how it is called, and take its name from `node`."""
    wanted = match_form(alias)
    for predicate in _COPIED:
        for value in list(graph.objects(node, predicate)):
            graph.add((new, predicate, value))
    if (new, SKOS.prefLabel, None) not in graph:
        graph.add((new, SKOS.prefLabel, Literal(alias, lang="vi")))
    for predicate in _NAMES:
        for label in list(graph.objects(node, predicate)):
            if match_form(str(label)) == wanted:
                graph.remove((node, predicate, label))


def _spans(graph: Graph, passages: set[Node]) -> list[_Span]:
    return [
        (int(str(graph.value(passage, HP.startOffset))), int(str(graph.value(passage, HP.endOffset))))
        for passage in passages
    ]


def _holds(around: list[_Span], inner: list[_Span]) -> bool:
    return any(start <= one and other <= end for start, end in around for one, other in inner)
