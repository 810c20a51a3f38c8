"""The metadata of a report as it states them itself: number, date, issuer, area, title, period.

Nothing is guessed: what stands nowhere is asked for. Not for: metadata that stand beside the report (`hpkg.source`).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from hpkg.area import find_area
from hpkg.document import squeeze
from hpkg.errors import CallerError, SourceError
from hpkg.grammar.date import find_dates
from hpkg.grammar.document_number import find_document_numbers
from hpkg.grammar.word import tokens
from hpkg.letterhead.head import read_head
from hpkg.letterhead.issuer import (
    Issuer,
    area_in,
    find_issuer,
    is_known,
    is_of_state,
    issuer_of_code,
    read_issuer,
)
from hpkg.letterhead.title import Periods, first_period, read_periods, read_title
from hpkg.messages import text as said
from hpkg.source import REQUIRED, make_metadata

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.letterhead.head import Head
    from hpkg.lexicon import Lexicon
    from hpkg.source import Metadata

__all__ = ["ASKED", "complete", "read_letterhead"]

ASKED: Final = ("area", "year", "number", "date", "issuer", "title", "licence")
"""The fields a person is asked for when they stand nowhere, in the order they are asked for."""

_LICENCE: Final = said("licence.state-document", "en")
_NEAR: Final = 6
_TAIL: Final = 2000
_LEAD: Final = 1500
_SEARCHED: Final = 12_000
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?[A-Za-zđ]?(?:/\d{4})?(?:[/-][A-ZĐa-z0-9]+(?:&[A-ZĐ]+)?)+")
_YEARS: Final = re.compile(r"\s*(\d{4})\s*(?:[-/–]\s*(\d{4}))?\s*")
_MONTHS: Final = re.compile(r"\s*(\d{4}-\d\d(?:-\d\d)?)(?:\s*/\s*(\d{4}-\d\d(?:-\d\d)?))?\s*")


def complete(text: str, stated: Mapping[str, Any], given: Mapping[str, Any], lexicon: Lexicon, where: str) -> Metadata:
    """Return the metadata of `text`: what a person has `given`, what is `stated` beside it, else what it says.

    In what is given, `area` may be any name of the area; `date` may be text (`18/12/2020`); `year` and `plan_year` may
    be years or periods (`2011-2015`, `2023-01/2023-06`).

    Raises:
        SourceError: Something that is needed stands nowhere; the error names all of it, and what was found.
        CallerError: A value that was given means nothing.
    """
    known = {**stated, **_plain(given, stated, lexicon)}
    if all(known.get(name) for name in REQUIRED) and "issuer" not in given:
        return make_metadata(known, where)
    found = read_letterhead(text, lexicon, known)
    values = {**found, **known}
    waiting = values.pop("issuer_slug", None)
    if "issuer" in given:
        values.pop("issuer_name", None)
        values |= _named_issuer(given["issuer"], values, lexicon)
    if not values.get("licence") and is_of_state(lexicon, values.get("issuer"), values.get("issuer_name", "")):
        values["licence"] = _LICENCE
    missing = _missing(values, waiting, lexicon)
    if missing:
        told = {name: value for name, value in found.items() if name not in known and name in (*ASKED, "plan_year")}
        raise SourceError(
            "metadata-asked",
            where=where,
            missing=", ".join(missing),
            fields=tuple(missing),
            options=" ".join(f"--{name.replace('_', '-')} …" for name in missing),
            found="; ".join(f"{name} = {value}" for name, value in told.items()) or "–",
        )
    return make_metadata(values, where)


def _missing(values: Mapping[str, Any], waiting: str | None, lexicon: Lexicon) -> list[str]:
    """Return the fields to ask for: those that are not known and do not follow from others that are asked for."""
    missing = [name for name in ASKED if not values.get(name)]
    if "issuer" in missing:
        code = issuer_of_code(lexicon, _issuing_code(values.get("number")))
        if "number" in missing or ("area" in missing and (code or waiting)):
            missing.remove("issuer")
        missing = [name for name in missing if name != "licence"]
    return missing


def _plain(said: Mapping[str, Any], stated: Mapping[str, Any], lexicon: Lexicon) -> dict[str, Any]:
    """Return what a person gave, with the key of the area, the date as one, and periods parted into years."""
    given = dict(said)
    if isinstance(given.get("date"), str):
        given["date"] = _day(given["date"])
    if "area" in given:
        given["area"] = find_area(lexicon, given["area"], given.get("date") or stated.get("date"))
    for name, period in (("year", "period"), ("plan_year", "plan_period")):
        if name in given:
            given |= {period: ""} | _period(name, period, _iso(str(given[name]), name))
    if "number" in given:
        given["number"] = _number(given["number"])
    return given


def _day(said: str) -> dt.date:
    """Return the day that a person wrote, as `2020-12-18` or as Vietnamese has it."""
    dates = [date.value for date in find_dates(said) if date.unit == "day"]
    if len(dates) != 1 or "/" in dates[0]:
        raise CallerError("date-wrong", where="--date", said=said)
    return dt.date.fromisoformat(dates[0])


def _number(said: str) -> str:
    """Return a document number that a person wrote, in its regular form."""
    found = find_document_numbers(f"số {said}")
    number = found[0].normalised if found else "".join(said.split())
    if not _NUMBER.fullmatch(number):
        raise CallerError("number-wrong", where="--number", said=said)
    return number


def _iso(said: str, name: str) -> str:
    """Return a period that a person wrote, in ISO 8601."""
    years, months = _YEARS.fullmatch(said), _MONTHS.fullmatch(said)
    if years:
        return years[1] if years[2] in (None, years[1]) else f"{years[1]}/{years[2]}"
    if months:
        return months[1] if months[2] is None else f"{months[1]}/{months[2]}"
    dates = [date.value for date in find_dates(said) if date.unit != "day"]
    if len(dates) != 1:
        raise CallerError("year-wrong", where=f"--{name.replace('_', '-')}", said=said)
    return dates[0]


def _period(name: str, period: str, value: str) -> dict[str, Any]:
    """Return the fields of a period: the last year of one reported on, the first of one planned for."""
    first, _, last = value.partition("/")
    if name == "plan_year" and "-" in value:
        value = first = first[:4]  # a plan is of whole years, also when a report speaks of what is left of one
    year = int((first if name == "plan_year" else last or first)[:4])
    return {name: year} if value == str(year) else {name: year, period: value}


def read_letterhead(text: str, lexicon: Lexicon, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that `text` states; `given` are those that are known and that others depend on."""
    head = read_head(text, lexicon)
    lead = _read_lead(head, lexicon)
    title = read_title(head) or lead.get("title")
    number = _own_number(head) or lead.get("number")
    day = given.get("date") or _own_date(head, text) or lead.get("date")
    found: dict[str, Any] = {"title": title, "number": number, "date": day}
    issuer = read_issuer(head, day) or issuer_of_code(lexicon, _issuing_code(given.get("number") or number))
    area = given.get("area") or _area(issuer, given.get("title") or title, lexicon, day)
    found |= {"area": area} | _issuer_fields(issuer, area, lexicon, day)
    found |= _period_fields(given.get("title") or title, head, text, day, given)
    return {name: value for name, value in found.items() if value}


