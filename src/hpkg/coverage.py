"""What was read of a report and what was not: sentences, characters, digits.

Every digit of the body is in one of these: a fact, a date, a document number, an outline number, a name, a span that
no rule understood. Not for: the facts themselves.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.extract.facts import Reading

__all__ = ["Coverage", "cover"]

_MEANT = ("fact", "unread")
"""What a digit is that states something; for all others there is a reason why they do not."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The account of one report.

    `facts` counts records by type, `sentences` is (with facts, all), `characters` counts the text by the kind of its
    leaf, `digits` the digits of the body by what they are.
    """

    report: str
    facts: dict[str, int] = field(default_factory=dict)
    sentences: tuple[int, int] = (0, 0)
    characters: dict[str, int] = field(default_factory=dict)
    digits: dict[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def figures(self) -> dict[str, int]:
        """Return the figures that the graph keeps, by the metrics of the vocabulary."""
        read, total = self.sentences
        digits = {reason: self.digits.get(reason, 0) for reason in _MEANT}
        return {
            "sentences": total,
            "sentences-read": read,
            "digits": sum(self.digits.values()),
            "digits-in-facts": digits["fact"],
            "digits-excluded": sum(self.digits.values()) - sum(digits.values()),
            "digits-unread": digits["unread"],
            "unread-spans": self.facts.get("unread", 0),
        }


def cover(reading: Reading) -> Coverage:
    """Return the account of `reading`."""
    sentences = [fact for fact in reading.facts if fact.type == "sentence"]
    read = sum(1 for sentence in sentences if getattr(sentence, "facts", ()))
    characters: Counter[str] = Counter()
    for leaf in reading.document.leaves:
        characters[leaf.reason or leaf.kind] += leaf.end - leaf.start
    return Coverage(
        report=reading.document.source.key,
        facts=dict(sorted(Counter(fact.type for fact in reading.facts).items())),
        sentences=(read, len(sentences)),
        characters=dict(sorted(characters.items())),
        digits=_digits(reading),
        missing=tuple(reading.missing),
    )


def _digits(reading: Reading) -> dict[str, int]:
    """Return how many digits of the body are what; a digit that is nothing else is part of a name."""
    text = reading.document.source.text
    spans: list[tuple[int, int, str]] = [
        (fact.start, fact.end, "unread" if fact.type == "unread" else "fact")
        for fact in reading.facts
        if fact.type in ("unread", "measurement")
    ]
    counts: Counter[str] = Counter()
    for leaf in reading.document.leaves:
        if leaf.kind == "noise":
            continue
        inside = [span for span in (*reading.excluded, *spans) if span[0] < leaf.end and leaf.start < span[1]]
        for at in range(leaf.start, leaf.end):
            if text[at].isdecimal():
                counts[_reason(at, inside, leaf.kind)] += 1
    return dict(sorted(counts.items()))


def _reason(at: int, spans: Iterable[tuple[int, int, str]], kind: str) -> str:
    for start, end, reason in spans:
        if start <= at < end:
            return reason
    return "outline-number" if kind == "heading" else "name"
