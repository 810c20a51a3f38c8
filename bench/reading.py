"""How fast the reader is, and whether it stays linear: `python bench/reading.py [--reports N] [--processes N]`.

Figures are of one run on one machine; what holds elsewhere are the ratios. Not a test: nothing passes or fails here.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from synthetic import make_report

from hpkg.extract.facts import read_facts
from hpkg.home import home
from hpkg.lexicon import load_lexicon
from hpkg.source import Source, list_sources, load_source

_RUNS = 5
_LENGTHS = (1, 2, 4, 8)


def _words(source: Source) -> int:
    return len(source.text.split())


def _time(source: Source) -> float:
    """Return the seconds of the processor that one reading takes."""
    lexicon = load_lexicon(home())
    begin = time.process_time()
    read_facts(source, lexicon)
    return time.process_time() - begin


def _read(seed: int) -> tuple[int, int]:
    """Read one synthetic report and return its words and its facts."""
    source = make_report(load_lexicon(home()), seed)
    return _words(source), len(read_facts(source, load_lexicon(home())).facts)


def _report() -> None:
    """Time the first report of the home."""
    source = load_source(list_sources(home())[0])
    taken = statistics.median(_time(source) for _ in range(_RUNS))
    words = _words(source)
    rate = taken / words * 1e6
    print(f"{source.key}: {words} words in {taken:.2f} s (median of {_RUNS}), {rate:.0f} ms per 1,000 words")


def _linearity() -> None:
    """Time a synthetic report at growing lengths; a ratio of 1 is linear."""
    lexicon = load_lexicon(home())
    base = 0.0
    for times in _LENGTHS:
        source = make_report(lexicon, 1, sentences=300 * times)
        taken = min(_time(source) for _ in range(3)) / _words(source)
        base = base or taken
        print(f"length x{times}: {_words(source)} words, time per word {taken / base:.2f} of that of x1")


def _memory(reports: int) -> None:
    """Show the peak memory after a few reports and after many."""
    lexicon = load_lexicon(home())
    for at in range(1, reports + 1):
        read_facts(replace(make_report(lexicon, at)), lexicon)
        if at in (reports // 10, reports):
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"peak memory after {at} reports: {peak:.0f} MiB")


def _throughput(reports: int, processes: int) -> None:
    """Time many reports in one process and in several."""
    begin, busy = time.perf_counter(), time.process_time()
    words = sum(_read(seed)[0] for seed in range(reports))
    one, taken = time.perf_counter() - begin, time.process_time() - busy
    print(f"{reports} synthetic reports, {words} words, one process: {taken / words * 1e6:.0f} ms per 1,000 words")
    begin = time.perf_counter()
    with ProcessPoolExecutor(processes) as pool:
        list(pool.map(_read, range(reports), chunksize=max(1, reports // (processes * 4))))
    many = time.perf_counter() - begin
    print(f"{processes} processes: {one / many:.2f} times as fast as one")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    _report()
    _linearity()
    _memory(min(chosen.reports, 200))
    _throughput(chosen.reports, chosen.processes)


if __name__ == "__main__":
    main()
