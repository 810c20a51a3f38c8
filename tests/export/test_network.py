"""The network holds the things and links of the graph, and GraphML brings them back."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from hpkg.export import to_networkx, write_graphml
from hpkg.namespaces import BASE, PREFIXES
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

_CONTENTS: Mapping[str, str] = {
    f"{BASE}def": "hp:Task rdfs:subClassOf hp:TaskItem . hp:PillarTask rdfs:subClassOf hp:Task .",
    f"{BASE}graph/vocab/pillar": """
        <id/pillar/port-logistics> a hp:Pillar ; skos:prefLabel "cảng biển"@vi, "ports and logistics"@en .""",
    f"{BASE}graph/vn/2020-1": """
        <id/task/vn/2020-1/v.4.9> a hp:Task ; skos:prefLabel "Phát triển dịch vụ logistics"@vi ; hp:ordinal "V.4.9" ;
          hp:contributesTo <id/pillar/port-logistics> ;
          hp:evidence <id/report/vn/2020-1/text#char=20,30>, <id/report/vn/2020-1/text#char=3,10> .
        <id/report/vn/2020-1/text#char=20,30> a hp:Passage ; hp:startOffset 20 ; hp:quote "trung tâm " .
        <id/report/vn/2020-1/text#char=3,10> a hp:Passage ; hp:startOffset 3 ; hp:quote "cảng biển" .
        <id/sentence/vn/2020-1/p2.v.4.9> a hp:Sentence ; hp:passage <id/report/vn/2020-1/text#char=3,10> .""",
    f"{BASE}graph/entailed": """
        <id/task/vn/2020-1/v.4.9> a hp:TaskItem, hp:PillarTask ; hp:contributesTo <id/pillar/port-logistics> ;
          hp:underDirection <id/pillar/port-logistics> .""",
}
_TASK, _PILLAR = f"{BASE}id/task/vn/2020-1/v.4.9", f"{BASE}id/pillar/port-logistics"


@pytest.fixture
def network() -> nx.MultiDiGraph[str]:
    """Return the network of one task and one pillar."""
    return to_networkx(EmbeddedStore({graph: (_HEAD + turtle).encode() for graph, turtle in _CONTENTS.items()}))


def test_things_are_nodes_and_the_text_is_not(network: nx.MultiDiGraph[str]) -> None:
    """Tasks and pillars are nodes; passages and sentences are none."""
    assert sorted(network) == [_PILLAR, _TASK]


def test_a_node_says_what_it_is(network: nx.MultiDiGraph[str]) -> None:
    """A node has the class that is stated of it, its labels by language and its quotes in text order."""
    assert network.nodes[_TASK] == {
        "kind": "Task",
        "label_vi": "Phát triển dịch vụ logistics",
        "quote": "cảng biển\ntrung tâm ",
    }
    assert network.nodes[_PILLAR] == {
        "kind": "Pillar",
        "label_vi": "cảng biển",
        "label_en": "ports and logistics",
    }


def test_an_edge_says_which_graph_states_it(network: nx.MultiDiGraph[str]) -> None:
    """A link has its property as key and the graph of whoever states it, a report before what was entailed from it."""
    assert sorted(network.edges(keys=True, data="graph")) == [
        (_TASK, _PILLAR, "contributesTo", "vn/2020-1"),
        (_TASK, _PILLAR, "underDirection", "entailed"),
    ]


def test_graphml_brings_the_network_back(network: nx.MultiDiGraph[str]) -> None:
    """A reader of GraphML finds the same nodes and links, and writing twice gives the same bytes."""
    first, second = BytesIO(), BytesIO()
    write_graphml(network, first)
    write_graphml(network, second)
    assert first.getvalue() == second.getvalue()
    read = nx.read_graphml(BytesIO(first.getvalue()), force_multigraph=True)
    assert sorted(read.nodes(data=True)) == sorted(network.nodes(data=True))
    assert sorted((s, t, d["property"], d["graph"]) for s, t, d in read.edges(data=True)) == sorted(
        network.edges(keys=True, data="graph")
    )
