"""The first lines of a document: what stands above its body, without the dress of a web page or of markdown.

Not for: what the lines say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.grammar.word import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.grammar.word import Token
    from hpkg.lexicon import Concept, Lexicon, Match

__all__ = ["Cell", "Head", "read_head"]

_LENGTH: Final = 6000
_DRESS: Final = re.compile(r"[*_#>`\\]")
_CELL: Final = re.compile(r"[^|\t\n\r]*[^|\t\n\r\s][^|\t\n\r]*")
_WIDE: Final = re.compile(r" {3,}")
_RULE: Final = re.compile(r"[-–—=.\s_]*")
_CLOSED: Final = (".", ";", ":")
_LONG: Final = 30
_LINE: Final = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """A line, or a part of it between bars: what it says, and where; `gap` counts the blank lines above it."""

    text: str
    start: int
    end: int
    gap: int

    @property
    def is_capitals(self) -> bool:
        """Tell whether all its letters are capitals."""
        return self.text.isupper()

    @property
    def is_sentence(self) -> bool:
        """Tell whether it is, or is the beginning of, a sentence of the body."""
        return len(self.text.split()) > _LONG or (self.text.endswith(_CLOSED) and len(self.text.split()) > _LINE)


@dataclass(frozen=True)
class Head:
    """The beginning of a document; `title` is the cell with the kind of the document, None when no line is one."""

    text: str
    cells: tuple[Cell, ...]
    lexicon: Lexicon
    kind: Concept | None = None
    title: int | None = None

    @cached_property
    def above(self) -> tuple[Cell, ...]:
        """Return the cells above the title, all those above the body when there is no title."""
        if self.title is not None:
            return self.cells[: self.title]
        body = next((at for at, cell in enumerate(self.cells) if cell.is_sentence), len(self.cells))
        return self.cells[:body]

    @cached_property
    def below(self) -> tuple[Cell, ...]:
        """Return the cells from the title on."""
        return () if self.title is None else self.cells[self.title :]

    def cues(self, key: str, run: list[Token]) -> list[Match]:
        """Return where the cue `key` stands in `run`."""
        return self.lexicon.find(run, f"cue/{key}")

    def opens(self, scheme: str, text: str) -> Match | None:
        """Return the word of `scheme` with which `text` begins."""
        found = self.lexicon.find(tokens(text[:120]), scheme)
        return next((match for match in found if match.first == 0 and match.role in ("label", "slip")), None)


def read_head(text: str, lexicon: Lexicon) -> Head:
    """Return the head of the document `text`."""
    plain = _DRESS.sub(" ", text[:_LENGTH])
    cells = _from_letterhead(tuple(_cells(plain)), lexicon)
    head = Head(plain, cells, lexicon)
    for at, cell in enumerate(cells):
        kind = head.opens("document-kind", cell.text)
        if kind is not None and _is_title(cell, kind):
            return Head(plain, cells, lexicon, kind.concept, at)
        if cell.is_sentence:
            break
    return head


def _from_letterhead(cells: tuple[Cell, ...], lexicon: Lexicon) -> tuple[Cell, ...]:
    """Return the cells without the prose that a page prints above the motto of the state, if there is one."""
    mottoes = (at for at, cell in enumerate(cells) if cell.is_capitals and lexicon.find(tokens(cell.text), "cue/motto"))
    motto = next(mottoes, 0)
    prose = [at for at, cell in enumerate(cells[:motto]) if cell.is_sentence]
    return cells[prose[-1] + 1 :] if prose else cells


def _is_title(cell: Cell, kind: Match) -> bool:
    """Tell whether a line that begins with a kind of document is a title and not prose on one."""
    words = cell.text[: kind.end]
    return words[:1].isupper() and not cell.text.endswith(_CLOSED) and not cell.is_sentence


def _cells(text: str) -> Iterator[Cell]:
    """Yield the parts of the lines that say something; what is drawn with dashes is none."""
    at = 0
    for match in _CELL.finditer(text):
        start = match.start()
        for part in _parts(match[0], start):
            first, said = part
            if not _RULE.fullmatch(said):
                yield Cell(" ".join(said.split()), first, first + len(said), text.count("\n", at, first) - 1)
                at = first + len(said)


def _parts(said: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the columns of a line, parted by wide gaps, each with its offset."""
    at = 0
    for gap in [*_WIDE.finditer(said), None]:
        end = len(said) if gap is None else gap.start()
        part = said[at:end]
        if part.strip():
            yield start + at + len(part) - len(part.lstrip()), part.strip()
        at = end if gap is None else gap.end()
