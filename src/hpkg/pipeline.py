"""The whole line: source text → facts → graph → what follows → files.

    intake.take_source ─ extract.read_facts ─ lift.lift ─ graph/<report>.ttl
    store ─ derive ─ graph/derived.ttl ─ entail ─ graph/entailed.ttl

Every step is a pure function; only `build` touches the disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hpkg.coverage import cover
from hpkg.derive import DERIVED, derive
from hpkg.errors import CallerError, DefectError, HpkgError, SourceError
from hpkg.extract.facts import Reading, read_facts
from hpkg.files import replace_file
from hpkg.intake import Taken, find_source, find_sources, keep_source, take_source
from hpkg.lexicon import load_lexicon
from hpkg.lift import lift, render_turtle, write_turtle
from hpkg.namespaces import BASE, HP, LICENCE
from hpkg.questions.catalogue import all_questions
from hpkg.questions.executable import QUERIES, as_graph
from hpkg.reason import ENTAILED, entail
from hpkg.review import apply_decisions, find_items, load_decisions, read_sheet, to_sheet, write_decisions
from hpkg.source import Source, list_sources, read_text
from hpkg.store.embedded import EmbeddedStore
from hpkg.store.files import graph_files

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rdflib import Graph, URIRef

    from hpkg.coverage import Coverage
    from hpkg.home import Home
    from hpkg.lexicon import Lexicon
    from hpkg.review import Decision, ReviewItem

__all__ = [
    "Built",
    "Failed",
    "build",
    "build_each",
    "find_source",
    "find_sources",
    "read",
    "render_questions",
    "review",
    "take_decisions",
]

_LICENCE = f"Licence: CC BY 4.0, {LICENCE}"


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


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that could not be built, and why; nothing of it was written."""

    path: Path
    error: HpkgError


def read(path: Path, place: Home, given: Mapping[str, Any] | None = None) -> Reading:
    """Return what the reader finds in the source at `path`, with the lexicon of `place`; `given` are metadata.

    Raises:
        SourceError: The text is no report, or its metadata stand nowhere.
        OntologyError: A vocabulary cannot be read.
    """
    return read_facts(take_source(path, place, given).source, load_lexicon(place))


def build(place: Home, paths: Sequence[Path] = (), given: Mapping[str, Any] | None = None) -> list[Built]:
    """Build the graphs of the sources at `paths`, or of all in `place`, then what follows from the whole dataset.

    `given` are metadata that hold for each source, above what stands beside or in it.

    Returns:
        One account a report: what was read of it and what was not.

    Raises:
        SourceError: A source cannot be read; then nothing of it has been written, the others have been built.
        DefectError: The same, for a fault of hpkg.
        OntologyError: A vocabulary lacks what a fact needs.
    """
    built, failed = build_each(place, paths, given)
    if failed:
        raise failed[0].error
    return built


def build_each(
    place: Home, paths: Sequence[Path] = (), given: Mapping[str, Any] | None = None
) -> tuple[list[Built], list[Failed]]:
    """Build as `build` does, and return the accounts of the reports and the sources that could not be built.

    What nobody foresaw while one source was read is a `DefectError` of that source, and the others are built.

    Raises:
        SourceError: There is no source.
        OntologyError: A vocabulary lacks what a fact needs.
    """
    sources = list(paths) or list_sources(place)
    if not sources:
        raise SourceError("no-sources", where=str(place.graph / "sources"))
    built: dict[str, Built] = {}
    failed: list[Failed] = []
    for path in sources:
        try:
            made = _build_one(path, place, given, built)
        except (SourceError, CallerError) as error:
            failed.append(Failed(path, error))
        except HpkgError:
            raise
        except Exception as fault:  # noqa: BLE001 - one report is not to end the build of all; it is told and counts
            failed.append(Failed(path, DefectError.of(fault, str(path))))
        else:
            built[made.coverage.report] = made
    if built:
        _conclude(place)
    return list(built.values()), failed


def _build_one(path: Path, place: Home, given: Mapping[str, Any] | None, built: Mapping[str, Built]) -> Built:
    """Build one report; all of it has been read before anything is written."""
    taken, lexicon = take_source(path, place, given), load_lexicon(place)
    if taken.source.key in built:
        raise SourceError("source-twice", where=str(path), key=taken.source.key)
    return _write(taken, _lift(read_facts(taken.source, lexicon), lexicon, place), place)


