"""The hits of a search laid out for a person, with what matched in bold.

Not for: programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from hpkg.cli.table import print_pairs
from hpkg.search import marked
from hpkg.search.thing import Field

if TYPE_CHECKING:
    from hpkg.search import Found, Hit

__all__ = ["print_found"]

_ROOM: Final = 200
_MATCH: Final = "bold yellow"


def print_found(found: Found, console: Console | None = None) -> None:
    """Print `found` on stdout, one hit a row: its kind, the text that matched, the key to show it by."""
    out = console or Console(highlight=False, markup=False, emoji=False)
    print_pairs([(Text(hit.kind_name(found.language), style="dim"), _said(hit)) for hit in found.hits], out)


def _said(hit: Hit) -> Text:
    said = Text()
    for piece, matched in marked(hit, _ROOM):
        said.append(piece, _MATCH if matched else "")
    if hit.field == Field.ALIAS.name.lower() and hit.label != hit.text:
        said.append(f" → {hit.label}")
    said.append(f"  {hit.key}", "cyan")
    return said
