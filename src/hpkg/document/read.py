"""One pass over the paragraphs of a report: headings, sentences, and noise with its reason.

The whole text is parted: every character belongs to one leaf. What a mark at the start of a line may be is
`hpkg.grammar.outline`'s to say; which reading holds follows from the lines before it (`hpkg.document.outline`). Not
for: what sections and sentences mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hpkg.document.outline import LIST_KINDS, PREFIXES, Outline, name_of
from hpkg.document.paragraph import find_paragraphs
from hpkg.document.parts import Document, Leaf
from hpkg.errors import SourceError
from hpkg.grammar.outline import Line, Mark, find_lines
from hpkg.grammar.word import fold, is_syllable, tokens
from hpkg.model import Sentence
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from hpkg.source import Source

__all__ = ["Words", "read_document"]

_END_MARK: Final = re.compile(r"\./\.")
_TERMINAL: Final = re.compile(r"[.?!…]+[”\"’')\]»]*(?=\s+[“\"‘'(\[«]?\w)|[.?!…]+[”\"’')\]»]*$")
_LAST_WORD: Final = re.compile(r"(\w+)$")
_SPACE: Final = re.compile(r"\s*")
_OPENING: Final = "“\"‘'([«"
_LONGEST_HEADING: Final = 400
_FEWEST_SENTENCES: Final = 3
_ENACTING: Final = 3
_LONGEST_LEAD: Final = 16
_SHORTEST_LEAD: Final = 3
_STRESS: Final = re.compile(r"\*{1,3}|_{1,3}")
_DRESS: Final = 4
"""How many signs can close bold print, with the mark after it."""
_SAMPLE: Final = 10_000
_FEWEST_TITLE_WORDS: Final = 4
_UPPER: Final = frozenset({"letter-upper", "roman"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words that the outline is read by.

    `abbreviations` have a full stop that ends no sentence (`TP`). With `closings` the list of recipients or the
    signature begins (`Nơi nhận`). A sentence that ends with one of `announcing` (`như sau`) announces a list and is no
    heading; a line that ends with one of `opening` (`khoảng`) leads to a number and goes on in the next. One of `kinds`
    of documents alone in capitals opens a title, which heads nothing.
    """

    abbreviations: Collection[str] = ()
    closings: Collection[str] = ()
    announcing: Collection[str] = ()
    opening: Collection[str] = ()
    kinds: Collection[str] = ()

    def folded(self) -> Words:
        """Return the words as the reader compares them."""
        return Words(
            frozenset(self.abbreviations),
            tuple(fold(closing).text for closing in self.closings),
            tuple(f" {fold(word).text}:" for word in self.announcing),
            tuple(f" {fold(word).text}" for word in self.opening),
            frozenset(fold(kind).text for kind in self.kinds),
        )


def read_document(source: Source, words: Words | None = None) -> Document:
    """Return the outline and sentences of `source`, read by `words`.

    A text whose most sentences stand under no heading is one section under its title, with those that bold print
    heads beside it.

    Raises:
        SourceError: The text is no report: too few sentences, or not Vietnamese.
    """
    folded = (words or Words()).folded()
    reader = _Reader(source, folded)
    reader.read()
    titled = sum(sentence.section is None for sentence in reader.sentences) * 2 > len(reader.sentences)
    if titled:
        reader = _Reader(source, folded)
        reader.read(titled=True)
    if len(reader.sentences) < _FEWEST_SENTENCES or not reader.outline.sections or not _is_vietnamese(source.text):
        raise SourceError("source-not-report", where=source.key, sentences=len(reader.sentences))
    return Document(
        source,
        tuple(_fill(source.text, reader.leaves, reader.body)),
        tuple(reader.outline.sections),
        tuple(_number(reader.sentences, source.key)),
        titled,
    )


def _is_vietnamese(text: str) -> bool:
    """Tell whether most words of `text` are spelled as Vietnamese syllables, some of them with marks."""
    words = [token.form for token in tokens(text[:_SAMPLE]) if token.kind == "letters" and len(token.form) > 1]
    marked = sum(1 for word in words if not word.isascii())
    return bool(words) and marked > len(words) / 5 and sum(map(is_syllable, words)) > len(words) / 2


