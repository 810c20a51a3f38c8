"""The graph in the forms other tools take. Not for: answers to one question, which `hpkg.questions` lays out.

`network_of(store, Selection("pillars"))` is a view as a network, `analysed` adds what analysis finds out,
`to_networkx` hands it to networkx, `written` writes it in one of `FORMATS`.
"""

from __future__ import annotations

from hpkg.export.analysis import ANALYSES, ENGINES, analysed, to_networkx
from hpkg.export.collect import Selection, network_of
from hpkg.export.formats import FORMATS, written
from hpkg.export.network import Network
from hpkg.export.views import VIEWS

__all__ = [
    "ANALYSES",
    "ENGINES",
    "FORMATS",
    "VIEWS",
    "Network",
    "Selection",
    "analysed",
    "network_of",
    "to_networkx",
    "written",
]
