"""What networkx finds out about a network: who stands in the middle, what belongs together, where to draw it.

The same network and seed give the same figures: nodes are numbered before they are handed over, so that no order of
hashing has a say. Not for: what the figures mean, which `hpkg.export.stats` says in words.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, get_args

import networkx as nx

from hpkg.errors import CallerError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import TypeAlias

    from hpkg.export.network import Network, Value

    NetworkxGraph: TypeAlias = nx.MultiDiGraph[str]

__all__ = ["ANALYSES", "Analysis", "analysed", "communities", "to_networkx"]

Analysis = Literal["centrality", "community", "layout"]
ANALYSES: Final[tuple[Analysis, ...]] = get_args(Analysis)

_EXACT: Final = 2000
"""Up to so many nodes betweenness is counted over all pairs, above over the paths from as many nodes, drawn by seed."""

_DAMPING: Final = 0.85
_ROUNDS: Final = 200
_TOLERANCE: Final = 1e-10
_DIGITS: Final = 6


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


def analysed(network: Network, wanted: Collection[Analysis], seed: int = 0) -> Network:
    """Return `network` with what was found out as attributes of its nodes.

    `centrality` gives `degree` (integer), `betweenness` (0 to 1, links without direction) and `pagerank` (adds up to
    1, links as they point, weighted); `community` the number of the community by Louvain, the largest 0; `layout` the
    place as `x` and `y` from -1 to 1.

    Raises:
        CallerError: `layout` is wanted and numpy is not installed.
    """
    found: dict[str, dict[str, Value]] = {node: {} for node in network.nodes}
    if not found:
        return network
    if "centrality" in wanted:
        plain, names = _numbered(network)
        sample = None if len(names) <= _EXACT else _EXACT
        between = nx.betweenness_centrality(plain, k=sample, seed=seed)
        rank = _pagerank(network)
        for number, node in enumerate(names):
            found[node] = {
                "degree": int(plain.degree(number)),
                "betweenness": round(float(between[number]), _DIGITS),
                "pagerank": round(rank[node], _DIGITS + 2),
            }
    if "community" in wanted:
        for number, members in enumerate(communities(network, seed)):
            for node in members:
                found[node]["community"] = number
    if "layout" in wanted:
        for node, (x, y) in _layout(network, seed).items():
            found[node] |= {"x": x, "y": y}
    return network.with_attributes(found)


def communities(network: Network, seed: int = 0) -> tuple[tuple[str, ...], ...]:
    """Return the communities that Louvain's method finds, the largest first; each in the order of its IRIs."""
    plain, names = _numbered(network)
    found = nx.community.louvain_communities(plain, weight="weight", seed=seed)
    named = (tuple(sorted(names[number] for number in members)) for members in found)
    return tuple(sorted(named, key=lambda members: (-len(members), members)))


def _numbered(network: Network) -> tuple[nx.Graph[int], list[str]]:
    """Return the network without directions, one edge a pair with the sum of its weights, and each number's IRI."""
    names = list(network.nodes)
    numbers = {node: number for number, node in enumerate(names)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(names)))
    for source, target, values in network.links:
        if source != target:
            one, other = numbers[source], numbers[target]
            before = plain[one][other]["weight"] if plain.has_edge(one, other) else 0.0
            plain.add_edge(one, other, weight=before + float(values.get("weight", 1.0)))
    return plain, names


def _pagerank(network: Network) -> dict[str, float]:
    """Return PageRank by repeated multiplication; networkx's own needs scipy, which nothing else here does."""
    count = len(network.nodes)
    out: dict[str, float] = dict.fromkeys(network.nodes, 0.0)
    for source, _, values in network.links:
        out[source] += float(values.get("weight", 1.0))
    rank = dict.fromkeys(network.nodes, 1 / count)
    for _ in range(_ROUNDS):
        lost = sum(rank[node] for node, weight in out.items() if not weight)
        following = dict.fromkeys(network.nodes, (1 - _DAMPING + _DAMPING * lost) / count)
        for source, target, values in network.links:
            following[target] += _DAMPING * rank[source] * float(values.get("weight", 1.0)) / out[source]
        change = sum(abs(following[node] - rank[node]) for node in rank)
        rank = following
        if change < _TOLERANCE * count:
            break
    return rank


def _layout(network: Network, seed: int) -> Mapping[str, tuple[float, float]]:
    if find_spec("numpy") is None:
        raise CallerError("pictures-missing", where="numpy")
    plain, names = _numbered(network)
    for _, _, values in plain.edges(data=True):
        values["weight"] = 1.0  # evidence says how sure a link is, not how near its ends belong
    room = 2.5 / max(1, len(names)) ** 0.5
    places = nx.spring_layout(plain, k=room, seed=seed, method="force", iterations=150)
    return {names[number]: (round(float(x), 4), round(float(y), 4)) for number, (x, y) in places.items()}
