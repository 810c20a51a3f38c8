"""Does every link of a site lead somewhere: to a file that is there, and to a place in it that is there?

Links to other sites are counted and not followed. Not for: what the pages say.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Fault", "check_site"]

_LINKS: Final = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}
_OURS_ELSEWHERE: Final = ("canonical",)
"""Relations whose address is that of the live site, and not of a file beside this one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A link that leads nowhere: the page it stands on, its address, and why."""

    page: str
    link: str
    why: str


class _Page(HTMLParser):
    """The links and the anchors of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.anchors.add(str(told["id"]))
        address = told.get(_LINKS.get(tag, ""))
        if address and told.get("rel") not in _OURS_ELSEWHERE:
            self.links.add(address)


def check_site(folder: Path) -> tuple[int, list[Fault]]:
    """Return how many links the pages below `folder` have, and those that lead nowhere, in the order of pages."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {name: _read(folder / name) for name in sorted(names) if name.endswith(".html")}
    count = 0
    faults: list[Fault] = []
    for name, page in pages.items():
        count += len(page.links)
        faults += _faults(name, page, names, pages)
    return count, faults


def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text("utf-8"))
    page.close()
    return page


def _is_of_text(fragment: str) -> bool:
    """Tell whether a fragment names characters of a text by RFC 5147, which the page of the text finds itself."""
    return unquote(fragment).startswith("char=")


def _faults(name: str, page: _Page, names: set[str], pages: dict[str, _Page]) -> Iterator[Fault]:
    for link in sorted(page.links):
        told = urlsplit(link)
        if told.scheme or told.netloc:
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(told.path))) if told.path else name
        if path not in names:
            yield Fault(name, link, "no file")
        elif (
            told.fragment
            and path in pages
            and not _is_of_text(told.fragment)
            and unquote(told.fragment) not in pages[path].anchors
        ):
            yield Fault(name, link, "no place")
