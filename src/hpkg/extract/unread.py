"""What no rule understood: numbers that are neither a fact nor excluded with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.model import Unread
from hpkg.namespaces import mint

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.things import Things

__all__ = ["read_unread"]


def read_unread(analysis: Analysis, things: Things) -> list[Unread]:
    """Return the numbers of the body that no rule accounts for."""
    known = [(fact.start, fact.end) for fact in things.measurements.facts]
    known += [(item.start, item.end) for item in things.measurements.excluded]
    known += [(mention.start, mention.end) for project in things.projects.facts for mention in project.mentions]
    found: list[Unread] = []
    for leaf in analysis.leaves:
        for number in analysis.numbers(leaf.start, leaf.end):
            if number.in_words or any(start < number.end and number.start < end for start, end in known):
                continue
            found.append(
                Unread(
                    id=str(mint("unread", analysis.report, f"c{number.start}")),
                    **analysis.stated(number.start, number.end),
                    reason="number",
                )
            )
    return found
