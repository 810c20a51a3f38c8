"""The areas that reports are of: the key of each, and the place that it means on a day.

An area is the nation (`vn`), a province (`31-hai-phong`), a district (`31-311-thuy-nguyen`) or a commune: codes and
slug of its name. They change; the place is the state of its time. Not for: places named in a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hpkg.errors import CallerError
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from hpkg.lexicon import Concept, Lexicon

__all__ = ["area_key", "area_place", "body_key", "find_area", "is_valid", "province_of"]

_NATION: Final = "vn"
_CODES: Final = r"\d\d(?:-\d{3})?(?:-\d{5})?"
_STATE: Final = re.compile(rf"(?P<code>{_CODES})(?:-\d{{4}})?")
_CODE: Final = re.compile(rf"(?:{_CODES}|\d{{3}})(?!\d)")
_DISTRICT: Final = re.compile(r"\d{3}")
_PARTS: Final = re.compile(r"[,()/]")
_LATER: Final = ("-2024", "-2025")
"""What the keys of the later states of communes end in."""
_PROVINCE: Final = frozenset({"Province"})
_DISTRICTS: Final = frozenset({"UrbanDistrict", "RuralDistrict", "DistrictTown", "MunicipalCity"})
_COMMUNES: Final = frozenset({"Commune", "Ward", "Township", "SpecialZone"})
_LEVELS: Final = (_PROVINCE, _DISTRICTS, _COMMUNES)
_NEAR: Final = 5
"""How many areas are named to somebody who meant none or several."""


@dataclass(frozen=True, slots=True)
class _Areas:
    """The places that can be areas, communes aside: by code, and by the slugs of their names."""

    by_code: dict[str, list[Concept]] = field(default_factory=dict)
    by_name: dict[str, list[Concept]] = field(default_factory=dict)


@lru_cache(maxsize=4)
def _areas(lexicon: Lexicon) -> _Areas:
    areas = _Areas()
    for place in lexicon.all("place"):
        state = _STATE.fullmatch(place.key) if place.kinds & (_PROVINCE | _DISTRICTS) else None
        if state is not None:
            for code in {state["code"], state["code"].rpartition("-")[2]}:
                areas.by_code.setdefault(code, []).append(place)
        if state is not None or place.key == _NATION:
            for name in _names(lexicon, place):
                areas.by_name.setdefault(name, []).append(place)
    return areas


def _names(lexicon: Lexicon, place: Concept) -> set[str]:
    """Return the slugs of what a place is called: its forms, and its bare name with every word for its kind."""
    kind = lexicon.concept(place.first("placeKind") or "")
    words = lexicon.forms(kind) if kind is not None else []
    bare = lexicon.bare_name(place)
    forms = {*lexicon.forms(place), place.label, bare, *(f"{word} {bare}" for word in words)}
    return {slug(form) for form in forms}


def area_key(lexicon: Lexicon, place: Concept) -> str | None:
    """Return the key of the area that `place` is, None when it is none."""
    if place.key == _NATION:
        return _NATION
    state = _STATE.fullmatch(place.key)
    return None if state is None else f"{state['code']}-{slug(lexicon.bare_name(place))}"


def area_place(lexicon: Lexicon, area: str, day: dt.date | None) -> Concept | None:
    """Return the place that the area key `area` means on `day`, None when there is no such area."""
    if area == _NATION:
        return next(iter(_areas(lexicon).by_name.get("viet-nam", ())), None)
    states = _of_code(lexicon, area)
    return _of_day([state for state in states if area_key(lexicon, state) == area] or states, day)


def find_area(lexicon: Lexicon, said: str, day: dt.date | None = None) -> str:
    """Return the key of the area that `said` means: a key, a code, or a name with or without tone marks.

    Districts and communes are told apart by what they lie in, after a comma (`Châu Thành, Long An`).

    Raises:
        CallerError: There is no such area, or there are several.
    """
    name = slug(said)
    if name == _NATION:
        return name
    found = _of_code(lexicon, name) or _of_name(lexicon, said, day)
    code = _CODE.match(name)
    if code and name != code[0]:
        found = [place for place in found if area_key(lexicon, place) == name]
    standing = [place for place in found if day is not None and is_valid(place, day)] or found
    level = next((kinds for kinds in _LEVELS if any(place.kinds & kinds for place in standing)), None)
    keys = sorted(
        {key for place in standing if level is None or place.kinds & level if (key := area_key(lexicon, place))}
    )
    if not keys:
        near = get_close_matches(name, _areas(lexicon).by_name, n=3) or ["hai-phong", _NATION]
        raise CallerError("area-unknown", where=said, near=", ".join(near))
    if len(keys) > 1:
        raise CallerError("area-ambiguous", where=said, count=len(keys), some=", ".join(keys[:_NEAR]))
    return keys[0]


def _of_code(lexicon: Lexicon, said: str) -> list[Concept]:
    """Return the states of the unit whose code `said` begins with: `31`, `311`, `31-311`, `31-311-11443`."""
    code = _CODE.match(said)
    if code is None or (_DISTRICT.fullmatch(code[0]) and said != code[0]):
        return []
    known = _areas(lexicon).by_code.get(code[0], [])
    if known or "-" not in code[0]:
        return known
    iris = (str(mint("place", f"{code[0]}{state}")) for state in ("", *_LATER))
    return [place for iri in iris if (place := lexicon.concept(iri)) is not None]


def _of_name(lexicon: Lexicon, said: str, day: dt.date | None) -> list[Concept]:
    """Return the places of that name; the parts of an address narrow it down, the largest last."""
    parts = [slug(part) for part in _PARTS.split(said) if slug(part)]
    found: list[Concept] = []
    for at, name in enumerate(reversed(parts)):
        inside = [] if at == 0 else [*_named(_areas(lexicon), name, found), *_communes(lexicon, name, found, day)]
        found = inside if at else list(_areas(lexicon).by_name.get(name, ()))
        if at == 0 and name == _NATION:
            found = list(_areas(lexicon).by_name["viet-nam"])
    return found


def _named(areas: _Areas, name: str, around: Iterable[Concept]) -> list[Concept]:
    """Return the provinces and districts called `name` that lie in one of the places `around`."""
    codes = tuple(
        "" if place.key == _NATION else f"{place.key[:2]}-" for place in around if not place.kinds & _DISTRICTS
    )
    return [place for place in areas.by_name.get(name, ()) if place.key.startswith(codes)]


def _communes(lexicon: Lexicon, name: str, around: Iterable[Concept], day: dt.date | None) -> list[Concept]:
    """Return the communes called `name` of the provinces or districts `around`."""
    held = [place for place in around if place.kinds & (_PROVINCE | _DISTRICTS)]
    found = [
        commune
        for code in sorted({place.key[:2] for place in held})
        for commune in lexicon.communes_of(code)
        if name in _names(lexicon, commune) and any(_is_in(commune, place) for place in held)
    ]
    return [commune for commune in found if day is None or is_valid(commune, day)] or found


def _is_in(commune: Concept, place: Concept) -> bool:
    """Tell whether a commune lies in a province or district."""
    of_province = bool(place.kinds & _PROVINCE) and commune.key.startswith(f"{place.key[:2]}-")
    return of_province or place.iri in commune.links.get("within", ())


def province_of(lexicon: Lexicon, place: Concept) -> Concept | None:
    """Return the province that `place` is or lies in, None for a place of none."""
    open_ = [place]
    while open_:
        one = open_.pop()
        if "Province" in one.kinds:
            return one
        open_ += [other for iri in one.links.get("within", ()) if (other := lexicon.concept(iri))]
    return None


def body_key(lexicon: Lexicon, place: Concept, stem: str, *, party: bool = False) -> str | None:
    """Return the key of the body `stem` of a unit: of a district or commune it is kept with those of the province.

    `Ủy ban nhân dân huyện An Lão` is `31-hai-phong/ubnd-huyen-an-lao`; the name of a committee of the Party holds the
    kind of the unit already. None for a place that has no such bodies.
    """
    if place.key == _NATION:
        return f"{_NATION}/{stem}"
    province = province_of(lexicon, place)
    if province is None:
        return None
    own = f"{area_key(lexicon, province)}/{stem}"
    if place.iri == province.iri:
        return own
    return f"{own}-{slug(lexicon.bare_name(place) if party else place.label)}"


def _of_day(states: Iterable[Concept], day: dt.date | None) -> Concept | None:
    """Return the state that stands on `day`; none does, or no day is given: the first."""
    known = list(states)
    standing = [state for state in known if day is not None and is_valid(state, day)]
    return next(iter(standing or known), None)


def is_valid(place: Concept, day: dt.date) -> bool:
    """Tell whether `place` stood as such on `day`."""
    since, until = place.first("validFrom"), place.first("validTo")
    said = day.isoformat()
    return (since is None or since[:10] <= said) and (until is None or said <= until[:10])
