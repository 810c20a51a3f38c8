"""What a row of an answer stands on: quotes with their place in the report's text.

A row has the columns `quote`, `sentence`, `section`, `passage` when its question gives evidence, and further ones under
a prefix (`result_quote`, `result_passage`) when it stands on more than one passage. Not for: a passage in
its paragraph (`hpkg.questions.evidence`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.questions.question import EVIDENCE, OFFSETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hpkg.questions.question import Column

__all__ = ["Quotation", "is_evidence", "offsets", "quotations_of"]

_OFFSETS: Final = re.compile(r"#char=(\d+),(\d+)$")
_PARTS: Final = tuple(column.name for column in EVIDENCE)
_OWN: Final = frozenset(column.name for column in (*EVIDENCE, *OFFSETS))


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage that a row stands on.

    Attributes:
        about: What it is evidence of: empty for the row itself, else a prefix of its columns (`result`).
        quote: The characters of the passage.
        sentence: The sentence around them, or empty.
        section: Path of the section, such as `p2.v.4`, or empty.
        start: Offset of the first character in the text of the report, from 0.
        end: Offset after the last character.
        passage: IRI of the passage, a link.
    """

    about: str
    quote: str
    sentence: str
    section: str
    start: int | None
    end: int | None
    passage: str


def offsets(passage: str) -> tuple[int, int] | None:
    """Return the offsets that the IRI of a passage holds by RFC 5147, or None when it holds none.

    >>> offsets("https://w3id.org/hpkg/id/report/31-hai-phong/2020-402-bc-ubnd/text#char=1332,1385")
    (1332, 1385)
    >>> offsets("https://w3id.org/hpkg/id/report/31-hai-phong/2020-402-bc-ubnd")
    """
    found = _OFFSETS.search(passage)
    return (int(found[1]), int(found[2])) if found else None


def is_evidence(name: str) -> bool:
    """Tell whether a column of this name belongs to a passage that a row stands on.

    >>> [is_evidence(name) for name in ("quote", "result_passage", "start", "start_year", "section")]
    [True, True, True, False, True]
    """
    return name in _OWN or name.endswith(tuple(f"_{part}" for part in _PARTS))


def quotations_of(columns: Iterable[Column], record: Mapping[str, object]) -> tuple[Quotation, ...]:
    """Return the passages that the row `record` stands on, its own first; none where the row has none."""
    prefixes = dict.fromkeys(
        column.name.removesuffix(part)
        for column in columns
        for part in ("quote", "passage")
        if column.name == part or column.name.endswith(f"_{part}")
    )
    found = (_gathered(prefix, record) for prefix in sorted(prefixes, key=bool))
    return tuple(one for one in found if one.quote or one.passage)


def _gathered(prefix: str, record: Mapping[str, object]) -> Quotation:
    quote, sentence, section, passage = (str(record.get(prefix + part) or "") for part in _PARTS)
    start, end = offsets(passage) or (None, None)
    return Quotation(prefix.rstrip("_"), quote, sentence, section, start, end, passage)
