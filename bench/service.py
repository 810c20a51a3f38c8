"""How the service holds out: short queries while others attack it.

    python bench/service.py [SECONDS]

Starts `hpkg serve`, has 50 clients ask a simple ASK each, one after the other, first alone and then while attackers
send queries that would run for ever, and prints how long an answer took and how the attacks ended.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = 50
PAUSE_SECONDS = 0.1
SIMPLE = "ASK {{ ?task a hp:Task ; skos:prefLabel ?label }} # {number}"
ATTACKS = {
    "cross join": "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} # {number}",
    "regex": "SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o . ?a ?b ?c FILTER(REGEX(STR(?o), '(a|b|ab)*(c|d)*x')) }} # {number}",
    "17 joins": "SELECT (COUNT(*) AS ?n) {{"
    + " ".join(f"?s{n} ?p{n} ?s{n + 1} ." for n in range(17))
    + "}} # {number}",
    "path": "SELECT (COUNT(*) AS ?n) {{ ?a (!<urn:a>|!<urn:b>)+/(!<urn:a>)*/(!<urn:c>)+ ?b }} # {number}",
    "memory": "SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY ?a ?d # {number}",
    "nesting": "SELECT * {{ " + "{{" * 5000 + "}}" * 5000 + " }} # {number}",
    "2 MB": "ASK {{ VALUES ?v {{" + " 1" * 1_000_000 + "}} }} # {number}",
}
NUMBERS = itertools.count()


async def ask(port: int, query: str, path: str = "sparql") -> int:
    """Send a query on a connection of its own and return the status of the answer, 0 if there was none."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = query.encode()
        head = (
            f"POST /{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = await reader.read()
        writer.close()
        return int(answer.split(b" ", 2)[1]) if answer else 0
    except OSError:
        return 0


async def client(port: int, until: float, seconds: list[float], statuses: Counter[int]) -> None:
    """Ask the simple query again and again, with a pause as a person or a page makes."""
    while time.monotonic() < until:
        begin = time.perf_counter()
        statuses[await ask(port, SIMPLE.format(number=next(NUMBERS)))] += 1
        seconds.append(time.perf_counter() - begin)
        await asyncio.sleep(PAUSE_SECONDS)


async def attacker(port: int, until: float, name: str, ends: Counter[str], slowest: dict[str, float]) -> None:
    """Send one kind of attack again and again."""
    while time.monotonic() < until:
        begin = time.perf_counter()
        status = await ask(port, ATTACKS[name].format(number=next(NUMBERS)))
        ends[f"{name}: {status}"] += 1
        slowest[name] = max(slowest.get(name, 0), time.perf_counter() - begin)


async def attack(port: int, seconds: float, attackers: int) -> None:
    """Attack with so many attackers of each kind, and print how the attacks ended."""
    until = time.monotonic() + seconds
    ends: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    await asyncio.gather(*(attacker(port, until, name, ends, slowest) for name in ATTACKS for _ in range(attackers)))
    for name, count in sorted(ends.items()):
        print(f"  {name} × {count}, slowest {slowest[name.split(':')[0]]:.2f} s")


async def measure(port: int, seconds: float, attackers: int) -> None:
    """Print how 50 clients fare beside so many attackers of each kind."""
    until = time.monotonic() + seconds
    spent: list[float] = []
    statuses: Counter[int] = Counter()
    # In a process of their own: what they need to make their queries is no delay of the service's.
    program = (sys.executable, __file__, str(seconds), "--attack", str(port), str(attackers))
    attacks = await asyncio.create_subprocess_exec(*program, stdout=subprocess.PIPE)
    await asyncio.gather(*(client(port, until, spent, statuses) for _ in range(CLIENTS)))
    told, _ = await attacks.communicate()
    spent.sort()
    shown = {name: spent[int(len(spent) * share)] * 1000 for name, share in [("p50", 0.5), ("p99", 0.99)]}
    print(f"attackers of each kind: {attackers}; answers: {dict(statuses)}; ", end="")
    print(", ".join(f"{name} {value:.1f} ms" for name, value in shown.items()), f"max {spent[-1] * 1000:.1f} ms")
    print(told.decode(), end="")


def main() -> None:
    """Run the service and measure."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20
    if sys.argv[2:3] == ["--attack"]:
        asyncio.run(attack(int(sys.argv[3]), seconds, int(sys.argv[4])))
        return
    environment = os.environ | {"HPKG_LANG": "en", "HPKG_HOME": str(ROOT), "PYTHONPATH": str(ROOT / "src")}
    program = [sys.executable, "-c", "from hpkg.cli import main; main()", "serve", "--port", "0", "--timeout", "5"]
    with (
        subprocess.Popen(program, env=environment, stderr=subprocess.PIPE, text=True) as service,  # noqa: S603
        Path(os.devnull).open("w", encoding="ascii") as nowhere,
    ):
        assert service.stderr
        told = service.stderr.readline()
        address = re.search(r":(\d+)/", told)
        assert address, told
        log = subprocess.Popen(["cat"], stdin=service.stderr, stdout=nowhere)  # noqa: S607
        try:
            for attackers in (0, 1, 4):
                asyncio.run(measure(int(address[1]), seconds, attackers))
        finally:
            service.terminate()
            service.wait()
            log.wait()


if __name__ == "__main__":
    main()
