"""What a number measures: an indicator of the vocabulary, or the words of the text that name one.

What its clause names comes first, then what the sentence was already speaking of, then the heading. A name that no
vocabulary holds becomes an unreviewed indicator: its words are its label, and its IRI is of these words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.extract.measure.figure import SHARES, Figure, Thread, base_of, counts_things
from hpkg.extract.measure.indicator import IndicatorReader
from hpkg.extract.measure.label import LabelReader
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.measure.governor import Governor
    from hpkg.lexicon import Concept, Match
    from hpkg.model import Measurement, Section, Sentence

__all__ = ["Subject", "SubjectReader"]

_CLAUSE_END: Final = re.compile(r"[,;.:()…]")
_LONGEST_KEY: Final = 80


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number measures; `inherited` says that its own clause does not name it.

    `unreviewed` is the IRI of an indicator that the vocabulary does not hold, made of the words of the text;
    `of_measure` says that these open with a noun of measure, `figured` that words name it only beside its unit.
    """

    concept: Concept | None
    label: str | None
    inherited: bool = False
    unreviewed: str | None = None
    of_measure: bool = False
    figured: bool = False

    @property
    def iri(self) -> str | None:
        """Return the IRI of the indicator."""
        return self.concept.iri if self.concept is not None else self.unreviewed

    @property
    def own(self) -> bool:
        """Tell whether the number's own clause names what it measures."""
        return self.iri is not None and not self.inherited

    @property
    def grows(self) -> bool:
        """Tell whether its values are growths themselves, as those of IIP."""
        return self.concept is not None and self.concept.first("isGrowthRate") == "true"


