"""What a person means: words to search for, and questions in whole sentences.

Not for: any language model.
"""

from __future__ import annotations

from hpkg.understand.finding import open_index, search_index

__all__ = ["open_index", "search_index"]
