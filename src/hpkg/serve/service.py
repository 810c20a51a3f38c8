"""What all routes share: home, store, workers, settings, and what the dataset is.

Not for: any route.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formatdate
from typing import TYPE_CHECKING

from hpkg.serve.metrics import Metrics
from hpkg.serve.pool import Pool
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files

if TYPE_CHECKING:
    from hpkg.home import Home
    from hpkg.serve.settings import Settings

__all__ = ["Service", "open_service"]


@dataclass(slots=True)
class Service:
    """The parts of a running service.

    Attributes:
        home: The folder that is served.
        settings: Its settings.
        store: The graph in this process, for queries of our own.
        pool: The workers, for queries of others.
        modified: When the dataset last changed, as HTTP writes dates.
        metrics: What is counted.
    """

    home: Home
    settings: Settings
    store: EmbeddedStore
    pool: Pool
    modified: str
    metrics: Metrics

    @property
    def version(self) -> str:
        """Return the content hash of the dataset."""
        return self.store.version


def open_service(home: Home, settings: Settings) -> Service:
    """Return a service of `home` whose workers can be started.

    Raises:
        OntologyError: A file of the ontology cannot be read.
        StoreError: A file of the graph cannot be read.
    """
    store = EmbeddedStore.open(home)
    changed = max(file.path.stat().st_mtime for file in graph_files(home))
    return Service(home, settings, store, Pool(store, settings), formatdate(changed, usegmt=True), Metrics())
