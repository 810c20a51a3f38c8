"""How publishing grows with what there is to publish: `python bench/publish.py [--reports N …]`.

A site is written of the small report of the tests, said again of other areas and years (`synthetic_graph.py`), with all
vocabularies and questions; `per report` is what a further report takes beyond the step before. Seconds are the
processor's. Not a test: nothing passes or fails here.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from synthetic_graph import contents

from hpkg.home import Home
from hpkg.publish import publish
from hpkg.store.embedded import EmbeddedStore

_HOME = Path(__file__).parents[1] / "tests/data/sample"


def main() -> None:
    """Print a line for each number of reports."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--home", type=Path, default=_HOME, help="a home with one report")
    given = parser.parse_args()
    home = Home(given.home)
    print(f"{'reports':>8}{'triples':>10}{'files':>9}{'MB':>8}{'seconds':>9}{'ms/file':>9}{'s per report':>14}")
    before: tuple[int, float] | None = None
    for reports in given.reports:
        store = EmbeddedStore(dict(contents(home, reports)))
        with tempfile.TemporaryDirectory() as folder:
            begin = time.process_time()
            tally = publish(home, store, Path(folder) / "site")
            seconds = time.process_time() - begin
        each = f"{(seconds - before[1]) / (reports - before[0]):>14.2f}" if before else f"{'':>14}"
        print(
            f"{reports:>8}{len(store):>10,}{tally.files:>9,}{tally.size / 1e6:>8.1f}{seconds:>9.1f}"
            f"{seconds / tally.files * 1000:>9.2f}{each}",
            flush=True,
        )
        before = reports, seconds


if __name__ == "__main__":
    main()
