"""Pillars, tasks and districts side by side: which task serves which pillar, and where.

A line has the colour of its pillar; a dashed one stands on nothing but a heading. Not for: tasks that serve no pillar.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path

from hpkg.export.pictures.canvas import COLOURS, GREY, INK, PALE, Slide, fitted, legend_above, width_of
from hpkg.export.serving import serving

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from hpkg.export.network import Network
    from hpkg.export.pictures.source import Told
    from hpkg.export.serving import Serving

__all__ = ["draw"]

_ROW: Final = 0.2
"""The height of a task, in inches."""

_PILLAR, _TASK, _TEXT, _TASK_END, _PLACE = 0.155, 0.25, 0.295, 0.79, 0.86
_SIZE: Final = 8.8
_DASHED: Final = (0, (3, 2))


def draw(of: Told) -> tuple[Slide, str]:
    """Return the slide, and what it shows in words."""
    network = of.network("pillars")
    tasks_of = serving(network)
    served = tasks_of.pillars
    pillars = sorted({pillar for pillars in served.values() for pillar in pillars}, key=network.label)
    colour = dict(zip(pillars, COLOURS * 9, strict=False))
    where = _places(network, tasks_of)
    tasks = sorted(served, key=lambda task: (sorted(map(pillars.index, served[task])), _key(network, task)))
    found = {place for places in where.values() for place in places}
    places = sorted(found, key=lambda place: _middle(place, tasks, where))
    slide = Slide.made(
        of.text("layers-title"),
        of.text("layers-subtitle", areas=of.areas, tasks=len(tasks), places=len(places)),
        of.line,
        height=len(tasks) * _ROW + 2.0,
    )
    at = {**_spread(tasks), **_spread(places)}
    at |= _centres(pillars, tasks, served, at)
    paint = {task: colour[min(served[task], key=pillars.index)] for task in tasks}
    for task in tasks:
        for pillar in sorted(served[task]):
            ends = ((_PILLAR, at[pillar]), (_TASK - 0.008, at[task]))
            _curve(slide.axes, *ends, colour[pillar], dashed=task in tasks_of.by_heading)
    _draw_tasks(slide, network, tasks, at, paint, where)
    room = _PILLAR * slide.size[0] - 14
    for pillar in pillars:
        said = fitted(network.label(pillar), 11, room, lines=3, weight="bold")
        _box(slide, (0.0, at[pillar]), _PILLAR, said, colour[pillar])
    _draw_places(slide, network, places, at, where)
    _heads(slide.axes, of)
    _legend(slide.axes, of, dashed=bool(tasks_of.by_heading))
    counts = {pillar: sum(pillar in found for found in served.values()) for pillar in pillars}
    alt = of.text(
        "layers-alt",
        areas=of.areas,
        counts="; ".join(f"{network.label(pillar)}: {count}" for pillar, count in counts.items()),
        places=", ".join(network.label(place) for place in places) or "–",
    )
    return slide, alt


def _draw_tasks(  # noqa: PLR0913, PLR0917 — one drawing, in parts
    slide: Slide,
    network: Network,
    tasks: list[str],
    at: Mapping[str, float],
    paint: Mapping[str, str],
    where: Mapping[str, set[str]],
) -> None:
    axes, (width, _) = slide.axes, slide.size
    for task in tasks:
        y = at[task]
        axes.plot([_TASK - 0.004], [y], "o", color=paint[task], markersize=4.5, zorder=3)
        number = str(network.nodes[task].get("number", ""))
        axes.text(_TASK + 0.004, y, number, fontsize=_SIZE, fontweight="bold", va="center")
        said = fitted(network.label(task), _SIZE, (_TASK_END - _TEXT) * width)
        axes.text(_TEXT, y, said, fontsize=_SIZE, va="center")
        start = _TEXT + width_of(said, _SIZE) / width + 0.006
        for place in sorted(where.get(task, ())):
            axes.plot([start, _TASK_END + 0.006], [y, y], color=paint[task], linewidth=1.1, alpha=0.75, zorder=1)
            _curve(axes, (_TASK_END + 0.006, y), (_PLACE - 0.008, at[place]), paint[task])


def _draw_places(
    slide: Slide, network: Network, places: list[str], at: Mapping[str, float], where: Mapping[str, set[str]]
) -> None:
    axes, (width, _) = slide.axes, slide.size
    for place in places:
        count = sum(place in found for found in where.values())
        axes.plot([_PLACE - 0.004], [at[place]], "s", color=INK, markersize=5, zorder=3)
        said = fitted(f"{network.label(place)} ({count})", 9.5, (1 - _PLACE) * width - 6, lines=2)
        axes.text(_PLACE + 0.006, at[place], said, fontsize=9.5, va="center")


def _places(network: Network, tasks: Serving) -> dict[str, set[str]]:
    """Return the districts of each task: those it names, and those of the projects it speaks of."""
    districts = {kind for kind, above in network.kinds.items() if "District" in above}
    sites: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    for link in network.links:
        if network.nodes[link.target]["kind"] in districts and link.property == "locatedIn":
            sites[link.source].add(link.target)
    for link in network.links:
        task = tasks.task_of.get(link.source)
        if task in tasks.pillars:
            if link.property == "concernsProject":
                found[str(task)] |= sites[link.target]
            elif network.nodes[link.target]["kind"] in districts:
                found[str(task)].add(link.target)
    return {task: places for task, places in found.items() if places}


def _key(network: Network, task: str) -> list[str]:
    number = str(network.nodes[task].get("number", ""))
    return [f"{int(part):06}" if part.isdigit() else part for part in number.split(".")]


def _middle(place: str, tasks: list[str], where: dict[str, set[str]]) -> tuple[float, str]:
    rows = [row for row, task in enumerate(tasks) if place in where.get(task, ())]
    return sum(rows) / len(rows), place


def _spread(names: list[str]) -> dict[str, float]:
    return {name: 0.965 - 0.94 * (row + 0.5) / len(names) for row, name in enumerate(names)}


def _centres(
    pillars: list[str], tasks: list[str], served: Mapping[str, frozenset[str]], at: Mapping[str, float]
) -> dict[str, float]:
    """Return a height for each pillar: near its tasks, and a fair distance from the next."""
    wanted = {pillar: [at[task] for task in tasks if pillar in served[task]] for pillar in pillars}
    middle = {pillar: sum(heights) / len(heights) for pillar, heights in wanted.items()}
    order = sorted(pillars, key=lambda pillar: -middle[pillar])
    even = _spread(order)
    return {pillar: (even[pillar] + middle[pillar]) / 2 for pillar in order}


def _curve(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str, *, dashed: bool = False
) -> None:
    middle = (start[0] + end[0]) / 2
    path = Path(
        [start, (middle, start[1]), (middle, end[1]), end], [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    )
    axes.add_patch(
        PathPatch(
            path,
            facecolor="none",
            edgecolor=colour,
            linewidth=1.1,
            alpha=0.75,
            linestyle=_DASHED if dashed else "solid",
            zorder=1,
        )
    )


def _box(slide: Slide, left_middle: tuple[float, float], width: float, said: str, colour: str) -> None:
    (left, middle), high = left_middle, 46 / slide.size[1]
    shape = FancyBboxPatch(
        (left + 0.004, middle - high / 2),
        width - 0.008,
        high,
        boxstyle="round,pad=0,rounding_size=0.008",
        facecolor="white",
        edgecolor=colour,
        linewidth=2.2,
        zorder=3,
    )
    slide.axes.add_patch(shape)
    where: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 4, "linespacing": 1.25}
    slide.axes.text(left + width / 2, middle, said, fontsize=11, fontweight="bold", color=INK, **where)


def _heads(axes: Axes, of: Told) -> None:
    for x, key, side in ((0.004, "pillars", "left"), (_TASK, "tasks", "left"), (1.0, "districts", "right")):
        said = of.text(f"layers-{key}")
        axes.text(x, 0.985, said, fontsize=10.5, fontweight="bold", color=GREY, va="center", ha=side)
    axes.plot([0, 1], [0.968, 0.968], color=PALE, linewidth=0.8)


def _legend(axes: Axes, of: Told, *, dashed: bool) -> None:
    handles = [Line2D([], [], color=GREY, linewidth=1.4, label=of.text("layers-stated"))]
    if dashed:
        handles.append(Line2D([], [], color=GREY, linewidth=1.4, linestyle=_DASHED, label=of.text("layers-heading")))
    legend_above(axes, handles)
