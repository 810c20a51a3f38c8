"""The views: which part of the graph is exported, said once and used by every format.

A view is a SPARQL CONSTRUCT in `views/<name>.rq`. What it constructs are links of the network (a triple with an IRI),
nodes (a triple with `rdf:type`) and attributes of nodes (a triple with a literal). The first lines of the file give its
title and what it shows in both languages. Not for: the attributes of nodes that every view has (`hpkg.export.network`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hpkg.errors import CallerError
from hpkg.store.guard import form

if TYPE_CHECKING:
    from hpkg.messages import Language

__all__ = ["EGO", "VIEWS", "View", "view"]

VIEWS: Final = ("full", "pillars", "indicators", "projects", "documents", "outline")
"""The views that hpkg has; each format takes each."""

EGO: Final = "ego"
"""The name of the view round one node: `full`, cut at a distance."""

_HEADER: Final = re.compile(r"^# (?P<language>vi|en): (?P<said>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class View:
    """A part of the graph to export.

    Attributes:
        name: Its name, or the stem of its file.
        title: What it is called, by language.
        description: What it shows, by language.
        query: Its SPARQL CONSTRUCT.
    """

    name: str
    title: dict[Language, str]
    description: dict[Language, str]
    query: str


@cache
def view(name: str) -> View:
    """Return the view of that name, or the one that a file with a SPARQL CONSTRUCT describes.

    Raises:
        CallerError: There is no such view and no such file, or the file holds no CONSTRUCT.
    """
    if name in VIEWS:
        return _read(name, (files("hpkg.export") / "views" / f"{name}.rq").read_text("utf-8"))
    path = Path(name)
    if not path.is_file():
        raise CallerError("view-unknown", where=name, known=", ".join((*VIEWS, EGO)))
    try:
        query = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise CallerError("query-file-encoding", where=name) from error
    found = form(query)
    if found != "CONSTRUCT":
        raise CallerError("query-form-other", where=name, found=found, wanted="CONSTRUCT")
    return _read(path.stem, query)


def _read(name: str, query: str) -> View:
    said: dict[Language, list[str]] = {"vi": [], "en": []}
    for found in _HEADER.finditer(query):
        said["vi" if found["language"] == "vi" else "en"].append(found["said"])
    title: dict[Language, str] = {language: lines[0] if lines else name for language, lines in said.items()}
    description: dict[Language, str] = {language: " ".join(lines[1:]) for language, lines in said.items()}
    return View(name, title, description, query)
