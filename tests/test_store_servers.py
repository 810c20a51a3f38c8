"""The graph in servers of other makes: loaded by `hpkg load`, and every question has the same rows there."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.servers import OXIGRAPH, VIRTUOSO, Server, oxigraph, virtuoso

from hpkg.cli import run
from hpkg.home import Home
from hpkg.namespaces import BASE
from hpkg.questions import Question, all_questions, ask
from hpkg.store import Store, open_endpoint, open_store
from hpkg.store.files import graph_files
from hpkg.store.remote import RemoteStore

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
HOME = Home(ROOT)
QUESTIONS = all_questions(HOME)


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the shipped graph, as `hpkg load` has put it there."""
    if request.param == "oxigraph" and OXIGRAPH is None:
        pytest.skip("Oxigraph's server is missing (pip install oxigraph)")
    if request.param == "virtuoso" and VIRTUOSO is None:
        pytest.skip("Virtuoso is missing (virtuoso-opensource-7-bin)")
    running = oxigraph() if request.param == "oxigraph" else virtuoso(tmp_path_factory.mktemp("virtuoso"))
    with running as found:
        assert run(["--home", str(ROOT), "load", "--endpoint", found.endpoint, *who(found)]) == 0
        yield found


@pytest.fixture(scope="module")
def there(server: Server) -> Store:
    """The store behind the server, with more patience than a person has: Virtuoso plans long on a busy machine."""
    return RemoteStore(server.endpoint, timeout_seconds=300)


@pytest.fixture(scope="module")
def here() -> Store:
    """The embedded store."""
    return open_store(HOME)


def who(server: Server) -> list[str]:
    """Return the options that say who writes."""
    return ["--user", server.user, "--password", server.password] if server.user else []


@pytest.mark.parametrize("server", ["oxigraph"], indirect=True)
@pytest.mark.parametrize("question", QUESTIONS, ids=attrgetter("name"))
def test_oxigraph_has_the_rows(question: Question, here: Store, there: Store) -> None:
    """Every question has the rows of the embedded engine, in their order."""
    assert_same_rows(question, here, there)


# The parameters are given one by one: together they would make a server for each question.
@pytest.mark.parametrize("server", ["virtuoso"], indirect=True)
@pytest.mark.parametrize("question", QUESTIONS, ids=attrgetter("name"))
def test_virtuoso_has_the_rows(question: Question, here: Store, there: Store) -> None:
    """Every question has the rows of the embedded engine, in their order."""
    assert_same_rows(question, here, there)


def assert_same_rows(question: Question, here: Store, there: Store) -> None:
    """Ask both stores with the parameters of the golden answer."""
    given = dict(question.golden.parameters)
    expected = ask(here, question, given, language="vi")
    assert ask(there, question, given, language="vi").rows == expected.rows


def test_every_graph_is_there(there: Store) -> None:
    """The named graphs of the home are those of the server, under their names."""
    assert {file.graph for file in graph_files(HOME)} <= set(there.graphs)


def test_a_graph_is_replaced_as_a_whole_and_others_are_told(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Loading a second home replaces what both have, keeps the rest and names it; `--prune` removes it."""
    name = f"{BASE}graph/of-the-tests"
    (tmp_path / "ontology").mkdir()
    (tmp_path / "graph").mkdir()
    file = tmp_path / "graph" / "of-the-tests.ttl"
    load = ["--home", str(tmp_path), "--lang", "en", "load", "--endpoint", server.endpoint, *who(server)]
    pairs = f"SELECT ?s ?o {{ GRAPH <{name}> {{ ?s <urn:of-the-tests> ?o }} }} ORDER BY ?s"
    for content in (
        '<urn:a> <urn:of-the-tests> 1 . <urn:b> <urn:of-the-tests> "đ"@vi .',
        "<urn:a> <urn:of-the-tests> 2 .",
    ):
        file.write_text(content, "utf-8")
        capsys.readouterr()
        assert run(load) == 0
        said = capsys.readouterr().err
        assert f"triples {content.count('of-the-tests')}" in said
        assert f"{BASE}def" in said
        assert len(open_endpoint(server.endpoint).select(pairs)) == content.count("of-the-tests")
    file.unlink()
    assert run(["--home", str(ROOT), "load", "--endpoint", server.endpoint, *who(server), "--prune"]) == 0
    assert name in capsys.readouterr().err
    assert name not in open_endpoint(server.endpoint).graphs


def test_what_cannot_be_loaded_is_told(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no Turtle stops the load before anything is sent; a wrong address or password is told."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "a.ttl").write_text("<urn:a> <urn:of-the-tests> 1 .", "utf-8")
    load = ["--home", str(tmp_path), "--lang", "en", "load", "--endpoint", server.endpoint]
    if not server.user:  # Virtuoso never answers a PUT to an address that it does not know
        assert run([*load, "--graph-store", f"{server.endpoint}/nowhere"]) == 5
        assert "it is no graph store" in capsys.readouterr().err
    else:
        assert run([*load, "--user", server.user, "--password", "wrong"]) == 5
        assert "may not write there (401" in capsys.readouterr().err
    (tmp_path / "graph" / "b.ttl").write_text("<urn:a> <urn:b>", "utf-8")
    assert run([*load, *who(server)]) == 5
    assert "graph/b.ttl" in capsys.readouterr().err
    assert f"{BASE}graph/a" not in open_endpoint(server.endpoint).graphs
