"""The projects of a report: one record a thing, with every mention and what it says.

A heading or sentence is read in three steps: which works it names (`series`, `name`), what stands beside each name
(`site`), what is said of it (`status`). Mentions of one thing are then brought together (`identity`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.analysis import Index
from hpkg.extract.project.head import find_heads
from hpkg.extract.project.identity import keys_of
from hpkg.extract.project.label import Labels
from hpkg.extract.project.money import MoneyReader
from hpkg.extract.project.phrase import Phrase
from hpkg.extract.project.series import SeriesReader
from hpkg.extract.project.status import StatusReader
from hpkg.model import Project, ProjectMention
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.correction import CorrectionReader
    from hpkg.extract.measure import MeasurementReader
    from hpkg.extract.organisation import OrganisationReader
    from hpkg.extract.place import PlaceReader
    from hpkg.extract.project.work import Work
    from hpkg.model import Section, Sentence

__all__ = ["ProjectReader"]

_CODE: Final = re.compile(r"([A-ZĐ]{1,4})\d+|\d+")
_INSTITUTIONS: Final = frozenset(
    {"school", "hospital", "health-station", "office", "cultural-facility", "heritage-site", "museum", "market"}
)
"""Kinds of house that stand as well as being built: one that is only named is no project."""
_MONEY: Final = re.compile("VND|USD|EUR|JPY")
_JOINED: Final = frozenset({"", "và", "cùng", "cùng với"})
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZĐ"
_COMMUNES: Final = frozenset({"Commune", "Ward", "Township"})
_LONGEST: Final = 320


class ProjectReader:
    """The named projects of one report."""

    def __init__(
        self,
        analysis: Analysis,
        places: PlaceReader,
        organisations: OrganisationReader,
        corrections: CorrectionReader,
        measurements: MeasurementReader,
    ) -> None:
        """Read from `analysis`, with the places, bodies, corrections and quantities found in it."""
        self._analysis = analysis
        self._places = places
        self._organisations = organisations
        self._measurements = measurements
        self._labels = Labels(analysis, corrections)
        self._other = analysis.lexicon.get("project-kind", "other")
        self._home = analysis.lexicon.concept(str(mint("place", analysis.document.source.area.partition("-")[0])))

    @cached_property
    def _works(self) -> list[Work]:
        """Return the mentions in text order; the ends of a route only where the report speaks of them elsewhere."""
        leaves = [leaf for leaf in self._analysis.leaves if not _is_capitals(leaf.text)]
        found = [work for leaf in leaves for work in self._read(leaf)]
        lexicon, home = self._analysis.lexicon, self._home
        inner = [(at, work) for at, outer in enumerate(found) for work in outer.inner]
        keys = keys_of([*found, *(work for _, work in inner)], lexicon, home)
        known = set(keys[: len(found)])
        named = zip(inner, keys[len(found) :], strict=True)
        kept = [work for (at, work), key in named if key in known and key != keys[at]]
        return sorted([*found, *kept], key=lambda work: (work.start, -work.end))

    @cached_property
    def _keys(self) -> list[str]:
        return keys_of(self._works, self._analysis.lexicon, self._home)

    @cached_property
    def facts(self) -> list[Project]:
        """Return one record a project, in order of first mention."""
        grouped: dict[str, list[Work]] = defaultdict(list)
        for work, key in zip(self._works, self._keys, strict=True):
            grouped[key].append(work)
        return [self._fact(key, works) for key, works in grouped.items()]

    def ids_inside(self, start: int, end: int) -> list[str]:
        """Return the IRIs of the projects named in `start` to `end`."""
        return [self._iri(self._key_of[id(work)]) for work in self._index.inside(start, end)]

    @cached_property
    def _key_of(self) -> dict[int, str]:
        return {id(work): key for work, key in zip(self._works, self._keys, strict=True)}

    @cached_property
    def _index(self) -> Index[Work]:
        return Index(self._works)

    @cached_property
    def _amounts(self) -> dict[tuple[int, int] | None, str]:
        """Return the quantity that was read from each number of money."""
        wanted = {work.amount: "" for work in self._works if work.amount is not None}
        found: dict[tuple[int, int] | None, str] = {}
        for fact in self._measurements.facts if wanted else ():
            for span in wanted:
                if span is not None and fact.start <= span[0] and span[1] <= fact.end and _MONEY.search(fact.unit):
                    found[span] = fact.id
        return found

    @cached_property
    def _starting(self) -> dict[int | None, str]:
        """Return the key of the work that begins at each offset."""
        return {work.head.lead: key for work, key in zip(self._works, self._keys, strict=True)}

    def _iri(self, key: str) -> str:
        return str(mint("project", self._analysis.document.source.area, key))

    def _fact(self, key: str, works: list[Work]) -> Project:
        first = works[0]
        spelled = {self._labels.mend(work.start, work.end) for work in works}
        investor = next((work.investor for work in works if work.investor is not None), None)
        whole = next((self._starting[work.whole] for work in works if work.whole in self._starting), None)
        return Project(
            id=self._iri(key),
            **self._analysis.stated(first.start, first.end),
            label=first.label,
            kind=first.kind.key,
            aliases=tuple(sorted(form for form in spelled if form.lower() != first.label.lower())),
            places=tuple(dict.fromkeys(place for work in works for place in work.places)),
            investor=investor.label if investor else None,
            investor_id=investor.iri if investor else None,
            part_of=self._iri(whole) if whole and whole != key else None,
            funding=tuple(dict.fromkeys(source for work in works for source in work.funding)),
            funders=tuple(dict.fromkeys(body.label for work in works for body in work.funders)),
            funder_ids=tuple(dict.fromkeys(body.iri for work in works for body in work.funders)),
            total_investment=next((self._amounts[work.amount] for work in works if work.amount in self._amounts), None),
            mentions=tuple(
                ProjectMention(
                    **{k: v for k, v in self._analysis.stated(work.start, work.end).items() if k != "report"},  # type: ignore[arg-type]
                    status=work.status,
                    period=work.period,
                )
                for work in works
            ),
        )

    # --- one sentence

    def _read(self, sentence: Section | Sentence) -> list[Work]:
        phrase = Phrase(self._analysis, self._places, sentence.start, sentence.end)
        if not phrase.kinds and not self._analysis.cues("work", sentence.start, sentence.end):
            return []
        heads = find_heads(phrase, self._other)
        works = SeriesReader(phrase, heads, self._organisations, self._labels).read()
        self._close_districts(works)
        status = StatusReader(self._analysis, phrase, sentence.section, heads, works)
        for work in works:
            following = (head.lead for head in heads if head.lead >= work.tail)
            status.read(work, next(following, sentence.end))
        self._share_status(works)
        MoneyReader(phrase, self._organisations).read(works)
        return [work for work in works if self._counts(work)]

    def _share_status(self, works: list[Work]) -> None:
        """Let works joined by commas and `và` share what is said after the last of them."""
        for work, later in zip(works[-2::-1], works[:0:-1], strict=True):
            gap = self._analysis.text[work.tail : later.head.lead].strip(" ,\n\xa0")
            if later.told == "after" and work.told is None and gap in _JOINED:
                work.status, work.period, work.told = later.status, later.period, "after"

    def _counts(self, work: Work) -> bool:
        """Tell whether a mention is one of a project: an institution that is only named is not."""
        return work.status != "mentioned" or work.kind.key not in _INSTITUTIONS or work.head.general

    def _close_districts(self, works: list[Work]) -> None:
        """Give the works of a list the district that closes it, where it holds their communes."""
        lexicon = self._analysis.lexicon
        for at, work in enumerate(works):
            last = lexicon.concept(work.places[-1]) if work.places else None
            around = last.links.get("within", ())[:1] if last is not None and last.kinds & _COMMUNES else ()
            for later in works[at + 1 :]:
                shared = [place for place in later.places if place in around and place not in work.places]
                work.places += shared[:1]


def _is_capitals(text: str) -> bool:
    """Tell whether a heading is printed in capitals, where they show no name."""
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) > len(letters) / 2
