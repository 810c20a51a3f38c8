"""The outline and the sentences of a report, with offsets.

The whole text is parted: every character belongs to one leaf, which is a heading, a sentence, or noise with its reason.
What a mark at the start of a line may be is `hpkg.grammar.outline`'s to say; which reading holds is decided here by the
lines before it. Not for: what sections and sentences mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final, Literal

from hpkg.errors import SourceError
from hpkg.grammar.outline import Line, Mark, find_lines
from hpkg.grammar.word import is_syllable, tokens
from hpkg.model import Section, Sentence
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from hpkg.source import Source

__all__ = ["Document", "Leaf", "LeafKind", "read_document", "squeeze"]

LeafKind = Literal["heading", "sentence", "noise"]

_END_MARK: Final = re.compile(r"\./\.")
_TERMINAL: Final = re.compile(r"[.?!…]+[”\"’')\]»]*(?=\s+[“\"‘'(\[«]?\w)|[.?!…]+[”\"’')\]»]*$")
_LAST_WORD: Final = re.compile(r"(\w+)$")
_CLOSED: Final = (".", ";", ":", "!", "?", "…", "./.", ":”", ".”")
_OPENING: Final = "“\"‘'([«"
_LIST_KINDS: Final = frozenset({"bullet", "footnote"})
_PREFIXES: Final = {"part": "p", "chapter": "ch", "section": "m", "article": "d", "appendix": "pl"}
_LONGEST_HEADING: Final = 400
_FEWEST_SENTENCES: Final = 3
_SHORT_LINE: Final = 0.6
_SAMPLE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """A stretch of the text that is not parted further; `reason` says why noise is noise."""

    kind: LeafKind
    start: int
    end: int
    section: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A report parted into its outline; sections and sentences are in text order."""

    source: Source
    leaves: tuple[Leaf, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]

    def section(self, path: str) -> Section:
        """Return the section of `path`.

        Raises:
            KeyError: There is none.
        """
        for section in self.sections:
            if section.section == path:
                return section
        raise KeyError(path)


def squeeze(text: str) -> str:
    r"""Return `text` on one line, each run of white space one space.

    >>> squeeze("thành\ncông  Đại\xa0hội")
    'thành công Đại hội'
    """
    return " ".join(text.split())


def read_document(source: Source, *, abbreviations: Collection[str] = ()) -> Document:
    """Return the outline and sentences of `source`.

    Args:
        source: The report.
        abbreviations: Words whose full stop ends no sentence (`TP`).

    Raises:
        SourceError: The text is no report: too few sentences, or not Vietnamese.
    """
    reader = _Reader(source, frozenset(abbreviations))
    reader.read()
    if len(reader.sentences) < _FEWEST_SENTENCES or not reader.outline.sections or not _is_vietnamese(source.text):
        raise SourceError("source-not-report", where=source.key, sentences=len(reader.sentences))
    return Document(
        source,
        tuple(_fill(source.text, reader.leaves, reader.body)),
        tuple(reader.outline.sections),
        tuple(_number(reader.sentences, source.key)),
    )


def _is_vietnamese(text: str) -> bool:
    """Tell whether most words of `text` are spelled as Vietnamese syllables, some of them with marks."""
    words = [token.form for token in tokens(text[:_SAMPLE]) if token.kind == "letters" and len(token.form) > 1]
    marked = sum(1 for word in words if not word.isascii())
    return bool(words) and marked > len(words) / 5 and sum(map(is_syllable, words)) > len(words) / 2


@dataclass(slots=True)
class _Open:
    """A section that is open while the lines below it are read."""

    kind: str
    ordinal: int
    path: str


@dataclass(slots=True)
class _Outline:
    """The sections read so far, and the chain of those that are open."""

    report: str
    sections: list[Section] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)

    @property
    def path(self) -> str | None:
        """Return the path of the innermost open section."""
        return self.open[-1].path if self.open else None

    def choose(self, marks: Sequence[Mark]) -> Mark | None:
        """Return the reading that continues or opens a level, or None for a mark that opens no section."""
        readings = [mark for mark in marks if mark.kind not in _LIST_KINDS]
        ordinals = {opened.kind: opened.ordinal for opened in self.open}
        for mark in readings:
            if ordinals.get(mark.kind, -1) + 1 == mark.ordinal:
                return mark
        for mark in readings:
            if mark.ordinal == 1:
                return mark
        return readings[0] if readings else None

    def enter(self, kind: str, ordinal: int, name: str) -> str:
        """Open the section `name` of `kind` below or beside those open, and return its path."""
        kinds = [opened.kind for opened in self.open]
        if kind in {"part", "unmarked"}:
            self.open.clear()
        elif kind in kinds:
            at = len(kinds) - 1 - kinds[::-1].index(kind)
            del self.open[at:]
        parent = self.path
        path = f"{parent}.{name}" if parent else name
        twin = 2
        while path in self.paths:
            path = f"{parent}.{name}-{twin}" if parent else f"{name}-{twin}"
            twin += 1
        self.paths.add(path)
        self.open.append(_Open(kind, ordinal, path))
        return path

    def add(self, path: str, number: str | None, span: tuple[int, int], text: str, title: str) -> None:
        """Record the section of `path`, whose heading is `text` at `span`."""
        self.sections.append(
            Section(
                id=str(mint("section", self.report, path)),
                report=self.report,
                section=path,
                start=span[0],
                end=span[1],
                text=text,
                level=len(self.open),
                number=number,
                title=squeeze(title),
                parent=self.open[-2].path if len(self.open) > 1 else None,
            )
        )


