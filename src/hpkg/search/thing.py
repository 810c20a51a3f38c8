"""What can be found: a thing of the graph under all its names.

Not for: taking it out of a store (`hpkg.search.gather`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

__all__ = ["Field", "Name", "Thing"]


class Field(IntEnum):
    """What a name is of its thing, in the order in which hits are ranked."""

    LABEL = 0
    """The preferred name of a thing that lives across reports, in either language."""
    ALIAS = 1
    """Another name of it, a spelling of a source, a number or key it is called by."""
    STATEMENT = 2
    """The words of a statement or heading of a report: a task, a target, a shortcoming."""
    SENTENCE = 3
    """A sentence of a report."""


@dataclass(frozen=True, slots=True)
class Name:
    """Words by which a thing is found; `language` is `vi`, `en` or empty."""

    field: Field
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Thing:
    """A node of the graph that can be found.

    Attributes:
        iri: The node.
        kind: The word of its IRI that says what it is: `project`, `sentence`, `indicator`.
        names: All its names.
        reports: IRIs of the reports that speak of it.
        passage: IRI of the first passage it stands on, or empty.
    """

    iri: str
    kind: str
    names: tuple[Name, ...]
    reports: frozenset[str] = frozenset()
    passage: str = ""
