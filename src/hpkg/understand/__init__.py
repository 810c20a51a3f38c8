"""What a person means: words to search for, and questions in whole sentences.

A question is read without any language model: its words are compared with the words of the question modules, by the
vocabulary of words people ask with, and the names in it with those of the graph. Not for: answering with anything but
a question module.
"""

from __future__ import annotations

from hpkg.understand.asking import Understood, ask_text, understand
from hpkg.understand.finding import open_index, search_index
from hpkg.understand.reading import Interpretation, Reader, Reading

__all__ = [
    "Interpretation",
    "Reader",
    "Reading",
    "Understood",
    "ask_text",
    "open_index",
    "search_index",
    "understand",
]
