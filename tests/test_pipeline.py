"""The whole line into a home of its own: the same bytes on any machine, and nothing lost when a step fails."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from rdflib import BNode, Graph
from rdflib.namespace import RDF
from tests.passage import frame

from hpkg.errors import CallerError, SourceError
from hpkg.home import Home, home
from hpkg.namespaces import HP, mint
from hpkg.pipeline import build, find_source, read
from hpkg.source import list_sources

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.pipeline import Built

_KEY = "31-hai-phong/2020-402-bc-ubnd"
_BUILT = (f"{_KEY}.ttl", "derived.ttl", "entailed.ttl")
_REFERENCE = [path.name for path in (home().graph / "reference").glob("*.ttl")]
_METADATA = """\
title = "Báo cáo kết quả năm 2019"
number = "7/BC-UBND"
date = 2019-12-18
issuer = "31-hai-phong/ubnd"
area = "31-hai-phong"
year = 2019
plan_year = 2020
licence = "CC0"
"""


def _copy(folder: Path) -> Home:
    """Return a home in `folder` with all that a build needs and nothing that it makes."""
    shutil.copytree(home().ontology, folder / "ontology")
    shutil.copytree(home().graph, folder / "graph", ignore=shutil.ignore_patterns("derived.ttl", "entailed.ttl"))
    (folder / "graph" / f"{_KEY}.ttl").unlink()
    return Home(folder)


def _bytes(place: Home) -> dict[str, bytes]:
    """Return all files of the graph by path."""
    return {
        path.relative_to(place.graph).as_posix(): path.read_bytes()
        for path in sorted(place.graph.rglob("*"))
        if path.is_file()
    }


def _write_report(folder: Path, text: str, metadata: str = _METADATA) -> Path:
    path = folder / "2019-7-bc-ubnd.txt"
    path.write_text(text, "utf-8")
    path.with_suffix(".toml").write_text(metadata, "utf-8")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Built]:
    """Return a home in which report 402 was built, and the account of it."""
    place = _copy(tmp_path_factory.mktemp("built"))
    (made,) = build(place)
    return place, made


@pytest.mark.parametrize("name", _BUILT)
def test_the_graph_that_is_shipped_is_the_one_a_build_makes(name: str, built: tuple[Home, Built]) -> None:
    """What lies in `graph/` was written by this reader from these sources, byte for byte."""
    assert (built[0].graph / name).read_bytes() == (home().graph / name).read_bytes()


def test_a_rebuild_changes_no_byte(built: tuple[Home, Built], tmp_path: Path) -> None:
    """Building again finds nothing to write; another process with another hash seed makes the same bytes anew."""
    place = built[0]
    before = _bytes(place)
    (again,) = build(place)
    assert not again.changed
    assert _bytes(place) == before
    other = _copy(tmp_path)
    subprocess.run(  # noqa: S603 - this interpreter, with words that stand here
        [sys.executable, "-c", "from hpkg.cli import main; main()", "--home", str(other.root), "build"],
        env=os.environ | {"PYTHONHASHSEED": "4711"},
        capture_output=True,
        check=True,
    )
    assert _bytes(other) == before


@pytest.mark.parametrize("name", _BUILT)
def test_every_node_has_a_name(name: str, built: tuple[Home, Built]) -> None:
    """No graph that is built holds a blank node."""
    graph = Graph().parse(built[0].graph / name)
    assert len(graph)
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]


def test_the_graph_keeps_how_much_was_read(built: tuple[Home, Built]) -> None:
    """Each figure of the account is in the graph of the report, under its metric."""
    place, made = built
    graph = Graph().parse(place.graph / f"{_KEY}.ttl")
    kept = {
        str(graph.value(figure, HP.coverageMetric)): graph.value(figure, HP.tally).toPython()  # type: ignore[union-attr]
        for figure in graph.subjects(RDF.type, HP.CoverageFigure)
    }
    assert kept == {str(mint("coverage-metric", metric)): tally for metric, tally in made.coverage.figures.items()}
    assert kept[str(mint("coverage-metric", "sentences"))] > 200


def test_every_fact_is_in_the_graph(built: tuple[Home, Built]) -> None:
    """Each record is a typed node under its IRI; what the reference data describe is at least mentioned."""
    graph = Graph().parse(built[0].graph / f"{_KEY}.ttl")
    typed = {str(node) for node in graph.subjects(RDF.type, None)}
    named = {str(node) for node in graph.objects(None, HP.mentions)}
    for fact in read(find_source(_KEY, built[0]), built[0]).facts:
        assert fact.id in (named if fact.type in {"place", "organisation"} else typed), fact


def test_every_passage_of_the_graph_quotes_the_source(built: tuple[Home, Built]) -> None:
    """A passage says the characters between its offsets, in its properties and in its name."""
    place = built[0]
    text = find_source(_KEY, place).read_bytes().decode("utf-8")
    graph = Graph().parse(place.graph / f"{_KEY}.ttl")
    passages = list(graph.subjects(RDF.type, HP.Passage))
    assert len(passages) > 500
    for passage in passages:
        start, end = (graph.value(passage, name).toPython() for name in (HP.startOffset, HP.endOffset))  # type: ignore[union-attr]
        assert str(graph.value(passage, HP.quote)) == text[start:end]
        assert str(passage) == f"{mint('report', _KEY)}/text#char={start},{end}"


def test_the_account_covers_the_whole_report(built: tuple[Home, Built]) -> None:
    """Every character is counted once, and so is every sentence; every digit of the body has a reason."""
    place, made = built
    coverage = made.coverage
    reading = read(find_source(_KEY, place), place)
    text = reading.document.source.text
    assert sum(coverage.characters.values()) == len(text)
    assert coverage.sentences[1] == len(reading.document.sentences)
    body = [leaf for leaf in reading.document.leaves if leaf.kind != "noise"]
    digits = sum(char.isdecimal() for leaf in body for char in text[leaf.start : leaf.end])
    assert sum(coverage.digits.values()) == digits
    assert coverage.missing == ()


def test_a_report_from_outside_is_kept_with_its_metadata(built: tuple[Home, Built], tmp_path: Path) -> None:
    """A second report is added beside the first, whose graph stays as it was; its text is kept byte for byte."""
    place = Home(tmp_path / "home")
    shutil.copytree(built[0].root, place.root)
    before = (place.graph / f"{_KEY}.ttl").read_bytes()
    path = _write_report(tmp_path, frame(results="Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD.", theme="“Đô thị”."))
    (made,) = build(place, [path])
    assert made.changed
    assert made.coverage.report == "31-hai-phong/2019-7-bc-ubnd"
    kept = place.graph / "sources" / "31-hai-phong" / "2019-7-bc-ubnd.txt"
    assert kept.read_bytes() == path.read_bytes()
    digest = hashlib.sha256(kept.read_bytes()).hexdigest()
    assert kept.with_suffix(".toml").read_text("utf-8") == f'{_METADATA}sha256 = "{digest}"\n'
    assert (place.graph / f"{_KEY}.ttl").read_bytes() == before
    assert find_source("31-hai-phong/2019-7-bc-ubnd", place) == kept
    assert list_sources(place) == [kept, find_source(_KEY, place)]


def test_a_report_with_a_part_missing_gives_what_it_has(built: tuple[Home, Built], tmp_path: Path) -> None:
    """Part 1 alone gives its results, and the account names the roles of the sections that are not there."""
    place = Home(tmp_path / "home")
    shutil.copytree(built[0].root, place.root)
    text = frame(results="Tổng kim ngạch xuất khẩu đạt 16,5 tỷ USD. Giá cả ổn định. Đời sống được nâng cao.")
    path = _write_report(tmp_path, text[: text.index("Phần 2.")])
    (made,) = build(place, [path])
    assert made.coverage.missing == ("targets", "tasks")
    assert made.coverage.facts["measurement"] == 1
    graph = Graph().parse(place.graph / "31-hai-phong" / "2019-7-bc-ubnd.ttl")
    assert len(list(graph.subjects(RDF.type, HP.Result))) == 1
    assert not list(graph.subjects(RDF.type, HP.Task))


@pytest.mark.parametrize(
    ("text", "metadata", "code"),
    [
        ("%PDF-1.7", _METADATA, "source-broken"),
        ("Chỉ có một câu.", _METADATA, "source-not-report"),
        (frame(), _METADATA.replace("31-hai-phong/ubnd", "31-hai-phong/khong-co"), "metadata-issuer"),
        (frame(), _METADATA.replace('area = "31-hai-phong"', 'area = "99-khong-co"'), "metadata-area"),
    ],
)
def test_a_build_that_fails_leaves_the_graphs_as_they_were(
    text: str, metadata: str, code: str, built: tuple[Home, Built], tmp_path: Path
) -> None:
    """A source that cannot be read changes no graph of another, and leaves no half of its own."""
    place = built[0]
    before = {name: (place.graph / name).read_bytes() for name in _BUILT}
    with pytest.raises(SourceError) as raised:
        build(place, [_write_report(tmp_path, text, metadata)])
    assert raised.value.code == code
    assert {name: (place.graph / name).read_bytes() for name in _BUILT} == before
    assert sorted(path.name for path in place.graph.rglob("*.ttl")) == sorted(
        [*(name.rpartition("/")[2] for name in _BUILT), *_REFERENCE, "queries.ttl"]
    )


def test_a_home_without_reports_says_so(tmp_path: Path) -> None:
    """There is nothing to build, and the error says where sources belong."""
    shutil.copytree(home().ontology, tmp_path / "ontology")
    shutil.copytree(home().graph / "reference", tmp_path / "graph" / "reference")
    with pytest.raises(SourceError, match="no source text") as raised:
        build(Home(tmp_path))
    assert raised.value.where.endswith("sources")


@pytest.mark.parametrize("name", [_KEY, "2020-402-bc-ubnd", str(home().graph / "sources" / f"{_KEY}.txt")])
def test_a_source_is_found_by_key_name_or_path(name: str) -> None:
    """A report that is kept answers to its key, its file name and its path."""
    assert find_source(name, home()) == home().graph / "sources" / f"{_KEY}.txt"


def test_an_unknown_source_is_told_with_those_known() -> None:
    """The error lists the keys there are."""
    with pytest.raises(CallerError) as raised:
        find_source("2020-402", home())
    assert _KEY in raised.value.message()
