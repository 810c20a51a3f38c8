"""How fast the service answers beside others, on the same graph and the same machine.

    python bench/servers.py [--triples N …] [--rounds N] [--seconds N] [--peers PYTHON]

Runs `hpkg serve`, Oxigraph's server in Rust (package `oxigraph`), rdflib-endpoint, and FastAPI over pyoxigraph, each on
one core, asked by `wrk` from the other, in turns; prints the median of the rounds as requests a second, as processor
time a request, and as ratios to Oxigraph's server. Then runaway queries against both, pages, start, memory.

Oxigraph runs twice: with a deadline for queries (`--timeout-s`), as ours has one, it starts a thread for each query,
which costs it several times the query; so ratios are to the one without, and runaways are sent to the one with it.
Of queries that are another text each time ours has kept what they have in common (the head of the request, the shape
of the query and how such queries are run), never an answer.
`--peers` names the Python that has `fastapi`, `rdflib-endpoint`, `uvicorn`, `httptools` and `uvloop`.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parent.parent))  # what the tests share stands there

import pyoxigraph as ox
from service import ask
from synthetic_graph import contents, copies_for
from tests.processes import descendants

from hpkg.home import Home
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
SERVER_CORE, LOAD_CORE = "0", "1"
CONNECTIONS = 8
DEADLINE_SECONDS = 5
RUNAWAYS = 4
REST_SECONDS = 12
"""After so long workers that were needed for a while are gone."""

TICKS = os.sysconf("SC_CLK_TCK")
PROLOGUE = f"PREFIX hp: <{BASE}def#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
QUERIES = {
    "cheap": PROLOGUE + "ASK { ?task a hp:Task ; skos:prefLabel ?label }",
    # Another constant each time, where the others differ in a comment.
    "lookup": PROLOGUE + 'SELECT ?thing { ?thing skos:prefLabel "number @N@" }',
    "medium": PROLOGUE + "SELECT ?task ?label { ?task a hp:Task ; skos:prefLabel ?label } ORDER BY ?label LIMIT 50",
}
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } # "
LUA = """
local n, query, fresh, run = 0, [==[%s]==], %s, "%s-"
local headers = {["Content-Type"] = "application/sparql-query", ["Accept"] = "application/sparql-results+json"}
local same = nil
function request()
  if fresh then
    n = n + 1
    return wrk.format("POST", "/%s", headers, query:gsub("@N@", run .. n) .. " # " .. run .. n)
  end
  same = same or wrk.format("POST", "/%s", headers, query)
  return same
end
"""
FASTAPI = """
import sys
import pyoxigraph as ox
import uvicorn
from fastapi import FastAPI, Request, Response
store, app = ox.Store(), FastAPI()
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_TRIPLES)

def answer(query):
    return store.query(query).serialize(format=ox.QueryResultsFormat.JSON)

@app.post("/")
async def sparql(request: Request):
    return Response(answer((await request.body()).decode()), media_type="application/sparql-results+json")

uvicorn.run(app, port=int(sys.argv[2]), log_level="critical")
"""
RDFLIB = """
import sys
import uvicorn
from rdflib import Graph
from rdflib_endpoint import SparqlEndpoint
graph = Graph().parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=graph), port=int(sys.argv[2]), log_level="critical")
"""
LOAD_ONLY = """
import sys
from importlib import import_module
from pathlib import Path
import hpkg.serve
from hpkg.cli.serve import command
from hpkg.serve.app import ROOMS
from hpkg.store.writing import restored
modules = [import_module(room) for room in ROOMS]
store = restored((Path(sys.argv[1]) / "dataset.nq").read_bytes())
print("loaded", flush=True)
sys.stdin.read()
"""
FRESH = itertools.count(int(time.time()))


@dataclass(frozen=True)
class Server:
    """A server that runs: its name, its process, and where it answers queries."""

    name: str
    process: subprocess.Popen[str]
    port: int
    path: str = ""

    def processor_seconds(self) -> float:
        """Return the processor time of all its processes."""
        total = 0
        for pid in (self.process.pid, *descendants(self.process.pid)):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
            except OSError:
                continue
            total += sum(map(int, fields[11:15]))
        return total / TICKS

    def bytes_of_memory(self) -> int:
        """Return what all its processes take, memory that several share counted once."""
        return sum(proportional_bytes(pid) for pid in (self.process.pid, *descendants(self.process.pid)))


def proportional_bytes(pid: int) -> int:
    """Return the share of a process in the memory of the machine (Linux's PSS)."""
    try:
        told = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text("ascii"), re.MULTILINE)
    except OSError:
        return 0
    return int(told[1]) * 1024 if told else 0