def _read_lead(head: Head, lexicon: Lexicon) -> dict[str, Any]:
    """Return what a first sentence of a news page tells: `Ngày …, … đã ban hành Báo cáo số … về …`."""
    if head.title is not None:
        return {}
    start = next((cell.start for cell in head.cells if cell.is_sentence), 0)
    stop = head.text.find("\n", start, start + _LEAD)
    said = head.text[start : stop if stop >= 0 else start + _LEAD]
    run = tokens(said)
    issues = head.cues("issue", run)
    for number in find_document_numbers(said):
        kinds = [kind for kind in lexicon.find(run, "document-kind") if kind.end <= number.start]
        if not kinds or not issues or issues[0].end > kinds[-1].start:
            continue
        found: dict[str, Any] = {"number": number.normalised}
        dates = [date for date in find_dates(said[: kinds[-1].start]) if date.unit == "day"]
        if dates:
            found["date"] = dt.date.fromisoformat(dates[0].value)
        about = [cue for cue in head.cues("about", run) if cue.start >= number.end]
        if about:
            found["title"] = f"{kinds[-1].concept.label} {squeeze(said[about[0].end :]).rstrip(' .;:')}"
        return found
    return {}


def _own_number(head: Head) -> str | None:
    """Return the number of the document itself: one that stands alone above its body, or in its title."""
    for cell in (*head.above, *head.below[:2]):
        for number in find_document_numbers(cell.text):
            before = tokens(cell.text[: number.start])
            told = [
                cue for cue in head.cues("name-number", before) if cell.text[cue.end : number.start].strip(" :") == ""
            ]
            near = len(before) <= _NEAR or (told and cell in head.above and not cell.is_sentence)
            if near and not head.opens("cue/preamble", cell.text):
                return number.normalised
    return None


