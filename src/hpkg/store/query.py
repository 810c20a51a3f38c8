"""What a query takes and gives: its parameters, as terms in `VALUES` blocks, and the columns it selects.

A query that takes parameters says so in plain SPARQL, with a block of one row:
`VALUES (?pillar ?lang) { (UNDEF "vi") }`. As it stands it runs in any tool; a binding replaces the terms of the row.
A term is always written as one token with its characters escaped, so no value can become syntax. Not for: checking
that a value makes sense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rdflib import BNode, Literal, URIRef

from hpkg.errors import CallerError
from hpkg.store.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rdflib.term import Node

__all__ = ["Block", "bind", "guarded", "parameters", "projection", "single_rows", "spelled_out", "written"]

# Without the escapes that a query may hold: a term is its characters, and no escape of them.
_IRI: Final = re.compile(r"<[^<>\"{}|^`\\\x00-\x20]*>")
_TAG: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")
_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t"})
# Some engines expand `\u0022` in the whole text of a query before they read it (SPARQL 1.1, section 19.2), even behind
# an escaped backslash, and some read eight digits where they can: the letter is written as its code point.
_READ_EARLY: Final = re.compile(r"\\\\([uU])")
_OPEN: Final = {"(": ")", "{": "}"}


@dataclass(frozen=True, slots=True)
class Block:
    """A `VALUES` block of one row: its variables, where the term of each stands, and where the block does."""

    variables: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    start: int
    end: int


def bind(query: str, bindings: Mapping[str, Node]) -> str:
    r"""Return `query` with the given terms in every block that names their variables.

    Raises:
        CallerError: A variable has no block, or a value is no IRI or literal.

    >>> bind('SELECT * { VALUES ?name { UNDEF } ?s ?p ?name }', {"name": Literal('"} DROP ALL')})
    'SELECT * { VALUES ?name { "\\"} DROP ALL" } ?s ?p ?name }'
    """
    if not bindings:
        return query
    blocks = single_rows(query)
    known = {name for block in blocks for name in block.variables}
    for name in bindings:
        if name not in known:
            raise CallerError("parameter-without-block", where=name, known=", ".join(sorted(known)) or "–")
    edits = [
        (span, written(bindings[name]))
        for block in blocks
        for name, span in zip(block.variables, block.spans, strict=True)
        if name in bindings
    ]
    for (start, end), term in sorted(edits, reverse=True):
        query = query[:start] + term + query[end:]
    return query


def parameters(query: str) -> frozenset[str]:
    """Return the variables that `query` takes as parameters.

    >>> sorted(parameters('SELECT * { VALUES (?a ?b) { (UNDEF 1) } VALUES ?c { 1 2 } ?s ?a ?b }'))
    ['a', 'b']
    """
    return frozenset(name for block in single_rows(query) for name in block.variables)


@lru_cache(maxsize=256)
def projection(query: str) -> tuple[str, ...]:
    """Return the variables that a SELECT gives, in order; none for `SELECT *` and other forms.

    >>> projection("PREFIX ex: <urn:> SELECT DISTINCT ?a (COUNT(?b) AS ?n) WHERE { ?a ex:p ?b }")
    ('a', 'n')
    """
    found = iter(tokens(query))
    for token in found:
        if token.kind == "word" and token.text.upper() == "SELECT":
            break
    names: list[str] = []
    depth = 0
    renamed = False
    for token in found:
        if token.text == "{" or (token.kind == "word" and token.text.upper() in {"WHERE", "FROM"}):
            break
        depth += (token.text == "(") - (token.text == ")")
        if token.kind == "variable" and (depth == 0 or renamed):
            names.append(token.text[1:])
        renamed = token.kind == "word" and token.text.upper() == "AS"
    return tuple(names)


def spelled_out(query: str, names: Sequence[str]) -> str:
    """Return `query` with `names` instead of the star of its SELECT, in the order in which it first names them.

    An engine may give the columns of `SELECT *` in an order of its own; a person expects that of the query.

    >>> spelled_out("SELECT DISTINCT * { ?s ?p ?o }", ["o", "p", "s"])
    'SELECT DISTINCT ?s ?p ?o { ?s ?p ?o }'
    """
    if "*" not in query:
        return query
    found = list(tokens(query))
    for place, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "SELECT":
            star = next(
                (after for after in found[place + 1 : place + 3] if after.text.upper() not in {"DISTINCT", "REDUCED"}),
                token,
            )
            if star.text != "*" or not names:
                return query
            seen = [after.text[1:] for after in found if after.kind == "variable"]
            told = " ".join(f"?{name}" for name in sorted(names, key=seen.index))
            return f"{query[: star.start]}{told}{query[star.end :]}"
    return query


def written(term: Node) -> str:
    r"""Return `term` as one SPARQL token.

    Raises:
        CallerError: It is a blank node, or holds characters that no IRI or language tag may hold.

    >>> written(Literal("a\nb", lang="vi"))
    '"a\\nb"@vi'
    """
    if isinstance(term, URIRef) and _IRI.fullmatch(f"<{term}>"):
        return f"<{term}>"
    if isinstance(term, Literal):
        quoted = guarded(f'"{str(term).translate(_ESCAPES)}"')
        if term.language is None:
            return quoted if term.datatype is None else f"{quoted}^^{written(term.datatype)}"
        if _TAG.fullmatch(term.language):
            return f"{quoted}@{term.language}"
    raise CallerError("value-not-bindable", value=repr(term) if isinstance(term, BNode) else str(term))


def guarded(string: str) -> str:
    r"""Return a string token such that no engine takes an escaped backslash and what follows for an escape by number.

    >>> print(guarded(r'"a\\u0022"'))
    "a\\\U000000750022"
    """
    return _READ_EARLY.sub(lambda found: rf"\\\U{ord(found[1]):08X}", string)


@lru_cache(maxsize=256)
def single_rows(query: str) -> tuple[Block, ...]:
    """Return the `VALUES` blocks of one row, in order."""
    return tuple(_found_blocks(list(tokens(query))))


def _found_blocks(found: list[Token]) -> Iterable[Block]:
    for place, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "VALUES":
            names, after = _group(found, place + 1)
            row, closed = _group(found, after)
            if row and row[0].text == "(":
                inner, end = _group(row, 0)
                row = inner if end == len(row) else []  # more rows than one: data, no parameters
            terms = list(_terms(row))
            if names and len(terms) == len(names):
                variables = tuple(name.text[1:] for name in names)
                yield Block(variables, tuple(terms), token.start, found[closed - 1].end)


def _group(found: list[Token], place: int) -> tuple[list[Token], int]:
    """Return the tokens inside the brackets at `place`, or the single token there, and the place after them."""
    if place >= len(found):
        return [], place
    opened = found[place].text
    closed = _OPEN.get(opened)
    if closed is None:
        return [found[place]], place + 1
    depth = 0
    for end in range(place, len(found)):
        depth += (found[end].text == opened) - (found[end].text == closed)
        if depth == 0:
            return found[place + 1 : end], end + 1
    return [], len(found)


def _terms(row: list[Token]) -> Iterable[tuple[int, int]]:
    """Yield where each term of a row stands; a literal and its tag or datatype are one term."""
    start = end = -1
    joined = False
    for token in row:
        if token.text == "^" or token.kind == "tag" or joined:
            joined = token.text == "^"
            end = token.end
            continue
        if start >= 0:
            yield start, end
        start, end = token.start, token.end
    if start >= 0:
        yield start, end
