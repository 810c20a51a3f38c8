"""What graph analysis finds out about a network: who stands in the middle, what belongs together, where to draw it.

One call, two engines: networkx, which comes with hpkg, and igraph, which takes what is too large for networkx. Degree,
betweenness and PageRank are the same from both, to the digits that are kept; communities and layouts are as good, but
not the same. The same network, seed and engine give the same figures: nodes are numbered before they are handed over,
so that no order of hashing has a say. Not for: what the figures mean, which `hpkg.export.stats` says in words.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, Protocol, cast, get_args

from hpkg.errors import CallerError
from hpkg.export.analysis.numbered import numbered
from hpkg.export.analysis.with_networkx import to_networkx

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hpkg.export.analysis.numbered import Numbered
    from hpkg.export.network import Network, Value

__all__ = ["ANALYSES", "ENGINES", "Analysis", "Engine", "analysed", "communities", "to_networkx"]

Analysis = Literal["centrality", "community", "layout"]
ANALYSES: Final[tuple[Analysis, ...]] = get_args(Analysis)

Engine = Literal["networkx", "igraph"]
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)

_EXACT: Final = 2000
"""Up to so many nodes betweenness is counted over all pairs, above over the paths from as many nodes, drawn by seed."""

_DIGITS: Final = 6


class _Module(Protocol):
    """What the module of an engine does."""

    def betweenness(self, given: Numbered, sample: int | None, seed: int) -> Sequence[float]:
        """Return the share of the shortest paths that lead over each node, 0 to 1: from `sample` nodes, or from all."""

    def pagerank(self, given: Numbered) -> Sequence[float]:
        """Return the PageRank of each node, links as they point, weighted."""

    def communities(self, given: Numbered, seed: int) -> Sequence[Collection[int]]:
        """Return the communities that Louvain's method finds, in any order."""

    def layout(self, given: Numbered, seed: int) -> Sequence[tuple[float, float]]:
        """Return the place of each node, from -1 to 1."""


def analysed(network: Network, wanted: Collection[Analysis], seed: int = 0, engine: Engine = "networkx") -> Network:
    """Return `network` with what was found out as attributes of its nodes.

    `centrality` gives `degree` (integer), `betweenness` (0 to 1, links without direction) and `pagerank` (adds up to
    1, links as they point, weighted); `community` the number of the community by Louvain, the largest 0; `layout` the
    place as `x` and `y` from -1 to 1.

    Raises:
        CallerError: `engine` is unknown or not installed; or `layout` is wanted of networkx, and numpy is not installed
            or the network is too large for it.
    """
    found: dict[str, dict[str, Value]] = {node: {} for node in network.nodes}
    by = _module(engine)
    if not found:
        return network
    given = numbered(network)
    if "centrality" in wanted:
        between = by.betweenness(given, None if len(given.names) <= _EXACT else _EXACT, seed)
        for node, degree, share, rank in zip(given.names, given.degrees(), between, by.pagerank(given), strict=True):
            found[node] = {
                "degree": degree,
                "betweenness": round(float(share), _DIGITS),
                "pagerank": round(float(rank), _DIGITS + 2),
            }
    if "community" in wanted:
        for number, members in enumerate(_communities(given, by, seed)):
            for node in members:
                found[node]["community"] = number
    if "layout" in wanted:
        for node, (x, y) in zip(given.names, by.layout(given, seed), strict=True):
            found[node] |= {"x": round(float(x), 4), "y": round(float(y), 4)}
    return network.with_attributes(found)


def communities(network: Network, seed: int = 0, engine: Engine = "networkx") -> tuple[tuple[str, ...], ...]:
    """Return the communities that Louvain's method finds, the largest first; each in the order of its IRIs.

    Raises:
        CallerError: `engine` is unknown or not installed.
    """
    return _communities(numbered(network), _module(engine), seed)


def _communities(given: Numbered, by: _Module, seed: int) -> tuple[tuple[str, ...], ...]:
    named = (tuple(sorted(given.names[number] for number in members)) for members in by.communities(given, seed))
    return tuple(sorted(named, key=lambda members: (-len(members), members)))


def _module(engine: Engine) -> _Module:
    if engine not in ENGINES:
        raise CallerError("option-value-wrong", where="engine", allowed=", ".join(ENGINES))
    if find_spec(engine) is None:
        raise CallerError("engine-missing", where=engine)
    return cast("_Module", import_module(f"hpkg.export.analysis.with_{engine}"))
