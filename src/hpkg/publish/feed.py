"""What changed from release to release of a site: a list for programs, an Atom feed for readers.

The site that stands there is the memory: its dump is the former graph, its list the releases before. Not for: a
comparison of two builds by hand (`hpkg changes`).
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from hpkg.catalog import changes
from hpkg.messages import text
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.catalog import Release
    from hpkg.messages import Language

__all__ = ["History", "feed", "history"]

_SORTS: Final = ("added", "changed", "removed")
_KEPT: Final = 50
"""So many releases are told."""
_NAMED: Final = 500
"""So many things of one release are named; the counts are of all."""


@dataclass(frozen=True, slots=True)
class History:
    """The releases of a site, the newest first: each has `version`, `modified`, `counts`, `kinds`, `things`."""

    releases: tuple[dict[str, Any], ...]

    def to_json(self) -> bytes:
        """Return the releases as JSON."""
        return (json.dumps({"releases": self.releases}, ensure_ascii=False, indent=1) + "\n").encode()


def history(site: Path, new: Release) -> History:
    """Return the releases told by the `site` that stands there, and before them `new` if it is another."""
    known: tuple[dict[str, Any], ...] = ()
    dumped = next(dump for dump in new.dumps if dump.form == "nq")
    listed, dump = site / "changes.json", site / "dumps" / dumped.name
    if listed.is_file():
        known = tuple(json.loads(listed.read_text("utf-8"))["releases"])
    if known and known[0]["version"] == new.version:
        return History(known)
    before = gzip.decompress(dump.read_bytes()) if dump.is_file() else b""
    found = changes(before, gzip.decompress(dumped.content)).things if before else ()
    release = {
        "version": new.version,
        "modified": new.modified.isoformat(),
        "first": not before,
        "counts": {sort: sum(1 for one in found if one.sort == sort) for sort in _SORTS},
        "kinds": dict(Counter(_kind(one.thing) for one in found).most_common()),
        "things": [{"thing": one.thing, "change": one.sort} for one in found[:_NAMED]],
    }
    return History((release, *known)[:_KEPT])


def feed(told: History, language: Language, base: str) -> bytes:
    """Return the releases as an Atom feed (RFC 4287) of the site at `base`."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<id>{escape(base)}changes</id>",
        f"<title>{escape(text('publish.feed', language))}</title>",
        f'<link rel="self" href="{escape(base)}changes.{language}.atom"/>',
        f'<link href="{escape(base)}"/>',
        f"<updated>{told.releases[0]['modified']}</updated>",
        "<author><name>hpkg</name></author>",
    ]
    for release in told.releases:
        said = (
            text("publish.first", language)
            if release["first"]
            else text("publish.changed", language, **release["counts"])
        )
        kinds = ", ".join(f"{kind} {count}" for kind, count in release["kinds"].items())
        lines += [
            "<entry>",
            f"<id>urn:sha256:{release['version']}</id>",
            f"<title>{escape(said)}</title>",
            f"<updated>{release['modified']}</updated>",
            f'<link href="{escape(base)}changes.json"/>',
            f"<summary>{escape(f'{said} {kinds}'.strip())}</summary>",
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _kind(iri: str) -> str:
    """Return what an IRI is of, by its path: `task`, `project`."""
    path = iri.removeprefix(BASE).removeprefix("id/")
    return path.partition("/")[0].partition("#")[0] if iri.startswith(BASE) else "def"
