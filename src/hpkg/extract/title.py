"""The documents a report names without a number: by kind and title, by kind and body, by the congress that passed them.

A kind of document is a common word as well (`đạt kế hoạch`), so a name needs a capital and a title, a quotation, a
period, or the body that issued it. Not for: documents with a number (`hpkg.extract.citation`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hpkg.extract.identity import plain_words
from hpkg.extract.name import Name, NameReader
from hpkg.namespaces import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.event import EventReader, NamedEvent
    from hpkg.extract.organisation import OrganisationReader
    from hpkg.lexicon import Concept, Match

__all__ = ["Owner", "Title", "TitleReader"]

_LAWS: Final = frozenset({"law", "ordinance"})
_OF_A_BODY: Final = frozenset(
    {
        "resolution", "decree", "decision", "circular", "directive", "conclusion", "notice", "guidance", "report",
        "submission", "official-letter", "document",
    }
)  # fmt: skip
"""Kinds that are named by who issued them and on what; the others have titles."""
_ACTS: Final = frozenset({"report", "notice", "guidance", "submission", "official-letter", "decision", "document"})
"""Kinds whose word is also a verb or too general: it names one only with `của` and a body, or a quotation."""
_LOWER: Final = frozenset({"master-plan", "strategy"})
"""Kinds that reports write in lower case and still mean one document, when its period is given."""
_NATIONAL: Final = frozenset({"law", "ordinance", "constitution", "decree"})
_OWN: Final = frozenset({"regulation", "charter", *_LAWS})
"""Kinds whose title may go on with `của` and those it is about."""
_REACH: Final = 60
_FEWEST_WORDS: Final = 2
_FEWEST_LOWER: Final = 3


@dataclass(frozen=True, slots=True)
class Owner:
    """The body that issued a document, where the words after a kind or a number say it."""

    start: int
    end: int
    concept: Concept | None
    explicit: bool
    """Whether `của` leads to it."""


@dataclass(frozen=True, slots=True)
class Title:
    """A stretch of the text that names a document without its number; `key` is what the document is known by."""

    kind: Concept
    start: int
    end: int
    key: str
    issuer: Concept | None = None
    date: str | None = None
    subject: tuple[int, int] | None = None
    event: NamedEvent | None = None
    begins: int = 0
    """Where the title begins after the word for the kind."""
    is_certain: bool = True
    """Whether the words show by themselves that they name a document."""


class TitleReader:
    """The named documents of one report."""

    def __init__(self, analysis: Analysis, organisations: OrganisationReader, events: EventReader) -> None:
        """Read from `analysis`, with the bodies and the congresses that issue documents."""
        self._analysis = analysis
        self._organisations = organisations
        self._events = events
        self._names = NameReader(analysis)

    def read(self, start: int, stop: int) -> Iterator[Title]:
        """Yield the documents named in the heading or sentence from `start` to `stop`.

        Those that are not certain are common words, unless the report names the document elsewhere.
        """
        last = start
        for kind in self._analysis.matches("document-kind", start, stop):
            if kind.role == "decoy":
                continue
            title = self._read(kind, start, self._stop(kind, stop))
            if title is not None and (title.start >= last or self._is_capital(kind)):
                yield title
                last = max(last, title.end) if title.is_certain else last
        for cue in self._analysis.cues("treaty", start, stop):
            if cue.start >= last or not self._is_short_of_title(cue.start):
                concept = self._analysis.lexicon.get("document-kind", "treaty")
                yield Title(concept, cue.start, cue.end, f"intl/{slug(cue.form)}", begins=cue.start)

    def _is_short_of_title(self, start: int) -> bool:
        return self._analysis.text[max(0, start - 1) : start] == "("

    def _stop(self, kind: Match, stop: int) -> int:
        """Return where a title must end: at the next document number, less the `số` before it."""
        for number in self._analysis.document_numbers(kind.end, stop)[:1]:
            called = self._analysis.cues("name-number", max(kind.end, number.start - 8), number.start)
            return called[-1].start if called and self._analysis.adjoins(called[-1].end, number.start) else number.start
        return stop

    def _read(self, kind: Match, start: int, stop: int) -> Title | None:
        """Return the document that `kind` opens, None when the words name none."""
        several = self._several(kind.start)
        owner = self.owner(kind.end, stop)
        congress = self._congress(kind.end, stop)
        if congress is not None:
            return None if several is not None else self._of_congress(kind, congress)
        if owner is not None and (self._is_capital(kind) or several is not None):
            made = self._of_body(kind, owner, start, stop, several)
            if made is not None or kind.concept.key in _OF_A_BODY:
                return made
        if several is not None:
            return None
        return self._titled(kind, start, stop)

    def _is_capital(self, kind: Match) -> bool:
        return any(token.text[:1].isupper() for token in self._analysis.tokens(kind.start, kind.end))

    def _opens(self, kind: Match, start: int) -> bool:
        """Tell whether the sentence begins with the kind, so that its capital says nothing."""
        return not any(char.isalpha() for char in self._analysis.text[start : kind.start])

    def _several(self, start: int) -> int | None:
        """Return where words such as `các` before a kind begin, that speak of several."""
        floor = max(0, start - 12)
        spans = [(it.start, it.end) for it in self._analysis.cues("several", floor, start)]
        spans += [(it.start, it.end) for it in self._analysis.numbers(floor, start)]
        return next((first for first, last in spans if self._analysis.adjoins(last, start)), None)

    # --- whose it is

    def owner(self, end: int, stop: int) -> Owner | None:
        """Return the body that stands at `end`, or that `của` there leads to."""
        at, explicit = end, False
        for cue in self._analysis.cues("issued-by", end, min(stop, end + _REACH))[:1]:
            if self._analysis.adjoins(end, cue.start):
                at, explicit = cue.end, True
        near = min(stop, at + _REACH + _REACH)
        for match in self._organisations.inside(at, near)[:1]:
            if self._analysis.adjoins(at, match.start):
                return Owner(match.start, match.end, match.concept, explicit)
        for match in self._analysis.matches("organisation-kind", at, near)[:1]:
            if self._analysis.adjoins(at, match.start) and self._analysis.text[match.start].isupper():
                return Owner(match.start, self._with_place(match.end, near), None, explicit)
        return None

    def _with_place(self, end: int, stop: int) -> int:
        """Return where the name of a body ends that goes on with its place (`Hội đồng nhân dân` `tỉnh`)."""
        for scheme in ("place", "place-kind"):
            for match in self._analysis.matches(scheme, end, stop)[:1]:
                if self._analysis.adjoins(end, match.start) and match.role != "decoy":
                    return match.end
        return end

    def _congress(self, end: int, stop: int) -> NamedEvent | None:
        """Return the congress that stands at `end`, or that `của` there leads to."""
        cues = self._analysis.cues("issued-by", end, min(stop, end + _REACH))[:1]
        at = cues[0].end if cues and self._analysis.adjoins(end, cues[0].start) else end
        for event in self._events.inside(at, stop)[:1]:
            if event.kind in ("congress", "plenum", "session") and self._analysis.adjoins(at, event.start):
                return event
        return None

    def _of_congress(self, kind: Match, event: NamedEvent) -> Title:
        area, _, words = event.key.partition("/")
        key = f"{area}/{slug(kind.concept.label)}-{words}"
        return Title(kind.concept, kind.start, event.end, key, event=event, begins=kind.end)

    def _of_body(self, kind: Match, owner: Owner, start: int, stop: int, several: int | None) -> Title | None:
        """Read a document by its body: `Nghị quyết của Hội đồng nhân dân tỉnh về …`."""
        key = kind.concept.key
        plenum = self._plenum(kind, owner, stop)
        if plenum is not None and several is None:
            return plenum
        end, date = self.dated(owner.end, stop)
        subject = self._subject(end, stop)
        if subject is None:
            bare = key in _OF_A_BODY and (owner.explicit or key == "resolution")
            if not bare or (key in _ACTS and self._opens(kind, start)) or not self._is_capital(kind):
                return None
            made = self._made(kind, Name(kind.end, end, 1), stop, owner=owner, date=date)
            # Several of a body's documents are those that the text also speaks of one by one, if it does.
            return made if several is None else replace(made, is_certain=False)
        if not self._is_capital(kind) or (key in _ACTS and not owner.explicit):
            return None
        made = self._made(kind, Name(kind.end, subject[1], 1), stop, owner=owner, date=date)
        return replace(made, start=kind.start if several is None else several, subject=subject)

    def _plenum(self, kind: Match, owner: Owner, stop: int) -> Title | None:
        """Read `Nghị quyết Trung ương 4 khóa XII`."""
        if owner.explicit or kind.concept.key not in _OF_A_BODY:
            return None
        name = self._names.read(owner.end, min(stop, owner.end + _REACH))
        run = self._analysis.tokens(owner.end, name.ordinal_end) if name.ordinal is not None else []
        if not run or len(run) > 4:  # noqa: PLR2004 - the number of the session, a bracket, `khóa`, its number
            return None
        text = self._analysis.text
        end = name.ordinal_end + (text[name.ordinal_end : name.ordinal_end + 1] == ")")
        made = self._made(kind, Name(kind.end, end, name.words), stop, owner=owner)
        return replace(made, key=f"vn/{plain_words(self._analysis, kind.start, end)}")

    def dated(self, end: int, stop: int) -> tuple[int, str | None]:
        """Return where words that stand at `end` and give the day of issue end, and the day."""
        for date in self._analysis.dates(end, min(stop, end + _REACH))[:1]:
            if date.unit == "day" and not self._analysis.text[end : date.start].strip(" ,(\n\xa0"):
                closing = (
                    self._analysis.text[date.end : date.end + 1] == ")" and "(" in self._analysis.text[end : date.start]
                )
                return date.end + closing, date.value
        return end, None

    def _subject(self, end: int, stop: int) -> tuple[int, int] | None:
        """Return the span of the subject, where words such as `về việc` at `end` lead to it."""
        text = self._analysis.text
        gap = len(text[end:stop]) - len(text[end:stop].lstrip(" ,\n\xa0"))
        for cue in self._analysis.cues("about", end + gap, min(stop, end + _REACH))[:1]:
            if cue.start == end + gap:
                name = self._names.read(cue.end, stop, about=True)
                first = name.start + len(text[name.start : name.end]) - len(text[name.start : name.end].lstrip())
                return (first, name.end) if name.end > first else None
        return None

    # --- titles

    def _titled(self, kind: Match, start: int, stop: int) -> Title | None:
        """Read a document by its title."""
        key = kind.concept.key
        subject = self._subject(kind.end, stop)
        name = self._names.read(kind.end, stop, is_law=key in _LAWS)
        if key in _OF_A_BODY:
            if name.quoted:
                return self._made(kind, name, stop)
            wanted = subject is not None and self._is_capital(kind) and not self._opens(kind, start)
            if subject is None or not wanted or key in _ACTS - {"decision"}:
                return None
            return replace(self._made(kind, replace(name, end=subject[1]), stop), subject=subject)
        if self._is_named(kind, name, start):
            return self._made(kind, name, stop)
        if name.words < _FEWEST_WORDS or key in _LAWS:
            return None
        return replace(self._made(kind, name, stop), is_certain=False)

    def _is_named(self, kind: Match, name: Name, start: int) -> bool:
        """Tell whether the words after a kind that has titles are one."""
        key, capital = kind.concept.key, self._is_capital(kind)
        if not capital:
            lower = key in _LOWER and bool(name.dates) and name.words >= _FEWEST_LOWER
            return name.quoted or lower
        return name.quoted or self._is_titled(kind, name, opens=self._opens(kind, start))

    def _is_titled(self, kind: Match, name: Name, *, opens: bool) -> bool:
        """Tell whether the words after a kind with a capital are its title, certain where they open a sentence."""
        key = kind.concept.key
        first = self._analysis.tokens(name.start, max(name.end, name.start))[:1]
        proper = bool(first) and first[0].text[:1].isupper()
        if key == "constitution":
            return bool(first) or not opens
        if key in _LAWS:
            return bool(first) and (proper or (name.words >= _FEWEST_WORDS and not opens))
        counted = self._analysis.tokens(kind.end, kind.end + 8)[:1]
        if key == "programme" and counted and counted[0].kind == "digits" and not name.dates:
            return True
        enough = name.words >= _FEWEST_WORDS or (proper and not opens) or (key == "treaty" and bool(name.short))
        return enough and (not opens or name.is_certain)

    def _made(
        self, kind: Match, name: Name, stop: int, *, owner: Owner | None = None, date: str | None = None
    ) -> Title:
        """Return the title from `kind` to the end of `name`, with what is said of it."""
        end = name.end
        key = kind.concept.key
        counted = self._analysis.tokens(kind.end, min(stop, kind.end + 8))[:1]
        if name.words == 0 and counted and counted[0].kind == "digits":
            end = counted[0].end
        if owner is None and key not in _OWN and not name.quoted:
            end, owner = self._without_owner(kind, end, name)
        if owner is None:
            owner = self._owner_after(end, stop)
        subject = self._inner_subject(kind.end, end, name)
        until = end
        if date is None:
            end, date = self.dated(end, stop)
        return Title(
            kind.concept,
            kind.start,
            end,
            self._key(kind, until, name, owner, date),
            owner.concept if owner else None,
            date,
            subject,
            begins=kind.end,
        )

    def _owner_after(self, end: int, stop: int) -> Owner | None:
        owner = self.owner(end, stop)
        return owner if owner is not None and owner.explicit else None

    def _without_owner(self, kind: Match, end: int, name: Name) -> tuple[int, Owner | None]:
        """Return where a title ends when `của` and the body that issued it follow, and that body."""
        for cue in self._analysis.cues("issued-by", kind.end, end):
            owner = self.owner(cue.start, end + 1)
            enough = len(self._analysis.tokens(kind.end, cue.start)) >= _FEWEST_WORDS
            later = any(date.start > cue.start for date in name.dates)
            if owner is not None and owner.concept is not None and enough and not later:
                cut = kind.end + len(self._analysis.text[kind.end : cue.start].rstrip())
                return cut, owner
        return end, None

    def _inner_subject(self, start: int, end: int, name: Name) -> tuple[int, int] | None:
        """Return what stands inside the quotation marks, or after the first `về`."""
        text = self._analysis.text
        if name.quoted:
            said = text[start:end]
            opening = start + len(said) - len(said.lstrip()) + 1
            return opening, end - 1
        for cue in self._analysis.cues("about", start, end)[:1]:
            said = text[cue.end : end]
            return cue.end + len(said) - len(said.lstrip()), end
        return None

    # --- what it is known by

    def _key(self, kind: Match, end: int, name: Name, owner: Owner | None, date: str | None) -> str:
        """Return the area of the document and its name in plain words."""
        if name.short and kind.concept.key == "treaty":
            return f"intl/{slug(name.short)}"
        words = self._words(kind, end, name)
        if date is not None and kind.concept.key in _LAWS:
            words = f"{words}-{date[:4]}"
        return f"{self._area(kind, end, owner)}/{words}"

    def _words(self, kind: Match, end: int, name: Name) -> str:
        """Return the plain words of a title: up to its first period, which is written in one way."""
        inner = [date for date in self._analysis.dates(kind.end, end) if date.unit == "year"]
        if kind.concept.key == "constitution":
            return "-".join((slug(kind.concept.label), *(date.value for date in inner[:1])))
        if inner and not name.quoted:
            words = plain_words(self._analysis, kind.start, inner[0].start)
            return f"{words}-{slug(inner[0].value)}"
        return plain_words(self._analysis, kind.start, end)

    def _area(self, kind: Match, end: int, owner: Owner | None) -> str:
        """Return the area whose document it is: its body's, the nation's where the words say so, else the report's."""
        if kind.concept.key == "treaty":
            return "intl"
        if owner is not None and owner.concept is not None:
            area = owner.concept.key.partition("/")[0]
            return area if "/" in owner.concept.key else self._analysis.document.source.area
        national = kind.concept.key in _NATIONAL or self._analysis.cues("national", kind.start, end)
        return "vn" if national else self._analysis.document.source.area
