"""GEXF 1.3: for Gephi, with what changes over time and with colours, shapes and sizes.

A node is there in the years it speaks of; the status of a project, the result and the target of an indicator and
whether it was met are attributes that hold for a year each. Not for: drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.export.kinds import Group, groups
from hpkg.export.network import ATTRIBUTES, LINK_ATTRIBUTES, Span, ValueType, columns
from hpkg.export.xml_text import Lines, content, quoted, said, write_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from hpkg.export.network import Network, Value

__all__ = ["write"]

_TYPES: Final[Mapping[ValueType, str]] = {str: "string", int: "integer", float: "double", bool: "boolean"}
# GEXF knows four shapes and images.
_SHAPES: Final = {"triangle": "triangle", "diamond": "diamond", "rectangle": "square", "round-rectangle": "square"}
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
"""
_OWN: Final = frozenset({"label", "weight"})
"""What GEXF has a place of its own for, on links."""


def write(network: Network, stream: BinaryIO) -> None:
    """Write `network` to `stream`."""
    write_lines(_lines(network), stream)


def _lines(network: Network) -> Iterator[str]:
    of_nodes = columns(network.nodes.values(), ATTRIBUTES)
    of_links = columns((link.attributes for link in network.links), LINK_ATTRIBUTES)
    of_links = {name: kind for name, kind in of_links.items() if name not in _OWN}
    yield _HEAD
    yield "  <meta>\n    <creator>hpkg</creator>\n"
    yield f"    <description>{content(network.title)}</description>\n  </meta>\n"
    mode = 'mode="dynamic" timeformat="date" timerepresentation="interval"' if network.spans else 'mode="static"'
    yield f'  <graph defaultedgetype="directed" idtype="string" {mode}>\n'
    yield from _attributes("node", "static", "n", of_nodes)
    yield from _attributes("node", "dynamic", "t", _dynamic(network))
    yield from _attributes("edge", "static", "e", of_links)
    ids = {node: quoted(node) for node in network.nodes}
    yield "    <nodes>\n"
    yield from _nodes(network, ids, _Values("n", of_nodes))
    yield "    </nodes>\n    <edges>\n"
    yield from _edges(network, ids, _Edge("e", of_links))
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _nodes(network: Network, ids: Mapping[str, str], lines: Lines) -> Iterator[str]:
    drawn = {name: _viz(group) for name, group in groups().items()}
    for node, values in network.nodes.items():
        spans = network.spans.get(node, ())
        over_time = "".join(_over_time(span) for span in spans if span.name)
        where = f'<viz:position x="{values["x"]}" y="{values["y"]}" z="0.0"/>' if "x" in values else ""
        yield (
            f"      <node id={ids[node]} label={quoted(said(values['label']))}>\n        <attvalues>\n"
            f"{lines.of(values)}{over_time}        </attvalues>\n{_spells(spans)}"
            f"        {where}{drawn[str(values['group'])]}      </node>\n"
        )


def _edges(network: Network, ids: Mapping[str, str], lines: Lines) -> Iterator[str]:
    for number, (source, target, values) in enumerate(network.links):
        yield f'      <edge id="e{number}" source={ids[source]} target={ids[target]} {lines.of_many(values)}'


def _dynamic(network: Network) -> dict[str, ValueType]:
    return columns(({span.name: span.value} for spans in network.spans.values() for span in spans if span.name), {})


def _attributes(place: str, mode: str, key: str, kinds: Mapping[str, ValueType]) -> Iterator[str]:
    if not kinds:
        return
    yield f'    <attributes class="{place}" mode="{mode}">\n'
    for name, kind in kinds.items():
        yield f'      <attribute id="{key}_{name}" title={quoted(name)} type="{_TYPES[kind]}"/>\n'
    yield "    </attributes>\n"


class _Values(Lines):
    """The attributes of nodes or links."""

    def __init__(self, key: str, order: Iterable[str]) -> None:
        super().__init__({name: f'          <attvalue for="{key}_{name}" value=' for name in order}, "/>\n", quoted)


class _Edge(_Values):
    """All of a link but its ends."""

    def of(self, values: Mapping[str, Value]) -> str:
        """Return the rest of the tag, and what stands in it."""
        return (
            f"kind={quoted(said(values['property']))} label={quoted(said(values['label']))} "
            f'weight="{values["weight"]}">\n        <attvalues>\n{super().of(values)}'
            "        </attvalues>\n      </edge>\n"
        )


def _over_time(span: Span) -> str:
    value = quoted(said(span.value))
    return f'          <attvalue for="t_{span.name}" value={value} {_dates(span)}/>\n'


def _spells(spans: tuple[Span, ...]) -> str:
    there = "".join(f"          <spell {_dates(span)}/>\n" for span in spans if not span.name)
    return f"        <spells>\n{there}        </spells>\n" if there else ""


def _dates(span: Span) -> str:
    return f'start="{span.start:04}-01-01" end="{span.end:04}-12-31"'


def _viz(group: Group) -> str:
    red, green, blue = group.rgb
    return (
        f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{group.size / 2}"/>'
        f'<viz:shape value="{_SHAPES.get(group.shape, "disc")}"/>\n'
    )
