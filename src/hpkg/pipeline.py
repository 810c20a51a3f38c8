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
from hpkg.files import replace_file
from hpkg.lexicon import load_lexicon
from hpkg.lift import lift, write_turtle
from hpkg.namespaces import BASE, HP
from hpkg.reason import ENTAILED, entail
from hpkg.review import apply_decisions, find_items, load_decisions, read_sheet, to_sheet, write_decisions
from hpkg.source import Source, list_sources, load_source, read_text
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from rdflib import Graph, URIRef

    from hpkg.coverage import Coverage
    from hpkg.home import Home
    from hpkg.lexicon import Lexicon
    from hpkg.review import Decision, ReviewItem

__all__ = ["Built", "build", "find_source", "read", "review", "take_decisions"]

_LICENCE = "Licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Built:
    """A report that was built: the account of it, and the file that holds its graph."""

    coverage: Coverage
    path: Path
    triples: int
    changed: bool
    to_review: int = 0
    """How many rows the review sheet beside the graph has."""
    stale: tuple[str, ...] = ()
    """Decisions of reviewers on what the reader no longer gives."""


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
    lifted = [(path, _lift(reading, lexicon, place)) for path, reading in read_all]
    # Nothing is written before every source has been read.
    done = [_write(path, lift, place) for path, lift in lifted]
    _conclude(place)
    return done


@dataclass(frozen=True, slots=True)
class _Lifted:
    """A report as it was read, and its graph after what its reviewers decided."""

    reading: Reading
    coverage: Coverage
    graph: Graph
    sheet: list[ReviewItem]
    stale: tuple[str, ...]


def _lift(reading: Reading, lexicon: Lexicon, place: Home) -> _Lifted:
    """Return the graph of one report, with the account of it and with what reviewers decided applied."""
    coverage = cover(reading)
    graph = lift(reading.document, reading.facts, lexicon, reading.missing, coverage.figures)
    decisions = load_decisions(_decisions(place, reading.document.source.key))
    decided = {str(node) for node in decisions.objects(None, HP.decisionOn)}
    stale = apply_decisions(graph, decisions, lexicon)
    return _Lifted(reading, coverage, graph, find_items(reading, decided), tuple(stale))


def _decisions(place: Home, key: str) -> Path:
    return place.graph / "sources" / f"{key}.review.ttl"


def review(place: Home, path: Path) -> list[ReviewItem]:
    """Return what a person should look at in the source at `path` and has not decided on.

    Raises:
        SourceError: The source cannot be read.
    """
    return _lift(read(path, place), load_lexicon(place), place).sheet


def take_decisions(place: Home, sheet: Path, by: str, day: dt.date) -> list[Built]:
    """Keep the decisions of a filled review sheet, signed with the name `by`, and build their reports anew.

    Raises:
        CallerError: The sheet cannot be understood, or holds no decision; then nothing has been written.
    """
    lexicon = load_lexicon(place)
    decided: dict[str, list[Decision]] = {}
    for decision in read_sheet(read_text(sheet)[0], lexicon, str(sheet)):
        decided.setdefault(decision.report, []).append(decision)
    if not decided:
        raise CallerError("review-nothing", where=str(sheet))
    sources = {key: find_source(key, place) for key in decided}
    described = [
        (key, decisions, _lift(read(sources[key], place), lexicon, place).graph) for key, decisions in decided.items()
    ]
    for key, decisions, graph in described:
        write_decisions(_decisions(place, key), decisions, graph, by, day)
    return build(place, list(sources.values()))


def _write(path: Path, lifted: _Lifted, place: Home) -> Built:
    """Write the graph of one report and its review sheet, and return the account of it."""
    reading, graph = lifted.reading, lifted.graph
    source = reading.document.source
    _keep(path, source, place)
    target = place.graph / f"{source.key}.ttl"
    changed = write_turtle(graph, target, _header(source))
    replace_file(target.with_suffix(".review.csv"), to_sheet(lifted.sheet).encode())
    return Built(lifted.coverage, target, len(graph), changed, len(lifted.sheet), lifted.stale)


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
