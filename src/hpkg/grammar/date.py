"""Dates and periods as official Vietnamese prints them, read as ISO 8601.

A quarter or a number of months is the interval of its first and last month. A day that no calendar has (31/02) is no
date. Not for: which fact a date belongs to; a time without its year, unless the year is given.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from hpkg.grammar.word import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["DateRole", "DateToken", "DateUnit", "find_dates"]

DateUnit = Literal["day", "month", "quarter", "year"]
DateRole = Literal["point", "within", "until", "before", "from", "after", "span"]

_SLIPS = {"năm": "n[áãâ]m", "tháng": "th[ảàã]ng", "ngày": "ng[ảáạ]y"}
_NAM, _THANG, _NGAY = (f"(?:{word}|{slip})" for word, slip in _SLIPS.items())
_SLIP = re.compile(
    "|".join(rf"(?P<{group}>\b{slip}\b)" for group, slip in zip("yma", _SLIPS.values(), strict=True)), re.IGNORECASE
)
_MENDED = dict(zip("yma", _SLIPS, strict=True))

_O, _S, _G = r"\s{0,3}", r"\s{1,4}", r"\s{0,4}"
_Y = r"(?:19|20|21)\d\d(?!\d)"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_M = r"(?:0?[1-9]|1[0-2])(?!\d)"
_FREE, _END = r"(?<![\w/.,:-])", r"(?![\w/-]|[.,]\d)"
_OF_YEAR = rf"(?:{_O}[/-]{_O}|{_O},?{_S}(?:của{_S})?{_NAM}{_S})"
_TO = rf"(?:{_O}-{_O}|{_S}(?:đến|tới){_S}(?:hết{_S})?)"
_PERIOD = rf"(?:giai{_S}đoạn|thời{_S}k[ỳì]|nhiệm{_S}k[ỳì]|năm{_S}học|niên{_S}khóa|niên{_S}độ)"
_TOLD = rf"(?:ước|đạt|tăng|giảm|thực{_S}hiện|{_NAM}{_S}nay)"
"""What follows a number of months that a figure is told of: `thu 9 tháng ước đạt …`; so does the figure itself."""
_TERMS = (
    "dưới",
    "trên",
    "đủ",
    "được",
    "quá",
    "hạn",
    "sau",
    "trước",
    "mỗi",
    "từ",
    "đến",
    "gần",
    "hơn",
    "dài",
    "trẻ",
    "khoảng",
    "gian",
)
_NO_TERM = "".join(rf"(?<!\b{word}\s)" for word in _TERMS)
"""A number of months after these is an age or a term: `trẻ dưới 6 tháng`, `kỳ hạn 6 tháng`."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_DATE = re.compile(
    rf"""
    (?<!\w)(?=[\dgnqt]) (?:
    (?P<days>   (?:{_NGAY}{_S})? {_FREE}(?P<days_d>{_D}) (?:/(?P<days_m>{_M}))? {_TO} (?:{_NGAY}{_S})?
                (?P<days_d2>{_D}) (?:/|{_S}{_THANG}{_S}) (?P<days_m2>{_M}) {_OF_YEAR} (?P<days_y>{_Y}) )
  | (?P<day>    (?:{_NGAY}{_S})? {_FREE}(?P<day_d>\d{{1,2}})
                (?: \s?/\s?(?P<day_m>\d{{1,2}})\s?/\s? | (?P<sep>[-.])(?P<day_m2>\d{{1,2}})(?P=sep)
                  | {_S}{_THANG}{_S}(?P<day_m3>\d{{1,2}}){_OF_YEAR} ) (?P<day_y>{_Y}) )
  | (?P<iso>    {_FREE}(?P<iso_y>{_Y})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d) (?![\w-]) )
  | (?P<loose_day> {_NGAY}{_S} (?P<loose_day_d>{_D}) (?:/|-|{_S}{_THANG}{_S}) (?P<loose_day_m>{_M}) {_END} )
  | (?P<months> {_FREE}(?P<months_n>0?[1-9]|1[01]) {_S}{_THANG} (?:{_S}(?P<months_half>đầu|cuối))?
                {_S}(?:(?:của{_S})?{_NAM}{_S})? (?P<months_y>{_Y}) )
  | (?P<loose_months> {_FREE}(?P<loose_months_n>0?[1-9]|1[01]) {_S}{_THANG}{_S}(?P<loose_months_half>đầu|cuối)
                {_S}{_NAM}(?!\w) )
  | (?P<told_months> {_NO_TERM}{_FREE}(?P<told_months_n>0?[2-9]|1[01]) {_S}{_THANG}(?= {_S}(?:{_TOLD}(?!\w)|\d)) )
  | (?P<month>  (?<!\d\s){_THANG}{_S} (?P<month_m>{_M}) (?:{_OF_YEAR}(?P<month_y>{_Y}) | {_END}) )
  | (?P<quarter>qu[ýí]{_S} (?P<quarter_q>iv|i{{1,3}}|0?[1-4]) (?:{_OF_YEAR}(?P<quarter_y>{_Y}) | {_END}) )
  | (?P<span>   (?:{_FREE}\d{{1,2}}{_S}năm{_S})? (?:{_PERIOD}{_S}(?:từ{_S})?)? (?:{_NAM}{_G})?
                (?<![\d/.,-])(?P<span_y>{_Y}) {_TO} (?:{_NAM}{_S})? (?P<span_y2>{_Y}) (?![/.,-]?\d) )
  | (?P<year>   {_NAM}{_G}(?P<year_y>{_Y}) )
  | (?P<bare_month> {_FREE}(?P<bare_month_m>{_M})/(?P<bare_month_y>{_Y}) {_END} )
  | (?P<bare_year>  {_FREE}(?P<bare_year_y>{_Y}) {_END} )
    )
    """,
    re.VERBOSE,
)

