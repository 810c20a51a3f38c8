"""The words that govern a number: `dự kiến tăng khoảng`, `giảm xuống còn`, `gấp`, and after it `trở lên`, `kế hoạch`.

They are read as a chain: from the number leftwards, one cue after another, as long as nothing stands between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.lexicon import Match

__all__ = ["Direction", "Governor", "read_governor"]

Direction = Literal["up", "down"]

_REACH: Final = 60
_ACTS: Final = ("task-verb", "achieve")
_VERBS: Final = frozenset({*_ACTS, "for", "reach"})
_PLACING: Final = frozenset({"locative", "issued-by", "adposition"})
_CLOSING: Final = frozenset(
    {
        *("exist", "with-total", "attribute", "issued-by", "for", "locative", "adposition", "plan", "assigned"),
        *("name-number", *_ACTS),
    }
)
"""Cues beyond which the chain does not go: they belong to the clause before the number."""
_CHAINED: Final = (
    *("to-level", "reach", "estimated", "ratio", "share", "exceed", "range-from", "rank", "rank-among", "rank-weak"),
    *(
        "exist",
        "with-total",
        "attribute",
        "issued-by",
        "for",
        "locative",
        "adposition",
        *_ACTS,
        "name-number",
        "plan",
        "assigned",
        "filler",
        "respectively",
    ),
)
_SETTLING: Final = frozenset({"reach", "direction", "to-level", "ratio", "share", "exceed", "rank"})
"""Cues after which a verb farther left is part of a name: `kim ngạch xuất khẩu tăng`."""
_FOLLOWING: Final = frozenset({"greater-or-equal", "less-or-equal"})
"""Comparators that can stand after the unit: `trở lên`."""
_AFTER: Final = ("plan", "compared", "nationwide")
_BASES: Final = ("compared", "nationwide")
"""Cues for what a rise or fall is measured from."""


@dataclass(frozen=True, slots=True)
class Governor:
    """What the words around a number say of it.

    `start` is where the first governing word stands, `end` where the last ends; `lead` where the words that lead to
    the number start, verbs and prepositions too.
    """

    start: int
    end: int
    comparator: str | None = None
    direction: Direction | None = None
    to_level: bool = False
    reaches: bool = False
    estimated: bool = False
    ratio: bool = False
    share: bool = False
    exists: bool = False
    placed: bool = False
    sizes: bool = False
    ranks: bool = False
    among: bool = False
    ranks_weakly: bool = False
    planned: bool = False
    exceeds: bool = False
    of_plan: bool = False
    compared: bool = False
    pairs: bool = False
    acts: bool = False
    leads_from: int | None = None

    @property
    def grows(self) -> bool:
        """Tell whether the number is an amount of rise or fall."""
        return self.direction is not None and not self.to_level

    @property
    def lead(self) -> int:
        """Return where the first word of the chain stands."""
        return self.start if self.leads_from is None else self.leads_from


def read_governor(analysis: Analysis, start: int, floor: int, end: int) -> Governor:
    """Return what governs the number at `start` whose unit ends at `end`; nothing before `floor` does."""
    chain = list(_chain(analysis, start, floor))
    moved = any(key == "range-from" for key, _ in chain) and _moves_on(analysis, end)
    keys = {key for key, _ in chain}
    shown = [match for key, match in chain if key not in _CLOSING or key in ("exist", "attribute")]
    after = _after(analysis, end)
    said = {key for key, _ in after}
    comparators = [match for key, match in after if key == "comparator"]
    comparators += [match for key, match in chain if key == "comparator"]
    directions = [match for key, match in chain if key == "direction"]
    order = [key for key, _ in chain]
    based = {"plan", "direction"} <= keys and order.index("plan") < order.index("direction")
    passes = {"plan", "exceed"} <= keys or based
    related = {"plan", "exceed"} <= keys or bool(said & {"plan", "compared"})
    return Governor(
        start=min((match.start for match in shown), default=start),
        end=max((match.end for key, match in after if key == "comparator"), default=end),
        comparator=_notation(comparators[0]) if comparators else _exceeding(keys, related=related),
        direction=_direction(directions[0]) if directions else None,
        to_level="to-level" in keys or moved,
        reaches=bool(keys & _VERBS),
        estimated="estimated" in keys,
        ratio="ratio" in keys,
        share="share" in keys,
        exists="exist" in keys and not keys & {"reach", *_VERBS},
        placed=bool(keys & _PLACING) and not keys & _VERBS,
        sizes="attribute" in keys and "reach" not in keys,
        ranks="rank" in keys,
        among="rank-among" in keys,
        ranks_weakly="rank-weak" in keys,
        planned=bool(keys & {"plan", "assigned"}) and not passes,
        exceeds="exceed" in keys,
        of_plan="plan" in said or ("exceed" in keys and related),
        compared=bool(said & {"compared", "nationwide"}) or ("ratio" in keys and _is_dated(analysis, end)),
        pairs="respectively" in keys,
        acts=bool(keys & set(_ACTS)),
        leads_from=min((match.start for _, match in chain), default=start),
    )


def _is_dated(analysis: Analysis, end: int) -> bool:
    """Tell whether the year that a ratio is held against follows: `bằng 102% năm 2020`."""
    return any(analysis.adjoins(end, date.start) for date in analysis.dates(end, end + _REACH)[:1])


def _moves_on(analysis: Analysis, end: int) -> bool:
    """Tell whether another level follows: the number is where a movement starts, `từ 4,2 lên 4,7`."""
    dates = [date.end for date in analysis.dates(end, end + _REACH) if analysis.adjoins(end, date.start)]
    at = dates[0] if dates else end
    return any(analysis.adjoins(at, cue.start) for cue in analysis.cues("to-level", at, at + _REACH))


def _exceeding(keys: set[str], *, related: bool) -> str | None:
    """Return what `vượt` says: by so much when a plan follows, else above the number."""
    return ">" if "exceed" in keys and not related else None


def _notation(match: Match) -> str:
    return match.concept.first("notation") or match.concept.key


def _direction(match: Match) -> Direction:
    return "up" if match.concept.key == "up" else "down"


def _chain(analysis: Analysis, start: int, floor: int) -> Iterator[tuple[str, Match]]:
    """Yield the cues that stand one before another up to `start`, the nearest first."""
    at, reached, named = _past_colon(analysis, start, floor), False, False
    while True:
        best = _ending_at(analysis, at, max(floor, at - _REACH))
        if best is None:
            yield from _over_base(analysis, at, max(floor, at - _REACH), _BASES[:1] if named else _BASES)
            return
        if reached and (best[0] in _ACTS or (best[0] == "direction" and named)):
            return
        noun = _measure_before(analysis, best, floor)
        if noun is not None:
            at = noun  # `đạt mức tăng trưởng 2%`: the growth is the measure that is reached
            continue
        if best[0] == "direction":
            yield from _acts_with(analysis, best[1])
        named = named or best[0] == "reach"
        reached = reached or best[0] in _SETTLING
        yield best
        if best[0] in _CLOSING:
            yield from _estimates(analysis, best, floor)
            yield from _exceeded(analysis, best, floor)
            return
        at = best[1].start


def _acts_with(analysis: Analysis, moved: Match) -> Iterator[tuple[str, Match]]:
    """Yield the verb of action that a word for a rise or fall is too: `cắt giảm`."""
    for verb in analysis.cues("achieve", moved.start, moved.end):
        if (verb.start, verb.end) == (moved.start, moved.end):
            yield "achieve", verb


def _past_colon(analysis: Analysis, start: int, floor: int) -> int:
    """Return where the colon stands that parts a verb of action from its number (`Thành lập: 20 hợp tác xã`)."""
    colon = analysis.text.rfind(":", floor, start)
    if colon < 0 or not analysis.adjoins(colon + 1, start):
        return start
    verbs = [cue for key in _ACTS for cue in analysis.cues(key, max(floor, colon - _REACH), colon)]
    return colon if any(analysis.adjoins(verb.end, colon) for verb in verbs) else start


def _measure_before(analysis: Analysis, best: tuple[str, Match], floor: int) -> int | None:
    """Return where the noun starts that is reached and takes the word for a rise or fall along: `mức tăng trưởng`."""
    key, match = best
    if key != "direction":
        return None
    floor = max(floor, match.start - _REACH)
    if any(noun.end == match.end for noun in analysis.cues("movement-noun", match.start, match.end)):
        leads = ("reach", "strive", "plan")
        if any(analysis.adjoins(c.end, match.start) for key in leads for c in analysis.cues(key, floor, match.start)):
            return match.start  # `đạt mục tiêu tăng trưởng 8%`
    for noun in analysis.cues("measure-noun", floor, match.start):
        reached = analysis.cues("reach", floor, noun.end)
        led = any(verb.end == noun.end or analysis.adjoins(verb.end, noun.start) for verb in reached)
        if led and noun.end < match.start and analysis.adjoins(noun.end, match.start):
            return noun.start
    return None


def _exceeded(analysis: Analysis, plan: tuple[str, Match], floor: int) -> Iterator[tuple[str, Match]]:
    """Yield the word that says by what the plan was passed or missed: `vượt chỉ tiêu 0,4%`, `thấp hơn kế hoạch 2%`."""
    key, match = plan
    if key == "plan":
        for moved in analysis.matches("direction", max(floor, match.start - _REACH), match.start):
            if analysis.adjoins(moved.end, match.start):
                yield "direction", moved
        for cue in analysis.cues("exceed", max(floor, match.start - _REACH), match.end):
            if cue.start < match.start and (cue.end > match.start or analysis.adjoins(cue.end, match.start)):
                yield "exceed", cue


def _estimates(analysis: Analysis, verb: tuple[str, Match], floor: int) -> Iterator[tuple[str, Match]]:
    """Yield the word for an estimate that stands before a verb of action: `ước đón 2 triệu lượt`."""
    key, match = verb
    if key in _ACTS:
        for cue in analysis.cues("estimated", max(floor, match.start - _REACH), match.start):
            if analysis.adjoins(cue.end, match.start):
                yield "estimated", cue


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


def _over_base(analysis: Analysis, at: int, floor: int, keys: Iterable[str]) -> Iterator[tuple[str, Match]]:
    """Yield the verb of a rise or fall that the base of the comparison parts from `at`: `tăng so với cùng kỳ 5%`."""
    ends = [at, *(date.start for date in analysis.dates(floor, at) if analysis.adjoins(date.end, at))]
    bases = {
        cue.start
        for key in keys
        for cue in analysis.cues(key, floor, at)
        if any(cue.end >= end or analysis.adjoins(cue.end, end) for end in ends)
    }
    verbs = [
        verb
        for verb in analysis.matches("direction", floor, at)
        if any(analysis.adjoins(verb.end, base) for base in bases)
        or (verb.form.endswith("hơn") and any(analysis.adjoins(verb.end, date) for date in ends[1:]))
    ]
    yield from (("direction", verb) for verb in verbs[-1:])


def _after(analysis: Analysis, end: int) -> list[tuple[str, Match]]:
    """Return what directly follows the unit: a comparator such as `trở lên`, the plan or period a ratio is of."""
    found = [
        ("comparator", match)
        for match in analysis.matches("comparator", end, end + _REACH)
        if match.concept.key in _FOLLOWING
    ]
    found += [(key, match) for key in _AFTER for match in analysis.cues(key, end, end + _REACH)]
    return [item for item in found if analysis.adjoins(end, item[1].start)]
