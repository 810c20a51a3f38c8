"""Who is charged with a task, and by when it is to be done.

A body is charged where a word of charging leads to it (`giao Sở Y tế`), where it stands before a word of being in
charge (`Sở Y tế chủ trì`), or where it opens a clause that a verb of action follows. Not for: bodies that are only to
help.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hpkg.grammar.date import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.things import Things
    from hpkg.grammar.date import DateToken
    from hpkg.lexicon import Match

__all__ = ["ChargeReader"]

_LISTED: Final = re.compile(r"\s*(?:[,;]|và|cùng|/|,\s*và)\s*")
_ASIDE: Final = re.compile(r"[\s,:]*(?:\([^()]*\)[\s,:]*)?")
"""What can stand between a body and the word that it is in charge, with a remark in brackets."""
_LED: Final = re.compile(r"[\s:]*(?:cho|các|những|đồng chí)?[\s:]*", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[.;:]\s*")
_COMMA: Final = re.compile(r",\s+")
_PARTING: Final = (",", ";", ".", ":")
_AROUND: Final = " \n\t\xa0:.;*_"
_BOLD: Final = str.maketrans("*_", "  ")
_YEAR: Final = re.compile(r"\d{4}")
_MARK: Final = 6
"""How long the mark of a heading is at most."""
_AREA: Final = 3
"""How many words of an area can follow the name of a body that is known without it (`Viettel Hải Phòng`)."""
_NAME: Final = 80
"""How long the name of a body is at most."""
_JOINT: Final = " ,\n\xa0"
_SPACE: Final = " \n\xa0“"
_REACH: Final = 160
_LONGEST_ADVERBIAL: Final = 400
_BEHIND: Final = 24


class ChargeReader:
    """The bodies and the deadlines of the tasks of one report."""

    def __init__(self, analysis: Analysis, things: Things) -> None:
        """Read from `analysis`, with the organisations that `things` names."""
        self._analysis = analysis
        self._things = things

    def bodies(self, start: int, end: int, *, governed: bool = False) -> list[str]:
        """Return the IRIs of the bodies that `start` to `end` charges, in text order, each once.

        Those that a body is only to urge on (`tỉnh chỉ đạo các ngành`) are not charged where that body is: here, or by
        words above (`governed`).
        """
        start = self._after_title(start, end)
        named = self._named(start, end)
        first = [*self._in_charge(named, start, end), *self._opening(named, start, end)]
        first += self._led_to(named, start, end, governed=governed or bool(first))
        found = {at for opened in first for at in self._list_from(named, opened)}
        return list(dict.fromkeys(named[at].concept.iri for at in sorted(found)))

    def alone(self, start: int, end: int) -> list[str]:
        """Return the IRIs of the bodies of which, with a mark before and a colon after, the whole stretch consists."""
        named = self._named(start, end)
        if not named or self._analysis.text[named[-1].end : end].strip(_AROUND):
            return []
        last = list(self._list_from(named, 0))[-1]
        opens = not any(token.kind == "letters" for token in self._analysis.tokens(start + _MARK, named[0].start))
        heads = self._analysis.cues("head-of-body", start, named[0].start)
        opens = opens or any(self._leads(cue.start, named[0].start) for cue in heads)
        return list(dict.fromkeys(one.concept.iri for one in named)) if opens and last == len(named) - 1 else []

    def listed(self, start: int, end: int) -> list[str]:
        """Return the IRIs of all bodies that a stretch names, as the cell of a table does."""
        return list(dict.fromkeys(one.concept.iri for one in self._named(start, end)))

    def _named(self, start: int, end: int) -> list[Match]:
        """Return the bodies that a stretch names, and those that it calls by their kind, in text order."""
        groups = self._things.collectives.inside(start, end)
        bodies = self._things.organisations.inside(start, end)
        apart = [one for one in bodies if not any(group.start <= one.start < group.end for group in groups)]
        return sorted((*apart, *groups), key=lambda match: match.start)

    def _charging(self, start: int, end: int, *, governed: bool = False) -> list[Match]:
        """Return the words of charging; those for the duties of a body charge only where they open the stretch."""
        text = self._analysis.text
        duties = [
            cue for cue in self._analysis.cues("duty", start, end) if not any(map(str.isalpha, text[start : cue.start]))
        ]
        urging = [] if governed else self._analysis.cues("urge", start, end)
        return [*self._analysis.cues("charge", start, end), *urging, *duties]

    def _leads(self, start: int, end: int) -> bool:
        """Tell whether no more than particles and words for the head of a body stand between `start` and `end`."""
        heads = self._analysis.cues("head-of-body", start, end)
        at = end
        while not _LED.fullmatch(self._analysis.text, start, at):
            before = [cue for cue in heads if cue.start < at and not self._analysis.text[cue.end : at].strip(_JOINT)]
            if not before:
                return False
            at = min(cue.start for cue in before)
        return True

    def _after_title(self, start: int, end: int) -> int:
        """Return where a sentence begins after a title that is run in: `Về đề nghị của tỉnh: giao Sở Y tế …`."""
        colon = self._analysis.text.find(":", start, end)
        titled = any(cue.start == start for cue in self._analysis.cues("about", start, min(end, start + _BEHIND)))
        return colon + 1 if titled and colon >= 0 else start

    def _led_to(self, named: list[Match], start: int, end: int, *, governed: bool) -> Iterator[int]:
        """Yield the places of the bodies that a word of charging leads to.

        In a clause that charges a body already, a further such word in its midst is part of what is to be done
        (`giao Sở Y tế soạn văn bản kiến nghị Bộ Y tế`).
        """
        floor = start
        for cue in sorted(self._charging(start, end, governed=governed), key=lambda one: one.start):
            led = [at for at, one in enumerate(named) if one.start >= cue.end and self._leads(cue.end, one.start)]
            said = self._analysis.text[floor : cue.start].rstrip()
            if led and (
                floor == start or said.endswith(_PARTING) or self._analysis.leads_to(("conjunction",), cue.start, floor)
            ):
                yield from led
                floor = cue.end

    def _in_charge(self, named: list[Match], start: int, end: int) -> Iterator[int]:
        """Yield the places of the first body of each list that stands before a word of being in charge."""
        for cue in self._analysis.cues("responsible", start, end):
            for at, match in enumerate(named):
                if match.end <= cue.start and _ASIDE.fullmatch(self._analysis.text, match.end, cue.start):
                    opened = at
                    while opened and self._are_listed(named[opened - 1], named[opened]):
                        opened -= 1
                    # `căn cứ Kết luận của Bộ Chính trị chủ trì …` goes on with the body before the document.
                    if not self._analysis.leads_to(("issued-by",), named[opened].start, start):
                        yield opened

    def _opening(self, named: list[Match], start: int, end: int) -> Iterator[int]:
        """Yield the places of the bodies that open a clause in which a verb of action follows.

        After a clause of purpose or ground (`Căn cứ …, Sở Y tế …`) only the first does: it opens the main clause.
        """
        stops = {start}
        for stop in _CLAUSE.finditer(self._analysis.text, start, end):
            said = self._analysis.text[start : stop.start()]
            if said.count("(") <= said.count(")"):
                stops.add(stop.end())
        yield from (at for at, match in enumerate(named) if self._opens(stops, match, end))
        charging = (
            cue.start for cue in self._analysis.cues("charge", start, end) if self._opens_with_body(cue.end, end)
        )
        floor = next(charging, end)
        commas = {opening for opening in self._openings(start, end) if opening < floor} - stops
        yield from [at for at, match in enumerate(named) if self._opens(commas, match, end)][:1]

    def _opens(self, openings: set[int], match: Match, end: int) -> bool:
        """Tell whether a body stands at one of `openings` and a verb of action follows."""
        return (
            any(self._leads(opening, match.start) for opening in openings if opening <= match.start)
            and not self._charges_others(match.end, end)
            and not self._informs(match.end, end)
            and bool(self._analysis.cues("task-verb", match.end, min(end, match.end + _REACH)))
        )

    def _charges_others(self, start: int, end: int) -> bool:
        """Tell whether the clause after a body says that it charges another (`Quốc hội đề nghị Chính phủ …`)."""
        stop = _CLAUSE.search(self._analysis.text, start, end)
        last = stop.start() if stop else end
        charging = self._analysis.cues("charge", start, last)
        return any(self._opens_with_body(cue.end, last) or self._analysis.adjoins(start, cue.start) for cue in charging)

    def _informs(self, start: int, end: int) -> bool:
        """Tell whether the words after a body say what it received, thinks, or issued under a number."""
        stop = min(end, start + _REACH)
        if any(self._analysis.adjoins(start, cue.start) for cue in self._analysis.cues("informing", start, stop)):
            return True
        numbers = self._analysis.document_numbers(start, stop)[:1]
        issues = [cue for cue in self._analysis.cues("issue", start, stop) if self._analysis.adjoins(start, cue.start)]
        return any(number.start - cue.end <= _BEHIND for number in numbers for cue in issues)

    def sets_work(self, start: int, end: int) -> bool:
        """Tell whether a body is set to work, be it named or of a kind (`các sở, ngành`).

        A word of charging leads to it, or it opens the sentence, what stands after a colon, or what stands after a
        clause of purpose or ground, and a verb of action follows that tells of nothing past.
        """
        return self.charges_any(start, end) or any(
            self._opens_with_body(opening, end)
            and self._acts_next(past := self._past_bodies(opening, end), end)
            and not self._informs(past, end)
            for opening in self._openings(start, end)
        )

    def charges_any(self, start: int, end: int) -> bool:
        """Tell whether a word of charging leads to a body."""
        return any(self._opens_with_body(cue.end, end) for cue in self._charging(start, end))

    def _openings(self, start: int, end: int) -> Iterator[int]:
        """Yield where a main clause may begin."""
        text = self._analysis.text
        yield start
        colon = text.find(":", start, end)
        if colon >= 0:
            yield colon + 1
        for opening in (start, colon + 1) if colon >= 0 else (start,):
            said = opening + len(text[opening:end]) - len(text[opening:end].lstrip(_SPACE))
            if any(cue.start == said for cue in self._analysis.cues("adverbial", said, min(end, said + _BEHIND))):
                for comma in _COMMA.finditer(text, said, min(end, said + _LONGEST_ADVERBIAL)):
                    yield comma.end()
                yield from (cue.end for cue in self._analysis.cues("then", said, min(end, said + _LONGEST_ADVERBIAL)))
                yield from self._acting(said, min(end, said + _LONGEST_ADVERBIAL))

    def _acting(self, start: int, end: int) -> Iterator[int]:
        """Yield where a group of bodies begins that a verb of action follows at once (`… các đơn vị báo cáo …`)."""
        verbs = {cue.start for cue in self._verbs(start, end)}
        for group in self._things.collectives.inside(start, end):
            following = self._analysis.tokens(group.end, end)[:1]
            if following and following[0].start in verbs:
                yield group.start

    def _opens_with_body(self, start: int, end: int) -> bool:
        """Tell whether the name of a body, or a noun for one, stands at `start`."""
        stop = min(end, start + _BEHIND)
        heads = (
            *(body for body in self._things.organisations.inside(start, min(end, stop + _NAME)) if body.start < stop),
            *self._analysis.matches("organisation-kind", start, stop),
            *self._analysis.cues("body", start, stop),
            *self._things.collectives.inside(start, min(end, stop + _NAME))[:1],
        )
        return any(_LED.fullmatch(self._analysis.text, start, head.start) for head in heads)

    def _past_bodies(self, start: int, end: int) -> int:
        """Return where the list of bodies ends that opens at `start`, which is `start` where none is named there."""
        named = self._named(start, end)
        first = next((at for at, match in enumerate(named[:1]) if self._leads(start, match.start)), None)
        return start if first is None else named[list(self._list_from(named, first))[-1]].end

    def _acts_next(self, start: int, end: int) -> bool:
        """Tell whether the first verb of action after `start`, in small letters, tells of nothing past."""
        stop = min(end, start + _REACH)
        verb = next((cue for cue in self._verbs(start, stop)), None)
        return verb is not None and not self._analysis.cues("past", start, verb.start)

    def _verbs(self, start: int, end: int) -> Iterator[Match]:
        """Yield the verbs of action that are part of no name: a name is in capitals."""
        for cue in self._analysis.cues("task-verb", start, end):
            if self._analysis.text[cue.start].islower():
                yield cue

    def _list_from(self, named: list[Match], at: int) -> Iterator[int]:
        """Yield `at` and the places of the bodies that go on with its list."""
        yield at
        while at + 1 < len(named) and self._are_listed(named[at], named[at + 1]):
            at += 1
            yield at

    def _are_listed(self, one: Match, other: Match) -> bool:
        at = one.end
        for token in self._analysis.tokens(one.end, other.start)[:_AREA]:
            if not token.text[:1].isupper() or not self._analysis.adjoins(at, token.start):
                break
            at = token.end
        joint = _LISTED.match(self._analysis.text, at, other.start)
        return joint is not None and self._leads(joint.end(), other.start)

    def date_in(self, start: int, end: int) -> str | None:
        """Return the last time that a stretch names, ISO 8601, whatever leads to it; a bare year is one."""
        metadata = self._analysis.document.source.metadata
        said = self._analysis.text[start:end].strip()
        found = find_dates(f"năm {said}" if said.isdecimal() else said, metadata.plan_year or metadata.year)
        return found[-1].value if found else None

    def _plain(self, start: int, end: int) -> str:
        """Return a stretch without the signs of bold type in it, as long as it was."""
        return self._analysis.text[start:end].translate(_BOLD)

    def deadline(self, start: int, end: int) -> str | None:
        """Return the time by which a stretch is to be done, ISO 8601: the last that it sets, None when it sets none."""
        metadata = self._analysis.document.source.metadata
        year = metadata.plan_year or metadata.year
        dates = find_dates(self._plain(start, end), year)
        again = [date for date in dates if self._recurs(start + date.end)]
        if again:
            dates = [date for date in dates if date not in again and _YEAR.search(date.text)]
        set_ = [
            date.value for date in dates if self._is_end(date, start) and int(date.value[:4]) >= metadata.last_past_year
        ]
        if not set_ and metadata.plan_year and self._analysis.cues("done-this-year", start, end):
            return str(metadata.plan_year)
        return set_[-1] if set_ else None

    def _is_end(self, date: DateToken, start: int) -> bool:
        """Tell whether the words before a date make it an end; a vision and the years of a plan are none."""
        at = start + date.start
        before = max(start, at - _BEHIND)
        if self._analysis.cues("vision", before, at + 1) or (date.unit == "year" and self._is_of_occasion(start, at)):
            return False
        said = self._plain(start, at).rstrip()
        if said.endswith(":") and self._analysis.leads_to(("deadline",), start + len(said) - 1, before):
            return True
        if self._is_told(at, before) or date.role == "before":
            return True
        if date.role == "within":
            return not self._analysis.cues("past", before, at)
        if date.role == "until" and self._analysis.leads_to(("strive",), at, before):
            return True
        leading = ("deadline", "within") if date.unit == "quarter" else ("deadline",)
        return self._analysis.leads_to(leading, at, before)

    def _recurs(self, end: int) -> bool:
        """Tell whether the words after a date say that it comes again every year."""
        cues = self._analysis.cues("recurring", end, end + _BEHIND)
        return any(self._analysis.adjoins(end, cue.start) for cue in cues)

    def _is_told(self, at: int, before: int) -> bool:
        """Tell whether a noun for a deadline and `là` lead to a date (`thời hạn hoàn thành là tháng 11`)."""
        copulas = [cue for cue in self._analysis.cues("deadline-is", before, at) if self._analysis.adjoins(cue.end, at)]
        return any(self._analysis.leads_to(("deadline",), cue.start, before) for cue in copulas)

    def _is_of_occasion(self, start: int, at: int) -> bool:
        """Tell whether a year says of which year the days to be marked are: `các ngày lễ lớn trong năm 2021`."""
        clause = max(start, *(self._analysis.text.rfind(sign, start, at) for sign in ",;:"))
        return bool(self._analysis.cues("occasion", clause, at))
