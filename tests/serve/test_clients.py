"""Clients that others use: each asks the service the same query and gets the same rows."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pandas as pd
import pytest
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import ResultRow
from SPARQLWrapper import JSON, SPARQLWrapper
from tests.browser import needs_chromium, opened_browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Route
    from tests.serve.client import Client

FOLDER = Path(__file__).parent / "clients"
NODE, CURL = shutil.which("node"), shutil.which("curl")
PACKAGES = FOLDER / "node_modules"
QUERY = """PREFIX hp: <https://w3id.org/hpkg/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?task ?label ?deadline WHERE {
  ?task a hp:Task ; skos:prefLabel ?label
  OPTIONAL { ?task hp:deadline ?deadline }
}
ORDER BY ?task ?deadline"""

Row = dict[str, str]


def sparqlwrapper(endpoint: str) -> list[Row]:
    """Ask as SPARQLWrapper does."""
    client = SPARQLWrapper(endpoint)
    client.setQuery(QUERY)
    client.setReturnFormat(JSON)
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    return [{name: cell["value"] for name, cell in row.items()} for row in found["results"]["bindings"]]


def rdflib_store(endpoint: str) -> list[Row]:
    """Ask as rdflib's store does."""
    rows = SPARQLStore(endpoint).query(QUERY)
    return [{name: str(term) for name, term in row.asdict().items()} for row in rows if isinstance(row, ResultRow)]


def data_frame(endpoint: str) -> list[Row]:
    """Ask as pandas does, which reads the CSV of an address."""
    frame = pd.read_csv(f"{endpoint}?{urlencode({'query': QUERY, 'format': 'csv'})}", dtype=str)
    return [{str(name): cell for name, cell in row.items() if not pd.isna(cell)} for _, row in frame.iterrows()]


def curl(endpoint: str) -> list[Row]:
    """Ask as curl does, with a form and the wish for CSV."""
    assert CURL
    options = ["--silent", "--fail", "--header", "Accept: text/csv", "--data-urlencode", f"query={QUERY}"]
    done = subprocess.run([CURL, *options, endpoint], capture_output=True, check=True)  # noqa: S603 — our own command
    rows = csv.DictReader(io.StringIO(done.stdout.decode(), newline=""))
    return [{name: cell for name, cell in row.items() if cell} for row in rows]


def comunica(endpoint: str) -> list[Row]:
    """Ask as Comunica does, which makes a query of its own from this one."""
    assert NODE
    command = [NODE, "comunica.mjs", endpoint, QUERY]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, check=True)  # noqa: S603 — our own command
    rows: list[Row] = json.loads(done.stdout)
    return rows


def yasgui(endpoint: str) -> list[Row]:
    """Ask as a person at YASGUI does: on a page of another origin, in a browser."""
    with page_server() as address, opened_browser() as browser:
        page = browser.new_page()
        hosts = (address, endpoint)

        def stay(route: Route) -> None:
            route.continue_() if route.request.url.startswith(hosts) else route.abort()

        page.route("**/*", stay)
        page.goto(f"{address}/yasgui.html")
        found: list[dict[str, dict[str, str]]] = page.evaluate(
            """async ([endpoint, query]) => {
                const yasgui = new Yasgui(document.getElementById("yasgui"), { requestConfig: { endpoint } });
                const tab = yasgui.getTab();
                tab.setEndpoint(endpoint);
                tab.setQuery(query);
                await tab.query();
                return tab.getYasr().results.getBindings();
            }""",
            [endpoint, QUERY],
        )
        assert page.locator(".yasr table tbody tr").count() > 0
    return [{name: cell["value"] for name, cell in row.items()} for row in found]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def page_server() -> Iterator[str]:
    """Serve the folder of the clients."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(FOLDER)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


no_packages = pytest.mark.skipif(
    NODE is None or not PACKAGES.is_dir(), reason="needs node and the packages of tests/serve/clients (npm ci)"
)


@pytest.mark.parametrize(
    "client",
    [
        sparqlwrapper,
        rdflib_store,
        data_frame,
        pytest.param(curl, marks=pytest.mark.skipif(CURL is None, reason="curl is missing")),
        pytest.param(comunica, marks=no_packages),
        pytest.param(yasgui, marks=[no_packages, needs_chromium]),
    ],
)
def test_every_client_gets_the_same_rows(service: Client, client: Callable[[str], list[Row]]) -> None:
    """The rows are those of the endpoint's own JSON, in their order, with the cells that are empty left out."""
    told = service.query(QUERY).json()["results"]["bindings"]
    expected = [{name: cell["value"] for name, cell in row.items()} for row in told]
    assert any("deadline" in row for row in expected)
    assert any("deadline" not in row for row in expected)
    assert client(f"http://127.0.0.1:{service.port}/sparql") == expected
