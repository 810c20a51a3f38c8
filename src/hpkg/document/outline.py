"""The outline while it is read: which sections are open, and which reading of a mark goes on with them.

Not for: what a line prints (`hpkg.grammar.outline`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hpkg.document.parts import squeeze
from hpkg.model import Section
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.grammar.outline import Mark

__all__ = ["LEADS", "LIST_KINDS", "PREFIXES", "Opened", "Outline", "name_of"]

LIST_KINDS: Final = frozenset({"bullet", "footnote"})
"""Marks that open no section."""
PREFIXES: Final = {"part": "p", "chapter": "ch", "section": "m", "article": "d", "appendix": "pl"}
"""Marks with a word of their own, and what they add to a path."""
LEADS: Final = frozenset({"bold", "lead"})
"""Headings without a mark that stand inside a section: bold ones, and those that lead to a list."""
_UPPER: Final = frozenset({"roman", "letter-upper"})
_LOWER: Final = frozenset({"paren", "letter", "roman-lower"})
_COUNTED_KINDS: Final = frozenset({"arabic", "paren", "letter", "dotted"})


@dataclass(slots=True)
class Opened:
    """A section that is open while the lines below it are read."""

    kind: str
    ordinal: int
    path: str


@dataclass(slots=True)
class Outline:
    """The sections read so far, and the chain of those that are open."""

    report: str
    sections: list[Section] = field(default_factory=list)
    open: list[Opened] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    left: dict[str, list[Opened]] = field(default_factory=dict)
    """The chain in which each kind of mark was last open: a list can go on after what stood in its midst."""

    is_titled: bool = False
    """Whether the title of the document opened the first section."""

    @property
    def path(self) -> str | None:
        """Return the path of the innermost open section."""
        return self.open[-1].path if self.open else None

    def choose(self, marks: Sequence[Mark]) -> Mark | None:
        """Return the reading that continues or opens a level, or None for a mark that opens no section."""
        readings = [mark for mark in marks if mark.kind not in LIST_KINDS]
        ordinals = {opened.kind: opened.ordinal for opened in self.open}
        for mark in readings:
            if ordinals.get(mark.kind, -1) + 1 == mark.ordinal:
                return mark
        for mark in readings:
            if self._goes_on(mark.kind, mark.ordinal):
                return mark
        for mark in readings:
            if mark.ordinal == 1:
                return mark
        for mark in readings:
            before = self.left.get(mark.kind)
            # An item in brackets whose list begins in running text is part of that text.
            if mark.kind != "paren" or (before is not None and before[-1].ordinal < mark.ordinal):
                return mark
        return None

    def close(self) -> None:
        """Close all that is open: another document begins."""
        self.open.clear()
        self.left.clear()

    def enter(self, kind: str, ordinal: int, name: str) -> str:
        """Open the section `name` of `kind` below or beside those open, and return its path."""
        if kind in _UPPER and ordinal == 1 and all(opened.kind in _LOWER for opened in self.open):
            self.open.clear()  # a list of items holds no part of the document
        if self.open and self.open[0].kind == "title":
            self.open.clear()  # what a title opened holds no heading
        self.is_titled = self.is_titled or kind == "title"
        kinds = [opened.kind for opened in self.open]
        if kind in {"part", "unmarked"}:
            self.open.clear()
        elif kind in LEADS:
            self._close_lists()
        elif kind in kinds:
            at = len(kinds) - 1 - kinds[::-1].index(kind)
            del self.open[at:]
        elif self._goes_on(kind, ordinal):
            self.open = self.left[kind][:-1]
        parent = self.path
        path = f"{parent}.{name}" if parent else name
        twin = 2
        while path in self.paths:
            path = f"{parent}.{name}-{twin}" if parent else f"{name}-{twin}"
            twin += 1
        self.paths.add(path)
        self.open.append(Opened(kind, ordinal, path))
        if kind not in {"title", "unmarked"}:
            self.left[kind] = list(self.open)
        return path

    def _close_lists(self) -> None:
        """Close a heading of the same make, and the list that has come to its end before it."""
        kinds = [opened.kind for opened in self.open]
        leads = [at for at, kind in enumerate(kinds) if kind in LEADS]
        if leads:
            del self.open[leads[0] :]
        elif len(self.open) > 1 and kinds[-1] in _COUNTED_KINDS:
            del self.open[-1:]

    def _goes_on(self, kind: str, ordinal: int) -> bool:
        """Tell whether a mark goes on with a list that was left, because a heading without a mark cut into it."""
        chain = self.left.get(kind)
        cut = bool(self.open) and self.open[0].kind == "unmarked"
        return chain is not None and cut and ordinal > 1 and chain[-1].ordinal + 1 == ordinal

    def add(self, path: str, number: str | None, span: tuple[int, int], text: str, title: str) -> None:
        """Record the section of `path`, whose heading is `text` at `span`."""
        self.sections.append(
            Section(
                id=str(mint("section", self.report, path)),
                report=self.report,
                section=path,
                start=span[0],
                end=span[1],
                text=text,
                level=len(self.open),
                number=number,
                title=squeeze(title),
                parent=self.open[-2].path if len(self.open) > 1 else None,
            )
        )


def name_of(mark: Mark) -> str:
    """Return what a mark adds to the path of its section."""
    if mark.kind in PREFIXES:
        return f"{PREFIXES[mark.kind]}{mark.ordinal}"
    if mark.kind == "dotted":
        return mark.number.rpartition(".")[2]
    if mark.kind in ("roman", "letter", "letter-upper", "roman-lower"):
        return slug(re.sub(r"\W", "", mark.number)) if "đ" not in mark.number.lower() else "dd"
    return str(mark.ordinal)
