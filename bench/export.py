"""How fast a graph is written for other tools: `python bench/export.py [--triples N] [--analyses]`.

The view `full` of a graph of about N triples, of the shape of the shipped one, is written by hpkg and by networkx's own
writers of GraphML and GEXF; as RDF, in every syntax, by hpkg and by rdflib's serialisers, both handed the triples of
the view; collecting them from the store is told apart. With `--analyses`, both engines look for what `--with` gives.
Each piece of work runs in a process of its own: time is the processor's, memory what the process grew by at its peak.
Not a test: nothing passes or fails here.
"""

from __future__ import annotations

import argparse
import os
import pickle
import resource
import sys
import time
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import networkx as nx
from rdflib import Dataset, Graph, URIRef

sys.path.insert(0, str(Path(__file__).parent))

from synthetic_graph import contents, copies_for

from hpkg.errors import HpkgError
from hpkg.export import ANALYSES, ENGINES, Selection, analysed, network_of, to_networkx
from hpkg.export.cytoscape import write_node_link
from hpkg.export.gexf import write as write_gexf
from hpkg.export.graphml import write as write_graphml
from hpkg.export.rdf import SYNTAXES, collected, write_collected
from hpkg.home import home
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from hpkg.export import Network
    from hpkg.store import Store

_RDFLIB: Final = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld", "trig": "trig"}
"""What rdflib calls a syntax where it has another name."""


class Cost(NamedTuple):
    """What a piece of work took."""

    seconds: float
    megabytes: float
    said: str = ""
    """Why it was not done."""


class _Sink(RawIOBase):
    """Takes bytes and keeps none, as a pipe would."""

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        return len(memoryview(content))  # type: ignore[arg-type]


def measured(work: Callable[[], object]) -> Cost:
    """Return what `work` costs in a process of its own."""
    reader, writer = os.pipe()
    if not os.fork():
        os.close(reader)
        before, begin, said = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time(), ""
        try:
            work()
        except (HpkgError, MemoryError) as error:
            said = str(error) or type(error).__name__
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(Cost(time.process_time() - begin, grown / 1000, said), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        content = pipe.read()
    os.wait()
    found: Cost = pickle.loads(content) if content else Cost(0.0, 0.0, "the process ended")  # noqa: S301 - our child
    return found


def told(name: str, ours: Cost, theirs: Cost | None = None) -> None:
    """Print one row."""
    row = f"{name:12}" + "".join(
        f"{'–':>10}{'–':>13}  {cost.said}" if cost.said else f"{cost.seconds:8.1f} s{cost.megabytes:10.0f} MB"
        for cost in (ours, theirs)
        if cost
    )
    ratio = f"{theirs.seconds / ours.seconds:8.1f}×" if theirs and not ours.said and not theirs.said else ""
    print(row + ratio, flush=True)


def graph_files(network: Network) -> None:
    """Print what it takes to write a network for graph tools."""
    graph = to_networkx(network)
    print(f"\n{'':12}{'hpkg':>10}{'':13}{'networkx':>10}{'':13}{'ratio':>9}")
    told(
        "GraphML",
        measured(lambda: write_graphml(network, _Sink())),
        measured(lambda: nx.write_graphml_xml(graph, BytesIO())),
    )
    told("GEXF", measured(lambda: write_gexf(network, _Sink())), measured(lambda: nx.write_gexf(graph, BytesIO())))
    told("node-link", measured(lambda: write_node_link(network, _Sink())))


def rdf_files(store: Store, network: Network) -> None:
    """Print what it takes to write a network as RDF."""
    dataset, merged = Dataset(), Graph()
    graphs = collected(store, network)
    for name, triples in graphs.items():
        for triple in triples:
            merged.add(triple)
            dataset.add((*triple, URIRef(name or "urn:view")))
    print(f"\n{len(merged):,} triples\n{'':12}{'hpkg':>10}{'':13}{'rdflib':>10}{'':13}{'ratio':>9}")
    told("collecting", measured(lambda: collected(store, network)))
    context = home(None).ontology / "context.jsonld"
    for syntax in SYNTAXES:
        from_rdflib = dataset if syntax in {"trig", "nquads"} else merged
        form = _RDFLIB.get(syntax, syntax)
        told(
            syntax,
            measured(lambda syntax=syntax: write_collected(graphs, _Sink(), syntax, context)),  # type: ignore[misc]
            measured(lambda graph=from_rdflib, form=form: graph.serialize(_Sink(), format=form, encoding="utf-8")),  # type: ignore[misc]
        )


def analyses(network: Network) -> None:
    """Print what it takes to analyse a network."""
    print(f"\n{'':12}" + "".join(f"{engine:>10}{'':13}" for engine in reversed(ENGINES)) + f"{'ratio':>9}")
    for analysis in ANALYSES:
        costs = [
            measured(lambda analysis=analysis, engine=engine: analysed(network, [analysis], engine=engine))  # type: ignore[misc]
            for engine in reversed(ENGINES)
        ]
        told(analysis, *costs)


def main() -> None:
    """Print tables of seconds, megabytes and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--analyses", action="store_true", help="analyse too; networkx takes hours over a million")
    given = parser.parse_args()
    place = home(None)
    store = EmbeddedStore(dict(contents(place, copies_for(place, given.triples))))
    begin = time.process_time()
    network = network_of(store, Selection("full"))
    took = time.process_time() - begin
    print(f"{len(store):,} triples; {len(network.nodes):,} nodes, {len(network.links):,} links in {took:.1f} s")
    graph_files(network)
    rdf_files(store, network)
    if given.analyses:
        analyses(network)


if __name__ == "__main__":
    main()
