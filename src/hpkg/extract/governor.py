"""The words that govern a number: `dự kiến tăng khoảng`, `giảm xuống còn`, `gấp`, and after it `trở lên`, `kế hoạch`.

They are read as a chain: from the number leftwards, one cue after another, as long as nothing stands between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.lexicon import Match

__all__ = ["Direction", "Governor", "read_governor"]

Direction = Literal["up", "down"]

_REACH: Final = 60
_VERBS: Final = frozenset({"task-verb", "for", "reach"})
_COUNTING: Final = frozenset({"locative", "issued-by", "exist"})
_CHAINED: Final = (
    "to-level",
    "reach",
    "estimated",
    "ratio",
    "share",
    "exceed",
    "range-from",
    "rank",
    "exist",
    "with-total",
    "attribute",
    "issued-by",
    "for",
    "locative",
    "task-verb",
    "name-number",
)
_CLOSING: Final = frozenset(
    {"exist", "with-total", "attribute", "issued-by", "for", "locative", "task-verb", "name-number"}
)
"""Cues beyond which the chain does not go: they belong to the clause before the number."""


@dataclass(frozen=True, slots=True)
class Governor:
    """What the words around a number say of it; `start` is where the first governing word stands, `end` the last."""

    start: int
    end: int
    comparator: str | None = None
    direction: Direction | None = None
    to_level: bool = False
    reaches: bool = False
    estimated: bool = False
    ratio: bool = False
    share: bool = False
    counts: bool = False
    sizes: bool = False
    ranks: bool = False
    of_plan: bool = False


def read_governor(analysis: Analysis, start: int, floor: int, end: int) -> Governor:
    """Return what governs the number at `start` whose unit ends at `end`; nothing before `floor` does."""
    chain = list(_chain(analysis, start, floor))
    keys = {key for key, _ in chain}
    shown = [match for key, match in chain if key not in _CLOSING or key in ("exist", "attribute")]
    after = _after(analysis, end)
    comparators = [match for key, match in (*chain, *after) if key == "comparator"]
    directions = [match for key, match in chain if key == "direction"]
    return Governor(
        start=min((match.start for match in shown), default=start),
        end=max((match.end for key, match in after if key == "comparator"), default=end),
        comparator=_notation(comparators[0]) if comparators else None,
        direction=_direction(directions[0]) if directions else None,
        to_level="to-level" in keys,
        reaches=bool(keys & _VERBS),
        estimated="estimated" in keys,
        ratio="ratio" in keys,
        share="share" in keys,
        counts=bool(keys & _COUNTING) and not keys & {"reach", "for"},
        sizes="attribute" in keys,
        ranks="rank" in keys,
        of_plan=any(key == "plan" for key, _ in after) or "exceed" in keys,
    )


def _notation(match: Match) -> str:
    return match.concept.first("notation") or match.concept.key


def _direction(match: Match) -> Direction:
    return "up" if match.concept.key == "up" else "down"


def _chain(analysis: Analysis, start: int, floor: int) -> Iterator[tuple[str, Match]]:
    """Yield the cues that stand one before another up to `start`, the nearest first."""
    at, reached = start, False
    while True:
        best = _ending_at(analysis, at, max(floor, at - _REACH))
        if best is None:
            return
        if best[0] == "task-verb" and reached:
            return
        reached = reached or best[0] in ("reach", "direction", "to-level")
        yield best
        if best[0] in _CLOSING:
            return
        at = best[1].start


def _ending_at(analysis: Analysis, at: int, floor: int) -> tuple[str, Match] | None:
    """Return the longest cue after which only white space stands before `at`."""
    found: list[tuple[str, Match]] = []
    for key in _CHAINED:
        found += ((key, match) for match in analysis.cues(key, floor, at))
    for scheme in ("comparator", "direction"):
        found += (
            ("reach" if match.concept.key == "equal" else scheme, match)
            for match in analysis.matches(scheme, floor, at)
        )
    touching = [item for item in found if analysis.adjoins(item[1].end, at)]
    return min(touching, key=lambda item: (item[1].start, item[0] in _CLOSING), default=None)


def _after(analysis: Analysis, end: int) -> list[tuple[str, Match]]:
    """Return what directly follows the unit: a comparator such as `trở lên`, or the plan a ratio is of."""
    found = [("comparator", match) for match in analysis.matches("comparator", end, end + _REACH)]
    found += [("plan", match) for match in analysis.cues("plan", end, end + _REACH)]
    return [item for item in found if analysis.adjoins(end, item[1].start)]
