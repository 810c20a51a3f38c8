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
    from hpkg.questions.knowledge import KnowledgeGraph

__all__ = ["KnowledgeGraph", "open"]


def open(root: Path | str | None = None) -> KnowledgeGraph:  # noqa: A001 — read as hpkg.open()
    """Return the knowledge graph in the folder `root`, else in `$HPKG_HOME`, else the one shipped with hpkg.

    Raises:
        CallerError: The folder has no `ontology/` in it.
        OntologyError: A file of the ontology cannot be read.
        StoreError: A file of the graph cannot be read.
    """
    graph: KnowledgeGraph = __getattr__("KnowledgeGraph").open(None if root is None else Path(root))
    return graph


def __getattr__(name: str) -> type[KnowledgeGraph]:
    # Lazy, so that a part of hpkg can be imported without the graph half and its engine.
    if name == "KnowledgeGraph":
        loaded: type[KnowledgeGraph] = import_module("hpkg.questions.knowledge").KnowledgeGraph
        return loaded
    raise AttributeError(name)
