"""The projects, works, facilities and schemes a report names, with their status in a period.

A sentence is parted into items at commas, semicolons and colons. An item that holds a word for a kind of work and a
proper name names a project; its status is that of the verb which last said one. An item that is only a place belongs
to the project before it, one that only goes on with a code (`HH1, HH2`) to its name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.extract.analysis import PLAN_ROLES, Index
from hpkg.grammar.word import is_syllable, tokens
from hpkg.model import Project, ProjectMention, Section, Sentence
from hpkg.namespaces import fold, mint, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.correction import CorrectionReader
    from hpkg.extract.organisation import OrganisationReader
    from hpkg.extract.place import NamedPlace, PlaceReader
    from hpkg.lexicon import Concept, Match

__all__ = ["ProjectReader"]

_CODE: Final = re.compile(r"[A-ZĐ]{1,4}\d+|\d+")
_QUOTE: Final = '“"'
_OPENING_QUOTES: Final = ("“", '"')
_CLOSING_QUOTES: Final = ("”", '"')
_SCHEME: Final = frozenset({"scheme", "spatial-plan"})
_DASHES: Final = ("-", "–")
_LONGEST: Final = 160
_FOREIGN: Final = 6
"""Fewest letters of a foreign word that tells a thing by itself."""
_REACH: Final = 60
_WEAK: Final = frozenset({"to-build", "under-way"})
"""Statuses whose verbs are also plain words of a name or of a phrase (`đầu tư xây dựng`)."""


@dataclass(frozen=True, slots=True)
class _Named:
    """One mention of a project."""

    label: str
    kind: Concept
    start: int
    end: int
    status: str
    period: str
    places: tuple[str, ...] = ()


@dataclass(slots=True)
class _State:
    """What a sentence carries from item to item."""

    named: list[_Named] = field(default_factory=list)
    waiting: tuple[Match, int] | None = None
    """A kind of work without a name of its own, and where its words end: it shares the name of the next."""


class ProjectReader:
    """The named projects of one report."""

    def __init__(
        self,
        analysis: Analysis,
        places: PlaceReader,
        organisations: OrganisationReader,
        corrections: CorrectionReader,
    ) -> None:
        """Read from `analysis`, with the places, bodies and corrections found in it."""
        self._analysis = analysis
        self._places = places
        self._organisations = organisations
        self._corrections = corrections

    @cached_property
    def _named(self) -> list[_Named]:
        found: list[_Named] = []
        for sentence in self._analysis.document.sentences:
            found += self._read_sentence(sentence)
        return found

    @cached_property
    def facts(self) -> list[Project]:
        """Return one record a project, in order of first mention."""
        grouped: dict[str, list[_Named]] = defaultdict(list)
        for named in self._named:
            grouped[self._key(named)].append(named)
        return [self._fact(key, mentions) for key, mentions in grouped.items()]

    def ids_inside(self, start: int, end: int) -> list[str]:
        """Return the IRIs of the projects named in `start` to `end`."""
        return [self._iri(self._key(named)) for named in self._index.inside(start, end)]

    @cached_property
    def _index(self) -> Index[_Named]:
        return Index(self._named)

    @cached_property
    def _keys(self) -> dict[_Named, str]:
        """Return the key of each mention: that of the first mention of the same thing."""
        keys: dict[str, str] = {}
        by_sign: dict[frozenset[str], str] = {}
        found: dict[_Named, str] = {}
        for named in self._named:
            plain = self._plain(named.label)
            sign = self._sign(named)
            key = keys.get(plain) or (by_sign.get(sign) if sign else None) or slug(named.label)
            keys.setdefault(plain, key)
            by_sign.setdefault(sign, key)
            found[named] = key
        return found

    def _key(self, named: _Named) -> str:
        return self._keys[named]

    def _plain(self, label: str) -> str:
        """Return a label without general words for works, for telling whether two name one thing."""
        run = tokens(label)
        general = {at for work in self._analysis.lexicon.find(run, "cue/work") for at in range(work.first, work.last)}
        return slug(" ".join(token.text for at, token in enumerate(run) if at not in general))

    def _sign(self, named: _Named) -> frozenset[str]:
        """Return the foreign words of a proper name, less a plural s: they tell a thing wherever it stands."""
        foreign = (
            token.text for token in tokens(named.label) if token.kind == "letters" and not is_syllable(token.text)
        )
        return frozenset(fold(word).rstrip("s") for word in foreign if word[0].isupper() and len(word) >= _FOREIGN)

    def _iri(self, key: str) -> str:
        return str(mint("project", self._analysis.document.source.area, key))

    def _fact(self, key: str, mentions: list[_Named]) -> Project:
        first = mentions[0]
        spelled = {self._corrections.mend(squeeze(self._analysis.text[m.start : m.end]), m.start) for m in mentions}
        investor = next((body for m in mentions if (body := self._investor(m)) is not None), None)
        return Project(
            id=self._iri(key),
            **self._analysis.stated(first.start, first.end),
            label=first.label,
            kind=first.kind.key,
            aliases=tuple(sorted(form for form in spelled if form.lower() != first.label.lower())),
            places=tuple(dict.fromkeys(place for m in mentions for place in m.places)),
            investor=investor.label if investor else None,
            investor_id=investor.iri if investor else None,
            mentions=tuple(
                ProjectMention(
                    **{
                        name: value for name, value in self._analysis.stated(m.start, m.end).items() if name != "report"
                    },  # type: ignore[arg-type]
                    status=m.status,
                    period=m.period,
                )
                for m in mentions
            ),
        )

    def _investor(self, named: _Named) -> Concept | None:
        """Return the body that `của` after the name leads to."""
        adjoins = self._analysis.adjoins
        for cue in self._analysis.cues("issued-by", named.end, named.end + 8):
            bodies = self._organisations.inside(cue.end, cue.end + 60)
            if bodies and adjoins(named.end, cue.start) and adjoins(cue.end, bodies[0].start):
                return bodies[0].concept
        return None

    # --- one sentence

    def _read_sentence(self, sentence: Sentence) -> list[_Named]:
        state = _State()
        for start, end in self._items(sentence):
            self._read_item(start, end, sentence, state)
        return state.named

    def _items(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Yield the items of a sentence: its stretches between marks, and between `và` before another kind of work."""
        text, start, depth = self._analysis.text, sentence.start, 0
        joints = {
            cue.start: cue.end
            for cue in self._analysis.cues("conjunction", sentence.start, sentence.end)
            if self._opens_work(cue.end, sentence.end)
        }
        for at in range(sentence.start, sentence.end):
            depth += (text[at] in "(“") - (text[at] in ")”")
            mark = text[at] in ";:…" or (text[at] == "," and not text[at + 1 : at + 2].isdigit())
            if depth <= 0 and (mark or at in joints) and at > start:
                yield start, at
                start = joints.get(at, at + 1)
        yield start, sentence.end

    def _opens_work(self, start: int, end: int) -> bool:
        """Tell whether a kind of work stands at `start`, or right after a verb there (`chỉnh trang tuyến đường`)."""
        last = min(start + _REACH, end)
        verbs = self._analysis.cues("task-verb", start, last)
        opened = {start} | {verb.end for verb in verbs[:1] if self._analysis.adjoins(start, verb.start)}
        return any(
            self._analysis.adjoins(at, kind.start) and kind.role != "decoy"
            for at in opened
            for kind in self._analysis.matches("project-kind", at, last)
        )

    def _read_item(self, start: int, end: int, sentence: Sentence, state: _State) -> None:
        kinds = [m for m in self._analysis.matches("project-kind", start, end) if m.role != "decoy"]
        taken = start
        made = False
        for kind in kinds:
            if kind.start < taken or self._analysis.text[kind.start - 1 : kind.start] in _DASHES:
                continue
            name_end = self._name_end(kind, end, kinds)
            if name_end is None:
                state.waiting = (kind, end) if self._is_joined(end, sentence) else None
                continue
            named = self._name(kind, name_end, (start, end), sentence)
            state.named += (*self._sharing(state, named, sentence), named)
            taken, made = name_end, True
        if not made and state.named:
            self._go_on(start, end, state)

    def _is_joined(self, end: int, sentence: Sentence) -> bool:
        """Tell whether `và` follows at `end`."""
        cues = self._analysis.cues("conjunction", end, min(end + 8, sentence.end))
        return bool(cues) and self._analysis.adjoins(end, cues[0].start)

    def _sharing(self, state: _State, named: _Named, sentence: Sentence) -> Iterator[_Named]:
        """Yield the work that waits for a name, when the one after it is placed in a named whole (`A và B thuộc C`)."""
        waiting, state.waiting = state.waiting, None
        cues = self._analysis.cues("locative", named.start, named.end)
        if waiting is None or not cues:
            return
        kind, end = waiting
        text = self._analysis.text
        label = " ".join(
            self._corrections.mend(squeeze(text[slice(*span)]), span[0])
            for span in ((kind.start, end), (cues[0].start, named.end))
        )
        label = label[:1].upper() + label[1:]
        yield replace(
            named,
            label=label,
            kind=kind.concept,
            start=kind.start,
            end=end,
            status=self._status(kind, kind.start, sentence),
        )

    def _go_on(self, start: int, end: int, state: _State) -> None:
        """Let an item that names no kind of work go on with the project before it."""
        last, text = state.named[-1], self._analysis.text
        run = self._analysis.tokens(start, end)
        gap = text[last.end : start]
        places = self._places.inside(start, end)
        if places and places[0].full and self._analysis.adjoins(start, places[0].start) and len(gap) < 4:  # noqa: PLR2004
            state.named[-1] = replace(
                last, places=tuple(dict.fromkeys((*last.places, *(p.concept.iri for p in places))))
            )
        elif run and _CODE.fullmatch(
            text[run[0].start : run[0].end] + (run[1].text if len(run) > 1 and run[1].start == run[0].end else "")
        ):
            stop = self._cut(run[0].start, end)
            label = self._corrections.mend(squeeze(text[last.start : stop]), last.start)
            state.named[-1] = replace(last, end=stop, label=label)

    def _name_end(self, kind: Match, end: int, kinds: list[Match]) -> int | None:
        """Return where the proper name that begins with `kind` ends, None when no name follows."""
        quoted = self._quotation_end(kind.end, end)
        if quoted is not None:
            return quoted
        scheme = kind.concept.key in _SCHEME
        stop = self._cut(kind.end, min(end, kind.start + _LONGEST), holds_verbs=scheme)
        text = self._analysis.text
        if kind.concept.key in _SCHEME and not text[kind.start].isupper():
            return None
        owners = self._analysis.cues("issued-by", kind.end, stop)
        run = self._analysis.tokens(kind.end, owners[0].start if owners else stop)
        inner = {token for other in kinds if other.start >= kind.end for token in range(other.start, other.end)}
        proper = [
            token
            for token in run
            if token.start not in inner
            and (
                token.text[:1].isupper()
                or token.text in _QUOTE
                or (token.kind == "digits" and self._is_code(token.end))
            )
        ]
        if kind.concept.key in _SCHEME:
            return stop if len(run) > 1 else None
        return stop if proper else None

    def _quotation_end(self, start: int, end: int) -> int | None:
        """Return where a name in quotation marks that opens at `start` is closed."""
        text = self._analysis.text
        if not text[start:end].lstrip().startswith(_OPENING_QUOTES):
            return None
        closing = [at for mark in _CLOSING_QUOTES if (at := text.find(mark, start + 2, end)) >= 0]
        return min(closing) + 1 if closing else None

    def _is_code(self, end: int) -> bool:
        """Tell whether the digits that end at `end` name and do not count: no unit follows."""
        return not any(
            self._analysis.adjoins(end, unit.start) for unit in self._analysis.matches("unit", end, end + 30)
        )

    def _cut(self, start: int, end: int, *, holds_verbs: bool = False) -> int:
        """Return where a name that goes on from `start` is cut: at a bracket, a place, an owner, a purpose."""
        text = self._analysis.text
        cuts = [end]
        bracket = text.find("(", start, end)
        if bracket >= 0:
            cuts.append(bracket)
        keys = ("locative", "connection", "issued-by", "deadline", "in-year", "about-use", "become")
        ends = [self._analysis.cues(key, start, end) for key in keys]
        done = [] if holds_verbs else self._analysis.matches("project-status", start, end)
        for group in (*ends, [verb for verb in done if verb.concept.key not in _WEAK]):
            cuts += [
                cue.start
                for cue in group
                if not self._is_kind_of_place(cue.start)
                and any(
                    token.text[:1].isupper() or token.kind == "digits"
                    for token in self._analysis.tokens(start, cue.start)
                )
            ]
        stop = min(cuts)
        return start + len(text[start:stop].rstrip(" .,;…\n\xa0"))

    def _is_kind_of_place(self, start: int) -> bool:
        """Tell whether a word for a kind of place begins at `start`, as `thành` does in `thành phố`."""
        return any(kind.start == start for kind in self._analysis.matches("place-kind", start, start + _REACH))

    def _name(self, kind: Match, name_end: int, item: tuple[int, int], sentence: Sentence) -> _Named:
        several = self._analysis.cues("several", kind.start, kind.end)
        start = several[0].end if several and several[0].start == kind.start else kind.start
        label = self._corrections.mend(squeeze(self._analysis.text[start:name_end]), start)
        around = self._places.inside(kind.start, min(item[1] + 1, sentence.end))
        stated = (place for place in around if self._is_stated(place, name_end))
        return _Named(
            label=label[:1].upper() + label[1:],
            kind=kind.concept,
            start=kind.start,
            end=name_end,
            status=self._status(kind, item[0], sentence),
            period=self._analysis.period(sentence.section),
            places=tuple(dict.fromkeys(place.concept.iri for place in stated)),
        )

    def _is_stated(self, place: NamedPlace, name_end: int) -> bool:
        """Tell whether the text places a work there: it gives the kind of place, or leads to it by `tại`.

        A river or quarter inside the name of a work, of this or of another, names it and does not place it.
        """
        if place.concept.first("gsoCode") is None and place.start < name_end:
            return False
        floor = place.start - _REACH
        if self._analysis.leads_to(("connection", "route"), place.start, floor):
            return False
        full = place.full and place.concept.first("gsoCode") is not None
        return full or self._analysis.leads_to(("locative",), place.start, floor)

    def _status(self, kind: Match, start: int, sentence: Sentence) -> str:
        """Return the status that the verbs before a name give it.

        A verb that opened the list holds for its items; a plain "build" inside an item does not change it. What a
        name only serves to place (`tại`, `thuộc`, `của`) has no status of its own.
        """
        if self._is_led_by(("locative", "connection", "route", "issued-by"), kind, start):
            return "mentioned"
        verbs = [
            verb
            for verb in self._analysis.matches("project-status", sentence.start, sentence.end)
            if verb.role != "decoy" and verb.start < kind.start and self._reaches(verb, kind.start)
        ]
        drawn_up = any(verb.concept.key == "to-build" for verb in verbs)
        if kind.concept.key in _SCHEME and not drawn_up and self._is_led_by(("implement",), kind, start):
            return "under-way"
        strong = [verb.concept.key for verb in verbs if verb.concept.key not in _WEAK]
        inner = [verb.concept.key for verb in verbs if verb.start >= start]
        own = [key for key in inner if key not in _WEAK]
        said = own or strong or inner or [verb.concept.key for verb in verbs]
        key = said[-1] if said else None
        return self._in_section(self._drawn_up(key, kind), sentence)

    def _reaches(self, verb: Match, start: int) -> bool:
        """Tell whether a verb governs what begins at `start`: in its clause, or in the list that its colon opens."""
        between = self._analysis.text[verb.end : start]
        return ";" not in between or ":" in between.partition(";")[0]

    def _is_led_by(self, keys: tuple[str, ...], kind: Match, start: int) -> bool:
        """Tell whether one of the cues `keys` stands right before the name."""
        floor = max(start, kind.start - _REACH)
        works = self._analysis.cues("work", floor, kind.start)
        lead = next((work.start for work in works if self._analysis.adjoins(work.end, kind.start)), kind.start)
        return self._analysis.leads_to(keys, lead, floor)

    @staticmethod
    def _drawn_up(key: str | None, kind: Match) -> str | None:
        """Return the status for a scheme: it is not built but drawn up."""
        return "to-establish" if kind.concept.key in _SCHEME and key == "to-build" else key

    def _in_section(self, key: str | None, sentence: Section | Sentence) -> str:
        """Return the status as of the section: in a plan, what others completed is to be completed."""
        if key is None:
            return "mentioned"
        planned = self._analysis.lexicon.get("project-status", key).first("plannedCounterpart")
        if self._analysis.role(sentence.section) in PLAN_ROLES and planned:
            return planned.rpartition("/")[2]
        return key
