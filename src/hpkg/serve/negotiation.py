"""Which format a client gets: content negotiation after RFC 9110, section 12.5.

Not for: which formats there are (`hpkg.store.formats`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hpkg.messages import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Range", "choose", "chosen_language", "is_current", "ranges"]

_PARAMETER: Final = re.compile(r';\s*([!#$%&\'*+.^_`|~\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;,"]*)\s*')
_RANGE: Final = re.compile(rf"\s*([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)\s*((?:{_PARAMETER.pattern})*)")
_CHARSETS: Final = {"utf-8", "utf8"}


@dataclass(frozen=True, slots=True)
class Range:
    """A media range of an `Accept` field: type, subtype, parameters, and its weight from 0 to 1."""

    kind: str
    subtype: str
    parameters: tuple[tuple[str, str], ...]
    weight: float

    def specificity(self, media_type: str) -> int:
        """Return how closely the range names `media_type`: 0 not at all, 4 with parameters.

        We write UTF-8 and nothing else; other parameters of a range name something we do not have.
        """
        kind, _, subtype = media_type.partition("/")
        told = [(name, value) for name, value in self.parameters if name != "charset" or value not in _CHARSETS]
        if told and not all(name == "version" for name, _ in told):
            return 0
        if (self.kind, self.subtype) == (kind, subtype):
            return 4 if self.parameters else 3
        if (self.kind, self.subtype) == (kind, "*"):
            return 2
        return 1 if (self.kind, self.subtype) == ("*", "*") else 0


@lru_cache(maxsize=512)
def ranges(accept: str) -> tuple[Range, ...]:
    """Return the media ranges of an `Accept` field; what is none is passed over.

    >>> [(r.subtype, r.weight) for r in ranges("text/turtle;q=0.5, application/*, nonsense")]
    [('turtle', 0.5), ('*', 1.0)]
    """
    found: list[Range] = []
    for match in _RANGE.finditer(accept):
        weight = 1.0
        parameters: list[tuple[str, str]] = []
        for name, value in _PARAMETER.findall(match[3]):
            plain = value[1:-1].lower() if value.startswith('"') else value.lower()
            if name.lower() == "q":
                weight = _weight(plain)
                break  # what stands behind the weight is an extension that nobody uses
            parameters.append((name.lower(), plain))
        found.append(Range(match[1].lower(), match[2].lower(), tuple(parameters), weight))
    return tuple(found)


def choose(accept: str, offers: Sequence[str]) -> str | None:
    """Return the media type of `offers` that `accept` likes best, or None if it takes none of them.

    The weight of an offer is that of the range that names it most closely. Among equals the one that is named most
    closely wins, then the one offered first. An empty field takes anything.

    >>> choose("text/*;q=0.9, text/turtle;q=0.1, application/ld+json;q=0.5", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> choose("image/png", ["text/turtle"])
    """
    return _chosen(accept, tuple(offers))


@lru_cache(maxsize=1024)  # clients are few, and each says the same each time
def _chosen(accept: str, offers: tuple[str, ...]) -> str | None:
    told = ranges(accept)
    if not told:
        return None if accept.strip() else offers[0]
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for offer in offers:
        specificity, weight = max(((r.specificity(offer), r.weight) for r in told), default=(0, 0.0))
        if specificity and weight and (weight, specificity) > best:
            best, chosen = (weight, specificity), offer
    return chosen


@lru_cache(maxsize=512)
def chosen_language(accept_language: str) -> Language:
    """Return the language of ours that an `Accept-Language` field likes best; English if it takes neither.

    >>> chosen_language("vi-VN,vi;q=0.9,en;q=0.8")
    'vi'
    """
    best, chosen = 0.0, "en"
    for part in accept_language.lower().split(","):
        tag, _, rest = part.strip().partition(";")
        language = tag.strip().partition("-")[0]
        weight = _weight(rest.partition("q=")[2].strip() or "1")
        if language in LANGUAGES and weight > best:
            best, chosen = weight, language
    return next(language for language in LANGUAGES if language == chosen)


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


def is_current(told: str, tag: str) -> bool:
    """Tell whether an `If-None-Match` field names the entity tag (RFC 9110, section 13.1.2: weak comparison).

    >>> is_current('W/"a", "b"', '"a"'), is_current("*", '"a"'), is_current("", '"a"')
    (True, True, False)
    """
    bare = tag.removeprefix("W/")
    return told.strip() == "*" or bare in {part.strip().removeprefix("W/") for part in told.split(",")}