class _Reader:
    """One pass over the paragraphs of a report."""

    def __init__(self, source: Source, abbreviations: frozenset[str]) -> None:
        self.text = source.text
        self.report = source.key
        self.abbreviations = abbreviations
        self.outline = _Outline(source.key)
        self.leaves: list[Leaf] = []
        self.sentences: list[Sentence] = []
        self.body = (0, len(self.text))

    def read(self) -> None:
        lines, end = self._body_lines()
        paragraphs = list(_paragraphs(self.text, lines))
        self.body = (0, end)
        started = False
        for at, paragraph in enumerate(paragraphs):
            following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
            if not started and not self._opens_body(paragraph):
                continue
            if not started:
                self.body = (paragraph[0].start, end)
                started = True
            self._read_paragraph(paragraph, following)

    def _body_lines(self) -> tuple[list[Line], int]:
        """Return the lines up to the mark that ends an official text, and where the body ends."""
        lines = find_lines(self.text)
        mark = _END_MARK.search(self.text)
        if mark is None:
            return lines, len(self.text)
        kept = [line for line in lines if line.start < mark.start()]
        last = kept[-1]
        kept[-1] = replace(last, end=mark.start() + 1, title_end=min(last.title_end, mark.start() + 1))
        return kept, mark.start() + 1

    def _opens_body(self, paragraph: Sequence[Line]) -> bool:
        """Tell whether the body begins here: a marked line, or a full sentence."""
        first = paragraph[0]
        if self.outline.choose(first.marks) is not None:
            return True
        words = self.text[first.title_start : paragraph[-1].title_end]
        return not first.is_capitals and words.endswith((".", ":", ";", "…")) and len(words.split()) >= 8  # noqa: PLR2004

    def _read_paragraph(self, paragraph: Sequence[Line], following: Sequence[Line] | None) -> None:
        first, end = paragraph[0], paragraph[-1].title_end
        mark = self.outline.choose(first.marks)
        if mark is None:
            if self._is_bare_heading(paragraph):
                count = sum(1 for section in self.outline.sections if section.number is None)
                path = self.outline.enter("unmarked", count + 1, f"h{count + 1}")
                self._add_heading(path, None, (first.title_start, end), self.text[first.title_start : end])
            else:
                self._add_sentences(first.title_start, end)
            return
        path = self.outline.enter(mark.kind, mark.ordinal, _name(mark))
        if self._is_heading(paragraph, mark, following):
            self._add_heading(path, mark.number, (mark.start, end), self.text[mark.title_start : end])
            return
        sentences = list(self._split(mark.title_start, end))
        title = self.text[slice(*sentences[0])] if sentences else ""
        self._add_heading(path, mark.number, (mark.start, mark.end), title)
        self._add_sentences(mark.title_start, end)

    def _is_bare_heading(self, paragraph: Sequence[Line]) -> bool:
        """Tell whether a paragraph without a mark is a heading: capitals, short, and not closed like a sentence."""
        words = self.text[paragraph[0].title_start : paragraph[-1].title_end]
        return all(line.is_capitals for line in paragraph) and len(words.split()) > 1 and not words.endswith((".", ";"))

    def _is_heading(self, paragraph: Sequence[Line], mark: Mark, following: Sequence[Line] | None) -> bool:
        """Tell whether a marked paragraph is a heading alone and says nothing itself.

        Capitals are one. So is a single sentence above text that stands below it; the same sentence followed by its
        sibling is an item that speaks for itself.
        """
        start, end = mark.title_start, paragraph[-1].title_end
        if all(line.is_capitals for line in paragraph):
            return True
        if mark.kind in _PREFIXES and mark.kind != "article":
            return True
        if len(list(self._split(start, end))) != 1 or end - start > _LONGEST_HEADING or following is None:
            return False
        below = self.outline.choose(following[0].marks)
        if below is None:
            return not self.text[start:end].endswith(";")
        kinds = [opened.kind for opened in self.outline.open]
        return below.kind not in kinds and not self.text[start:end].endswith((".", ";"))

    def _add_heading(self, path: str, number: str | None, span: tuple[int, int], title: str) -> None:
        self.leaves.append(Leaf("heading", *span, path))
        self.outline.add(path, number, span, self.text[slice(*span)], title)

    def _add_sentences(self, start: int, end: int) -> None:
        for first, last in self._split(start, end):
            self.leaves.append(Leaf("sentence", first, last, self.outline.path))
            self.sentences.append(
                Sentence(
                    id="",
                    report=self.report,
                    section=self.outline.path,
                    start=first,
                    end=last,
                    text=self.text[first:last],
                    parent=self.outline.path,
                )
            )

    def _split(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the sentences of a paragraph."""
        at = start
        for stop in _TERMINAL.finditer(self.text, start, end):
            if stop.end() < end and not self._ends_sentence(stop, at):
                continue
            yield from self._trim(at, stop.end())
            at = stop.end()
        yield from self._trim(at, end)

    def _ends_sentence(self, stop: re.Match[str], start: int) -> bool:
        following = self.text[stop.end() :].lstrip()[:2].lstrip(_OPENING)
        if not following[:1].isupper():
            return False
        word = _LAST_WORD.search(self.text, start, stop.start())
        return not (stop[0] == "." and word is not None and word[1] in self.abbreviations)

    def _trim(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        said = self.text[start:end]
        if any(char.isalnum() for char in said):
            yield start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())


def _name(mark: Mark) -> str:
    """Return what a mark adds to the path of its section."""
    if mark.kind in _PREFIXES:
        return f"{_PREFIXES[mark.kind]}{mark.ordinal}"
    if mark.kind == "dotted":
        return mark.number.rpartition(".")[2]
    if mark.kind in ("roman", "letter", "letter-upper", "roman-lower"):
        return slug(re.sub(r"\W", "", mark.number)) if "đ" not in mark.number.lower() else "dd"
    return str(mark.ordinal)


def _paragraphs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines that are one paragraph: a sentence broken over lines is one."""
    if not lines:
        return
    width = median(line.end - line.start for line in lines)
    run = [lines[0]]
    for before, line in pairwise(lines):
        if _continues(text, before, line, width):
            run.append(line)
        else:
            yield run
            run = [line]
    yield run


def _continues(text: str, before: Line, line: Line, width: float) -> bool:
    """Tell whether `line` goes on with what `before` says."""
    if line.marks or text.count("\n", before.end, line.start) > 1:
        return False
    if before.is_capitals or line.is_capitals:
        return before.is_capitals and line.is_capitals and not before.marks
    said, first = text[before.start : before.end].rstrip(), text[line.title_start : line.title_start + 1]
    if first.islower():
        return not said.endswith((".", ";", "!", "?"))
    return not said.endswith(_CLOSED) and before.end - before.start >= _SHORT_LINE * width


def _number(sentences: Sequence[Sentence], report: str) -> Iterator[Sentence]:
    """Yield the sentences with their keys: section path and ordinal; `0` parts them from sub-sections."""
    parents = {s.section for s in sentences}
    counts: dict[str, int] = {}
    crowded = {path for path in parents if path and any(other and other.startswith(f"{path}.") for other in parents)}
    for position, sentence in enumerate(sentences, 1):
        path = sentence.section or "p0"
        counts[path] = counts.get(path, 0) + 1
        key = f"{path}.0.{counts[path]}" if path in crowded else f"{path}.{counts[path]}"
        yield replace(sentence, id=str(mint("sentence", report, key)), sentence=key, position=position)


def _fill(text: str, leaves: Sequence[Leaf], body: tuple[int, int]) -> Iterator[Leaf]:
    """Yield `leaves` with noise in all the gaps, so that the whole text is parted."""
    at = 0
    for leaf in (*leaves, Leaf("noise", len(text), len(text))):
        if at < leaf.start:
            yield from _noise(text, at, leaf.start, body)
        if leaf.start < leaf.end:
            yield leaf
        at = leaf.end


def _noise(text: str, start: int, end: int, body: tuple[int, int]) -> Iterator[Leaf]:
    """Yield the noise of a gap, parted where the body begins and ends."""
    cuts = sorted({start, end, *(cut for cut in body if start < cut < end)})
    for first, last in pairwise(cuts):
        if last <= body[0]:
            reason = "before-body"
        elif first >= body[1]:
            reason = "after-body"
        else:
            reason = "blank" if text[first:last].isspace() else "mark"
        yield Leaf("noise", first, last, reason=reason)
