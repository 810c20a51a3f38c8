"""The store: a graph that answers SPARQL, whatever engine stands behind it.

`open_store` loads a home into the embedded engine, `open_endpoint` asks a graph that is elsewhere. Not for: what the
questions mean (`hpkg.questions`).
"""

from __future__ import annotations

from hpkg.store.interface import Solutions, Store, open_endpoint, open_store

__all__ = ["Solutions", "Store", "open_endpoint", "open_store"]
