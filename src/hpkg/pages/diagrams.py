"""Diagrams of classes: one for each module, boxes with their properties from the widest class to the narrowest.

A module is a class that has no wider one, with all below it; classes that stand alone share one diagram. Places are
worked out here and written as SVG by a template, so that a site needs no other program. Not for: networks of things
(`hpkg.export`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from hpkg.export.text import cut
from hpkg.namespaces import HP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hpkg.pages.terms import Defined, Property

__all__ = ["Box", "Diagram", "Line", "diagrams"]

WIDTH: Final = 264
"""Width of a box, in pixels of the picture."""
_HEAD: Final = 30
_ROW: Final = 20
_ACROSS: Final = 44
_DOWN: Final = 14
_TITLE: Final = 31
_TEXT: Final = 40
_COLUMNS: Final = 3


class Line(NamedTuple):
    """A line from a class to one that is a kind of it: from the right side of a box to the left side of another."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Box:
    """A class in its place: its name, what it is also a kind of, its own properties, each as much as fits."""

    name: str
    title: str
    x: int
    y: int
    rows: tuple[str, ...]

    @property
    def height(self) -> int:
        """Return the height of the box."""
        return _HEAD + _ROW * len(self.rows) + (6 if self.rows else 0)

    def baseline(self, row: int) -> int:
        """Return where the text of a row stands, from 0."""
        return self.y + _HEAD + _ROW * row + 15


@dataclass(slots=True)
class Diagram:
    """A module: its widest class, `None` for those that stand alone; the boxes and the lines between them."""

    root: Defined | None
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Return the width of the picture."""
        return max(box.x for box in self.boxes) + WIDTH + 2

    @property
    def height(self) -> int:
        """Return the height of the picture."""
        return max(box.y + box.height for box in self.boxes) + 2


def diagrams(classes: Iterable[Defined]) -> list[Diagram]:
    """Return a diagram for each module, the one with the most classes first."""
    known = {one.name: one for one in classes}
    below: dict[str, list[Defined]] = defaultdict(list)
    roots: list[Defined] = []
    for one in known.values():
        parents = [str(parent.iri).removeprefix(HP) for parent in one.kind_of]
        (below[parents[0]] if parents else roots).append(one)
    made = []
    for root in roots:
        if below[root.name]:
            diagram = Diagram(root)
            _place(diagram, root, below, 0, 1)
            made.append(diagram)
    made.sort(key=lambda one: (-len(one.boxes), one.boxes[0].name))
    alone = [root for root in roots if not below[root.name]]
    return [*made, _side_by_side(alone)] if alone else made


def _place(diagram: Diagram, one: Defined, below: Mapping[str, list[Defined]], depth: int, y: int) -> int:
    """Put a class and all below it into a diagram, and return where the next one may begin."""
    box = _box(one, 1 + depth * (WIDTH + _ACROSS), y)
    diagram.boxes.append(box)
    at = y
    for child in below[one.name]:
        diagram.lines.append(Line(box.x + WIDTH, y + _HEAD // 2, box.x + WIDTH + _ACROSS, at + _HEAD // 2))
        at = _place(diagram, child, below, depth + 1, at)
    return max(at, y + box.height + _DOWN)


def _side_by_side(classes: list[Defined]) -> Diagram:
    """Return the classes that stand alone in columns, each put where there is most room."""
    diagram, ends = Diagram(None), [1] * _COLUMNS
    for one in classes:
        column = ends.index(min(ends))
        box = _box(one, 1 + column * (WIDTH + _ACROSS // 2), ends[column])
        diagram.boxes.append(box)
        ends[column] += box.height + _DOWN
    return diagram


def _box(one: Defined, x: int, y: int) -> Box:
    rows = [cut(f"⊑ {also.text}", _TEXT) for also in one.kind_of[1:]] + [cut(_row(prop), _TEXT) for prop in one.own]
    return Box(one.name, cut(one.label.text, _TITLE), x, y, tuple(rows))


def _row(prop: Property) -> str:
    values = ", ".join(value.text for value in prop.values)
    return f"{prop.label.text}: {values}" if values else prop.label.text
