"""The page of a network opens from disk and shows nodes, evidence and kinds without asking anybody."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.browser import CHROMIUM, needs_chromium

from hpkg.errors import StoreError
from hpkg.export import Network, written
from hpkg.home import asset

from .conftest import TASK

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.store.embedded import EmbeddedStore


def is_built() -> bool:
    """Tell whether the assets were bundled."""
    try:
        asset("network.js")
    except StoreError:
        return False
    return True


pytestmark = pytest.mark.skipif(not is_built(), reason="needs what tools/web.py builds")


@pytest.fixture(scope="module")
def page(network: Network, two_reports: EmbeddedStore) -> str:
    """The page of both reports."""
    return written(network, "html", two_reports)[""].decode()


def test_the_page_asks_nobody(page: str) -> None:
    """Script and style are in the page, and its policy forbids it to fetch anything."""
    assert "default-src 'none'" in page
    assert re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page) == []
    assert page.count("</script>") == 2


def test_the_page_has_every_node_and_link(page: str, network: Network) -> None:
    """The data in the page is whole, and no text of the report ends it early."""
    found = re.search(r'<script type="application/json" id="network">(.*?)</script>', page, re.DOTALL)
    assert found
    elements = json.loads(found[1])["elements"]
    assert {node["data"]["id"] for node in elements["nodes"]} == set(network.nodes)
    assert len(elements["edges"]) == len(network.links)
    label = network.nodes[TASK]["label"]
    assert label in {node["data"]["label"] for node in elements["nodes"]}


@needs_chromium
def test_a_browser_shows_the_evidence_of_a_node(page: str, tmp_path: Path) -> None:
    """Opened from disk at a node, the page shows its name and its quotes, a box for each kind, and no error."""
    assert CHROMIUM is not None
    path = tmp_path / "network.html"
    path.write_text(page, "utf-8")
    run = subprocess.run(  # noqa: S603 — ours
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"),
            *("--virtual-time-budget=5000", "--dump-dom", f"{path.as_uri()}#{TASK}"),
        ],
        capture_output=True,
        check=True,
    )
    shown = run.stdout.decode()
    panel = shown[shown.index('id="panel"') : shown.index('id="network"')]
    assert '<h2>Phát triển "dịch vụ" &lt;logistics&gt; &amp; \\ #1</h2>' in panel
    assert re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", panel) == ["cảng biển", "trung tâm "]
    assert {"kind-task", "kind-pillar", "kind-project"} <= set(re.findall(r'id="(kind-[a-z-]+)"', shown))
    assert "Refused to" not in run.stderr.decode()
