"""Node and edge lists as CSV, with the column names that Neo4j and Gephi import.

Not for: answers as CSV (`hpkg.questions`).
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Final

from hpkg.export.network import ATTRIBUTES, LINK_ATTRIBUTES, Value, ValueType, columns
from hpkg.export.xml_text import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hpkg.export.network import Network

__all__ = ["gephi_files", "neo4j_files"]

_NEO4J: Final[Mapping[ValueType, str]] = {str: "string", int: "long", float: "double", bool: "boolean"}


def neo4j_files(network: Network) -> dict[str, bytes]:
    """Return `nodes.csv` and `relationships.csv` for `neo4j-admin database import full`.

    A node has the labels of its kind and of all classes above it; a relationship has the name of its property as type.
    """
    of_nodes = columns(network.nodes.values(), ATTRIBUTES)
    of_links = columns((link.attributes for link in network.links), LINK_ATTRIBUTES)
    of_nodes.pop("iri")
    of_links.pop("property", None)
    node_head = ["iri:ID", *(f"{name}:{_NEO4J[kind]}" for name, kind in of_nodes.items()), ":LABEL"]
    link_head = [":START_ID", *(f"{name}:{_NEO4J[kind]}" for name, kind in of_links.items()), ":END_ID", ":TYPE"]
    nodes = (
        [node, *_row(values, of_nodes), ";".join(network.kinds[str(values["kind"])])]
        for node, values in network.nodes.items()
    )
    links = (
        [source, *_row(values, of_links), target, said(values["property"])] for source, target, values in network.links
    )
    return {"nodes.csv": _csv(node_head, nodes), "relationships.csv": _csv(link_head, links)}


def gephi_files(network: Network) -> dict[str, bytes]:
    """Return `nodes.csv` and `edges.csv` with the column names that Gephi knows."""
    of_nodes = columns(network.nodes.values(), ATTRIBUTES)
    of_links = columns((link.attributes for link in network.links), LINK_ATTRIBUTES)
    for known in (of_nodes, of_links):
        known.pop("label", None)
    of_nodes.pop("iri")
    of_links.pop("weight", None)
    nodes = ([node, said(values["label"]), *_row(values, of_nodes)] for node, values in network.nodes.items())
    links = (
        [
            source,
            target,
            "Directed",
            f"e{number}",
            said(values["label"]),
            said(values["weight"]),
            *_row(values, of_links),
        ]
        for number, (source, target, values) in enumerate(network.links)
    )
    link_head = ["Source", "Target", "Type", "Id", "Label", "Weight", *of_links]
    return {"nodes.csv": _csv(["Id", "Label", *of_nodes], nodes), "edges.csv": _csv(link_head, links)}


def _row(values: Mapping[str, Value], order: Mapping[str, ValueType]) -> list[str]:
    return [said(values[name]) if name in values else "" for name in order]


def _csv(head: list[str], rows: Iterable[list[str]]) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue().encode()
