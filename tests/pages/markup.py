"""A strict reader of the pages: what a browser would quietly mend is an error here."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

VOID: Final = frozenset({"meta", "link", "input", "br", "hr", "img"})
INLINE_ONLY: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "span", "mark", "q", "dt", "summary"})
BLOCKS: Final = frozenset(
    {"p", "div", "ul", "ol", "li", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "details", "form"}
)


@dataclass
class Page(HTMLParser):
    """A page that was read: its elements, the addresses and names in it, and the text by language."""

    language: str = ""
    ids: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin outside all elements."""
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, and whether it may stand here."""
        told = dict(attrs)
        if len(told) != len(attrs):
            self.errors.append(f"an attribute twice: <{tag}> {attrs}")
        around = [name for name, _ in self._open]
        if tag in BLOCKS and around and around[-1] in INLINE_ONLY:
            self.errors.append(f"<{tag}> in <{around[-1]}>")
        if tag in {"a", "button", "form"} and tag in around:
            self.errors.append(f"<{tag}> in <{tag}>")
        self.tags.append((tag, told))
        if told.get("id"):
            self.ids.append(str(told["id"]))
        self.addresses += [str(told[name]) for name in ("href", "src", "action") if told.get(name)]
        if tag not in VOID:
            language = told.get("lang") or (self._open[-1][1] if self._open else "")
            self._open.append((tag, str(language)))
        if tag == "html":
            self.language = str(told.get("lang"))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open, and no other."""
        if not self._open or self._open[-1][0] != tag:
            self.errors.append(f"</{tag}> closes {[name for name, _ in self._open][-3:]} at {self.getpos()}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Note text under the language it is marked with."""
        if self._open and data.strip():
            tag, language = self._open[-1]
            if tag == "script":
                self.scripts.append(data)
            elif (
                tag != "title"
                and tag not in {"code", "pre"}
                and not any(name in {"pre", "code"} for name, _ in self._open)
            ):
                self.said.setdefault(language, []).append(data.strip())


def read(html: str) -> Page:
    """Return `html` as it was read to its end."""
    page = Page()
    page.feed(html)
    page.close()
    page.errors += [f"<{tag}> is never closed" for tag, _ in page._open]
    page.errors += [f"the id {name} twice" for name in set(page.ids) if page.ids.count(name) > 1]
    return page
