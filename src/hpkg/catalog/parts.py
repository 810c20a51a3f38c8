"""The parts of a release and what each may be used under: named graphs, and the reports they were read from.

Not for: how a release tells it (`crate`, `provenance`, `citation`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from hpkg.catalog.about import DATASET
from hpkg.namespaces import BASE, LICENCE
from hpkg.questions.labels import Labels
from hpkg.source.metadata import read_metadata
from hpkg.source.source import metadata_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.catalog.release import Release
    from hpkg.home import Home
    from hpkg.store import Store

__all__ = ["PROGRAM", "Cited", "GraphPart", "Parts", "SourceFile", "activity", "parts", "program_version"]

PROGRAM: Final = f"{BASE}catalog#program"
"""The IRI of the program that makes the graph."""

_CITED: Final = """
SELECT ?graph ?source ?title ?licence WHERE {
  { GRAPH ?graph { ?it a skos:ConceptScheme ; dct:source ?source } }
  UNION { GRAPH ?graph { ?graph dct:source ?source } }
  OPTIONAL { ?source dct:title ?title } OPTIONAL { ?source dct:license ?licence }
} ORDER BY ?graph ?source ?title ?licence"""
_NAMES: Final = """
SELECT ?graph ?name WHERE {
  { GRAPH ?graph { { ?it a hp:Report } UNION { ?it a skos:ConceptScheme } ?it skos:prefLabel|dct:title ?name } }
  UNION { GRAPH ?graph { ?graph dct:title|rdfs:label ?name } }
} ORDER BY ?graph ?name"""
_LICENCES: Final = "SELECT ?graph ?licence WHERE { GRAPH ?graph { ?graph dct:license ?licence } } ORDER BY ?graph"
_DERIVED: Final = """
SELECT DISTINCT ?graph ?from WHERE { GRAPH ?graph { ?graph prov:wasDerivedFrom ?from } } ORDER BY ?graph ?from"""
_TYPES: Final = {".txt": "text/plain", ".toml": "application/toml", ".csv": "text/csv", ".pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the sources: its path in a release, its bytes, its media type, the rights in it, its report."""

    path: str
    content: bytes
    media_type: str
    licence: str
    report: str

    @property
    def sha256(self) -> str:
        """Return the checksum of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Cited:
    """A work that a graph was made from: its IRI, its names by language, the rights in it (an IRI or a sentence)."""

    iri: str
    names: Mapping[str, str]
    licence: str | None


@dataclass(frozen=True, slots=True)
class GraphPart:
    """A named graph: its IRI, its names by language, its licence, what it cites, the graphs it follows from."""

    iri: str
    names: Mapping[str, str]
    licence: str
    cited: tuple[Cited, ...] = ()
    derived_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What a release is made of.

    Attributes:
        graphs: Its named graphs, in the order of their IRIs.
        sources: The files that reports were read from.
        heads: What is known of each report besides its text, by the key of the report.
    """

    graphs: tuple[GraphPart, ...]
    sources: tuple[SourceFile, ...]
    heads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def sources_of(self, graph: str) -> tuple[SourceFile, ...]:
        """Return the files that the graph of a report was read from."""
        return tuple(file for file in self.sources if f"{BASE}graph/{file.report}" == graph)


def parts(home: Home, store: Store) -> Parts:
    """Return what the graph of `store`, built in `home`, is made of.

    A source whose rights nobody has stated is told and not passed on.

    Raises:
        SourceError: The metadata of a source are broken.
        StoreError: The store does not answer.
    """
    licences = {str(row["graph"]): str(row["licence"]) for row in store.select(_LICENCES)}
    cited: dict[str, dict[str, tuple[dict[str, str], str | None]]] = {}
    for row in store.select(_CITED):
        titles, _ = cited.setdefault(str(row["graph"]), {}).setdefault(
            str(row["source"]), ({}, str(row["licence"]) if "licence" in row else None)
        )
        if "title" in row:
            titles.setdefault(_language(row["title"]), str(row["title"]))
    derived: dict[str, list[str]] = {}
    for row in store.select(_DERIVED):
        derived.setdefault(str(row["graph"]), []).append(str(row["from"]))
    names: dict[str, dict[str, str]] = {}
    for row in store.select(_NAMES):
        names.setdefault(str(row["graph"]), {}).setdefault(_language(row["name"]), str(row["name"]))
    graphs = [
        GraphPart(
            graph,
            names.get(graph) or {"en": graph.removeprefix(BASE)},
            licences.get(graph, LICENCE),
            tuple(Cited(iri, *told) for iri, told in cited.get(graph, {}).items()),
            tuple(derived.get(graph, ())),
        )
        for graph in sorted(store.graphs)
    ]
    sources, heads = _sources(home, {graph.removeprefix(f"{BASE}graph/") for graph in store.graphs})
    issuers = {key: f"{BASE}id/organisation/{head['issuer']}" for key, head in heads.items() if "issuer" in head}
    called = Labels(store, "vi").of(issuers.values())
    told = {key: {"issuer_name": called[iri].text, **heads[key]} for key, iri in issuers.items()}
    return Parts(tuple(graphs), sources, {**heads, **told})


def program_version() -> str:
    """Return the version of the program."""
    return version("hpkg")


def activity(release: Release, step: str) -> str:
    """Return the IRI of a step of the build of `release`: named by the dataset, so that the same build is the same."""
    return f"{DATASET.partition('#')[0]}#build-{release.version[:16]}-{step}"


def _language(literal: object) -> str:
    return getattr(literal, "language", None) or "vi"


def _sources(home: Home, keys: set[str]) -> tuple[tuple[SourceFile, ...], dict[str, Mapping[str, Any]]]:
    files: list[SourceFile] = []
    heads: dict[str, Mapping[str, Any]] = {}
    folder = home.graph / "sources"
    for path in sorted(folder.rglob("*")):
        key = path.relative_to(folder).with_suffix("").as_posix()
        if not path.is_file() or key.partition(".")[0] not in keys:
            continue
        key = key.partition(".")[0]
        if key not in heads:
            heads[key] = read_metadata(metadata_path(folder / f"{key}.txt"))
        if licence := heads[key].get("licence"):
            kind = _TYPES.get(path.suffix, "application/octet-stream")
            name = f"sources/{path.relative_to(folder).as_posix()}"
            files.append(SourceFile(name, path.read_bytes(), kind, str(licence), key))
    return tuple(files), heads
