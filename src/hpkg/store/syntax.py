"""A syntax error of a query, told so that a person can mend it.

Not for: finding the error, which the engine does.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from hpkg.errors import CallerError
from hpkg.namespaces import PREFIXES
from hpkg.store.tokens import tokens

__all__ = ["explained"]

_PLACE: Final = re.compile(r"(\d+):(\d+)")
_NEAR: Final = 40


def explained(query: str, complaint: str) -> CallerError:
    """Return the error for `query` that the engine refused with `complaint` ("error at 2:7: expected …").

    >>> explained("SELECT * { ?s foaf:name ?n }", "error at 1:24: expected OPTIONAL").code
    'query-prefix-unknown'
    """
    place = _PLACE.search(complaint)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    undeclared = _undeclared(query)
    if undeclared:
        prefix, start = undeclared
        line = query.count("\n", 0, start) + 1
        column = start - query.rfind("\n", 0, start)
        return CallerError(
            "query-prefix-unknown", line=line, column=column, prefix=prefix, known=" ".join(f"{p}:" for p in PREFIXES)
        )
    for opened, closed in ("{}", "()"):
        signs = [token.text for token in tokens(query) if token.kind == "sign"]
        missing = signs.count(opened) - signs.count(closed)
        if missing:
            sign = closed if missing > 0 else opened
            return CallerError("query-bracket-missing", line=line, column=column, sign=sign, count=abs(missing))
    lines = query.splitlines() or [""]
    text = lines[min(line, len(lines)) - 1]
    near = text[max(0, column - 1) :][:_NEAR].strip() or text[max(0, column - _NEAR) : column].strip()
    return CallerError("query-syntax", line=line, column=column, near=near)


def _undeclared(query: str) -> tuple[str, int] | None:
    """Return the first prefix used without being declared, and where."""
    declared = set(PREFIXES)
    found = list(tokens(query))
    for token, name in pairwise(found):
        if token.text.upper() == "PREFIX" and name.kind == "name":
            declared.add(name.text.rstrip(":"))
    for token in found:
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "name" and colon and prefix not in declared:
            return prefix, token.start
    return None
