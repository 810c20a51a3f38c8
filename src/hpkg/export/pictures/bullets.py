"""Each indicator on a line of its own: what was reached, what is aimed at, how much is to be made up, met or missed.

The length of a line is the target, or the result where that is more: each line has its own scale, since its unit is its
own. Not for: indicators that have only a result or only a target.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from hpkg.export.pictures.canvas import GREY, PALE, Slide, fitted, legend_above, width_of
from hpkg.questions.formats.reading import figure
from hpkg.questions.labels import WORDS_OF_REPORTS
from hpkg.questions.units import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.export.network import Network, Value
    from hpkg.export.pictures.source import Told

__all__ = ["draw"]

_NAME, _FROM, _TO, _AIMED, _NEEDED, _VERDICT = 0.0, 0.3, 0.6, 0.61, 0.765, 0.875
_ROW: Final = 0.46
_BLUE, _AIM = "#56B4E9", "#D55E00"
_VERDICTS: Final = {"met": ("✓", "#00684A"), "missed": ("✗", "#B34700")}


@dataclass(frozen=True, slots=True)
class _Row:
    """An indicator with a result, a target of a later year, the growth between them, and a verdict on the result.

    `reached` and `aimed` are result and target in words.
    """

    key: tuple[str, str]
    label: str
    result: Mapping[str, Value]
    target: Mapping[str, Value]
    reached: str
    aimed: str
    needed: str
    verdict: str


def draw(of: Told) -> tuple[Slide, str]:
    """Return the slide, and what it shows in words."""
    network = of.network("indicators")
    rows = _rows(network, of)
    years = sorted({(int(row.result["end_year"]), int(row.target["end_year"])) for row in rows})
    past = ", ".join(sorted({str(one) for one, _ in years})) or "–"
    aim = ", ".join(sorted({str(other) for _, other in years})) or "–"
    slide = Slide.made(
        of.text("bullets-title", past=past, aim=aim),
        of.text("bullets-subtitle", areas=of.areas, indicators=len(rows)),
        of.line,
        height=len(rows) * _ROW + 2.2,
    )
    axes, (width, _) = slide.axes, slide.size
    room = 0.94 / max(1, len(rows))
    for place, row in enumerate(rows):
        y = 0.945 - room * (place + 0.5)
        said = fitted(row.label, 10, (_FROM - 0.02) * width, lines=2)
        axes.text(_NAME, y, said, fontsize=10, va="center", linespacing=1.15)
        reached, aimed = _bounds(row.result), _bounds(row.target)
        longest = max(*reached, *aimed)
        high = min(room * 0.42, 0.034)
        scale = (_TO - _FROM) / longest if longest > 0 else 0.0
        axes.add_patch(Rectangle((_FROM, y - high * 0.85), _TO - _FROM, high * 1.7, facecolor="#F1F1F1", zorder=0))
        axes.add_patch(Rectangle((_FROM, y - high / 2), reached[1] * scale, high, facecolor=_BLUE, zorder=1))
        low, top = (_FROM + bound * scale for bound in aimed)
        axes.plot(
            [top, top], [y - high * 0.95, y + high * 0.95], color=_AIM, linewidth=3, solid_capstyle="butt", zorder=3
        )
        if low < top:
            axes.add_patch(
                Rectangle((low, y - high * 0.95), top - low, high * 1.9, facecolor=_AIM, alpha=0.25, zorder=2)
            )
        inside = width_of(row.reached, 9) / width + 0.012 < reached[1] * scale
        left = _FROM + 0.006 + (0 if inside else reached[1] * scale)
        axes.text(left, y, row.reached, fontsize=9, va="center", zorder=4)
        aim_said = fitted(row.aimed, 9.5, (_NEEDED - _AIMED - 0.008) * width, lines=2)
        axes.text(_AIMED, y, aim_said, fontsize=9.5, va="center", color="#8A3D00", zorder=4)
        axes.text(_NEEDED, y, row.needed, fontsize=11, va="center", fontweight="bold")
        sign, colour = _VERDICTS.get(row.verdict, ("", GREY))
        axes.text(_VERDICT, y, _verdict(sign, row.verdict, of), fontsize=10, va="center", color=colour)
        axes.plot([0, 1], [y - room / 2] * 2, color=PALE, linewidth=0.6)
    heads = ((_NAME, "indicator"), (_FROM, "bar"), (_AIMED, "aimed"), (_NEEDED, "needed"), (_VERDICT, "verdict"))
    for x, key in heads:
        axes.text(
            x,
            0.975,
            of.text(f"bullets-{key}", past=past, aim=aim),
            fontsize=10,
            fontweight="bold",
            color=GREY,
            va="center",
        )
    handles = [
        Patch(facecolor=_BLUE, label=of.text("bullets-result", past=past)),
        Line2D([], [], color=_AIM, linewidth=3, label=of.text("bullets-target", aim=aim)),
    ]
    legend_above(axes, handles)
    alt = of.text(
        "bullets-alt",
        areas=of.areas,
        rows="; ".join(_told(row) for row in rows),
    )
    return slide, alt


def _rows(network: Network, of: Told) -> list[_Row]:
    """Return a row for each indicator of each area with a result and a target of a later year."""
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    for link in network.links:
        ends[link.source][link.property] = link.target
    figures: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    needed: dict[str, str] = {}
    for node, values in network.nodes.items():
        indicator, kind = ends[node].get("forIndicator"), str(values["kind"])
        if kind == "GrowthNeeded" and "toMeasurement" in ends[node]:
            needed[ends[node]["toMeasurement"]] = node
        elif indicator:
            area = ends[node].get("refArea") or ends[ends[node].get("againstPlan", "")].get("refArea", "")
            figures[indicator, area][kind].append(node)
    pairs = {key: _pair(network, found["Result"], found["Target"]) for key, found in figures.items()}
    several = len({area for (_, area), pair in pairs.items() if pair}) > 1
    rows = []
    for (indicator, area), pair in pairs.items():
        if pair is None:
            continue
        result, target = (network.nodes[node] for node in pair)
        assessments = figures[indicator, area]["Assessment"]
        judged = (node for node in assessments if _year(network.nodes[node]) == _year(result))
        verdict = next((ends[node].get("attainment", "") for node in judged), "").rpartition("/")[2]
        label = network.label(indicator)
        label = f"{label} · {network.label(area)}" if several and area in network.nodes else label
        reached, aimed = (_figure(network, node, ends, of) for node in pair)
        grown = _needed(network, needed.get(pair[1]), ends, of)
        rows.append(_Row((indicator, area), label, result, target, reached, aimed, grown, verdict))
    return sorted(rows, key=lambda row: (str(row.target.get("number", "~")).zfill(8), row.key))


def _pair(network: Network, results: list[str], targets: list[str]) -> tuple[str, str] | None:
    """Return the newest result and the first target after it, among figures above nothing."""

    def year(node: str) -> int:
        return _year(network.nodes[node])

    results, targets = ([n for n in nodes if _bounds(network.nodes[n])[1] > 0] for nodes in (results, targets))
    result = max(results, key=year, default=None)
    later = [target for target in targets if result is not None and year(target) > year(result)]
    return (result, min(later, key=year)) if result is not None and later else None


def _year(values: Mapping[str, Value]) -> int:
    return int(values.get("end_year", 0))


def _bounds(values: Mapping[str, Value]) -> tuple[float, float]:
    """Return the value of a figure in its base unit, twice, or its two bounds."""
    value = values.get("baseValue", values.get("value"))
    low = values.get("baseLowerBound", values.get("lowerBound", value))
    high = values.get("baseUpperBound", values.get("upperBound", value))
    ends = [float(bound) for bound in (low, high) if bound is not None]
    return (min(ends), max(ends)) if ends else (0.0, 0.0)


def _figure(network: Network, node: str, ends: Mapping[str, Mapping[str, str]], of: Told) -> str:
    """Return a figure in the words of the report, or with its unit in those of another language."""
    values, unit = network.nodes[node], ends[node].get("unit", "")
    bounds = [values[name] for name in ("value", "lowerBound", "upperBound") if name in values]
    if of.language == WORDS_OF_REPORTS or not bounds or unit not in network.nodes:
        return str(values["valueAsStated"])
    numbers = "–".join(figure(Decimal(str(bound)), of.language) for bound in bounds)
    if unit.endswith("/percent"):
        return f"{numbers}%"
    return f"{numbers} {plural(of.store, unit, str(bounds[-1]), of.language) or network.label(unit)}"


def _needed(network: Network, node: str | None, ends: Mapping[str, Mapping[str, str]], of: Told) -> str:
    if node is None:
        return "–"
    value = network.nodes[node].get("value", network.nodes[node].get("lowerBound"))
    if value is None:
        return "–"
    unit = "%" if ends[node].get("unit", "").endswith("/percent") else f" {of.text('bullets-points')}"
    number = f"{float(value):+.2f}".rstrip("0").rstrip(".")
    return (number.replace(".", ",") if of.language == "vi" else number).replace("-", "−") + unit


def _told(row: _Row) -> str:
    return f"{row.label}: {row.reached} → {row.aimed} ({row.needed})"


def _verdict(sign: str, verdict: str, of: Told) -> str:
    return f"{sign} {of.text('bullets-' + (verdict or 'open'))}".strip()
