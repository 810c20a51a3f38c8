"""DOT, and drawings of it by Graphviz: SVG, PNG, PDF.

The drawing goes from left to right where the view has an order, and is spread out where it has none. Not for: pictures
that tell one thing (`hpkg.export.pictures`).
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal

from hpkg.errors import CallerError, StoreError
from hpkg.export.kinds import Group, groups
from hpkg.export.text import broken
from hpkg.export.xml_text import said, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from hpkg.export.network import Network, Value

__all__ = ["Drawing", "write_dot", "write_drawing"]

Drawing = Literal["svg", "png", "pdf"]

_ORDERED: Final = frozenset({"pillars", "indicators", "documents", "outline", "projects"})
_MANY: Final = 1200
"""More nodes than this are spread out in any view: layers of them would be a band without end."""

# The shapes of Graphviz, by their names in Cytoscape.
_SHAPES: Final = {
    "hexagon": "hexagon",
    "round-rectangle": "box",
    "ellipse": "ellipse",
    "rectangle": "box",
    "triangle": "house",
    "diamond": "diamond",
    "pentagon": "pentagon",
    "octagon": "octagon",
}
_ROUND: Final = frozenset({"round-rectangle"})
_WIDTH: Final = 28
_DATE: Final = re.compile(rb"/CreationDate \(D:[^)]*\)")
_EPOCH: Final = b"/CreationDate (D:19700101000000Z)"


def write_dot(network: Network, stream: BinaryIO) -> None:
    """Write `network` to `stream` as DOT, with all its attributes."""
    write_lines(_lines(network), stream)


def write_drawing(network: Network, stream: BinaryIO, form: Drawing) -> None:
    """Write what Graphviz draws of `network`.

    Raises:
        CallerError: The Python package graphviz is not installed.
        StoreError: The program Graphviz is not installed, or it failed.
    """
    try:
        import graphviz  # noqa: PLC0415 — an extra: only a drawing needs it
    except ImportError as error:
        raise CallerError("pictures-missing", where="graphviz") from error
    source = BytesIO()
    write_dot(network, source)
    try:
        drawn: bytes = graphviz.Source(source.getvalue().decode(), engine=_engine(network)).pipe(format=form)
    except graphviz.ExecutableNotFound as error:
        raise StoreError("graphviz-missing") from error
    except graphviz.CalledProcessError as error:
        raise StoreError("engine-failed", where="graphviz", reason=str(error)) from error
    # Of a PDF only the date would differ from run to run; a table of offsets follows, so its length stays.
    stream.write(_DATE.sub(lambda found: _EPOCH.ljust(len(found[0])), drawn) if form == "pdf" else drawn)


def _engine(network: Network) -> str:
    return "dot" if network.name in _ORDERED and len(network.nodes) <= _MANY else "sfdp"


def _lines(network: Network) -> Iterator[str]:
    numbers = {node: f"n{number}" for number, node in enumerate(network.nodes)}
    drawn = groups()
    yield f"digraph {_quoted(network.name)} {{\n"
    title = _quoted(broken(network.title, 80, lines=2))
    yield f"  graph [label={title}, labelloc=t, fontname={_FONT}, fontsize=20, rankdir=LR, "
    yield "overlap=prism, outputorder=edgesfirst, splines=true, ranksep=1.2];\n"
    yield f'  node [fontname={_FONT}, fontsize=11, style="filled", color="#555555", penwidth=0.6];\n'
    yield f'  edge [fontname={_FONT}, fontsize=8, color="#9A9A9A", fontcolor="#555555", arrowsize=0.6];\n'
    for node, values in network.nodes.items():
        given = {**_drawn(drawn[str(values["group"])]), **_attributes(values), "URL": node}
        given["label"] = broken(said(values["label"]), _WIDTH, lines=4)
        given["tooltip"] = said(values.get("quote", values["label"]))
        yield f"  {numbers[node]} [{_joined(given)}];\n"
    for source, target, values in network.links:
        # Without `label`, which would be drawn over everything; the names in both languages are there.
        given = {name: value for name, value in _attributes(values).items() if name != "label"}
        yield f"  {numbers[source]} -> {numbers[target]} [{_joined(given)}];\n"
    yield "}\n"


_FONT: Final = '"DejaVu Sans"'


def _drawn(group: Group) -> dict[str, str]:
    return {
        "shape": _SHAPES[group.shape],
        "style": "filled,rounded" if group.shape in _ROUND else "filled",
        "fillcolor": group.colour,
        "fontcolor": group.ink,
    }


def _attributes(values: Mapping[str, Value]) -> dict[str, str]:
    # `group` is a word of Graphviz with a meaning of its own.
    return {("kind_group" if name == "group" else name): said(value) for name, value in values.items()}


def _joined(values: Mapping[str, str]) -> str:
    return ", ".join(f"{_quoted(name)}={_quoted(value)}" for name, value in values.items())


def _quoted(text: str) -> str:
    r"""Return `text` as a quoted string of DOT.

    >>> print(_quoted('a "b" \\ c'))
    "a \"b\" \\ c"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "").replace("\n", "\\n").replace("\0", "")
    return f'"{escaped}"'
