"""The numbers of a Word document's lists, which Word prints and does not store: `I.`, `1.2.`, `a)`, `-`.

Follows ECMA-376 part 1, 17.9: a paragraph names a list and a level; the level says how its number is written, and
the number counts the paragraphs before it. Not for: what a number means in the outline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Numbering", "roman"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE: Final = re.compile(r"%([1-9])")
_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                 (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_LARGEST: Final = 32_767  # the largest number of a list in Word
_DEEPEST: Final = 20
_PRIVATE: Final = re.compile(r"[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: str = " "
    all_decimal: bool = False


@dataclass(frozen=True, slots=True)
class _List:
    """A list: the body whose counts it shares, its levels, and those it begins anew."""

    body: str
    levels: dict[int, _Level]
    anew: frozenset[int]


@dataclass(slots=True)
class Numbering:
    """The lists of one document, counted as its paragraphs are read."""

    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, str | None, int | None]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, numbering: Any | None, styles: Any | None) -> Numbering:  # noqa: ANN401 - elements of lxml
        """Return the lists that the parts `numbering` and `styles` of a document define, None for a part it lacks."""
        made = cls()
        bodies: dict[str, dict[int, _Level]] = {}
        for body in () if numbering is None else numbering.iter(f"{_W}abstractNum"):
            levels = {_integer(level, "ilvl"): _level(level) for level in body.iter(f"{_W}lvl")}
            bodies[body.get(f"{_W}abstractNumId") or ""] = levels
        for number in () if numbering is None else numbering.iter(f"{_W}num"):
            name = _value(number, "abstractNumId") or ""
            own = _overrides(number, bodies.get(name, {}))
            made.lists[number.get(f"{_W}numId") or ""] = _List(name, {**bodies.get(name, {}), **own}, frozenset(own))
        for style in () if styles is None else styles.iter(f"{_W}style"):
            listed, level = _listed(style.find(f"{_W}pPr/{_W}numPr"))
            made.styles[style.get(f"{_W}styleId") or ""] = (_value(style, "basedOn"), listed, level)
        return made

    def mark(self, properties: Any | None) -> str:  # noqa: ANN401 - an element of lxml
        """Return the number of the next paragraph, whose properties are given, with the gap after it; or nothing."""
        name, level = self._list_of(properties)
        listed = self.lists.get(name or "0")
        if listed is None or name is None or name == "0":
            return ""
        at = level or 0
        own = listed.levels.get(at, _Level())
        counts = self.counts.setdefault(listed.body, {})
        if name not in self.begun:
            self.begun.add(name)
            # Lists of one body go on with each other's counts, but for the levels that a list begins anew.
            for anew in listed.anew:
                counts.pop(anew, None)
        counts[at] = min(counts.get(at, own.start - 1) + 1, _LARGEST)
        for deeper in [one for one in counts if one > at]:
            del counts[deeper]
        said = _PLACE.sub(lambda place: self._number(listed.levels, counts, int(place[1]) - 1, own), own.text)
        if own.form == "bullet":
            said = _PRIVATE.sub("•", said)
        return f"{said}{own.gap}" if said.strip() else ""

    @staticmethod
    def _number(levels: Mapping[int, _Level], counts: Mapping[int, int], at: int, own: _Level) -> str:
        level = levels.get(at, _Level())
        form = "decimal" if own.all_decimal and level.form != "decimalZero" else level.form
        return _written(counts.get(at, level.start), form)

    def _list_of(self, properties: Any | None) -> tuple[str | None, int | None]:  # noqa: ANN401
        """Return list and level of a paragraph: its own, or those of its style and the styles below it."""
        if properties is None:
            return None, None
        listed, level = _listed(properties.find(f"{_W}numPr"))
        style = _value(properties, "pStyle")
        for _ in range(_DEEPEST):
            if listed is not None or style is None:
                break
            style, listed, styled = self.styles.get(style, (None, None, None))
            level = styled if level is None else level
        return listed, level


def _overrides(number: Any, body: Mapping[int, _Level]) -> dict[int, _Level]:  # noqa: ANN401
    """Return the levels that one list defines anew."""
    found = {}
    for override in number.iter(f"{_W}lvlOverride"):
        at = _integer(override, "ilvl")
        level = override.find(f"{_W}lvl")
        start = _value(override, "startOverride")
        base = body.get(at, _Level()) if level is None else _level(level)
        first = int(start) if start and start.isdecimal() else base.start
        found[at] = _Level(first, base.form, base.text, base.gap, base.all_decimal)
    return found


def _level(level: Any) -> _Level:  # noqa: ANN401
    start = _value(level, "start")
    return _Level(
        start=int(start) if start and start.isdecimal() else 0 if start == "0" else 1,
        form=_value(level, "numFmt") or "decimal",
        text=_value(level, "lvlText") or "",
        gap="" if _value(level, "suff") == "nothing" else " ",
        all_decimal=level.find(f"{_W}isLgl") is not None,
    )


def _listed(properties: Any | None) -> tuple[str | None, int | None]:  # noqa: ANN401
    """Return the list and level that the numbering properties of a paragraph or style name."""
    if properties is None:
        return None, None
    level = _value(properties, "ilvl")
    return _value(properties, "numId"), int(level) if level and level.isdecimal() else None


def _value(element: Any, name: str) -> str | None:  # noqa: ANN401
    child = element.find(f"{_W}{name}")
    said = None if child is None else child.get(f"{_W}val")
    return None if said is None else str(said)


def _integer(element: Any, name: str) -> int:  # noqa: ANN401
    said = element.get(f"{_W}{name}") or "0"
    return int(said) if said.isdecimal() else 0


def _written(number: int, form: str) -> str:
    """Return `number` in a format of Word; formats of other scripts are written as plain digits."""
    if form in ("none", "bullet"):
        return ""
    if form in ("lowerRoman", "upperRoman"):
        said = roman(number)
        return said.upper() if form == "upperRoman" else said
    if form in ("lowerLetter", "upperLetter") and number > 0:
        said = _LETTERS[(number - 1) % len(_LETTERS)] * ((number - 1) // len(_LETTERS) + 1)
        return said.upper() if form == "upperLetter" else said
    return f"{number:02}" if form == "decimalZero" else str(number)


def roman(number: int) -> str:
    """Return `number` in small Roman numerals; nothing below one.

    >>> roman(14)
    'xiv'
    """
    said = ""
    for worth, letters in _ROMAN:
        said += letters * (number // worth)
        number %= worth
    return said
