"""The graph in the forms other tools take. Not for: answers to one question, which `hpkg.questions` lays out.

`network_of(store, Selection("pillars"))` is a view as a network, `analysed` adds what analysis finds out,
`to_networkx` hands it to networkx, `written` writes it in one of `FORMATS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
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

_PLACES: Final = {
    "ANALYSES": "analysis",
    "ENGINES": "analysis",
    "FORMATS": "formats",
    "Network": "network",
    "Selection": "collect",
    "VIEWS": "views",
    "analysed": "analysis",
    "network_of": "collect",
    "to_networkx": "analysis",
    "written": "formats",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 — what each is, the type checker reads above
    # Lazy, so that a service that draws classes does not load networkx.
    if name in _PLACES:
        return getattr(import_module(f"hpkg.export.{_PLACES[name]}"), name)
    raise AttributeError(name)
