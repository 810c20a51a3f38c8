"""Print how well the reader reads report 402: `python tests/golden/report.py [--all]`, with misses and false alarms."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, it stands outside of the tree of tests

from typing import TYPE_CHECKING

from tests.golden.compare import compare, load_golden

from hpkg.home import home
from hpkg.model import to_record
from hpkg.pipeline import find_source, read

if TYPE_CHECKING:
    from tests.golden.matching import Score

_KEY = "31-hai-phong/2020-402-bc-ubnd"


def score() -> list[Score]:
    """Return the scores of the reader as it stands."""
    place = home()
    reading = read(find_source(_KEY, place), place)
    return compare(reading.document.source.text, map(to_record, reading.facts), load_golden())


def table(scores: list[Score]) -> str:
    """Return the scores as a table, one line each."""
    lines = [f"{'':42}{'right':>7}{'missed':>8}{'false':>7}{'precision':>11}{'recall':>8}{'F1':>7}"]
    lines += [
        f"{it.name:42}{it.right:7}{len(it.missed):8}{len(it.false):7}{it.precision:11.3f}{it.recall:8.3f}{it.f1:7.3f}"
        for it in scores
    ]
    return "\n".join(lines)


def details(scores: list[Score]) -> str:
    """Return what was missed and what was found in error."""
    lines: list[str] = []
    for it in scores:
        if it.missed or it.false:
            lines += [f"\n== {it.name}", *(f"  - {said}" for said in it.missed), *(f"  + {said}" for said in it.false)]
    return "\n".join(lines)


if __name__ == "__main__":
    scored = score()
    sys.stdout.write(table(scored) + "\n")
    if "--all" in sys.argv[1:]:
        sys.stdout.write("- missed, + false\n" + details(scored) + "\n")
