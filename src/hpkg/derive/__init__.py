"""Figures that no report states and that follow from what it states by arithmetic, as a graph of their own.

Each figure says what it was worked out from (`prov:wasDerivedFrom`) and how (`hp:derivedBy`, a concept of the
vocabulary `rule`). Not for: what follows by the axioms of the ontology (`hpkg.reason`).
"""

from __future__ import annotations

from hpkg.derive.derive import DERIVED, derive

__all__ = ["DERIVED", "derive"]
