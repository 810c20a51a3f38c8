"""How fast the questions are answered: `python bench/questions.py [--triples N …] [--runs N]`.

Each module is asked with the parameters of its golden answer, on the shipped graph and on larger ones of its shape.
`ratio` is the time of `ask` by that of the bare query in the engine. Figures are of one run on one machine; what holds
elsewhere are the ratios. Not a test: nothing passes or fails here.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parent))

import itertools

from synthetic_graph import contents, copies_for

from hpkg.home import home
from hpkg.namespaces import BASE, PREFIXES
from hpkg.questions import all_questions, ask, resolve
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.query import bind

if TYPE_CHECKING:
    from collections.abc import Callable

    from rdflib.term import Node

    from hpkg.questions import Question

_SLOW_MS = 50
_RUNS = 5
_ENOUGH_SECONDS = 2.0
_LINEAR = 1.3


def _median(call: Callable[[], object], runs: int) -> float:
    """Return the median processor time of a call in milliseconds; a slow one is not repeated for long."""
    call()
    times: list[float] = []
    while len(times) < runs and sum(times) < _ENOUGH_SECONDS:
        begin = time.process_time()
        call()
        times.append(time.process_time() - begin)
    return statistics.median(times) * 1000


def _terms(store: EmbeddedStore, question: Question) -> dict[str, Node]:
    """Return what the parameters of the golden answer mean in the shipped graph."""
    given = dict(question.golden.parameters)
    return {p.name: resolve(store, p, given[p.name]) for p in question.parameters if p.name in given}


def _bare(store: EmbeddedStore, question: Question, terms: dict[str, Node]) -> Callable[[], object]:
    """Return the query of a question as one would send it to the engine oneself."""
    query = bind(question.sparql, terms)
    engine = store._engine  # noqa: SLF001 — the peer is the engine itself

    def call() -> object:
        found = engine.query(query, base_iri=BASE, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        return [tuple(solution) for solution in found]

    return call


def _measure(
    store: EmbeddedStore, questions: dict[Question, dict[str, Node]], runs: int
) -> dict[str, tuple[float, float]]:
    """Return the medians of `ask` and of the bare query, in milliseconds, by the name of the question."""
    found: dict[str, tuple[float, float]] = {}
    for question, terms in questions.items():
        given = {name: str(term) for name, term in terms.items()}
        asked = _median(lambda q=question, g=given: ask(store, q, g), runs)  # type: ignore[misc]
        found[question.name] = (asked, _median(_bare(store, question, terms), runs))
    return found


def main() -> None:
    """Print a table for each size, and what grows faster than the graph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--triples", type=int, nargs="*", default=[1_000_000, 10_000_000], help="sizes of larger graphs"
    )
    parser.add_argument("--runs", type=int, default=_RUNS, help="how often each question is asked")
    options = parser.parse_args()
    place = home()
    shipped = EmbeddedStore.open(place)
    questions = {question: _terms(shipped, question) for question in all_questions(place)}
    sizes: list[tuple[int, dict[str, tuple[float, float]]]] = []
    for copies in [1, *(copies_for(place, wanted) for wanted in options.triples)]:
        begin = time.perf_counter()
        store = EmbeddedStore(dict(contents(place, copies)))
        seconds = time.perf_counter() - begin
        print(f"\n{len(store):,} triples, {copies} reports, loaded in {seconds:.1f} s", flush=True)
        times = _measure(store, questions, options.runs)
        sizes.append((len(store), times))
        print(f"  {'question':36} {'ask ms':>9} {'bare ms':>9} {'ratio':>6}")
        for name, (asked, bare) in sorted(times.items(), key=lambda item: -item[1][0]):
            print(f"  {name:36} {asked:9.1f} {bare:9.1f} {asked / bare:6.2f}", flush=True)
        ratios = [asked / bare for asked, bare in times.values()]
        print(f"  ratio: median {statistics.median(ratios):.2f}, highest {max(ratios):.2f}")
        if copies == 1:
            slow = [name for name, (asked, _) in times.items() if asked > _SLOW_MS]
            print(f"  above {_SLOW_MS} ms: {', '.join(slow) or 'none'}")
        del store
    for (small, before), (large, after) in itertools.pairwise(sizes):
        growth = large / small
        faster = {name: after[name][1] / before[name][1] / growth for name in after}
        told = [f"{name} {by:.1f}" for name, by in faster.items() if by > _LINEAR]
        print(f"\n{small:,} → {large:,}: grows faster than the graph (by): {', '.join(told) or 'none'}")


if __name__ == "__main__":
    main()
