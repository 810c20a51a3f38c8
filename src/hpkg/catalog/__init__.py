"""The graph as a published dataset: its files, its description for catalogues and for machines, what changed in it.

Not for: pages (`hpkg.pages`), or serving any of it (`hpkg.serve`, `hpkg.publish`).
"""

from __future__ import annotations

from hpkg.catalog.bundle import bundle
from hpkg.catalog.changes import Change, Changes, changes
from hpkg.catalog.dcat import catalogue
from hpkg.catalog.history import History, history
from hpkg.catalog.release import Dump, Release, checksums, make_release, manifest, quads
from hpkg.catalog.retired import retire, retired
from hpkg.catalog.schema import dataset_description
from hpkg.catalog.sitemap import robots, sitemap
from hpkg.catalog.void import add_named_graphs, void_description

__all__ = [
    "Change",
    "Changes",
    "Dump",
    "History",
    "Release",
    "add_named_graphs",
    "bundle",
    "catalogue",
    "changes",
    "checksums",
    "dataset_description",
    "history",
    "make_release",
    "manifest",
    "quads",
    "retire",
    "retired",
    "robots",
    "sitemap",
    "void_description",
]
