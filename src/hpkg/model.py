"""The fact records of a report: what the reader hands on and `hpkg facts` prints.

Each record is a frozen data class whose fields carry the names of the interchange format; a field marked as inner is
for the graph alone and is not printed. Offsets are code points into the source file, end exclusive, so that
`source[start:end] == text`. Unknown is None; nothing is guessed into a field. Not for: RDF (`hpkg.lift`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, ClassVar, Literal

__all__ = [
    "FACT_TYPES",
    "Assessment",
    "Basis",
    "Cause",
    "Contribution",
    "Correction",
    "Event",
    "Fact",
    "LegalDocument",
    "Measurement",
    "MeasurementKind",
    "Mention",
    "Objective",
    "Omission",
    "Organisation",
    "Place",
    "Project",
    "ProjectMention",
    "Section",
    "Sentence",
    "Shortcoming",
    "Task",
    "Theme",
    "Unread",
    "to_record",
]

Basis = Literal["stated", "heading", "content", "inferred"]
MeasurementKind = Literal["result", "target", "plan", "change", "share", "count", "threshold", "ratio"]
Attainment = Literal["met", "missed"]
TaskLevel = Literal["group", "task", "subtask"]

_INNER: dict[str, bool] = {"inner": True}


def _inner(default: Any = None) -> Any:  # noqa: ANN401 - a dataclass field has the type of its annotation
    """Return a field that the graph needs and the records leave out."""
    return field(default=default, metadata=_INNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every record has: its IRI, the report and section it stands in, and the characters that state it."""

    type: ClassVar[str]
    id: str
    report: str
    section: str | None
    start: int
    end: int
    text: str
    sentence: str | None = _inner()
    """Key of the sentence it was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place where the text names a thing."""

    start: int
    end: int
    text: str
    section: str | None
    sentence: str | None = _inner()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Fact):
    """A headed part of the report; `level` 1 is a Phần, `number` is as printed."""

    type: ClassVar[str] = "section"
    level: int
    number: str | None
    title: str
    parent: str | None
    role: str | None = _inner()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Fact):
    """A sentence of the body; `facts` are the ids of the facts read from it."""

    type: ClassVar[str] = "sentence"
    parent: str | None
    facts: tuple[str, ...] = ()
    position: int = _inner(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement(Fact):
    """A quantity: `value`, or `low` and `high`, in `unit`."""

    type: ClassVar[str] = "measurement"
    indicator: str | None
    indicator_label: str | None
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    comparator: str
    unit: str
    unit_text: str
    kind: MeasurementKind
    direction: Literal["up", "down"] | None
    period: str
    area: str
    estimated: bool
    of: str | None
    area_id: str = _inner("")
    stated: str = _inner("")
    approximate: bool = _inner(default=False)
    ambiguous: bool = _inner(default=False)
    """Whether the digits can be read in two ways, as those of `104,267` tonnes."""
    ordinal: str | None = _inner()
    group: str | None = _inner()
    levels: bool = _inner(default=False)
    """Whether it states what the indicator reached or is to reach, also when its kind is `change`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Fact):
    """An indicator judged against its plan; `number` is its place in a list, None for a verdict in running text."""

    type: ClassVar[str] = "assessment"
    indicator: str | None
    indicator_label: str
    number: str | None
    period: str
    status: Attainment
    cause: str | None
    cause_span: tuple[int, int] | None = _inner()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """Why a task counts for a pillar: the basis and the characters that show it."""

    pillar: str
    basis: Basis
    start: int = _inner(0)
    end: int = _inner(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Fact):
    """A task group, a task sentence, or a clause of independent action."""

    type: ClassVar[str] = "task"
    number: str
    level: TaskLevel
    parent: str | None
    pillars: tuple[Contribution, ...] = ()
    theme: bool = False
    dual_goal: bool = False
    places: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    measurements: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    """All bodies that it names."""
    responsible: tuple[str, ...] = ()
    """The bodies that it, or its heading, charges with the work."""
    events: tuple[str, ...] = ()
    deadline: str | None = None
    label: str = _inner("")
    implements: tuple[str, ...] = _inner(())
    indicators: tuple[str, ...] = _inner(())
    topics: tuple[str, ...] = _inner(())
    objectives: tuple[str, ...] = _inner(())
    """The named objectives it serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMention(Mention):
    """One place where the text names a project, with the status it gives it there."""

    status: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Fact):
    """A named project, work, facility or scheme: one record a thing."""

    type: ClassVar[str] = "project"
    label: str
    kind: str
    aliases: tuple[str, ...]
    places: tuple[str, ...]
    investor: str | None
    mentions: tuple[ProjectMention, ...]
    part_of: str | None = None
    funding: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    total_investment: str | None = None
    investor_id: str | None = _inner()
    funder_ids: tuple[str, ...] = _inner(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Fact):
    """A place that the report names."""

    type: ClassVar[str] = "place"
    label: str
    kind: str
    code: str | None
    wikidata: str | None
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Fact):
    """A body that the report names."""

    type: ClassVar[str] = "organisation"
    label: str
    kind: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    label_en: str = _inner("")
    area_id: str | None = _inner()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """A congress, an election, a festival, an outbreak or another event that the report names."""

    type: ClassVar[str] = "event"
    label: str
    kind: str
    date: str | None
    place: str | None
    mentions: tuple[Mention, ...]
    place_id: str | None = _inner()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalDocument(Fact):
    """A plan, resolution, decree or other document that the report cites."""

    type: ClassVar[str] = "document"
    label: str
    number: str | None
    kind: str
    date: str | None
    issuer: str | None
    subject: str | None
    mentions: tuple[Mention, ...]
    issuer_id: str | None = _inner()
    adopted_at: str | None = _inner()
    amends: tuple[str, ...] = _inner(())
    cites: tuple[str, ...] = _inner(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Fact):
    """The motto of the plan year."""

    type: ClassVar[str] = "theme"
    label: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective(Fact):
    """A broad intended result; `pillars` are the keys of those it names.

    A `dual` one is named by the text and has two halves; it belongs to the plan, whatever sentences name it.
    """

    type: ClassVar[str] = "objective"
    label: str
    period: str
    pillars: tuple[str, ...] = ()
    dual: bool = False
    topics: tuple[str, ...] = _inner(())
    mentions: tuple[Mention, ...] = _inner(())
    """Where a dual goal is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcoming(Fact):
    """What the report says was not done well; `causes` are ids, `inferred` those of them given for all shortcomings.

    `basis` is `stated` when it gives a cause of its own.
    """

    type: ClassVar[str] = "shortcoming"
    label: str
    causes: tuple[str, ...]
    basis: Basis | None
    inferred: tuple[str, ...] = ()
    topics: tuple[str, ...] = _inner(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause(Fact):
    """What the report gives as a cause."""

    type: ClassVar[str] = "cause"
    label: str
    topics: tuple[str, ...] = _inner(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Fact):
    """A slip of the source and its mended form."""

    type: ClassVar[str] = "correction"
    surface: str
    normalised: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission(Fact):
    """Something the report announces and does not state; `count` is how many it announces."""

    type: ClassVar[str] = "omission"
    label: str
    kind: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread(Fact):
    """A span with a digit, a project word or a task verb that no rule understood."""

    type: ClassVar[str] = "unread"
    reason: str


FACT_TYPES: tuple[str, ...] = tuple(sorted({kind.type for kind in Fact.__subclasses__()}))
"""The types of record, sorted."""


def to_record(fact: Fact) -> dict[str, object]:
    """Return `fact` as a JSON-ready record: `type` first, inner fields left out, decimals as numbers.

    >>> to_record(Unread(id="i", report="r", section=None, start=0, end=1, text="7", reason="number"))["type"]
    'unread'
    """
    return {"type": fact.type, **_plain(fact)}


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Fact | Mention | Contribution):
        return {
            spec.name: _plain(getattr(value, spec.name)) for spec in fields(value) if not spec.metadata.get("inner")
        }
    return value