_BEHIND = 24
_OF_EDGE = rf"(?:{_S}(?:hết|cuối|đầu|giữa|cả|khoảng|trước))*"
_ROLES: tuple[tuple[DateRole, re.Pattern[str]], ...] = (
    ("before", re.compile(rf"(?<!\w)(?:trước|chậm{_S}nhất(?:{_S}(?:là|vào|trong|đến))?)\s*\Z")),
    ("until", re.compile(rf"(?<!\w)(?<!tính\s)(?:đến|tới|hạn{_S}cuối){_OF_EDGE}\s*\Z")),
    ("from", re.compile(rf"(?<!\w)(?:từ|kể{_S}từ){_OF_EDGE}\s*\Z")),
    ("after", re.compile(rf"(?<!\w)sau{_OF_EDGE}\s*\Z")),
    ("within", re.compile(rf"(?<!\w)(?:trong|vào){_OF_EDGE}\s*\Z")),
)

_NEVER_YEAR_AFTER = {
    "số",
    "trên",
    "hơn",
    "khoảng",
    "gần",
    "đạt",
    "là",
    "có",
    "với",
    "thêm",
    "tăng",
    "giảm",
    "điều",
    "cho",
}
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s\(?\Z")
_SENTENCE_MARK_AFTER = re.compile(r"\s?(?:[;:.,)\]”\"»]|\n|\Z)")
_LISTED = re.compile(r"\s?[,;]\s|\svà\s")
_LIST_YEARS = 10  # how far apart the years of one list may be


@dataclass(frozen=True, slots=True)
class DateToken:
    """A date or period where it stands: `text[start:end]` of the text given is `text`.

    `value` is ISO 8601 (`2020-12-18`, `2025-07`, `2021`, `2021/2025`, `2023-01/2023-03`), `unit` what it is printed in,
    `role` what the word before makes of it. `is_bare` marks a year or month that no word calls one. `mended` is `text`
    with the slips in its own words mended (`nám 2020`), else None.
    """

    start: int
    end: int
    text: str
    value: str
    unit: DateUnit
    role: DateRole
    is_bare: bool = False
    mended: str | None = None

    @property
    def is_deadline(self) -> bool:
        """Tell whether the word before sets an end: `đến`, `trước`, `chậm nhất`, `xong trước`."""
        return self.role in ("until", "before")

    @property
    def bounds(self) -> tuple[date, date]:
        """Return the first and the last day.

        >>> [str(day) for day in find_dates("trong quý I/2023")[0].bounds]
        ['2023-01-01', '2023-03-31']
        """
        first, _, last = self.value.partition("/")
        return _edge(first, last=False), _edge(last or first, last=True)


def _edge(value: str, *, last: bool) -> date:
    """Return the first or last day of a year, month or day in ISO 8601."""
    year, month, day = (int(part) if part else None for part in (*value.split("-"), "", "")[:3])
    assert year is not None
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a match says, by offsets of the folded text."""

    start: int
    end: int
    value: str
    unit: DateUnit
    is_bare: bool = False


def find_dates(text: str, year: int | None = None) -> list[DateToken]:
    """Return the dates and periods of `text` in order; those that leave out their year only when `year` is given.

    >>> [(token.text, token.value, token.role) for token in find_dates("ngày 09/4/2020, tầm nhìn đến năm 2050")]
    [('ngày 09/4/2020', '2020-04-09', 'point'), ('năm 2050', '2050', 'until')]
    """
    return list(_find(text, year))


@lru_cache(maxsize=512)
def _find(text: str, year: int | None) -> tuple[DateToken, ...]:
    folded = fold(text)
    found: list[DateToken] = []
    last: _Reading | None = None
    for match in _DATE.finditer(folded.text):
        for reading in _read(match, year):
            if not reading.is_bare or _is_meant(folded.text, reading, last):
                found.append(_token(text, folded, reading))
                last = reading
    return tuple(found)


def _token(text: str, folded: Folded, reading: _Reading) -> DateToken:
    """Return the token of a reading, at its place in the original text."""
    start, end = folded.span(reading.start, reading.end)
    printed = text[start:end]
    before = folded.text[max(0, reading.start - _BEHIND) : reading.start]
    role: DateRole = next((role for role, pattern in _ROLES if pattern.search(before)), "point")
    if "/" in reading.value and role in ("point", "within", "from"):
        role = "span"
    return DateToken(start, end, printed, reading.value, reading.unit, role, reading.is_bare, _mend(printed))


def _mend(printed: str) -> str | None:
    """Return a printed date with the slips in its words mended, None when it has none."""
    folded = fold(printed, keep_case=True).text
    mended = _SLIP.sub(_mended_word, folded)
    return None if mended == folded else mended


def _mended_word(slip: re.Match[str]) -> str:
    """Return the word meant by a slip, in the case of the slip."""
    word = _MENDED[slip.lastgroup or ""]
    return word.upper() if slip[0].isupper() else word.capitalize() if slip[0][0].isupper() else word


def _is_meant(text: str, reading: _Reading, last: _Reading | None) -> bool:
    """Tell whether a year or month that no word calls one is meant: in a list of years, or at the end of a phrase."""
    ahead = _WORD_BEFORE.search(text, max(0, reading.start - _BEHIND), reading.start)
    if reading.unit == "month":
        return ahead is None or ahead[1] != "số"
    if last is not None and last.unit == "year" and _LISTED.fullmatch(text, last.end, reading.start):
        return abs(int(reading.value) - int(last.value[-4:])) <= _LIST_YEARS
    follows = _SENTENCE_MARK_AFTER.match(text, reading.end)
    return bool(ahead and follows and ahead[1] not in _NEVER_YEAR_AFTER)


def _read(match: re.Match[str], year: int | None) -> Iterator[_Reading]:
    """Yield what one match says; nothing for a day that no calendar has, or when the year is missing."""
    kind = next(name for name in _READERS if match[name] is not None)
    parts = {name.removeprefix(f"{kind}_"): part for name, part in match.groupdict().items() if part}
    if "y" not in parts and year is None:
        return
    parts.setdefault("y", str(year))
    if kind == "span" and parts["y"] >= parts["y2"]:
        yield _Reading(match.start(), match.end("span_y"), parts["y"], "year")
        yield _Reading(match.start("span_y2"), match.end(), parts["y2"], "year")
        return
    unit, read = _READERS[kind]
    value = read(parts)
    if value is not None:
        yield _Reading(match.start(), match.end(), value, unit, is_bare=kind.startswith("bare"))


_Parts = dict[str, str]


def _day(parts: _Parts) -> str | None:
    """Return a day of the calendar."""
    month = parts.get("m") or parts.get("m2") or parts["m3"]
    try:
        return date(int(parts["y"]), int(month), int(parts["d"])).isoformat()
    except ValueError:
        return None


def _days(parts: _Parts) -> str | None:
    """Return the interval from a day to a later day of the same year."""
    last = _day({"y": parts["y"], "m": parts["m2"], "d": parts["d2"]})
    first = _day({"y": parts["y"], "m": parts.get("m", parts["m2"]), "d": parts["d"]})
    return f"{first}/{last}" if first and last and first < last else None


def _month(parts: _Parts) -> str | None:
    """Return a month."""
    return f"{parts['y']}-{int(parts['m']):02}"


def _months(parts: _Parts) -> str | None:
    """Return the interval of the first, or with `cuối` the last, months of a year."""
    count = int(parts["n"])
    first, last = (13 - count, 12) if parts.get("half") == "cuối" else (1, count)
    return f"{parts['y']}-{first:02}/{parts['y']}-{last:02}"


def _quarter(parts: _Parts) -> str | None:
    """Return the interval of the months of a quarter."""
    quarter = _ROMAN.get(parts["q"]) or int(parts["q"])
    return f"{parts['y']}-{3 * quarter - 2:02}/{parts['y']}-{3 * quarter:02}"


def _span(parts: _Parts) -> str | None:
    """Return the interval from a year to a later year."""
    return f"{parts['y']}/{parts['y2']}"


def _year(parts: _Parts) -> str | None:
    """Return a year."""
    return parts["y"]


_READERS: dict[str, tuple[DateUnit, Callable[[_Parts], str | None]]] = {
    "days": ("day", _days),
    "day": ("day", _day),
    "iso": ("day", _day),
    "loose_day": ("day", _day),
    "months": ("month", _months),
    "loose_months": ("month", _months),
    "told_months": ("month", _months),
    "month": ("month", _month),
    "quarter": ("quarter", _quarter),
    "span": ("year", _span),
    "year": ("year", _year),
    "bare_month": ("month", _month),
    "bare_year": ("year", _year),
}
