"""Cytoscape JSON with a style, and the two shapes of JSON that other libraries draw from: JSON Graph Format and D3's.

Not for: drawing, which the readers of these files do.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hpkg.export.kinds import groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from hpkg.export.network import Network

__all__ = ["SCALE", "style", "write_cytoscape", "write_json_graph", "write_node_link"]

SCALE: Final = 1000
"""How many pixels one unit of a layout is."""


def write_cytoscape(network: Network, stream: BinaryIO) -> None:
    """Write what Cytoscape opens and `cytoscape({...})` takes: elements, style, and places if there is a layout."""
    placed = any("x" in values for values in network.nodes.values())
    head = {
        "format_version": "1.0",
        "generated_by": "hpkg",
        "target_cytoscapejs_version": "~3",
        "data": {"name": network.title, "view": network.name},
        "style": style(),
        "layout": {"name": "preset" if placed else "cose"},
    }
    stream.write(f"{_dumped(head)[:-1]},\n".encode())
    stream.write(b'"elements": {\n"nodes": [\n')
    _write_rows(_cytoscape_nodes(network), stream)
    stream.write(b'],\n"edges": [\n')
    _write_rows(
        (
            {"data": {"id": f"e{number}", "source": source, "target": target, **values}}
            for number, (source, target, values) in enumerate(network.links)
        ),
        stream,
    )
    stream.write(b"]}}\n")


def _cytoscape_nodes(network: Network) -> Iterator[dict[str, Any]]:
    for node, values in network.nodes.items():
        made: dict[str, Any] = {"data": {"id": node, "name": values["label"], **values}}
        if "x" in values:
            made["position"] = {"x": float(values["x"]) * SCALE, "y": float(values["y"]) * SCALE}
        yield made


def style() -> list[dict[str, Any]]:
    """Return the style sheet of Cytoscape: a colour, a shape and a size for each group of kinds."""
    rules: list[dict[str, Any]] = [
        {
            "selector": "node",
            "style": {
                "label": "data(label)",
                "font-size": 9,
                "text-wrap": "ellipsis",
                "text-max-width": "140px",
                "text-valign": "bottom",
                "text-margin-y": 3,
                "min-zoomed-font-size": 7,
                "border-width": 1,
                "border-color": "#555555",
            },
        },
        {
            "selector": "edge",
            "style": {
                "width": 1,
                "line-color": "#B5B5B5",
                "target-arrow-color": "#B5B5B5",
                "target-arrow-shape": "triangle",
                "arrow-scale": 0.7,
                "curve-style": "bezier",
            },
        },
    ]
    rules += [
        {
            "selector": f'node[group = "{group.name}"]',
            "style": {
                "background-color": group.colour,
                "shape": group.shape,
                "width": group.size,
                "height": group.size,
            },
        }
        for group in groups().values()
    ]
    return rules


def write_json_graph(network: Network, stream: BinaryIO) -> None:
    """Write JSON Graph Format 2."""
    head = {"directed": True, "type": network.name, "label": network.title, "metadata": {"language": network.language}}
    stream.write(f'{{"graph": {_dumped(head)[:-1]},\n"nodes": {{\n'.encode())
    for number, (node, values) in enumerate(network.nodes.items()):
        said = {"label": values["label"], "metadata": values}
        stream.write(f"{',' if number else ''}{_dumped(node)}: {_dumped(said)}\n".encode())
    stream.write(b'},\n"edges": [\n')
    _write_rows(
        (
            {
                "id": f"e{number}",
                "source": source,
                "target": target,
                "relation": values["property"],
                "label": values["label"],
                "metadata": values,
            }
            for number, (source, target, values) in enumerate(network.links)
        ),
        stream,
    )
    stream.write(b"]}}\n")


def write_node_link(network: Network, stream: BinaryIO) -> None:
    """Write the nodes and links that D3 draws and `networkx.node_link_graph` reads."""
    head = {"directed": True, "multigraph": True, "graph": {"name": network.title, "view": network.name}}
    stream.write(f'{_dumped(head)[:-1]},\n"nodes": [\n'.encode())
    _write_rows(({"id": node, **values} for node, values in network.nodes.items()), stream)
    stream.write(b'],\n"links": [\n')
    _write_rows(
        (
            {"source": source, "target": target, "key": values["property"], **values}
            for source, target, values in network.links
        ),
        stream,
    )
    stream.write(b"]}\n")


def _write_rows(rows: Iterable[dict[str, Any]], stream: BinaryIO) -> None:
    stream.writelines(f"{',' if number else ''}{_dumped(row)}\n".encode() for number, row in enumerate(rows))


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
