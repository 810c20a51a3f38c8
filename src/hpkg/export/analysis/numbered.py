"""A network in numbers, as engines take it: nodes counted from 0, links as they point and as pairs without direction.

Not for: analysis.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.export.network import Network

__all__ = ["Numbered", "numbered"]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Nodes and links by number.

    Attributes:
        names: The IRI of each number.
        links: Source and target of each link.
        weights: The weight of each link.
        pairs: Each two nodes that are linked, once, the smaller number first; no node with itself.
        pair_weights: The sum of the weights between the two.
    """

    names: tuple[str, ...]
    links: Sequence[tuple[int, int]]
    weights: Sequence[float]
    pairs: Sequence[tuple[int, int]]
    pair_weights: Sequence[float]

    def degrees(self) -> list[int]:
        """Return with how many other nodes each is linked."""
        found = Counter(end for pair in self.pairs for end in pair)
        return [found[number] for number in range(len(self.names))]


def numbered(network: Network) -> Numbered:
    """Return `network` in numbers, in the order of its nodes and links."""
    names = tuple(network.nodes)
    numbers = {node: number for number, node in enumerate(names)}
    links = [(numbers[link.source], numbers[link.target]) for link in network.links]
    weights = [float(link.attributes.get("weight", 1.0)) for link in network.links]
    sums: dict[tuple[int, int], float] = {}
    for (one, other), weight in zip(links, weights, strict=True):
        if one != other:
            pair = (one, other) if one < other else (other, one)
            sums[pair] = sums.get(pair, 0.0) + weight
    return Numbered(names, links, weights, tuple(sums), tuple(sums.values()))
