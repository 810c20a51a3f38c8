"""Mermaid: a flow chart that GitHub, GitLab and many editors draw in a page of Markdown.

A node has its label, its colour and a link to its IRI; a link has the name of its property. A chart that is larger than
Mermaid draws unasked says at its head what Mermaid must be told: a chart can't set those two limits itself. Not for:
attributes, which Mermaid has no place for, or networks of more than some hundred nodes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from hpkg.export.kinds import groups
from hpkg.export.text import cut
from hpkg.export.xml_text import said, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from hpkg.export.network import Network

__all__ = ["MOST_CHARACTERS", "MOST_LINKS", "write"]

MOST_LINKS: Final = 500
"""Links that Mermaid draws unless it is told otherwise: its setting `maxEdges`."""
MOST_CHARACTERS: Final = 50_000
"""Characters of a chart that Mermaid draws unless it is told otherwise: its setting `maxTextSize`."""
_LENGTH: Final = 80
_HEAD_SIZE: Final = 500
"""Room for the title and the settings."""
_SHAPES: Final = {
    "hexagon": ("{{", "}}"),
    "round-rectangle": ("(", ")"),
    "ellipse": ("([", "])"),
    "diamond": ("{", "}"),
    "triangle": ("[/", "\\]"),
}


def write(network: Network, stream: BinaryIO) -> None:
    """Write `network` to `stream`."""
    body = list(_lines(network))
    size = sum(map(len, body))
    head = [f"---\ntitle: {_quoted(network.title)}\n---\n"]
    if len(network.links) > MOST_LINKS or size > MOST_CHARACTERS - _HEAD_SIZE:
        settings = {"maxEdges": len(network.links), "maxTextSize": size + _HEAD_SIZE}
        head.append(f"%% mermaid.initialize({json.dumps(settings)})\n")
    write_lines((*head, *body), stream)


def _lines(network: Network) -> Iterator[str]:
    numbers = {node: f"n{number}" for number, node in enumerate(network.nodes)}
    drawn = groups()
    yield "flowchart LR\n"
    for node, values in network.nodes.items():
        group = drawn[str(values["group"])]
        opened, closed = _SHAPES.get(group.shape, ("[", "]"))
        label = _quoted(cut(said(values["label"]), _LENGTH))
        yield f"  {numbers[node]}{opened}{label}{closed}:::{group.name}\n"
    for source, target, values in network.links:
        yield f"  {numbers[source]} -->|{_quoted(said(values['label']))}| {numbers[target]}\n"
    for node, number in numbers.items():
        if node.startswith(("http://", "https://")):
            yield f'  click {number} href "{node.replace(chr(34), "%22")}"\n'
    used = {str(values["group"]) for values in network.nodes.values()}
    for group in drawn.values():
        if group.name in used:
            yield f"  classDef {group.name} fill:{group.colour},color:{group.ink},stroke:#555555\n"


def _quoted(text: str) -> str:
    """Return `text` as Mermaid reads it: in quotation marks, with entities for what would end it.

    >>> print(_quoted('cảng "cửa ngõ" #1'))
    "cảng #quot;cửa ngõ#quot; #35;1"
    """
    plain = " ".join(text.split()).replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
    return f'"{plain.replace("`", "#96;")}"'
