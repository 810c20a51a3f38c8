"""A slide to draw on: size, fonts, colours, title, source line, and bytes that depend on the picture alone.

Letters are those of DejaVu Sans, which ships with matplotlib and has all of Vietnamese; in SVG they are drawn, so that
a picture looks the same where that font is missing. Not for: what is drawn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Literal

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from hpkg.export.text import cut
from hpkg.export.xml_text import content, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = [
    "COLOURS",
    "GREY",
    "INK",
    "PALE",
    "Picture",
    "PictureForm",
    "Slide",
    "drawn",
    "fitted",
    "legend_above",
    "rendered",
    "width_of",
]

PictureForm = Literal["svg", "png", "pdf"]

WIDTH: Final = 13.333
HEIGHT: Final = 7.5
"""A slide of 16 to 9, in inches."""

INK: Final = "#1A1A1A"
GREY: Final = "#5F5F5F"
PALE: Final = "#D9D9D9"

COLOURS: Final = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442")
"""The colours of Okabe and Ito, told apart by colour-blind readers."""

_MARGIN: Final = 0.035
_UNIT: Final = 100
_SETTINGS: Final[Any] = {
    "font.family": "DejaVu Sans",
    "svg.hashsalt": "hpkg",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "axes.edgecolor": GREY,
    "text.color": INK,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "path.simplify": True,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture and the words that tell it to those who do not see it."""

    name: str
    title: str
    alt: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Slide:
    """A figure with its title and source line, and the axes to draw in, from 0 to 1 each way unless changed."""

    figure: Figure
    axes: Axes
    title: str

    @classmethod
    def made(cls, title: str, subtitle: str, source: str, *, height: float = HEIGHT) -> Slide:
        """Return a slide of the usual width and at least the usual height, in inches."""
        tall = max(height, HEIGHT)
        figure = Figure(figsize=(WIDTH, tall))
        FigureCanvasAgg(figure)
        figure.text(_MARGIN, 1 - 0.42 / tall, title, fontsize=20, fontweight="bold", va="center")
        room = (1 - 2 * _MARGIN) * WIDTH * 72
        subtitle, source = fitted(subtitle, 11.5, room), fitted(source, 8.5, room)
        figure.text(_MARGIN, 1 - 0.78 / tall, subtitle, fontsize=11.5, color=GREY, va="center")
        figure.text(_MARGIN, 0.2 / tall, source, fontsize=8.5, color=GREY, va="center")
        axes = figure.add_axes((_MARGIN, 0.42 / tall, 1 - 2 * _MARGIN, 1 - 1.74 / tall))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        return cls(figure, axes, title)

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the axes in points."""
        box = self.axes.get_position()
        width, height = self.figure.get_size_inches()
        return float(box.width * width * 72), float(box.height * height * 72)


def legend_above(axes: Axes, handles: Sequence[Artist]) -> None:
    """Put a legend between the subtitle and what is drawn."""
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(0.0, 1.008),
        ncols=max(1, len(handles)),
        frameon=False,
        fontsize=9.5,
        borderaxespad=0.0,
        borderpad=0.0,
        handletextpad=0.5,
        columnspacing=1.8,
    )


def width_of(text: str, size: float, weight: str = "normal") -> float:
    """Return how wide `text` is at a font size, in points."""
    return sum(_advance(letter, weight) for letter in text) * size


@lru_cache(maxsize=4096)
def _advance(letter: str, weight: str) -> float:
    """Return how far a letter moves the pen, as a part of the font size."""
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
    font.set_size(_UNIT, 72)
    return float(font.load_char(ord(letter)).linearHoriAdvance) / 65536 / _UNIT


def fitted(text: str, size: float, width: float, *, lines: int = 1, weight: str = "normal") -> str:
    """Return `text` in at most `lines` lines that are no wider than `width` points, cut between words at the end."""
    words = " ".join(text.split()).split(" ")
    made: list[str] = []
    while words:
        line = ""
        while words and (not line or width_of(f"{line} {words[0]}", size, weight) <= width):
            line = f"{line} {words.pop(0)}".strip()
        made.append(line)
        if len(made) == lines and words:
            whole = f"{line} {' '.join(words)}"
            length = len(line) + 1
            while length > 1 and width_of(cut(whole, length), size, weight) > width:
                length -= 1
            made[-1] = cut(whole, length)
            break
    return "\n".join(made)


def rendered(slide: Slide, name: str, alt: str, form: PictureForm) -> Picture:
    """Return the slide as a file of `form`, with `alt` inside it where the format has a place for it."""
    stream = BytesIO()
    metadata: dict[str, Any] = {
        "svg": {"Date": None, "Creator": "hpkg", "Title": slide.title, "Description": alt},
        "png": {"Software": None, "Title": slide.title, "Description": alt},
        "pdf": {"CreationDate": None, "Creator": "hpkg", "Producer": None, "Title": slide.title, "Subject": alt},
    }[form]
    with rc_context(_SETTINGS):
        slide.figure.savefig(stream, format=form, dpi=144, metadata=metadata)
    made = stream.getvalue()
    return Picture(name, slide.title, alt, _told(made, slide.title, alt) if form == "svg" else made)


_ROOT: Final = re.compile(rb"<svg (?P<given>[^>]*)>")
_LETTER: Final = re.compile(
    rb'(?P<use><use xlink:href="#)DejaVuSans-(?P<name>[^"]+)" transform="translate\((?P<x>[-\d.]+) 0\)"/>'
)
_GLYPH: Final = re.compile(rb'(?P<before>(?:id="|href="#))DejaVuSans-')


def _shortly(letter: re.Match[bytes]) -> bytes:
    # In hundredths of the font size, so a whole number is near enough.
    return b'%sg%s" x="%d"/>' % (letter["use"], letter["name"], round(float(letter["x"])))


def _told(svg: bytes, title: str, alt: str) -> bytes:
    """Return an SVG whose first words, for a screen reader, are the title and what the picture shows."""
    said = f'role="img" aria-label={quoted(f"{title}. {alt}")}'
    inner = f"<title>{content(title)}</title><desc>{content(alt)}</desc>"
    lines = b"\n".join(line.strip() for line in svg.split(b"\n"))
    # A picture is mostly letters, each a reference to its drawing: said shortly, the file is half as long.
    lines = _LETTER.sub(_shortly, lines)
    lines = _GLYPH.sub(rb"\g<before>g", lines)
    return _ROOT.sub(lambda found: f"<svg {found['given'].decode()} {said}>{inner}".encode(), lines, count=1)


def drawn(draw: Callable[[Any], tuple[Slide, str]], of: object) -> tuple[Slide, str]:
    """Return what `draw` makes under the settings of all pictures, whatever the machine's own are."""
    with rc_context(_SETTINGS):
        return draw(of)
