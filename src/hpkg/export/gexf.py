"""GEXF 1.3: for Gephi, with what changes over time and with colours, shapes and sizes.

A node is there in the years it speaks of; the status of a project, the result and the target of an indicator and
whether it was met are attributes that hold for a year each. Not for: drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.export.kinds import Group, groups
from hpkg.export.network import ATTRIBUTES, LINK_ATTRIBUTES, Span, Value, ValueType, columns
from hpkg.export.xml_text import content, quoted, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from hpkg.export.network import Network

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
    stream.writelines(line.encode() for line in _lines(network))


def _lines(network: Network) -> Iterator[str]:
    of_nodes = columns(network.nodes.values(), ATTRIBUTES)
    of_links = columns((link.attributes for link in network.links), LINK_ATTRIBUTES)
    of_time = _dynamic(network)
    yield _HEAD
    yield "  <meta>\n    <creator>hpkg</creator>\n"
    yield f"    <description>{content(network.title)}</description>\n  </meta>\n"
    mode = 'mode="dynamic" timeformat="date" timerepresentation="interval"' if network.spans else 'mode="static"'
    yield f'  <graph defaultedgetype="directed" idtype="string" {mode}>\n'
    yield from _attributes("node", "static", "n", of_nodes)
    yield from _attributes("node", "dynamic", "t", of_time)
    yield from _attributes("edge", "static", "e", {name: of_links[name] for name in of_links if name not in _OWN})
    drawn = groups()
    yield "    <nodes>\n"
    for node, values in network.nodes.items():
        spans = network.spans.get(node, ())
        yield f"      <node id={quoted(node)} label={quoted(said(values['label']))}>\n"
        yield "        <attvalues>\n"
        yield from _values("n", values, of_nodes)
        yield from (_over_time(span) for span in spans if span.name)
        yield "        </attvalues>\n"
        yield from _spells(spans)
        yield _viz(drawn[str(values["group"])], values)
        yield "      </node>\n"
    yield "    </nodes>\n    <edges>\n"
    for number, (source, target, values) in enumerate(network.links):
        ends = f"source={quoted(source)} target={quoted(target)} kind={quoted(said(values['property']))}"
        shown = f'label={quoted(said(values["label"]))} weight="{values["weight"]}"'
        yield f'      <edge id="e{number}" {ends} {shown}>\n        <attvalues>\n'
        yield from _values("e", values, {name: of_links[name] for name in of_links if name not in _OWN})
        yield "        </attvalues>\n      </edge>\n"
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _dynamic(network: Network) -> dict[str, ValueType]:
    return columns(({span.name: span.value} for spans in network.spans.values() for span in spans if span.name), {})


def _attributes(place: str, mode: str, key: str, kinds: Mapping[str, ValueType]) -> Iterator[str]:
    if not kinds:
        return
    yield f'    <attributes class="{place}" mode="{mode}">\n'
    for name, kind in kinds.items():
        yield f'      <attribute id="{key}_{name}" title={quoted(name)} type="{_TYPES[kind]}"/>\n'
    yield "    </attributes>\n"


def _values(key: str, values: Mapping[str, Value], order: Mapping[str, ValueType]) -> Iterator[str]:
    for name in order:
        if name in values:
            yield f'          <attvalue for="{key}_{name}" value={quoted(said(values[name]))}/>\n'


def _over_time(span: Span) -> str:
    value = quoted(said(span.value))
    return f'          <attvalue for="t_{span.name}" value={value} {_dates(span)}/>\n'


def _spells(spans: tuple[Span, ...]) -> Iterator[str]:
    there = [span for span in spans if not span.name]
    if there:
        yield "        <spells>\n"
        yield from (f"          <spell {_dates(span)}/>\n" for span in there)
        yield "        </spells>\n"


def _dates(span: Span) -> str:
    return f'start="{span.start:04}-01-01" end="{span.end:04}-12-31"'


def _viz(group: Group, values: Mapping[str, Value]) -> str:
    red, green, blue = group.rgb
    where = f'<viz:position x="{values["x"]}" y="{values["y"]}" z="0.0"/>' if "x" in values else ""
    return (
        f'        <viz:color r="{red}" g="{green}" b="{blue}"/>{where}<viz:size value="{group.size / 2}"/>'
        f'<viz:shape value="{_SHAPES.get(group.shape, "disc")}"/>\n'
    )
