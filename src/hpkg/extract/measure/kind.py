"""What kind of measurement a figure is: reached or to be reached, a change, a share, a ratio, a plain count.

One table decides: the frame in which the number stands (what governs it, what it is told of), and for each frame what
a number in it is where the passage tells of what was, and where it tells of what is to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.extract.measure.figure import RATE_UNITS, TIME_UNITS, Figure, is_counted
from hpkg.model import MeasurementKind, Section

if TYPE_CHECKING:
    from collections.abc import Callable

    from hpkg.model import Sentence

__all__ = ["PLAN_PARTS", "Setting", "kind_of"]

PLAN_PARTS: Final = frozenset({"pillar", "direction", "task", "sector", "breakthrough"})
"""Units that count what a plan consists of, which is no target."""
_BOUNDS: Final = TIME_UNITS | {"year-of-age", "month-of-age", "star"}
_BOUNDED: Final = frozenset({">", "≥", "<", "≤", "range"})


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a figure stands: the leaf, the role of its section, whether it looks ahead.

    `growth` says that its indicator is itself a growth rate, `named` that words of measure before it name what it is,
    `known` that a vocabulary does, `parts` that the shares of a whole are listed (`cơ cấu kinh tế: nông nghiệp 18%`),
    `conditional` that its clause says who or what is meant (`trường hợp`), `strives` that its clause sets an aim,
    `acted` that words of what is done stand right before it.
    """

    leaf: Section | Sentence
    role: str | None
    ahead: bool
    growth: bool
    named: bool
    known: bool = False
    parts: bool = False
    conditional: bool = False
    strives: bool = False
    acted: bool = False

    @property
    def aimed(self) -> bool:
        """Tell whether the clause or the role of the section sets an aim."""
        return self.strives or self.role == "targets"


@dataclass(frozen=True, slots=True)
class _Frame:
    """A frame, and the kind of a number in it: told of what was, told of what is to be."""

    holds: Callable[[Figure, Setting], bool]
    behind: MeasurementKind
    ahead: MeasurementKind


def kind_of(figure: Figure, setting: Setting) -> MeasurementKind:
    """Return the kind of `figure`: that of the first frame it stands in."""
    frame = next(frame for frame in _FRAMES if frame.holds(figure, setting))
    return frame.ahead if setting.ahead else frame.behind


def _is_bound(figure: Figure, setting: Setting) -> bool:
    """Tell whether the number limits a time or an age, or who a condition speaks of."""
    limits = setting.ahead and setting.conditional and figure.comparator in _BOUNDED
    return figure.unit.key in _BOUNDS or limits


def _is_share(figure: Figure, setting: Setting) -> bool:
    """Tell whether the number is a part of a whole, which an aim that is set makes a target."""
    governor = figure.governor
    levelled = governor.grows or governor.to_level or (governor.reaches and not governor.acts)
    return (governor.share and not setting.aimed) or (setting.parts and not (setting.ahead or levelled))


def _is_change(figure: Figure, setting: Setting) -> bool:
    return figure.governor.grows and not setting.growth


def _is_multiple(figure: Figure, setting: Setting) -> bool:
    """Tell whether what rises is a multiple of what it was: `tăng gấp 2 lần`."""
    return _is_change(figure, setting) and figure.governor.ratio and figure.unit.key == "times"


def _is_of_plan(figure: Figure, _: Setting) -> bool:
    return figure.governor.of_plan


def _is_attained(figure: Figure, setting: Setting) -> bool:
    """Tell whether the number says how much of a plan is to be carried out."""
    attains = figure.governor.reaches or figure.governor.acts or setting.strives
    return setting.ahead and figure.governor.of_plan and attains


def _is_ratio(figure: Figure, _: Setting) -> bool:
    governor = figure.governor
    return governor.ratio and (figure.unit.key == "times" or governor.compared)


def _is_level(figure: Figure, setting: Setting) -> bool:
    return figure.unit.key == "rank" or (figure.governor.to_level and not isinstance(setting.leaf, Section))


def _is_bare_count(figure: Figure, setting: Setting) -> bool:
    """Tell whether the number only says how many there are, or how large something is."""
    heads = isinstance(setting.leaf, Section) and not _is_measured(figure)
    told = figure.governor.sizes or figure.unit.key in PLAN_PARTS
    placed = figure.governor.placed and not _is_measured(figure) and not setting.known
    return heads or told or placed


def _exists(figure: Figure, setting: Setting) -> bool:
    """Tell whether the number says what there is: to be had where an aim is set."""
    physical = figure.unit.first("qudtUnit") is not None and figure.unit.key not in RATE_UNITS
    measured = _is_measured(figure) and not physical
    return figure.governor.exists and not measured and not setting.known and not (setting.ahead and setting.aimed)


def _is_reached(figure: Figure, setting: Setting) -> bool:
    done = setting.ahead and (setting.acted or setting.aimed) and not _is_measured(figure)
    return setting.role == "targets" or figure.governor.reaches or setting.known or done


def _is_of_measure(figure: Figure, setting: Setting) -> bool:
    """Tell whether the number is one of measure; a size in a task is not, where `ít nhất` does not make it an aim."""
    physical = figure.unit.first("qudtUnit") is not None and figure.unit.key not in RATE_UNITS
    size = setting.ahead and physical and not setting.named and figure.governor.comparator != "≥"
    return _is_measured(figure) and not size


def _is_measured(figure: Figure) -> bool:
    return figure.unit.key in RATE_UNITS or not is_counted(figure.unit)


_FRAMES: Final = (
    _Frame(_is_bound, "threshold", "threshold"),
    _Frame(_is_share, "share", "share"),
    _Frame(lambda figure, _: figure.governor.planned, "plan", "target"),
    _Frame(_is_multiple, "ratio", "target"),
    _Frame(_is_change, "change", "target"),
    _Frame(_is_attained, "ratio", "target"),
    _Frame(_is_of_plan, "ratio", "ratio"),
    _Frame(_is_ratio, "ratio", "ratio"),
    _Frame(_is_level, "result", "target"),
    _Frame(_is_bare_count, "count", "count"),
    _Frame(_exists, "count", "count"),
    _Frame(_is_reached, "result", "target"),
    _Frame(_is_of_measure, "result", "target"),
    _Frame(lambda _figure, _setting: True, "count", "count"),
)
"""The frames in the order in which they are tried."""
