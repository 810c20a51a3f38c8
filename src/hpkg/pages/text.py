"""The text of a report with its passages marked where they stand: headings, paragraphs, sentences, and what each says.

The text is put together from the passages of sections and sentences, which hold every character that was read, so that
it is the same on every store. Not for: laying it out.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hpkg.questions.evidence import Stretch, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib import URIRef

    from hpkg.questions.labels import Labels
    from hpkg.questions.term import Term
    from hpkg.store import Store

__all__ = ["Block", "Mark", "Part", "ReportText", "Said", "Sentence", "marked", "report_text"]

_PARTS: Final = """
SELECT DISTINCT ?part ?start ?quote ?level WHERE {
  VALUES ?report { UNDEF }
  ?part hp:inReport ?report ; hp:passage ?passage . ?passage hp:startOffset ?start ; hp:quote ?quote .
  OPTIONAL { ?part hp:level ?level }
} ORDER BY ?start"""

_PASSAGES: Final = """
SELECT DISTINCT ?passage ?start ?end ?about ?kind ?named WHERE {
  VALUES ?report { UNDEF }
  ?passage hp:inReport ?report ; hp:startOffset ?start ; hp:endOffset ?end .
  OPTIONAL { ?about hp:evidence ?passage ; a ?kind FILTER(STRSTARTS(STR(?kind), STR(hp:))) }
  BIND(EXISTS { ?passage hp:mentions ?place } AS ?named)
} ORDER BY ?start DESC(?end) ?about"""

_HIGHEST: Final = 2
_LOWEST: Final = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of the text; `sort` is `fact` when a statement stands on it, `named` when it only names something."""

    start: int
    end: int
    sort: str = ""

    @property
    def anchor(self) -> str:
        """Return the name of its place on the page, as RFC 5147 writes it."""
        return f"char={self.start},{self.end}"


@dataclass(slots=True)
class Part:
    """A piece of text inside a mark, or outside all; a mark without pieces is where one begins that crosses another."""

    mark: Mark | None
    pieces: list[str | Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a heading: its key, where it stands, its marked characters."""

    iri: str
    key: str
    start: int
    end: int
    body: Part
    gap: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that a passage of a paragraph carries."""

    name: Term
    kind: Term | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` from 2) or a paragraph (`level` 0), and what its passages say, in text order."""

    level: int
    sentences: tuple[Sentence, ...]
    says: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report: its name and its blocks in order."""

    report: Term
    blocks: tuple[Block, ...]


def report_text(store: Store, report: URIRef, labels: Labels) -> ReportText:
    """Return the text of `report` with all its passages; no blocks when the store has no such report."""
    parts: dict[Stretch, tuple[str, int]] = {}
    for row in store.select(_PARTS, {"report": report}):
        stretch = Stretch(int(str(row["start"])), str(row["quote"]))
        parts[stretch] = (str(row["part"]), int(str(row["level"])) if "level" in row else 0)
    kinds: dict[tuple[int, int], dict[str, set[str]]] = {}
    named: set[tuple[int, int]] = set()
    for row in store.select(_PASSAGES, {"report": report}):
        place = (int(str(row["start"])), int(str(row["end"])))
        about = kinds.setdefault(place, {})
        if str(row["named"]) == "true":
            named.add(place)
        if "about" in row:
            about.setdefault(str(row["about"]), set()).add(str(row["kind"]))
    labels.of(
        [one for about in kinds.values() for one in about]
        + [kind for about in kinds.values() for group in about.values() for kind in group]
    )
    marks = [
        Mark(*place, "fact" if kinds[place] else "named" if place in named else "")
        for place in sorted(kinds, key=lambda place: (place[0], -place[1]))
    ]
    starts = [mark.start for mark in marks]
    blocks = []
    above = _HIGHEST - 1
    for group in _blocks(parts):
        inside = marks[bisect_left(starts, group[0].start) : bisect_left(starts, group[-1].end)]
        says = [
            Said(labels[one], _kind(classes, labels), mark.anchor)
            for mark in inside
            for one, classes in kinds[mark.start, mark.end].items()
        ]
        depth = parts[group[0]][1]
        # A heading is at most one level below the one before it, also where the level between has none of its own.
        level = min(depth + _HIGHEST - 1, above + 1, _LOWEST) if depth else 0
        above = level or above
        sentences = tuple(
            Sentence(
                iri=parts[stretch][0],
                key=parts[stretch][0].rpartition("/")[2],
                start=stretch.start,
                end=stretch.end,
                body=marked(stretch, marks[bisect_left(starts, stretch.start) : bisect_left(starts, stretch.end)]),
                gap=" " if place else "",
            )
            for place, stretch in enumerate(group)
        )
        blocks.append(Block(level, sentences, tuple(says)))
    return ReportText(labels[str(report)], tuple(blocks))


def marked(stretch: Stretch, marks: Iterable[Mark]) -> Part:
    """Return the characters of `stretch` with `marks` around them, nested; one that crosses another is a bare place.

    `marks` come in order of their start, longer ones first.

    >>> whole = marked(Stretch(5, "a bc d"), [Mark(5, 11), Mark(7, 9)])
    >>> [piece if isinstance(piece, str) else piece.mark.anchor for piece in whole.pieces[0].pieces]
    ['a ', 'char=7,9', ' d']
    """
    root = Part(None)
    opened: list[tuple[Part, int]] = [(root, stretch.end)]
    at = stretch.start

    def write(to: int) -> None:
        nonlocal at
        if to > at:
            opened[-1][0].pieces.append(stretch.text[at - stretch.start : to - stretch.start])
            at = to

    for mark in marks:
        while mark.start >= opened[-1][1] and len(opened) > 1:
            write(opened[-1][1])
            opened.pop()
        write(mark.start)
        part = Part(mark)
        opened[-1][0].pieces.append(part)
        if mark.end <= opened[-1][1]:
            opened.append((part, mark.end))
    while opened:
        write(opened[-1][1])
        opened.pop()
    return root


def _blocks(parts: dict[Stretch, tuple[str, int]]) -> list[list[Stretch]]:
    """Return headings alone and sentences by paragraphs, in text order."""
    groups: list[list[Stretch]] = []
    for paragraph in joined(parts):
        run: list[Stretch] = []
        for stretch in paragraph:
            if parts[stretch][1]:
                groups += [run] if run else []
                groups.append([stretch])
                run = []
            else:
                run.append(stretch)
        groups += [run] if run else []
    return groups


def _kind(classes: Sequence[str] | set[str], labels: Labels) -> Term | None:
    narrowest = labels.narrowest(classes)
    return labels[narrowest[0]] if narrowest else None
