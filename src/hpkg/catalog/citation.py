"""How a release is cited: CITATION.cff 1.2.0, and its history for readers.

https://citation-file-format.github.io. Not for: citing the program, whose own file stands beside its sources.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hpkg.catalog.about import said
from hpkg.messages import text
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.catalog.history import History
    from hpkg.catalog.parts import Parts
    from hpkg.catalog.release import Release
    from hpkg.messages import Language

__all__ = ["changelog", "citation"]

_SORTS: Final = ("added", "changed", "removed")
_DAY: Final = 10


def citation(release: Release, made_of: Parts) -> bytes:
    """Return how to cite `release`, with the reports it was read from as references."""
    title = said("title")["en"]
    lines = [
        "cff-version: 1.2.0",
        *_lines({"message": text("release.cite", "en"), "type": "dataset", "title": title}),
        *_lines({"version": release.name, "date-released": release.modified.date().isoformat()}),
        "authors:",
        f"  - name: {_said(said('publisher')['en'])}",
        *_lines({"abstract": said("description")["en"]}),
        "keywords:",
        *(f"  - {_said(word)}" for word in said("keywords")["en"].split(", ")),
        *_lines({"license": "CC-BY-4.0", "url": BASE}),
        "identifiers:",
        *_item({"type": "other", "value": f"urn:sha256:{release.version}", "description": text("release.hash", "en")}),
    ]
    if made_of.heads:
        lines.append("references:")
    for head in made_of.heads.values():
        told = {"type": "report", "title": head["title"], "number": head["number"], "year": head["date"].year}
        told |= {"date-published": head["date"].isoformat()} | ({"url": head["url"]} if "url" in head else {})
        lines += [*_item(told), "    authors:", f"      - name: {_said(head['issuer_name'])}"]
    return ("\n".join(lines) + "\n").encode()


def changelog(told: History, language: Language) -> bytes:
    """Return the releases for readers, the newest first: how much was added, changed and retracted, and what."""
    lines = [f"# {text('release.changelog', language)}", "", text("release.numbers", language)]
    for release in told.releases:
        lines += [
            *("", f"## {release['release']} ({release['modified'][:_DAY]})", ""),
            text("release.of-dataset", language, version=release["version"]),
            "",
            text("publish.first", language)
            if release["first"]
            else text("publish.changed", language, **release["counts"]),
        ]
        for sort in _SORTS:
            things = [one for one in release["things"] if one["change"] == sort]
            if things:
                lines += ["", f"### {text(f'release.{sort}', language)}", ""]
                lines += [
                    f"- {one['name']}: <{one['thing']}>" if "name" in one else f"- <{one['thing']}>" for one in things
                ]
        left = sum(release["counts"].values()) - len(release["things"])
        if left:
            lines += ["", text("release.more", language, count=left)]
    return ("\n".join(lines) + "\n").encode()


def _said(value: object) -> str:
    """Return a value as YAML reads it: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def _lines(told: Mapping[str, Any]) -> list[str]:
    return [f"{key}: {_said(value)}" for key, value in told.items()]


def _item(told: Mapping[str, Any]) -> list[str]:
    return [f"{'  - ' if number == 0 else '    '}{line}" for number, line in enumerate(_lines(told))]
