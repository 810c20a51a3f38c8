"""The districts of the area where they lie, each with its projects.

A place is a point of the reference data; borders and coasts are not drawn, for nobody has given them. A district far
off, such as an island in the open sea, stands at the edge with its distance. Not for: projects without a district.
"""

from __future__ import annotations

from math import cos, hypot, radians
from typing import TYPE_CHECKING, Final

from matplotlib.lines import Line2D

from hpkg.export.pictures.canvas import GREY, INK, PALE, Slide, fitted, legend_above, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from hpkg.export.network import Network
    from hpkg.export.pictures.source import Told

__all__ = ["draw"]

_DEGREE_KM: Final = 111.32
_FAR: Final = 2.6
"""So many times the usual distance from the middle is far off."""

_MAP, _LIST = 0.60, 0.635
_BLUE, _NONE = "#0072B2", "#FFFFFF"
_MOST: Final = 9


def draw(of: Told) -> tuple[Slide, str]:
    """Return the slide, and what it shows in words."""
    network = of.network("projects")
    places = {
        node: (float(values["longitude"]), float(values["latitude"]))
        for node, values in network.nodes.items()
        if "latitude" in values and "longitude" in values
    }
    projects = _projects(network, set(places))
    slide = Slide.made(
        of.text("map-title"),
        of.text(
            "map-subtitle",
            areas=of.areas,
            districts=len(places),
            some=sum(bool(found) for found in projects.values()),
            projects=len({p for found in projects.values() for p in found}),
        ),
        of.line,
    )
    order = sorted(
        (place for place in places if projects[place]), key=lambda place: (-len(projects[place]), network.label(place))
    )
    numbers = {place: number for number, place in enumerate(order, 1)}
    if places:
        _draw_map(slide, network, places, projects, numbers, of)
    _draw_list(slide, network, order, projects, numbers, of)
    alt = of.text(
        "map-alt",
        areas=of.areas,
        counts="; ".join(f"{network.label(place)}: {len(projects[place])}" for place in order) or "–",
        none=", ".join(network.label(place) for place in sorted(places) if not projects[place]) or "–",
    )
    return slide, alt


def _projects(network: Network, districts: set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {place: [] for place in districts}
    for link in network.links:
        if (
            link.property == "locatedIn"
            and link.target in districts
            and network.nodes[link.source]["kind"] == "Project"
        ):
            found[link.target].append(link.source)
    return {place: sorted(names, key=network.label) for place, names in found.items()}


def _draw_map(  # noqa: PLR0913, PLR0917 — one drawing, in parts
    slide: Slide,
    network: Network,
    places: dict[str, tuple[float, float]],
    projects: dict[str, list[str]],
    numbers: dict[str, int],
    of: Told,
) -> None:
    axes, (width, height) = slide.axes, slide.size
    flat = _flat(places)
    near, far = _parted(flat)
    xs, ys = [flat[p][0] for p in near], [flat[p][1] for p in near]
    span = max((max(xs) - min(xs)) / (_MAP - 0.15), (max(ys) - min(ys)) / 0.78 * (width / height), 1.0)
    centre = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)

    def at(place: str) -> tuple[float, float]:
        x, y = flat[place]
        return 0.5 * _MAP + (x - centre[0]) / span, 0.5 + (y - centre[1]) / span * (width / height)

    axes.plot([0, _MAP, _MAP, 0, 0], [0.01, 0.01, 0.99, 0.99, 0.01], color=PALE, linewidth=1)
    spots = {place: at(place) for place in near}
    boxes: list[tuple[float, float, float, float]] = []
    radii = {place: 5.0 + 4.2 * len(projects[place]) ** 0.5 for place in places}
    for place, (x, y) in spots.items():
        boxes.append(
            (x - radii[place] / width, y - radii[place] / height, x + radii[place] / width, y + radii[place] / height)
        )
    for place in sorted(near, key=lambda p: (-len(projects[p]), p)):
        _spot(axes, spots[place], radii[place], numbers.get(place))
        _name(axes, network.label(place), spots[place], radii[place], boxes, (width, height))
    for row, place in enumerate(far):
        x, y = flat[place][0] - centre[0], flat[place][1] - centre[1]
        km = of.text("map-far", name=network.label(place), km=round(hypot(x, y)), way=of.text(f"map-{_way(x, y)}"))
        spot = (_MAP - 0.02, 0.06 + 0.05 * row)
        _spot(axes, spot, radii[place], numbers.get(place))
        axes.text(spot[0] - 0.014, spot[1], km, fontsize=9, ha="right", va="center", color=INK)
    _scale(axes, span, of)


