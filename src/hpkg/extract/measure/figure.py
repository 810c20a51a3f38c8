"""A figure on its way to a measurement: its value in its unit, and what its sentence has said so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from decimal import Decimal

    from hpkg.extract.measure.governor import Governor
    from hpkg.lexicon import Concept
    from hpkg.model import Measurement, MeasurementKind, Section, Sentence

__all__ = [
    "RATE_UNITS",
    "SHARES",
    "TERRITORY_UNITS",
    "TIME_UNITS",
    "Figure",
    "Thread",
    "base_of",
    "counts_things",
    "is_counted",
]

RATE_UNITS: Final = frozenset({"percent", "per-mille", "percentage-point", "point", "rank", "times"})
"""Units of what is no amount of a thing."""
SHARES: Final = frozenset({"percent", "per-mille"})
"""Units of a part of a whole."""
TIME_UNITS: Final = frozenset({"year", "month"})
"""Units that mostly tell how long a period is, which is no quantity."""
TERRITORY_UNITS: Final = frozenset({"province", "locality", "district", "commune-level-unit", "commune", "country"})
"""Units that a place in a ranking is counted among."""


_THINGS: Final = frozenset(
    {"person", "household", "job", "visit", "enterprise", "head", "tree", "product", "dwelling", "dossier", "item"}
)
_SPANS: Final = frozenset({"hour", "month", "year-of-age"})


def base_of(unit: Concept) -> str:
    """Return the IRI of the unit that `unit` is a multiple of."""
    return unit.first("baseUnit") or unit.iri


def is_counted(unit: Concept) -> bool:
    """Tell whether the unit counts things one by one, as against measuring them."""
    if "-per-" in unit.key or unit.key == "rate":
        return False
    base = unit.first("baseUnit")
    return unit.first("qudtUnit") is None and (base in (None, unit.iri) or unit.key.startswith("item"))


def counts_things(unit: Concept) -> bool:
    """Tell whether the unit counts persons or things, also by the thousand."""
    base = base_of(unit).rpartition("/")[2]
    return is_counted(unit) or (base in _THINGS and "-per-" not in unit.key) or base in _SPANS


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in its unit with the words that govern it.

    `number_end` is where the digits end; `end` where number and unit end, which are apart when the unit is shared by a
    list or stands in a heading.
    """

    values: tuple[Decimal, ...]
    number_start: int
    number_end: int
    unit: Concept
    unit_start: int
    unit_end: int
    governor: Governor
    ambiguous: bool = False

    @property
    def end(self) -> int:
        """Return where the number with its unit ends."""
        return self.governor.end

    @property
    def is_relative(self) -> bool:
        """Tell whether the value is a growth or ratio, which says nothing of the unit of what grows."""
        governor = self.governor
        related = governor.grows or governor.ratio or governor.of_plan or governor.exceeds
        return self.unit.key in RATE_UNITS and related

    @property
    def comparator(self) -> str:
        """Return the sign of how the number bounds the value."""
        if self.governor.among and self.unit.key == "rank":
            return "≤"
        if len(self.values) > 1:
            return "range"
        return self.governor.comparator or "="


@dataclass(slots=True)
class Thread:
    """What a leaf has said so far that its next number may refer to."""

    leaf: Section | Sentence
    end: int
    count: int = 0
    level: Measurement | None = None
    last: Measurement | None = None
    levels: list[Measurement] = field(default_factory=list)
    whole: Measurement | None = None
    in_parts: bool = False
    period: str | None = None
    """The period of the sentence right before, where this one tells of its parts."""
    mood: MeasurementKind | None = None
    """The kind of the whole whose parts are told, which bare figures have too: `dự toán 9 tỷ đồng, trong đó: …`."""
    mood_base: str | None = None
    """The base unit of that whole."""
    outside: tuple[Measurement | None, Measurement, int] | None = None
    """The last level and figure told outside of brackets, and how many levels there were."""
    names: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Which name of a list the number at an offset goes with."""

    @property
    def before(self) -> Measurement | None:
        """Return the last level, else the last figure, that a bare number goes on with."""
        return self.level or self.last
