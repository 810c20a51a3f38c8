"""The releases before this one, the number of this one, and what changed in it.

The folder of the last release is the memory: its dump is the former graph, its list the releases before. Numbers are
those of Semantic Versioning, read off what changed: see `docs/decisions/0010-numbers-of-data-releases.md`. Not for: a
comparison of two builds by hand (`hpkg changes`).
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hpkg.catalog.changes import changes
from hpkg.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hpkg.catalog.changes import Change
    from hpkg.catalog.release import Release

__all__ = ["CHANGES", "RELEASES", "History", "history", "next_number"]

RELEASES: Final = "releases.json"
"""The list of releases, in the folder of a release."""
CHANGES: Final = "changes.json"
"""Every statement that the release added or took away, in the folder of a release; the first has none."""

_SORTS: Final = ("added", "changed", "removed")
_KEPT: Final = 50
"""So many releases are told."""
_NAMED: Final = 500
"""So many things of one release are named; the counts are of all."""
_FIRST: Final = "1.0.0"
_PASSAGE: Final = "/text#"
_LABEL: Final = re.compile(rf'<([^>]+)> <{re.escape(PREFIXES["skos"])}prefLabel> ("(?:[^"\\]|\\.)*")@vi ')


@dataclass(frozen=True, slots=True)
class History:
    """The releases of a graph.

    Attributes:
        releases: The newest first: each has `release` (its number), `version` (hash of the dataset), `modified`,
            `first`, `counts`, `kinds`, `things`.
        changes: What the newest changed, statement by statement, as JSON; None of the first.
    """

    releases: tuple[dict[str, Any], ...]
    changes: bytes | None = None

    @property
    def number(self) -> str:
        """Return the number of the newest release."""
        return str(self.releases[0]["release"])

    def to_json(self) -> bytes:
        """Return the releases as JSON."""
        return (json.dumps({"releases": self.releases}, ensure_ascii=False, indent=1) + "\n").encode()


def history(folder: Path, new: Release) -> History:
    """Return the releases told by the `folder` of the last one, and before them `new` if its graph is another."""
    known: tuple[dict[str, Any], ...] = ()
    dumped = next(dump for dump in new.dumps if dump.form == "nq")
    listed, dump, told = folder / RELEASES, folder / dumped.name, folder / CHANGES
    if listed.is_file():
        known = tuple(json.loads(listed.read_text("utf-8"))["releases"])
    if known and known[0]["version"] == new.version:
        return History(known, told.read_bytes() if told.is_file() else None)
    before = gzip.decompress(dump.read_bytes()) if known and dump.is_file() else b""
    after = gzip.decompress(dumped.content)
    found = changes(before, after) if before else None
    things = found.things if found else ()
    names = {iri: json.loads(said) for iri, said in _LABEL.findall((before + after).decode())} if things else {}
    release = {
        "release": next_number(known[0]["release"], things) if known else _FIRST,
        "version": new.version,
        "modified": new.modified.isoformat(),
        "first": not before,
        "counts": {sort: sum(1 for one in things if one.sort == sort) for sort in _SORTS},
        "kinds": dict(Counter(_kind(one.thing) for one in things).most_common()),
        "things": [
            {"thing": one.thing, "change": one.sort} | ({"name": names[one.thing]} if one.thing in names else {})
            for one in things[:_NAMED]
        ],
    }
    return History((release, *known)[:_KEPT], f"{found.to_json()}\n".encode() if found else None)


def next_number(before: str, things: Sequence[Change]) -> str:
    """Return the number after `before`: another first part when an IRI is gone, another second when one is new.

    Passages don't count: their IRI names characters of a text that is still there.

    >>> from hpkg.catalog.changes import Change
    >>> next_number("1.4.2", [Change("urn:a", "removed", (), ()), Change("urn:b", "added", (), ())])
    '2.0.0'
    >>> next_number("1.4.2", [Change("urn:b", "added", (), ()), Change("urn:t/text#char=1,2", "removed", (), ())])
    '1.5.0'
    >>> next_number("1.4.2", [Change("urn:a", "changed", (), ())])
    '1.4.3'
    """
    sorts = {one.sort for one in things if _PASSAGE not in one.thing}
    major, minor, patch = map(int, before.split("."))
    if "removed" in sorts:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if "added" in sorts else f"{major}.{minor}.{patch + 1}"


def _kind(iri: str) -> str:
    """Return what an IRI is of, by its path: `task`, `project`."""
    path = iri.removeprefix(BASE).removeprefix("id/")
    return path.partition("/")[0].partition("#")[0] if iri.startswith(BASE) else "def"