def _issuing_code(number: str | None) -> str | None:
    """Return the code of the issuer in a document number."""
    found = find_document_numbers(f"số {number}") if number else []
    return found[0].issuer_code if found else None


def _own_date(head: Head, text: str) -> dt.date | None:
    """Return the date of issue: in the letterhead after a place (`Hà Nội, ngày …`), else the day of adoption."""
    limit = next((cell.start for cell in head.below if cell.is_sentence), None)
    if limit is None:
        limit = head.above[-1].end if head.above else 0
    for date in find_dates(head.text[:limit]):
        before = head.text[max(0, date.start - 60) : date.start].rstrip()
        motto = head.cues("motto", tokens(before))
        before = before[motto[-1].end :] if motto else before
        in_words = date.text[0].isalpha()
        if date.unit == "day" and in_words and before.endswith(",") and _is_place_line(before):
            return dt.date.fromisoformat(date.value)
    tail = text[-_TAIL:]
    run = tokens(tail)
    adopted = [cue.end for cue in head.cues("adopted", run)]
    for date in find_dates(tail):
        # The date begins with the word for day, with which the cue ends.
        if date.unit == "day" and any(date.start <= end <= date.end for end in adopted):
            return dt.date.fromisoformat(date.value)
    return None


def _is_place_line(before: str) -> bool:
    """Tell whether what stands between the last break and the comma is as short as the name of a place."""
    said = re.split(r"[|\n\t]|\s{3,}|[-–—_]{3,}", before)[-1].strip(" ,")
    return bool(said) and len(said.split()) <= _NEAR and said[0].isupper()


def _area(issuer: Issuer | None, title: str | None, lexicon: Lexicon, day: dt.date | None) -> str | None:
    """Return the area a document is of: its issuer's; of a national one, the only province its title names."""
    if issuer is None or issuer.area is None:
        return area_in(lexicon, title, day) if title else None
    if issuer.area == "vn" and title:
        return area_in(lexicon, title, day) or issuer.area
    return issuer.area


def _issuer_fields(issuer: Issuer | None, area: str | None, lexicon: Lexicon, day: dt.date | None) -> dict[str, Any]:
    """Return the key of the issuer, and its name unless the reference data know it."""
    key = issuer.key(lexicon, area, day) if issuer else None
    if issuer is None:
        return {}
    if key is None:
        return {"issuer_slug": issuer.slug}  # all it lacks is the area
    return {"issuer": key} if is_known(lexicon, key) else {"issuer": key, "issuer_name": issuer.name}


def _named_issuer(said: str, values: Mapping[str, Any], lexicon: Lexicon) -> dict[str, Any]:
    """Return the fields of an issuer that a person gave by key or by name."""
    if "/" in said:
        return {"issuer": said}
    issuer = find_issuer(lexicon, said, values.get("date"))
    fields = _issuer_fields(issuer, values.get("area"), lexicon, values.get("date"))
    if issuer is None:
        raise CallerError("issuer-unknown", where="--issuer", said=said)
    return fields if "issuer" in fields else {"issuer": ""}


def _period_fields(
    title: str | None, head: Head, text: str, day: dt.date | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the periods of a document, by its title, else by the first one its text speaks of."""
    periods = read_periods(title, head) if title else Periods()
    found: dict[str, Any] = {}
    if periods.planned and "plan_year" not in given:
        found |= _period("plan_year", "plan_period", periods.planned)
    if "year" in given:
        return found
    if periods.reported:
        found |= _period("year", "period", periods.reported)
    elif periods.planned:
        plan = {**found, **given}  # it only plans
        found |= _period("year", "period", plan.get("plan_period") or str(plan["plan_year"]))
    elif day is not None and "plan_year" not in given:
        said = first_period(text[:_SEARCHED], day)
        found |= _period("year", "period", said) if said else {}
    return found
