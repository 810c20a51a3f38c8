"""The plainest of queries: a SELECT or ASK of a few triples. What it says, and its answer from the indexes.

Most requests of programs are such lookups. The engine takes ten times as long to read one and to make ready for it as
to look it up; here it is read once for all queries of its shape (`hpkg.store.shape`). Not for: any other query, and
SELECTs of several triples, whose rows would come in another order than the engine's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyoxigraph as ox
from rdflib import URIRef

from hpkg.namespaces import PREFIXES
from hpkg.store.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["MARK", "Lookup", "Term", "TooLongError", "Triple", "Walk", "lookup", "walk"]

Triple = tuple[str, str, str]
"""A pattern: a variable as `?name`, an IRI as it is, and another constant as something that is no IRI."""

MARK: Final = "\0"
"""What stands for a constant in the key of a shape."""

_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ENDS: Final = {".", ";", ",", "}"}
_TERMS: Final = {"variable", "iri", "name", "string", "number"}
_HOLE: Final = "hole://"
_DEFAULT: Final = ox.DefaultGraph()
_MOST_STEPS: Final = 500
"""Triples that are looked at in less time than the engine takes to begin."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Slot = str | int | ox.NamedNode
_Slots = tuple[_Slot, _Slot, _Slot]
_Pattern = tuple[Any, ...]
"""Three terms, or names of variables."""


class Lookup(NamedTuple):
    """What a lookup says.

    Attributes:
        form: `SELECT` or `ASK`.
        head: The words and variables between its form and its group.
        triples: Its triples.
        tail: What stands behind its group.
    """

    form: str
    head: tuple[str, ...]
    triples: tuple[Triple, ...]
    tail: tuple[str, ...]


class Walk(NamedTuple):
    """How a lookup of one shape goes through the indexes.

    Attributes:
        names: The variables of its rows; None: it is an ASK.
        triples: Its triples in the order in which they are looked for; a variable is its name, a constant that differs
            from query to query its place.
    """

    names: tuple[str, ...] | None
    triples: tuple[_Slots, ...]

    def rows(self, engine: ox.Store, constants: Sequence[str]) -> list[tuple[Term, ...]] | bool | None:
        """Return the rows, or whether there is one; None if `constants` are such that only the engine can tell.

        Raises:
            TooLongError: Too many triples would have to be looked at.
        """
        terms = [_constant(one) for one in constants]
        if None in terms:
            return None
        triples = [tuple([terms[slot] if isinstance(slot, int) else slot for slot in one]) for one in self.triples]
        steps = _Steps(engine)
        if self.names is None:
            return next(steps.solutions(triples, {}), None) is not None
        return [tuple([found[name] for name in self.names]) for found in steps.solutions(triples, {})]


class TooLongError(Exception):
    """A lookup has more to look at than is done here."""


class _Steps:
    """A walk, and how many steps it may still take."""

    def __init__(self, engine: ox.Store) -> None:
        self._engine = engine
        self._left = _MOST_STEPS

    def solutions(self, triples: Sequence[_Pattern], bound: Mapping[str, Term]) -> Iterator[Mapping[str, Term]]:
        """Yield what the variables of `triples` can be, beside those that are `bound`."""
        if not triples:
            yield bound
            return
        first = triples[0]
        terms: list[Any] = [bound.get(term) if isinstance(term, str) else term for term in first]
        try:
            found = self._engine.quads_for_pattern(terms[0], terms[1], terms[2], _DEFAULT)
        except TypeError:
            return  # a literal is nobody's subject
        for quad in found:
            self._left -= 1
            if self._left < 0:
                raise TooLongError
            more = _joined(first, (quad.subject, quad.predicate, quad.object), bound)
            if more is not None:
                yield from self.solutions(triples[1:], more)


def _joined(pattern: _Pattern, found: tuple[Term, ...], bound: Mapping[str, Term]) -> Mapping[str, Term] | None:
    """Return `bound` with what a pattern has found; None if one of its variables would be two things."""
    more = dict(bound)
    for term, value in zip(pattern, found, strict=True):
        if isinstance(term, str) and more.setdefault(term, value) != value:
            return None
    return more


def _constant(told: str) -> Term | None:
    """Return the term of a full IRI or a string; None if there is more to it than its characters."""
    if "\\" in told or "/." in told:
        return None
    if told[0] == "<":
        return ox.NamedNode(told[1:-1])
    return None if told[:3] in {"'''", '"""'} else ox.Literal(told[1:-1])


