"""The money of a work: its investor, where the money comes from, who gives it, how much it costs in all.

Only what stands in the clause of the work counts, and only where a word of money leads to it (`sử dụng vốn …`, `tổng
mức đầu tư …`, `… làm chủ đầu tư`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.extract.organisation import OrganisationReader
    from hpkg.extract.project.phrase import Phrase
    from hpkg.extract.project.work import Work
    from hpkg.lexicon import Concept, Match

__all__ = ["MoneyReader"]

_REACH: Final = 80
_NEAR: Final = 24
_MARKS: Final = " ,:(\n\xa0"


class MoneyReader:
    """Reads the money of the works of one sentence."""

    def __init__(self, phrase: Phrase, organisations: OrganisationReader) -> None:
        """Read in `phrase`."""
        self._phrase = phrase
        self._analysis = phrase.analysis
        self._organisations = organisations

    def read(self, works: Sequence[Work]) -> None:
        """Add to each of `works` what its clause says of its money."""
        for at, work in enumerate(works):
            later = (other.start for other in works[at + 1 :] if other.start >= work.end)
            stop = self._clause_end(work.end, next(later, self._phrase.end))
            self._fund(work, stop)
            self._cost(work, stop)
        self._invest(works)

    def _clause_end(self, start: int, end: int) -> int:
        at = self._phrase.text.find(";", start, end)
        return end if at < 0 else at

    def _fund(self, work: Work, stop: int) -> None:
        """Add the sources of money, and the body whose money it is (`vốn vay ODA của Ngân hàng …`)."""
        for source in self._analysis.matches("funding-source", work.start, stop):
            own = source.start < work.end or self._analysis.adjoins(work.end, source.start)
            if not own and not self._is_led(source):
                continue
            if source.concept.key not in work.funding:
                work.funding.append(source.concept.key)
            owner = self._phrase.next(source.end)
            cue = self._phrase.cue(owner.start, "issued-by") if owner is not None else None
            bodies = self._organisations.inside(cue.end, min(cue.end + _REACH, stop)) if cue is not None else []
            if bodies and cue is not None and self._analysis.adjoins(cue.end, bodies[0].start):
                work.funders.append(bodies[0].concept)

    def _is_led(self, source: Match) -> bool:
        """Tell whether a word of money leads to a source, alone or on a list of sources."""
        before = self._analysis.matches("funding-source", max(self._phrase.start, source.start - _REACH), source.start)
        listed = bool(before) and self._phrase.text[before[-1].end : source.start].strip(_MARKS) in {"", "và"}
        return self._phrase.cue_before(source.start, "funded-by") is not None or (listed and self._is_led(before[-1]))

    def _cost(self, work: Work, stop: int) -> None:
        """Note where the total investment stands: the first number after a word for it."""
        for cue in self._analysis.cues("total-investment", work.end, stop):
            numbers = self._analysis.numbers(cue.end, min(cue.end + _NEAR, stop))
            if numbers and work.amount is None:
                work.amount = numbers[0].start, numbers[0].end

    def _invest(self, works: Sequence[Work]) -> None:
        """Give the work before it, or the only one, the body that the words `chủ đầu tư` speak of."""
        for cue in self._analysis.cues("investor", self._phrase.start, self._phrase.end):
            body = self._body(cue)
            before = [work for work in works if work.start < cue.start]
            chosen = before[-1:] or list(works[:1])
            for work in chosen if body is not None else ():
                work.investor = work.investor or body

    def _body(self, cue: Match) -> Concept | None:
        """Return the body right before or after the words."""
        floor = max(self._phrase.start, cue.start - _REACH)
        before = self._organisations.inside(floor, cue.start)
        if before and self._analysis.adjoins(before[-1].end, cue.start):
            return before[-1].concept
        after = self._organisations.inside(cue.end, min(cue.end + _REACH, self._phrase.end))
        between = self._phrase.text[cue.end : after[0].start].strip(_MARKS) if after else ""
        return after[0].concept if after and between in {"", "là"} else None
