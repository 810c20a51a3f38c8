"""The values a parameter can take in this graph, and the one that a caller means.

A value is accepted as an IRI, as a key (`port-logistics`, `311`, `42/NQ-CP`, `V.4`) or as a name in any language, with
tones or without. Not for: binding it into a query.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import get_close_matches
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from hpkg.errors import CallerError
from hpkg.namespaces import BASE, PREFIXES, fold, slug
from hpkg.questions.memory import remembered
from hpkg.store.query import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib.term import Node

    from hpkg.messages import Language
    from hpkg.questions.question import Parameter
    from hpkg.store import Store

__all__ = ["Choice", "choices", "resolve"]

_FEW: Final = 24
_NEAREST: Final = 5
_LABEL: Final = 40

_CONCEPTS: Final = """
SELECT ?thing ?key ?name WHERE {
  VALUES ?scheme { UNDEF }
  ?thing skos:inScheme ?scheme ; skos:notation ?key .
  OPTIONAL { VALUES ?naming { skos:prefLabel skos:altLabel skos:hiddenLabel } ?thing ?naming ?name }
}"""

_INSTANCES: Final = """
SELECT ?thing ?key ?name ?from WHERE {
  { SELECT DISTINCT ?thing WHERE { VALUES ?class { UNDEF } ?thing a/rdfs:subClassOf* ?class } }
  OPTIONAL { ?thing hp:validFrom ?from }
  OPTIONAL {
    VALUES ?keying { hp:gsoCode hp:documentNumber hp:ordinal skos:notation }
    ?thing ?keying ?key
  }
  OPTIONAL {
    VALUES ?naming { skos:prefLabel skos:altLabel skos:hiddenLabel hp:sourceLabel }
    ?thing ?naming ?name
  }
}"""

_NEWEST: Final = "SELECT (MAX(?issued) AS ?newest) WHERE { ?report a hp:Report ; hp:dateIssued ?issued }"
_DAY: Final = len("2020-12-18")

_NARROWER: Final = """
SELECT ?thing ?key ?name WHERE {
  VALUES ?class { UNDEF }
  ?thing rdfs:subClassOf+|rdfs:subPropertyOf+ ?class .
  FILTER(?thing != ?class && isIRI(?thing))
  OPTIONAL { ?thing rdfs:label ?name }
}"""

_YEARS: Final = """
SELECT DISTINCT ?thing ?key WHERE {
  ?thing hp:startYear ?key ; hp:endYear ?key .
  FILTER EXISTS { ?any hp:refPeriod ?thing } FILTER NOT EXISTS { ?thing hp:isoPeriod ?iso }
}"""


_OF_REPORTS: Final = """
SELECT DISTINCT ?thing WHERE {
  VALUES ?thing { UNDEF }
  ?report hp:refArea ?area . ?thing hp:within+ ?area .
  FILTER NOT EXISTS { ?area a hp:Country }
}"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a parameter can take: its term, the key to call it by, other keys, and its names."""

    term: Node
    key: str
    keys: frozenset[str]
    names: tuple[Literal, ...]

    def label(self, language: Language) -> str:
        """Return the name in `language`, else in the other one, else the key."""
        for wanted in (language, "vi", "en"):
            for name in self.names:
                if name.language == wanted:
                    return str(name)
        return self.key


def choices(store: Store, parameter: Parameter) -> tuple[Choice, ...]:
    """Return the values that `parameter` can take in `store`, sorted by key; none where any value will do."""
    return remembered(store, f"choices of {parameter.type}", lambda: _choices(store, parameter))


def _choices(store: Store, parameter: Parameter) -> tuple[Choice, ...]:
    kind, _, of = parameter.type.partition(":")
    found: Iterable[dict[str, Node]]
    if kind == "concept":
        found = store.select(_CONCEPTS, {"scheme": URIRef(f"{BASE}id/{of}")})
    elif kind == "instance":
        found = _of_their_time(store, store.select(_INSTANCES, {"class": _class(of)}))
    elif kind in {"subclass", "subproperty"}:
        found = store.select(_NARROWER, {"class": _class(of)})
    elif kind == "year":
        found = store.select(_YEARS)
    else:
        return ()
    return tuple(sorted(_gathered(found), key=lambda choice: choice.key))


def _of_their_time(store: Store, rows: Iterable[dict[str, Node]]) -> Iterable[dict[str, Node]]:
    """Return the rows but for units that did not exist yet when the newest report was issued."""
    newest = next((str(row["newest"])[:_DAY] for row in store.select(_NEWEST) if "newest" in row), "")
    return [row for row in rows if not newest or "from" not in row or str(row["from"])[:_DAY] <= newest]


