"""Reasoning: what follows from the ontology and the graphs, whether they contradict it, and whether it is OWL 2 DL."""

from hpkg.reason.entail import DEFINITIONS, ENTAILED, entail

__all__ = ["DEFINITIONS", "ENTAILED", "entail"]
