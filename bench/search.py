"""How fast searching is, and reading a question in plain words.

    python bench/search.py

Prints the median and the slowest search over queries of many kinds on the shipped graph, how long the index takes to
build and to load from the cache, and the time to read a question. How well questions are understood is measured by
`tests/understand/measure.py`.
"""

from __future__ import annotations

import contextlib
import csv
import statistics
import sys
import time
from pathlib import Path

import hpkg
from hpkg.errors import CallerError
from hpkg.search import Index, things

ROOT = Path(__file__).resolve().parent.parent
QUERIES = (
    "cang bien", "cảng biển", "cau rao 1", "x", "c", "xuat khau", "Cát Hải", "50-NQ/TW", "port", "nhiem vu trong tam",
    "which projects are in Cat Hai", "cagn bien", "khởi công một số dự án", "thành phố", "t", "c t", "a b c d", "đ",
    "zzzqx", "tang truong kinh te grdp nam 2021 cua thanh pho hai phong dat bao nhieu phan tram",
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
    graph.understand("nhiệm vụ nào phục vụ trụ cột cảng biển?")
    sheet = (ROOT / "tests/data/paraphrases.csv").read_text("utf-8")
    read = [row["question"] for row in csv.DictReader(sheet.splitlines())]
    begin = time.perf_counter()
    for question in read:
        with contextlib.suppress(CallerError):
            graph.understand(question)
    print(f"questions in plain words: {(time.perf_counter() - begin) / len(read) * 1000:.0f} ms each")


def _timed(index: Index, query: str) -> float:
    begin = time.process_time()
    index.search(query)
    return (time.process_time() - begin) * 1000


if __name__ == "__main__":
    sys.exit(main())
