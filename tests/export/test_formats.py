"""Every format brings every node and link back to a reader of another make, with typed attributes."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
import pyoxigraph as ox
import pytest
from lxml import etree

from hpkg.export import FORMATS, Network, Selection, analysed, network_of, written

from .conftest import PILLAR, PROJECT, TASK
from .test_html import is_built

if TYPE_CHECKING:
    from hpkg.store.embedded import EmbeddedStore

ROOT = Path(__file__).parent.parent.parent
CONTEXT = ROOT / "ontology/context.jsonld"
GEXF = ROOT / "tests/data/gexf-1.3/gexf.rng"
NODE, CYTOSCAPE = shutil.which("node"), ROOT / "web/node_modules/cytoscape"
DRAWN = {"svg", "png", "pdf"}

Links = list[tuple[str, str, str]]


def links_of(network: Network) -> Links:
    """Return the links of a network in order."""
    return sorted((link.source, link.property, link.target) for link in network.links)


def content(network: Network, form: str, store: EmbeddedStore, name: str = "") -> bytes:
    """Return one file of a format."""
    return written(network, form, store, CONTEXT)[name]


@pytest.fixture(scope="module")
def placed(network: Network) -> Network:
    """The network with all that networkx finds out."""
    return analysed(network, ("centrality", "community", "layout"))


def test_the_same_network_gives_the_same_bytes(network: Network, two_reports: EmbeddedStore, tmp_path: Path) -> None:
    """Written again, and by a Python that hashes in another order, every file of every format is the same."""
    forms = sorted(set(FORMATS) - DRAWN - (set() if is_built() else {"html"}))
    first = {form: written(network, form, two_reports, CONTEXT) for form in forms}
    assert {form: written(network, form, two_reports, CONTEXT) for form in forms} == first
    program = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1])\n"
        "from conftest import CONTENTS, HEAD\n"
        "from hpkg.export import Selection, network_of, written\n"
        "from hpkg.store.embedded import EmbeddedStore\n"
        "store = EmbeddedStore({graph: (HEAD + turtle).encode() for graph, turtle in CONTENTS.items()})\n"
        "network = network_of(store, Selection('full'), 'en')\n"
        "for form in sys.argv[4:]:\n"
        "    for name, said in written(network, form, store, pathlib.Path(sys.argv[2])).items():\n"
        "        pathlib.Path(sys.argv[3], form + name).write_bytes(said)\n"
    )
    call = [sys.executable, "-c", program, str(Path(__file__).parent), str(CONTEXT), str(tmp_path), *forms]
    subprocess.run(call, env=os.environ | {"PYTHONHASHSEED": "7"}, check=True)  # noqa: S603 — ours
    second = {form: {name: (tmp_path / (form + name)).read_bytes() for name in first[form]} for form in forms}
    assert [form for form in forms if second[form] != first[form]] == []


def test_graphml_comes_back(placed: Network, two_reports: EmbeddedStore) -> None:
    """The same is read by networkx: nodes and links, with the same typed attributes, and every edge has its own id."""
    said = content(placed, "graphml", two_reports)
    read = nx.read_graphml(BytesIO(said), force_multigraph=True)
    assert dict(read.nodes(data=True)) == placed.nodes
    assert sorted((s, d["property"], t) for s, t, d in read.edges(data=True)) == links_of(placed)
    assert [d for _, _, d in read.edges(data=True)].count(dict(placed.links[0].attributes)) >= 1
    ids = [edge.get("id") for edge in etree.fromstring(said).iter("{*}edge")]
    assert len(set(ids)) == len(ids) == len(placed.links)


def test_graphml_is_read_by_igraph(network: Network, two_reports: EmbeddedStore, tmp_path: Path) -> None:
    """What igraph finds is the same, with numbers as numbers."""
    path = tmp_path / "a.graphml"
    path.write_bytes(content(network, "graphml", two_reports))
    read = igraph.Graph.Read_GraphML(str(path))
    assert sorted(read.vs["iri"]) == list(network.nodes)
    assert sorted((read.vs[e.source]["iri"], e["property"], read.vs[e.target]["iri"]) for e in read.es) == links_of(
        network
    )
    task = read.vs.find(iri=TASK)
    assert (task["evidence"], task["label"]) == (2.0, network.nodes[TASK]["label"])


def test_gexf_follows_its_schema_and_comes_back(placed: Network, two_reports: EmbeddedStore) -> None:
    """The file is valid GEXF 1.3; networkx finds nodes, links, colours, sizes, places, years and states in it."""
    said = content(placed, "gexf", two_reports)
    schema = etree.RelaxNG(etree.parse(GEXF))
    assert schema.validate(etree.fromstring(said)), schema.error_log
    read = nx.read_gexf(BytesIO(said))
    assert sorted(read) == list(placed.nodes)
    assert sorted((s, d["property"], t) for s, t, d in read.edges(data=True)) == links_of(placed)
    project = read.nodes[PROJECT]
    assert project["status"] == [("Started", "2020-01-01", "2020-12-31"), ("Completed", "2021-01-01", "2021-12-31")]
    assert project["spells"] == [("2020-01-01", "2020-12-31"), ("2021-01-01", "2021-12-31")]
    assert project["viz"]["color"] == {"r": 0, "g": 114, "b": 178, "a": 1.0}
    assert project["viz"]["position"]["x"] == placed.nodes[PROJECT]["x"]
    assert read.nodes[PILLAR]["viz"]["size"] > project["viz"]["size"]
    assert {name: read.nodes[TASK][name] for name in placed.nodes[TASK]} == placed.nodes[TASK]


def test_gml_comes_back(network: Network, two_reports: EmbeddedStore, tmp_path: Path) -> None:
    """Letters, quotes and line ends are what they were for networkx; igraph counts the same nodes and links."""
    said = content(network, "gml", two_reports)
    read = nx.read_gml(BytesIO(said))
    assert sorted(read) == list(network.nodes)
    assert isinstance(read, nx.MultiDiGraph)
    assert sorted((s, k, t) for s, t, k in read.edges(keys=True)) == links_of(network)
    task = read.nodes[TASK]
    assert (task["name"], task["quote"], task["evidence"]) == (
        network.nodes[TASK]["label"],
        network.nodes[TASK]["quote"],
        2,
    )
    path = tmp_path / "a.gml"
    path.write_bytes(said)
    with pytest.warns(RuntimeWarning, match="unknown entities"):  # igraph keeps the entities that GML asks for
        other = igraph.Graph.Read_GML(str(path))
    assert (other.vcount(), other.ecount()) == (len(network.nodes), len(network.links))


def test_node_link_json_comes_back(network: Network, two_reports: EmbeddedStore) -> None:
    """`networkx.node_link_graph` gives what the network holds."""
    read = nx.node_link_graph(json.loads(content(network, "node-link", two_reports)), edges="links")
    assert isinstance(read, nx.MultiDiGraph)
    assert dict(read.nodes(data=True)) == network.nodes
    assert sorted((s, k, t) for s, t, k in read.edges(keys=True)) == links_of(network)


def test_json_graph_has_every_node_and_edge(network: Network, two_reports: EmbeddedStore) -> None:
    """The object is a JSON Graph of version 2: nodes by id, edges with ends that are nodes, attributes as metadata."""
    graph = json.loads(content(network, "json-graph", two_reports))["graph"]
    assert {node: said["metadata"] for node, said in graph["nodes"].items()} == network.nodes
    assert sorted((e["source"], e["relation"], e["target"]) for e in graph["edges"]) == links_of(network)
    assert graph["directed"] is True


@pytest.mark.skipif(NODE is None or not CYTOSCAPE.is_dir(), reason="needs node and the packages of web/ (npm ci)")
def test_cytoscape_draws_it(placed: Network, two_reports: EmbeddedStore, tmp_path: Path) -> None:
    """Cytoscape itself, without a screen, loads elements and style: all nodes, all links, a colour a kind, places."""
    assert NODE is not None
    path = tmp_path / "a.cyjs"
    path.write_bytes(content(placed, "cytoscape", two_reports))
    program = """
        const cytoscape = require(process.argv[1]);
        const said = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
        const cy = cytoscape({ ...said, headless: true, styleEnabled: true });
        console.log(JSON.stringify({
          nodes: cy.nodes().map((n) => [n.id(), n.style("background-color"), n.position("x"), n.data("evidence")]),
          edges: cy.edges().map((e) => [e.source().id(), e.data("property"), e.target().id()]),
        }));
        cy.destroy();
    """
    run = subprocess.run([NODE, "-e", program, str(CYTOSCAPE), str(path)], capture_output=True, check=True)  # noqa: S603
    read: dict[str, list[list[Any]]] = json.loads(run.stdout)
    assert sorted(node[0] for node in read["nodes"]) == list(placed.nodes)
    assert sorted(tuple(edge) for edge in read["edges"]) == links_of(placed)
    of = {node[0]: node[1:] for node in read["nodes"]}
    assert of[PROJECT][0] == "rgb(0,114,178)"
    assert of[PROJECT][1] == pytest.approx(float(placed.nodes[PROJECT]["x"]) * 1000)
    assert of[TASK][2] == 2


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")
def test_graphviz_reads_every_node_and_edge(network: Network, two_reports: EmbeddedStore) -> None:
    """What Graphviz understood has all nodes and links with their attributes, quotes and backslashes as they were."""
    dot = content(network, "dot", two_reports)
    run = subprocess.run(["dot", "-Tdot_json"], input=dot, capture_output=True, check=True)  # noqa: S607
    read = json.loads(run.stdout)
    iris = {node["_gvid"]: node["iri"] for node in read["objects"]}
    assert sorted(iris.values()) == list(network.nodes)
    assert sorted((iris[e["tail"]], e["property"], iris[e["head"]]) for e in read["edges"]) == links_of(network)
    task = next(node for node in read["objects"] if node["iri"] == TASK)
    assert task["label_vi"].replace("\\\\", "\\") == network.nodes[TASK]["label_vi"]


@pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")
@pytest.mark.parametrize(("form", "magic"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_graphviz_draws_the_same_each_time(
    network: Network, two_reports: EmbeddedStore, form: str, magic: bytes
) -> None:
    """A drawing is of its format, the same from run to run, and an SVG has a shape for each node and each link."""
    drawn = content(network, form, two_reports)
    assert drawn.startswith(magic)
    assert content(network, form, two_reports) == drawn
    if form == "svg":
        groups = etree.fromstring(drawn).xpath("//*[local-name()='g']/@class")
        assert (groups.count("node"), groups.count("edge")) == (len(network.nodes), len(network.links))


def test_mermaid_names_every_node_once_and_draws_every_link(network: Network, two_reports: EmbeddedStore) -> None:
    """Each node is defined once with a class that is defined, each link drawn once, and no quote ends a label early."""
    lines = content(network, "mermaid", two_reports).decode().splitlines()
    nodes = [line for line in lines if ":::" in line]
    arrows = [line.split() for line in lines if "-->" in line]
    assert len({line.split()[0] for line in nodes}) == len(nodes) == len(network.nodes)
    assert len(arrows) == len(network.links)
    assert all(line.count('"') == 2 for line in nodes)
    styles = {line.split()[1] for line in lines if line.strip().startswith("classDef")}
    assert {line.rpartition(":::")[2] for line in nodes} == styles


def test_neo4j_lists_have_typed_columns(network: Network, two_reports: EmbeddedStore) -> None:
    """Every node and link is a row; the header has the types that the import of Neo4j reads, and labels are classes."""
    nodes = list(csv.DictReader(StringIO(content(network, "neo4j", two_reports, "nodes.csv").decode())))
    links = list(csv.DictReader(StringIO(content(network, "neo4j", two_reports, "relationships.csv").decode())))
    assert [row["iri:ID"] for row in nodes] == list(network.nodes)
    assert sorted((r[":START_ID"], r[":TYPE"], r[":END_ID"]) for r in links) == links_of(network)
    task = next(row for row in nodes if row["iri:ID"] == TASK)
    assert (task["evidence:long"], task["weight:double"], task["quote:string"]) == ("2", "2.0", "cảng biển\ntrung tâm ")
    assert task[":LABEL"] == "Task;TaskItem;Statement"


def test_gephi_lists_have_the_columns_gephi_knows(network: Network, two_reports: EmbeddedStore) -> None:
    """Every node and link is a row, under the names that the import of Gephi looks for."""
    nodes = list(csv.DictReader(StringIO(content(network, "gephi", two_reports, "nodes.csv").decode())))
    links = list(csv.DictReader(StringIO(content(network, "gephi", two_reports, "edges.csv").decode())))
    assert [row["Id"] for row in nodes] == list(network.nodes)
    assert sorted((r["Source"], r["property"], r["Target"]) for r in links) == links_of(network)
    assert {row["Type"] for row in links} == {"Directed"}
    assert all(row["Label"] and float(row["Weight"]) >= 1 for row in links)


def triples(said: bytes, suffix: str) -> set[ox.Triple]:
    """Return the triples that a second reader finds."""
    return {quad.triple for quad in ox.parse(said, format=ox.RdfFormat.from_extension(suffix))}


@pytest.mark.parametrize(
    ("form", "suffix"), [("turtle", "ttl"), ("ntriples", "nt"), ("rdfxml", "rdf"), ("jsonld", "jsonld")]
)
def test_rdf_says_the_links_and_what_is_said_of_the_nodes(
    network: Network, two_reports: EmbeddedStore, form: str, suffix: str
) -> None:
    """All links, the labels and the passages are there; all syntaxes say the same triples."""
    read = triples(content(network, form, two_reports), suffix)
    assert read == triples(content(network, "turtle", two_reports), "ttl")
    said = [
        (str(getattr(t.subject, "value", "")), t.predicate.value.rpartition("#")[2], getattr(t.object, "value", ""))
        for t in read
    ]
    assert set(said) >= set(links_of(network))
    passage = f"{TASK.partition('id/')[0]}id/report/vn/2020-1/text#char=3,10"
    assert (passage, "quote", "cảng biển") in said
    assert (TASK, "evidence", passage) in said


@pytest.mark.parametrize(("form", "suffix"), [("trig", "trig"), ("nquads", "nq")])
def test_rdf_with_graphs_tells_who_states_what(
    network: Network, two_reports: EmbeddedStore, form: str, suffix: str
) -> None:
    """A triple stands in the graph of the report that states it, and what was entailed in another."""
    said: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for quad in ox.parse(content(network, form, two_reports), format=ox.RdfFormat.from_extension(suffix)):
        if isinstance(quad.object, ox.NamedNode):
            name = quad.graph_name.value.partition("graph/")[2]
            said[name].add(
                (str(getattr(quad.subject, "value", "")), quad.predicate.value.rpartition("#")[2], quad.object.value)
            )
    assert (TASK, "contributesTo", PILLAR) in said["vn/2020-1"] & said["entailed"]
    assert (TASK, "underDirection", PILLAR) in said["entailed"] - said["vn/2020-1"]


def test_no_format_loses_a_node_of_the_real_report(sample_store: EmbeddedStore) -> None:
    """On a view of the sample report, GraphML, GEXF, node-link JSON and the lists agree on nodes and links."""
    network = network_of(sample_store, Selection("pillars"), "vi")
    wanted = (len(network.nodes), len(network.links))
    graphml = nx.read_graphml(BytesIO(content(network, "graphml", sample_store)), force_multigraph=True)
    linked = nx.node_link_graph(json.loads(content(network, "node-link", sample_store)), edges="links")
    gexf = etree.fromstring(content(network, "gexf", sample_store))
    rows = content(network, "neo4j", sample_store, "relationships.csv").decode()
    assert (len(graphml), graphml.number_of_edges()) == wanted
    assert (len(linked), linked.number_of_edges()) == wanted
    assert (len(list(gexf.iter("{*}node"))), len(list(gexf.iter("{*}edge")))) == wanted
    assert len(list(csv.reader(StringIO(rows)))) == wanted[1] + 1