def walk(key: str, arrange: Callable[[Sequence[Triple]], Sequence[int]]) -> Walk | None:
    r"""Return how to answer the lookups whose shape has the key `key`; None: only the engine can.

    `arrange` tells in which order the triples are best looked for, by their places.

    >>> as_said = lambda triples: range(len(triples))
    >>> walk("ASK { \0 a <http://a.org/C> }", as_said).triples[0][0]
    0
    >>> walk("SELECT ?o { ?s ?p \0@vi }", as_said), walk("ASK { ?s ?p 1 }", as_said)
    (None, None)
    """
    if any(sign in key for sign in ("@", "^", "\\", "/.", _HOLE)):
        return None
    parts = key.split(MARK)
    filled = parts[0] + "".join(f"<{_HOLE}{place}>{part}" for place, part in enumerate(parts[1:]))
    said = lookup(filled)
    if said is None or said.tail or not said.triples:
        return None
    names = said.head[1:] if said.head[:1] == ("WHERE",) else said.head
    names = names[:-1] if names[-1:] == ("WHERE",) else names
    known = {term for triple in said.triples for term in triple if term[0] == "?"}
    is_ask = said.form == "ASK"
    if is_ask and names:
        return None
    if not is_ask and (
        len(said.triples) > 1 or not names or len(set(names)) < len(names) or not known.issuperset(names)
    ):
        return None
    slots = [_slots(triple) for triple in said.triples]
    ordered = tuple(one for place in arrange(said.triples) if (one := slots[place]))
    return Walk(None if is_ask else tuple(name[1:] for name in names), ordered) if len(ordered) == len(slots) else None


def _slots(triple: Triple) -> _Slots | None:
    slots: list[_Slot] = []
    for term in triple:
        if term[0] == "?":
            slots.append(term[1:])
        elif term.startswith(_HOLE):
            slots.append(int(term.removeprefix(_HOLE)))
        elif term[0] == "-" or "://" not in term:
            return None
        else:
            slots.append(ox.NamedNode(term))
    return slots[0], slots[1], slots[2]


def lookup(query: str) -> Lookup | None:
    """Return what a lookup says; None for any other query.

    >>> lookup("SELECT ?s { ?s a skos:Concept } LIMIT 3")[2:]
    ((('?s', '...#type', 'http://www.w3.org/2004/02/skos/core#Concept'),), ('LIMIT', '3'))
    """
    spaces = {name: str(iri) for name, iri in PREFIXES.items()}
    waiting = iter(list(tokens(query)))
    token = next(waiting, None)
    while token is not None and token.text.upper() == "PREFIX":
        name, iri = next(waiting, None), next(waiting, None)
        if name is None or iri is None or iri.kind != "iri":
            return None
        spaces[name.text.removesuffix(":")] = iri.text[1:-1]
        token = next(waiting, None)
    if token is None or token.text.upper() not in {"SELECT", "ASK"}:
        return None
    form = token.text.upper()
    head: list[str] = []
    for token in waiting:
        if token.text == "{":
            break
        if token.kind == "variable":
            head.append(f"?{token.text[1:]}")
        elif token.text.upper() in {"DISTINCT", "*", "WHERE"}:
            head.append(token.text.upper())
        else:
            return None
    triples = _group(waiting, spaces)
    tail = tuple(one.text.upper() for one in waiting)
    is_limit = not tail or (len(tail) == 2 and tail[0] == "LIMIT" and tail[1].isdecimal())  # noqa: PLR2004
    return Lookup(form, tuple(head), tuple(triples), tail) if is_limit and triples is not None else None


def _group(waiting: Iterator[Token], spaces: Mapping[str, str]) -> list[Triple] | None:
    """Return the triples of a group up to its end; None if there is anything else in it."""
    triples: list[Triple] = []
    terms: list[str] = []
    for token in waiting:
        if token.text in _ENDS:
            if len(terms) == 3:  # noqa: PLR2004 — subject, property, object
                triples.append((terms[0], terms[1], terms[2]))
            elif token.text != "}" or terms:
                return None
            if token.text == "}":
                return triples
            terms = {".": [], ";": terms[:1], ",": terms[:2]}[token.text]
        elif token.kind == "tag":
            continue
        elif token.kind in _TERMS or token.text == "a":
            terms.append(_term(token, spaces))
        else:
            return None
    return None


def _term(token: Token, spaces: Mapping[str, str]) -> str:
    """Return a variable as `?name`, a word as its IRI, and another constant as something that is no IRI."""
    if token.kind == "variable":
        return f"?{token.text[1:]}"
    if token.text == "a":
        return _TYPE
    if token.kind == "iri":
        return str(URIRef(token.text[1:-1])) or "-"
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        return spaces.get(prefix, "-") + local
    return "-"