def pinned(core: str, *command: str) -> list[str]:
    """Return a command that runs on one core."""
    return ["taskset", "-c", core, *command]


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
    return port


@contextmanager
def running(name: str, command: Sequence[str], port: int, path: str, **environment: str) -> Iterator[Server]:
    """Run a server until the block is left."""
    with subprocess.Popen(  # noqa: S603 — commands of this file
        pinned(SERVER_CORE, *command),
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            server = Server(name, process, port, path)
            wait_for(server)
            yield server
        finally:
            process.terminate()
            process.wait()


def wait_for(server: Server) -> None:
    """Return once a server answers."""
    address = f"http://127.0.0.1:{server.port}/{server.path}?query=ASK%7B%7D"
    while server.process.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    message = f"{server.name} did not start"
    raise RuntimeError(message)


def ours(state: Path, port: int, *options: str) -> list[str]:
    """Return the command of our service, over the dataset in `state`."""
    program = [sys.executable, "-c", "from hpkg.cli import main; main()", "serve", "--port", str(port)]
    return [*program, "--state", str(state), *options]


ENVIRONMENT = {"HPKG_LANG": "en", "HPKG_HOME": str(ROOT), "PYTHONPATH": str(ROOT / "src")}


def store_in_oxigraph(server: Server, triples: Path) -> None:
    """Load a file into Oxigraph's server."""
    address = f"http://127.0.0.1:{server.port}/store?default"
    headers = {"Content-Type": "application/n-triples"}
    with triples.open("rb") as body:
        headers["Content-Length"] = str(triples.stat().st_size)
        urllib.request.urlopen(urllib.request.Request(address, body, headers, method="PUT")).close()


def write_graph(folder: Path, triples: int) -> int:
    """Write a graph of about so many triples: for ours as a state, for the others as one file; return its size."""
    home = Home(ROOT)
    store = ox.Store()
    copies = copies_for(home, triples) if triples else 1
    for graph, text in contents(home, copies):
        store.bulk_load(input=text, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))
    state = folder / "state"
    state.mkdir()
    with (state / "dataset.nq").open("wb") as file:
        file.write(b"# built for a benchmark\n")
        store.dump(file, ox.RdfFormat.N_QUADS)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    store.dump(str(folder / "graph.nt"), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


def load(server: Server, query: str, seconds: float, folder: Path, *, fresh: bool) -> tuple[float, float]:
    """Return the requests a second that a server answers, and its processor seconds a request."""
    script = folder / "load.lua"
    script.write_text(LUA % (query, str(fresh).lower(), next(FRESH), server.path, server.path), "utf-8")
    return wrk(server, f"/{server.path}", seconds, "-s", str(script))


def wrk(server: Server, path: str, seconds: float, *options: str) -> tuple[float, float]:
    """Return the same of any path."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", *options, f"http://127.0.0.1:{server.port}{path}"]
    before = server.processor_seconds()
    told = subprocess.run(pinned(LOAD_CORE, *command), capture_output=True, text=True, check=True).stdout  # noqa: S603
    spent = server.processor_seconds() - before
    count = re.search(r"(\d+) requests in", told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not count or not rate or not int(count[1]):
        return 0.0, float("nan")
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    if refused:
        print(f"  ! {server.name}: {refused[1]} of {count[1]} answers were errors")
    return float(rate[1]), spent / int(count[1])


def compare(servers: Sequence[Server], rounds: int, seconds: float, folder: Path) -> None:
    """Print how fast the servers answer each query, in turns."""
    for (name, query), fresh in itertools.product(QUERIES.items(), (True, False)):
        found: dict[str, list[tuple[float, float]]] = {server.name: [] for server in servers}
        for server in servers:
            load(server, query, 1, folder, fresh=fresh)  # so that each has met the query
        for _ in range(rounds):
            for server in servers:
                found[server.name].append(load(server, query, seconds, folder, fresh=fresh))
        print(f"{name}, {'another text each time' if fresh else 'the same request each time'}:")
        medians = {who: (median(r for r, _ in runs), median(c for _, c in runs)) for who, runs in found.items()}
        base_rate, base_cost = medians["oxigraph"]
        for who, (rate, cost) in medians.items():
            told = f"  {who:17} {rate:9.1f}/s {cost * 1e6:9.0f} µs of processor"
            print(f"{told}; to oxigraph: {rate / base_rate:6.2f} by rate, {base_cost / cost:6.2f} by processor time")


async def client(port: int, path: str, until: float, seconds: list[float]) -> None:
    """Ask the cheap query again and again, another text each time."""
    while time.monotonic() < until:
        begin = time.perf_counter()
        if await ask(port, f"{QUERIES['cheap']} # {next(FRESH)}", path) == 200:  # noqa: PLR2004 — OK
            seconds.append(time.perf_counter() - begin)
        await asyncio.sleep(0.1)


async def runaway(port: int, path: str, until: float, ends: list[tuple[int, float]]) -> None:
    """Ask for what takes for ever, again and again."""
    while time.monotonic() < until:
        begin = time.perf_counter()
        status = await asyncio.wait_for(ask(port, RUNAWAY + str(next(FRESH)), path), 60)
        ends.append((status, time.perf_counter() - begin))


async def attack(server: Server, seconds: float) -> tuple[list[float], list[tuple[int, float]]]:
    """Return how long cheap queries took beside runaways, and how and after how long those ended."""
    until = time.monotonic() + seconds
    spent: list[float] = []
    ends: list[tuple[int, float]] = []
    cheap = [client(server.port, server.path, until, spent) for _ in range(CONNECTIONS)]
    wild = [runaway(server.port, server.path, until, ends) for _ in range(RUNAWAYS)]
    done = await asyncio.gather(*cheap, *wild, return_exceptions=True)
    ends += [(0, float("inf")) for error in done if isinstance(error, TimeoutError)]
    return sorted(spent), ends


def hold_out(servers: Sequence[Server], seconds: float) -> None:
    """Print how servers fare under runaway queries."""
    print(f"{RUNAWAYS} runaway clients, deadline {DEADLINE_SECONDS} s:")
    for server in servers:
        spent, ends = asyncio.run(attack(server, seconds))
        at = {share: spent[int(len(spent) * share)] * 1000 if spent else float("nan") for share in (0.5, 0.99)}
        over = max(took for _, took in ends) - DEADLINE_SECONDS
        time.sleep(1)
        before = server.processor_seconds()
        time.sleep(3)
        left = (server.processor_seconds() - before) / 3
        statuses = sorted({status for status, _ in ends})
        print(
            f"  {server.name:16} cheap queries: {len(spent)}, p50 {at[0.5]:.1f} ms, p99 {at[0.99]:.1f} ms; runaways: "
            f"{len(ends)}, {statuses}, at most {over:.2f} s over the deadline; processor afterwards {left:.1%}"
        )


def pages(server: Server, seconds: float) -> None:
    """Print how many pages of a thing our service gives a second, once it has made them."""
    address = f"http://127.0.0.1:{server.port}/sparql?query="
    query = quote(PROLOGUE + "SELECT ?t { ?t a hp:Task } LIMIT 1")
    request = urllib.request.Request(address + query, headers={"Accept": "text/csv"})  # noqa: S310 — of this machine
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        iri = answer.read().decode().split()[1]
    path = iri.removeprefix(BASE).replace("id/", "/doc/", 1)
    urllib.request.urlopen(f"http://127.0.0.1:{server.port}{quote(path)}").close()
    rate, cost = wrk(server, quote(path), seconds)
    print(f"pages of a thing: {rate:.0f}/s, {cost * 1e6:.0f} µs of processor each")


def start_and_memory(server: Server, state: Path) -> None:
    """Print how long our service takes to start once its graph is loaded, and what its workers take above one process.

    That process has the same modules and the same graph, and does nothing.
    """
    program = pinned(SERVER_CORE, sys.executable, "-c", LOAD_ONLY, str(state))
    environment = os.environ | ENVIRONMENT
    begin = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 — our own command
        program, env=environment, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        process.stdout.readline()
        loading = time.perf_counter() - begin
        one = proportional_bytes(process.pid)
        process.communicate("")
    port = free_port()
    begin = time.perf_counter()
    with running("hpkg", ours(state, port), port, "sparql", **ENVIRONMENT):
        starting = time.perf_counter() - begin
    time.sleep(REST_SECONDS)
    workers = len(descendants(server.process.pid)) - 1
    whole = server.bytes_of_memory()
    print(f"start: {starting:.2f} s to the first answer, {starting - loading:.2f} s more than imports and loading")
    print(
        f"memory: {whole >> 20} MiB for the service with {workers} workers, {one >> 20} MiB for one process alone: "
        f"{whole / one:.2f}"
    )


def measure(triples: int, options: argparse.Namespace) -> None:
    """Print everything for a graph of about so many triples."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        size = write_graph(folder, triples)
        print(f"\n{size} triples; load average {os.getloadavg()[0]:.1f}")
        (folder / "fast.py").write_text(FASTAPI, "utf-8")
        (folder / "rdflib_.py").write_text(RDFLIB, "utf-8")
        port = [free_port() for _ in range(5)]
        program = shutil.which("oxigraph") or "oxigraph"
        deadline = str(DEADLINE_SECONDS)
        servers = []
        for place, who, more in ((0, "oxigraph", []), (4, "oxigraph-deadline", ["--timeout-s", deadline])):
            rust = [program, "serve", "--bind", f"127.0.0.1:{port[place]}", *more]
            servers.append(stack.enter_context(running(who, rust, port[place], "query")))
            store_in_oxigraph(servers[-1], folder / "graph.nt")
        for number, who, script in ((1, "fastapi", "fast.py"), (2, "rdflib-endpoint", "rdflib_.py")):
            command = [options.peers, str(folder / script), str(folder / "graph.nt"), str(port[number])]
            try:
                servers.append(stack.enter_context(running(who, command, port[number], "")))
            except RuntimeError as error:
                print(f"  ! {error}")
        command = ours(folder / "state", port[3], "--timeout", deadline)
        servers.append(stack.enter_context(running("hpkg", command, port[3], "sparql", **ENVIRONMENT)))
        compare(servers, options.rounds, options.seconds, folder)
        os.sched_setaffinity(0, {int(LOAD_CORE)})
        hold_out([servers[1], servers[-1]], max(12, options.seconds * 3))
        pages(servers[-1], options.seconds)
        start_and_memory(servers[-1], folder / "state")
        print(f"load average {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, nargs="*", default=[0, 1_000_000], help="sizes; 0: the shipped graph")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--peers", default=sys.executable)
    options = parser.parse_args()
    for triples in options.triples:
        measure(triples, options)


if __name__ == "__main__":
    main()
