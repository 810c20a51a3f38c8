"""Places for the nodes of a network that is too large for networkx's own layout, which asks for scipy from 500 nodes.

The method is that of Fruchterman and Reingold (https://doi.org/10.1002/spe.4380211102) with a pull to the middle, so
that parts without a link to the rest stay in the picture. Each node is held against each, a band of rows at a time, so
that memory grows with the nodes and not with their square. Not for: small networks, which networkx places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["placed"]

_ROUNDS: Final = 120
_BAND: Final = 256
_FIRST_STEP: Final = 0.1
"""How far a node moves at most in the first round, in parts of the picture's side; it falls to nothing in the last."""
_NEAREST: Final = 1e-9


def placed(count: int, pairs: Sequence[tuple[int, int]], seed: int) -> list[tuple[float, float]]:
    """Return the place of each of `count` nodes, both numbers from -1 to 1; the same seed gives the same places.

    >>> places = placed(4, [(0, 1), (2, 3)], seed=1)
    >>> places == placed(4, [(0, 1), (2, 3)], seed=1)
    True
    >>> max(abs(value) for place in places for value in place)
    1.0
    """
    at = np.random.default_rng(seed).random((2, count)) - 0.5
    one, other = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    near = 1 / max(1, count) ** 0.5
    for step in np.linspace(_FIRST_STEP, 0, _ROUNDS, endpoint=False):
        moved = -at  # as strong as what all nodes together push one away at the rim
        for start in range(0, count, _BAND):
            band = slice(start, start + _BAND)
            apart = at[:, band, None] - at[:, None, :]
            moved[:, band] += (apart * (near**2 / np.maximum(np.square(apart).sum(0), _NEAREST))).sum(2)
        along = at[:, one] - at[:, other]
        pulled = along * (np.hypot(*along) / near)
        for axis in (0, 1):
            moved[axis] -= np.bincount(one, pulled[axis], count) - np.bincount(other, pulled[axis], count)
        at += moved * (step / np.maximum(np.hypot(*moved), _NEAREST))
    at -= at.mean(1, keepdims=True)
    at /= np.abs(at).max(initial=0.0) or 1.0
    return [(float(x), float(y)) for x, y in at.T]
