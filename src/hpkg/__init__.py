"""hpkg: a knowledge graph and semantic query service for the plans that governments publish.

>>> import hpkg
>>> graph = hpkg.open()
>>> type(graph).__name__
'KnowledgeGraph'
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hpkg.knowledge import KnowledgeGraph

__all__ = ["KnowledgeGraph", "open"]


def open(place: Path | str | None = None) -> KnowledgeGraph:  # noqa: A001 — read as hpkg.open()
    """Return the knowledge graph at `place`: a folder, or the address of a SPARQL endpoint.

    Without a place, the one in the folder `$HPKG_HOME`, else the one shipped with hpkg. An endpoint is asked the
    questions of that folder.

    Raises:
        CallerError: The folder has no `ontology/` in it.
        OntologyError: A file of the ontology cannot be read.
        StoreError: A file of the graph cannot be read.
    """
    kind = __getattr__("KnowledgeGraph")
    if isinstance(place, str) and place.startswith(("http://", "https://")):
        return kind.remote(place)
    return kind.open(None if place is None else Path(place))


def __getattr__(name: str) -> type[KnowledgeGraph]:
    # Lazy, so that a part of hpkg can be imported without the graph half and its engine.
    if name == "KnowledgeGraph":
        loaded: type[KnowledgeGraph] = import_module("hpkg.knowledge").KnowledgeGraph
        return loaded
    raise AttributeError(name)
