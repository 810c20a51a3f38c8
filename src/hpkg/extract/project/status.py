"""What a sentence says of the state of a work, and for which time.

A verb right after the name speaks of it (`cầu Rào 1 đã hoàn thành`); else the last verb before the name that reaches
it, so that a verb which opens a list holds for its items. A plain verb of building inside an item changes nothing. In
a plan, what others completed is to be completed; a date beside the verb or the name overrules the section.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.extract.analysis import PLAN_ROLES
from hpkg.extract.project.work import SCHEME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.project.phrase import Phrase
    from hpkg.extract.project.work import Head, Work
    from hpkg.grammar.date import DateToken
    from hpkg.grammar.word import Token
    from hpkg.lexicon import Match

__all__ = ["StatusReader"]

_PLACING: Final = ("locative", "connection", "route", "issued-by", "beside")
_NEAR: Final = 48
_WORDS_TO_DATE: Final = 3
_OBJECT: Final = 12
"""How many words the object of a verb can have that stands before the name of a work."""
_JOINTS: Final = frozenset({"", "và", "rồi"})
_TENSES: Final = ("done", "ongoing", "intended")
_TO_BUILD: Final = "to-build"
_PERCENT: Final = "percent"
_TO_COMPLETE: Final = "to-complete"
_BUILT: Final = "completed"
_BUILDING: Final = "under-way"
"""What a verb of building says of a work when it tells of what was done, or of what is being done."""


class StatusReader:
    """Reads the statuses of the works of one sentence."""

    def __init__(
        self, analysis: Analysis, phrase: Phrase, section: str | None, heads: Sequence[Head], works: Sequence[Work]
    ) -> None:
        """Read in `phrase`, which stands in `section` and has the words for works `heads` and names `works`."""
        self._analysis = analysis
        self._phrase = phrase
        self._text = analysis.text
        self._section = section
        self._heads = heads
        self._sited = {other.tail for other in works if self._places(other.head.lead)}
        """Where the names end that only place other works."""
        self._plans = analysis.role(section) in PLAN_ROLES
        self._spent: set[int] = set()

    def read(self, work: Work, stop: int) -> None:
        """Give `work` its status and period; what follows it before `stop` is its own."""
        work.period = self._analysis.period(self._section)
        after = self._after(work, stop)
        if after is not None and self._is_placing(work) and after.start in self._spent:
            after = None
        before = None if after is not None else self._before(work)
        if after is None and (before is None or self._is_of_another(before, work)):
            after = self._later(work)
        if after is not None:
            self._spent.add(after.start)
        verb = after or before
        work.told = "after" if after is not None else None
        if verb is None or (after is None and self._is_placing(work)):
            work.status = "mentioned"
            return
        work.told = work.told or "before"
        date = self._date(work, verb, stop, after=after is not None)
        work.status = self._in_time(verb, date)
        if date is not None:
            work.period = date

    # --- verbs

    def _fits(self, verb: Match, work: Work) -> bool:
        """Tell whether a verb can speak of such a work: some speak of schemes alone."""
        scheme = work.kind.key == SCHEME
        if not scheme:
            return verb.role != "scheme"
        twin = any(v.role == "scheme" for v in self._phrase.verb_starts[verb.start] if v.end == verb.end)
        return verb.role == "scheme" or not twin

    def _after(self, work: Work, stop: int) -> Match | None:
        """Return the verb right after the name, with only words of tense before it."""
        phrase = self._phrase
        at, tensed = work.tail, False
        while (token := phrase.next(at)) is not None and token.start < stop:
            verbs = [verb for verb in phrase.verb_starts.get(token.start, ()) if self._fits(verb, work)]
            if verbs:
                verb = verbs[0]
                own = tensed or not self._leads_on(verb, stop)
                plain = self._is_act(verb) and not tensed
                return verb if own and not plain else None
            tense = phrase.cue(token.start, "tense")
            if tense is not None:
                at, tensed = tense.end, True
            elif token.text in ",(" and not tensed:
                following = phrase.next(token.end)
                told = following is not None and (
                    phrase.cue(following.start, "tense") is not None
                    or (token.text == "(" and phrase.verb_starts.get(following.start))
                )
                if not told:
                    return None
                at = token.end
            else:
                return None
        return None

    def _later(self, work: Work) -> Match | None:
        """Return a verb with a word of tense or purpose further on, where no other work is named but to place this."""
        if self._is_placing(work):
            return None
        others = (head.lead for head in self._heads if head.lead >= work.tail and not self._places(head.lead))
        stop = next(others, self._phrase.end)
        for verb in self._phrase.verbs:
            if work.tail <= verb.start < stop and self._fits(verb, work):
                said = self._text[work.tail : verb.start]
                tense = self._phrase.cue(verb.start, "tense") or self._phrase.cue_before(verb.start, "tense")
                if ";" in said:
                    return None
                sited = any(self._analysis.adjoins(tail, verb.start) for tail in self._sited if tail <= verb.start)
                if tense is not None or sited or self._phrase.cue(verb.start, "adverbial") is not None:
                    return verb
        return None

    def _is_of_another(self, verb: Match, work: Work) -> bool:
        """Tell whether another noun is the object of a verb before a name (`triển khai thi mẫu tượng đài X`)."""
        between = self._phrase.tokens[self._phrase.at(verb.end) : self._phrase.at(work.head.lead)]
        if len(between) > _OBJECT or not all(token.kind == "letters" and token.text.islower() for token in between):
            return False
        return not all(self._is_general(token) for token in between)

    def _is_general(self, token: Token) -> bool:
        """Tell whether a word only leads to the name of a work (`các dự án đầu tư`)."""
        return self._phrase.cue(token.start, "work", "work-part", "act", "several", "issued-by", "locative") is not None

    def _leads_on(self, verb: Match, stop: int) -> bool:
        """Tell whether a verb opens what follows it rather than closes what stands before it."""
        following = self._phrase.next(verb.end)
        if following is None or following.start >= stop:
            return stop < self._phrase.end and any(head.lead == stop for head in self._heads)
        dated = bool(self._analysis.dates(following.start, min(following.start + _NEAR, self._phrase.end)))
        if following.text in ",;.()" or following.kind == "digits":
            return False
        return not dated and not self._phrase.cue(
            following.start, "in-year", "deadline", "tense", "name-end", "conjunction", "beside"
        )

    def _is_act(self, verb: Match) -> bool:
        act = self._phrase.cue(verb.start, "act")
        return act is not None and act.end >= verb.end

    def _before(self, work: Work) -> Match | None:
        """Return the verb before the name that holds for it."""
        start = work.head.start
        item = self._item(work.head.lead)
        verbs = [
            verb
            for verb in self._phrase.verbs
            if verb.start < start
            and self._fits(verb, work)
            and self._reaches(verb, start)
            and verb.start not in self._spent
        ]
        weak = [verb for verb in verbs if self._is_act(verb)]
        strong = [verb for verb in verbs if verb not in weak]
        own = [verb for verb in strong if verb.start >= item]
        if work.kind.key == SCHEME and strong:
            return self._first_joined(strong)
        if not own and self._tells_itself(work):
            strong, weak = self._within(strong, item), self._within(weak, item)
        said = own or strong or weak or self._carried_out(start)
        return said[-1] if said else None

    def _tells_itself(self, work: Work) -> bool:
        """Tell whether an item of a list goes on with words of its own: `cầu Rào 3 đang hoàn tất thủ tục`."""
        following = self._phrase.next(work.tail)
        return following is not None and self._phrase.cue(following.start, "tense", "reach") is not None

    def _within(self, verbs: list[Match], item: int) -> list[Match]:
        """Return the verbs that no semicolon parts from an item."""
        return [verb for verb in verbs if ";" not in self._text[verb.end : item]]

    def _first_joined(self, verbs: list[Match]) -> Match:
        """Return the first of the verbs joined at the end: what is drawn up and carried out is drawn up."""
        at = len(verbs) - 1
        while at and self._text[verbs[at - 1].end : verbs[at].start].strip(" ,\n\xa0") in _JOINTS:
            at -= 1
        return verbs[at]

    def _carried_out(self, start: int) -> list[Match]:
        """Return the verbs that are said of schemes and that a work on the list of one shares: `thực hiện`."""
        return [
            verb
            for verb in self._phrase.verbs
            if verb.start < start
            and verb.role == "scheme"
            and verb.concept.key == "under-way"
            and self._reaches(verb, start)
        ]

    def _item(self, start: int) -> int:
        """Return where the item of a list that holds `start` begins: after the last mark."""
        marks = [self._text.rfind(mark, self._phrase.start, start) for mark in ",;:"]
        return max(*marks, self._phrase.start - 1) + 1

    def _reaches(self, verb: Match, start: int) -> bool:
        """Tell whether a verb governs what begins at `start`: in its clause, or in the list that its colon opens."""
        between = self._text[verb.end : start]
        if ";" not in between or ":" in between.partition(";")[0]:
            return True
        lead = max((head.lead for head in self._heads if head.start == start), default=start)
        return not self._text[verb.end : lead].rpartition(";")[2].strip()

    def _is_placing(self, work: Work) -> bool:
        """Tell whether a name only serves to place or to join something."""
        return work.ending or self._places(work.head.lead)

    def _places(self, lead: int) -> bool:
        """Tell whether a word right before `lead` makes the work named there the place or the end of another."""
        return self._phrase.cue_before(lead, *_PLACING) is not None

    # --- time

    def _date(self, work: Work, verb: Match, stop: int, *, after: bool) -> str | None:
        """Return the time that is given right beside the verb or the name, or that opens the sentence."""
        places = [(max(verb.end, work.tail), stop)] if after else [(work.tail, stop), (verb.end, work.head.lead)]
        for start, end in places:
            for date in self._analysis.dates(start, min(start + _NEAR, end))[:1]:
                between = self._text[start : date.start]
                near = len(between.split()) <= _WORDS_TO_DATE and not any(mark in between for mark in ";:.")
                if near and (not _is_stretch(date) or "trong" in between.split()):
                    return date.value
        clause = self._text.rfind(";", self._phrase.start, verb.start) + 1
        openings = dict.fromkeys((max(clause, self._phrase.start), self._phrase.start))
        return next((value for start in openings if (value := self._opening(start, verb)) is not None), None)

    def _opening(self, start: int, verb: Match) -> str | None:
        """Return the time that opens the sentence or clause at `start`, before a comma or right before the verb."""
        for date in self._analysis.dates(start, min(start + _NEAR, verb.start))[:1]:
            between = self._text[date.end : verb.start]
            leads = len(between.split()) < _WORDS_TO_DATE and between.replace(" ", "").isalpha()
            opens = len(self._text[start : date.start].split()) < _WORDS_TO_DATE
            if opens and (leads or between.startswith(",")) and not _is_stretch(date):
                return date.value
        return None

    def _in_time(self, verb: Match, date: str | None) -> str:
        """Return the status as of the time spoken of."""
        key = verb.concept.key
        tense = self._tense(verb)
        if key in {_BUILT, _TO_COMPLETE} and self._is_in_part(verb):
            return _BUILDING
        if key == _TO_BUILD and self._is_act(verb):
            return {"done": _BUILT, "ongoing": _BUILDING}.get(tense or "", key)
        planned = (verb.concept.first("plannedCounterpart") or "").rpartition("/")[2]
        if not planned:
            return key
        year = self._analysis.document.source.metadata.year
        said = int(date[:4]) if date is not None else None
        if said is not None and said != year:
            return key if said < year else planned
        if tense == "intended":
            return planned
        return planned if self._plans and tense != "done" else key

    def _is_in_part(self, verb: Match) -> bool:
        """Tell whether a share of the work follows a verb of completion: `hoàn thành 80% khối lượng`."""
        numbers = self._analysis.numbers(verb.end, min(verb.end + _NEAR, self._phrase.end))[:1]
        if not numbers or len(self._text[verb.end : numbers[0].start].split()) > _WORDS_TO_DATE:
            return False
        units = self._analysis.matches("unit", numbers[0].end, min(numbers[0].end + 8, self._phrase.end))[:1]
        shares = any(unit.concept.key == _PERCENT for unit in units)
        return shares and numbers[0].values[-1] < 100  # noqa: PLR2004 - per cent

    def _tense(self, verb: Match) -> str | None:
        """Return what the words of tense before a verb say, the nearest that says anything: a key of `_TENSES`."""
        at = verb.start
        while True:
            said = [(key, cue) for key in _TENSES if (cue := self._phrase.cue_before(at, key)) is not None]
            if said:
                return min(said, key=lambda one: one[1].start)[0]
            general = self._phrase.cue_before(at, "tense")
            if general is None:
                return None
            at = general.start


def _is_stretch(date: DateToken) -> bool:
    """Tell whether a date is a span of years, which more often belongs to a name than to a deed."""
    return date.role == "span" and date.unit == "year"
