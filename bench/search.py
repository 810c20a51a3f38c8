"""How fast searching is, and how well questions in plain words are understood.

    python bench/search.py

Prints the median and the slowest search over queries of many kinds on the shipped graph, how long the index takes to
build and to load from the cache, the time to read a question, and for each part of the paraphrases how many come first
with module and parameters right.
"""

from __future__ import annotations

import csv
import statistics
import sys
import time
from pathlib import Path

import hpkg
from hpkg.errors import CallerError
from hpkg.questions import named, resolve
from hpkg.search import Index, things

ROOT = Path(__file__).resolve().parent.parent
QUERIES = (
    "cang bien", "cảng biển", "cau rao 1", "x", "c", "xuat khau", "Cát Hải", "50-NQ/TW", "port", "nhiem vu trong tam",
    "which projects are in Cat Hai", "cagn bien", "khởi công một số dự án", "thành phố",
)  # fmt: skip
REPEATED = 15


def main() -> None:
    """Measure and print."""
    graph = hpkg.open(ROOT)
    begin = time.perf_counter()
    index = Index.build(things(graph.store), graph.version)
    built = time.perf_counter()
    loaded = Index.load(index.dump())
    print(f"index: built in {built - begin:.2f} s, {len(index.dump()) / 1e6:.1f} MB,", end=" ")
    print(f"dumped and loaded in {(time.perf_counter() - built) * 1000:.0f} ms")
    medians = {query: statistics.median(_timed(loaded, query) for _ in range(REPEATED)) for query in QUERIES}
    slowest = max(medians, key=medians.__getitem__)
    print(f"search: median {statistics.median(medians.values()):.1f} ms, slowest {medians[slowest]:.1f} ms ({slowest})")
    rows = list(csv.DictReader((ROOT / "tests/data/paraphrases.csv").read_text("utf-8").splitlines()))
    graph.understand("nhiệm vụ nào phục vụ trụ cột cảng biển?")
    for part in ("tuning", "held-back", "fresh"):
        asked = [row for row in rows if row["part"] == part and row["module"] != "-"]
        begin = time.perf_counter()
        right = sum(_is_right(graph, row) for row in asked)
        each = (time.perf_counter() - begin) / len(asked) * 1000
        print(
            f"understood, {part}: {right} of {len(asked)} ({right / len(asked):.1%}), {each:.0f} ms each with checking"
        )


def _timed(index: Index, query: str) -> float:
    begin = time.perf_counter()
    index.search(query)
    return (time.perf_counter() - begin) * 1000


def _is_right(graph: hpkg.KnowledgeGraph, row: dict[str, str]) -> bool:
    try:
        best = graph.understand(row["question"]).best
    except CallerError:
        return False
    wanted = dict(pair.split("=", 1) for pair in row["parameters"].split(";") if pair)
    if best.question.name != row["module"]:
        return False

    def meant(given: dict[str, str]) -> dict[str, str]:
        values = {one: given.get(one.name, one.default) for one in named(graph.home, row["module"]).parameters}
        return {one.name: str(resolve(graph.store, one, value)) for one, value in values.items() if value is not None}

    return meant(best.parameters) == meant(wanted)


if __name__ == "__main__":
    sys.exit(main())
