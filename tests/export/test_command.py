"""`hpkg export` writes a file that another tool reads."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from hpkg.cli import run
from hpkg.export import ENGINES

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.home import Home


@pytest.fixture(autouse=True)
def in_the_sample(sample_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call works in the sample."""
    monkeypatch.setenv("HPKG_HOME", str(sample_home.root))


def test_a_task_of_the_report_is_linked_to_its_pillar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file holds the task with its kind and the link that the report draws, and nothing goes to stdout."""
    path = tmp_path / "report.graphml"
    assert run(["export", "--format", "graphml", "--output", str(path)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    network = nx.read_graphml(path, force_multigraph=True)
    assert f"Nodes: {len(network)} · links: {network.number_of_edges()}" in said.err
    kinds = {node: said["kind"] for node, said in network.nodes(data=True)}
    drawn = {(kinds[s], kinds[t]) for s, t, said in network.edges(data=True) if said["property"] == "contributesTo"}
    assert ("Task", "Pillar") in drawn
    assert [path] == list(tmp_path.iterdir())


def test_without_a_file_the_export_goes_to_stdout(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """What is printed is the GraphML, ready for a pipe."""
    assert run(["export"]) == 0
    assert len(nx.read_graphml(BytesIO(capsysbinary.readouterr().out))) > 0


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be written is an error of the machine, with its place."""
    assert run(["export", "--output", str(tmp_path / "none" / "a.graphml")]) == 5
    assert "none" in capsys.readouterr().err


@pytest.mark.parametrize("engine", ENGINES)
def test_a_view_is_cut_filtered_and_analysed(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The options of a view reach the file: a node in the middle, a kind left out, figures of either engine."""
    path = tmp_path / "ego.graphml"
    call = ["export", "--view", "ego", "--node", "V.4.3", "--depth", "2", "--exclude", "Contribution"]
    assert (
        run([*call, "--with", "centrality,community", "--engine", engine, "--lang", "vi", "--output", str(path)]) == 0
    )
    assert "Số nút" in capsys.readouterr().err
    network = nx.read_graphml(path, force_multigraph=True)
    kinds = {said["kind"] for _, said in network.nodes(data=True)}
    assert "Task" in kinds
    assert "Contribution" not in kinds
    assert {type(said["betweenness"]) for _, said in network.nodes(data=True)} == {float}
    assert {type(said["community"]) for _, said in network.nodes(data=True)} == {int}


def test_a_format_of_several_files_needs_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lists for Neo4j go into a folder that is named, and not to stdout."""
    assert run(["export", "--view", "pillars", "--format", "neo4j"]) == 2
    assert "neo4j" in capsys.readouterr().err
    folder = tmp_path / "lists"
    assert run(["export", "--view", "pillars", "--format", "neo4j", "--output", str(folder)]) == 0
    assert {path.name for path in folder.iterdir()} == {"nodes.csv", "relationships.csv"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--view", "nowhere"], "nowhere"),
        (["--with", "horoscope"], "centrality, community, layout"),
        (["--node", "V.4.9"], "--view ego"),
        (["--include", "Tasks"], "Task"),
    ],
)
def test_a_wrong_call_is_told_with_what_there_is(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A view, an analysis or a kind that is not there ends with code 2 and a hint."""
    assert run(["export", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_picture_takes_its_format_from_the_name_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that ends in .png gives a PNG; what the picture shows is told on stderr."""
    path = tmp_path / "indicators.png"
    assert run(["picture", "indicators", "--lang", "en", "--output", str(path)]) == 0
    assert path.read_bytes().startswith(b"\x89PNG")
    assert "From the results of" in capsys.readouterr().err
    assert run(["picture", "indicators", "--format", "pdf"]) == 2


def test_a_chart_that_mermaid_refuses_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole graph is too large for Mermaid as it is set on GitHub, and the person hears so; the outline is not."""
    for view, large in (("full", True), ("outline", False)):
        path = tmp_path / f"{view}.mmd"
        assert run(["export", "--view", view, "--format", "mermaid", "--lang", "en", "--output", str(path)]) == 0
        assert ("%% mermaid.initialize" in path.read_text("utf-8")) is large
        assert ("GitHub" in capsys.readouterr().err) is large
