"""What changed between two builds: statements added and removed, thing by thing.

Both builds are given as N-Quads with canonical names of blank nodes (`hpkg.catalog.quads`), so that only what is said
counts, and not how it is written. Not for: which IRIs are gone (`hpkg.catalog.retired`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hpkg.namespaces import BASE, natural

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Change", "Changes", "changes"]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of one thing: `sort` is `added`, `removed` or `changed`; statements are lines of N-Quads."""

    thing: str
    sort: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two builds, by thing in the order of their IRIs."""

    things: tuple[Change, ...]

    def of(self, sort: str) -> tuple[Change, ...]:
        """Return the changes of one sort."""
        return tuple(change for change in self.things if change.sort == sort)

    def to_json(self) -> str:
        """Return the changes as a JSON object."""
        counts = {sort: len(self.of(sort)) for sort in ("added", "removed", "changed")}
        things = [
            {"thing": one.thing, "change": one.sort, "added": one.added, "removed": one.removed} for one in self.things
        ]
        return json.dumps({"counts": counts, "things": things}, ensure_ascii=False, indent=2)


def changes(before: bytes, after: bytes) -> Changes:
    """Return what changed from one build to the next.

    Statements about blank nodes, which only the ontology has, count as changes of the ontology.

    >>> old, new = b'<urn:a> <urn:p> "1" <urn:g> .', b'<urn:a> <urn:p> "2" <urn:g> .'
    >>> [(one.thing, one.sort) for one in changes(old, new).things]
    [('urn:a', 'changed')]
    """
    old, new = set(before.decode().splitlines()), set(after.decode().splitlines())
    known_before, known_after = {_thing(line) for line in old}, {_thing(line) for line in new}
    added, removed = _by_thing(new - old), _by_thing(old - new)
    found = []
    for thing in sorted(added.keys() | removed.keys(), key=natural):
        sort = "added" if thing not in known_before else "removed" if thing not in known_after else "changed"
        found.append(Change(thing, sort, tuple(sorted(added.get(thing, ()))), tuple(sorted(removed.get(thing, ())))))
    return Changes(tuple(found))


def _by_thing(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault(_thing(line), []).append(line)
    return found


def _thing(line: str) -> str:
    subject = line.partition(" ")[0]
    return f"{BASE}def" if subject.startswith("_:") else subject.strip("<>")