class _Reader:
    """One pass over the paragraphs of a report."""

    def __init__(self, source: Source, words: Words) -> None:
        self.text = source.text
        self.title = source.metadata.title
        self.report = source.key
        self.words = words
        self.outline = Outline(source.key)
        self.leaves: list[Leaf] = []
        self.sentences: list[Sentence] = []
        self.speaking: dict[tuple[str | None, str], bool] = {}
        """Whether each list has had nothing but items of one sentence."""
        self.unmarked = 0
        self.titling = False
        """Whether the paragraph before was the title of a document that is attached."""
        self.body = (0, len(self.text))

    def read(self, *, titled: bool = False) -> None:
        """Read the text; `titled` opens a section under the title of the document before all else."""
        lines, end = self._body_lines()
        paragraphs = list(find_paragraphs(self.text, lines, tuple(self.words.opening)))
        self.body = (0, end)
        started = False
        for at, paragraph in enumerate(paragraphs):
            following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
            if not started and not self._opens_body(paragraph):
                continue
            if not started:
                self.body = (paragraph[0].start, end)
                started = True
                if titled:
                    self._open_title(lines, paragraph)
                    continue
            self._read_paragraph(paragraph, following)

    def _open_title(self, lines: Sequence[Line], first: Sequence[Line]) -> None:
        """Open a section under the title above the body, else under the first sentence, and read the paragraph `first`.

        The title is looked for in its own words; where it is not printed so, the last line above the body is one.
        """
        start, end = first[0].title_start, first[-1].title_end
        above = [line for line in lines if line.start < first[0].start]
        said = re.compile(r"[\s*_]+".join(map(re.escape, self.title.split())), re.IGNORECASE)
        printed = said.search(self.text, 0, start)
        long = [line for line in above if line.is_header or self._is_long(line)]
        path = self.outline.enter("title", 1, "h1")
        self.unmarked = 1
        if printed or long:
            span = printed.span() if printed else (long[-1].title_start, long[-1].title_end)
        else:
            span = next(self._split(start, end), (start, end))
            start = span[1]
        self._add_heading(path, None, span, self.text[slice(*span)])
        self._add_sentences(start, end)

    def _body_lines(self) -> tuple[list[Line], int]:
        """Return the lines up to the mark that ends an official text, or to its signature, and where the body ends."""
        lines = find_lines(self.text)
        marks = list(_END_MARK.finditer(self.text))
        if not marks:
            signed = next((line for line in lines[1:] if self._signs(line)), None)
            if signed is None:
                return lines, len(self.text)
            return [line for line in lines if line.start < signed.start], signed.start
        end = marks[-1].start()
        kept = [line for line in lines if line.start < end]
        last = kept[-1]
        kept[-1] = replace(last, end=end + 1, title_end=min(last.title_end, end + 1))
        return kept, end + 1

    def _signs(self, line: Line) -> bool:
        """Tell whether a line begins the list of recipients or the signature."""
        said = fold(self.text[line.title_start : line.end])
        return any(said.text.startswith(closing) for closing in self.words.closings)

    def _opens_body(self, paragraph: Sequence[Line]) -> bool:
        """Tell whether the body begins here: a marked line, or a full sentence."""
        first = paragraph[0]
        if self.outline.choose(first.marks) is not None:
            return True
        words = self.text[first.title_start : paragraph[-1].title_end]
        return not first.is_capitals and words.endswith((".", ":", ";", "…")) and len(words.split()) >= 8  # noqa: PLR2004

    def _is_long(self, line: Line) -> bool:
        return len(self.text[line.start : line.end].split()) >= _FEWEST_TITLE_WORDS

    def _read_paragraph(self, paragraph: Sequence[Line], following: Sequence[Line] | None) -> None:
        first, end = paragraph[0], paragraph[-1].title_end
        mark = self.outline.choose(first.marks)
        if mark is None and first.marks and first.marks[0].kind not in LIST_KINDS:
            first = replace(first, marks=(), title_start=first.marks[0].start)  # what marks no section is text
            paragraph = [first, *paragraph[1:]]
        self.titling = mark is None and self._is_title(paragraph)
        if self.titling:
            self.outline.close()
            self.leaves.append(Leaf("noise", first.title_start, end, reason="title"))
            return
        if mark is None:
            kind = self._bare_heading(paragraph, following)
            if kind is not None:
                self.unmarked += 1
                path = self.outline.enter(kind, self.unmarked, f"h{self.unmarked}")
                self._add_heading(path, None, (first.title_start, end), self.text[first.title_start : end])
            else:
                self._add_sentences(first.title_start, end)
            return
        path = self.outline.enter(mark.kind, mark.ordinal, name_of(mark))
        stressed = self._stressed(first.start, mark, end)
        if stressed is None and self._is_heading(paragraph, mark, following):
            self._add_heading(path, mark.number, (mark.start, end), self.text[mark.title_start : end])
            self.speaking[self._siblings(mark)] = False
            return
        sentences = list(self._split(mark.title_start, end))
        self.speaking[self._siblings(mark)] = self.speaking.get(self._siblings(mark), True) and len(sentences) == 1
        title = stressed or (self.text[slice(*sentences[0])] if sentences else "")
        self._add_heading(path, mark.number, (mark.start, mark.end), title)
        self._add_sentences(mark.title_start, end)

    def _is_title(self, paragraph: Sequence[Line]) -> bool:
        """Tell whether a paragraph in capitals is, or goes on with, the title of a document that is attached."""
        if not all(line.is_capitals for line in paragraph):
            return False
        first = " ".join(self.text[paragraph[0].title_start : paragraph[0].title_end].split())
        return self.titling or fold(first).text in self.words.kinds

    def _stressed(self, start: int, mark: Mark, end: int) -> str | None:
        """Return the title that bold or italic print from the mark on sets apart (`*a) Chi thường xuyên: *Ước …`)."""
        dress = _STRESS.fullmatch(self.text[start : mark.start].lstrip())
        close = self.text.find(dress[0], mark.title_start, end) if dress is not None else -1
        if close < 0 or not self.text[close:end].strip("*_ .:;"):
            return None
        said = self.text[mark.title_start : close].strip()
        closed = said.endswith((":", ".")) or self.text[close : close + _DRESS].lstrip("*_").startswith((":", "."))
        return said if closed else None

    def _bare_heading(self, paragraph: Sequence[Line], following: Sequence[Line] | None) -> str | None:
        """Return what kind of heading a paragraph without a mark is: in capitals, in bold, or leading to a list."""
        words = self.text[paragraph[0].title_start : paragraph[-1].title_end]
        length = len(words.split())
        if all(line.is_capitals for line in paragraph):
            # `QUYẾT NGHỊ:` enacts what follows and heads nothing.
            heads = length > (_ENACTING if words.endswith(":") else 1) and not words.endswith((".", ";"))
            return "unmarked" if heads else None
        if self.outline.is_titled and paragraph[0].is_header and following is not None:
            return "bold"
        if not _SHORTEST_LEAD <= length <= _LONGEST_LEAD or following is None or not self.outline.open:
            return None
        if all(line.is_bold for line in paragraph) and not words.endswith((".", ";", ",")):
            return "bold"
        leads = (
            words.endswith(":") and words[:1].isupper() and not fold(words).text.endswith(tuple(self.words.announcing))
        )
        below = self.outline.choose(following[0].marks) if leads else None
        return "lead" if below is not None and below.ordinal == 1 else None

    def _is_heading(self, paragraph: Sequence[Line], mark: Mark, following: Sequence[Line] | None) -> bool:
        """Tell whether a marked paragraph is a heading alone and says nothing itself.

        Capitals are one. So is a single sentence above text that stands below it; the same sentence followed by its
        sibling is an item that speaks for itself, and so is the last of such items with plain words below it.
        """
        start, end = mark.title_start, paragraph[-1].title_end
        if all(line.is_capitals for line in paragraph):
            return True
        if mark.kind in PREFIXES and mark.kind != "article":
            return True
        if len(list(self._split(start, end))) != 1 or end - start > _LONGEST_HEADING or following is None:
            return False
        below = self.outline.choose(following[0].marks)
        if below is None:
            goes_on = self.text[start:end].endswith(".") and self.speaking.get(self._siblings(mark), False)
            return not self.text[start:end].endswith(";") and not goes_on
        kinds = [opened.kind for opened in self.outline.open]
        if below.kind in kinds:
            return False
        # A capital letter or a roman number above the first of its parts is a heading, full stop or not.
        parted = mark.kind in _UPPER and below.kind in _UPPER and below.ordinal == 1
        return parted or not self.text[start:end].endswith((".", ";"))

    def _siblings(self, mark: Mark) -> tuple[str | None, str]:
        """Return what tells the list that a mark just entered goes on with: the section around it, and its make."""
        opened = self.outline.open
        return opened[-2].path if len(opened) > 1 else None, mark.kind

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
        at = _SPACE.match(self.text, stop.end()).end()  # type: ignore[union-attr] # matches always
        following = self.text[at : at + 2].lstrip(_OPENING)
        if not following[:1].isupper():
            return False
        word = _LAST_WORD.search(self.text, start, stop.start())
        return not (stop[0] == "." and word is not None and word[1] in self.words.abbreviations)

    def _trim(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        said = self.text[start:end]
        if any(char.isalnum() for char in said):
            yield start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())


def _above(path: str) -> Iterator[str]:
    """Yield the paths of the sections around that of `path`, innermost first."""
    while "." in path:
        path = path.rpartition(".")[0]
        yield path


def _number(sentences: Sequence[Sentence], report: str) -> Iterator[Sentence]:
    """Yield the sentences with their keys: section path and ordinal; `0` parts them from sub-sections."""
    parents = {s.section for s in sentences}
    counts: dict[str, int] = {}
    crowded = {above for path in parents if path for above in _above(path)}
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
