"""How well questions in plain words are understood, measured on any sheet of paraphrases.

    python tests/understand/measure.py [FILE.csv] [--wrong PART]

A sheet has the columns of `tests/data/paraphrases.csv`: the question, its language, whether it is written with tones,
the module and the parameters it asks for (`-`: none, it is no question about a plan), and its part. Printed are totals
of each part. `--wrong` lists what goes wrong in one of them, so that it can be mended: a part that was looked into no
longer tells how well understanding carries over, and belongs to the tuning part from then on. Nobody has looked into
what goes wrong in `tests/data/paraphrases-blind.csv`, which was written from the descriptions of the modules alone.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import hpkg
from hpkg.errors import CallerError
from hpkg.questions import named, names, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg import KnowledgeGraph

__all__ = ["BLIND", "NOT_ASKED", "ROOT", "SHEET", "Outcome", "outcome", "rows_of"]

ROOT = Path(__file__).resolve().parent.parent.parent
SHEET = ROOT / "tests/data/paraphrases.csv"
BLIND = ROOT / "tests/data/paraphrases-blind.csv"
NOT_ASKED = "-"
"""What stands for the module of a question that none answers."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a paraphrase: its module came first, with its parameters, or among what is offered."""

    module: bool
    right: bool
    offered: bool
    said: str


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a sheet."""
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def outcome(graph: KnowledgeGraph, row: dict[str, str]) -> Outcome:
    """Return how `graph` reads a paraphrase."""
    try:
        reading = graph.understand(row["question"])
    except CallerError as error:
        refused = row["module"] == NOT_ASKED
        return Outcome(refused, refused, refused, str(error.code))
    offered = [reading.best, *reading.others]
    first = reading.best.question.name == row["module"]
    right = first and _meant(graph, row["module"], reading.best.parameters) == _meant(
        graph, row["module"], dict(pair.split("=", 1) for pair in row["parameters"].split(";") if pair)
    )
    return Outcome(first, right, any(one.question.name == row["module"] for one in offered), reading.best.call)


def _meant(graph: KnowledgeGraph, module: str, given: dict[str, str]) -> dict[str, str]:
    """Return the terms that parameters mean, defaults included."""
    values = {one: given.get(one.name, one.default) for one in named(graph.home, module).parameters}
    return {one.name: str(resolve(graph.store, one, value)) for one, value in values.items() if value is not None}


def _told(part: str, outcomes: Iterable[Outcome], *, refusals: bool) -> str:
    found = list(outcomes)
    counts = [sum(getattr(one, name) for one in found) for name in ("right", "module", "offered")]
    right, module, offered = (f"{count} ({count / len(found):.1%})" for count in counts)
    if refusals:
        return f"{part}: of {len(found)} that no module answers, refused {right}"
    return f"{part}: of {len(found)}, right {right}, module first {module}, among the first three {offered}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheet", nargs="?", type=Path, default=SHEET)
    parser.add_argument("--wrong", metavar="PART", help="list what goes wrong in this part")
    given = parser.parse_args()
    graph = hpkg.open(ROOT)
    known = {*names(graph.home), NOT_ASKED}
    found: dict[tuple[str, bool], list[Outcome]] = defaultdict(list)
    begin = time.perf_counter()
    rows = rows_of(given.sheet)
    for row in rows:
        if row["module"] not in known:
            print(f"no such module: {row['module']}", file=sys.stderr)
            return 2
        one = outcome(graph, row)
        found[row["part"], row["module"] == NOT_ASKED].append(one)
        if not one.right and row["part"] == given.wrong:
            print(f"{row['question']}\n    is {row['module']} {row['parameters']}\n    said {one.said}")
    for (part, refusals), outcomes in found.items():
        print(_told(part, outcomes, refusals=refusals))
    print(f"{(time.perf_counter() - begin) / len(rows) * 1000:.0f} ms each, with checking")
    return 0


if __name__ == "__main__":
    sys.exit(main())
