"""A release for an archive: a number, checksums that are right, RO-Crate, citation, provenance, what changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF
from rocrate.rocrate import ROCrate

from hpkg.catalog import History, Release, bundle, history, make_release
from hpkg.catalog.changes import changes
from hpkg.catalog.history import next_number
from hpkg.cli import run
from hpkg.errors import StoreError
from hpkg.namespaces import BASE, LICENCE
from hpkg.publish import release as write_release
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.home import Home

MODIFIED = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
KEY = "31-hai-phong/2020-402-bc-ubnd"
TEXT = f"sources/{KEY}.txt"
RIGHTS = "Free of copyright."


@pytest.fixture(scope="module")
def home(sample_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample, with a text and what is known of it as sources."""
    root = tmp_path_factory.mktemp("home")
    shutil.copytree(sample_home.root, root, dirs_exist_ok=True)
    place = root / "graph/sources" / f"{KEY}.txt"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("Báo cáo", "utf-8")
    place.with_suffix(".toml").write_text(
        'title = "Báo cáo"\nnumber = "402/BC-UBND"\ndate = 2020-12-18\nissuer = "31-hai-phong/ubnd"\n'
        f'area = "31-hai-phong"\nyear = 2020\nlicence = "{RIGHTS}"\n',
        "utf-8",
    )
    return type(sample_home)(root)


@pytest.fixture(scope="module")
def store(home: Home) -> EmbeddedStore:
    """The graph of the home."""
    return EmbeddedStore.open(home)


@pytest.fixture(scope="module")
def made(store: EmbeddedStore) -> Release:
    """The first release."""
    return replace(make_release(store, MODIFIED), number="1.0.0")


