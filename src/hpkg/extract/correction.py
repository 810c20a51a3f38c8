"""The slips of the source and their mended forms.

Mended are words that the language does not know beside their neighbours (`hpkg.extract.mending`), hidden labels that
stand for a right one, names in lower case, document numbers whose code cannot be, dates with a broken word, and words
run together. The source keeps its characters; labels take the mended form, each slip at its own place.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from hpkg.document import squeeze
from hpkg.extract.analysis import Index
from hpkg.grammar.confusion import skeleton
from hpkg.grammar.word import has_lookalike, is_syllable, spell, tokens
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
_GROUNDS: Final = frozenset({"industrial-park", "industrial-cluster"})
_CLOSING: Final = frozenset(".,;:!?…)]}”\"'»/")
_NAMES: Final = frozenset({"place", "organisation"})
_FARTHEST: Final = 2


class _Edit(NamedTuple):
    """What stands at `start` to `end` means `meant`; `shown` takes the word along that makes it plain."""

    start: int
    end: int
    meant: str
    reason: str
    shown: tuple[int, int] | None = None


class CorrectionReader:
    """The slips of one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis

    @cached_property
    def facts(self) -> list[Correction]:
        """Return the corrections in text order, each place once."""
        edits = self._edits
        floors = [0, *(edit.end for edit in edits)]
        ceilings = [*(edit.start for edit in edits[1:]), len(self._analysis.text)]
        return [
            self._correction(edit, floor, ceiling)
            for edit, floor, ceiling in zip(edits, floors, ceilings, strict=False)
        ]

    def mend(self, label: str, start: int) -> str:
        """Return `label`, whose words stand in the source from `start` on, with the slips among them mended.

        The letters come out composed (NFC) and with Vietnamese letters for their look-alikes; which of two accepted
        spellings a word has (`hoà`, `hòa`) stays as the source has it.
        """
        at, end = self._place(label, start)
        if at == end:
            return spell(label)
        parts: list[str] = []
        for edit in self._index.inside(at, end):
            parts += (self._analysis.text[at : edit.start], edit.meant)
            at = edit.end
        return spell(squeeze("".join((*parts, self._analysis.text[at:end]))))

    def _place(self, label: str, start: int) -> tuple[int, int]:
        """Return where the words of `label` first stand from `start` on, however spaced; nowhere has no width."""
        if self._analysis.text.startswith(label, start) and not label[:1].isspace() and not label[-1:].isspace():
            return start, start + len(label)
        words = re.compile(r"\s+".join(map(re.escape, label.split())))
        stands = words.search(self._analysis.text, start)
        return stands.span() if stands else (start, start)

    @cached_property
    def _index(self) -> Index[_Edit]:
        return Index(self._edits)

    @cached_property
    def _edits(self) -> list[_Edit]:
        """Return what is mended, in text order; of two readings of one place the first kind in this list holds."""
        found: list[_Edit] = []
        taken: set[int] = set()
        for edit in (
            *self._numbers(),
            *self._dates(),
            *self._slips(),
            *self._words(),
            *self._names(),
            *self._glued(),
            *self._lookalikes(),
        ):
            places = range(edit.start, edit.end)
            if taken.isdisjoint(places):
                taken.update(places)
                found.append(edit)
        return sorted(found, key=lambda edit: edit.start)

    def _numbers(self) -> Iterator[_Edit]:
        for leaf in self._analysis.leaves:
            for number in self._analysis.document_numbers(leaf.start, leaf.end):
                if number.corrections:
                    yield _Edit(number.start, number.end, number.normalised, number.corrections[0].reason)

    def _dates(self) -> Iterator[_Edit]:
        for leaf in self._analysis.leaves:
            for date in self._analysis.dates(leaf.start, leaf.end):
                if date.mended is not None and date.mended != date.text:
                    yield _Edit(date.start, date.end, date.mended, "ocr-slip")

    def _slips(self) -> Iterator[_Edit]:
        """Yield the words that the language does not know beside their neighbours; each is shown with one of them."""
        printed = self._analysis.printed
        for slip in self._analysis.slips:
            token, beside = printed[slip.at], printed[slip.beside]
            shown = min(token.start, beside.start), max(token.end, beside.end)
            yield _Edit(token.start, token.end, _cased(token.text, slip.form, beside.text), "ocr-slip", shown)

    def _words(self) -> Iterator[_Edit]:
        for scheme in _SCHEMES:
            for leaf in self._analysis.leaves:
                for match in self._analysis.matches(scheme, leaf.start, leaf.end):
                    if match.role == "slip":
                        yield from self._slip(match)
                    elif scheme in _NAMES and match.role == "label":
                        yield from self._lowered(match)

    def _slip(self, match: Match) -> Iterator[_Edit]:
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
            reason = "wrong-abbreviation" if _is_other_abbreviation(run, cased) else "ocr-slip"
            yield _Edit(start, end, _join(self._analysis.text[start:end], run, cased), reason)

    def _lowered(self, match: Match) -> Iterator[_Edit]:
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
            yield _Edit(match.start, match.end, _join(text, printed, lost), "lower-cased-name")

    def _names(self) -> Iterator[_Edit]:
        """Yield names of two syllables, right after the kind of work they name, one of which lost its capital."""
        for leaf in self._analysis.leaves:
            run = self._analysis.tokens(leaf.start, leaf.end)
            kinds = {kind.last: kind for kind in self._analysis.matches("project-kind", leaf.start, leaf.end)}
            for at, (one, other) in enumerate(pairwise(run)):
                kind = kinds.get(at)
                follows = run[at + 2].kind if at + 2 < len(run) else "sign"
                if kind is not None and kind.role != "decoy" and follows == "sign" and self._lost(kind, one, other):
                    yield _Edit(one.start, other.end, f"{one.text.title()} {other.text.title()}", "lower-cased-name")

    def _lost(self, kind: Match, one: Token, other: Token) -> bool:
        """Tell whether one of two syllables is a word for another kind in small letters, and yet part of the name.

        Such a word leads a name of its own, so as the last word it is part of this one. A ground that is built on is
        not named by another work that leads its name either.
        """
        if one.text.istitle() and other.text.islower():
            return self._is_kind(other)
        return one.text.islower() and other.text.istitle() and kind.concept.key in _GROUNDS and self._is_kind(one)

    def _is_kind(self, token: Token) -> bool:
        """Tell whether the word alone is a kind of place or of work."""
        return any(self._analysis.lexicon.find([token], scheme) for scheme in ("place-kind", "project-kind"))

    def _glued(self) -> Iterator[_Edit]:
        """Yield what stands together without a space and is several words, from its first word to its last sign."""
        for run in _unspaced(self._analysis.printed):
            seams = [_is_seam(one, other) for one, other in pairwise(run)]
            numbered = any(seams) and self._analysis.document_numbers(run[0].start, run[-1].end)
            if any(seams) and not numbered:
                first = seams.index(True)
                words = [token.text + " " * seam for token, seam in zip(run[first:], seams[first:], strict=False)]
                yield _Edit(run[first].start, run[-1].end, "".join((*words, run[-1].text)), "missing-space")

    def _lookalikes(self) -> Iterator[_Edit]:
        """Yield words with a letter of another alphabet that looks like one of ours."""
        for token in self._analysis.printed if has_lookalike(self._analysis.text) else ():
            if has_lookalike(token.text):
                yield _Edit(token.start, token.end, spell(token.text), "ocr-slip")

    def _correction(self, edit: _Edit, floor: int, ceiling: int) -> Correction:
        """Return the record of `edit`, shown with the word beside it unless that is between it and the next edit."""
        text = self._analysis.text
        start, end = edit.shown or (edit.start, edit.end)
        if start < floor or end > ceiling:
            start, end = edit.start, edit.end
        return Correction(
            id=str(mint("correction", self._analysis.report, f"c{start}")),
            **self._analysis.stated(start, end),
            surface=text[start:end],
            normalised=squeeze(f"{text[start : edit.start]}{edit.meant}{text[edit.end : end]}"),
            reason=edit.reason,
        )


