"""The period a figure is for: the date its clause opens with or ends in, else the year of its section.

`Đến năm 2025 có 100% …`, `Quý I/2023, … tăng 5%`, `… đạt 60% vào năm 2025`. A date that is compared with (`so với năm
2019`) is the base of a change and no period of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hpkg.grammar.date import DateToken, find_dates

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.measure.figure import Figure
    from hpkg.model import Section, Sentence

__all__ = ["PeriodReader", "last_year"]

_CLAUSE_MARKS: Final = ",;:.(|\n–-+•"
_LEAD: Final = 24
_LISTED_YEAR: Final = re.compile(r"(?:^|[\s,;(])(?P<year>(?:19|20)\d\d)$")
_TO_THE_END: Final = re.compile(r"(?:đến|tới)\s+(?:hết|cuối)\s*\Z", re.IGNORECASE)
_OPENING: Final = 80
_FRONT: Final = 70
_DATED: Final = re.compile(r"\d|[Qq]u[ýí]")
_YEARS_LISTED: Final = re.compile(r"(?:19|20)\d\d\s?:[^.()]*[,;]$")


class PeriodReader:
    """Finds the periods of the figures of one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis
        self._read: dict[tuple[int, str], list[DateToken]] = {}

    def stated(
        self, leaf: Section | Sentence, figure: Figure, told: str | None = None, since: int | None = None
    ) -> str | None:
        """Return the period that the sentence gives a figure, in ISO 8601; `told` is that of the level before it.

        A figure that goes on with what was told up to `since` has its period, where no date stands between.
        """
        governor = figure.governor
        relative = governor.ratio or (governor.direction is not None and not governor.to_level)
        level = None if relative else self._beside(leaf, figure.end)
        level = level or self._same_span(leaf, governor.lead, told, relative=relative)
        return level or self._after(leaf, figure.end) or self._before(leaf, governor.lead, told, since)

    def _beside(self, leaf: Section | Sentence, end: int) -> str | None:
        """Return the year right after a level: `từ 65% năm 2020 lên 70% năm 2025`."""
        dates = [date for date in self._analysis.dates(end, leaf.end)[:1] if self._analysis.adjoins(end, date.start)]
        return self._span(dates[0], leaf) if dates else None

    def _same_span(self, leaf: Section | Sentence, start: int, told: str | None, *, relative: bool) -> str | None:
        """Return the span told of in an earlier year: `(cùng kỳ 2019: 5,1%, 2018: 4,7%)`, `hơn cùng kỳ 2019 (5,1%)`.

        A rise or fall is of that year only where brackets open with it; else the year is what it is measured from.
        """
        before = self._analysis.text[leaf.start : start].rstrip(" \n:*")
        boxed = before.endswith("(") and not relative
        before = before.rstrip("(* ") if boxed else before
        year = _LISTED_YEAR.search(before)
        at = leaf.start + (year.start("year") if year else len(before))
        cues = self._analysis.cues("same-span", leaf.start, at)
        if not cues or (self._analysis.leads_to(("compared-lead",), cues[-1].start, leaf.start) and not boxed):
            return None
        if relative and not self._analysis.text[leaf.start : cues[-1].start].rstrip().endswith("("):
            return None
        between = self._analysis.text[cues[-1].end : at].strip().removeprefix("năm").strip()
        usual = told or self._analysis.period(leaf.section)
        if year is None:
            return _in_year(usual, last_year(usual) - 1) if not between else None
        listed = not between or _YEARS_LISTED.match(between)
        return _in_year(usual, int(year["year"])) if listed and "." not in before[year.end() :] else None

    def is_told(self, leaf: Section | Sentence, start: int, period: str) -> bool:
        """Tell whether a date before `start` only says when, and sets no end: `Năm 2019, thu phí đạt …`."""
        dates = self._dates(leaf, self._analysis.period(leaf.section))
        before = [date for date in dates if date.end <= start and self._dates_a_figure(date, leaf, start)]
        return bool(before) and before[-1].value == period and before[-1].role in ("point", "within")

    def opening(self, leaf: Section | Sentence) -> str | None:
        """Return the period of one year with which a sentence opens; a day or an end (`đến hết năm 2020`) is none."""
        head = self._analysis.text[leaf.start : min(leaf.end, leaf.start + _OPENING)]
        if not _DATED.search(head):
            return None
        date = next(iter(self._dates(leaf, self._analysis.period(leaf.section))), None)
        if date is None or date.unit == "day" or date.is_deadline or self._is_base(date, leaf):
            return None
        if self._lead(date, leaf) > leaf.start and not self._is_fronted(date, leaf):
            return None
        first, _, last = date.value.partition("/")
        return self._span(date, leaf) if not last or first[:4] == last[:4] else None

    def usual(self, leaf: Section | Sentence, *, ahead: bool) -> str:
        """Return the year that a section speaks of when it names none; `ahead` says that the section looks ahead."""
        metadata = self._analysis.document.source.metadata
        told = self._analysis.period(leaf.section)
        return metadata.own_plan if ahead and told in (metadata.reported, metadata.planned) else told

    def _after(self, leaf: Section | Sentence, end: int) -> str | None:
        """Return the date that ends the clause: `100% … vào năm 2025`."""
        for date in self._analysis.dates(end, min(leaf.end, self._clause_end(end, leaf))):
            led = any(cue.end <= date.end and cue.start >= end for cue in self._analysis.cues("in-year", end, date.end))
            if led or self._is_in_plan(end, date):
                return self._span(date, leaf)
        return None

    def _is_in_plan(self, end: int, date: DateToken) -> bool:
        """Tell whether the plan of these years follows the figure: `trong Kế hoạch đầu tư công 2026-2030`."""
        within = [
            cue for cue in self._analysis.cues("within", end, date.start) if self._analysis.adjoins(end, cue.start)
        ]
        return bool(within) and bool(self._analysis.cues("plan", within[0].end, date.start))

    def _clause_end(self, end: int, leaf: Section | Sentence) -> int:
        stops = [at for mark in ",;.(" if (at := self._analysis.text.find(mark, end, leaf.end)) >= 0]
        return min(stops, default=leaf.end)

    def _before(self, leaf: Section | Sentence, start: int, told: str | None, since: int | None) -> str | None:
        """Return the last date before the figure that opens a clause or stands right before the words of the figure."""
        year = self._analysis.period(leaf.section)
        dates = [
            date for date in self._dates(leaf, year) if date.end <= start and self._dates_a_figure(date, leaf, start)
        ]
        if since is not None and not (dates and dates[-1].start >= since):
            return told
        return self._span(dates[-1], leaf) if dates else None

    def _dates(self, leaf: Section | Sentence, year: str) -> list[DateToken]:
        """Return the dates of the leaf; those that leave out their year are of `year`."""
        key = (leaf.start, year)
        if key not in self._read:
            self._read = {key: self._read_dates(leaf, year)}
        return self._read[key]

    def _read_dates(self, leaf: Section | Sentence, year: str) -> list[DateToken]:
        text = self._analysis.text[leaf.start : leaf.end]
        known = [*self._analysis.dates(leaf.start, leaf.end), *self._whole_years(leaf, year)]
        if len(known) == 0 and not any(char.isdigit() for char in text):
            return []
        loose = [_moved(date, leaf.start) for date in find_dates(text, last_year(year))]
        starts = {date.start for date in known}
        taken = [(date.start, date.end) for date in known]
        more = [d for d in loose if d.start not in starts and not any(s < d.end and d.start < e for s, e in taken)]
        numbers = {number.start for number in self._analysis.numbers(leaf.start, leaf.end)}
        return sorted((*known, *(date for date in more if _opens_number(date, numbers))), key=lambda date: date.start)

    def _whole_years(self, leaf: Section | Sentence, year: str) -> list[DateToken]:
        """Return where the sentence speaks of the whole of the year, of which some months may be told beside."""
        if year[:4] != str(last_year(year)):
            return []
        value = str(last_year(year))
        cues = self._analysis.cues("whole-year", leaf.start, leaf.end)
        return [DateToken(c.start, c.end, self._analysis.text[c.start : c.end], value, "year", "point") for c in cues]

    def _dates_a_figure(self, date: DateToken, leaf: Section | Sentence, start: int) -> bool:
        """Tell whether a date before the figure says when it is for, and is no base or part of a name."""
        if self._is_base(date, leaf):
            return False
        between = self._analysis.text[date.end : start]
        lead = self._lead(date, leaf)
        if not between.strip(" \n:(," if lead < date.start else " \n:("):
            return True
        if between.lstrip().startswith(":") or self._is_fronted(date, leaf):
            return True  # `Cơ cấu kinh tế đến năm 2025: nông nghiệp 15%; …`
        before = self._analysis.text[leaf.start : lead].rstrip()
        return not before or before[-1] in _CLAUSE_MARKS

    def _is_fronted(self, date: DateToken, leaf: Section | Sentence) -> bool:
        """Tell whether a date ends the phrase that opens the sentence: `Theo số liệu thống kê năm 2011, …`."""
        before = self._analysis.text[leaf.start : date.start]
        if self._analysis.text[date.end : date.end + 1] != "," or "," in before or len(before) > _FRONT:
            return False
        return not any(self._analysis.cues(key, leaf.start, date.start) for key in ("reach", "predicate", "achieve"))

    def _is_base(self, date: DateToken, leaf: Section | Sentence) -> bool:
        """Tell whether a date is compared with; the cue may hold its first word: `so với năm | 2019`."""
        lead = self._lead(date, leaf)
        cues = self._analysis.cues("compared", leaf.start, date.end)
        cues += [cue for cue in self._analysis.cues("compared-lead", leaf.start, lead) if cue.form.endswith("hơn")]
        return any(cue.start < lead and (cue.end >= lead or self._analysis.adjoins(cue.end, lead)) for cue in cues)

    def _span(self, date: DateToken, leaf: Section | Sentence) -> str:
        """Return the period a date stands for.

        A day in the months that the section speaks of stands for these, any other day for its year, up to which
        figures are told.
        """
        if date.unit == "month" and "/" not in date.value and self._is_up_to(date):
            return f"{date.value[:4]}-01/{date.value}"
        if date.unit != "day":
            return date.value
        usual = self._analysis.period(leaf.section)
        first, _, last = usual.partition("/")
        return usual if first <= date.value[: len(first)] <= (last or first) else date.value[:4]

    def _is_up_to(self, date: DateToken) -> bool:
        """Tell whether the figure is for all months to the end of this one: `đến hết tháng 9/2024`."""
        before = self._analysis.text[max(0, date.start - _LEAD) : date.start]
        return _TO_THE_END.search(before) is not None

    def _lead(self, date: DateToken, leaf: Section | Sentence) -> int:
        """Return where the words that lead to a date start: `phấn đấu đến`, `tính đến hết`, `trong`."""
        at = date.start
        while True:
            ends = [
                cue.start
                for key in ("date-lead", "in-year", "deadline", "strive", "estimated", "part")
                for cue in self._analysis.cues(key, max(leaf.start, at - _LEAD), max(date.end, at))
                if cue.start < at and (cue.end >= at or self._analysis.adjoins(cue.end, at))
            ]
            if not ends:
                return at
            at = min(ends)


def _opens_number(date: DateToken, numbers: set[int]) -> bool:
    """Tell whether a date without its year holds a number of the text, which would else be read as a quantity."""
    return any(date.start <= start < date.end for start in numbers) or date.unit == "quarter"


def _moved(date: DateToken, by: int) -> DateToken:
    return replace(date, start=date.start + by, end=date.end + by)


def _in_year(period: str, year: int) -> str | None:
    """Return the same months of another year, None where the period is of several years.

    >>> _in_year("2020-01/2020-09", 2019), _in_year("2016/2020", 2019)
    ('2019-01/2019-09', None)
    """
    ends = period.split("/")
    return "/".join(f"{year}{end[4:]}" for end in ends) if len({end[:4] for end in ends}) == 1 else None


def last_year(period: str) -> int:
    """Return the year in which a period of ISO 8601 ends.

    >>> last_year("2021/2025"), last_year("2023-01/2023-03")
    (2025, 2023)
    """
    return int(period.rpartition("/")[2][:4])
