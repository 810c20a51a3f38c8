"""GML: for yEd, Gephi, networkx and igraph.

GML is ASCII: other characters, and the quotation mark, are written as numeric entities. A node has a number in it, and
its IRI as an attribute. Not for: anything that GraphML can be used for instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hpkg.export.network import ATTRIBUTES, LINK_ATTRIBUTES, Value, ValueType, columns
from hpkg.export.xml_text import write_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from hpkg.export.network import Network

__all__ = ["write"]

_OTHER: Final = re.compile(r'[^\x20-\x7e]|["&]')
_SPECIAL: Final = re.compile("[^A-Za-z0-9]")


def write(network: Network, stream: BinaryIO) -> None:
    """Write `network` to `stream`."""
    write_lines(_lines(network), stream, "ascii")


def _lines(network: Network) -> Iterator[str]:
    of_nodes = columns(network.nodes.values(), ATTRIBUTES)
    of_links = columns((link.attributes for link in network.links), LINK_ATTRIBUTES)
    numbers = {node: number for number, node in enumerate(network.nodes)}
    yield f"graph [\n  directed 1\n  multigraph 1\n  name {_said(network.title)}\n"
    for node, values in network.nodes.items():
        # A reader may take the label for the name of the node, so it is the IRI; what a person reads is `name`.
        yield f"  node [\n    id {numbers[node]}\n    label {_said(node)}\n    name {_said(values['label'])}\n"
        yield from _values(values, of_nodes)
        yield "  ]\n"
    for source, target, values in network.links:
        yield f"  edge [\n    source {numbers[source]}\n    target {numbers[target]}\n"
        yield f"    key {_said(values['property'])}\n"
        yield from _values(values, of_links)
        yield "  ]\n"
    yield "]\n"


def _values(values: Mapping[str, Value], order: Mapping[str, ValueType]) -> Iterator[str]:
    for name in order:
        if name in values and name not in {"label", "iri"}:
            yield f"    {_key(name)} {_said(values[name])}\n"


def _key(name: str) -> str:
    """Return `name` as GML allows it: letters and digits only.

    >>> _key("label_vi")
    'labelVi'
    """
    first, *others = [part for part in _SPECIAL.split(name) if part]
    return first + "".join(part[0].upper() + part[1:] for part in others)


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, str):
        return '"' + _OTHER.sub(lambda found: f"&#{ord(found[0])};", value) + '"'
    return str(value)
