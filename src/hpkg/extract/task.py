"""Task groups, task sentences and clauses of independent action, and what each of them is tied to.

A numbered section under "tasks and solutions" is a group, each of its sentences a task. A sentence whose clauses each
open with a verb of action, parted by semicolons, has sub-tasks; a semicolon between mere names parts a list and no
tasks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.extract.assignment import AssignmentReader
from hpkg.extract.charge import ChargeReader
from hpkg.extract.directive import DirectiveReader
from hpkg.extract.governing import GoverningReader
from hpkg.model import Contribution, Section, Sentence, Task
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.goal import GoalReader
    from hpkg.extract.plan import PlanReader
    from hpkg.extract.things import Things

__all__ = ["TaskReader"]

_TELLING: Final = frozenset({"context", "results", "shortcomings", "general-assessment"})
"""Roles of sections inside one of tasks that are no groups of tasks."""
_GROUP_LEVEL: Final = 2
"""Level of the sections that gather the tasks of a document which has no section for tasks."""
_MARK: Final = 6
"""How long a mark without a title is at most."""
_SIGNS: Final = re.compile(r"[()“”,;]")
"""What can part clauses, and what it cannot part them in."""
_REACH: Final = 60


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text that is one group, task or sub-task."""

    number: str
    parent: str | None
    start: int
    end: int
    group: Section
    heading: tuple[Contribution, ...] = ()
    bodies: Sequence[str] = ()
    """The bodies that words above it charge with it."""
    deadline: str | None = None
    """The deadline that stands elsewhere than in the stretch."""


def _lineage(path: str) -> Iterator[str]:
    """Yield a path and those of the sections around it, innermost first."""
    while path:
        yield path
        path = path.rpartition(".")[0]


