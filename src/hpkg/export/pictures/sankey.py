"""From pillars to groups of tasks to indicators, as bands as wide as the number of tasks.

Not for: groups without a task that serves a pillar or speaks of an indicator.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path

from hpkg.export.pictures.canvas import COLOURS, GREY, INK, Slide, fitted, legend_above
from hpkg.export.serving import serving

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from hpkg.export.network import Network, Value
    from hpkg.export.pictures.source import Told

__all__ = ["draw"]

_LEFT, _MIDDLE, _RIGHT, _BAR = 0.165, 0.495, 0.74, 0.012
_GAP: Final = 0.02
_NAME: Final = 0.078
"""The room of a name of two lines."""

_TOP: Final = 0.955
_GROUP: Final = "#8C8C8C"
_ALPHA: Final = 0.45


@dataclass(frozen=True, slots=True)
class _Column:
    """Nodes one below the other: where each begins, how high it is."""

    x: float
    nodes: tuple[str, ...]
    tops: Mapping[str, float]
    heights: Mapping[str, float]

    def middle(self, node: str) -> float:
        return self.tops[node] - self.heights[node] / 2


def draw(of: Told) -> tuple[Slide, str]:
    """Return the slide, and what it shows in words."""
    pillars, indicators, outline = (of.network(view) for view in ("pillars", "indicators", "outline"))
    names = {**indicators.nodes, **outline.nodes, **pillars.nodes}
    groups = _groups(outline)
    served = serving(pillars).pillars
    spoken = {(link.source, link.target) for link in indicators.links if link.property == "concernsIndicator"}
    first = Counter((pillar, groups[task]) for task, found in served.items() if task in groups for pillar in found)
    second = Counter((groups[task], indicator) for task, indicator in spoken if task in groups)
    slide = Slide.made(of.text("sankey-title"), of.text("sankey-subtitle", areas=of.areas, tasks=len(served)), of.line)
    columns = _columns(first, second, names)
    # A colour is a pillar all through the slide; what the groups do is told in grey.
    colours = dict(zip(columns[0].nodes, COLOURS * 9, strict=False)) | dict.fromkeys(columns[1].nodes, _GROUP)
    _bands(slide.axes, first, columns[0], columns[1], colours)
    _bands(slide.axes, second, columns[1], columns[2], colours)
    for column in columns:
        for node in column.nodes:
            high = column.heights[node]
            corner = (column.x, column.tops[node] - high)
            slide.axes.add_patch(Rectangle(corner, _BAR, high, facecolor=colours.get(node, GREY), zorder=3))
    _label(slide, columns, first, names, of)
    shown = [(colours[node], str(names[node]["label"])) for node in columns[0].nodes]
    handles = [
        Patch(facecolor=colour, alpha=_ALPHA, label=label)
        for colour, label in (*shown, (_GROUP, of.text("sankey-speaking")))
    ]
    legend_above(slide.axes, handles)
    alt = of.text(
        "sankey-alt",
        areas=of.areas,
        pillars="; ".join(
            f"{names[p]['label']}: {sum(n for (a, _), n in first.items() if a == p)}" for p in columns[0].nodes
        ),
        groups=len(columns[1].nodes),
        indicators=len(columns[2].nodes),
    )
    return slide, alt


def _groups(outline: Network) -> dict[str, str]:
    """Return the group of each task, however far below it the task stands."""
    whole = {link.source: link.target for link in outline.links if link.property == "partOf"}
    found = {}
    for task in whole:
        above = task
        while above in whole:
            above = whole[above]
        if outline.nodes[above]["kind"] == "TaskGroup":
            found[task] = above
    return found


def _columns(
    first: Counter[tuple[str, str]], second: Counter[tuple[str, str]], names: Mapping[str, Mapping[str, Value]]
) -> tuple[_Column, _Column, _Column]:
    def number(node: str) -> list[str]:
        return [part.zfill(6) for part in str(names[node].get("number", "")).split(".")]

    left = sorted({source for source, _ in first}, key=lambda node: str(names[node]["label"]))
    middle = sorted({*(end for _, end in first), *(start for start, _ in second)}, key=number)
    right = sorted(
        {end for _, end in second}, key=lambda node: (min(middle.index(s) for s, e in second if e == node), node)
    )
    out = [_total(first, node, 0) for node in left]
    through = [max(_total(first, node, 1), _total(second, node, 0)) for node in middle]
    into = [_total(second, node, 1) for node in right]
    values = (out, through, into)
    # The widest scale at which each column has room, each node a slot that its name fits into.
    low, high = 0.0, 1.0
    for _ in range(40):
        scale = (low + high) / 2
        low, high = (scale, high) if all(_need(column, scale) <= _TOP - 0.01 for column in values) else (low, scale)
    made = zip((_LEFT, _MIDDLE, _RIGHT), (left, middle, right), values, strict=True)
    one, two, three = (_column(x, nodes, [low * value for value in column]) for x, nodes, column in made)
    return one, two, three


def _slot(high: float, count: int) -> float:
    """Return the room that a node of some height takes in a column of `count` nodes."""
    return max(high + _GAP / 2, min(_NAME, (_TOP - 0.01) / max(count, 1) * 0.999))


def _need(column: Sequence[int], scale: float) -> float:
    return sum(_slot(scale * value, len(column)) for value in column)


def _column(x: float, nodes: Sequence[str], heights: Sequence[float]) -> _Column:
    slots = [_slot(high, len(nodes)) for high in heights]
    gap = (_TOP - 0.01 - sum(slots)) / max(len(nodes), 1)
    tops: dict[str, float] = {}
    top = _TOP
    for node, high, slot in zip(nodes, heights, slots, strict=True):
        tops[node] = top - (slot + gap - high) / 2
        top -= slot + gap
    return _Column(x, tuple(nodes), tops, dict(zip(nodes, heights, strict=True)))


def _total(flows: Counter[tuple[str, str]], node: str, end: int) -> int:
    return sum(count for pair, count in flows.items() if pair[end] == node)


def _bands(
    axes: Axes, flows: Counter[tuple[str, str]], one: _Column, other: _Column, colours: Mapping[str, str]
) -> None:
    # The width of a task is the same everywhere, so any node with a flow tells it.
    sizes = [(one.heights[node], _total(flows, node, 0)) for node in one.nodes if _total(flows, node, 0)]
    unit = min((high / count for high, count in sizes), default=0.0)
    start, end = dict(one.tops), dict(other.tops)
    order = sorted(flows, key=lambda pair: (one.nodes.index(pair[0]), other.nodes.index(pair[1])))
    left, right = one.x + _BAR, other.x
    middle = (left + right) / 2
    for source, target in order:
        high = unit * flows[source, target]
        a, b = start[source], end[target]
        points = [
            *((left, a), (middle, a), (middle, b), (right, b)),
            *((right, b - high), (middle, b - high), (middle, a - high), (left, a - high), (left, a)),
        ]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        axes.add_patch(
            PathPatch(Path(points, codes), facecolor=colours[source], edgecolor="none", alpha=_ALPHA, zorder=1)
        )
        start[source] -= high
        end[target] -= high


def _label(
    slide: Slide,
    columns: tuple[_Column, _Column, _Column],
    first: Counter[tuple[str, str]],
    names: Mapping[str, Mapping[str, Value]],
    of: Told,
) -> None:
    axes, (width, height) = slide.axes, slide.size
    left, middle, right = columns
    for node in left.nodes:
        said = fitted(str(names[node]["label"]), 11.5, (_LEFT - 0.02) * width, lines=3, weight="bold")
        axes.text(
            _LEFT - 0.01, left.middle(node) + 0.004, said, fontsize=11.5, ha="right", va="bottom", fontweight="bold"
        )
        count = of.text("sankey-tasks", count=_total(first, node, 0))
        axes.text(_LEFT - 0.01, left.middle(node) - 0.004, count, fontsize=10, ha="right", va="top", color=GREY)
    two_lines = _slot(0.0, len(middle.nodes)) * height > 27  # noqa: PLR2004 — points
    # A box and no outline of the letters: an outline would double the size of an SVG.
    box = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8}
    for node in middle.nodes:
        label = f"{names[node].get('number', '')}. {names[node]['label']}"
        said = fitted(label, 8.8, 0.21 * width, lines=2 if two_lines else 1)
        where: dict[str, Any] = {"ha": "right", "va": "center", "zorder": 5, "bbox": box}
        axes.text(_MIDDLE - 0.008, middle.middle(node), said, fontsize=8.8, **where)
    room = _TOP / max(len(right.nodes), 1) * height
    for node in right.nodes:
        said = fitted(str(names[node]["label"]), 8.8, (1 - _RIGHT - _BAR - 0.012) * width, lines=2 if room > 32 else 1)  # noqa: PLR2004
        axes.text(_RIGHT + _BAR + 0.008, right.middle(node), said, fontsize=8.8, va="center", color=INK)
    heads = (
        ("pillars", _LEFT - 0.01, "right"),
        ("groups", _MIDDLE - 0.006, "right"),
        ("indicators", _RIGHT + _BAR + 0.008, "left"),
    )
    for key, x, side in heads:
        axes.text(
            x, 0.985, of.text(f"sankey-{key}"), fontsize=10.5, fontweight="bold", color=GREY, ha=side, va="center"
        )
