"""The protocol over HTTP and over stdin and stdout: a real service, and the SDK's own client."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from tests.serve.client import running

import hpkg

ROOT = Path(__file__).parents[2]
CROSS = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(8))
PILLARS = {"query": "SELECT ?pillar { ?pillar a hp:Pillar }"}


async def _use(client: Client) -> dict[str, Any]:
    async with client:
        asked = {"question": "tasks-by-pillar", "parameters": {"pillar": "port-logistics"}}
        return {
            "rows": (await client.call_tool("ask", asked)).structured_content["rows"],
            "pillars": (await client.call_tool("sparql", PILLARS)).structured_content,
            "runaway": await client.call_tool("sparql", {"query": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"}),
            "network": await client.call_tool("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1/> { } }"}),
        }


def _proves(found: dict[str, Any]) -> None:
    expected = hpkg.open().ask("tasks-by-pillar", pillar="port-logistics")
    assert [row["task"] for row in found["rows"]] == [row["task"] for row in expected]
    assert found["pillars"]["complete"] is True
    assert len(found["pillars"]["answer"]["results"]["bindings"]) == 3
    assert found["runaway"].is_error
    assert found["network"].is_error


def test_over_http_under_the_limits_of_the_service() -> None:
    """A question, a query, one that would never end, and one that would reach out."""
    with running("--timeout", "1", home=hpkg.open().home.root) as service:
        found = asyncio.run(_use(Client(f"http://127.0.0.1:{service.port}/mcp")))
        _proves(found)
        assert "1" in found["runaway"].content[0].text
        assert service.ask("ASK { ?s a hp:Pillar }")


def test_over_stdin_and_stdout() -> None:
    """`hpkg mcp` is the same server."""
    environment = {**os.environ, "HPKG_SERVE_TIMEOUT": "1", "PYTHONPATH": str(ROOT / "src")}
    program = "from hpkg.cli import main; main()"
    started = StdioServerParameters(command=sys.executable, args=["-c", program, "mcp"], env=environment)
    _proves(asyncio.run(_use(Client(stdio_client(started)))))


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_other_methods_are_refused(method: str) -> None:
    """The protocol knows GET, POST and DELETE."""
    with running() as service:
        assert service.send(method, "/mcp").status == 405
