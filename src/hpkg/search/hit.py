"""What a search finds: hits in the order of rank, each with the text it matched and where in it.

Not for: finding them (`hpkg.search.index`).
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hpkg.messages import Language, catalogue
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Found", "Hit", "Report", "marked"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report that hits can be narrowed to: its IRI and its names."""

    iri: str
    names: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return the key of the report: `31-hai-phong/2020-402-bc-ubnd`."""
        return self.iri.partition("/report/")[2]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found.

    Attributes:
        iri: The thing.
        kind: What it is: `project`, `sentence`, `indicator`.
        label: Its name, in the language asked for where it has one.
        text: The text that matched, as it is written: the label, another name, or a sentence.
        field: `label`, `alias`, `statement` or `sentence`.
        language: Of the text: `vi`, `en` or empty.
        highlights: Start and end of each match in `text`, in code points, end exclusive.
        exact: The words were found with their tones, as typed.
        reports: Keys of the reports that speak of it.
        passage: IRI of the first passage it stands on, or empty.
    """

    iri: str
    kind: str
    label: str
    text: str
    field: str
    language: str
    highlights: tuple[tuple[int, int], ...]
    exact: bool
    reports: tuple[str, ...]
    passage: str

    @property
    def key(self) -> str:
        """Return the IRI without the base: `id/place/31-317`."""
        return self.iri.removeprefix(BASE)

    def kind_name(self, language: Language) -> str:
        """Return what the thing is, in words of `language`."""
        return catalogue(language).get(f"kind.{self.kind}", self.kind)

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return the hit as JSON-able values, its kind in words of `language` too."""
        return {
            "iri": self.iri,
            "kind": self.kind,
            "kind_name": self.kind_name(language),
            "label": self.label,
            "text": self.text,
            "field": self.field,
            "language": self.language,
            "highlights": [list(span) for span in self.highlights],
            "exact": self.exact,
            "reports": list(self.reports),
            "passage": self.passage or None,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of a search.

    Attributes:
        query: What was searched for.
        hits: The best hits, one a thing.
        total: How many things match; more than there are hits when a limit cut them off.
        all_words: False when nothing holds all words, and the hits hold some of them.
        nearest: For a word that nothing holds, the words that are nearest to it.
        dataset: Content hash of the graph that was searched.
        language: Language of the labels.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    all_words: bool
    nearest: tuple[tuple[str, tuple[str, ...]], ...]
    dataset: str
    language: Language

    def __iter__(self) -> Iterator[Hit]:
        """Yield the hits in the order of rank."""
        return iter(self.hits)

    def __len__(self) -> int:
        """Return the number of hits."""
        return len(self.hits)

    @property
    def complete(self) -> bool:
        """Tell whether every thing that matches is among the hits."""
        return self.total == len(self.hits)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON-able values."""
        return {
            "query": self.query,
            "count": len(self.hits),
            "total": self.total,
            "complete": self.complete,
            "all_words": self.all_words,
            "nearest": {word: list(near) for word, near in self.nearest},
            "dataset": self.dataset,
            "language": self.language,
            "hits": [hit.to_dict(self.language) for hit in self.hits],
        }

    def to_json(self) -> str:
        """Return the answer as a JSON object."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_csv(self) -> str:
        """Return the hits as CSV, one a line; highlights as `start-end` pairs, reports joined by spaces."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("kind", "label", "text", "field", "highlights", "exact", "reports", "passage", "iri"))
        for hit in self.hits:
            spans = " ".join(f"{start}-{end}" for start, end in hit.highlights)
            exact = str(hit.exact).lower()
            reports = " ".join(hit.reports)
            writer.writerow((hit.kind, hit.label, hit.text, hit.field, spans, exact, reports, hit.passage, hit.iri))
        return out.getvalue()


def marked(hit: Hit, room: int = 160) -> tuple[tuple[str, bool], ...]:
    """Return the text of `hit` in pieces, each with whether it matched; of a long text about `room` characters.

    >>> hit = Hit("", "", "", "Cảng biển", "label", "vi", ((0, 4),), True, (), "")
    >>> marked(hit)
    (('Cảng', True), (' biển', False))
    """
    start, end = _window(hit, room)
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for begin, stop in hit.highlights:
        if begin >= end:
            break
        pieces += [(hit.text[at:begin], False), (hit.text[begin:stop], True)]
        at = stop
    pieces.append((hit.text[at:end], False))
    if end < len(hit.text):
        pieces.append((" …", False))
    return tuple((piece, matched) for piece, matched in pieces if piece)


def _window(hit: Hit, room: int) -> tuple[int, int]:
    """Return which part of a long text to show: whole words around the first match."""
    text = hit.text
    if len(text) <= room:
        return 0, len(text)
    first = hit.highlights[0] if hit.highlights else (0, 0)
    start = max(0, min(first[0] - room // 4, len(text) - room))
    if start:
        start = min(text.find(" ", start) + 1 or start, first[0])
    end = min(len(text), start + room)
    if end < len(text):
        end = max(text.rfind(" ", start, end), first[1])
    return start, end