def _flat(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return each place in kilometres east and north of the first; good enough for a province."""
    middle = sum(north for _, north in places.values()) / len(places)
    east = cos(radians(middle)) * _DEGREE_KM
    return {place: (lon * east, lat * _DEGREE_KM) for place, (lon, lat) in sorted(places.items())}


def _parted(flat: dict[str, tuple[float, float]]) -> tuple[list[str], list[str]]:
    """Return the places that lie together, and those far off."""
    xs, ys = sorted(x for x, _ in flat.values()), sorted(y for _, y in flat.values())
    middle = (xs[len(xs) // 2], ys[len(ys) // 2])
    away = {place: hypot(x - middle[0], y - middle[1]) for place, (x, y) in flat.items()}
    usual = sorted(away.values())[len(away) // 2] or 1.0
    far = [place for place in flat if away[place] > _FAR * usual]
    # What is not far by itself, but twice as far as the next nearest, would make the map of all others small.
    order = sorted(away, key=away.__getitem__)
    beyond = {order[-1]} if len(order) > 2 and away[order[-1]] > 2 * away[order[-2]] else set()  # noqa: PLR2004
    cut_off = beyond | {place for place in far if away[place] > 4 * usual}
    return [place for place in flat if place not in cut_off], [place for place in flat if place in cut_off]


def _way(x: float, y: float) -> str:
    return ("n" if y > 0 else "s") + ("e" if x > 0 else "w")


def _spot(axes: Axes, where: tuple[float, float], radius: float, number: int | None) -> None:
    axes.plot(
        *([value] for value in where),
        "o",
        markersize=2 * radius,
        color=_BLUE if number else _NONE,
        markeredgecolor=_BLUE if number else GREY,
        markeredgewidth=1.2,
        zorder=3,
    )
    if number:
        axes.text(
            *where,
            str(number),
            fontsize=9,
            fontweight="bold",
            color="white",
            ha="center",
            va="center_baseline",
            zorder=4,
        )


def _name(  # noqa: PLR0913, PLR0917 — one drawing, in parts
    axes: Axes,
    said: str,
    spot: tuple[float, float],
    radius: float,
    boxes: list[tuple[float, float, float, float]],
    size: tuple[float, float],
) -> None:
    """Write a name beside its spot where nothing stands yet: right, left, above, below, then the four corners."""
    wide, high = width_of(said, 9.2) / size[0], 12 / size[1]
    dx, dy = (radius + 4) / size[0], (radius + 3) / size[1]
    x, y = spot
    tries = [
        (x + dx, y - high / 2),
        (x - dx - wide, y - high / 2),
        (x - wide / 2, y + dy),
        (x - wide / 2, y - dy - high),
        (x + dx * 0.7, y + dy * 0.7),
        (x - dx * 0.7 - wide, y + dy * 0.7),
        (x + dx * 0.7, y - dy * 0.7 - high),
        (x - dx * 0.7 - wide, y - dy * 0.7 - high),
    ]
    own = (x - radius / size[0], y - radius / size[1], x + radius / size[0], y + radius / size[1])

    def clashes(corner: tuple[float, float]) -> int:
        left, low = corner
        inside = left >= 0.005 and left + wide <= _MAP - 0.005 and low >= 0.02 and low + high <= 0.98  # noqa: PLR2004
        hits = sum(left < b[2] and b[0] < left + wide and low < b[3] and b[1] < low + high for b in boxes if b != own)
        return hits + (0 if inside else 10)

    left, low = min(tries, key=clashes)
    boxes.append((left, low, left + wide, low + high))
    axes.text(left, low + high / 2, said, fontsize=9.2, va="center", zorder=5)


def _scale(axes: Axes, span: float, of: Told) -> None:
    long = 10 if span > 40 else 5  # noqa: PLR2004 — kilometres
    axes.plot([0.02, 0.02 + long / span], [0.045, 0.045], color=GREY, linewidth=2, solid_capstyle="butt")
    axes.text(0.02 + long / span / 2, 0.055, f"{long} km", fontsize=8.5, color=GREY, ha="center", va="bottom")
    axes.annotate(
        "", xy=(0.03, 0.965), xytext=(0.03, 0.905), arrowprops={"arrowstyle": "-|>", "color": GREY, "lw": 1.4}
    )
    axes.text(0.03, 0.895, of.text("map-north"), fontsize=9, color=GREY, ha="center", va="top")


def _draw_list(  # noqa: PLR0913, PLR0917 — one drawing, in parts
    slide: Slide, network: Network, order: list[str], projects: dict[str, list[str]], numbers: dict[str, int], of: Told
) -> None:
    axes, (width, height) = slide.axes, slide.size
    lines = sum(1 + min(len(projects[place]), _MOST) for place in order) + 0.55 * len(order)
    step = min(0.034, 0.93 / max(lines, 1))
    size = min(9.0, step * height * 0.62)
    y = 0.985
    for place in order:
        axes.text(_LIST, y, f"{numbers[place]}", fontsize=size + 0.8, fontweight="bold", color=_BLUE, va="top")
        axes.text(
            _LIST + 0.022,
            y,
            f"{network.label(place)} ({len(projects[place])})",
            fontsize=size + 0.8,
            fontweight="bold",
            va="top",
        )
        y -= step
        shown = projects[place][:_MOST]
        for project in shown:
            axes.text(
                _LIST + 0.022,
                y,
                fitted(network.label(project), size, (1 - _LIST - 0.024) * width),
                fontsize=size,
                va="top",
                color=INK,
            )
            y -= step
        y -= step * 0.55
    handles = [
        Line2D([], [], marker="o", linestyle="none", color=_BLUE, markersize=11, label=of.text("map-some")),
        Line2D(
            [],
            [],
            marker="o",
            linestyle="none",
            markerfacecolor="white",
            markeredgecolor=GREY,
            markersize=9,
            label=of.text("map-none"),
        ),
    ]
    legend_above(axes, handles)
