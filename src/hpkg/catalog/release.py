"""The whole graph as files: the same bytes for the same graph, packed, with checksums.

N-Quads are sorted and say which graph each statement stands in, as JSON-LD does; Turtle is the merge of all graphs.
Blank nodes are named by RDF Dataset Canonicalization (RDFC-1.0). Not for: what catalogues say of the files.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rdflib import URIRef

from hpkg.turtle import canonical, rewritten

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hpkg.store import Store

__all__ = ["Dump", "Release", "checksums", "make_release", "manifest", "quads"]

_NAME: Final = "hpkg"
_FILES: Final = (("nq", "application/n-quads"), ("ttl", "text/turtle"), ("jsonld", "application/ld+json"))
_GRAPH: Final = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?graph { UNDEF } GRAPH ?graph { ?s ?p ?o } }"


@dataclass(frozen=True, slots=True)
class Dump:
    """A file of the whole graph, packed with gzip.

    Attributes:
        name: Its name, such as `hpkg.nq.gz`.
        form: The ending that tells its format: `nq`, `ttl`, `jsonld`.
        media_type: Media type of what is packed.
        content: The packed bytes.
        sha256: Checksum of the packed bytes.
        unpacked: How many bytes it holds when unpacked.
    """

    name: str
    form: str
    media_type: str
    content: bytes
    sha256: str
    unpacked: int

    @property
    def size(self) -> int:
        """Return how many bytes the packed file has."""
        return len(self.content)


@dataclass(frozen=True, slots=True)
class Release:
    """A version of the graph as it is published.

    Attributes:
        version: Content hash of the dataset.
        modified: When the dataset last changed.
        dumps: Its files.
        number: Its number among the releases; empty while it is none.
        issued: When the first of the releases was made; None where nobody tells it.
    """

    version: str
    modified: datetime
    dumps: tuple[Dump, ...]
    number: str = ""
    issued: datetime | None = None

    @property
    def name(self) -> str:
        """Return what the release is cited by: its number, else the start of its hash."""
        return self.number or self.version[:16]


def make_release(store: Store, modified: datetime) -> Release:
    """Return the graph of `store` as files.

    Raises:
        StoreError: The store does not answer.
    """
    whole = quads(store)
    return Release(store.version, modified, tuple(_dump(form, media_type, whole) for form, media_type in _FILES))


def quads(store: Store) -> bytes:
    """Return every statement with the graph it stands in, as sorted N-Quads."""
    return canonical({graph: store.ntriples(_GRAPH, {"graph": URIRef(graph)}) for graph in store.graphs})


def checksums(dumps: Iterable[Dump]) -> bytes:
    """Return the checksums of `dumps` as the program `sha256sum --check` reads them."""
    return "".join(f"{dump.sha256}  {dump.name}\n" for dump in dumps).encode()


def manifest(release: Release) -> bytes:
    """Return what a release holds as JSON: version, time, and each file with size and checksum."""
    told = {
        **({"release": release.number} if release.number else {}),
        "version": release.version,
        "modified": release.modified.isoformat(),
        "files": [
            {"name": dump.name, "mediaType": dump.media_type, "bytes": dump.size, "sha256": dump.sha256}
            for dump in release.dumps
        ],
    }
    return (json.dumps(told, indent=2) + "\n").encode()


def _dump(form: str, media_type: str, whole: bytes) -> Dump:
    content = whole if form == "nq" else rewritten(whole, form)
    packed = gzip.compress(content, compresslevel=6, mtime=0)  # no time in it: the same graph, the same file
    return Dump(f"{_NAME}.{form}.gz", form, media_type, packed, hashlib.sha256(packed).hexdigest(), len(content))
