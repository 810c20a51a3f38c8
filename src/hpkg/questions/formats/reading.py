"""What every format for people shares: numbers and dates as a language writes them, headings, remarks.

Not for: formats for programs, which carry plain numbers under column names.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hpkg.messages import Language, text
from hpkg.namespaces import short
from hpkg.questions.question import INFERENCE
from hpkg.questions.quotation import is_evidence

if TYPE_CHECKING:
    from hpkg.questions.answer import Answer, Value
    from hpkg.questions.question import Column
    from hpkg.questions.quotation import Quotation

__all__ = ["MARK", "NUMERIC", "about", "figure", "ground", "heading", "place", "remarks", "said", "summary", "visible"]

MARK: Final = "~"
"""Stands beside a row that rests on inference."""
NUMERIC: Final = frozenset({"integer", "decimal"})
_HASH_SHOWN: Final = 12
_GROUPED_FROM: Final = 10_000
"""Whole numbers below are written without a mark between thousands: a year is no quantity."""
_SWAPPED: Final = str.maketrans(",.", ".,")


def figure(value: int | Decimal, language: Language) -> str:
    """Return a number as it is written in `language`.

    >>> figure(Decimal("89490.478"), "vi"), figure(Decimal("89490.478"), "en")
    ('89.490,478', '89,490.478')
    >>> figure(2021, "vi"), figure(61234, "vi")
    ('2021', '61.234')
    """
    if isinstance(value, int):
        plain = f"{value:,}" if abs(value) >= _GROUPED_FROM else str(value)
    else:
        plain = f"{value.normalize():,f}"
    return plain.translate(_SWAPPED) if language == "vi" else plain


def said(value: Value, language: Language) -> str:
    """Return a value as a person reads it; None is empty, an IRI is shortened.

    >>> said(date(2020, 12, 18), "vi"), said(date(2020, 12, 18), "en")
    ('18/12/2020', '2020-12-18')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return text("answer.yes" if value else "answer.no", language)
    if isinstance(value, int | Decimal):
        return figure(value, language)
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y") if language == "vi" else value.isoformat()
    return short(value) if value.startswith(("http://", "https://")) else value


def heading(answer: Answer, column: Column) -> str:
    """Return the heading of a column, with the unit of its numbers where all rows share one."""
    label, unit = column.label.in_(answer.language), answer.unit_of(column)
    return f"{label} ({unit})" if unit else label


def visible(answer: Answer) -> list[int]:
    """Return the places of the columns that a person reads: no IRIs where there is a name, none that is empty."""
    if not answer.question:
        return list(range(len(answer.columns)))
    readable = [
        at
        for at, column in enumerate(answer.columns)
        if column.shown and column.type != "iri" and not is_evidence(column.name)
    ]
    return [at for at in readable if any(row[at] is not None for row in answer.rows)] or readable


def about(answer: Answer, evidence: Quotation) -> str:
    """Return what a passage is evidence of, or nothing for the passage of the row itself."""
    if not evidence.about:
        return ""
    labels = {column.name: column.label.in_(answer.language) for column in answer.columns}
    return labels.get(f"{evidence.about}_quote") or labels.get(f"{evidence.about}_passage", evidence.about)


def place(evidence: Quotation) -> str:
    """Return where a passage stands, for a person: `p2.v.4 @24009,24049`."""
    offsets = "" if evidence.start is None else f"@{evidence.start},{evidence.end}"
    return " ".join(part for part in (evidence.section, offsets) if part)


def ground(answer: Answer, row: int) -> str:
    """Return the name of what a row rests on beyond the report's words, or nothing."""
    iri = answer[row].get(INFERENCE.name)
    return "" if iri is None else dict(answer.grounds).get(str(iri), str(iri))


def remarks(answer: Answer) -> list[str]:
    """Return what a reader must know of the rows: what they rest on, and what may be missing."""
    found = []
    if answer.inferred:
        names = ", ".join(name for _, name in answer.grounds)
        said_so = text(
            "answer.inferred", answer.language, count=len(answer.inferred), total=answer.count, grounds=names
        )
        found.append(f"{MARK} {said_so}")
    if answer.gaps and answer.rows:
        roles = ", ".join(dict.fromkeys(gap.part_name for gap in answer.gaps))
        found.append(text("answer.lacking", answer.language, roles=roles))
    if answer.state == "partial" and not answer.gaps:
        found.append(text("answer.cut-by-engine", answer.language))
    return found


def summary(answer: Answer) -> str:
    """Return in one line how many rows there are, whether they are all, and which graph gave them."""
    graph = answer.dataset[:_HASH_SHOWN] or text("answer.unknown-graph", answer.language)
    return text(f"answer.{answer.state}", answer.language, count=answer.count, dataset=graph)
