"""Reasoning: what follows from the ontology and the graphs, whether they contradict it, and whether it is OWL 2 DL."""

from hpkg.reason.entail import ENTAILED, entail

__all__ = ["ENTAILED", "entail"]
