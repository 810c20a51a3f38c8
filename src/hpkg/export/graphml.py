"""GraphML: for Gephi, yEd, Cytoscape, networkx, igraph, graphology.

Written as it goes, without the whole document in memory; each edge has an id of its own. Not for: colours and time,
which GEXF has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.export.network import ATTRIBUTES, LINK_ATTRIBUTES, Value, ValueType, columns
from hpkg.export.xml_text import content, quoted, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
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
    stream.writelines(line.encode() for line in _lines(network))


def _lines(network: Network) -> Iterator[str]:
    of_nodes = columns(network.nodes.values(), ATTRIBUTES)
    of_links = columns((link.attributes for link in network.links), LINK_ATTRIBUTES)
    yield _HEAD
    for place, kinds in (("node", of_nodes), ("edge", of_links)):
        for name, kind in kinds.items():
            key = f'id="{place[0]}_{name}" for="{place}" attr.name={quoted(name)} attr.type="{_TYPES[kind]}"'
            yield f"  <key {key}/>\n"
    yield f'  <graph id={quoted(network.name)} edgedefault="directed">\n'
    for node, values in network.nodes.items():
        yield f"    <node id={quoted(node)}>\n{_data('n', values, of_nodes)}    </node>\n"
    for number, (source, target, values) in enumerate(network.links):
        ends = f"source={quoted(source)} target={quoted(target)}"
        yield f'    <edge id="e{number}" {ends}>\n{_data("e", values, of_links)}    </edge>\n'
    yield "  </graph>\n</graphml>\n"


def _data(place: str, values: Mapping[str, Value], order: Mapping[str, ValueType]) -> str:
    return "".join(
        f'      <data key="{place}_{name}">{content(said(values[name]))}</data>\n' for name in order if name in values
    )
