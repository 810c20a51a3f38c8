"""Golden records beside found ones: which belong together, and how many of each are right.

Not for: what makes two records of one kind the same (`tests.golden.compare`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    "Matching",
    "Record",
    "Score",
    "agrees",
    "match",
    "number_of",
    "overlap",
    "readings",
    "score_sets",
    "span_of",
    "told_of",
    "union",
]

Record: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class Score:
    """How well one kind of fact was read; `missed` and `false` say which, for a person."""

    name: str
    right: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right."""
        found = self.right + len(self.false)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what is right that was found."""
        wanted = self.right + len(self.missed)
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def readings(record: Record) -> Iterator[Record]:
    """Yield a golden record as written, then with each of its equally right readings laid over it."""
    yield record
    for other in record.get("also", ()):
        yield {**record, **other}


def agrees(golden: Record, found: Record, names: Sequence[str]) -> bool:
    """Tell whether `found` has, in the fields `names`, the values of one reading of `golden`."""
    return any(all(reading[name] == found[name] for name in names) for reading in readings(golden))


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many characters two stretches share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def span_of(record: Record) -> tuple[int, int]:
    """Return where a record begins and ends."""
    return record["start"], record["end"]


def number_of(record: Record) -> tuple[int, int]:
    """Return where the number of a golden record begins and ends."""
    return record["number_start"], record["number_end"]


@dataclass(frozen=True, slots=True)
class Matching:
    """Golden and found records of one kind, and which of them lie on one another."""

    golden: Sequence[Record]
    found: Sequence[Record]
    pairs: Sequence[tuple[Record, Record]]

    def score(
        self,
        name: str,
        holds: Callable[[Record, Record], bool] = lambda _golden, _found: True,
        tell: Callable[[Record], object] = lambda _record: "",
    ) -> Score:
        """Return the score of those pairs in which `holds` is true; `tell` adds to what is said of a failure."""
        score = Score(name)
        reached = {id(one) for one, _ in self.pairs}
        known = {id(other) for _, other in self.pairs}
        for one, other in self.pairs:
            if one.get("optional"):
                continue
            if holds(one, other):
                score.right += 1
            else:
                score.missed.append(f"{told_of(one)} {tell(one)}")
                score.false.append(f"{told_of(other)} {tell(other)}")
        score.missed += [told_of(one) for one in self.golden if id(one) not in reached and not one.get("optional")]
        score.false += [told_of(other) for other in self.found if id(other) not in known]
        return score

    def score_fields(self, name: str, fields: Sequence[str]) -> Score:
        """Return the score of those pairs that agree in all `fields`."""
        return self.score(
            name, lambda one, other: agrees(one, other, fields), lambda record: [record[field] for field in fields]
        )


def match(
    golden: Sequence[Record],
    found: Sequence[Record],
    span: Callable[[Record], tuple[int, int]] = span_of,
    better: Callable[[Record, Record], bool] = lambda _golden, _found: False,
) -> Matching:
    """Return the matching of overlapping records, each record once: first those that are `better`, then the closest."""
    candidates = sorted(
        (not better(one, other), -overlap(span(one), span_of(other)) / union(span(one), span_of(other)), at, to)
        for at, one in enumerate(golden)
        for to, other in enumerate(found)
        if overlap(span(one), span_of(other))
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs: list[tuple[Record, Record]] = []
    for _, _, at, to in candidates:
        if at not in taken[0] and to not in taken[1]:
            taken[0].add(at)
            taken[1].add(to)
            pairs.append((golden[at], found[to]))
    return Matching(golden, found, pairs)


def union(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Return how many characters two stretches reach over together."""
    return max(one[1], other[1]) - min(one[0], other[0])


def told_of(record: Record) -> str:
    """Return a record in a line for a person."""
    return f"{record['start']} {record.get('section')}: {' '.join(record['text'].split())[:110]}"


def score_sets(name: str, wanted: set[Any], accepted: set[Any], found: set[Any]) -> Score:
    """Return the score of a set of answers."""
    return Score(
        name,
        len(wanted & found),
        sorted(map(str, wanted - found)),
        sorted(map(str, found - wanted - accepted)),
    )
