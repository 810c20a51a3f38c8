"""What every rule of the reader looks at: tokens, numbers, dates, document numbers and words, found once a report.

All offsets are those of the source. Not for: what any of it states.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypedDict, TypeVar

from hpkg.area import area_place
from hpkg.extract.mending import Slip, find_slips, mend_tokens, part_tokens
from hpkg.extract.section import is_run_in
from hpkg.grammar.date import DateToken, find_dates
from hpkg.grammar.document_number import DocumentNumber, find_document_numbers
from hpkg.grammar.number import NumberToken, find_numbers
from hpkg.grammar.word import Token, tokens
from hpkg.lexicon import Runs
from hpkg.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hpkg.document import Document
    from hpkg.lexicon import Concept, Lexicon, Match
    from hpkg.model import Section, Sentence


__all__ = ["PLAN_ROLES", "Analysis", "Cover", "Index", "Stated", "spans_overlap"]


class Stated(TypedDict):
    """The fields that say where a fact stands."""

    report: str
    section: str | None
    sentence: str | None
    start: int
    end: int
    text: str


_LONGEST_HEADING: Final = 160
"""A longer title is a paragraph that a number opens."""


class _Spanned(Protocol):
    """What has a place in the text."""

    @property
    def start(self) -> int:
        """Return the offset of its first character."""

    @property
    def end(self) -> int:
        """Return the offset after its last character."""


_T = TypeVar("_T", bound=_Spanned)

PLAN_ROLES = frozenset({"theme", "project-list", "general-objective", "targets", "tasks"})
"""Roles of sections that speak of the plan year."""


def spans_overlap(one: _Spanned, other: _Spanned) -> bool:
    """Tell whether two stretches share a character."""
    return one.start < other.end and other.start < one.end


class Index(Generic[_T]):
    """Stretches in text order, to be asked for those inside another stretch."""

    def __init__(self, items: Sequence[_T]) -> None:
        """Keep `items`, which are in order of their starts."""
        self.items = items
        self.starts = [item.start for item in items]

    def inside(self, start: int, end: int) -> list[_T]:
        """Return those that lie wholly in `start` to `end`."""
        first = bisect_left(self.starts, start)
        last = bisect_left(self.starts, end, first)
        return [item for item in self.items[first:last] if item.end <= end] if first < last else []


class Cover:
    """Stretches of a text, to be asked whether they touch another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Keep `spans`, in any order."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            self._starts.append(start)
            self._ends.append(max(end, self._ends[-1] if self._ends else end))

    def touches(self, start: int, end: int) -> bool:
        """Tell whether one of the stretches shares a character with `start` to `end`."""
        at = bisect_left(self._starts, end) - 1
        return at >= 0 and self._ends[at] > start


