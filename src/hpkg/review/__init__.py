"""Review by a person: what is worth a look, what was decided, and the graph with the decisions applied."""

from hpkg.review.apply import apply_decisions, load_decisions
from hpkg.review.decide import Decision, read_sheet, write_decisions
from hpkg.review.items import ReviewItem, find_items, to_sheet

__all__ = [
    "Decision",
    "ReviewItem",
    "apply_decisions",
    "find_items",
    "load_decisions",
    "read_sheet",
    "to_sheet",
    "write_decisions",
]
