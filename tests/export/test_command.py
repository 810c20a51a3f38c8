"""`hpkg export` writes a file that another tool reads."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from hpkg.cli import run

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