def _unspaced(printed: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the stretches of tokens without a space between them, without the signs that close them."""
    run: list[Token] = []
    for token in (*printed, None):
        if run and (token is None or token.start != run[-1].end):
            while run and run[-1].text in _CLOSING:
                run.pop()
            yield run
            run = []
        if token is not None:
            run.append(token)


def _is_seam(one: Token, other: Token) -> bool:
    """Tell whether a space is lost between two tokens: two words, or a Vietnamese word and a number."""
    if one.kind == other.kind == "letters":
        return True
    kinds = {one.kind: one, other.kind: other}
    word = kinds.get("letters")
    return word is not None and "digits" in kinds and not word.text.isascii() and is_syllable(word.form)


def _is_other_abbreviation(run: Sequence[Token], meant: Sequence[str]) -> bool:
    """Tell whether an abbreviation has other letters than the one that is meant, not just other marks."""
    return all(token.text.isupper() for token in run) and skeleton(run[0].form) != skeleton(meant[0].lower())


def _cased(printed: str, form: str, beside: str) -> str:
    """Return `form` in the case of `printed`; in capitals when all around it is."""
    if len(printed) > 1 and printed[:1].isupper() and beside.isupper() and len(beside) > 1:
        return form.upper()
    return _like(printed, form)


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
