"""What a report is parted into: leaves, sections, sentences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from hpkg.model import Section, Sentence
    from hpkg.source import Source

__all__ = ["Document", "Leaf", "LeafKind", "squeeze"]

LeafKind = Literal["heading", "sentence", "noise"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch of the text that is not parted further; `reason` says why noise is noise."""

    kind: LeafKind
    start: int
    end: int
    section: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Document:
    """A report parted into its outline; sections and sentences are in text order.

    `titled` says that the first section is headed by the title of the document, for want of a heading.
    """

    source: Source
    leaves: tuple[Leaf, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    titled: bool = False

    def is_title(self, section: Section) -> bool:
        """Tell whether the heading of `section` is the title of the document."""
        return self.titled and section == self.sections[0]

    def section(self, path: str) -> Section:
        """Return the section of `path`.

        Raises:
            KeyError: There is none.
        """
        return self._by_path[path]

    @cached_property
    def _by_path(self) -> dict[str | None, Section]:
        return {section.section: section for section in self.sections}


def squeeze(text: str) -> str:
    r"""Return `text` on one line, each run of white space one space.

    >>> squeeze("thành\ncông  Đại\xa0hội")
    'thành công Đại hội'
    """
    return " ".join(text.split())