def resolve(store: Store, parameter: Parameter, value: str) -> Node:
    """Return the RDF term that `value` means as `parameter`.

    Raises:
        CallerError: It means nothing, or more than one thing; the error names what is allowed.
    """
    if parameter.type == "string":
        return Literal(value)
    if parameter.type == "integer":
        if value.removeprefix("-").isdecimal():
            return Literal(value, datatype=XSD.integer)
        raise CallerError("parameter-not-integer", where=parameter.option, value=value)
    allowed = choices(store, parameter)
    called = remembered(store, f"calls of {parameter.type}", lambda: _Calls(allowed))
    for matching in (called.by_key, called.by_name, called.by_last_words):
        meant = matching(value)
        if len(meant) > 1:
            meant = _of_reports(store, meant) or meant
        if len(meant) == 1:
            return meant[0].term
        if meant:
            raise CallerError(
                "parameter-ambiguous",
                where=parameter.option,
                value=value,
                choices=_listed(meant),
                example=meant[0].term,
            )
    raise CallerError(
        "parameter-value-unknown",
        where=parameter.option,
        value=value,
        nearest=_listed(_nearest(allowed, value)) or "–",
        allowed=_listed(allowed[:_FEW]) + (", …" if len(allowed) > _FEW else ""),
    )


def _of_reports(store: Store, meant: Sequence[Choice]) -> list[Choice]:
    """Return those that lie in the area of a report: of many units of one name, the one that the graph speaks of."""
    terms = " ".join(written(choice.term) for choice in meant if isinstance(choice.term, URIRef))
    found = {row["thing"] for row in store.select(_OF_REPORTS.replace("UNDEF", terms))}
    return [choice for choice in meant if choice.term in found]


class _Calls:
    """What choices can be called by."""

    def __init__(self, allowed: Sequence[Choice]) -> None:
        self._allowed = allowed
        self._keys: dict[str, dict[Choice, None]] = defaultdict(dict)
        self._names: dict[str, dict[Choice, None]] = defaultdict(dict)
        for choice in allowed:
            for key in (str(choice.term), *choice.keys):
                self._keys[key][choice] = None
            for name in choice.names:
                self._names[fold(name)][choice] = None
                self._names[slug(name)][choice] = None

    def by_key(self, value: str) -> list[Choice]:
        """Return those with the IRI or the key `value`."""
        return list(self._keys.get(value, {}) | self._keys.get(value.lower(), {}))

    def by_name(self, value: str) -> list[Choice]:
        """Return those with the name `value`, whatever its case, tones and marks."""
        return list(self._names.get(fold(value), {}) | self._names.get(slug(value), {}))

    def by_last_words(self, value: str) -> list[Choice]:
        """Return those of which `value` is the proper name: "Huyện Cát Hải", whose first word is only its kind."""
        end = f"-{slug(value)}"
        return [one for one in self._allowed if len(end) > 1 and any(slug(name).endswith(end) for name in one.names)]


def _nearest(allowed: Iterable[Choice], value: str) -> list[Choice]:
    by_word: dict[str, Choice] = {}
    for choice in allowed:
        by_word.setdefault(choice.key, choice)
        for name in choice.names:
            by_word.setdefault(fold(name), choice)
    near = get_close_matches(fold(value), by_word, n=_NEAREST, cutoff=0.5)
    near += [word for word in by_word if fold(value) in word]
    return list(dict.fromkeys(by_word[word] for word in near))[:_NEAREST]


def _listed(some: Iterable[Choice]) -> str:
    return ", ".join(
        f"{choice.key} ({shorten(choice.label('vi'), _LABEL, placeholder='…')})" if choice.names else choice.key
        for choice in some
    )


def _class(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def _gathered(rows: Iterable[dict[str, Node]]) -> Iterable[Choice]:
    """Yield one choice a thing from the rows of its keys and names."""
    keys: dict[Node, dict[str, None]] = {}
    labels: dict[Node, dict[Literal, None]] = {}
    for row in rows:
        thing = row["thing"]
        known = keys.setdefault(thing, {})
        if "key" in row:
            known[str(row["key"])] = None
        known[_last(thing)] = None
        name = row.get("name")
        if isinstance(name, Literal):
            labels.setdefault(thing, {})[name] = None
    used = Counter(key for known in keys.values() for key in known)
    for thing, known in keys.items():
        # A number that several things bear, as "1" of sections, is no key to offer.
        key = next((key for key in known if used[key] == 1), str(thing))
        yield Choice(thing, key, frozenset(key.lower() for key in known), tuple(labels.get(thing, ())))


def _last(thing: Node) -> str:
    """Return the last step of an IRI: `cau-rao-1`, `Task` → `task`."""
    step = str(thing).rpartition("#" if "#" in str(thing).rpartition("/")[2] else "/")[2]
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in step).lstrip("-") if "#" in str(thing) else step
