"""Task groups, task sentences and clauses of independent action, and what each of them is tied to.

A numbered section under "tasks and solutions" is a group, each of its sentences a task. A sentence whose clauses each
open with a verb of action, parted by semicolons, has sub-tasks; a semicolon between mere names parts a list and no
tasks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.extract.charge import ChargeReader
from hpkg.model import Contribution, Section, Sentence, Task
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.plan import PlanReader
    from hpkg.extract.things import Things

__all__ = ["TaskReader"]

_GROUP_LEVELS_BELOW: Final = 1
_LEAD: Final = 24
"""How far into a clause its verb of action may begin, for a connective such as `đồng thời`."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text that is one group, task or sub-task."""

    number: str
    parent: str | None
    start: int
    end: int
    group: Section
    heading: tuple[Contribution, ...] = ()
    bodies: tuple[str, ...] = ()
    """The bodies that the heading charges with all that stands below it."""


class TaskReader:
    """The tasks of one report."""

    def __init__(self, analysis: Analysis, things: Things, plan: PlanReader) -> None:
        """Read from `analysis`, with the things and the plan found in it."""
        self._analysis = analysis
        self._things = things
        self._plan = plan
        self._charges = ChargeReader(analysis, things)

    @cached_property
    def facts(self) -> list[Task]:
        """Return groups, tasks and sub-tasks in text order."""
        found: list[Task] = []
        for group in self.groups:
            found += self._read_group(group)
        return found

    @cached_property
    def groups(self) -> list[Section]:
        """Return the sections that are task groups: those right below the section of tasks."""
        analysis = self._analysis
        roots = [
            section
            for section in analysis.document.sections
            if analysis.role(section.section) == "tasks"
            and (not section.parent or analysis.role(section.parent) != "tasks")
        ]
        paths = {section.section for section in roots}
        below = [section for section in analysis.document.sections if section.parent in paths]
        return below or roots

    def _read_group(self, group: Section) -> Iterator[Task]:
        root = self._analysis.document.section(group.parent) if group.parent else None
        number = f"{root.number}.{group.number}" if root is not None and root.number else group.number or "0"
        heading = self._pillars(group.start, group.end)
        yield self._task(_Piece(number, None, group.start, group.end, group), "group", squeeze(group.title), heading)
        for ordinal, sentence in enumerate(self._sentences(group), 1):
            piece = _Piece(f"{number}.{ordinal}", number, sentence.start, sentence.end, group, heading)
            yield self._task(piece, "task", squeeze(sentence.text), self._own_or_heading(piece))
            clauses = self._clauses(sentence)
            for count, (start, end) in enumerate(clauses, 1):
                part = _Piece(f"{piece.number}.{count}", piece.number, start, end, group, heading)
                label = squeeze(self._analysis.text[start:end])
                yield self._task(part, "subtask", label, self._own_or_heading(part))

    def _sentences(self, group: Section) -> list[Sentence]:
        path = group.section or ""
        return [
            sentence
            for sentence in self._analysis.document.sentences
            if sentence.section == path or (sentence.section or "").startswith(f"{path}.")
        ]

    def _clauses(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Return the clauses of independent action of a sentence, or nothing when it has but one."""
        text = self._analysis.text
        cuts = [sentence.start]
        depth = 0
        for at in range(sentence.start, sentence.end):
            depth += (text[at] in "(“") - (text[at] in ")”")
            if text[at] == ";" and depth <= 0 and self._acts(at + 1, sentence.end):
                cuts.append(at + 1)
        if len(cuts) == 1 or not self._acts(sentence.start, sentence.end):
            return []
        stretches = pairwise([*cuts, sentence.end])
        return [self._trim(start, end) for start, end in stretches]

    def _acts(self, start: int, end: int) -> bool:
        """Tell whether the clause at `start` opens with a verb of action, or promises one (`sẽ tiến hành`)."""
        stop = self._analysis.text.find(";", start, end)
        return self._opens_with_verb(start, end) or self._promises(start, stop if stop >= 0 else end)

    def _opens_with_verb(self, start: int, end: int) -> bool:
        return any(
            not any(char in ",;:" for char in self._analysis.text[start : verb.start])
            and verb.start - start <= _LEAD
            and self._is_lead(start, verb.start)
            for verb in self._analysis.cues("task-verb", start, min(end, start + _LEAD + 40))[:2]
        )

    def _promises(self, start: int, end: int) -> bool:
        verbs = {verb.start for verb in self._analysis.cues("task-verb", start, end)}
        return any(self._analysis.leads_to(("future",), verb, start) for verb in verbs)

    def _is_lead(self, start: int, verb: int) -> bool:
        """Tell whether only connectives stand between the start of a clause and its verb."""
        words = self._analysis.tokens(start, verb)
        connectives = self._analysis.cues("connective", start, verb)
        return len(words) == sum(match.last - match.first for match in connectives)

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
        key = piece.number.lower()
        return Task(
            id=str(mint("task", self._analysis.report, key)),
            **self._analysis.stated(start, end),
            number=piece.number,
            level="group" if level == "group" else "task" if level == "task" else "subtask",
            parent=str(mint("task", self._analysis.report, piece.parent.lower())) if piece.parent else None,
            pillars=pillars,
            theme=self._plan.serves_theme(start, end),
            places=_once(place.concept.iri for place in things.places.inside(start, end)),
            projects=_once(things.projects.ids_inside(start, end)),
            documents=_once(cited),
            implements=_once(things.documents.implemented_inside(start, end)),
            measurements=_once(fact.id for fact in things.measurements.inside(start, end)),
            organisations=_once(match.concept.iri for match in things.organisations.inside(start, end)),
            responsible=tuple(self._charges.bodies(start, end)) or piece.bodies,
            deadline=self._charges.deadline(start, end),
            label=things.corrections.mend(label, start),
            indicators=_once(
                match.concept.iri
                for match in self._analysis.matches("indicator", start, end)
                if match.role in ("label", "slip")
            ),
            topics=things.topics(start, end),
        )


def _once(items: Iterable[str]) -> tuple[str, ...]:
    """Return `items` in order, each once."""
    return tuple(dict.fromkeys(items))
