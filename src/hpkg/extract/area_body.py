"""Bodies that every area has: `Sở Tài chính`, `Ủy ban nhân dân huyện Cát Hải`, `Tỉnh ủy`.

The vocabulary of kinds of organisation gives what stands before the name of the area; the area is the one that is named
after it, or the report's own. Not for: bodies of the nation or of the world, which the reference data describe.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.area import area_key, area_place, body_key, province_of
from hpkg.grammar.word import tokens
from hpkg.lexicon import Concept
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    import datetime as dt

    from hpkg.lexicon import Lexicon

__all__ = ["AreaBodies"]

_NATION: Final = "vn"
_COUNCILS: Final = {"peoples-committee": "ubnd", "peoples-council": "hdnd"}
"""Kinds whose abbreviation is their name in IRIs."""

_ALONE: Final = frozenset({"department"})
"""Kinds of body whose name without an area means that of the report's own area."""

_BARE: Final = frozenset({"newspaper"})
"""Kinds of body that bear the bare name of their area: `Báo Hà Nam`."""

_OWN: Final = {"province": "provincial-", "city": "city-"}
"""How the keys of Party bodies begin, by the kind of the area whose they are."""

_LEVELS: Final = _OWN | {
    "municipal-city": "city-",
    "rural-district": "district-",
    "urban-district": "urban-district-",
    "district-town": "town-",
    "commune": "commune-",
}
"""The same for all kinds of area that have such bodies."""

_UNITS: Final = frozenset({*_LEVELS, "ward", "township", "special-zone"})
"""Kinds of area that have bodies of their own."""

_ALSO: Final = {"municipal-city": "city"}
"""Kinds of area that a shorter word stands for."""


