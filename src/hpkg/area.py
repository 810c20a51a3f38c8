"""The areas that reports are of: the key of each, and the place that it means on a day.

An area is the nation (`vn`), a province (`31-hai-phong`) or a district (`31-311-thuy-nguyen`): code and slug of its
name. Provinces and districts change; the place is the state of its time. Not for: places named in a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hpkg.errors import CallerError
from hpkg.namespaces import slug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from hpkg.lexicon import Concept, Lexicon

__all__ = ["area_key", "area_place", "find_area", "is_valid"]

_NATION: Final = "vn"
_STATE: Final = re.compile(r"(?P<code>\d\d(?:-\d{3})?)(?:-\d{4})?")
_CODE: Final = re.compile(r"\d\d(?:-\d{3})?(?!\d)")
_KINDS: Final = frozenset({"Province", "UrbanDistrict", "RuralDistrict", "DistrictTown", "MunicipalCity"})


@dataclass(frozen=True, slots=True)
class _Areas:
    """The places that can be areas, by code and, the provinces and the nation, by the slugs of their names."""

    by_code: dict[str, list[Concept]] = field(default_factory=dict)
    by_name: dict[str, list[Concept]] = field(default_factory=dict)


@lru_cache(maxsize=4)
def _areas(lexicon: Lexicon) -> _Areas:
    areas = _Areas()
    for place in lexicon.all("place"):
        state = _STATE.fullmatch(place.key) if place.kinds & _KINDS else None
        if state is not None:
            areas.by_code.setdefault(state["code"], []).append(place)
        if "Province" in place.kinds or place.key == _NATION:
            for form in lexicon.forms(place):
                areas.by_name.setdefault(slug(form), []).append(place)
    return areas


def area_key(place: Concept) -> str | None:
    """Return the key of the area that `place` is, None when it is none."""
    if place.key == _NATION:
        return _NATION
    state = _STATE.fullmatch(place.key)
    return None if state is None else f"{state['code']}-{slug(place.label)}"


def area_place(lexicon: Lexicon, area: str, day: dt.date) -> Concept | None:
    """Return the place that the area key `area` means on `day`, None when there is no such area."""
    if area == _NATION:
        return next(iter(_areas(lexicon).by_name.get("viet-nam", ())), None)
    code = _CODE.match(area)
    states = _areas(lexicon).by_code.get(code[0], []) if code else []
    return _of_day([state for state in states if area_key(state) == area] or states, day)


def find_area(lexicon: Lexicon, said: str, day: dt.date | None = None) -> str:
    """Return the key of the area that `said` means: a key, a code, or a name with or without tone marks.

    Raises:
        CallerError: There is no such area.
    """
    areas = _areas(lexicon)
    name = slug(said)
    if name == _NATION:
        return name
    code = _CODE.match(name)
    found = areas.by_name.get(name) or (areas.by_code.get(code[0], []) if code else [])
    if code and name != code[0]:
        found = [place for place in found if area_key(place) == name]
    chosen = _of_day(found, day)
    key = None if chosen is None else area_key(chosen)
    if key is None:
        near = get_close_matches(name, areas.by_name, n=3) or ["hai-phong", _NATION]
        raise CallerError("area-unknown", where=said, near=", ".join(near))
    return key


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
