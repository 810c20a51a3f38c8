"""RDF as JSON-LD with the words of a context: small, fast, and the same bytes for the same triples.

A file carries by value those terms of the context that it uses: nothing is fetched to read it, and no file is mostly
context. The contexts are of the ontology's kind: terms with a coercion to IRIs or to one datatype, or with a map of
languages (https://www.w3.org/TR/json-ld11/). Not for: contexts of other kinds, nor reading.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyoxigraph as ox

from hpkg.namespaces import BASE, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["json_ld"]

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_ALIASES: Final = {"id": "@id", "type": "@type"}
_KEYWORDS: Final = ("@version", *_ALIASES)

Value = ox.NamedNode | ox.BlankNode | ox.Literal


class _Term(NamedTuple):
    """A word of the context: how it is written, and what its values are."""

    name: str
    coercion: str
    by_language: bool


class _Context:
    """The words for IRIs, by what a file of a context says."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said
        self.prefixes = {
            name: value for name, value in said.items() if isinstance(value, str) and value.endswith(("/", "#"))
        }
        self.terms: dict[str, list[_Term]] = {}
        for name, value in said.items():
            if name not in self.prefixes and name not in _KEYWORDS:
                told = value if isinstance(value, dict) else {"@id": value}
                term = _Term(name, self._full(told.get("@type", "")), "@container" in told)
                self.terms.setdefault(self._full(told["@id"]), []).append(term)

    def _full(self, name: str) -> str:
        prefix, colon, rest = name.partition(":")
        return self.prefixes[prefix] + rest if colon and prefix in self.prefixes else name

    def short(self, iri: str) -> str:
        """Return a compact IRI for a term of a vocabulary; a thing is called by its whole IRI."""
        for prefix, space in self.prefixes.items():
            if space != BASE and iri.startswith(space) and "/" not in iri.removeprefix(space):
                return f"{prefix}:{iri.removeprefix(space)}"
        return iri

    def part(self, names: set[str]) -> dict[str, Any]:
        """Return what a document needs that uses the terms and compact IRIs `names`."""
        used = {name for name in names if name in self.said}
        told = [self.said[name] for name in used]
        for one in [*told, *names]:
            for word in (one.get("@id", ""), one.get("@type", "")) if isinstance(one, dict) else (one,):
                used.update({word.partition(":")[0]} & self.prefixes.keys())
        return {name: value for name, value in self.said.items() if name in used or name in _KEYWORDS}


@lru_cache(maxsize=4)
def _context(path: Path | None) -> _Context:
    prefixes = {name: str(space) for name, space in PREFIXES.items()}
    return _Context(json.loads(path.read_text("utf-8"))["@context"] if path else {**_ALIASES, **prefixes})


def json_ld(triples: bytes, context: Path | None = None) -> bytes:
    r"""Return N-Triples as JSON-LD 1.1 in the words of the file `context`; without one, with prefixes only.

    >>> print(json_ld(b'<urn:s> <http://www.w3.org/2004/02/skos/core#notation> "a" .').decode())
    {
     "@context": {
      "id": "@id",
      "type": "@type",
      "skos": "http://www.w3.org/2004/02/skos/core#"
     },
     "@graph": [
      {
       "id": "urn:s",
       "skos:notation": "a"
      }
     ]
    }
    <BLANKLINE>

    Nodes and values are sorted. A blank node that one value alone speaks of stands inside of it, a list as a list.
    """
    return _Writing(_context(context), triples).document()


