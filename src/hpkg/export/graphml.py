"""GraphML: for Gephi, yEd, Cytoscape, networkx, igraph, graphology.

Written as it goes, without the whole document in memory; each edge has an id of its own. Not for: colours and time,
which GEXF has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.export.network import ATTRIBUTES, LINK_ATTRIBUTES, ValueType, columns
from hpkg.export.xml_text import Lines, content, quoted, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from hpkg.export.network import Network

__all__ = ["write"]

_TYPES: Final[Mapping[ValueType, str]] = {str: "string", int: "long", float: "double", bool: "boolean"}
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write(network: Network, stream: BinaryIO) -> None:
    """Write `network` to `stream`."""
    write_lines(_lines(network), stream)


def _lines(network: Network) -> Iterator[str]:
    of_nodes = columns(network.nodes.values(), ATTRIBUTES)
    of_links = columns((link.attributes for link in network.links), LINK_ATTRIBUTES)
    yield _HEAD
    for place, kinds in (("node", of_nodes), ("edge", of_links)):
        for name, kind in kinds.items():
            key = f'id="{place[0]}_{name}" for="{place}" attr.name={quoted(name)} attr.type="{_TYPES[kind]}"'
            yield f"  <key {key}/>\n"
    yield f'  <graph id={quoted(network.name)} edgedefault="directed">\n'
    ids = {node: quoted(node) for node in network.nodes}
    nodes, links = _data("n", of_nodes), _data("e", of_links)
    for node, values in network.nodes.items():
        yield f"    <node id={ids[node]}>\n{nodes.of(values)}    </node>\n"
    for number, (source, target, values) in enumerate(network.links):
        ends = f"source={ids[source]} target={ids[target]}"
        yield f'    <edge id="e{number}" {ends}>\n{links.of_many(values)}    </edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(place: str, order: Iterable[str]) -> Lines:
    return Lines({name: f'      <data key="{place}_{name}">' for name in order}, "</data>\n", content)
