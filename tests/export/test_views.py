"""A view holds the nodes and links that it says, and what the graph says of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import URIRef

from hpkg.errors import CallerError
from hpkg.export import VIEWS, Network, Selection, network_of
from hpkg.export.views import view
from hpkg.messages import LANGUAGES
from hpkg.namespaces import BASE

from .conftest import PILLAR, PROJECT, TASK

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.store.embedded import EmbeddedStore


def drawn(network: Network) -> set[tuple[str, str, str]]:
    """Return the links of a network, its IRIs shortened."""
    return {(short(link.source), link.property, short(link.target)) for link in network.links}


def short(iri: str) -> str:
    """Return an IRI without the base."""
    return iri.removeprefix(f"{BASE}id/")


def test_things_are_nodes_and_the_text_is_not(network: Network) -> None:
    """Tasks, projects and pillars are nodes of the whole; passages and sentences are none."""
    assert {TASK, PILLAR, PROJECT} <= set(network.nodes)
    assert not [node for node in network.nodes if "#char=" in node or "/sentence/" in node]
    assert list(network.nodes) == sorted(network.nodes)


def test_a_node_says_what_it_is(network: Network) -> None:
    """A node has the class that is stated of it, its labels, its number, its years and its quotes in text order."""
    assert network.nodes[TASK] == {
        "iri": TASK,
        "kind": "Task",
        "kind_vi": "nhiệm vụ",
        "kind_en": "task",
        "group": "task",
        "label": 'Phát triển "dịch vụ" <logistics> & \\ #1',
        "label_vi": 'Phát triển "dịch vụ" <logistics> & \\ #1',
        "number": "V.4.9",
        "evidence": 2,
        "weight": 2.0,
        "quote": "cảng biển\ntrung tâm ",
    }
    pillar = network.nodes[PILLAR]
    assert (pillar["group"], pillar["label"], pillar["label_vi"]) == ("pillar", "ports & logistics", "cảng biển")


def test_a_project_has_its_status_year_by_year(network: Network) -> None:
    """What was said of a project for a year holds for that year."""
    assert network.nodes[PROJECT]["start_year"] == 2020
    assert network.nodes[PROJECT]["end_year"] == 2021
    states = [(span.start, span.end, span.value) for span in network.spans[PROJECT] if span.name == "status"]
    assert states == [(2020, 2020, "Started"), (2021, 2021, "Completed")]


def test_a_link_says_who_states_it_and_on_how_many_passages(network: Network) -> None:
    """A report counts before what was entailed; a link to a pillar stands on the passages of its contribution."""
    links = {link.property: link for link in network.links if (link.source, link.target) == (TASK, PILLAR)}
    assert links["contributesTo"].attributes == {
        "property": "contributesTo",
        "label": "contributes to",
        "label_vi": "góp phần vào",
        "label_en": "contributes to",
        "graph": "vn/2020-1",
        "evidence": 1,
        "weight": 1.0,
    }
    assert links["underDirection"].attributes["graph"] == "entailed"


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_view_is_titled_and_has_nodes_and_links(sample_store: EmbeddedStore, name: str, language: str) -> None:
    """A view of the sample has something to show, each node has a kind and a name that is no path, no link hangs."""
    assert language in LANGUAGES
    shown = view(name)
    assert shown.title["vi"] != shown.title["en"]
    assert shown.description["vi"] != shown.description["en"]
    network = network_of(sample_store, Selection(name), "vi" if language == "vi" else "en")
    assert network.title == shown.title["vi" if language == "vi" else "en"]
    assert network.links
    assert all(values["label"] and values["kind"] != "Thing" for values in network.nodes.values())
    assert not [node for node, values in network.nodes.items() if node.endswith(f"id/{values['label']}")]
    assert {end for link in network.links for end in (link.source, link.target)} <= set(network.nodes)


def test_a_report_alone_is_what_it_says(two_reports: EmbeddedStore) -> None:
    """With one report chosen, a thing that both speak of stays, and what only the other says of it goes."""
    network = network_of(two_reports, Selection("full", reports=["2/BC"]))
    assert drawn(network) == {
        ("task/vn/2021-2/v.1", "contributesTo", "pillar/port-logistics"),
        ("task/vn/2021-2/v.1", "underDirection", "pillar/port-logistics"),
        ("task/vn/2021-2/v.1", "concernsProject", "project/vn/cau"),
    }
    both = network_of(two_reports, Selection("full", reports=["2/BC", "vn/2020-1"]))
    assert drawn(network) < drawn(both)


def test_kinds_are_chosen_by_class_with_those_below(two_reports: EmbeddedStore) -> None:
    """A class means the classes below it too; its label in either language will do, and left out is left out."""
    chosen = network_of(two_reports, Selection("full", include=["TaskItem", "trụ cột"]))
    assert {values["kind"] for values in chosen.nodes.values()} == {"Task", "Pillar"}
    without = network_of(two_reports, Selection("full", exclude=["hp:Project"]))
    assert "Project" not in {values["kind"] for values in without.nodes.values()}
    with pytest.raises(CallerError) as raised:
        network_of(two_reports, Selection("full", include=["Tusk"]))
    assert (raised.value.code, raised.value.details["nearest"]) == ("kind-unknown", "Task, TaskItem")


def test_ego_reaches_as_far_as_it_is_told(two_reports: EmbeddedStore) -> None:
    """At distance 0 there is the node alone, at 1 what it is linked with, at 2 what that is linked with."""
    reached = [
        {short(node) for node in network_of(two_reports, Selection("ego", URIRef(PROJECT), depth)).nodes}
        for depth in range(3)
    ]
    assert reached[0] == {"project/vn/cau"}
    assert reached[1] == reached[0] | {
        "task/vn/2020-1/v.4.9",
        "task/vn/2021-2/v.1",
        "project-status/vn/2020-1/a",
        "project-status/vn/2020-1/b",
    }
    assert reached[2] > reached[1] | {"pillar/port-logistics"}


def test_ego_does_not_go_on_through_a_class_of_things(two_reports: EmbeddedStore) -> None:
    """Two projects of one status are no neighbours by it: a path ends at a status, a year or a plan."""
    near = network_of(two_reports, Selection("ego", URIRef(f"{BASE}id/report/vn/2020-1"), 5))
    assert {short(node) for node in near.nodes} == {"report/vn/2020-1", "plan/vn/2021"}


def test_a_construct_of_ones_own_is_a_view(two_reports: EmbeddedStore, tmp_path: Path) -> None:
    """What the query constructs are the links; a literal is an attribute of its node, and a title may be given."""
    file = tmp_path / "mine.rq"
    file.write_text(
        "# vi: Của tôi\n# en: My own\nCONSTRUCT { ?pillar <urn:servedBy> ?task . ?task <urn:x#rank> 7 } "
        "WHERE { ?task hp:contributesTo ?pillar }",
        "utf-8",
    )
    network = network_of(two_reports, Selection(str(file)), "en")
    assert network.title == "My own"
    assert drawn(network) == {
        ("pillar/port-logistics", "urn:servedBy", "task/vn/2020-1/v.4.9"),
        ("pillar/port-logistics", "urn:servedBy", "task/vn/2021-2/v.1"),
    }
    assert network.nodes[TASK]["rank"] == 7
    assert network.nodes[TASK]["kind"] == "Task"


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        (Selection("pilars"), "view-unknown"),
        (Selection("ego"), "view-without-node"),
        (Selection("ego", URIRef("urn:x")), "node-not-in-view"),
        (Selection("full", reports=["9/BC"]), "report-unknown"),
    ],
    ids=["no view", "no node", "no such node", "no report"],
)
def test_what_is_not_there_is_told(two_reports: EmbeddedStore, selection: Selection, code: str) -> None:
    """A view, node or report that is not there is an error of the caller."""
    with pytest.raises(CallerError) as raised:
        network_of(two_reports, selection)
    assert raised.value.code == code


def test_a_file_that_is_no_construct_is_refused(two_reports: EmbeddedStore, tmp_path: Path) -> None:
    """A SELECT makes no network, and a blank node has no name that stays."""
    for number, (query, code) in enumerate(
        [
            ("SELECT * { ?s ?p ?o }", "query-form-other"),
            ("CONSTRUCT { [] hp:x ?s } { ?s a hp:Task }", "view-blank-node"),
        ]
    ):
        file = tmp_path / f"{number}.rq"
        file.write_text(query, "utf-8")
        with pytest.raises(CallerError) as raised:
            network_of(two_reports, Selection(str(file)))
        assert raised.value.code == code
