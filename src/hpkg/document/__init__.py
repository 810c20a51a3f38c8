"""The outline and the sentences of a report, with offsets."""

from hpkg.document.parts import Document, Leaf, LeafKind, squeeze
from hpkg.document.read import Words, read_document

__all__ = ["Document", "Leaf", "LeafKind", "Words", "read_document", "squeeze"]