class TaskReader:
    """The tasks of one report."""

    def __init__(self, analysis: Analysis, things: Things, plan: PlanReader, goals: GoalReader) -> None:
        """Read from `analysis`, with the things, the plan and the named goals found in it."""
        self._analysis = analysis
        self._things = things
        self._plan = plan
        self._goals = goals
        self._charges = ChargeReader(analysis, things)
        self._governing = GoverningReader(analysis, self._charges)
        self._tables = AssignmentReader(analysis)
        self._directives = DirectiveReader(analysis, self._charges, self._governing, self._tables)
        self._numbers: set[str] = set()
        self._parted: set[str | None] = set()
        """The sections of tasks that have groups below them."""

    @cached_property
    def facts(self) -> list[Task]:
        """Return groups, tasks and sub-tasks in text order."""
        found: list[Task] = []
        for group in self.groups:
            found += self._read_group(group, self._sentences(group))
        for group, sentences in self._loose_groups():
            found += self._read_group(group, sentences)
        return sorted(found, key=lambda task: (task.start, -task.end))

    @cached_property
    def groups(self) -> list[Section]:
        """Return the sections that are task groups: those right below a section of tasks.

        The section itself is one where none stand below it, or where it sets tasks before the first of them.
        """
        analysis = self._analysis
        roots = [
            section
            for section in analysis.document.sections
            if analysis.role(section.section) == "tasks"
            and (not section.parent or analysis.role(section.parent) != "tasks")
        ]
        below: dict[str | None, list[Section]] = defaultdict(list)
        for section in analysis.document.sections:
            below[section.parent].append(section)
        found: list[Section] = []
        for root in roots:
            parted = [one for one in below[root.section] if analysis.role(one.section) not in _TELLING]
            if parted:
                self._parted.add(root.section)
            if not parted or self._sentences(root):
                found.append(root)
            found += parted
        return found

    def _loose_groups(self) -> Iterator[tuple[Section, list[Sentence]]]:
        """Yield sections that no heading calls tasks and whose sentences set some, with those sentences.

        The articles of a resolution, the parts of a directive and the conclusions of a notice set tasks without a word
        for it. What tells of results, of shortcomings or of targets sets none.
        """
        taken = {group.section for group in self.groups}
        found: dict[str, list[Sentence]] = {}
        for sentence in self._spoken:
            path = sentence.section
            if path is None or self._analysis.role(path) is not None or self._is_below(path, taken):
                continue
            if self._directives.sets_anywhere(sentence):
                found.setdefault(self._group_of(path), []).append(sentence)
        for path, sentences in found.items():
            yield self._analysis.document.section(path), sentences

    @staticmethod
    def _is_below(path: str, paths: set[str | None]) -> bool:
        return any(above in paths for above in _lineage(path))

    def _group_of(self, path: str) -> str:
        """Return the path of the section of the second level that holds `path`, or of the first where it is one."""
        section = self._analysis.document.section(path)
        while section.parent is not None and section.level > _GROUP_LEVEL:
            section = self._analysis.document.section(section.parent)
        return section.section or ""

    def _read_group(self, group: Section, sentences: list[Sentence]) -> Iterator[Task]:
        number = self._number(group)
        heading = self._pillars(group.start, group.end)
        end = self._heading_end(group, sentences)
        piece = _Piece(number, None, group.start, end, group, bodies=self._governing.heading(group))
        yield self._task(piece, "group", squeeze(group.title), heading)
        for ordinal, sentence in enumerate(filter(self._directives.sets, sentences), 1):
            row = self._tables.row(sentence)
            piece = _Piece(
                f"{number}.{ordinal}",
                number,
                *(row.task if row else (sentence.start, sentence.end)),
                group,
                heading,
                self._charges.listed(*row.bodies) if row and row.bodies else self._governing.of(sentence),
                self._charges.date_in(*row.when) if row and row.when else None,
            )
            label = self._analysis.text[piece.start : piece.end]
            yield self._task(piece, "task", squeeze(label), self._own_or_heading(piece))
            clauses = [] if row else self._clauses(sentence)
            for count, (start, end) in enumerate(clauses, 1):
                part = _Piece(f"{piece.number}.{count}", piece.number, start, end, group, heading, piece.bodies)
                label = squeeze(self._analysis.text[start:end])
                yield self._task(part, "subtask", label, self._own_or_heading(part))

    def _number(self, group: Section) -> str:
        """Return the number of a group as the report prints it, with that of the section around it; each once."""
        root = self._analysis.document.section(group.parent) if group.parent else None
        number = f"{root.number}.{group.number or '0'}" if root is not None and root.number else group.number or "0"
        if group.section in self._parted:
            number = f"{group.number or '0'}.0"
        twin, unique = 2, number
        while unique in self._numbers:
            unique, twin = f"{number}-{twin}", twin + 1
        self._numbers.add(unique)
        return unique

    def _heading_end(self, group: Section, sentences: list[Sentence]) -> int:
        """Return where a heading ends that is run in: a mark with the first sentence of its paragraph."""
        if group.end - group.start > _MARK or not sentences:
            return group.end
        first = sentences[0]
        return (
            first.end
            if self._analysis.adjoins(group.end, first.start) and first.section == group.section
            else group.end
        )

    def _sentences(self, group: Section) -> list[Sentence]:
        """Return the sentences of a group; of a section that has groups below it those that set tasks themselves."""
        path = group.section or ""
        if path not in self._parted:
            return self._by_section[path]
        own = [sentence for sentence in self._by_section[path] if sentence.section == path]
        return [sentence for sentence in own if self._directives.sets_anywhere(sentence)]

    @cached_property
    def _spoken(self) -> list[Sentence]:
        """Return the sentences of the report, and those that were taken for headings, in text order."""
        document = self._analysis.document
        headings = [said for section in document.sections if (said := self._directives.heading(section)) is not None]
        return sorted((*document.sentences, *headings), key=lambda sentence: sentence.start)

    @cached_property
    def _by_section(self) -> dict[str, list[Sentence]]:
        """Return the sentences that can set tasks, by each section around them."""
        found: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self._spoken:
            if sentence.section and not self._directives.is_formula(sentence.start, sentence.end):
                for path in _lineage(sentence.section):
                    found[path].append(sentence)
        return found

    def _clauses(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return the clauses of independent action of a sentence, or nothing when it has but one."""
        text = self._analysis.text
        cuts = [sentence.start]
        depth = 0
        for sign in _SIGNS.finditer(text, sentence.start, sentence.end):
            at = sign.start()
            depth += (text[at] in "(“") - (text[at] in ")”")
            if depth <= 0 and self._parts(at, cuts[-1], sentence.end):
                cuts.append(at + 1)
        if len(cuts) == 1 or not self._acts(sentence.start, sentence.end):
            return []
        stretches = pairwise([*cuts, sentence.end])
        return [self._trim(start, end) for start, end in stretches]

    def _parts(self, at: int, start: int, end: int) -> bool:
        """Tell whether the sign at `at` parts two clauses of action; `start` is where the clause before it begins.

        A semicolon does, unless it stands in a list of works and no word for a status follows; a comma does before
        such a word, where a capital shows that a full stop was meant or a list of works ends.
        """
        text = self._analysis.text
        if text[at] == ",":
            capital = text[at + 1 : end].lstrip()[:1].isupper()
            return (capital or self._lists_works(start, at)) and self._changes(at + 1, end)
        if text[at] != ";" or not self._acts(at + 1, end):
            return False
        return not self._lists_works(start, at) or self._changes(at + 1, end)

    def _changes(self, start: int, end: int) -> bool:
        """Tell whether a clause opens with a word for the status of a work, other than that it is to be built."""
        said = self._analysis.text[start:end]
        opening = start + len(said) - len(said.lstrip())
        stated = self._analysis.matches("project-status", opening, min(end, opening + _REACH))
        return any(match.start == opening and match.concept.key != "to-build" for match in stated)

    def _lists_works(self, start: int, end: int) -> bool:
        """Tell whether a word for works with a colon opened a list in `start` to `end` (`các dự án: …`)."""
        colon = self._analysis.text.rfind(":", start, end)
        return colon >= 0 and any(
            match.end == colon
            for match in (
                *self._analysis.matches("project-kind", start, colon),
                *self._analysis.cues("work", start, colon),
            )
        )

    def _acts(self, start: int, end: int) -> bool:
        """Tell whether the clause at `start` opens with a verb of action, or promises one (`sẽ tiến hành`)."""
        stop = self._analysis.text.find(";", start, end)
        return self._directives.opens_with_verb(start, end) or self._promises(start, stop if stop >= 0 else end)

    def _promises(self, start: int, end: int) -> bool:
        verbs = {verb.start for verb in self._analysis.cues("task-verb", start, end)}
        return any(self._analysis.leads_to(("future",), verb, start) for verb in verbs)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        said = self._analysis.text[start:end]
        return start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip(" ;\n\xa0"))

    def _own_or_heading(self, piece: _Piece) -> tuple[Contribution, ...]:
        """Return the pillars a task serves by itself; only where it shows none, those its heading names."""
        return self._pillars(piece.start, piece.end) or tuple(
            Contribution(pillar=above.pillar, basis="heading", start=above.start, end=above.end)
            for above in piece.heading
        )

    def _pillars(self, start: int, end: int) -> tuple[Contribution, ...]:
        """Return the pillars that a stretch states by name or shows by its subject matter, each once."""
        found: dict[str, Contribution] = {}
        for match in self._analysis.matches("pillar", start, end):
            if match.role == "decoy":
                continue
            stated = match.role in ("label", "slip")
            known = found.get(match.concept.key)
            if known is None or (stated and known.basis != "stated"):
                basis = "stated" if stated else "content"
                found[match.concept.key] = Contribution(
                    pillar=match.concept.key,
                    basis="stated" if basis == "stated" else "content",
                    start=match.start,
                    end=match.end,
                )
        return tuple(found[key] for key in sorted(found))

    def _task(self, piece: _Piece, level: str, label: str, pillars: tuple[Contribution, ...]) -> Task:
        things, start, end = self._things, piece.start, piece.end
        cited = things.documents.inside(start, end)
        key = _key(piece.number)
        objectives = self._goals.served(start, end)
        charged = tuple(self._charges.bodies(start, end, governed=bool(piece.bodies)) or piece.bodies)
        return Task(
            id=str(mint("task", self._analysis.report, key)),
            **self._analysis.stated(start, end),
            number=piece.number,
            level="group" if level == "group" else "task" if level == "task" else "subtask",
            parent=str(mint("task", self._analysis.report, _key(piece.parent))) if piece.parent else None,
            pillars=pillars,
            theme=self._plan.serves_theme(start, end),
            dual_goal=bool(objectives),
            places=_once(place.concept.iri for place in things.places.inside(start, end)),
            projects=_once(things.projects.ids_inside(start, end)),
            documents=_once(cited),
            implements=_once(things.documents.implemented_inside(start, end)),
            measurements=_once(fact.id for fact in things.measurements.inside(start, end)),
            organisations=_once([*(match.concept.iri for match in things.organisations.inside(start, end)), *charged]),
            events=_once(things.events.ids_inside(start, end)),
            responsible=charged,
            deadline=self._charges.deadline(start, end) or piece.deadline,
            label=things.corrections.mend(label, start),
            indicators=_once(
                match.concept.iri
                for match in self._analysis.matches("indicator", start, end)
                if match.role in ("label", "slip")
            ),
            topics=things.topics(start, end),
            objectives=objectives,
        )


def _key(number: str) -> str:
    """Return the part of an IRI that a number is: `Thứ hai.1` gives `thu-hai.1`."""
    return ".".join(part if part.isalnum() and part.isascii() else slug(part) for part in number.lower().split("."))


def _once(items: Iterable[str]) -> tuple[str, ...]:
    """Return `items` in order, each once."""
    return tuple(dict.fromkeys(items))
