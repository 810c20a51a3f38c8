"""A syntax error of a query, told so that a person can mend it.

The likeliest causes have errors of their own: an undeclared prefix, a misspelt keyword, a bracket without its partner.
Not for: finding out that a query is wrong, which the engine does.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import pairwise
from typing import Final

from hpkg.errors import CallerError
from hpkg.namespaces import PREFIXES
from hpkg.store.tokens import Token, tokens

__all__ = ["explained"]

_PLACE: Final = re.compile(r"(\d+):(\d+)")
_NEAR: Final = 40
_CLOSED_BY: Final = {"{": "}", "(": ")", "[": "]"}
# A bare word is a keyword of the grammar or a function of it (SPARQL 1.1, sections 17 and 19.8); there are no others.
_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "a abs add all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct contains "
        "copy count create data datatype day default delete desc describe distinct drop encode_for_uri exists "
        "false filter floor from graph group group_concat having hours if in insert into iri isblank isiri "
        "isliteral isnumeric isuri lang langmatches lcase limit load max md5 min minus minutes month move "
        "named not now offset optional order prefix rand reduced regex replace round sameterm sample seconds "
        "select separator service sha1 sha256 sha384 sha512 silent str strafter strbefore strdt strends "
        "strlang strlen strstarts struuid substr sum timezone to true tz ucase undef union uri using uuid "
        "values where with year",
    )
)


def explained(query: str, complaint: str) -> CallerError:
    """Return the error for `query` that the engine refused with `complaint` ("error at 2:7: expected …").

    >>> explained("SELECT * { ?s foaf:name ?n }", "error at 1:24: expected OPTIONAL").code
    'query-prefix-unknown'
    """
    found = list(tokens(query))
    cause = _undeclared_prefix(found) or _unknown_word(found) or _lone_bracket(found)
    if cause:
        code, token, details = cause
        line = query.count("\n", 0, token.start) + 1
        column = token.start - query.rfind("\n", 0, token.start)
        return CallerError(code, line=line, column=column, word=token.text, **details)
    place = _PLACE.search(complaint)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    lines = query.splitlines(keepends=True) or [""]
    offset = sum(map(len, lines[: line - 1])) + column - 1
    # The engine stops behind what it could not read: the token before that place is the one to look at.
    wrong = next((token for token in found if token.start < offset <= token.end), None)
    start = wrong.start if wrong else offset
    line = query.count("\n", 0, start) + 1
    column = start - query.rfind("\n", 0, start)
    return CallerError(
        "query-syntax", line=line, column=column, near=query[start : start + _NEAR].split("\n", maxsplit=1)[0].strip()
    )


_Cause = tuple[str, Token, dict[str, str]] | None


def _undeclared_prefix(found: list[Token]) -> _Cause:
    declared = set(PREFIXES)
    for token, name in pairwise(found):
        if token.text.upper() == "PREFIX" and name.kind == "name":
            declared.add(name.text.rstrip(":"))
    for token in found:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in declared:
            known = " ".join(f"{known}:" for known in PREFIXES)
            return "query-prefix-unknown", token, {"prefix": prefix, "known": known}
    return None


def _unknown_word(found: list[Token]) -> _Cause:
    for token in found:
        if token.kind == "word" and token.text.lower() not in _WORDS:
            near = get_close_matches(token.text.lower(), _WORDS, n=3)
            return "query-word-unknown", token, {"near": ", ".join(word.upper() for word in near) or f"?{token.text}"}
    return None


def _lone_bracket(found: list[Token]) -> _Cause:
    """Return the first bracket that closes nothing, else the last one that is never closed."""
    opened: list[Token] = []
    for token in found:
        if token.kind == "sign" and token.text in _CLOSED_BY:
            opened.append(token)
        elif token.kind == "sign" and token.text in _CLOSED_BY.values():
            if not opened or _CLOSED_BY[opened[-1].text] != token.text:
                return "query-bracket-alone", token, {}
            opened.pop()
    return ("query-bracket-alone", opened[-1], {}) if opened else None
