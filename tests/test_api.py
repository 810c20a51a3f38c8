"""The Python API: what `import hpkg` offers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph

import hpkg
from hpkg import export
from hpkg.errors import CallerError
from hpkg.questions import Answer

SAMPLE = Path(__file__).parent / "data" / "sample"


@pytest.fixture(scope="module")
def graph() -> hpkg.KnowledgeGraph:
    """The sample, opened as a user opens a folder."""
    return hpkg.open(SAMPLE)


def test_the_public_names_are_what_the_package_exports() -> None:
    """`__all__` is exactly what can be taken from the package."""
    assert sorted(hpkg.__all__) == ["KnowledgeGraph", "open"]
    assert all(hasattr(hpkg, name) for name in hpkg.__all__)
    assert not hasattr(hpkg, "Nothing")


def test_importing_the_package_loads_no_engine() -> None:
    """The text half and `--help` never pay for the graph half."""
    code = "import hpkg, sys; print(sorted({'rdflib', 'pyoxigraph', 'rich', 'yaml'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 — Python itself
    assert told.stdout.strip() == "[]"


def test_pages_load_no_analysis() -> None:
    """The service starts without networkx, and `hpkg.export` still has every name that it exports."""
    code = "import hpkg.pages, sys; print('networkx' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 — Python itself
    assert told.stdout.strip() == "False"
    assert all(hasattr(export, name) for name in export.__all__)
    assert not hasattr(export, "Nothing")


def test_a_question_is_asked_by_name(graph: hpkg.KnowledgeGraph) -> None:
    """Rows come typed, and the answer says which graph gave them."""
    answer = graph.ask("measurements-of-indicator", indicator="exports", year=2020, lang="vi")
    assert [record["stated"] for record in answer.to_records()] == ["18,95 tỷ USD", "tăng 18,46%"]
    assert answer.dataset == graph.version
    assert dict(answer.parameters)["year"].endswith("period/2020")


def test_a_query_of_ones_own_gives_rows_truth_or_a_graph(graph: hpkg.KnowledgeGraph) -> None:
    """SELECT, ASK and CONSTRUCT give each what they are."""
    rows = graph.sparql("SELECT ?p { ?p a hp:Pillar } ORDER BY ?p", max_rows=2)
    assert isinstance(rows, Answer)
    assert (rows.count, rows.complete) == (2, False)
    assert graph.sparql("ASK { ?task a hp:Task }") is True
    made = graph.sparql("CONSTRUCT { ?task a hp:Task } { ?task a hp:Task }")
    assert isinstance(made, Graph)
    assert len(made) == len(set(made.subjects())) > 5


def test_questions_can_be_looked_for(graph: hpkg.KnowledgeGraph) -> None:
    """By a word, with or without tones."""
    assert {question.name for question in graph.questions("huyen")} >= {"district-outlook", "districts-without-project"}
    assert len(graph.questions()) > len(graph.questions("huyện"))


def test_a_thing_is_shown_by_name(graph: hpkg.KnowledgeGraph) -> None:
    """One name is enough."""
    assert [kind.text for kind in graph.show("cầu quang thanh", lang="en").kinds] == ["project"]


def test_an_update_is_refused(graph: hpkg.KnowledgeGraph) -> None:
    """The graph is read only."""
    with pytest.raises(CallerError):
        graph.sparql("CLEAR ALL")


def test_a_folder_that_is_no_home_is_refused(tmp_path: Path) -> None:
    """A wrong folder is told, not answered with nothing."""
    with pytest.raises(CallerError) as refused:
        hpkg.open(tmp_path)
    assert refused.value.code == "home-without-ontology"


def test_the_home_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """`HPKG_HOME` names the folder when none is given."""
    monkeypatch.setenv("HPKG_HOME", str(SAMPLE))
    assert hpkg.open().home.root == SAMPLE
