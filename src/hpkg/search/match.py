"""Which characters of a text answer to the words asked for, and which report a person means.

Not for: choosing texts.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from hpkg.errors import CallerError
from hpkg.namespaces import fold, slug
from hpkg.search.word import Word, beginning, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hpkg.search.hit import Report

__all__ = ["highlights", "nearest_report"]

_BETWEEN: Final = re.compile(r"[\s\u00a0‐–/-]*")
_NEAREST: Final = 3


def highlights(text: str, asked: Sequence[Word], *, exact: bool) -> tuple[tuple[int, int], ...]:
    """Return the spans of `text` that match; words side by side are one span.

    Where all words stand side by side, only there; else each of them wherever it stands.

    >>> highlights("Cầu Rào 1 và cầu Niệm", list(words("cau ra")), exact=False)
    ((0, 6),)
    >>> highlights("Cầu Rào 1 và cầu Niệm", list(words("rao cau")), exact=False)
    ((0, 7), (13, 16))
    """
    form = "exact" if exact else "folded"
    wanted = [str(getattr(word, form)) for word in asked]
    said = list(words(text))
    runs = [place for place in range(len(said)) if _side_by_side(said[place:], wanted, form)]
    matched = {place + step for place in runs for step in range(len(wanted))} or {
        place for place, word in enumerate(said) if getattr(word, form) in wanted or _begins(word, wanted[-1], form)
    }
    spans: list[tuple[int, int]] = []
    for place in sorted(matched):
        word = said[place]
        whole = getattr(word, form) in wanted
        end = word.end if whole else beginning(text, word, asked[-1].folded)
        if spans and _BETWEEN.fullmatch(text, spans[-1][1], word.start):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((word.start, end))
    return tuple(spans)


def _side_by_side(said: Sequence[Word], wanted: Sequence[str], form: str) -> bool:
    """Tell whether `said` begins with the words wanted, of the last at least with its beginning."""
    *first, last = wanted
    return (
        len(said) >= len(wanted)
        and all(getattr(word, form) == want for word, want in zip(said, first, strict=False))
        and _begins(said[len(first)], last, form)
    )


def _begins(word: Word, wanted: str, form: str) -> bool:
    return str(getattr(word, form)).startswith(wanted)


def nearest_report(said: str, reports: Iterable[Report]) -> str:
    """Return the IRI of the report that `said` means: by IRI, key, number, or words of its title.

    Raises:
        CallerError: None is meant, or more than one.
    """
    known = tuple(reports)
    wanted = slug(said)
    ways = (
        [report for report in known if said in {report.iri, report.key}],
        [report for report in known if wanted in {slug(name) for name in (*report.names, report.key)}],
        [
            report
            for report in known
            if wanted and any(f"-{wanted}-" in f"-{slug(n)}-" for n in (*report.names, report.key))
        ],
    )
    meant = next((way for way in ways if way), [])
    if len(meant) == 1:
        return meant[0].iri
    shown = meant or [
        report for report in known if get_close_matches(fold(said), [fold(name) for name in report.names], n=1)
    ]
    listed = ", ".join(report.key for report in (shown or known)[:_NEAREST]) or "–"
    raise CallerError("search-report-ambiguous" if meant else "search-report-unknown", where=said, known=listed)
