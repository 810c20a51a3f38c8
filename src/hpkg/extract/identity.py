"""The words by which a named thing is known, however a report puts them: what else they say is left out.

`Quy hoạch chung thành phố đến năm 2035` and `Đồ án Quy hoạch chung thành phố Hải Phòng đến năm 2035` are one plan. Not
for: things that have a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.extract.analysis import Analysis

__all__ = ["is_home", "plain_words"]

_OF_THE_AREA: Final = frozenset({"city", "province"})
_LINKS: Final = ("issued-by", "locative", "draft", "vision")


def is_home(analysis: Analysis, iri: str) -> bool:
    """Tell whether a place is the area of the report, in one of its states."""
    code = analysis.document.source.area.partition("-")[0]
    key = iri.rpartition("/")[2]
    return key == code or (key.startswith(f"{code}-20") and len(key) == len(code) + 5)


def plain_words(analysis: Analysis, start: int, end: int, drop: Iterable[str] = ()) -> str:
    """Return the slug of the words in `start` to `end`, less those that do not tell one thing from another.

    Left out are the report's own area, words such as `của`, `trên địa bàn` and `đồ án`, and the cues in `drop`.
    """
    spans: list[tuple[int, int]] = []
    placed: list[tuple[int, int]] = []
    for match in analysis.matches("place", start, end):
        placed.append((match.start, match.end))
        if is_home(analysis, match.concept.iri):
            spans.append((match.start, match.end))
    for kind in analysis.matches("place-kind", start, end):
        inside = any(first <= kind.start and kind.end <= last for first, last in placed)
        if kind.concept.key in _OF_THE_AREA and not inside:
            spans.append((kind.start, kind.end))
    spans += [(cue.start, cue.end) for key in (*_LINKS, *drop) for cue in analysis.cues(key, start, end)]
    kept = [
        token.text
        for token in analysis.tokens(start, end)
        if not any(first <= token.start and token.end <= last for first, last in spans)
    ]
    return slug(" ".join(kept))
