"""What kind of measurement a figure is: reached or to be reached, a change, a share, a ratio, a plain count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.extract.measure.figure import RATE_UNITS, TIME_UNITS, Figure, is_counted
from hpkg.model import MeasurementKind, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.model import Sentence

__all__ = ["Setting", "kind_of"]

_PLAN_PARTS: Final = frozenset({"pillar", "direction", "task", "sector", "breakthrough"})
"""Units that count what a plan consists of, which is no target."""
_BOUNDS: Final = TIME_UNITS | {"year-of-age", "month-of-age", "star"}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a figure stands: the leaf, the role of its section, whether it looks ahead.

    `growth` says that its indicator is itself a growth rate, `named` that words of measure before it name what it is,
    `known` that a vocabulary does, `parts` that the shares of a whole are listed: `cơ cấu kinh tế: nông nghiệp 18%`.
    """

    leaf: Section | Sentence
    role: str | None
    ahead: bool
    growth: bool
    named: bool
    known: bool = False
    parts: bool = False


def kind_of(figure: Figure, setting: Setting) -> MeasurementKind:
    """Return the kind of `figure`: the first that fits."""
    return next(kind for fits, kind in _kinds(figure, setting) if fits)


def _kinds(figure: Figure, setting: Setting) -> Iterator[tuple[bool, MeasurementKind]]:
    """Yield the kinds in the order in which they are tried, each with whether it fits."""
    governor, unit, ahead = figure.governor, figure.unit, setting.ahead
    reached: MeasurementKind = "target" if ahead else "result"
    yield unit.key in _BOUNDS, "threshold"
    yield governor.share or (setting.parts and not (ahead or governor.grows)), "share"
    yield governor.planned, "target" if ahead else "plan"
    yield governor.grows and not setting.growth, "target" if ahead else "change"
    compares = governor.of_plan or (governor.ratio and (unit.key == "times" or governor.compared))
    yield compares, "target" if ahead and governor.reaches else "ratio"
    yield unit.key == "rank", reached
    yield governor.to_level and not isinstance(setting.leaf, Section), reached
    measured = unit.key in RATE_UNITS or not is_counted(unit)
    heads = isinstance(setting.leaf, Section) and not measured
    counted = governor.counts and not measured and not setting.known
    yield heads or unit.key in _PLAN_PARTS or governor.sizes or counted, "count"
    yield setting.role == "targets" or governor.reaches or setting.known, reached
    yield measured and not _is_size(figure, setting), reached
    yield True, "count"


def _is_size(figure: Figure, setting: Setting) -> bool:
    """Tell whether the figure only says how large a thing of a task is; `ít nhất` says what is to be reached."""
    physical = figure.unit.first("qudtUnit") is not None and figure.unit.key not in RATE_UNITS
    return setting.ahead and physical and not setting.named and figure.governor.comparator != "≥"
