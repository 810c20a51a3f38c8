"""How kinds of nodes are drawn: one table of groups, colours, shapes and sizes for all formats and pictures.

Not for: which nodes there are.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.messages import Language

__all__ = ["Group", "group_of", "groups"]


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds that are drawn alike.

    Attributes:
        name: Its key.
        kinds: The classes it is made of, with all below them.
        colour: The colour of a node, `#RRGGBB`.
        ink: The colour of letters on it.
        shape: The shape, by its name in Cytoscape.
        size: The width of a node, in pixels.
        through: Whether a path of the view `ego` goes on through such a node.
        vi: What it is called in Vietnamese.
        en: What it is called in English.
    """

    name: str
    kinds: tuple[str, ...]
    colour: str
    ink: str
    shape: str
    size: int
    through: bool
    vi: str
    en: str

    def label(self, language: Language) -> str:
        """Return what the group is called."""
        return self.vi if language == "vi" else self.en

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Return the colour as red, green and blue, 0 to 255 each."""
        red, green, blue = (int(self.colour[place : place + 2], 16) for place in (1, 3, 5))
        return red, green, blue


@cache
def groups() -> dict[str, Group]:
    """Return all groups by name, in the order a legend tells them."""
    table = tomllib.loads((files("hpkg.export") / "kinds.toml").read_text("utf-8"))
    return {name: Group(name=name, **{**said, "kinds": tuple(said["kinds"])}) for name, said in table.items()}


@cache
def _by_kind() -> dict[str, Group]:
    return {kind: group for group in groups().values() for kind in group.kinds}


def group_of(classes: Iterable[str]) -> Group:
    """Return the group of a kind, given the names of the kind and of the classes above it, nearest first.

    >>> group_of(["Task", "TaskItem", "PlanElement", "Statement"]).name
    'task'
    >>> group_of(["Surprise"]).name
    'frame'
    """
    known = _by_kind()
    return next((known[name] for name in classes if name in known), groups()["frame"])
