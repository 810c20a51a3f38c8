"""What one engine finds out agrees with the other and does not depend on chance."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import igraph
import pytest

from hpkg.errors import CallerError
from hpkg.export import ANALYSES, ENGINES, Network, Selection, analysed, analysis, network_of, to_networkx
from hpkg.export.analysis import communities, with_networkx
from hpkg.export.network import Link

from .conftest import PILLAR, TASK

if TYPE_CHECKING:
    from hpkg.store.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def pillars(sample_store: EmbeddedStore) -> Network:
    """The view of the pillars, of the sample report."""
    return network_of(sample_store, Selection("pillars"))


@pytest.fixture(scope="module")
def wide() -> Network:
    """Six clusters of thirty nodes, and ten that nothing is linked with; some links are double or loops."""
    chance = random.Random(4)  # noqa: S311 - no secret
    names = [f"urn:n{number:03}" for number in range(190)]
    links = set()
    for _ in range(700):
        one = chance.randrange(180)
        other = one // 30 * 30 + chance.randrange(30) if chance.random() < 0.9 else chance.randrange(180)
        links.add((names[one], names[other], f"p{chance.randrange(2)}", chance.randint(1, 5)))
    made = tuple(Link(one, other, {"property": name, "weight": float(n)}) for one, other, name, n in sorted(links))
    return Network("wide", "Wide", "en", {name: {"iri": name} for name in names}, made)


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


@pytest.mark.parametrize("exact", [2000, 20], ids=["all-pairs", "sample"])
def test_both_engines_find_the_same_centrality(wide: Network, exact: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Degree is equal, betweenness and PageRank are to the fifth digit, over all pairs and from the same sample."""
    monkeypatch.setattr(analysis, "_EXACT", exact)
    ours, theirs = (analysed(wide, ["centrality"], 3, engine).nodes for engine in ENGINES)
    for node, said in ours.items():
        assert said["degree"] == theirs[node]["degree"]
        assert said["betweenness"] == pytest.approx(theirs[node]["betweenness"], abs=1e-5)
        assert said["pagerank"] == pytest.approx(theirs[node]["pagerank"], abs=1e-5)


@pytest.mark.parametrize(("engine", "small"), [("networkx", 499), ("networkx", 20), ("igraph", 499)])
def test_a_layout_puts_what_is_linked_together(
    wide: Network, engine: analysis.Engine, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nodes with a link between them are nearer than two nodes are on the whole; the seed decides where they are.

    So it is also above the size that networkx places itself.
    """
    monkeypatch.setattr(with_networkx, "_PLACED_BY_NETWORKX", small)
    places = analysed(wide, ["layout"], 1, engine).nodes
    at = {node: complex(float(said["x"]), float(said["y"])) for node, said in places.items()}
    linked = [abs(at[link.source] - at[link.target]) for link in wide.links]
    every = [abs(one - other) for one in at.values() for other in at.values() if one != other]
    assert sum(linked) / len(linked) < 0.7 * sum(every) / len(every)
    assert max(max(abs(place.real), abs(place.imag)) for place in at.values()) == pytest.approx(1, abs=1e-3)
    assert analysed(wide, ["layout"], 1, engine).nodes == places
    assert analysed(wide, ["layout"], 2, engine).nodes != places


def test_communities_of_igraph_are_as_good_and_depend_on_the_seed_alone(wide: Network) -> None:
    """Each node is in one, links run within as much as in those of networkx, and the same seed gives the same."""
    found = communities(wide, 5, "igraph")
    assert sorted(node for members in found for node in members) == list(wide.nodes)
    assert communities(wide, 5, "igraph") == found
    plain = as_igraph(wide).as_undirected(mode="collapse", combine_edges="sum")
    quality = []
    for together in (found, communities(wide, 5)):
        number = {node: place for place, members in enumerate(together) for node in members}
        quality.append(plain.modularity([number[node] for node in wide.nodes], weights="weight"))
    assert quality[0] == pytest.approx(quality[1], rel=0.05)


def test_an_engine_that_is_not_there_is_told(pillars: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not installed and unknown are two errors; so is a network that networkx has no memory to lay out."""
    with monkeypatch.context() as patch:
        patch.setattr(analysis, "find_spec", lambda _: None)
        with pytest.raises(CallerError) as raised:
            analysed(pillars, ["community"], engine="igraph")
        assert raised.value.code == "engine-missing"
    with pytest.raises(CallerError) as raised:
        analysed(pillars, ["community"], engine="networks")  # type: ignore[arg-type]
    assert raised.value.code == "option-value-wrong"
    monkeypatch.setattr(with_networkx, "_PLACEABLE", len(pillars.nodes) - 1)
    with pytest.raises(CallerError) as raised:
        analysed(pillars, ["layout"])
    assert raised.value.code == "layout-too-large"
    assert "--engine igraph" in raised.value.hint()


def test_an_empty_network_has_nothing_to_find(two_reports: EmbeddedStore) -> None:
    """Where no node is of the kinds that were chosen, analysis gives back the empty network."""
    empty = network_of(two_reports, Selection("projects", include=["Task"]))
    assert empty.nodes == {}
    for engine in ENGINES:
        assert analysed(empty, ANALYSES, engine=engine) == empty
