"""Where a project lies by its name: `Flamingo Cát Bà` on Cát Bà.

Only kinds of project that are called after the ground they stand on, and only the whole proper name of a place within
the area of the report that names the project. Streets, bridges, squares, schools and monuments are called after
persons, events and other places, and give none. Not for: places that the text states (`hp:locatedIn`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from rdflib import URIRef

from hpkg.namespaces import fold, mint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hpkg.store import Store

__all__ = ["Location", "locations"]

_SITED: Final = frozenset(
    mint("project-kind", key)
    for key in (
        *(
            "airport",
            "port",
            "passenger-quay",
            "logistics-centre",
            "economic-zone",
            "industrial-park",
            "high-tech-park",
        ),
        *("industrial-cluster", "factory", "power-plant", "substation", "waste-treatment-plant", "water-supply"),
        *("reservoir", "hotel", "resort", "tourism-area", "theme-park", "amusement-park", "golf-course"),
        *("shopping-centre", "market", "exhibition-centre", "housing", "building", "mixed-use-building", "urban-area"),
    )
)
"""Kinds of project that are called after the ground they stand on."""

_RANKS: Final = (
    frozenset({"urban-district", "rural-district", "district-town", "municipal-city"}),
    frozenset({"island"}),
    frozenset({"commune", "ward", "township", "special-zone"}),
    frozenset({"locality"}),
)
"""Kinds of place that a project can lie in; of several with one name the first is the widest, and so the safest."""

_PROJECTS: Final = """
SELECT DISTINCT ?project ?label ?kind ?area ?day WHERE {
  ?project a hp:Project ; skos:prefLabel ?label ; hp:projectKind ?kind ; hp:evidence/hp:inReport ?report .
  ?report hp:refArea ?area ; hp:dateIssued ?day .
  FILTER NOT EXISTS { ?project hp:locatedIn ?anywhere }
  FILTER NOT EXISTS { ?area a hp:Country }
}
"""
_PLACES: Final = """
SELECT DISTINCT ?place ?label ?kind ?area ?from ?to WHERE {
  ?place hp:placeKind ?kind ; skos:prefLabel|skos:altLabel ?label ; hp:within+ ?area .
  FILTER(LANG(?label) = "vi")
  OPTIONAL { ?place hp:validFrom ?from } OPTIONAL { ?place hp:validTo ?to }
}
"""
_WORDS: Final = """
SELECT ?kind ?label WHERE { ?kind a ?class ; skos:prefLabel|skos:altLabel ?label FILTER(LANG(?label) = "vi")
  VALUES ?class { hp:PlaceKind hp:ProjectKind } }
"""
_WORD: Final = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*|[-–—/,.;:()“”\"]")
_SYLLABLE: Final = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph|qu|r|s|th?|tr|v|x)?"
    r"(?:ieu|yeu|uoi|uou|uya|uye|uyu|oai|oay|oeo|uai|uay|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|oo|ua|ue|ui|uo|uu|uy|ye|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)
"""The shape of a Vietnamese syllable without its marks; `Flamingo` and `Beach` are none."""
_JOINTS: Final = frozenset("-–—/")
_SHORTEST: Final = 2
"""Words of a proper name at least: one alone is too common."""

_Name: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """A project and the place whose name its own name holds."""

    project: URIRef
    place: URIRef


@dataclass(frozen=True, slots=True)
class _Place:
    iri: URIRef
    area: URIRef
    rank: int
    since: str
    until: str

    def stood(self, day: str) -> bool:
        """Tell whether it was there on `day`, in ISO 8601."""
        return self.since <= day and (not self.until or day <= self.until)


def locations(store: Store) -> list[Location]:
    """Return the places that the names of projects tell, for projects without a stated place, in order of IRIs."""
    words = _kind_words(store)
    elsewhere = {
        words_ for kind, all_ in words.items() if "/project-kind/" in kind for words_ in all_ if kind not in _SITED
    }
    named = _places(store, words)
    found: set[tuple[URIRef, URIRef]] = set()
    for row in store.select(_PROJECTS):
        if URIRef(str(row["kind"])) in _SITED:
            place = _place_in(str(row["label"]), named, str(row["area"]), str(row["day"]), elsewhere)
            if place is not None:
                found.add((URIRef(str(row["project"])), place))
    return [Location(*pair) for pair in sorted(found)]


def _kind_words(store: Store) -> dict[URIRef, set[_Name]]:
    """Return the words for each kind of place and of project, in small letters."""
    words: dict[URIRef, set[_Name]] = defaultdict(set)
    for row in store.select(_WORDS):
        words[URIRef(str(row["kind"]))].add(tuple(_split(str(row["label"]).lower())))
    return words


def _places(store: Store, words: Mapping[URIRef, set[_Name]]) -> dict[_Name, list[_Place]]:
    """Return the places that a project can lie in, by the keys of the words of their proper names."""
    ranks = {mint("place-kind", key): rank for rank, keys in enumerate(_RANKS) for key in keys}
    named: dict[_Name, list[_Place]] = defaultdict(list)
    for row in store.select(_PLACES):
        kind = URIRef(str(row["kind"]))
        if kind in ranks:
            name = _proper(_split(str(row["label"])), words.get(kind, set()))
            place = _Place(
                URIRef(str(row["place"])),
                URIRef(str(row["area"])),
                ranks[kind],
                str(row.get("from", "")),
                str(row.get("to", "")),
            )
            if len(name) >= _SHORTEST and all(word[:1].isupper() for word in name):
                named[tuple(map(_key, name))].append(place)
    return named


def _proper(name: Sequence[str], words: set[_Name]) -> Sequence[str]:
    """Return the name of a place without the word for its kind that it begins with."""
    heads = [len(word) for word in words if tuple(one.lower() for one in name[: len(word)]) == word]
    return name[max(heads, default=0) :]


def _place_in(
    label: str, named: Mapping[_Name, list[_Place]], area: str, day: str, elsewhere: set[_Name]
) -> URIRef | None:
    """Return the one place of `area` that `label` names by its whole proper name; None where it names more."""
    words = _split(label)
    told: set[_Name] = set()
    for at in range(len(words)):
        for end in range(at + _SHORTEST, len(words) + 1):
            name = tuple(map(_key, words[at:end]))
            if name in named and words[at][:1].isupper() and _is_whole(words, at, end, elsewhere):
                told.add(name)
    if len(told) != 1:
        return None
    known = [place for place in named[told.pop()] if str(place.area) == area and place.stood(day)]
    widest = {place.iri for place in known if place.rank == min(one.rank for one in known)}
    return widest.pop() if len(widest) == 1 else None


def _is_whole(words: Sequence[str], at: int, end: int, elsewhere: set[_Name]) -> bool:
    """Tell whether no longer name holds `words` from `at` to `end`, nor a word for what others name leads."""
    before, after = words[:at], words[end:]
    if (before and before[-1] in _JOINTS) or (after and (after[0] in _JOINTS or _goes_on(after[0]))):
        return False
    lower = tuple(word.lower() for word in before)
    if any(lower[-len(word) :] == word for word in elsewhere):
        return False
    return len(before) <= 1 or not _goes_on(before[-1])


def _goes_on(word: str) -> bool:
    """Tell whether a word beside a name can be part of it: a Vietnamese syllable with a capital."""
    return word[:1].isupper() and _SYLLABLE.fullmatch(fold(word)) is not None


def _split(label: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", label))


def _key(word: str) -> str:
    """Return `word` in small letters, the same wherever its tone mark stands (`Thủy`, `Thuỷ`)."""
    return "".join(sorted(unicodedata.normalize("NFD", word.lower()))) + fold(word)
