"""The slips of the source and their mended forms.

What is mended is what the vocabularies know: a hidden label that stands for a right one, a name in lower case, a
document number whose code cannot be, a date with a broken word. The source keeps its characters; labels take the
mended form.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.grammar.word import tokens
from hpkg.model import Correction
from hpkg.namespaces import fold, mint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.grammar.word import Token
    from hpkg.lexicon import Match

__all__ = ["CorrectionReader"]

_SCHEMES: Final = (
    "place", "organisation", "indicator", "pillar", "project-kind", "project-status", "document-kind", "topic", "unit",
    "omission-kind", "attainment", "cue/task-verb", "cue/annex", "cue/causes", "section-role",
)  # fmt: skip
_NAMES: Final = frozenset({"place", "organisation"})
_FARTHEST: Final = 2


class CorrectionReader:
    """The slips of one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis

    @cached_property
    def facts(self) -> list[Correction]:
        """Return the corrections in text order, each place once."""
        found: dict[int, Correction] = {}
        for made in (*self._numbers(), *self._dates(), *self._words()):
            if not any(known.start < made.end and made.start < known.end for known in found.values()):
                found[made.start] = made
        return [found[start] for start in sorted(found)]

    def mend(self, label: str) -> str:
        """Return `label` with the slips of the report mended."""
        for made in self.facts:
            label = label.replace(squeeze(made.surface), made.normalised)
        return label

    def _numbers(self) -> Iterator[Correction]:
        for leaf in self._analysis.leaves:
            for number in self._analysis.document_numbers(leaf.start, leaf.end):
                if number.corrections:
                    yield self._correction(number.start, number.end, number.normalised, number.corrections[0].reason)

    def _dates(self) -> Iterator[Correction]:
        for leaf in self._analysis.leaves:
            for date in self._analysis.dates(leaf.start, leaf.end):
                if date.mended is not None and date.mended != date.text:
                    yield self._correction(date.start, date.end, date.mended, "ocr-slip")

    def _words(self) -> Iterator[Correction]:
        for scheme in _SCHEMES:
            for leaf in self._analysis.leaves:
                for match in self._analysis.matches(scheme, leaf.start, leaf.end):
                    if match.role == "slip":
                        yield from self._slip(match)
                    elif scheme in _NAMES and match.role == "label":
                        yield from self._lowered(match)

    def _slip(self, match: Match) -> Iterator[Correction]:
        """Yield the mending of a hidden label that is a right label but for a few letters."""
        printed = tokens(self._analysis.text[match.start : match.end])
        best: tuple[int, list[str]] | None = None
        for form in self._analysis.lexicon.forms(match.concept):
            right = tokens(form)
            if len(right) != len(printed):
                continue
            far = sum(_distance(one.form, other.form) for one, other in zip(printed, right, strict=True))
            if 0 < far <= _FARTHEST and (best is None or far < best[0]):
                best = far, [token.text for token in right]
        if best is not None:
            first, last = _differing([token.form for token in printed], [word.lower() for word in best[1]])
            run = printed[first:last]
            cased = [_like(token.text, right) for token, right in zip(run, best[1][first:last], strict=True)]
            start, end = match.start + run[0].start, match.start + run[-1].end
            yield self._correction(start, end, _join(self._analysis.text[start:end], run, cased), "ocr-slip")

    def _lowered(self, match: Match) -> Iterator[Correction]:
        """Yield the mending of a name whose capital the source lost."""
        text = self._analysis.text[match.start : match.end]
        printed, right = tokens(text), tokens(match.form)
        if len(printed) != len(right) or not any(token.text[:1].isupper() for token in printed):
            heads = self._analysis.matches("place-kind", match.start, match.end)
            if len(printed) != len(right) or not heads or heads[0].start != match.start:
                return
        lost = [
            other.text if token.text[:1].islower() and other.text[:1].isupper() and at else token.text
            for at, (token, other) in enumerate(zip(printed, right, strict=True))
        ]
        if lost != [token.text for token in printed]:
            yield self._correction(match.start, match.end, _join(text, printed, lost), "lower-cased-name")

    def _correction(self, start: int, end: int, normalised: str, reason: str) -> Correction:
        return Correction(
            id=str(mint("correction", self._analysis.report, f"c{start}")),
            **self._analysis.stated(start, end),
            surface=self._analysis.text[start:end],
            normalised=normalised,
            reason=reason,
        )


def _differing(printed: list[str], right: list[str]) -> tuple[int, int]:
    """Return the range of words that differ, with the neighbour that makes a lone syllable a word."""
    far = [at for at, (one, other) in enumerate(zip(printed, right, strict=True)) if one != other]
    first, last = far[0], far[-1] + 1
    if last - first == 1 and last < len(printed):
        last += 1
    elif last - first == 1 and first > 0:
        first -= 1
    return first, last


def _like(printed: str, right: str) -> str:
    """Return `right` in the case of `printed`."""
    if printed.isupper() and len(printed) > 1:
        return right.upper()
    return right[:1].upper() + right[1:] if printed[:1].isupper() else right


def _join(text: str, printed: Sequence[Token], words: Sequence[str]) -> str:
    """Return `words` with the spaces that stand between the `printed` tokens of `text`."""
    start = printed[0].start
    gaps = [text[one.end - start : other.start - start] for one, other in pairwise(printed)]
    return squeeze("".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True)))


def _distance(one: str, other: str) -> int:
    """Return how many letters differ: 0, 1 for marks alone, else the edit distance."""
    if one == other:
        return 0
    if fold(one) == fold(other):
        return 1
    row = list(range(len(other) + 1))
    for at, left in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, right in enumerate(other, 1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (left != right))
    return row[-1]
