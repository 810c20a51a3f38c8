"""The graph as a network of things and links: networkx in memory, GraphML on disk (Gephi, yEd, Cytoscape, igraph).

The text of a report (sections, sentences, passages) is no part of the network; what stands on a passage has its
characters as `quote`. Literals other than labels stay behind. Not for: an export without loss, which is RDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import networkx as nx

from hpkg.namespaces import BASE, HP

if TYPE_CHECKING:
    from typing import BinaryIO

    from hpkg.store import Store

__all__ = ["to_networkx", "write_graphml"]

_THINGS: Final = f'FILTER(STRSTARTS(STR(?thing), "{BASE}id/"))'
_TEXT: Final = "hp:Passage, hp:Section, hp:Sentence, hp:TextUnit"

_ADDED: Final = f"?graph IN (<{BASE}graph/entailed>, <{BASE}graph/derived>)"

# The most specific class that is stated of each thing; of two that are equally specific, the first by name.
_NODES: Final = f"""
SELECT ?thing (MIN(STR(?class)) AS ?kind) WHERE {{
  GRAPH ?graph {{ ?thing a ?class }} {_THINGS} FILTER(?graph != <{BASE}graph/entailed>)
  FILTER(STRSTARTS(STR(?class), "{HP}"))
  FILTER NOT EXISTS {{
    GRAPH ?graph {{ ?thing a ?narrower }} ?narrower rdfs:subClassOf+ ?class FILTER(?narrower != ?class)
  }}
  FILTER NOT EXISTS {{ ?thing a ?text FILTER(?text IN ({_TEXT})) }}
}} GROUP BY ?thing ORDER BY ?thing"""

_LABELS: Final = f"""
SELECT ?thing ?label WHERE {{ ?thing skos:prefLabel ?label . {_THINGS} }} ORDER BY ?thing ?label"""

_QUOTES: Final = f"""
SELECT ?thing ?quote WHERE {{
  ?thing hp:evidence ?passage . ?passage hp:quote ?quote ; hp:startOffset ?start . {_THINGS}
}} ORDER BY ?thing ?start"""

_EDGES: Final = f"""
SELECT ?thing ?property ?target ?graph WHERE {{
  GRAPH ?graph {{ ?thing ?property ?target }} {_THINGS}
  FILTER(isIRI(?target) && STRSTARTS(STR(?target), "{BASE}id/") && STRSTARTS(STR(?property), "{HP}"))
}} ORDER BY ?thing ?property ?target ({_ADDED}) ?graph"""


def to_networkx(store: Store) -> nx.MultiDiGraph[str]:
    """Return the things of `store` as nodes and what links them as edges.

    A node is an IRI. Its attributes are `kind` (the most specific class stated, such as `Task`), `label_vi` and
    `label_en` where there is one, and `quote`: the passages it stands on in text order, one a line. The key of an edge
    is its property (`contributesTo`), and its attribute `graph` says who says so: a report's graph, a vocabulary,
    `entailed` or `derived`. A link that several graphs state is one edge, with a report before `entailed`.

    Raises:
        StoreError: The store does not answer.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in store.select(_NODES):
        network.add_node(str(row["thing"]), kind=str(row["kind"]).removeprefix(str(HP)))
    for row in store.select(_LABELS):
        node, label = str(row["thing"]), row["label"]
        language = getattr(label, "language", None)
        if node in network and language in {"vi", "en"}:
            network.nodes[node][f"label_{language}"] = str(label)
    for row in store.select(_QUOTES):
        node, quote = str(row["thing"]), str(row["quote"])
        if node in network:
            attributes = network.nodes[node]
            attributes["quote"] = f"{attributes['quote']}\n{quote}" if "quote" in attributes else quote
    for row in store.select(_EDGES):
        source, target, key = str(row["thing"]), str(row["target"]), str(row["property"]).removeprefix(str(HP))
        if source in network and target in network and not network.has_edge(source, target, key):
            network.add_edge(source, target, key, graph=str(row["graph"]).removeprefix(f"{BASE}graph/"))
    return network


def write_graphml(network: nx.MultiDiGraph[str], stream: BinaryIO) -> None:
    """Write `network` to `stream` as GraphML, the same bytes for the same network.

    Each edge has an id of its own, as GraphML asks for, and its property as the attribute `property`.
    """
    numbered: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    numbered.add_nodes_from(network.nodes(data=True))
    for number, (source, target, key, attributes) in enumerate(network.edges(keys=True, data=True)):
        numbered.add_edge(source, target, key=f"e{number}", property=key, **attributes)
    nx.write_graphml_xml(numbered, stream, prettyprint=True)
