"""What a person reads of a node of the graph: its words, their language, where it leads.

Not for: finding the words (`hpkg.questions.labels`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["Term", "shortened"]

_LONG: Final = 160


@dataclass(frozen=True, slots=True)
class Term:
    """A node in words.

    Attributes:
        text: The words, or the figure.
        iri: The thing they name, or the address they are; None for plain text.
        language: Language of the words; None for figures, codes and IRIs.
        unit: Unit of a figure.
        parts: The pieces of a name that is put together from names of several languages; empty when it is of one piece.
    """

    text: str
    iri: str | None = None
    language: str | None = None
    unit: Term | None = None
    parts: tuple[Term, ...] = ()

    def __str__(self) -> str:
        """Return the words, and the unit of a figure."""
        return f"{self.text} {self.unit.text}" if self.unit else self.text


def shortened(words: str, longest: int = _LONG) -> str:
    """Return `words`, or of many as many whole ones as fit.

    >>> shortened("một hai ba", 8)
    'một hai …'
    """
    return words if len(words) <= longest else words[:longest].rpartition(" ")[0].rstrip(" ,;:.") + " …"
