"""Where engines leave SPARQL 1.1, and what is done about it: the one place that knows.

Each deviation is named with the engine and version it was seen in. Not for: HTTP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["VERSION", "Engine", "engine_of", "graph_store", "truth"]

Engine = Literal["hpkg", "oxigraph", "virtuoso", "other"]
"""The make of a server."""

VERSION: Final = "Hpkg-Dataset"
"""The header in which a service of ours tells the content hash of the dataset it answered from."""

_VIRTUOSO_TRUTH: Final = "__ASK_RETVAL"
_GRAPH_STORES: Final[Mapping[Engine, str]] = {
    "hpkg": "graph-store",
    "oxigraph": "store",
    "virtuoso": "sparql-graph-crud-auth",
}


def engine_of(headers: Mapping[str, str]) -> Engine:
    """Return the make of a server by the fields of one of its answers, their names in lower case.

    >>> engine_of({"server": "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu"})
    'virtuoso'
    """
    if VERSION.lower() in headers:
        return "hpkg"
    server = headers.get("server", "").lower()
    return "virtuoso" if server.startswith("virtuoso/") else "oxigraph" if server.startswith("oxigraph/") else "other"


def graph_store(endpoint: str, engine: Engine) -> str | None:
    """Return the address of the graph store beside an endpoint; None for a make that has no fixed place for it.

    >>> graph_store("http://localhost:7878/query", "oxigraph")
    'http://localhost:7878/store'
    """
    name = _GRAPH_STORES.get(engine)
    return None if name is None else urljoin(endpoint, name)


def truth(document: Mapping[str, Any]) -> bool | None:
    """Return the truth value in the results document of an ASK, or None when there is none.

    Virtuoso 7.2 answers with a row of one integer (SPARQL 1.1 Query Results JSON, section 3.3 wants `boolean`).

    >>> truth({"head": {}, "boolean": False})
    False
    """
    said = document.get("boolean")
    if isinstance(said, bool):
        return said
    try:
        (row,) = document["results"]["bindings"]
        return {"0": False, "1": True}.get(row[_VIRTUOSO_TRUTH]["value"])
    except (KeyError, TypeError, ValueError):
        return None
