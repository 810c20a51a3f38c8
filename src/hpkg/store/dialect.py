"""Where engines leave SPARQL 1.1, and what is done about it: the one place that knows.

Each deviation is named with the engine and version it was seen in. Not for: HTTP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["truth"]

_VIRTUOSO_TRUTH: Final = "__ASK_RETVAL"


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
