"""The outline and the sentences of a report, with offsets."""

from hpkg.document.parts import Document, Leaf, LeafKind, squeeze
from hpkg.document.read import read_document

__all__ = ["Document", "Leaf", "LeafKind", "read_document", "squeeze"]
