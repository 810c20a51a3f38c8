"""Which task serves which pillar, for the pictures that show it.

A task serves the pillars that its own words or its matter name; only where there are none, those that a heading above
it names: the rule of the question `tasks-by-pillar`. Not for: drawing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.export.network import Network

__all__ = ["Serving", "serving"]


@dataclass(frozen=True, slots=True)
class Serving:
    """The tasks of a network.

    Attributes:
        pillars: The pillars of each task that serves any; a part of a task counts as the task.
        by_heading: The tasks that have theirs from a heading only.
        task_of: The task of each item, a task being its own.
    """

    pillars: Mapping[str, frozenset[str]]
    by_heading: frozenset[str]
    task_of: Mapping[str, str]


def serving(network: Network) -> Serving:
    """Return which tasks of `network`, the view `pillars`, serve which pillars."""
    whole = {link.source: link.target for link in network.links if link.property == "partOf"}
    task_of: dict[str, str] = {}
    for item, values in network.nodes.items():
        if values["kind"] == "Task":
            task = item
            while network.nodes.get(whole.get(task, ""), {}).get("kind") == "Task":
                task = whole[task]
            task_of[item] = task
    own: dict[str, set[str]] = defaultdict(set)
    above: dict[str, set[str]] = defaultdict(set)
    for link in network.links:
        if link.source in task_of and link.property in {"contributesTo", "underDirection"}:
            (own if link.property == "contributesTo" else above)[task_of[link.source]].add(link.target)
    pillars = {task: frozenset(own.get(task) or above[task]) for task in own.keys() | above.keys()}
    return Serving(pillars, frozenset(pillars.keys() - own.keys()), task_of)
