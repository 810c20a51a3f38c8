"""What became of each project, year by year: done, under way, held up, to come.

A mark has a colour and a form for each group of statuses. Not for: projects that a report only mentions.
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from matplotlib.lines import Line2D

from hpkg.export.pictures.canvas import GREY, INK, PALE, Slide, fitted, legend_above

if TYPE_CHECKING:
    from hpkg.export.network import Network
    from hpkg.export.pictures.source import Told

__all__ = ["draw"]


class _Mark(NamedTuple):
    """How a group of statuses is drawn."""

    key: str
    statuses: tuple[str, ...]
    form: str
    colour: str
    filled: bool


_MARKS: Final = (
    _Mark("done", ("completed", "established"), "o", "#009E73", filled=True),
    _Mark("going", ("started", "under-way"), "s", "#0072B2", filled=True),
    _Mark("held", ("delayed", "stopped"), "X", "#D55E00", filled=True),
    _Mark("finish", ("to-complete",), "o", "#009E73", filled=False),
    _Mark("begin", ("to-start", "to-build", "accelerate"), "s", "#0072B2", filled=False),
    _Mark("prepare", ("under-study", "to-establish"), "D", "#CC79A7", filled=False),
)
_ROW: Final = 0.235
_SIZE: Final = 8.4
_MOST: Final = 26
"""Rows of a column on a slide of the usual height."""


def draw(of: Told) -> tuple[Slide, str]:
    """Return the slide, and what it shows in words."""
    network = of.network("projects")
    states = _states(network)
    years = sorted({year for said in states.values() for year, _ in said})
    order = sorted(states, key=lambda project: (_rank(states[project], years), network.label(project), project))
    columns = min(3 if len(order) > 2 * _MOST else 2 if len(order) > _MOST else 1, max(1, 9 // len(years or [0])))
    rows = ceil(len(order) / columns)
    slide = Slide.made(
        of.text("timeline-title"),
        of.text("timeline-subtitle", areas=of.areas, projects=len(order), years=_years(years)),
        of.line,
        height=rows * _ROW + 2.3,
    )
    axes, (width, _) = slide.axes, slide.size
    wide = 1 / columns
    step = min(0.052, 0.16 / max(1, len(years))) if columns > 1 else min(0.07, 0.45 / max(1, len(years)))
    room = 0.955 / (rows + 1)
    for place, project in enumerate(order):
        column, row = divmod(place, rows)
        x, y = column * wide, 0.955 - room * (row + 1)
        for year, key in states[project]:
            mark = next(mark for mark in _MARKS if mark.key == key)
            axes.plot([x + 0.016 + step * years.index(year)], [y], **_drawn(mark), markersize=7.5)
        start = x + 0.016 + step * (len(years) - 1) + 0.018
        said = fitted(network.label(project), _SIZE, (x + wide - start - 0.012) * width)
        axes.text(start, y, said, fontsize=_SIZE, va="center", color=INK)
    for column in range(columns):
        x = column * wide
        for year in years:
            at = x + 0.016 + step * years.index(year)
            axes.text(at, 0.972, str(year), fontsize=9.5, fontweight="bold", ha="center", va="center", color=GREY)
            axes.plot([at, at], [0.955 - room * (rows + 0.5), 0.95], color=PALE, linewidth=0.8, zorder=0)
        axes.plot([x + 0.002, x + wide - 0.012], [0.952, 0.952], color=PALE, linewidth=0.8)
    used = {key for said in states.values() for _, key in said}
    handles = [
        Line2D([], [], **_drawn(mark), markersize=7.5, label=of.text(f"timeline-{mark.key}"))
        for mark in _MARKS
        if mark.key in used
    ]
    legend_above(axes, handles)
    counts = Counter((year, key) for said in states.values() for year, key in said)
    told = "; ".join(
        f"{year}: "
        + ", ".join(
            f"{of.text(f'timeline-{mark.key}')} {counts[year, mark.key]}" for mark in _MARKS if counts[year, mark.key]
        )
        for year in years
    )
    return slide, of.text("timeline-alt", areas=of.areas, projects=len(order), counts=told)


def _states(network: Network) -> dict[str, list[tuple[int, str]]]:
    """Return the years of each project with the group of its status; where two are told of one year, the surer one."""
    groups = {status: mark.key for mark in _MARKS for status in mark.statuses}
    rank = {mark.key: place for place, mark in enumerate(_MARKS)}
    of: dict[str, dict[str, str]] = {}
    for link in network.links:
        if link.property in {"ofProject", "status"}:
            of.setdefault(link.source, {})[link.property] = link.target
    found: dict[str, dict[int, str]] = {}
    for state, ends in of.items():
        key = groups.get(ends.get("status", "").rpartition("/")[2])
        year = network.nodes[state].get("end_year")
        if key and isinstance(year, int) and "ofProject" in ends:
            known = found.setdefault(ends["ofProject"], {})
            known[year] = min(key, known.get(year, key), key=rank.__getitem__)
    return {project: sorted(said.items()) for project, said in found.items()}


def _rank(said: list[tuple[int, str]], years: list[int]) -> list[int]:
    """Return what to order by: what is done in the first year, then what is done later, then what is to come."""
    rank = {mark.key: place for place, mark in enumerate(_MARKS)}
    by_year = dict(said)
    return [rank[by_year[year]] if year in by_year else len(rank) for year in years]


def _drawn(mark: _Mark) -> dict[str, Any]:
    return {
        "marker": mark.form,
        "linestyle": "none",
        "color": mark.colour,
        "markerfacecolor": mark.colour if mark.filled else "white",
        "markeredgecolor": mark.colour,
        "markeredgewidth": 1.6,
    }


def _years(years: list[int]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else "–"
