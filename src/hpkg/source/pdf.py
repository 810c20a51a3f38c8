"""The text layer of a PDF: paragraphs on one line each, without page numbers and running heads.

A paragraph goes on in the next line when the line before reaches the right edge of the text and the next one is not
set in. Words far apart on one line are cells of a row. Not for: pictures of pages, which hold no text.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from hpkg.errors import SourceError
from hpkg.source.rows import BAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["pdf_text"]

_MOST_PAGES: Final = 3000
_MOST_CHARACTERS: Final = 20_000_000
_FEWEST_LETTERS: Final = 20
"""Letters a page must hold on average; a scan has a stamp or a page number at most."""
_MARGIN: Final = 0.1
_REPEATED: Final = 3
_CELL_GAP: Final = 2.0
_EDGE: Final = 3.0
_INDENT: Final = 1.0
_LOOSE: Final = 2.2
_KEPT: Final = 0.1
_REACHED: Final = 0.9
_NUMBER: Final = re.compile(r"\W*(?:[^\W\d_]{1,5}\s)?\d{1,4}(?:\s?/\s?\d{1,4})?\W*")
_HYPHENS: Final = {0x02, 0xFFFE, 0xAD}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: its text and box in points from the lower left, `size` the height of its letters."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    page: int
    height: float
    joined: bool

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)

    @property
    def is_at_edge(self) -> bool:
        """Tell whether the line stands where running heads and page numbers stand."""
        return self.bottom > self.height * (1 - _MARGIN) or self.top < self.height * _MARGIN


def pdf_text(data: bytes, where: str) -> str:
    """Return the text of a PDF.

    Raises:
        SourceError: The file is broken, locked, too large, or has no text layer.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as cause:
        code = "source-locked" if "assword" in str(cause) else "source-broken"
        raise SourceError(code, where=where, form="pdf", reason=str(cause)) from cause
    try:
        if len(document) > _MOST_PAGES:
            raise SourceError("source-too-long", where=where, pages=len(document), most=_MOST_PAGES)
        lines = [line for at in range(len(document)) for line in _page_lines(document, at, where)]
        pages = len(document)
    finally:
        document.close()
    letters = sum(char.isalpha() for line in lines for char in line.text)
    if letters < _FEWEST_LETTERS * max(pages, 1):
        raise SourceError("source-without-text", where=where, pages=pages, letters=letters)
    return "\n".join(_paragraphs(_without_heads(lines, pages))) + "\n"


def _page_lines(document: pypdfium2.PdfDocument, at: int, where: str) -> Iterator[_Line]:
    try:
        page = document[at]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as cause:
        raise SourceError("source-broken", where=where, form="pdf", reason=f"{at + 1}: {cause}") from cause
    if text.count_chars() > _MOST_CHARACTERS:
        raise SourceError("source-too-large", where=where, largest=_MOST_CHARACTERS)
    height = page.get_height()
    run: list[tuple[str, tuple[float, float, float, float] | None]] = []
    for char, box in _characters(text):
        if char == "\n":
            yield from _line(run, at, height)
            run = []
        else:
            run.append((char, box))
    yield from _line(run, at, height)


def _characters(text: Any) -> Iterator[tuple[str, tuple[float, float, float, float] | None]]:  # noqa: ANN401 - of pypdfium2
    """Yield each character with its box (left, right, bottom, top); those that pdfium puts in have none."""
    sides = [ctypes.c_double() for _ in range(4)]
    pending = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 - the first half of a pair of UTF-16
            pending = code
            continue
        if pending and 0xDC00 <= code < 0xE000:  # noqa: PLR2004
            code = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00)
        pending = 0
        if code == 0x0D or code == 0:  # noqa: PLR1714, PLR2004
            continue
        box = None
        if code != 0x0A and not pdfium.FPDFText_IsGenerated(text, index) == 1:  # noqa: PLR2004, SIM201
            pdfium.FPDFText_GetCharBox(text, index, *sides)
            box = (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
        yield "\N{SOFT HYPHEN}" if code in _HYPHENS else chr(code), box


def _line(
    run: Sequence[tuple[str, tuple[float, float, float, float] | None]], page: int, height: float
) -> Iterator[_Line]:
    """Yield the line that a run of characters is, its cells parted; nothing for a blank one."""
    boxes = [box for char, box in run if box is not None and not char.isspace()]
    if not boxes:
        return
    size = median(top - bottom for _, _, bottom, top in boxes) or 1.0
    pieces: list[str] = []
    right: float | None = None
    for char, box in run:
        if box is not None and not char.isspace():
            if right is not None and box[0] - right > _CELL_GAP * max(size, 4.0):
                pieces = ["".join(pieces).rstrip(), BAR]
            right = box[1]
        pieces.append(char)
    said = "".join(pieces).strip()
    said = said.replace("\N{SOFT HYPHEN}", "-")
    joined = said.endswith("-") and said[-2:-1].isalnum()
    yield _Line(
        said,
        min(box[0] for box in boxes),
        max(box[1] for box in boxes),
        min(box[2] for box in boxes),
        max(box[3] for box in boxes),
        page,
        height,
        joined,
    )


def _without_heads(lines: Sequence[_Line], pages: int) -> list[_Line]:
    """Return the lines without page numbers and without what stands at the edge of page after page."""
    shapes = Counter({(re.sub(r"\d+", "#", line.text), line.page) for line in lines if line.is_at_edge})
    seen = Counter(shape for shape, _ in shapes)
    often = max(_REPEATED, pages // 3)
    return [
        line
        for line in lines
        if not line.is_at_edge or not (_NUMBER.fullmatch(line.text) or seen[re.sub(r"\d+", "#", line.text)] >= often)
    ]


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the paragraphs; a blank one where the text stands far apart."""
    if not lines:
        return
    edges = [_edges([line for line in lines if line.page % 2 == side]) for side in (0, 1)]
    said = lines[0].text
    for before, line in pairwise(lines):
        if _goes_on(before, line, edges[line.page % 2][0], edges[before.page % 2][1]):
            said += line.text if before.joined else f" {line.text}"
            continue
        yield said
        if before.page == line.page and before.bottom - line.top > _LOOSE * line.size:
            yield ""
        said = line.text
    yield said


def _edges(lines: Sequence[_Line]) -> tuple[float, float]:
    """Return the left edge that a good part of the lines keep, and the right edge that they reach."""
    if not lines:
        return 0.0, 0.0
    lefts = Counter(round(line.left) for line in lines)
    kept = [left for left, count in lefts.items() if count >= len(lines) * _KEPT]
    rights = sorted(line.right for line in lines)
    return float(min(kept or lefts)), rights[int(len(rights) * _REACHED)]


def _goes_on(before: _Line, line: _Line, left: float, right: float) -> bool:
    """Tell whether `line` goes on with the paragraph of `before`."""
    if BAR in before.text or BAR in line.text:
        return False
    is_full = before.right > right - _EDGE * before.size
    is_flush = line.left < left + _INDENT * line.size
    is_near = before.page != line.page or 0 <= before.bottom - line.top + line.size < _LOOSE * line.size
    return is_full and is_flush and is_near
