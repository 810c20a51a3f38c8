"""The text of a web page: a line a block, a line a row of a table; nothing is fetched.

Scripts, styles, forms, menus and what is hidden are left out. Not for: which part of the page is the report, which the
outline tells.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from hpkg.errors import SourceError
from hpkg.source.encoding import check_letters, decode
from hpkg.source.numbering import roman
from hpkg.source.rows import row_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["html_text", "is_html"]

_HEAD: Final = 4096
_START: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET: Final = re.compile(rb"<(?:meta[^>]+?charset|\?xml[^>]+?encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LEFT_OUT: Final = frozenset({
    "script", "style", "noscript", "template", "head", "title", "nav", "aside", "footer", "form", "button", "select",
    "option", "textarea", "svg", "math", "iframe", "object", "audio", "video", "canvas",
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
    "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
_APART: Final = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "blockquote", "section", "article",
})  # fmt: skip


def is_html(data: bytes) -> bool:
    """Tell whether `data` begins as a web page does, in UTF-8 or UTF-16."""
    head = data[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return _START.match(head) is not None


def html_text(data: bytes, where: str) -> str:
    """Return the text of a web page.

    Raises:
        SourceError: It is in no encoding that can be read, or holds nothing.
    """
    said = _decode(data, where)
    # The limit of depth of `huge_tree` is above that of any page; what it cuts off is told below.
    parser = etree.HTMLParser(no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    root = etree.fromstring(said.encode("utf-8", "replace"), parser) if said.strip() else None
    for fault in parser.error_log.filter_from_level(etree.ErrorLevels.FATAL):
        raise SourceError("source-broken", where=where, form="html", reason=fault.message)
    if root is None:
        raise SourceError("source-empty", where=where)
    page = _Page()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        (page.enter if event == "start" else page.leave)(element)
    text = "\n".join(page.done()).strip("\n") + "\n"
    check_letters(text, where)
    return text


def _decode(data: bytes, where: str) -> str:
    """Return the page as text: in UTF-8 or UTF-16 if it can be read so, else in the encoding it names."""
    try:
        return decode(data, where).removeprefix("\ufeff")
    except SourceError:
        named = _CHARSET.search(data[:_HEAD])
        if named is None:
            raise
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
        raise


@dataclass(slots=True)
class _Table:
    """A table while it is read: the lines of the cells of the row that is open."""

    cells: list[list[str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _List:
    """A list while it is read: how its items are numbered, and the number of the last."""

    form: str
    last: int


@dataclass(slots=True)
class _Page:
    """The lines of a page, made as its elements begin and end."""

    outputs: list[list[str]] = field(default_factory=lambda: [[]])
    tables: list[_Table] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    mark: str = ""
    silent: int = 0
    verbatim: int = 0

    def enter(self, element: Any) -> None:  # noqa: ANN401 - an element of lxml
        """Begin `element`."""
        name = str(element.tag)
        if self.silent or name in _LEFT_OUT or _is_hidden(element):
            self.silent += 1
            return
        if name in _BLOCKS:
            self._break()
        if name in _APART and not self.tables:
            self._blank()
        if name == "br":
            self._break()
        elif name == "pre":
            self.verbatim += 1
        elif name in ("ol", "ul"):
            self.lists.append(_List(element.get("type", "1") if name == "ol" else "", _start(element)))
        elif name == "li" and self.lists:
            self.mark = self._item(element)
        elif name == "table":
            self.tables.append(_Table())
        elif name in ("td", "th") and self.tables:
            self.outputs.append([])
        self._say(element.text)

    def leave(self, element: Any) -> None:  # noqa: ANN401
        """End `element`."""
        name = str(element.tag)
        if self.silent:
            self.silent -= 1
            if not self.silent:
                self._say(element.tail)
            return
        if name in _BLOCKS:
            self._break()
        if name == "pre":
            self.verbatim -= 1
        elif name in ("ol", "ul") and self.lists:
            self.lists.pop()
        elif name in ("td", "th") and self.tables and len(self.outputs) > 1:
            self.tables[-1].cells.append(self.outputs.pop())
        elif name == "tr" and self.tables:
            self._end_row()
        elif name == "table" and self.tables:
            self._end_row()
            self.tables.pop()
        if name in _APART and not self.tables:
            self._blank()
        self._say(element.tail)

    def done(self) -> Iterable[str]:
        """Return the lines, no more than one blank line between two."""
        self._break()
        lines = self.outputs[0]
        return [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]

    def _say(self, said: str | None) -> None:
        if not said or self.silent:
            return
        if self.verbatim:
            first, *others = said.split("\n")
            self.pieces.append(first)
            for line in others:
                self._break()
                self.pieces.append(line)
        else:
            self.pieces.append(said)

    def _break(self) -> None:
        """End the line that is open."""
        said = "".join(self.pieces)
        line = said.rstrip() if self.verbatim else _SPACE.sub(" ", said).strip()
        self.pieces.clear()
        if line:
            self.outputs[-1].append(self.mark + line)
            self.mark = ""

    def _blank(self) -> None:
        if self.outputs[-1] and self.outputs[-1][-1]:
            self.outputs[-1].append("")

    def _end_row(self) -> None:
        table = self.tables[-1]
        if table.cells:
            self.outputs[-1].extend(row_lines(table.cells))
            table.cells = []

    def _item(self, element: Any) -> str:  # noqa: ANN401
        """Return the mark that a browser prints before an item of a list."""
        listed = self.lists[-1]
        if not listed.form:
            return "- "
        own = element.get("value", "")
        listed.last = int(own) if own.isdecimal() and len(own) < 6 else listed.last + 1  # noqa: PLR2004
        return f"{_numeral(listed.last, listed.form)}. "


def _start(element: Any) -> int:  # noqa: ANN401
    said = element.get("start", "1")
    return int(said) - 1 if said.isdecimal() and len(said) < 6 else 0  # noqa: PLR2004


def _numeral(number: int, form: str) -> str:
    if form in ("i", "I") and number > 0:
        return roman(number) if form == "i" else roman(number).upper()
    if form in ("a", "A") and 0 < number <= 26:  # noqa: PLR2004 - the letters there are
        return chr(ord(form) + number - 1)
    return str(number)


def _is_hidden(element: Any) -> bool:  # noqa: ANN401
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None
