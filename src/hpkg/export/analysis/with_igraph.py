"""The engine for large networks: igraph, which is installed by whoever wants it."""

from __future__ import annotations

import random
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import igraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hpkg.export.analysis.numbered import Numbered

__all__ = ["betweenness", "communities", "layout", "pagerank"]

_ROUNDS: Final = 150


def betweenness(given: Numbered, sample: int | None, seed: int) -> list[float]:
    """Return the share of the shortest paths that lead over each node, 0 to 1: from `sample` nodes, or from all."""
    graph, count = _undirected(given), len(given.names)
    if count < 3:  # noqa: PLR2004 - no path has anything between its ends
        return [0.0] * count
    if sample is None:
        return [2 * paths / ((count - 1) * (count - 2)) for paths in graph.betweenness(directed=False)]
    # The nodes that networkx draws, and its scale: a node that paths start from has one less that leads over it.
    sources = random.Random(seed).sample(range(count), sample)  # noqa: S311 - no secret
    starts = [0] * count
    for source in sources:
        starts[source] = 1
    found = graph.betweenness(directed=False, sources=sources)
    return [2 * paths / ((sample - start) * (count - 2)) for paths, start in zip(found, starts, strict=True)]


def pagerank(given: Numbered) -> list[float]:
    """Return the PageRank of each node, links as they point, weighted."""
    graph = igraph.Graph(len(given.names), given.links, directed=True)
    ranks: list[float] = graph.pagerank(weights=list(given.weights))
    return ranks


def communities(given: Numbered, seed: int) -> list[list[int]]:
    """Return the communities that Louvain's method finds, in any order."""
    with _chance(seed):
        return list(_undirected(given).community_multilevel(weights=list(given.pair_weights)))


def layout(given: Numbered, seed: int) -> list[tuple[float, float]]:
    """Return the place of each node, from -1 to 1, pulled together by links and pushed apart by those that are near."""
    with _chance(seed):
        places: Sequence[tuple[float, float]] = _undirected(given).layout_fruchterman_reingold(niter=_ROUNDS).coords
    count = max(1, len(places))
    middle = tuple(sum(place[axis] for place in places) / count for axis in (0, 1))
    moved = [(x - middle[0], y - middle[1]) for x, y in places]
    widest = max((abs(value) for place in moved for value in place), default=0.0) or 1.0
    return [(x / widest, y / widest) for x, y in moved]


def _undirected(given: Numbered) -> igraph.Graph:
    return igraph.Graph(len(given.names), given.pairs)


@contextmanager
def _chance(seed: int) -> Iterator[None]:
    """Let igraph draw from a source of chance of its own while the block runs."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - no secret
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
