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
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = ["MARK", "Lookup", "Step", "Term", "TooLongError", "Triple", "Walk", "lookup", "walk"]

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


class Step(NamedTuple):
    """A look into an index.

    Attributes:
        asks: Subject, property and object to look for: a term, a place among the values of the walk, or None for any.
        takes: What becomes a value: the name of the part of a triple, and the place of the value.
    """

    asks: tuple[ox.NamedNode | int | None, ...]
    takes: tuple[tuple[str, int], ...]


class Walk(NamedTuple):
    """How a lookup of one shape goes through the indexes.

    Attributes:
        names: The variables of its rows; None: it is an ASK.
        steps: What is looked for, one after the other.
        columns: Where in the values each variable of a row stands.
        size: How many values there are: the constants that differ from query to query, and then the variables.
    """

    names: tuple[str, ...] | None
    steps: tuple[Step, ...]
    columns: tuple[int, ...]
    size: int

    def rows(self, engine: ox.Store, constants: Sequence[str]) -> list[tuple[Term, ...]] | bool | None:
        """Return the rows, or whether there is one; None if `constants` are such that only the engine can tell.

        Raises:
            TooLongError: Too many triples would have to be looked at.
        """
        values: list[Any] = [_constant(one) for one in constants]
        if None in values:
            return None
        values += [None] * (self.size - len(values))
        if self.names is None:
            return _Search(engine, self.steps, values).is_successful()
        rows: list[tuple[Term, ...]] = []
        ((asks, takes),) = self.steps
        for quad in _looked_up(engine, asks, values):
            if len(rows) >= _MOST_STEPS:
                raise TooLongError
            for part, place in takes:
                values[place] = getattr(quad, part)
            rows.append(tuple([values[place] for place in self.columns]))
        return rows


class TooLongError(Exception):
    """A lookup has more to look at than is done here."""


def _looked_up(engine: ox.Store, asks: tuple[Any, ...], values: Sequence[Any]) -> Iterable[ox.Quad]:
    subject, name, value = [values[one] if one.__class__ is int else one for one in asks]
    try:
        return engine.quads_for_pattern(subject, name, value, _DEFAULT)
    except TypeError:
        return ()  # a literal is nobody's subject


class _Search:
    """A search for one solution, and how many triples it may still look at."""

    def __init__(self, engine: ox.Store, steps: Sequence[Step], values: list[Any]) -> None:
        self._engine = engine
        self._steps = steps
        self._values = values
        self._left = _MOST_STEPS

    def is_successful(self, at: int = 0) -> bool:
        """Tell whether the steps from `at` on find something."""
        asks, takes = self._steps[at]
        is_last = at + 1 == len(self._steps)
        for quad in _looked_up(self._engine, asks, self._values):
            if is_last:
                return True
            self._left -= 1
            if self._left < 0:
                raise TooLongError
            for part, place in takes:
                self._values[place] = getattr(quad, part)
            if self.is_successful(at + 1):
                return True
        return False


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
    >>> walk("SELECT ?x { ?x <http://a.org/p> \0 }", as_said)[2:]
    ((1,), 2)
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
    is_ask = said.form == "ASK"
    if bool(names) is is_ask or not (is_ask or _is_plain(names, said.triples)):
        return None
    places: dict[str, int] = {}
    steps: list[Step] = []
    for number in arrange(said.triples):
        step = _step(said.triples[number], places, len(parts) - 1)
        if step is None:
            return None
        steps.append(step)
    size = len(parts) - 1 + len(places)
    if is_ask:
        return Walk(None, tuple(steps), (), size)
    return Walk(tuple(name[1:] for name in names), tuple(steps), tuple(places[name] for name in names), size)


def _is_plain(names: Sequence[str], triples: Sequence[Triple]) -> bool:
    """Tell whether rows of `names` come from one triple, and each name once and for something in it."""
    known = {term for triple in triples for term in triple if term[0] == "?"}
    return len(triples) == 1 and len(set(names)) == len(names) and known.issuperset(names)


def _step(triple: Triple, places: dict[str, int], constants: int) -> Step | None:
    """Return the step that looks for a triple, and give new variables their places, which come after the constants."""
    asks: list[ox.NamedNode | int | None] = []
    takes: dict[str, str] = {}
    for part, term in zip(("subject", "predicate", "object"), triple, strict=True):
        if term[0] == "?":
            asks.append(places.get(term))
            if term in takes:
                return None  # two parts of the triple have to be the same
            if term not in places:
                takes[term] = part
        elif term.startswith(_HOLE):
            asks.append(int(term.removeprefix(_HOLE)))
        elif term[0] == "-" or "://" not in term:
            return None
        else:
            asks.append(ox.NamedNode(term))
    for term in takes:
        places[term] = constants + len(places)
    return Step(tuple(asks), tuple((part, places[term]) for term, part in takes.items()))


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