class _Writing:
    """One graph on its way into JSON."""

    def __init__(self, context: _Context, triples: bytes) -> None:
        self.context = context
        self.used: set[str] = set()
        self.told: dict[str, dict[str, list[Value]]] = {}
        spoken_of: Counter[str] = Counter()
        for triple in ox.parse(triples, format=ox.RdfFormat.N_TRIPLES):
            value = triple.object
            assert not isinstance(value, ox.Triple)
            self.told.setdefault(_name(triple.subject), {}).setdefault(triple.predicate.value, []).append(value)
            if isinstance(value, ox.BlankNode):
                spoken_of[_name(value)] += 1
        self.inside = {name for name, count in spoken_of.items() if count == 1 and name in self.told}

    def document(self) -> bytes:
        """Return the whole as it is written to a file."""
        roots = [name for name in sorted(self.told) if name not in self.inside]
        nodes = [self._node(name) for name in roots]
        while self.inside:  # blank nodes that speak of each other in a ring have nothing to stand in
            name = min(self.inside)
            self.inside.discard(name)
            nodes.append(self._node(name))
        whole = {"@context": self.context.part(self.used), "@graph": nodes}
        return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()

    def _node(self, name: str, *, named: bool = True) -> dict[str, Any]:
        made: dict[str, Any] = {"id": self._iri(name)} if named else {}
        for predicate, values in sorted(self.told[name].items()):
            if predicate == f"{_RDF}type":
                made["type"] = _one_or_all(sorted(self._class(value) for value in values))
                continue
            for value in sorted(values, key=str):
                self._add(made, predicate, value)
        return {key: _one_or_all(said) if isinstance(said, list) else said for key, said in made.items()}

    def _add(self, made: dict[str, Any], predicate: str, value: Value) -> None:
        """Add a value under the term that suits it best."""
        terms = self.context.terms.get(predicate, ())
        wanted = "@id" if not isinstance(value, ox.Literal) else value.datatype.value
        for term in terms:
            if term.by_language and isinstance(value, ox.Literal) and value.language:
                self.used.add(term.name)
                said = made.setdefault(term.name, {})
                known = said.get(value.language)
                said[value.language] = value.value if known is None else [*_all(known), value.value]
                return
            if term.coercion == wanted:
                self.used.add(term.name)
                made.setdefault(term.name, []).append(self._coerced(value))
                return
        plain = next((term.name for term in terms if not term.coercion and not term.by_language), None)
        key = plain or self.context.short(predicate)
        self.used.add(key)
        made.setdefault(key, []).append(self._whole(value))

    def _coerced(self, value: Value) -> object:
        """Return a value where the term says what it is."""
        if isinstance(value, ox.Literal):
            return value.value
        said = self._whole(value)
        return said["id"] if isinstance(said, dict) and said.keys() == {"id"} else said

    def _whole(self, value: Value) -> object:
        """Return a value with all that it is."""
        return self._literal(value) if isinstance(value, ox.Literal) else self._reference(_name(value))

    def _literal(self, value: ox.Literal) -> object:
        if value.language:
            return {"@language": value.language, "@value": value.value}
        if value.datatype.value == _STRING:
            return value.value
        return {"@type": self._iri(value.datatype.value), "@value": value.value}

    def _reference(self, name: str) -> object:
        if name == f"{_RDF}nil":
            return {"@list": []}
        if name not in self.inside:
            return {"id": self._iri(name)}
        listed = self._listed(name)
        if listed is not None:
            return {"@list": [self._whole(one) for one in listed]}
        self.inside.discard(name)
        return self._node(name, named=False)

    def _listed(self, name: str) -> list[Value] | None:
        """Return the members of the list that begins at a blank node, and take its nodes; None where it is no list."""
        taken, members = [], []
        while name != f"{_RDF}nil":
            said = self.told.get(name, {})
            whole = said.keys() == {f"{_RDF}first", f"{_RDF}rest"} and all(len(one) == 1 for one in said.values())
            if not whole or name not in self.inside or name in taken:
                return None
            taken.append(name)
            members += said[f"{_RDF}first"]
            name = _name(said[f"{_RDF}rest"][0])
        self.inside.difference_update(taken)
        return members

    def _class(self, value: Value) -> str:
        term = next((term.name for term in self.context.terms.get(value.value, ())), None)
        said = term or self._iri(_name(value))
        self.used.add(said)
        return said

    def _iri(self, name: str) -> str:
        said = self.context.short(name)
        self.used.add(said)
        return said


def _name(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(node) if isinstance(node, ox.BlankNode) else getattr(node, "value", "")


def _all(said: object) -> list[object]:
    return said if isinstance(said, list) else [said]


def _one_or_all(said: list[Any]) -> Any:  # noqa: ANN401 — JSON
    return said[0] if len(said) == 1 else said
