"""The text of a Word document (.docx): its paragraphs and tables in order, a line each.

Numbers of lists stand as Word prints them, a row of a table is one line, a footnote stands in a line of its own below
the paragraph that refers to it. What was struck out, hidden or is a running head is left out. Follows ECMA-376 part 1.
Not for: fonts, pictures and all else that is no text.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from hpkg.errors import SourceError
from hpkg.source.numbering import Numbering
from hpkg.source.rows import row_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["docx_text", "is_docx"]

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN: Final = "word/document.xml"
_LARGEST_PART: Final = 64 * 1024 * 1024
_MARKS: Final = {
    "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t",
}  # fmt: skip
_LEFT_OUT: Final = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sectPr", "tblPr", "tcPr")}
    | {f"{_MC}Fallback"}
)
_NOTES: Final = {f"{_W}footnoteReference": "footnote", f"{_W}endnoteReference": "endnote"}


def is_docx(data: bytes) -> bool:
    """Tell whether a packed file is a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _MAIN in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def docx_text(data: bytes, where: str) -> str:
    """Return the text of a Word document.

    Raises:
        SourceError: The file is broken, or unpacks to more than a document can hold.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _part(archive, _MAIN, where)
            notes = {
                f"{kind}/{note.get(f'{_W}id')}": note
                for kind in ("footnote", "endnote")
                for note in _children(_part(archive, f"word/{kind}s.xml", where), kind)
            }
            numbering = Numbering.read(
                _part(archive, "word/numbering.xml", where), _part(archive, "word/styles.xml", where)
            )
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, NotImplementedError, RuntimeError, EOFError) as cause:
        raise SourceError("source-broken", where=where, form="docx", reason=str(cause).splitlines()[0]) from cause
    body = None if main is None else main.find(f"{_W}body")
    if body is None:
        raise SourceError("source-broken", where=where, form="docx", reason=_MAIN)
    return "\n".join(_Reader(numbering, notes).blocks(body)) + "\n"


def _part(archive: zipfile.ZipFile, name: str, where: str) -> Any | None:  # noqa: ANN401 - an element of lxml
    """Return the root of a part, None when the document has none; nothing outside it is ever read."""
    try:
        with archive.open(name) as packed:
            data = packed.read(_LARGEST_PART + 1)
    except KeyError:
        return None
    if len(data) > _LARGEST_PART:
        raise SourceError("source-too-large", where=where, largest=_LARGEST_PART // 2**20)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data.replace(_STRICT, _W[1:-1].encode()), parser)
    if root.getroottree().docinfo.doctype:
        raise SourceError("source-broken", where=where, form="docx", reason="DOCTYPE")
    return root


def _children(root: Any | None, name: str) -> Iterator[Any]:  # noqa: ANN401
    """Yield the notes of a part, without those that Word uses to draw lines."""
    if root is not None:
        yield from (note for note in root.iterchildren(f"{_W}{name}") if note.get(f"{_W}type") in (None, "normal"))


@dataclass(slots=True)
class _Reader:
    """One pass over the blocks of a document."""

    numbering: Numbering
    notes: dict[str, Any]
    told: int = 0
    waiting: list[tuple[int, Any]] = field(default_factory=list)

    def blocks(self, parent: Any) -> Iterator[str]:  # noqa: ANN401
        """Yield the lines of the paragraphs and tables in `parent`, notes below the block that refers to them."""
        for child in parent.iterchildren():
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._table(child)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo"):
                yield from self.blocks(child)
            else:
                continue
            yield from self._told_notes()

    def _told_notes(self) -> Iterator[str]:
        waiting, self.waiting = self.waiting, []  # a note can refer to notes of its own
        for number, note in waiting:
            lines = [line.strip() for line in self.blocks(note)]
            yield f"[{number}] " + " ".join(line for line in lines if line)

    def _table(self, table: Any) -> Iterator[str]:  # noqa: ANN401
        for row in _inside(table, f"{_W}tr"):
            cells = list(_inside(row, f"{_W}tc"))
            yield from row_lines([list(self.blocks(cell)) for cell in cells])

    def _paragraph(self, paragraph: Any) -> Iterator[str]:  # noqa: ANN401
        boxes: list[Any] = []
        properties = paragraph.find(f"{_W}pPr")
        struck = properties is not None and properties.find(f"{_W}rPr/{_W}del") is not None
        said = "".join(self._runs(paragraph, boxes))
        if said.strip():
            yield self.numbering.mark(properties) + said
        elif not struck and not boxes:
            yield ""
        for box in boxes:
            yield from self.blocks(box)

    def _runs(self, element: Any, boxes: list[Any]) -> Iterator[str]:  # noqa: ANN401
        """Yield the pieces of text in `element`; boxes of text drawn over the page are put aside."""
        for child in element.iterchildren():
            name = str(child.tag).removeprefix(_W)
            if child.tag in _LEFT_OUT or _is_hidden(child):
                continue
            if name == "t":
                yield child.text or ""
            elif name in _MARKS:
                yield _MARKS[name]
            elif child.tag in _NOTES:
                yield from self._reference(f"{_NOTES[child.tag]}/{child.get(f'{_W}id')}")
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "sym":
                yield "•"
            else:
                yield from self._runs(child, boxes)

    def _reference(self, key: str) -> Iterator[str]:
        note = self.notes.pop(key, None)
        if note is not None:
            self.told += 1
            self.waiting.append((self.told, note))
            yield f"[{self.told}]"


def _inside(element: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401
    """Yield the rows of a table or cells of a row, those in content controls and insertions included."""
    for child in element.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo"):
            yield from _inside(child, tag)


def _is_hidden(run: Any) -> bool:  # noqa: ANN401
    """Tell whether a run is marked as hidden."""
    hidden = run.find(f"{_W}rPr/{_W}vanish") if run.tag == f"{_W}r" else None
    return hidden is not None and hidden.get(f"{_W}val") not in ("0", "false")