@dataclass(frozen=True)
class Analysis:
    """A report and what was found in it; `roles` gives the role of each section path."""

    document: Document
    lexicon: Lexicon
    roles: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """Return the source text."""
        return self.document.source.text

    @property
    def report(self) -> str:
        """Return the report key."""
        return self.document.source.key

    @cached_property
    def area(self) -> Concept | None:
        """Return the place that the report is of, in the state it had on the report's day."""
        return area_place(self.lexicon, self.document.source.area, self.document.source.metadata.date)

    @cached_property
    def leaves(self) -> list[Section | Sentence]:
        """Return headings and sentences in text order."""
        return sorted((*self.document.sections, *self.document.sentences), key=lambda leaf: leaf.start)

    @cached_property
    def printed(self) -> list[Token]:
        """Return the tokens as the source prints them, words that were run together apart."""
        return part_tokens(tokens(self.text), self.lexicon.usage)

    @cached_property
    def slips(self) -> list[Slip]:
        """Return which of the printed tokens were meant to be other words."""
        return find_slips(self.text, self.printed, self.lexicon)

    @cached_property
    def _tokens(self) -> Index[Token]:
        return Index(mend_tokens(self.printed, self.slips))

    @cached_property
    def _documents(self) -> Index[DocumentNumber]:
        return Index(find_document_numbers(self.text))

    @cached_property
    def _dates(self) -> Index[DateToken]:
        return Index(_free(find_dates(self.text), self._documents.items))

    @cached_property
    def _numbers(self) -> Index[NumberToken]:
        return Index(_free(find_numbers(self.text), [*self._documents.items, *self._dates.items]))

    @cached_property
    def _runs(self) -> Runs:
        """Return the tokens of each heading and sentence."""
        return Runs([self.tokens(leaf.start, leaf.end) for leaf in self.leaves])

    @cached_property
    def _matches(self) -> dict[str, Index[Match]]:
        return {}

    def tokens(self, start: int, end: int) -> list[Token]:
        """Return the tokens in `start` to `end`, their forms mended, their texts as printed."""
        return self._tokens.inside(start, end)

    def numbers(self, start: int, end: int) -> list[NumberToken]:
        """Return the numbers in `start` to `end` that are no part of a date or document number."""
        return self._numbers.inside(start, end)

    def dates(self, start: int, end: int) -> list[DateToken]:
        """Return the dates in `start` to `end`."""
        return self._dates.inside(start, end)

    def document_numbers(self, start: int, end: int) -> list[DocumentNumber]:
        """Return the document numbers in `start` to `end`."""
        return self._documents.inside(start, end)

    def matches(self, scheme: str, start: int, end: int) -> list[Match]:
        """Return where the words of `scheme` stand in `start` to `end`, the longest in their heading or sentence."""
        index = self._matches.get(scheme)
        if index is None:
            found = self.lexicon.find_all(self._runs, scheme)
            if scheme.startswith("cue/") or scheme in ("comparator", "direction"):
                found = [match for match in found if match.role != "decoy"]
            index = self._matches[scheme] = Index(found)
        return index.inside(start, end)

    def cues(self, key: str, start: int, end: int) -> list[Match]:
        """Return where the cue `key` stands in `start` to `end`; cues with the same words all count."""
        return self.matches(f"cue/{key}", start, end)

    def adjoins(self, end: int, start: int) -> bool:
        """Tell whether only white space and the signs of bold print stand between `end` and `start`."""
        return not self.text[end:start].strip().strip("*").strip()

    def leads_to(self, keys: Iterable[str], start: int, floor: int) -> bool:
        """Tell whether one of the cues `keys`, found after `floor`, stands right before `start`."""
        return any(self.adjoins(cue.end, start) for key in keys for cue in self.cues(key, max(0, floor), start))

    def role(self, section: str | None) -> str | None:
        """Return the role of a section, which is its parent's when it has none of its own."""
        return self.roles.get(section) if section else None

    def period(self, section: str | None) -> str:
        """Return the year that a section speaks of when it names none."""
        metadata = self.document.source.metadata
        headed = self._headed(section)
        if self.role(section) in PLAN_ROLES and metadata.planned and not (headed and "-" in headed):
            return metadata.planned
        if headed is not None:
            return headed
        top = self.document.section(section.split(".")[0]) if section and section.split(".")[0] != "p0" else None
        if metadata.plan_year and top is not None and self._speaks_of(top.title, metadata.plan_year):
            return metadata.planned or str(metadata.plan_year)
        return metadata.reported

    def _headed(self, section: str | None) -> str | None:
        """Return the only period that the nearest heading above with any names, as `KẾT QUẢ NĂM 2021` does.

        It is one that the document reports on, or the year before: other periods are those of what a heading names.
        """
        if not section or section == "p0":
            return None
        if section not in self._periods:
            heading = self.document.section(section)
            dates = [date for date in self._dates_of(heading) if date.unit != "day"]
            self._periods[section] = self._only(dates) if dates else self._headed(heading.parent)
        return self._periods[section]

    @cached_property
    def _periods(self) -> dict[str, str | None]:
        return {}

    def _dates_of(self, heading: Section) -> list[DateToken]:
        """Return the dates that the words of a heading name; of a sentence that is run in, those before its colon."""
        title = heading.title if len(heading.title) <= _LONGEST_HEADING else ""
        words = title.partition(":")[0] if is_run_in(heading) and ":" in title else title
        dated = any(char.isdigit() or char in "IVX" for char in words)
        return find_dates(words, self.document.source.metadata.year) if dated else []

    def _only(self, dates: Sequence[DateToken]) -> str | None:
        """Return the period of the only date of a heading, None when there are several or it is another's."""
        date, year = dates[0], self.document.source.metadata.year
        told = date.role in ("point", "within", "span") and year - 1 <= int(date.value.rpartition("/")[2][:4]) <= year
        return date.value if told and len({other.value for other in dates}) == 1 else None

    @staticmethod
    def _speaks_of(title: str, year: int) -> bool:
        return str(year) in title and str(year - 1) not in title

    def leaf(self, offset: int) -> Section | Sentence | None:
        """Return the heading or sentence that holds the character at `offset`."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or self.leaves[at].end <= offset:
            return None
        return self.leaves[at]

    @cached_property
    def _starts(self) -> list[int]:
        return [leaf.start for leaf in self.leaves]

    def stated(self, start: int, end: int) -> Stated:
        """Return the fields that every fact stated by the characters `start` to `end` has."""
        leaf = self.leaf(start)
        return {
            "report": self.report,
            "section": leaf.section if leaf else None,
            "sentence": leaf.sentence if leaf else None,
            "start": start,
            "end": end,
            "text": self.text[start:end],
        }

    def mention(self, start: int, end: int) -> Mention:
        """Return the mention that the characters `start` to `end` are."""
        leaf = self.leaf(start)
        return Mention(
            start=start,
            end=end,
            text=self.text[start:end],
            section=leaf.section if leaf else None,
            sentence=leaf.sentence if leaf else None,
        )

    def sentences_of(self, role: str) -> Iterator[Sentence]:
        """Yield the sentences of the sections with `role`."""
        for sentence in self.document.sentences:
            if self.role(sentence.section) == role:
                yield sentence


def _free(items: Iterable[_T], taken: Iterable[_Spanned]) -> list[_T]:
    """Return those of `items` that share no character with what is `taken`."""
    cover = Cover((other.start, other.end) for other in taken)
    return [item for item in items if not cover.touches(item.start, item.end)]
