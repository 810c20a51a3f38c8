"""The IRIs that an earlier build had and the present one has not: answered with 410 Gone, and never given anew.

They are kept in `graph/retired.txt`, one a line. Not for: why they are gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.files import replace_file
from hpkg.namespaces import BASE, natural

if TYPE_CHECKING:
    from collections.abc import Collection

    from hpkg.home import Home

__all__ = ["retire", "retired"]

_FILE: Final = "retired.txt"
_HEAD: Final = "# IRIs that an earlier build of the graph had and this one has not, below https://w3id.org/hpkg/\n"


def retired(home: Home) -> frozenset[str]:
    """Return the IRIs that earlier builds of `home` had and the present one has not."""
    path = home.graph / _FILE
    if not path.is_file():
        return frozenset()
    lines = path.read_text("utf-8").splitlines()
    return frozenset(f"{BASE}{line}" for line in lines if line and not line.startswith("#"))


def retire(home: Home, before: Collection[str], after: Collection[str]) -> frozenset[str]:
    """Keep the IRIs of `before` that are not in `after` beside the graph, and return all that are retired now.

    What has come back is struck off.
    """
    now = after if isinstance(after, set | frozenset) else set(after)
    known = retired(home)
    gone = {iri for iri in (*known, *before) if iri.startswith(f"{BASE}id/") and iri not in now}
    if gone != known:
        lines = sorted((iri.removeprefix(BASE) for iri in gone), key=natural)
        replace_file(home.graph / _FILE, (_HEAD + "".join(f"{line}\n" for line in lines)).encode())
    return frozenset(gone)