class AreaBodies:
    """The bodies of the areas that one report speaks of."""

    def __init__(self, lexicon: Lexicon, area: str, day: dt.date, issuer: str = "") -> None:
        """Name bodies as a report of the area with key `area` by the body with key `issuer` does on `day`."""
        self._issuer = issuer
        self._lexicon = lexicon
        self._area = area
        self._day = day
        home = area_place(lexicon, area, day)
        self._province = province_of(lexicon, home) if home is not None else None
        self._home = home if self._province is not None else None
        self.areas = frozenset({area, *([self.province_key(home) or area] if home is not None else [])})
        """The keys of the report's own area and of the province around it."""

    def keyed(self, key: str) -> Concept | None:
        """Return the body with key `key` of a province (`31-hai-phong/so-y-te`), or of the report's own unit."""
        place = area_place(self._lexicon, key.partition("/")[0], self._day)
        places = [one for one in (place, self._home, *self._own_units) if one is not None]
        kinds = [kind for kind in self._lexicon.all("organisation-kind") if self.is_body(kind)]
        bodies = (self.of(kind, one) for one in places for kind in kinds)
        return next((body for body in bodies if body is not None and body.key == key), None)

    def is_body(self, kind: Concept) -> bool:
        """Tell whether a kind is one that every area has one of."""
        return kind.key in _COUNCILS or kind.first("broader") is not None

    def stands_alone(self, kind: Concept) -> bool:
        """Tell whether the name of a body without an area means that of the report's own."""
        if self._home is None:
            return False
        narrower = kind.key != kind.broadest and kind.broadest in _COUNCILS
        return narrower or kind.broadest in _ALONE or self._is_of_level(kind, self._home) or self._is_of_province(kind)

    def _is_of_level(self, kind: Concept, place: Concept) -> bool:
        """Tell whether the name of a body says that it is one of units such as `place` (`Huyện ủy`)."""
        return kind.key.startswith(_LEVELS.get(self._kind_of(place), "-"))

    def _is_of_province(self, kind: Concept) -> bool:
        """Tell whether a body that is named without its area is that of the province around the report's own."""
        if self._home is None or self._province is None or self._is_of_level(kind, self._home):
            return False
        return kind.broadest in _ALONE or self._is_of_level(kind, self._province)

    def is_homeless(self, kind: Concept) -> bool:
        """Tell whether a body that bears its level in its name is that of no area: `Tỉnh ủy` in a national text."""
        return self._home is None and kind.key.startswith(tuple(_OWN.values()))

    def own_unit(self, level: str) -> Concept | None:
        """Return the unit that a word for a kind of area (`province`, `district`) without a name means.

        It is the report's own area, one around it, or the district or commune whose body issued the report.
        """
        units = (*self._around, *self._own_units)
        return next((place for place in units if level in self._words_for(place)), None)

    def _words_for(self, place: Concept) -> tuple[str, ...]:
        kind = self._kind_of(place)
        return (kind, _ALSO[kind]) if kind in _ALSO else (kind,)

    @cached_property
    def _around(self) -> list[Concept]:
        """Return the report's own area and the units that it lies in, the nearest first."""
        found = [self._home] if self._home is not None else []
        for place in found:
            within = (self._lexicon.concept(iri) for iri in place.links.get("within", ()))
            found += [other for other in within if other is not None and self._kind_of(other) in _UNITS]
        return found

    @cached_property
    def _own_units(self) -> list[Concept]:
        """Return the units of the report's own area whose name its issuer bears."""
        named = self._issuer.rpartition("/")[2]
        return [
            place
            for place in self._lexicon.all("place")
            if not place.kinds & {"Province", "Region"}
            and named.endswith(f"-{slug(place.label)}")
            and self.province_key(place) == self._area
        ]

    def at_home(self, kind: Concept) -> Concept | None:
        """Return the body of `kind` of the report's own area, or of the province around it that alone has such."""
        place = self._province if self._is_of_province(kind) else self._home
        return None if place is None else self.of(kind, place)

    def leading(self, top: str) -> Concept | None:
        """Return the body of the report's own area that leads it, of the broad kind `top`: its Party committee, say."""
        if self._home is None:
            return None
        own = _LEVELS.get(self._kind_of(self._home), "-")
        kinds = [kind for kind in self._lexicon.all("organisation-kind") if self.is_body(kind)]
        kinds = [kind for kind in kinds if kind.key == top or (kind.key == f"{own}{top}" and kind.broadest == top)]
        return self.at_home(kinds[0]) if kinds else None

    def of(self, kind: Concept, place: Concept) -> Concept | None:
        """Return the body of `kind` of a province, district or commune."""
        stem = self._stem(kind)
        own = slug(stem) if kind.key not in _COUNCILS else _COUNCILS[kind.key]
        key = body_key(self._lexicon, place, own, party=kind.broadest == "party-committee")
        if key is None or place.key == _NATION:
            return None
        iri = str(mint("organisation", key))
        return self._lexicon.concept(iri) or Concept(
            iri=iri,
            scheme="organisation",
            key=key,
            kinds=frozenset({"Organisation"}),
            label=f"{stem} {self._named(kind, place)}",
            label_en=f"{kind.label_en} of {self._lexicon.bare_name(place)}",
            links={"organisationKind": (str(mint("organisation-kind", kind.broadest)),), "ofArea": (place.iri,)},
        )

    def province_key(self, place: Concept) -> str | None:
        """Return the key of the area of the province that `place` is or lies in, None for a place of no province."""
        province = province_of(self._lexicon, place)
        return None if province is None else area_key(self._lexicon, province)

    def _stem(self, kind: Concept) -> str:
        """Return the name of a kind of body without the word for the kind of area that it may end with."""
        run = tokens(kind.label)
        for at in range(1, len(run)):
            heads = self._lexicon.find_at(run, "place-kind", at)
            if heads and heads[0].last == len(run) and heads[0].concept.key in _OWN:
                return kind.label[: run[at - 1].end]
        return kind.label

    def _named(self, kind: Concept, place: Concept) -> str:
        """Return the area as it stands after the name of a body: a Party committee names the kind itself."""
        bare = self._lexicon.bare_name(place)
        if kind.broadest.startswith("party-") and kind.key.startswith(tuple(_OWN.values())):
            return bare
        if kind.broadest == "party-committee" or kind.key in _BARE:
            return bare
        word = self._lexicon.concept(place.first("placeKind") or "")
        if "Province" in place.kinds and word is not None:
            return f"{word.label} {bare}"
        return f"{place.label[:1].lower()}{place.label[1:]}"

    def _kind_of(self, place: Concept) -> str:
        return (place.first("placeKind") or "").rpartition("/")[2]