class SubjectReader:
    """Finds the subjects of numbers in one report."""

    def __init__(self, analysis: Analysis, mend: Callable[[str, int], str]) -> None:
        """Read from `analysis`; `mend` rights the slips of a name."""
        self._analysis = analysis
        self._labels = LabelReader(analysis)
        self._mend = mend
        self.indicators = IndicatorReader(analysis)

    def of(self, level: Measurement) -> Subject:
        """Return the subject of a level that was read."""
        concept = self._analysis.lexicon.concept(level.indicator) if level.indicator else None
        unreviewed = level.indicator if concept is None else None
        return Subject(concept, level.indicator_label, inherited=True, unreviewed=unreviewed)

    def find(self, figure: Figure, thread: Thread) -> Subject:
        """Return the subject of a figure in its place in the sentence."""
        if figure.number_start in thread.names:
            return self._pair(thread.names[figure.number_start], figure.unit)
        found = next((subject for subject in self._candidates(figure, thread) if subject is not None), None)
        return found or Subject(None, None, inherited=thread.before is not None)

    def names(self, floor: int, start: int, leaf: Section | Sentence) -> list[tuple[int, int]]:
        """Return the names of the list that stands before `start`."""
        return self._labels.parts(floor, start, leaf)

    def _candidates(self, figure: Figure, thread: Thread) -> Iterator[Subject | None]:
        """Yield what may be the subject, the likeliest first."""
        unit, leaf, before = figure.unit, thread.leaf, thread.before
        active = self._analysis.lexicon.concept(before.indicator) if before and before.indicator else None
        own = self._own(figure, thread)
        named = self.indicators.nearest(figure, leaf, thread.end, active)
        if named is not None and not self._is_farther(named, own):
            yield _known(self.indicators.in_unit(named.concept, unit), figured=named.role == "figure")
        following = self.indicators.following(unit, figure.end, leaf, active)
        yield _known(following.concept, figured=following.role == "figure") if following else None
        figured = self.indicators.figured(unit, figure.number_start, leaf, active) if unit.key not in SHARES else None
        yield _known(figured.concept, figured=True) if figured else None
        yield self._unreviewed(*own) if own else None
        yield self._told_after(figure, leaf)
        if not figure.governor.acts:
            yield self._inherited(unit, before, active)
        above = self.indicators.above(unit, leaf)
        yield Subject(above, above.label, inherited=True) if above else None

    def _inherited(self, unit: Concept, before: Measurement | None, active: Concept | None) -> Subject | None:
        """Return what the level before measures, when a bare number can go on with it."""
        if active is not None:
            return Subject(active, active.label, inherited=True) if self.indicators.fits(active, unit) else None
        if before is None or before.indicator is None:
            return None
        return self.of(before) if base_of(self._analysis.lexicon.get("unit", before.unit)) == base_of(unit) else None

    def _is_farther(self, named: Match, own: tuple[int, int] | None) -> bool:
        """Tell whether the words right before the number are about something else than the indicator named before."""
        if own is None or own[0] <= named.start:
            return own is not None and own[0] < named.start and named.role == "figure"
        between = self._analysis.text[named.end : own[0]]
        return ";" in between or (own[0] >= named.end and "," in between and self._labels.is_measure(*own))

    def _pair(self, name: tuple[int, int], unit: Concept) -> Subject:
        """Return the subject that one name of a list is."""
        named = [match for match in self._analysis.matches("indicator", *name) if self.indicators.suits(match, unit)]
        return _known(named[-1].concept) if named else self._unreviewed(*name)

    def _own(self, figure: Figure, thread: Thread) -> tuple[int, int] | None:
        """Return the words of the clause that name what is measured; of things counted they must speak of a measure."""
        governor, unit = figure.governor, figure.unit
        verb = governor.direction is not None or governor.to_level or (governor.reaches and not governor.acts)
        own = self._labels.before(thread.end, governor.start, thread.leaf, governed=verb)
        if governor.sizes and (own is None or not self._labels.is_measure(*own)):
            own = self._labels.attribute(governor.start, figure.number_start) or own
        if own is not None and not self._labels.is_measure(*own) and governor.lead < governor.start:
            own = None if governor.acts else self._labels.before(thread.end, governor.lead, thread.leaf, governed=verb)
        if own is None or unit.key == "rank" or self._is_joined(own[1], governor):
            return None
        return None if counts_things(unit) and not self._labels.is_measure(*own) else own

    def _is_joined(self, end: int, governor: Governor) -> bool:
        """Tell whether only a word that joins stands between the words before and a bare number: `… và 25% xã`."""
        joints = self._analysis.cues("conjunction", end, governor.start)
        return governor.lead == governor.start and any(self._analysis.adjoins(c.end, governor.start) for c in joints)

    def _told_after(self, figure: Figure, leaf: Section | Sentence) -> Subject | None:
        """Return what the words after a percentage say has it: `100% trạm y tế có bác sĩ`."""
        unit, end = figure.unit, figure.end
        if figure.governor.grows and unit.key in SHARES:
            return self._object(end, leaf)
        if figure.is_relative or figure.governor.share or unit.key == "times":
            return None
        if unit.key == "rank":
            after = self._ranked_by(end, leaf)
        elif unit.key in SHARES:
            after = self._labels.after(end, leaf)
        else:
            after = self._labels.noun_after(end, leaf) if self._is_amount(unit) else None
        return self._unreviewed(*after) if after is not None else None

    def _object(self, end: int, leaf: Section | Sentence) -> Subject | None:
        """Return what is made to rise or fall by a percentage, where it follows: `giảm 50% thời gian chờ`."""
        after = self._labels.noun_after(end, leaf)
        return self._unreviewed(*after) if after is not None else None

    def _is_amount(self, unit: Concept) -> bool:
        """Tell whether the unit measures something that its own words do not name, as money does."""
        base = self._analysis.lexicon.concept(base_of(unit))
        return base is not None and base.first("qudtUnit") is not None

    def _ranked_by(self, end: int, leaf: Section | Sentence) -> tuple[int, int] | None:
        """Return what a ranking is by: `đứng thứ 5 cả nước về chỉ số chuyển đổi số`."""
        stop = _CLAUSE_END.search(self._analysis.text, end, leaf.end)
        cues = self._analysis.cues("about", end, stop.start() if stop else leaf.end)
        return self._labels.after(cues[0].end, leaf) if cues else None

    def _unreviewed(self, start: int, end: int) -> Subject:
        """Return a subject that is known by its words alone, the same in every report that uses them."""
        words = " ".join(self._mend(self._analysis.text[start:end], start).replace("*", "").split())
        words += "”" * (words.count("“") - words.count("”"))
        label = words[:1].upper() + words[1:]
        iri = mint("unreviewed-indicator", slug(words)[:_LONGEST_KEY].strip("-"))
        return Subject(None, label, unreviewed=str(iri), of_measure=self._labels.is_measure(start, end))


def _known(concept: Concept, *, figured: bool = False) -> Subject:
    return Subject(concept, concept.label, figured=figured)
