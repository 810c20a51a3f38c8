"""The graph as a network: nodes and links with typed attributes, ready for any format.

What a view gives is joined with what the graph says of each node: kind, labels, evidence, years. The text of a report
is part of a network only where a view asks for it; what stands on a passage has its characters as `quote`. Nodes stand
in order of their IRIs and links in order of their ends, so that the same graph gives the same bytes. Not for: files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hpkg.messages import Language

__all__ = ["ATTRIBUTES", "LINK_ATTRIBUTES", "Link", "Network", "Span", "Value", "ValueType", "columns", "ego", "kept"]

Value = str | int | float | bool
ValueType = type[str] | type[int] | type[float] | type[bool]

ATTRIBUTES: Final[Mapping[str, ValueType]] = {
    "iri": str,
    "kind": str,
    "kind_vi": str,
    "kind_en": str,
    "group": str,
    "label": str,
    "label_vi": str,
    "label_en": str,
    "number": str,
    "evidence": int,
    "weight": float,
    "quote": str,
    "start_year": int,
    "end_year": int,
}
"""The attributes that a node of any view can have, in the order they are written."""

LINK_ATTRIBUTES: Final[Mapping[str, ValueType]] = {
    "property": str,
    "label": str,
    "label_vi": str,
    "label_en": str,
    "graph": str,
    "evidence": int,
    "weight": float,
}
"""The attributes that a link can have, in the order they are written."""


class Span(NamedTuple):
    """What held of a node over whole years: `value` of the attribute `name` (empty: the node was there)."""

    start: int
    end: int
    name: str = ""
    value: str | float = ""


class Link(NamedTuple):
    """A link from `source` to `target`, both IRIs, with its attributes; `property` is always among them.

    Links with equal attributes may share one mapping, which nobody changes.
    """

    source: str
    target: str
    attributes: Mapping[str, Value]

    @property
    def property(self) -> str:
        """Return the local name of the property, such as `contributesTo`."""
        return str(self.attributes["property"])


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and links of a view.

    Attributes:
        name: Name of the view.
        title: What it is called in `language`.
        language: The language of `label`.
        nodes: The attributes of each node, by its IRI.
        links: The links; two nodes can have several, each with another property.
        spans: What changes over time, by node, in order of time.
        kinds: For each kind of the nodes, the names of itself and of the classes above it, nearest first.
        source: What `hpkg.export.views.view` takes for the view it was cut from.
    """

    name: str
    title: str
    language: Language
    nodes: Mapping[str, Mapping[str, Value]]
    links: tuple[Link, ...]
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: str = "full"

    def label(self, node: str) -> str:
        """Return the name of `node` in the language of the network."""
        return str(self.nodes[node].get("label", node))

    def with_attributes(self, given: Mapping[str, Mapping[str, Value]]) -> Network:
        """Return the network with further attributes of nodes, by IRI."""
        return replace(self, nodes={node: {**said, **given.get(node, {})} for node, said in self.nodes.items()})


def columns(rows: Iterable[Mapping[str, Value]], known: Mapping[str, ValueType]) -> dict[str, ValueType]:
    """Return the type of each attribute that occurs: those of `known` in their order, then the others by name.

    >>> columns([{"b": 1, "kind": "Task"}, {"b": 1.5}], {"kind": str, "label": str})
    {'kind': <class 'str'>, 'b': <class 'float'>}
    """
    found: dict[str, ValueType] = {}
    loose: set[str] = set()
    for row in {id(row): row for row in rows}.values():  # many links share theirs
        for name in row.keys() - found.keys():
            found[name] = known.get(name) or type(row[name])
            if name not in known:
                loose.add(name)
        for name in loose & row.keys():
            found[name] = _wider(found[name], type(row[name]))
    order = {name: place for place, name in enumerate(known)}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def kept(network: Network, wanted: Callable[[str], bool]) -> Network:
    """Return the part of `network` whose nodes are `wanted`, with the links between them."""
    nodes = {node: said for node, said in network.nodes.items() if wanted(node)}
    links = tuple(link for link in network.links if link.source in nodes and link.target in nodes)
    spans = {node: said for node, said in network.spans.items() if node in nodes}
    return replace(network, nodes=nodes, links=links, spans=spans)


def ego(network: Network, node: str, depth: int, through: Callable[[str], bool] = lambda _: True) -> Network:
    """Return the part of `network` at most `depth` links away from `node`, in either direction.

    Args:
        network: The network to cut.
        node: The IRI in the middle; it is always part of the result, if it is of the network.
        depth: The greatest distance, 0 or more.
        through: Whether a path may go on through a node; one that stands for a class of things ends it.
    """
    neighbours: dict[str, set[str]] = {}
    for link in network.links:
        neighbours.setdefault(link.source, set()).add(link.target)
        neighbours.setdefault(link.target, set()).add(link.source)
    near = edge = {node}
    for _ in range(depth):
        edge = set(_beyond(edge, neighbours, lambda place: place == node or through(place))) - near
        near = near | edge
    return kept(network, near.__contains__)


def _beyond(edge: set[str], neighbours: Mapping[str, set[str]], through: Callable[[str], bool]) -> Iterator[str]:
    for node in edge:
        if through(node):
            yield from neighbours.get(node, ())


def _wider(one: ValueType, other: ValueType) -> ValueType:
    """Return the type that holds values of both."""
    if one is other:
        return other
    return float if {one, other} == {int, float} else str
