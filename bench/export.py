"""How fast a graph is written for graph tools: `python bench/export.py [--triples N]`.

The view `full` of a graph of about N triples, of the shape of the shipped one, is written by hpkg and by networkx's own
writers of GraphML and GEXF; its triples by hpkg and by rdflib. Time is the processor's, memory the peak of what Python
holds while writing. Not a test: nothing passes or fails here.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

sys.path.insert(0, str(Path(__file__).parent))

from synthetic_graph import contents, copies_for

from hpkg.export import Selection, network_of, to_networkx
from hpkg.export.cytoscape import write_node_link
from hpkg.export.gexf import write as write_gexf
from hpkg.export.graphml import write as write_graphml
from hpkg.home import home
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable


class _Sink(RawIOBase):
    """Takes bytes and keeps none, as a pipe would."""

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        return len(memoryview(content))  # type: ignore[arg-type]


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds of the processor that `work` takes, and the megabytes at its peak when it is run again."""
    begin = time.process_time()
    work()
    seconds = time.process_time() - begin
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return seconds, peak / 1e6


def main() -> None:
    """Print a table of seconds, megabytes and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--triples", type=int, default=1_000_000)
    wanted = parser.parse_args().triples
    place = home(None)
    store = EmbeddedStore(dict(contents(place, copies_for(place, wanted))))
    begin = time.process_time()
    network = network_of(store, Selection("full"))
    took = time.process_time() - begin
    print(f"{len(store):,} triples; {len(network.nodes):,} nodes, {len(network.links):,} links in {took:.1f} s")
    graph = to_networkx(network)
    rows: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("GraphML", lambda: write_graphml(network, _Sink()), lambda: nx.write_graphml(graph, BytesIO())),
        ("GEXF", lambda: write_gexf(network, _Sink()), lambda: nx.write_gexf(graph, BytesIO())),
    ]
    print(f"{'':10}{'hpkg':>10}{'':>10}{'networkx':>12}{'':>10}{'ratio':>8}")
    for name, ours, theirs in rows:
        (a, m), (b, n) = measured(ours), measured(theirs)
        print(f"{name:10}{a:8.2f} s{m:7.1f} MB{b:10.2f} s{n:7.1f} MB{b / a:7.1f}×")
    a, m = measured(lambda: write_node_link(network, _Sink()))
    print(f"{'node-link':10}{a:8.2f} s{m:7.1f} MB")


if __name__ == "__main__":
    main()
