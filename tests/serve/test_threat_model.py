"""The threat model is held down: each test it names is there, and some that no other page of rules has."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.processes import descendants
from tests.serve.client import ROOT, SAMPLE, TOKEN, running, small_home

from hpkg.errors import EXIT_CODES, StoreError

if TYPE_CHECKING:
    from tests.serve.client import Client

PAGE = (ROOT / "THREAT_MODEL.md").read_text("utf-8")
DEFINED = {
    name
    for path in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
}


def test_every_threat_has_its_test() -> None:
    """Each row of a table of threats names at least one test, and each test that is named exists."""
    threats = PAGE.partition("## What may be tried")[2].partition("## What is left")[0]
    rows = [line for line in threats.splitlines() if line.startswith("| ") and not line.startswith("| threat |")]
    assert len(rows) > 20
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row.split("|")[3])
        assert named, row
        assert set(named) <= DEFINED, row


BILLION = (
    '<!DOCTYPE r [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + ']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a">'
    + '<p xmlns="urn:">&a11;</p></rdf:Description></rdf:RDF>'
)


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/rdf+xml", BILLION),
        ("text/turtle", "<urn:a> <urn:p> " + "[ <urn:p> " * 200_000),
        ("text/turtle", "<urn:a> <urn:p> " + "( " * 200_000),
        ("application/ld+json", '{"urn:p":' * 200_000),
    ],
    ids=["entities", "blank nodes", "lists", "objects"],
)
def test_content_that_explodes_is_refused(writable: Client, media_type: str, content: str) -> None:
    """Content that expands or nests without end is refused, whatever it does to the process that reads it."""
    before = writable.send("GET", "/ready").json()["dataset"]
    reply = writable.send("PUT", "/graph-store?graph=urn:bomb", content, content_type=media_type)
    assert reply.status in {400, 503}
    assert writable.ask("ASK { ?s ?p ?o }")
    assert writable.send("GET", "/ready").json()["dataset"] == before


def test_tokens_are_compared_in_constant_time() -> None:
    """A token is compared by the function that is made for it, and no other comparison sees one."""
    source = (ROOT / "src/hpkg/serve/token.py").read_text("utf-8")
    assert "hmac.compare_digest(given, token.encode())" in source
    assert not re.search(r"given\s*(==|in)\s|(==|in)\s*given", source)


def test_the_log_tells_no_query_and_no_token(tmp_path: Path) -> None:
    """A line of the log has the number of the request and how it was answered, and nothing of what was asked."""
    (small_home(tmp_path) / "tokens").write_text(TOKEN, "utf-8")
    with running("--token-file", str(tmp_path / "tokens"), "--state", str(tmp_path / "state"), home=tmp_path) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        reply = client.send("GET", "/sparql", parameters={"query": "ASK { <urn:private> ?p ?o }"})
        client.update("INSERT DATA { <urn:private> <urn:p> 1 }")
        log = client.log_at_end()
    lines = [json.loads(line) for line in log]
    assert [line["path"] for line in lines] == ["/sparql", "/sparql"]
    assert lines[0]["request"] == reply.fields["x-request-id"]
    assert [line["status"] for line in lines] == [200, 204]
    assert "private" not in "".join(log)
    assert TOKEN not in "".join(log)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are told by /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_stop_leaves_nothing_behind(number: signal.Signals) -> None:
    """SIGTERM and SIGINT end the service with code 0; nothing outlives it, not even after kill -9 in a long query."""
    with running() as client:
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
        with socket.create_connection(("127.0.0.1", client.port)) as connection:
            head = f"QUERY /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: {len(endless)}\r\n"
            connection.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\n{endless}".encode())
            while b'lane="slow"} 1' not in client.send("GET", "/metrics").body:
                time.sleep(0.05)
            family = descendants(client.process.pid)
            assert len(family) > 2
            if number != signal.SIGKILL:
                connection.close()
            client.process.send_signal(number)
            assert client.process.wait(60) == (-number if number == signal.SIGKILL else 0)
        for pid in family:
            while (Path("/proc") / str(pid)).exists():
                time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are told by /proc")
def test_without_the_graph_the_service_ends() -> None:
    """When the process that holds the graph is killed, the service ends with an error, so that it is started again."""
    with running() as client:
        parents = {pid: descendants(pid) for pid in descendants(client.process.pid)}
        zygote = next(pid for pid, children in parents.items() if children)
        os.kill(zygote, signal.SIGKILL)
        assert client.process.wait(60) == EXIT_CODES[StoreError]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--timeout", "nonsense"], "--timeout"),
        (["--timeout", "0"], "timeout"),
        (["--token-file", "/nowhere"], "/nowhere"),
        (["--settings", "/nowhere.toml"], "/nowhere.toml"),
    ],
)
def test_a_wrong_setting_is_told_before_anything_starts(options: list[str], said: str) -> None:
    """A setting that makes no sense ends the command with code 2 and names the setting."""
    program = [sys.executable, "-c", "import sys; from hpkg.cli import run; sys.exit(run(sys.argv[1:]))"]
    run = subprocess.run(  # noqa: S603 — our own command
        [*program, "--home", str(SAMPLE), "serve", *options], capture_output=True, text=True, check=False
    )
    assert (run.returncode, said in run.stderr) == (2, True)
