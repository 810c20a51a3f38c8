"""The engine that comes with hpkg: networkx, and PageRank of our own, since networkx's needs scipy."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import networkx as nx

from hpkg.errors import CallerError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import TypeAlias

    from hpkg.export.analysis.numbered import Numbered
    from hpkg.export.network import Network

    NetworkxGraph: TypeAlias = nx.MultiDiGraph[str]

__all__ = ["betweenness", "communities", "layout", "pagerank", "to_networkx"]

_DAMPING: Final = 0.85
_ROUNDS: Final = 200
_TOLERANCE: Final = 1e-10

_PLACEABLE: Final = 10_000
"""A layout holds each node against each: beyond this it takes hours."""
_PLACED_BY_NETWORKX: Final = 499
"""From 500 nodes on networkx places with scipy, which nothing else here needs: `placing` takes those."""


def to_networkx(network: Network) -> nx.MultiDiGraph[str]:
    """Return `network` for networkx.

    A node is an IRI with its attributes (see `hpkg.export.network.ATTRIBUTES`); the key of an edge is the name of its
    property, and `property`, `graph`, `evidence` and `weight` are among its attributes.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=network.title)
    for node, values in network.nodes.items():
        made.add_node(node, **values)
    for source, target, values in network.links:
        made.add_edge(source, target, key=str(values["property"]), **values)
    return made


def betweenness(given: Numbered, sample: int | None, seed: int) -> list[float]:
    """Return the share of the shortest paths that lead over each node, 0 to 1: from `sample` nodes, or from all."""
    found = nx.betweenness_centrality(_graph(given), k=sample, seed=seed)
    return [float(found[number]) for number in range(len(given.names))]


def pagerank(given: Numbered) -> list[float]:
    """Return the PageRank of each node, by repeated multiplication."""
    count = len(given.names)
    out = [0.0] * count
    for (source, _), weight in zip(given.links, given.weights, strict=True):
        out[source] += weight
    shares = [
        (source, target, _DAMPING * weight / out[source])
        for (source, target), weight in zip(given.links, given.weights, strict=True)
    ]
    ends = [node for node, weight in enumerate(out) if not weight]
    rank = [1 / count] * count
    for _ in range(_ROUNDS):
        lost = sum(rank[node] for node in ends)
        following = [(1 - _DAMPING + _DAMPING * lost) / count] * count
        for source, target, share in shares:
            following[target] += rank[source] * share
        change = sum(abs(after - before) for after, before in zip(following, rank, strict=True))
        rank = following
        if change < _TOLERANCE * count:
            break
    return rank


def communities(given: Numbered, seed: int) -> Sequence[Collection[int]]:
    """Return the communities that Louvain's method finds, in any order."""
    found: Sequence[Collection[int]] = nx.community.louvain_communities(_graph(given), weight="weight", seed=seed)
    return found


def layout(given: Numbered, seed: int) -> list[tuple[float, float]]:
    """Return the place of each node, from -1 to 1, pulled together by links and pushed apart by all others.

    Raises:
        CallerError: numpy is not installed, or there are too many nodes.
    """
    count = len(given.names)
    if count > _PLACEABLE:
        raise CallerError("layout-too-large", where=str(count), most=_PLACEABLE)
    if find_spec("numpy") is None:
        raise CallerError("pictures-missing", where="numpy")
    if count > _PLACED_BY_NETWORKX:
        return import_module("hpkg.export.analysis.placing").placed(count, given.pairs, seed)  # type: ignore[no-any-return]
    # Without weights: evidence says how sure a link is, not how near its ends belong.
    room = 2.5 / max(1, count) ** 0.5
    places = nx.spring_layout(_graph(given), k=room, weight=None, seed=seed, method="force", iterations=150)
    return [(float(x), float(y)) for x, y in (places[number] for number in range(count))]


def _graph(given: Numbered) -> nx.Graph[int]:
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(len(given.names)))
    made.add_weighted_edges_from(
        (one, other, weight) for (one, other), weight in zip(given.pairs, given.pair_weights, strict=True)
    )
    return made
