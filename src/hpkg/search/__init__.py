"""Search over what the graph names and what its reports say, with tones and without.

`Index` answers; `things` tells what is found in a store; `kept` keeps a built index between runs. Not for: questions in
whole sentences (`hpkg.understand`).
"""

from __future__ import annotations

from hpkg.search.gather import things
from hpkg.search.hit import Found, Hit, Report, marked
from hpkg.search.index import FORMAT, Index, Named
from hpkg.search.keep import kept
from hpkg.search.thing import Field, Name, Thing
from hpkg.search.word import Word, words

__all__ = [
    "FORMAT",
    "Field",
    "Found",
    "Hit",
    "Index",
    "Name",
    "Named",
    "Report",
    "Thing",
    "Word",
    "kept",
    "marked",
    "things",
    "words",
]
