r"""The deadlines of a report as a calendar: iCalendar (RFC 5545), one all-day event a task on its last day.

An event, and no VTODO, since common calendars do not show tasks of a subscribed calendar. The UID is the IRI of the
task, so that a calendar taken in twice holds each once. Not for: tasks without a deadline.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from hpkg.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.export.documents.reading import Reading

__all__ = ["folded", "written"]

_TASKS: Final = """
SELECT DISTINCT ?task ?name ?ordinal ?deadline WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph { ?task hp:deadline ?deadline ; skos:prefLabel ?name OPTIONAL { ?task hp:ordinal ?ordinal } }
} ORDER BY ?task ?deadline"""
_TOPICS: Final = """
SELECT DISTINCT ?task ?topic WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph { ?task hp:deadline ?deadline ; hp:topic ?topic }
} ORDER BY ?task ?topic"""
_OCTETS: Final = 75
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def written(report: Reading) -> dict[str, bytes]:
    """Return the calendar of `report`."""
    return {"": "".join(folded(line) for line in _lines(report)).encode()}


def folded(line: str) -> str:
    r"""Return a content line of at most 75 octets a line, never cut inside a character.

    >>> folded("SUMMARY:" + "ế" * 25).split("\r\n")[1]
    ' ếếế'
    """
    pieces, octets = [""], 0
    for character in line:
        width = len(character.encode())
        if octets + width > _OCTETS:
            pieces.append(" ")
            octets = 1
        pieces[-1] += character
        octets += width
    return "\r\n".join(pieces) + "\r\n"


def _lines(report: Reading) -> Iterator[str]:
    tasks = report.rows(_TASKS)
    periods, quotes = report.periods(), report.quotes()
    topics: dict[str, list[str]] = {}
    for row in report.rows(_TOPICS):
        topics.setdefault(row["task"], []).append(row["topic"])
    names = report.names({topic for found in topics.values() for topic in found})
    stamp = f"{report.issued:%Y%m%d}T000000Z"
    title = text("documents.deadlines", report.language, number=report.number, area=report.name(report.area))
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hpkg//hpkg//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from (f"NAME:{_said(title)}", f"X-WR-CALNAME:{_said(title)}", f"URL:{report.iri}")
    for row in tasks:
        day = periods[row["deadline"]].last
        said = [f"“{quote['quote']}”\n{quote['passage']}" for quote in quotes.get(row["task"], ())]
        ordinal = f"{row['ordinal']}. " if "ordinal" in row else ""
        yield from ("BEGIN:VEVENT", f"UID:{row['task']}", f"DTSTAMP:{stamp}")
        yield from (f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}")
        yield f"SUMMARY:{_said(ordinal + row['name'])}"
        about = "\n\n".join([text("documents.evidence-of", report.language, number=report.number), *said])
        yield f"DESCRIPTION:{_said(about)}"
        if row["task"] in topics:
            yield f"CATEGORIES:{','.join(_said(names[topic]) for topic in topics[row['task']])}"
        yield from (f"URL:{row['task']}", "TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def _said(words: str) -> str:
    return words.translate(_ESCAPES)
