"""What is counted while the service runs, as text for Prometheus (exposition format 0.0.4).

Not for: logs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["MEDIA_TYPE", "Metrics", "exposition"]

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS: Final = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, float("inf"))
Family = tuple[str, str, str, "Iterable[tuple[str, float]]"]


@dataclass(slots=True)
class Metrics:
    """Counts of requests by method and status, and how long they took."""

    requests: Counter[tuple[str, int]] = field(default_factory=Counter)
    buckets: Counter[float] = field(default_factory=Counter)
    seconds: float = 0.0

    def note(self, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        self.requests[method, status] += 1
        self.seconds += seconds
        self.buckets[_BOUNDS[bisect_left(_BOUNDS, seconds)]] += 1

    def families(self) -> Iterator[Family]:
        """Yield what was counted of requests."""
        told = [
            (f'{{method="{method}",status="{status}"}}', float(n))
            for (method, status), n in sorted(self.requests.items())
        ]
        yield "hpkg_requests_total", "counter", "Requests answered.", told
        total, lines = 0, []
        for bound in _BOUNDS:
            total += self.buckets[bound]
            lines.append((f'_bucket{{le="{"+Inf" if bound == float("inf") else bound}"}}', float(total)))
        lines += [("_sum", self.seconds), ("_count", float(total))]
        yield "hpkg_request_seconds", "histogram", "Time from request to the last byte of its answer.", lines


def exposition(families: Iterable[Family]) -> str:
    """Return families of measurements as Prometheus reads them.

    >>> print(exposition([("hpkg_triples", "gauge", "Triples.", [("", 3.0)])]), end="")
    # HELP hpkg_triples Triples.
    # TYPE hpkg_triples gauge
    hpkg_triples 3
    """
    lines: list[str] = []
    for name, kind, told, samples in families:
        lines += [f"# HELP {name} {told}", f"# TYPE {name} {kind}"]
        lines += [f"{name}{labels} {value:.12g}" for labels, value in samples]
    return "\n".join(lines) + "\n"