@dataclass(frozen=True, slots=True)
class _Lifted:
    """A report as it was read, and its graph after what its reviewers decided."""

    coverage: Coverage
    graph: Graph
    sheet: list[ReviewItem]
    stale: tuple[str, ...]


def _lift(reading: Reading, lexicon: Lexicon, place: Home) -> _Lifted:
    """Return the graph of one report, with the account of it and with what reviewers decided applied."""
    coverage = cover(reading)
    graph = lift(reading.document, reading.facts, lexicon, reading.missing, coverage.figures)
    decisions = load_decisions(_decisions(place, reading.document.source.key))
    stale = apply_decisions(graph, decisions, lexicon)
    return _Lifted(coverage, graph, _sheet(reading, decisions), tuple(stale))


def _sheet(reading: Reading, decisions: Graph) -> list[ReviewItem]:
    """Return what is to be reviewed and not decided on."""
    return find_items(reading, {str(node) for node in decisions.objects(None, HP.decisionOn)})


def _decisions(place: Home, key: str) -> Path:
    return place.graph / "sources" / f"{key}.review.ttl"


def review(place: Home, path: Path) -> list[ReviewItem]:
    """Return what a person should look at in the source at `path` and has not decided on.

    Raises:
        SourceError: The source cannot be read.
    """
    reading = read(path, place)
    return _sheet(reading, load_decisions(_decisions(place, reading.document.source.key)))


def take_decisions(place: Home, sheet: Path, by: str, day: dt.date) -> list[Built]:
    """Keep the decisions of a filled review sheet, signed with the name `by`, and build their reports anew.

    Raises:
        CallerError: The sheet cannot be understood, or holds no decision; then nothing has been written.
    """
    lexicon = load_lexicon(place)
    decided: dict[str, list[Decision]] = {}
    for decision in read_sheet(read_text(sheet).text, lexicon, str(sheet)):
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


def _write(taken: Taken, lifted: _Lifted, place: Home) -> Built:
    """Write the source, the graph of one report and its review sheet, and return the account of it."""
    source, graph = taken.source, lifted.graph
    turtle = render_turtle(graph, _header(source)).encode()
    keep_source(taken, place)
    target = place.graph / f"{source.key}.ttl"
    target.parent.mkdir(parents=True, exist_ok=True)
    changed = replace_file(target, turtle)
    replace_file(target.with_suffix(".review.csv"), to_sheet(lifted.sheet).encode())
    return Built(lifted.coverage, target, len(graph), changed, len(lifted.sheet), lifted.stale)


def _header(source: Source) -> str:
    return (
        f"{source.metadata.title}\nRead by hpkg from graph/sources/{source.key}.txt, sha256 {source.sha256}\n{_LICENCE}"
    )


def _conclude(place: Home) -> None:
    """Write the question modules, then the derived figures and the entailed triples, of the whole dataset."""
    if place.queries.is_dir():
        replace_file(_path(place, QUERIES), render_questions(place).encode())
    derived = derive(_store(place, {DERIVED, ENTAILED}))
    write_turtle(derived, _path(place, DERIVED), f"Figures that follow from the reports.\n{_LICENCE}")
    entailed = entail(_store(place, {ENTAILED}))
    write_turtle(entailed, _path(place, ENTAILED), f"What follows from the ontology and the reports.\n{_LICENCE}")


def render_questions(place: Home) -> str:
    """Return the question modules of `place` as the Turtle of `graph/queries`."""
    return render_turtle(as_graph(all_questions(place)), f"The questions of hpkg as data, from queries/.\n{_LICENCE}")


def _store(place: Home, without: set[URIRef]) -> EmbeddedStore:
    left_out = {str(name) for name in without}
    return EmbeddedStore(
        {file.graph: file.path.read_bytes() for file in graph_files(place) if file.graph not in left_out}
    )


def _path(place: Home, graph: URIRef) -> Path:
    return place.graph / f"{str(graph).removeprefix(f'{BASE}graph/')}.ttl"
