"""The passages that something stands on, each in its sentence and its paragraph.

A paragraph is a run of sentences of one section that the report does not part by an empty line. Not for: laying it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from hpkg.store.query import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.questions.labels import Labels
    from hpkg.questions.term import Term
    from hpkg.store import Store

__all__ = ["Evidence", "Stretch", "evidence_of", "joined"]

_PASSAGES: Final = """
SELECT DISTINCT ?passage ?quote ?start ?end ?report ?part ?sentence WHERE {{
  VALUES ?passage {{ {passages} }}
  ?passage hp:quote ?quote ; hp:startOffset ?start ; hp:endOffset ?end ; hp:inReport ?report .
  OPTIONAL {{ ?passage hp:inSection ?part }}
  OPTIONAL {{ ?passage hp:inSentence ?sentence }}
}}"""

_NEIGHBOURS: Final = """
SELECT DISTINCT ?part ?quote ?start ?sentence WHERE {{
  VALUES ?part {{ {parts} }}
  ?sentence hp:inSection ?part ; a hp:Sentence ; hp:passage ?passage .
  ?passage hp:quote ?quote ; hp:startOffset ?start .
}}"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a report and where they begin."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Return the offset behind the last character."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a report.

    Attributes:
        quote: Its characters.
        start: Where it begins, in code points from 0.
        end: The place behind its last character.
        passage: Its IRI.
        report: The report it stands in.
        section: Path of its section, such as `p2.v.4`; empty outside all sections.
        sentence: The sentence it stands in: its characters; the quote itself where no sentence holds it.
        sentence_iri: The IRI of that sentence, or None.
        before: What stands before the quote in its paragraph.
        after: What stands behind it.
    """

    quote: str
    start: int
    end: int
    passage: str
    report: Term
    section: str
    sentence: str
    sentence_iri: str | None
    before: str
    after: str


def evidence_of(store: Store, passages: Iterable[str], labels: Labels) -> dict[str, Evidence]:
    """Return the evidence of each of `passages` that the store holds, by its IRI."""
    wanted = list(dict.fromkeys(passages))
    if not wanted:
        return {}
    rows = list(store.select(_PASSAGES.format(passages=_terms(wanted))))
    sentences: dict[str, list[tuple[Stretch, str]]] = {}
    parts = {str(row["part"]) for row in rows if "part" in row and "sentence" in row}
    if parts:
        for row in store.select(_NEIGHBOURS.format(parts=_terms(sorted(parts)))):
            stretch = Stretch(int(str(row["start"])), str(row["quote"]))
            sentences.setdefault(str(row["part"]), []).append((stretch, str(row["sentence"])))
    reports = labels.of(str(row["report"]) for row in rows)
    found: dict[str, Evidence] = {}
    for row in rows:
        quote = Stretch(int(str(row["start"])), str(row["quote"]))
        part = str(row.get("part", ""))
        own = str(row.get("sentence", ""))
        around = sorted(sentences.get(part, ()), key=lambda pair: pair[0].start)
        paragraph = _paragraph(around, own) if own else quote
        if not paragraph.start <= quote.start <= quote.end <= paragraph.end:
            paragraph = quote
        sentence = next((stretch.text for stretch, iri in around if iri == own), quote.text)
        found[str(row["passage"])] = Evidence(
            quote=quote.text,
            start=quote.start,
            end=int(str(row["end"])),
            passage=str(row["passage"]),
            report=reports[str(row["report"])],
            section=part.rpartition("/")[2],
            sentence=sentence,
            sentence_iri=own or None,
            before=paragraph.text[: quote.start - paragraph.start],
            after=paragraph.text[quote.end - paragraph.start :],
        )
    return {iri: found[iri] for iri in wanted if iri in found}


def joined(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    """Return `stretches` in order, grouped into paragraphs: more than one character between two parts them.

    >>> [len(group) for group in joined([Stretch(0, "a."), Stretch(3, "b."), Stretch(9, "c.")])]
    [2, 1]
    """
    groups: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda one: one.start):
        if groups and stretch.start - groups[-1][-1].end <= 1:
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return groups


def _paragraph(around: list[tuple[Stretch, str]], own: str) -> Stretch:
    """Return the paragraph of the sentence `own`."""
    place = next((stretch for stretch, iri in around if iri == own), None)
    for group in joined(stretch for stretch, _ in around):
        if place in group:
            return Stretch(group[0].start, _text(group))
    return Stretch(0, "")


def _text(group: list[Stretch]) -> str:
    said = group[0].text
    end = group[0].end
    for stretch in group[1:]:
        said += " " * (stretch.start - end) + stretch.text
        end = stretch.end
    return said


def _terms(iris: Iterable[str]) -> str:
    return " ".join(written(URIRef(iri)) for iri in iris)
