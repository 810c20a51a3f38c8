"""The reader against the golden facts of report 402: it reads no kind of fact worse than it has been seen to.

`python tests/golden/report.py --all` prints the same table with every miss and false alarm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from tests.golden.compare import Golden, compare, load_golden

from hpkg.home import home
from hpkg.model import to_record
from hpkg.pipeline import find_source, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.golden.matching import Score

# Name of a score -> the least precision and recall, seen once and never to be lost again.
_FLOORS: Final[dict[str, tuple[float, float]]] = {
    "sections": (1.0, 1.0),
    "sentences": (1.0, 1.0),
    "quantities": (1.0, 1.0),
    "quantities: value, unit": (1.0, 1.0),
    "quantities: kind, comparator, direction": (1.0, 1.0),
    "quantities: period": (1.0, 1.0),
    "quantities: area": (1.0, 1.0),
    "quantities: estimated": (1.0, 1.0),
    "quantities: indicator": (1.0, 1.0),
    "quantities: part or growth of": (1.0, 1.0),
    "assessments": (1.0, 1.0),
    "tasks": (0.99, 0.99),
    "pillars": (1.0, 1.0),
    "pillars: basis": (1.0, 1.0),
    "tasks: theme": (1.0, 1.0),
    "tasks: dual goal": (1.0, 1.0),
    "dual goal": (1.0, 1.0),
    "tasks: deadline": (0.0, 0.0),
    "tasks: places": (0.97, 0.98),
    "tasks: numbered documents": (1.0, 1.0),
    "places": (0.98, 0.99),
    "places: kind": (0.98, 0.99),
    "organisations": (1.0, 1.0),
    "organisations: kind": (1.0, 1.0),
    "documents": (1.0, 1.0),
    "numbered documents: number": (1.0, 1.0),
    "numbered documents: kind": (1.0, 1.0),
    "numbered documents: date": (1.0, 1.0),
    "numbered documents: issuer": (1.0, 1.0),
    "events": (1.0, 1.0),
    "events: one node each": (1.0, 1.0),
    "events: kind": (1.0, 1.0),
    "events: date": (1.0, 1.0),
    "projects": (1.0, 0.97),
    "statuses": (0.98, 0.96),
    "projects: kind": (1.0, 0.97),
    "projects: places": (1.0, 0.92),
    "projects: one thing": (1.0, 1.0),
    "projects: part of": (1.0, 0.77),
    "projects: investor": (1.0, 1.0),
    "shortcomings": (1.0, 1.0),
    "causes": (1.0, 1.0),
    "causes of shortcomings": (1.0, 1.0),
    "objectives": (1.0, 1.0),
    "corrections": (1.0, 1.0),
    "corrections: reason": (1.0, 1.0),
}


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    """Return the scores of the reader as it stands."""
    place = home()
    reading = read(find_source("31-hai-phong/2020-402-bc-ubnd", place), place)
    scored = compare(reading.document.source.text, map(to_record, reading.facts), load_golden())
    return {score.name: score for score in scored}


@pytest.mark.parametrize("name", _FLOORS)
def test_the_reader_reads_no_worse_than_before(
    name: str,
    scores: dict[str, Score],
    record_property: Callable[[str, object], None],
) -> None:
    """Precision and recall of each kind of fact are at least what they once were."""
    score = scores[name]
    said = f"precision {score.precision:.3f}, recall {score.recall:.3f}, F1 {score.f1:.3f}"
    record_property(name, said)
    print(f"{name}: {said}")  # noqa: T201 - read with `pytest -s`
    precision, recall = _FLOORS[name]
    assert score.precision >= precision, score.false
    assert score.recall >= recall, score.missed


def test_every_score_has_a_floor(scores: dict[str, Score]) -> None:
    """No kind of fact is compared without being held to what it reached."""
    assert scores.keys() == _FLOORS.keys()


def test_what_is_optional_counts_on_neither_side() -> None:
    """An optional fact is neither missed when absent nor false when found; one of several right readings will do."""
    quantity = {"type": "measurement", "start": 0, "end": 5, "number_start": 0, "number_end": 5, "text": "5 sao"}
    quantity |= {"value": 5, "low": None, "high": None, "unit": "star", "kind": "count", "comparator": "="}
    quantity |= {"direction": None, "period": "2021", "area": "Hải Phòng", "estimated": False, "of": None}
    quantity |= {"indicator_key": "hotel-stars", "indicator": None, "id": "m1"}
    empty: Golden = {name: [] for name in load_golden()}

    def score(golden: dict[str, object], found: list[dict[str, object]], name: str) -> tuple[int, int, int]:
        scored = compare("5 sao", found, {**empty, "measurements": [golden]})
        it = next(score for score in scored if score.name == name)
        return it.right, len(it.missed), len(it.false)

    value, kind = "quantities: value, unit", "quantities: kind, comparator, direction"
    assert score(quantity, [quantity], value) == (1, 0, 0)
    assert score(quantity, [], value) == (0, 1, 0)
    assert score({**quantity, "optional": True}, [quantity], value) == (0, 0, 0)
    assert score({**quantity, "optional": True}, [], value) == (0, 0, 0)
    assert score(quantity, [{**quantity, "kind": "target"}], kind) == (0, 1, 1)
    assert score({**quantity, "also": [{"kind": "target"}]}, [{**quantity, "kind": "target"}], kind) == (1, 0, 0)
