"""The service as files: everything in place, every link alive, and the old site standing until the new one is whole."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from hpkg.errors import StoreError
from hpkg.home import Home
from hpkg.messages import LANGUAGES
from hpkg.namespaces import BASE
from hpkg.pages import FolderLinks
from hpkg.publish import check_site, publish
from hpkg.publish.answers import Sheet
from hpkg.questions.catalogue import named
from hpkg.questions.parameter import Choice
from hpkg.store import open_store

from .conftest import ADDRESS

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.publish import Tally
    from hpkg.store import Store

REPORT = "31-hai-phong/2020-402-bc-ubnd"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_thing_has_its_pages_and_data(site: tuple[Path, Tally], store: Store) -> None:
    """A page in each language, Turtle and JSON-LD that say the same of it."""
    folder, _ = site
    iri = f"{BASE}id/task/{REPORT}/v.3.23"
    stem = f"task/{REPORT}/v.3.23"
    assert store.ask("ASK { VALUES ?thing { UNDEF } ?thing ?p ?o }", {"thing": URIRef(iri)})
    for ending in ("html", "en.html"):
        assert "V.3.23" in (folder / f"doc/{stem}.{ending}").read_text("utf-8")
    said = [
        {
            (str(quad.subject), str(quad.predicate), str(quad.object))
            for quad in ox.parse(path=folder / f"data/{stem}.{form}")
        }
        for form in ("ttl", "jsonld")
    ]
    assert said[0] == said[1]
    assert any(iri in one for one, _, _ in said[0])


def test_no_link_is_dead(site: tuple[Path, Tally]) -> None:
    """Each leads to a file that is there, and to a place that is in it."""
    count, faults = check_site(site[0])
    assert count > 1000
    assert faults == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    """A file that is missing and a place that is missing are told apart; other sites are left alone."""
    (tmp_path / "a.html").write_text(
        '<a href="b.html#x">x</a><a href="c.html">c</a><a href="https://example.org/">e</a>'
    )
    (tmp_path / "b.html").write_text('<p id="y">y</p><a href="#y">y</a>')
    count, faults = check_site(tmp_path)
    assert count == 4
    assert [(fault.link, fault.why) for fault in faults] == [("b.html#x", "no place"), ("c.html", "no file")]


def test_questions_are_answered_beforehand(site: tuple[Path, Tally]) -> None:
    """As they come and for each value that has rows, with the answer as files; what needs any text is not."""
    folder, _ = site
    everything = list(csv.DictReader(io.StringIO((folder / "query/tasks-by-pillar.vi.csv").read_text("utf-8"))))
    narrowed = json.loads((folder / "query/tasks-by-pillar/pillar/port-logistics.en.json").read_text("utf-8"))
    assert 0 < narrowed["count"] < len(everything)
    page = (folder / "query/tasks-by-pillar/pillar/port-logistics.en.html").read_text("utf-8")
    assert "port-logistics.en.xlsx" in page
    assert 'aria-current="page"' in page
    assert (folder / "query/sentence-facts.html").is_file()
    assert not (folder / "query/sentence-facts.vi.csv").exists()
    waiting = (folder / "query/sentence-facts.html").read_text("utf-8")
    assert re.search(r'<details class="values" id="\w+" open>', waiting)  # nothing else is on it yet
    assert not re.search(
        r'<details class="values" id="\w+" open>', (folder / "query/tasks-by-pillar.html").read_text("utf-8")
    )
    assert '<form class="ask"' not in page


def test_the_search_has_every_name(site: tuple[Path, Tally]) -> None:
    """In both languages, each with a page that is there."""
    for language in LANGUAGES:
        told = json.loads((site[0] / f"search.{language}.json").read_text("utf-8"))
        labels = {row[2] for row in told["things"]}
        assert ("Cảng biển-logistics" if language == "vi" else "Seaports and logistics") in labels
        ending = "" if language == "vi" else ".en"
        assert all((site[0] / f"{row[1].partition('#')[0]}{ending}.html").is_file() for row in told["things"])


def test_hosts_are_told_what_an_iri_means(site: tuple[Path, Tally]) -> None:
    """Rules for Apache, nginx and two hosts of files; a policy without anything inline."""
    rules = {
        name: (site[0] / name).read_text("utf-8") for name in (".htaccess", "nginx.conf", "_headers", "_redirects")
    }
    assert "RewriteRule ^id/(.+)$ /data/$1.ttl [R=303,L]" in rules[".htaccess"]
    assert "/id/* /doc/:splat.html 303" in rules["_redirects"]
    for name in (".htaccess", "nginx.conf", "_headers"):
        assert "default-src 'none'" in rules[name]
        assert "unsafe-inline" not in rules[name]
    for page in site[0].rglob("*.html"):
        assert " style=" not in page.read_text("utf-8")


def test_the_dataset_is_described(site: tuple[Path, Tally]) -> None:
    """Files with checksums that are right, catalogue, VoID, sitemap with the address it will stand at."""
    folder, _ = site
    assert ADDRESS in (folder / "sitemap.xml").read_text("utf-8")
    assert len(Graph().parse(folder / "catalog.ttl")) > 0
    assert len(Graph().parse(folder / ".well-known/void.ttl")) > 0
    for line in (folder / "dumps/SHA256SUMS").read_text("utf-8").splitlines():
        told, _, name = line.partition("  ")
        assert hashlib.sha256((folder / "dumps" / name).read_bytes()).hexdigest() == told


@pytest.fixture
def copied(site: tuple[Path, Tally], tmp_path: Path) -> Path:
    """The site as it was published, in a place of its own."""
    target = tmp_path / "site"
    shutil.copytree(site[0], target)
    return target


def test_what_is_the_same_is_not_written_again(home: Home, copied: Path) -> None:
    """A second run, in another process, writes nothing, keeps the times of files, and tells the feed of no change."""
    times = {path: path.stat().st_mtime_ns for path in copied.rglob("*") if path.is_file()}
    environment = os.environ | {"HPKG_HOME": str(home.root), "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "hpkg", "publish", str(copied), "--base", ADDRESS]
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 — ours
    assert {path: path.stat().st_mtime_ns for path in copied.rglob("*") if path.is_file()} == times


def test_a_change_is_told(home: Home, copied: Path, tmp_path: Path) -> None:
    """The feed has the release that changed before the first one, with how many things did."""
    root = tmp_path / "home"
    shutil.copytree(home.root, root)
    vocabulary = root / "ontology/vocab/pillar.ttl"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace('"tourism-trade"', '"tourism"'), "utf-8")
    tally = publish(Home(root), open_store(Home(root)), copied, ADDRESS)
    assert 0 < tally.written < tally.files
    feed = ET.parse(copied / "changes.en.atom")  # noqa: S314 — our own file
    titles = [str(entry.findtext(f"{ATOM}title")) for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["Things added: 0, changed: 1, gone: 0.", "First release"]


def test_a_change_writes_only_what_tells_of_it(home: Home, copied: Path, tmp_path: Path) -> None:
    """A definition that changed: its concept's pages and data, its graph, the dataset; no other thing, no answer."""
    root = tmp_path / "home"
    shutil.copytree(home.root, root)
    vocabulary = root / "ontology/vocab/section-role.ttl"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace('số liệu đã đạt."@vi', 'số liệu."@vi', 1), "utf-8")
    times = {path: path.stat().st_mtime_ns for path in copied.rglob("*") if path.is_file()}
    publish(Home(root), open_store(Home(root)), copied, ADDRESS)
    written = {
        path.relative_to(copied).as_posix()
        for path in copied.rglob("*")
        if path.is_file() and times.get(path) != path.stat().st_mtime_ns
    }
    of_the_dataset = {name for name in written if name.startswith(("dumps/", "catalog.", "changes."))}
    assert written - of_the_dataset == {
        "data/section-role/results.jsonld",
        "data/section-role/results.ttl",
        "doc/section-role.html",
        "doc/section-role/results.html",
        "graph/vocab/section-role.jsonld",
        "graph/vocab/section-role.ttl",
    }


