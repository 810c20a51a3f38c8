"""What networkx finds out agrees with a second engine and does not depend on chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import igraph
import pytest

from hpkg.export import Network, Selection, analysed, network_of, to_networkx
from hpkg.export.analysis import communities

from .conftest import PILLAR, TASK

if TYPE_CHECKING:
    from hpkg.store.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def pillars(sample_store: EmbeddedStore) -> Network:
    """The view of the pillars, of the sample report."""
    return network_of(sample_store, Selection("pillars"))


def as_igraph(network: Network) -> igraph.Graph:
    """Return the network in igraph, nodes in the same order."""
    numbers = {node: number for number, node in enumerate(network.nodes)}
    made = igraph.Graph(directed=True)
    made.add_vertices(len(numbers))
    made.add_edges([(numbers[link.source], numbers[link.target]) for link in network.links])
    made.es["weight"] = [link.attributes["weight"] for link in network.links]
    return made


def test_networkx_gets_everything(network: Network) -> None:
    """Nodes are IRIs with their attributes, and a link is an edge under the name of its property."""
    made = to_networkx(network)
    assert {node: dict(values) for node, values in made.nodes.items()} == network.nodes
    assert made.number_of_edges() == len(network.links)
    assert made.edges[TASK, PILLAR, "contributesTo"]["graph"] == "vn/2020-1"


def test_centrality_is_that_of_igraph(pillars: Network) -> None:
    """PageRank and betweenness are what igraph computes from the same links."""
    found = analysed(pillars, ["centrality"])
    other = as_igraph(pillars)
    rank = dict(zip(pillars.nodes, other.pagerank(weights="weight"), strict=True))
    plain = other.as_undirected(mode="collapse")
    count = len(pillars.nodes)
    between = dict(zip(pillars.nodes, plain.betweenness(), strict=True))
    degrees = dict(zip(pillars.nodes, plain.degree(), strict=True))
    for node, values in found.nodes.items():
        assert values["pagerank"] == pytest.approx(rank[node], abs=1e-6)
        assert values["betweenness"] == pytest.approx(between[node] * 2 / ((count - 1) * (count - 2)), abs=1e-6)
        assert values["degree"] == degrees[node]


def test_communities_cover_the_network_and_are_as_good_as_those_of_igraph(pillars: Network) -> None:
    """Each node is in one community, numbered from the largest, and links run within as much as in igraph's."""
    found = communities(pillars)
    assert sorted(node for members in found for node in members) == list(pillars.nodes)
    assert [len(members) for members in found] == sorted((len(members) for members in found), reverse=True)
    number = {node: place for place, members in enumerate(found) for node in members}
    plain = as_igraph(pillars).as_undirected(mode="collapse", combine_edges="sum")
    theirs = plain.community_multilevel(weights="weight").modularity
    ours = plain.modularity([number[node] for node in pillars.nodes], weights="weight")
    assert ours > 0.95 * theirs > 0.1
    values = analysed(pillars, ["community"]).nodes
    assert {node: said["community"] for node, said in values.items()} == number


def test_the_seed_decides(pillars: Network) -> None:
    """The same seed gives the same result, and another seed another layout."""
    first = analysed(pillars, ["layout", "community"], seed=1)
    assert analysed(pillars, ["layout", "community"], seed=1).nodes == first.nodes
    assert analysed(pillars, ["layout"], seed=2).nodes != analysed(pillars, ["layout"], seed=1).nodes
    assert all(-1 <= float(values["x"]) <= 1 and -1 <= float(values["y"]) <= 1 for values in first.nodes.values())


def test_an_empty_network_has_nothing_to_find(two_reports: EmbeddedStore) -> None:
    """Where no node is of the kinds that were chosen, analysis gives back the empty network."""
    empty = network_of(two_reports, Selection("projects", include=["Task"]))
    assert empty.nodes == {}
    assert analysed(empty, ["centrality", "community", "layout"]) == empty
