"""Pages and data of everything in the graph, for a service and for a folder of files: one set of templates.

`Pages` makes whole HTML pages, `resource_data` the RDF of a thing, `Links` the addresses of the place they stand in.
Not for: HTTP, or files.
"""

from __future__ import annotations

from hpkg.pages.data import graph_data, resource_data, serialised, text_data
from hpkg.pages.links import DATA_FORMS, FolderLinks, Links, ServedLinks, document, thing
from hpkg.pages.site import Asked, Pages, Searched

__all__ = [
    "DATA_FORMS",
    "Asked",
    "FolderLinks",
    "Links",
    "Pages",
    "Searched",
    "ServedLinks",
    "document",
    "graph_data",
    "resource_data",
    "serialised",
    "text_data",
    "thing",
]
