"""An answer as Markdown: a heading, one table, and what a reader must know of it.

Not for: programs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hpkg.messages import text
from hpkg.questions.formats.reading import NUMERIC, about, ground, heading, place, remarks, said, summary, visible

if TYPE_CHECKING:
    from hpkg.questions.answer import Answer
    from hpkg.questions.quotation import Quotation

__all__ = ["as_markdown"]

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~#])")


def as_markdown(answer: Answer) -> bytes:
    """Return `answer` as Markdown with a table (https://github.github.com/gfm/#tables-extension-).

    A row ends with the quotes it stands on, each with its section and offsets as a link to the passage.
    """
    lines = [f"### {_plain(answer.title)}", ""] if answer.title else []
    if answer.rows:
        lines += [*_table(answer), ""]
    lines += [part for said_so in _notes(answer) for part in (_plain(said_so), "")]
    for omission in answer.omissions:
        announced = text("answer.omission", answer.language, label=omission.label)
        lines += [f"- {_plain(announced)}: “{_plain(omission.quote)}” [{_plain(omission.section)}]({omission.passage})"]
    return ("\n".join(lines).strip("\n") + "\n").encode()


def _notes(answer: Answer) -> list[str]:
    return [*([answer.note] if answer.note else []), *remarks(answer), summary(answer)]


def _table(answer: Answer) -> list[str]:
    shown = visible(answer)
    evidence = [row.evidence for row in answer]
    heads = [heading(answer, answer.columns[at]) for at in shown]
    rules = ["---:" if answer.columns[at].type in NUMERIC else "---" for at in shown]
    rows = [[_plain(said(row[at], answer.language)) for at in shown] for row in answer.rows]
    if answer.inferred:
        heads.append(text("answer.by-inference", answer.language))
        for at, row in enumerate(rows):
            row.append(_plain(ground(answer, at)))
    if any(evidence):
        heads.append(text("answer.evidence", answer.language))
        for found, row in zip(evidence, rows, strict=True):
            row.append("<br>".join(_quoted(answer, one) for one in found))
    rules += ["---"] * (len(heads) - len(rules))
    return [_line([_plain(head) for head in heads]), _line(rules), *(_line(row) for row in rows)]


def _quoted(answer: Answer, evidence: Quotation) -> str:
    of = about(answer, evidence)
    where = _plain(place(evidence) or evidence.passage)
    link = f"[{where}]({evidence.passage})" if evidence.passage else where
    return f"{f'{_plain(of)}: ' if of else ''}{f'“{_plain(evidence.quote)}” ' if evidence.quote else ''}{link}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(said_so: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(said_so.split()))
