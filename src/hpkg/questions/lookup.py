"""How a person may name one thing: an IRI, a key, a name with tones or without.

Not for: describing it (`hpkg.questions.description`), or free words (`hpkg.search`).
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from hpkg.errors import CallerError
from hpkg.namespaces import BASE, PREFIXES, fold
from hpkg.questions.labels import Labels
from hpkg.store.query import written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.store import Store

__all__ = ["find"]

_SHOWN: Final = 8

_NAMES: Final = """
SELECT ?thing ?name WHERE {
  VALUES ?naming {
    skos:prefLabel skos:altLabel skos:hiddenLabel rdfs:label hp:sourceLabel
    skos:notation hp:gsoCode hp:documentNumber hp:ordinal
  }
  ?thing ?naming ?name
}"""

_ENDING: Final = """
SELECT DISTINCT ?thing WHERE {
  VALUES ?ending { UNDEF }
  ?thing a ?kind FILTER(STRENDS(LCASE(STR(?thing)), ?ending))
} ORDER BY ?thing"""

_SPOKEN: Final = """
SELECT DISTINCT ?thing WHERE {
  VALUES ?thing { UNDEF }
  ?said ?property ?thing ; hp:evidence ?passage .
}"""


def find(store: Store, name: str) -> URIRef:
    """Return the thing that `name` means: an IRI, `hp:Task`, a key (`p2.v.4.9`, `311`, `42/NQ-CP`), or a name.

    Of several things of that name it is the one that reports speak of.

    Raises:
        CallerError: Nothing has that name, or several things have it.
    """
    iri = _iri(name)
    if iri is not None:
        if store.ask("ASK { VALUES ?thing { UNDEF } ?thing ?property ?value }", {"thing": iri}):
            return iri
        raise CallerError("thing-unknown", where=name, nearest="–")
    found = [str(row["thing"]) for row in store.select(_ENDING, {"ending": Literal(f"/{name.lower()}")})]
    found = [thing for thing in found if "/sentence/" in thing or "/section/" in thing] or found
    named: dict[str, dict[str, None]] = {}
    spelt: dict[str, str] = {}
    if not found:
        for row in store.select(_NAMES):
            known = fold(str(row["name"]))
            named.setdefault(known, {})[str(row["thing"])] = None
            spelt.setdefault(known, str(row["name"]))
        found = list(named.get(fold(name), {})) or [
            thing for known, things in named.items() if known.endswith(f" {fold(name)}") for thing in things
        ]
    if len(set(found)) > 1:
        found = _spoken_of(store, found) or found
    if len(set(found)) == 1:
        return URIRef(found[0])
    if found:
        labels = Labels(store, "vi").of(found[:_SHOWN])
        shown = "\n  ".join(f"{thing}  {labels[thing]}" for thing in found[:_SHOWN])
        raise CallerError("thing-ambiguous", where=name, count=len(set(found)), choices=shown)
    near = get_close_matches(fold(name), named, n=5, cutoff=0.6)
    raise CallerError("thing-unknown", where=name, nearest=", ".join(spelt[known] for known in near) or "–")


def _spoken_of(store: Store, found: Sequence[str]) -> list[str]:
    """Return those of the things found that something stated by a report points to."""
    terms = " ".join(written(URIRef(thing)) for thing in found)
    spoken = {str(row["thing"]) for row in store.select(_SPOKEN.replace("UNDEF", terms))}
    return [thing for thing in found if thing in spoken]


def _iri(name: str) -> URIRef | None:
    bare = name.strip().removeprefix("<").removesuffix(">")
    if bare.startswith(("http://", "https://")):
        return URIRef(bare)
    if bare.startswith(("id/", "def#", "graph/", "query/")):
        return URIRef(BASE + bare)
    prefix, colon, local = bare.partition(":")
    return URIRef(PREFIXES[prefix] + local) if colon and prefix in PREFIXES else None
