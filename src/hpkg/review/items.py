"""What a person should look at: what was not read, what rests on little, what is new, what was taken for one thing.

Each item is a row of the review sheet, whose last columns a person fills. Not for: what was decided
(`hpkg.review.decide`).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from hpkg.document import squeeze
from hpkg.grammar.word import match_form
from hpkg.lift.triples import contribution_node
from hpkg.model import LegalDocument, Measurement, Organisation, Place, Project, Shortcoming, Task, Unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.extract.facts import Reading
    from hpkg.model import Fact

__all__ = ["COLUMNS", "DECISION_COLUMNS", "ReviewItem", "ReviewKind", "find_items", "to_sheet"]

ReviewKind = Literal[
    "unread", "ambiguous-number", "no-indicator", "unreviewed-indicator", "by-content", "inferred-cause", "merged-names"
]

COLUMNS: Final = ("report", "kind", "node", "section", "start", "text", "said")
DECISION_COLUMNS: Final = ("decision", "property", "value", "why")
_MEASURING: Final = frozenset({"result", "target", "plan"})
_UNREVIEWED: Final = "/unreviewed-"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """Something to look at: `node` is its IRI, `text` what it stands on, `said` what the reader made of it."""

    report: str
    kind: ReviewKind
    node: str
    section: str
    start: int
    text: str
    said: str


def find_items(reading: Reading, decided: Iterable[str] = ()) -> list[ReviewItem]:
    """Return the items of a report in text order, without the nodes that were `decided` on."""
    done = set(decided)
    items = [*(item for fact in reading.facts for item in _of(fact)), *_of_indicators(reading)]
    found = {item.node + item.kind: item for item in items if item.node not in done}
    return sorted(found.values(), key=lambda item: (item.start, item.kind, item.node))


def to_sheet(items: Iterable[ReviewItem]) -> str:
    """Return the review sheet as CSV: a row an item, the columns of the decision left empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, *DECISION_COLUMNS))
    for item in items:
        writer.writerow((*(getattr(item, name) for name in COLUMNS), *("" for _ in DECISION_COLUMNS)))
    return out.getvalue()


def _of(fact: Fact) -> Iterator[ReviewItem]:
    """Yield what is doubtful about one fact."""
    if isinstance(fact, Unread):
        yield _item(fact, "unread", fact.id, fact.reason)
    elif isinstance(fact, Measurement):
        yield from _of_measurement(fact)
    elif isinstance(fact, Task):
        for contribution in fact.pillars:
            if contribution.basis == "content":
                node = contribution_node(fact, contribution.pillar)
                yield _item(fact, "by-content", str(node), contribution.pillar)
    elif isinstance(fact, Shortcoming) and fact.inferred:
        yield _item(fact, "inferred-cause", fact.id, ", ".join(cause.rpartition("/")[2] for cause in fact.inferred))
    elif isinstance(fact, Project | Organisation | LegalDocument | Place):
        names = _names(fact)
        if len(names) > 1:
            yield _item(fact, "merged-names", fact.id, " = ".join(names))


def _names(fact: Project | Organisation | LegalDocument | Place) -> list[str]:
    """Return the names that were taken for one thing, that it bears first.

    Of a place or a body a name that its own holds (`Hải An` of `Quận Hải An`) is no other, and what the vocabulary
    gives is not the reader's doing. A document with a number is told by it: in doubt is a name that has none.
    """
    said = [one.text for one in fact.mentions]
    known = {match_form(fact.label)}
    if isinstance(fact, Project):
        said = list(fact.aliases)
    elif isinstance(fact, Organisation):
        known |= {match_form(alias) for alias in fact.aliases}
    elif isinstance(fact, LegalDocument) and fact.number is not None:
        said = [text for text in said if not any(map(str.isdigit, text))]
    others = {match_form(squeeze(text)): squeeze(text) for text in said}
    if not isinstance(fact, Project):
        own = f" {match_form(fact.label)} "
        others = {form: name for form, name in others.items() if f" {form} " not in own and own not in f" {form} "}
    return [fact.label, *(name for form, name in others.items() if form not in known)]


def _of_indicators(reading: Reading) -> Iterator[ReviewItem]:
    """Yield the new indicators that the report calls by several names."""
    named: dict[str, dict[str, Measurement]] = {}
    for fact in reading.facts:
        if isinstance(fact, Measurement) and fact.indicator and _UNREVIEWED in fact.indicator and fact.indicator_label:
            named.setdefault(fact.indicator, {}).setdefault(match_form(fact.indicator_label), fact)
    for indicator, facts in named.items():
        if len(facts) > 1:
            labels = [fact.indicator_label or "" for fact in facts.values()]
            yield _item(next(iter(facts.values())), "merged-names", indicator, " = ".join(labels))


def _of_measurement(fact: Measurement) -> Iterator[ReviewItem]:
    if fact.ambiguous:
        yield _item(fact, "ambiguous-number", fact.id, f"{fact.stated} = {fact.value}")
    if fact.indicator is not None and _UNREVIEWED in fact.indicator:
        yield _item(fact, "unreviewed-indicator", fact.indicator, fact.indicator_label or "")
    elif fact.indicator is None and fact.kind in _MEASURING:
        yield _item(fact, "no-indicator", fact.id, f"{fact.kind}: {fact.stated}")


def _item(fact: Fact, kind: ReviewKind, node: str, said: str) -> ReviewItem:
    return ReviewItem(fact.report, kind, node, fact.section or "", fact.start, squeeze(fact.text), squeeze(said))
