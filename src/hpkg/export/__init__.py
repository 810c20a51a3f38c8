"""The graph in the forms other tools take. Not for: answers to one question, which `hpkg.questions` lays out."""

from __future__ import annotations

from hpkg.export.network import to_networkx, write_graphml

__all__ = ["to_networkx", "write_graphml"]
