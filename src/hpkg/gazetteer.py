"""The communes of Việt Nam, province by province: too many for the graph, which describes those that a report names.

The tables `graph/reference/communes-*.tsv` hold one state of a commune a line; `tools/places.py` writes them. Not for:
which commune a text means (`hpkg.extract.place`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from hpkg.errors import OntologyError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Gazetteer", "Row"]

_COLUMNS: Final = "key\tkind\tname\twithin\tsince\tuntil\tthen"


class Row(NamedTuple):
    """One state of a commune.

    `key` is the end of its IRI, `kind` the key of its kind, `within` the key of the unit it lies in, `since` and
    `until` its first and last day (empty: not known), `then` the keys of what it became; `last` is the last day of its
    table.
    """

    key: str
    kind: str
    name: str
    within: str
    since: str
    until: str
    then: tuple[str, ...]
    last: str


class Gazetteer:
    """Tables of communes, read when first asked for."""

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        """Read from the tables at `paths`."""
        self._paths = tuple(paths)

    def of(self, province: str) -> list[Row]:
        """Return the communes whose keys begin with the code `province`.

        Raises:
            OntologyError: A table is broken.
        """
        return self._rows.get(province, [])

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for path in self._paths:
            for row in _read(path):
                found[row.key[:2]].append(row)
        return found


def _read(path: Path) -> list[Row]:
    """Return the rows of a table; where none says more, all of them had ended by the latest day that one gives."""
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    if not lines or lines[0] != _COLUMNS:
        raise OntologyError("table-broken", where=str(path))
    cells = [line.split("\t") for line in lines[1:]]
    if any(len(row) != _COLUMNS.count("\t") + 1 for row in cells):
        raise OntologyError("table-broken", where=str(path))
    last = max((row[5] for row in cells), default="")
    return [
        Row(key, kind, name, within, since, until, tuple(then.split()), last)
        for key, kind, name, within, since, until, then in cells
    ]