@pytest.fixture(scope="module")
def folder(home: Home, store: EmbeddedStore, made: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first release on disk."""
    root = tmp_path_factory.mktemp("release")
    for name, content in bundle(home, store, made, history(root, made)).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def test_every_file_has_its_checksum(folder: Path) -> None:
    """`SHA256SUMS` lists all files but itself, each with the checksum of its bytes."""
    told = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert told.keys() == names - {"SHA256SUMS"}
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in told} == told


def test_an_archive_reads_the_crate(folder: Path, made: Release) -> None:
    """The library ro-crate-py finds every file with size and checksum, and the licence of each part, graphs as well."""
    crate = ROCrate(folder)
    root = crate.root_dataset
    assert (root["version"], str(root["datePublished"])[:10]) == ("1.0.0", "2026-11-24")
    assert root["license"].id == LICENCE
    held = {part.id.rstrip("/"): part for part in root["hasPart"]}  # the library ends a Dataset with a slash
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {name for name, part in held.items() if part.type == "File"} == files - {"ro-crate-metadata.json"}
    for name in files - {"ro-crate-metadata.json", "SHA256SUMS"}:
        content = (folder / name).read_bytes()
        assert held[name]["contentSize"] == str(len(content))
        assert held[name]["sha256"] == hashlib.sha256(content).hexdigest()
    assert all(part["license"]["description"] for part in held.values())
    assert held[TEXT]["license"]["description"] == RIGHTS
    graph = held[f"{BASE}graph/{KEY}"]
    assert TEXT in {one.id for one in graph["isBasedOn"]}
    assert root["identifier"]["value"] == made.version


def test_the_crate_is_what_the_standard_asks(folder: Path) -> None:
    """RO-Crate 1.2: a flat graph, each entity once with a type, every reference of the crate told, no list of one."""
    whole = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))
    assert whole["@context"] == "https://w3id.org/ro/crate/1.2/context"
    entities = {entity["@id"]: entity for entity in whole["@graph"]}
    assert len(entities) == len(whole["@graph"])
    assert entities["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert {"name", "description", "datePublished", "license"} <= entities["./"].keys()
    for entity in entities.values():
        assert entity["@type"]
        for value in entity.values():
            assert not isinstance(value, list) or len(value) > 1
            for one in value if isinstance(value, list) else [value]:
                assert not isinstance(one, dict) or (one.keys() == {"@id"} and _is_told(one["@id"], entities))


def _is_told(iri: str, entities: dict[str, Any]) -> bool:
    return iri in entities or iri == "https://w3id.org/ro/crate/1.2"


def test_the_citation_names_the_release_and_its_reports(folder: Path, made: Release) -> None:
    """CITATION.cff has what its format asks for, the number, the hash, and each report by its issuer."""
    told = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= told.keys()
    assert (told["type"], told["version"], told["license"]) == ("dataset", "1.0.0", "CC-BY-4.0")
    assert told["identifiers"][0]["value"] == f"urn:sha256:{made.version}"
    (report,) = told["references"]
    assert (report["number"], report["date-published"]) == ("402/BC-UBND", "2020-12-18")
    assert report["authors"][0]["name"]


def test_provenance_leads_from_the_files_to_the_sources(folder: Path, made: Release) -> None:
    """Each dump comes from the packing of the graphs, the graph of a report from the reading of its text, by hpkg."""
    graph = Graph().parse(folder / "prov.ttl")
    dataset, report = URIRef(f"{BASE}catalog#dataset"), URIRef(f"{BASE}graph/{KEY}")
    packing = graph.value(dataset, PROV.wasGeneratedBy)
    for dump in made.dumps:
        assert graph.value(URIRef(f"{BASE}dumps/{dump.name}"), PROV.wasGeneratedBy) == packing
    assert (packing, PROV.used, report) in graph
    reading = graph.value(report, PROV.wasGeneratedBy)
    assert (reading, PROV.used, URIRef(f"{BASE}dumps/{TEXT}")) in graph
    assert (URIRef(f"{BASE}dumps/{TEXT}"), DCTERMS.rights, Literal(RIGHTS)) in graph
    for step in graph.subjects(RDF.type, PROV.Activity):
        program = graph.value(step, PROV.wasAssociatedWith)
        assert (program, RDF.type, PROV.SoftwareAgent) in graph
        assert made.version[:16] in str(step)
        assert not list(graph.objects(step, PROV.startedAtTime)) + list(graph.objects(step, PROV.endedAtTime))


def test_a_source_without_stated_rights_is_not_passed_on(home: Home, store: EmbeddedStore, made: Release) -> None:
    """Its text stays at home."""
    beside = home.graph / "sources" / f"{KEY}.toml"
    said = beside.read_text("utf-8")
    try:
        beside.write_text("".join(line for line in said.splitlines(keepends=True) if "licence" not in line), "utf-8")
        files = bundle(home, store, made, History(({"release": "1.0.0", "things": [], **_first(made)},)))
    finally:
        beside.write_text(said, "utf-8")
    assert not any(name.startswith("sources/") for name in files)


def _first(made: Release) -> dict[str, Any]:
    counts = {"added": 0, "changed": 0, "removed": 0}
    return {"version": made.version, "modified": MODIFIED.isoformat(), "first": True, "counts": counts, "kinds": {}}


def test_numbers_tell_what_changed() -> None:
    """Gone: another first part; new: another second part; said otherwise: another third."""
    a, b, c = (f'<urn:{name}> <urn:p> "1" <urn:g> .\n'.encode() for name in "abc")
    assert next_number("1.2.3", changes(a + b, a + c).things) == "2.0.0"
    assert next_number("1.2.3", changes(a, a + c).things) == "1.3.0"
    assert next_number("1.2.3", changes(a, a.replace(b"1", b"2")).things) == "1.2.4"


def test_a_second_release_tells_what_changed(home: Home, store: EmbeddedStore, tmp_path: Path) -> None:
    """The same graph is the same release, byte for byte; another has the next number and names things."""
    target = tmp_path / "release"
    first, _ = write_release(home, store, target)
    again, told = write_release(home, store, target)
    assert (again.written, again.unchanged, told.number) == (0, first.files, "1.0.0")
    assert not (target / "changes.json").exists()
    vocabulary = home.ontology / "vocab/pillar.ttl"
    said = vocabulary.read_text("utf-8")
    try:
        vocabulary.write_text(said.replace('"tourism-trade"', '"tourism"'), "utf-8")
        _, told = write_release(home, EmbeddedStore.open(home), target)
        kept, _ = write_release(home, EmbeddedStore.open(home), target)
    finally:
        vocabulary.write_text(said, "utf-8")
    assert [one["release"] for one in told.releases] == ["1.0.1", "1.0.0"]
    assert kept.written == 0
    text = (target / "CHANGELOG.vi.md").read_text("utf-8")
    assert "## 1.0.1" in text
    assert f"Du lịch-thương mại: <{BASE}id/pillar/tourism-trade>" in text
    (one,) = json.loads((target / "changes.json").read_text("utf-8"))["things"]
    assert '"tourism"' in one["added"][0]
    assert '"tourism-trade"' in one["removed"][0]


def test_a_release_replaces_no_other_folder(home: Home, store: EmbeddedStore, tmp_path: Path) -> None:
    """A site that stands in the folder is left alone."""
    (tmp_path / ".hpkg-site").write_text("a site")
    with pytest.raises(StoreError):
        write_release(home, store, tmp_path)


def test_the_command_says_number_and_size(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`hpkg release DIR` writes the folder; `SOURCE_DATE_EPOCH` dates it."""
    monkeypatch.setenv("HPKG_HOME", str(home.root))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(MODIFIED.timestamp())))
    assert run(["release", str(tmp_path / "data"), "--lang", "en"]) == 0
    assert "1.0.0" in capsys.readouterr().err
    assert json.loads((tmp_path / "data/version.json").read_text("utf-8"))["modified"] == MODIFIED.isoformat()
