"""What the network says, in figures and in words: who is linked most, what belongs together, what stands between.

Not for: the figures of each node, which `hpkg.export.analysis` gives.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from hpkg.export.analysis import analysed, communities
from hpkg.export.collect import Selection, network_of
from hpkg.export.kinds import groups
from hpkg.export.network import kept
from hpkg.export.serving import serving
from hpkg.export.text import cut
from hpkg.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hpkg.export.network import Network
    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["Bridge", "Community", "Connected", "Statistics", "statistics", "told"]

_SHOWN: Final = 8
_LONG: Final = 120
_TASKS: Final = frozenset({"Task", "TaskGroup"})


@dataclass(frozen=True, slots=True)
class Connected:
    """A task and how many other things it is linked with, by the group of their kinds, and how central it is."""

    iri: str
    number: str
    label: str
    links: int
    by_group: Mapping[str, int]
    betweenness: float


@dataclass(frozen=True, slots=True)
class Community:
    """Nodes that Louvain's method puts together.

    Attributes:
        size: How many nodes.
        tasks: How many of them are tasks.
        groups: The numbers of the task groups its tasks come from, with how many, the most first.
        centre: Names of its most linked nodes that are no tasks.
    """

    size: int
    tasks: int
    groups: tuple[tuple[str, int], ...]
    centre: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A thing that tasks of several pillars speak of, and how many tasks of each."""

    iri: str
    label: str
    kind: str
    pillars: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the network of some reports says.

    Attributes:
        language: The language of all names.
        nodes: How many nodes there are, by the name of the group of their kind.
        links: How many links there are.
        connected: The most linked tasks.
        communities: The communities that hold tasks, the largest first.
        agreement: Of 100 tasks, how many stand in the community where most of their group do; None without tasks.
        task_groups: How many groups of tasks there are.
        bridges: What links pillars, from the most pillars and tasks.
        isolated: Names of indicators with a figure that no task speaks of.
        indicators: How many indicators have a figure.
    """

    language: Language
    nodes: Mapping[str, int]
    links: int
    connected: tuple[Connected, ...]
    communities: tuple[Community, ...]
    agreement: int | None
    task_groups: int
    bridges: tuple[Bridge, ...]
    isolated: tuple[str, ...]
    indicators: int

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        return asdict(self)


def statistics(store: Store, reports: Sequence[str] = (), language: Language = "en", seed: int = 0) -> Statistics:
    """Return what the network of `reports`, or of all, says; the same for the same graph and seed.

    Raises:
        CallerError: There is no such report.
    """
    whole = network_of(store, Selection("full", reports=reports), language)
    # What nearly everything is linked with (plans, years, classes) would hide all else.
    bare = kept(
        whole, lambda node: whole.nodes[node]["group"] != "frame" and whole.nodes[node]["kind"] != "Contribution"
    )
    group_of = _groups(whole)
    together = communities(bare, seed)
    found = tuple(_community(bare, members, group_of) for members in together)
    homes = {node: place for place, members in enumerate(together) for node in members}
    counts = Counter(str(values["group"]) for values in whole.nodes.values())
    measured, isolated = _isolated(whole)
    return Statistics(
        language=language,
        nodes={name: counts[name] for name in groups() if counts[name]},
        links=len(whole.links),
        connected=_connected(bare),
        communities=tuple(one for one in found if one.tasks),
        agreement=_agreement(homes, group_of),
        task_groups=len(set(group_of.values())),
        bridges=_bridges(whole),
        isolated=isolated,
        indicators=measured,
    )


def _groups(network: Network) -> dict[str, str]:
    """Return the group of each task, however far below it the task stands."""
    whole = {
        link.source: link.target
        for link in network.links
        if link.property == "partOf" and network.nodes[link.target]["kind"] == "TaskGroup"
    }
    return {task: group for task, group in whole.items() if network.nodes[task]["kind"] == "Task"}


def _connected(bare: Network) -> tuple[Connected, ...]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for link in bare.links:
        neighbours[link.source].add(link.target)
        neighbours[link.target].add(link.source)
    others = {
        node: sorted(near for near in neighbours[node] if bare.nodes[near]["kind"] not in _TASKS)
        for node, task in serving(bare).task_of.items()
        if node == task
    }
    first = sorted(others, key=lambda node: (-len(others[node]), node))[:_SHOWN]
    central = analysed(bare, ["centrality"]).nodes
    return tuple(
        Connected(
            node,
            str(bare.nodes[node].get("number", "")),
            bare.label(node),
            len(others[node]),
            dict(Counter(str(bare.nodes[near]["group"]) for near in others[node])),
            float(central[node]["betweenness"]),
        )
        for node in first
    )


def _community(bare: Network, members: tuple[str, ...], group_of: Mapping[str, str]) -> Community:
    tasks = [node for node in members if node in group_of]
    numbers = Counter(str(bare.nodes[group_of[task]].get("number", "")) for task in tasks)
    inside = set(members)
    degree = Counter(
        end
        for link in bare.links
        if link.source in inside and link.target in inside
        for end in (link.source, link.target)
        if bare.nodes[end]["kind"] not in _TASKS
    )
    centre = sorted(degree, key=lambda node: (-degree[node], node))[:3]
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    return Community(len(members), len(tasks), tuple(ordered), tuple(bare.label(node) for node in centre))


def _agreement(homes: Mapping[str, int], group_of: Mapping[str, str]) -> int | None:
    by_group: dict[str, Counter[int]] = defaultdict(Counter)
    for task, group in group_of.items():
        if task in homes:
            by_group[group][homes[task]] += 1
    total = sum(counts.total() for counts in by_group.values())
    return round(100 * sum(max(counts.values()) for counts in by_group.values()) / total) if total else None


def _bridges(whole: Network) -> tuple[Bridge, ...]:
    tasks = serving(whole)
    spoken: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    pillars = {pillar for found in tasks.pillars.values() for pillar in found}
    for link in whole.links:
        task = tasks.task_of.get(link.source, "")
        kind = whole.nodes[link.target]["kind"]
        shared = kind in _TASKS or whole.nodes[link.target]["group"] == "frame" or link.target in pillars
        if task in tasks.pillars and not shared:
            for pillar in tasks.pillars[task]:
                spoken[link.target][pillar].add(task)
    several = {node: found for node, found in spoken.items() if len(found) > 1 and len(set.union(*found.values())) > 1}
    order = sorted(several, key=lambda node: (-len(several[node]), -sum(map(len, several[node].values())), node))
    return tuple(
        Bridge(
            node,
            whole.label(node),
            str(whole.nodes[node].get(f"kind_{whole.language}", whole.nodes[node]["kind"])),
            {whole.label(pillar): len(several[node][pillar]) for pillar in sorted(several[node])},
        )
        for node in order[:_SHOWN]
    )


def _isolated(whole: Network) -> tuple[int, tuple[str, ...]]:
    """Return how many indicators have a result or a target, and which of them no task speaks of."""
    figures = {"Result", "Target"}
    measured = {
        link.target
        for link in whole.links
        if link.property == "forIndicator" and whole.nodes[link.source]["kind"] in figures
    }
    spoken = {link.target for link in whole.links if link.property == "concernsIndicator"}
    return len(measured), tuple(sorted(whole.label(node) for node in measured - spoken))


def told(found: Statistics) -> str:
    """Return the statistics as a page of Markdown in their language."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Statistics) -> Iterator[str]:
    def say(key: str, **values: object) -> str:
        return text(f"stats.{key}", found.language, **values)

    drawn = groups()
    kinds = ", ".join(f"{drawn[name].label(found.language)} {count}" for name, count in found.nodes.items())
    yield f"# {say('title')}\n"
    yield say("size", nodes=sum(found.nodes.values()), links=found.links, kinds=kinds)
    yield f"\n## {say('connected')}\n"
    for task in found.connected:
        with_what = ", ".join(
            f"{drawn[name].label(found.language)} {count}" for name, count in sorted(task.by_group.items())
        )
        yield f"- {task.number} {cut(task.label, _LONG)} — {say('links', count=task.links, kinds=with_what)}"
    if not found.connected:
        yield say("none")
    yield f"\n## {say('communities')}\n"
    if found.agreement is not None:
        yield (
            say("agreement", communities=len(found.communities), groups=found.task_groups, percent=found.agreement)
            + "\n"
        )
    for number, one in enumerate(found.communities[:_SHOWN], 1):
        mixed = ", ".join(f"{group} ({count})" for group, count in one.groups[:4])
        centre = "; ".join(cut(label, _LONG // 2) for label in one.centre) or "–"
        yield f"{number}. {say('community', size=one.size, tasks=one.tasks, groups=mixed, centre=centre)}"
    yield f"\n## {say('bridges')}\n"
    for bridge in found.bridges:
        each = ", ".join(f"{pillar} {count}" for pillar, count in bridge.pillars.items())
        yield f"- {bridge.label} ({bridge.kind}): {each}"
    if not found.bridges:
        yield say("none")
    yield f"\n## {say('isolated')}\n"
    yield say("isolated-count", count=len(found.isolated), all=found.indicators)
    for label in found.isolated:
        yield f"- {label}"