def test_an_interrupted_run_leaves_the_old_site(home: Home, store: Store, copied: Path, tmp_path: Path) -> None:
    """What stood there stands there, and nothing beside it is left."""
    before = sorted(path.relative_to(copied) for path in copied.rglob("*"))

    def stop(done: int, _all: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(home, store, copied, ADDRESS, stop)
    assert sorted(path.relative_to(copied) for path in copied.rglob("*")) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_something_else_is_not_touched(home: Home, store: Store, tmp_path: Path) -> None:
    """It is told, and what is in it stays."""
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(StoreError) as caught:
        publish(home, store, tmp_path, ADDRESS)
    assert caught.value.code == "site-not-ours"
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_a_site_that_was_moved_half_is_put_back(site: tuple[Path, Tally], tmp_path: Path) -> None:
    """A run that was stopped between its two moves is mended by the next."""
    from hpkg.publish.folder import replacing  # noqa: PLC0415

    target = tmp_path / "site"
    shutil.copytree(site[0], tmp_path / ".site.old")
    with pytest.raises(RuntimeError), replacing(target):
        raise RuntimeError
    assert (target / "index.html").is_file()


def test_a_site_grows_with_its_values_and_not_with_their_square(home: Home) -> None:
    """The page of a question links to each of many values, the page of one of them to that page and to itself."""
    question = named(home, "sentence-facts")
    found = tuple(
        (Choice(URIRef(f"urn:v:{at}"), str(at), frozenset(), ()), f"query/sentence-facts/part/{at}")
        for at in range(100)
    )
    own = Sheet(question, "query/sentence-facts", {}, {}, {"part": found})
    one = Sheet(question, "query/sentence-facts/part/7", {"part": "7"}, {}, {"part": found})
    (_, values), *_ = own.asked(FolderLinks("vi", here=own.path)).pages
    assert len(values) == 100
    (_, values), *_ = one.asked(FolderLinks("vi", here=one.path)).pages
    assert [(address, current) for _, address, current in values] == [
        ("../../sentence-facts.html", False),
        ("7.html", True),
    ]
