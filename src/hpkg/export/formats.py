"""The formats of a network: their names, their files, who writes them.

Not for: writing, which is each format's own module.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Final, get_args

from hpkg.export.dot import Drawing, write_drawing
from hpkg.export.rdf import SYNTAXES
from hpkg.export.rdf import write as write_rdf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from hpkg.export.network import Network
    from hpkg.store import Store

__all__ = ["FOLDERS", "FORMATS", "Form", "written"]

FOLDERS: Final[Mapping[str, str]] = {
    "neo4j": "hpkg.export.edge_lists:neo4j_files",
    "gephi": "hpkg.export.edge_lists:gephi_files",
}
"""The formats that are a folder of files, and the function that makes them."""

_STREAMS: Final[Mapping[str, str]] = {
    "graphml": "hpkg.export.graphml:write",
    "gexf": "hpkg.export.gexf:write",
    "cytoscape": "hpkg.export.cytoscape:write_cytoscape",
    "json-graph": "hpkg.export.cytoscape:write_json_graph",
    "node-link": "hpkg.export.cytoscape:write_node_link",
    "gml": "hpkg.export.gml:write",
    "html": "hpkg.export.html:write",
    "dot": "hpkg.export.dot:write_dot",
    "mermaid": "hpkg.export.mermaid:write",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A format: the media type of what it is, and the suffix of its file; a folder has none."""

    media_type: str
    suffix: str


FORMATS: Final[Mapping[str, Form]] = {
    "graphml": Form("application/graphml+xml", ".graphml"),
    "gexf": Form("application/gexf+xml", ".gexf"),
    "cytoscape": Form("application/json", ".cyjs"),
    "json-graph": Form("application/vnd.jgf+json", ".json"),
    "node-link": Form("application/json", ".json"),
    "gml": Form("text/plain; charset=us-ascii", ".gml"),
    "html": Form("text/html", ".html"),
    "dot": Form("text/vnd.graphviz", ".dot"),
    "svg": Form("image/svg+xml", ".svg"),
    "png": Form("image/png", ".png"),
    "pdf": Form("application/pdf", ".pdf"),
    "mermaid": Form("text/plain; charset=utf-8", ".mmd"),
    "neo4j": Form("application/zip", ""),
    "gephi": Form("application/zip", ""),
    "turtle": Form("text/turtle", ".ttl"),
    "ntriples": Form("application/n-triples", ".nt"),
    "rdfxml": Form("application/rdf+xml", ".rdf"),
    "jsonld": Form("application/ld+json", ".jsonld"),
    "trig": Form("application/trig", ".trig"),
    "nquads": Form("application/n-quads", ".nq"),
}
"""All formats by name, in the order they are told."""


def written(network: Network, form: str, store: Store, context: Path | None = None) -> dict[str, bytes]:
    """Return `network`, a view of `store`, in the format `form`: its files by name, one without a name or several.

    Args:
        network: The view.
        form: One of `FORMATS`.
        store: Where the view came from; RDF has more of it than the network holds.
        context: The JSON-LD context for `jsonld`.

    Raises:
        CallerError: The format needs an extra that is not installed.
        StoreError: The store or a program does not answer.
    """
    if form in FOLDERS:
        made: dict[str, bytes] = _function(FOLDERS[form])(network)
        return made
    stream = BytesIO()
    if form in _STREAMS:
        _function(_STREAMS[form])(network, stream)
    elif form in get_args(Drawing):
        write_drawing(network, stream, next(name for name in get_args(Drawing) if name == form))
    else:
        write_rdf(store, network, stream, next(name for name in SYNTAXES if name == form), context)
    return {"": stream.getvalue()}


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
