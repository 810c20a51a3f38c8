"""Mermaid itself reads what is written for it: every view, whole."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser import PACKAGES, needs_package, opened_browser

from hpkg.export import VIEWS, Network, Selection, network_of, written
from hpkg.export.mermaid import MOST_CHARACTERS, MOST_LINKS
from hpkg.export.text import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from hpkg.store.embedded import EmbeddedStore

MERMAID = "@mermaid-js/tiny/dist/mermaid.tiny.js"
READ = """async ([chart, settings]) => {
  mermaid.initialize({ startOnLoad: false, ...settings });
  const read = (await mermaid.mermaidAPI.getDiagramFromText(chart)).db.getData();
  return {
    nodes: read.nodes.map((node) => [node.id, node.link]),
    edges: read.edges.map((edge) => [edge.start, edge.label, edge.end]),
  };
}"""
DRAW = """async (chart) => {
  mermaid.initialize({ startOnLoad: false });
  document.body.innerHTML = (await mermaid.render("chart", chart)).svg;
  return {
    title: document.querySelector(".flowchartTitleText").textContent,
    labels: [...document.querySelectorAll("g.node")].map((node) => node.textContent),
    links: document.querySelectorAll("g.edgePaths path").length,
  };
}"""

pytestmark = needs_package(MERMAID)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """An empty page that has Mermaid."""
    with opened_browser() as browser:
        page = browser.new_page()
        page.add_script_tag(path=PACKAGES / MERMAID)
        yield page


def chart_of(network: Network, store: EmbeddedStore) -> tuple[str, dict[str, int]]:
    """Return the chart of a network, and what its head says that Mermaid must be told."""
    chart = written(network, "mermaid", store)[""].decode()
    asked = re.search(r"^%% mermaid\.initialize\((.*)\)$", chart, re.MULTILINE)
    return chart, json.loads(asked[1]) if asked else {}


def assert_whole(page: Page, network: Network, store: EmbeddedStore) -> None:
    """Fail unless Mermaid finds each node with its address, and each link with its name between its two ends."""
    chart, settings = chart_of(network, store)
    assert bool(settings) == (len(network.links) > MOST_LINKS or len(chart) > MOST_CHARACTERS)
    assert len(chart) <= settings.get("maxTextSize", MOST_CHARACTERS)
    read: dict[str, Any] = page.evaluate(READ, [chart, settings])
    iris = dict(read["nodes"])
    assert sorted(iris.values()) == sorted(network.nodes)
    assert sorted((iris[source], label, iris[target]) for source, label, target in read["edges"]) == sorted(
        (link.source, str(link.attributes["label"]), link.target) for link in network.links
    )


@pytest.mark.parametrize("view", VIEWS)
def test_mermaid_reads_every_view_of_a_report(page: Page, sample_store: EmbeddedStore, view: str) -> None:
    """Nothing of a view is lost, and nothing in a name of the report ends anything early."""
    assert_whole(page, network_of(sample_store, Selection(view), "vi"), sample_store)


def test_a_chart_that_is_too_large_says_what_mermaid_must_be_told(
    page: Page, network: Network, two_reports: EmbeddedStore
) -> None:
    """Mermaid refuses more than 500 links, and takes them with the settings that stand at the head of the chart."""
    links = network.links[:1] * (MOST_LINKS + 1)
    large = replace(network, links=links)
    chart, settings = chart_of(large, two_reports)
    assert settings["maxEdges"] == MOST_LINKS + 1
    with pytest.raises(Exception, match="Edge limit exceeded"):
        page.evaluate(READ, [chart, {}])
    assert_whole(page, large, two_reports)


def test_mermaid_draws_names_as_they_are(page: Page, network: Network, two_reports: EmbeddedStore) -> None:
    """Quotation marks, angle brackets and number signs of names and title are drawn, and every link is."""
    drawn: dict[str, Any] = page.evaluate(DRAW, chart_of(network, two_reports)[0])
    assert drawn["title"] == network.title
    told = sorted(re.sub(r"\s+", "", label) for label in drawn["labels"])
    assert told == sorted(re.sub(r"\s+", "", cut(str(values["label"]), 80)) for values in network.nodes.values())
    assert drawn["links"] == len(network.links)
