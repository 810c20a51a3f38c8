"""An answer as a fragment of HTML, for a page or a notebook: a table whose every row shows its quotes.

The fragment needs no script and no style sheet; pages that have one find their hooks in the classes. Not for: whole
pages (`hpkg.pages`).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from hpkg.messages import text
from hpkg.namespaces import fold
from hpkg.questions.formats.reading import NUMERIC, about, ground, heading, place, remarks, said, summary, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hpkg.questions.answer import Answer, Value
    from hpkg.questions.question import Column
    from hpkg.questions.quotation import Quotation

__all__ = ["as_html"]

_ALIGNED: Final = ' style="text-align:right"'


def as_html(answer: Answer, link: Callable[[str], str] = str, *, styled: bool = True) -> bytes:
    """Return `answer` as one `<div>` of HTML (https://html.spec.whatwg.org/); all texts are escaped.

    `link` says where an IRI leads from the page that the fragment stands in; without it, to the IRI itself. Only
    addresses of the web become links. `styled` aligns numbers in the fragment itself, which a page with a strict policy
    leaves to its style sheet.
    """
    written = "".join(f"{line}\n" for line in _fragment(answer, link))
    return (written if styled else written.replace(_ALIGNED, "")).encode()


def _fragment(answer: Answer, link: Callable[[str], str]) -> Iterator[str]:
    yield f'<div class="hpkg-answer" lang="{answer.language}">'
    if answer.rows:
        yield "<table>"
        if answer.title:
            yield f"<caption>{escape(answer.title)}</caption>"
        yield from _table(answer, link)
        yield "</table>"
    elif answer.title:
        yield f"<h3>{escape(answer.title)}</h3>"
    if answer.note:
        yield f'<p class="hpkg-note">{escape(answer.note)}</p>'
    for remark in remarks(answer):
        yield f'<p class="hpkg-remark">{escape(remark)}</p>'
    for omission in answer.omissions:
        announced = escape(text("answer.omission", answer.language, label=omission.label))
        quote = f'<q lang="vi">{escape(omission.quote)}</q>'
        where = _anchor(omission.passage, omission.section, link)
        yield f'<p class="hpkg-omission">{announced}: {quote} {where}</p>'
    yield f'<p class="hpkg-summary">{escape(summary(answer))}</p>'
    yield "</div>"


def _table(answer: Answer, link: Callable[[str], str]) -> Iterator[str]:
    shown = visible(answer)
    evidence = [row.evidence for row in answer]
    heads = [(heading(answer, answer.columns[at]), answer.columns[at]) for at in shown]
    yield "<thead><tr>"
    for head, column in heads:
        yield f'<th scope="col"{_numeric(column)}>{escape(head)}</th>'
    if answer.inferred:
        yield f'<th scope="col">{escape(text("answer.by-inference", answer.language))}</th>'
    if any(evidence):
        yield f'<th scope="col">{escape(text("answer.evidence", answer.language))}</th>'
    yield "</tr></thead>"
    yield "<tbody>"
    for number, (row, found) in enumerate(zip(answer.rows, evidence, strict=True)):
        rests_on = ground(answer, number)
        yield '<tr class="hpkg-inferred">' if rests_on else "<tr>"
        for at in shown:
            column = answer.columns[at]
            yield f"<td{_numeric(column)}{_spoken(row[at], answer)}>{_cell(row[at], column, answer, link)}</td>"
        if answer.inferred:
            yield f"<td>{escape(rests_on)}</td>"
        if any(evidence):
            yield f'<td class="hpkg-evidence">{"".join(_quoted(answer, one, link) for one in found)}</td>'
        yield "</tr>"
    yield "</tbody>"


def _numeric(column: Column) -> str:
    return f' class="hpkg-number"{_ALIGNED}' if column.type in NUMERIC else ""


def _spoken(value: Value, answer: Answer) -> str:
    """Return the mark of Vietnamese words in an answer in another language."""
    is_vietnamese = isinstance(value, str) and fold(value) != value.lower()
    return ' lang="vi"' if is_vietnamese and answer.language != "vi" else ""


def _cell(value: Value, column: Column, answer: Answer, link: Callable[[str], str]) -> str:
    shown = said(value, answer.language)
    return _anchor(str(value), shown, link) if column.type == "iri" and value is not None else escape(shown)


def _quoted(answer: Answer, evidence: Quotation, link: Callable[[str], str]) -> str:
    of = about(answer, evidence)
    head = f"{escape(of)}: " if of else ""
    # The text of a report is Vietnamese, in whatever language the answer is.
    quote = f'<q lang="vi" cite="{escape(evidence.passage)}">{escape(evidence.quote)}</q> ' if evidence.quote else ""
    title = f' title="{escape(evidence.sentence)}"' if evidence.sentence else ""
    return f"<p{title}>{head}{quote}{_anchor(evidence.passage, place(evidence) or evidence.passage, link)}</p>"


def _anchor(iri: str, shown: str, link: Callable[[str], str]) -> str:
    if not iri.startswith(("http://", "https://")):
        return escape(shown)
    return f'<a href="{escape(link(iri))}">{escape(shown)}</a>'
