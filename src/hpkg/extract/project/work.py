"""What the readers of projects hand one another: a word for a kind of work, a name, a mention of a work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hpkg.lexicon import Concept

__all__ = ["LINES", "SCHEME", "Head", "Name", "Work"]

SCHEME: Final = "scheme"
LINES: Final = frozenset(
    {"road", "railway", "waterway", "cable-car", "power-line", "pipeline", "drainage", "water-embankment", "bridge"}
)
"""Kinds of work that run from one point to another, so that their names can hold both."""


@dataclass(frozen=True, slots=True)
class Head:
    """A word for a kind of work; `lead` is where the general words before it begin (`dự án đầu tư xây dựng …`)."""

    kind: Concept
    lead: int
    start: int
    end: int
    general: bool
    """Whether a general word for works (`dự án`) leads it."""
    several: bool
    """Whether it speaks of more than one (`các KCN`)."""
    listed: bool
    """Whether it or the general word before it speaks of more than one (`các dự án KCN`)."""
    titled: bool = False
    """Whether a title follows it that begins with a verb (`dự án Cải thiện môi trường đô thị`)."""


@dataclass(frozen=True, slots=True)
class Name:
    """Where the name of a work ends, and what makes it one."""

    end: int
    proper: bool
    """Whether it holds a proper name; else its place, its whole or its level tells it."""
    stem: int
    """Where the proper name or number in it begins."""
    loose: bool = False
    """Whether it is only a name when a place or a named whole follows."""


@dataclass(slots=True)
class Work:
    """One mention of a work: its characters, and what the words around it say."""

    label: str
    kind: Concept
    head: Head
    start: int
    end: int
    tail: int
    """Where what belongs to the name without being part of it ends: places, owner, brackets."""
    base: str
    """The name without the number or code at its end, for the items of a list that only have theirs."""
    status: str = "mentioned"
    period: str = ""
    places: list[str] = field(default_factory=list)
    inner: list[Work] = field(default_factory=list)
    """Works that its name names: the ends of a route."""
    told: str | None = None
    """Whether the verb that told its status stands `before` or `after` the name."""
    whole: int | None = None
    """Where the named work begins that it is part of."""
    investor: Concept | None = None
    funding: list[str] = field(default_factory=list)
    funders: list[Concept] = field(default_factory=list)
    amount: tuple[int, int] | None = None
    """Where its total investment stands."""
    ending: bool = False
    """Whether it is only an end of a route that another work is named by."""
