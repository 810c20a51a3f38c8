"""The whole line: source text → facts → graph → what follows → files.

    source.load_source ─ extract.read_facts ─ lift.lift ─ graph/<report>.ttl
    store ─ derive ─ graph/derived.ttl ─ entail ─ graph/entailed.ttl

Every step is a pure function; only `build` touches the disk.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hpkg.coverage import cover
from hpkg.derive import DERIVED, derive
from hpkg.errors import CallerError, SourceError
from hpkg.extract.facts import Reading, read_facts
from hpkg.lexicon import load_lexicon
from hpkg.lift import lift, write_turtle
from hpkg.namespaces import BASE
from hpkg.reason import ENTAILED, entail
from hpkg.source import Source, list_sources, load_source
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rdflib import Graph, URIRef

    from hpkg.coverage import Coverage
    from hpkg.home import Home
    from hpkg.lexicon import Lexicon

__all__ = ["Built", "build", "find_source", "read"]

_LICENCE = "Licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Built:
    """A report that was built: the account of it, and the file that holds its graph."""

    coverage: Coverage
    path: Path
    triples: int
    changed: bool


def find_source(name: str, place: Home) -> Path:
    """Return the source text that `name` means: a file, or the key of a report in `graph/sources`.

    Raises:
        CallerError: It is neither.
    """
    for path in list_sources(place):
        if name in (str(path), path.stem, f"{path.parent.name}/{path.stem}"):
            return path
    path = Path(name)
    if not path.is_file():
        known = ", ".join(f"{known.parent.name}/{known.stem}" for known in list_sources(place))
        raise CallerError("source-unknown", where=name, known=known)
    return path


def read(path: Path, place: Home) -> Reading:
    """Return what the reader finds in the source at `path`, with the lexicon of `place`.

    Raises:
        SourceError: The text is no report, or its metadata are missing.
        OntologyError: A vocabulary cannot be read.
    """
    return read_facts(load_source(path), load_lexicon(place))


def build(place: Home, paths: Sequence[Path] = ()) -> list[Built]:
    """Build the graphs of the sources at `paths`, or of all in `place`, then what follows from the whole dataset.

    Returns:
        One account a report: what was read of it and what was not.

    Raises:
        SourceError: A source cannot be read; then nothing has been written.
        OntologyError: A vocabulary lacks what a fact needs.
    """
    sources = list(paths) or list_sources(place)
    if not sources:
        raise SourceError("no-sources", where=str(place.graph / "sources"))
    lexicon = load_lexicon(place)
    read_all = [(path, read_facts(load_source(path), lexicon)) for path in sources]
    lifted = [(path, reading, *_lift(reading, lexicon)) for path, reading in read_all]
    # Nothing is written before every source has been read.
    done = [_write(path, reading, coverage, graph, place) for path, reading, coverage, graph in lifted]
    _conclude(place)
    return done


def _lift(reading: Reading, lexicon: Lexicon) -> tuple[Coverage, Graph]:
    """Return the account of one report and its graph, which holds that account."""
    coverage = cover(reading)
    return coverage, lift(reading.document, reading.facts, lexicon, reading.missing, coverage.figures)


def _write(path: Path, reading: Reading, coverage: Coverage, graph: Graph, place: Home) -> Built:
    """Write the graph of one report and return the account of it."""
    source = reading.document.source
    _keep(path, source, place)
    target = place.graph / f"{source.key}.ttl"
    changed = write_turtle(graph, target, _header(source))
    return Built(coverage, target, len(graph), changed)


def _keep(path: Path, source: Source, place: Home) -> None:
    """Keep text and metadata of a source from outside beside those of the home."""
    kept = place.graph / "sources" / f"{source.key}.txt"
    if kept.resolve() != path.resolve():
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept)
        shutil.copyfile(path.with_suffix(".toml"), kept.with_suffix(".toml"))


def _header(source: Source) -> str:
    return (
        f"{source.metadata.title}\nRead by hpkg from graph/sources/{source.key}.txt, sha256 {source.sha256}\n{_LICENCE}"
    )


def _conclude(place: Home) -> None:
    """Write the derived figures, then the entailed triples, of the whole dataset."""
    derived = derive(_store(place, {DERIVED, ENTAILED}))
    write_turtle(derived, _path(place, DERIVED), f"Figures that follow from the reports.\n{_LICENCE}")
    entailed = entail(_store(place, {ENTAILED}))
    write_turtle(entailed, _path(place, ENTAILED), f"What follows from the ontology and the reports.\n{_LICENCE}")


def _store(place: Home, without: set[URIRef]) -> EmbeddedStore:
    left_out = {str(name) for name in without}
    return EmbeddedStore(
        {file.graph: file.path.read_bytes() for file in graph_files(place) if file.graph not in left_out}
    )


def _path(place: Home, graph: URIRef) -> Path:
    return place.graph / f"{str(graph).removeprefix(f'{BASE}graph/')}.ttl"
