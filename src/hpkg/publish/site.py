"""All files of a site.

Pages in both languages with their data beside them, questions with their answers, files of the whole graph, what tells
search engines and web hosts of it. Not for: how a file gets into place (`folder`).
"""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from hpkg.catalog import (
    bundle,
    catalogue,
    dataset_description,
    make_release,
    robots,
    sitemap,
    void_description,
)
from hpkg.errors import StoreError
from hpkg.home import asset
from hpkg.messages import LANGUAGES, Language
from hpkg.namespaces import BASE
from hpkg.pages import (
    DATA_FORMS,
    FolderLinks,
    Pages,
    Searched,
    document,
    graph_data,
    resource_data,
    serialised,
    text_data,
)
from hpkg.pages.index import PAGE_SIZE, kinds, report_iris, things
from hpkg.publish.answers import Sheet, answer_files
from hpkg.publish.feed import feed
from hpkg.publish.folder import Folder, Tally, replacing
from hpkg.publish.hosting import host_rules
from hpkg.publish.release import dated, numbered
from hpkg.publish.seek import seek_index
from hpkg.questions.catalogue import all_questions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from rdflib import Graph

    from hpkg.catalog import History, Release
    from hpkg.home import Home
    from hpkg.questions.description import Description
    from hpkg.store import Store

__all__ = ["publish"]

_SIBLINGS: Final = ("ttl", "jsonld")
"""The forms of data that stand beside each page; the others are those of the dumps."""
_PROGRAM: Final = ("sparql.js", "oxigraph.wasm", "LICENSES.txt")
"""What the query page runs, built by `tools/web.py` from the package oxigraph."""


def publish(
    home: Home, store: Store, target: Path, base: str = BASE, progress: Callable[[int, int], None] | None = None
) -> Tally:
    """Write the site of `store` into the folder `target`, which will stand at the address `base`.

    `progress` is told how many things are done, and how many there are.

    Raises:
        StoreError: The folder holds something other than a site, or the machine refuses.
    """
    with replacing(target) as folder:
        _Site(home, store, folder, base).write(progress or _silent)
    return folder.tally


def _silent(_done: int, _all: int) -> None:
    pass


class _Site:
    """One site on its way into a folder."""

    def __init__(self, home: Home, store: Store, folder: Folder, base: str) -> None:
        self.home = home
        self.store = store
        self.folder = folder
        self.base = base if base.endswith("/") else f"{base}/"
        self.pages = Pages(store, all_questions(home), home.ontology / "shapes.ttl")
        self.context = home.ontology / "context.jsonld"
        self.modified = dated(home)
        self.made: list[str] = []
        self.things = things(store)
        self.known = self._known()

    def write(self, progress: Callable[[int, int], None]) -> None:
        """Write everything."""
        for done, iri in enumerate(self.things):
            progress(done, len(self.things))
            self._thing(iri)
        progress(len(self.things), len(self.things))
        self._indexes()
        self._graphs()
        self._questions()
        self._assets()
        self._dataset()

    def _known(self) -> frozenset[str]:
        """Return the paths of the pages that IRIs lead to."""
        reports = (f"{report}/text" for report in report_iris(self.store))
        questions = (question.iri for question in self.pages.questions)
        named = (*self.things, *self.store.graphs, *reports, *questions, f"{BASE}def")
        return frozenset(target.path for target in map(document, named) if target)

    def _links(self, language: Language, here: str, number: int = 1) -> FolderLinks:
        return FolderLinks(language, here=here, number=number, known=self.known)

    def _page(self, here: str, make: Callable[[FolderLinks], str | None], number: int = 1) -> None:
        """Write a page in each language."""
        if number == 1:
            self.made.append(here)
        for language in LANGUAGES:
            links = self._links(language, here, number)
            html = make(links)
            assert html is not None, here
            self.folder.put(links.name(here, language, number), html.encode())

    def _data(self, iri: str, graph: Graph) -> None:
        target = document(iri)
        assert target is not None
        stem = f"data/{target.path.removeprefix('doc/')}" if target.path.startswith("doc/") else target.path
        for form in _SIBLINGS:
            self.folder.put(f"{stem}.{form}", serialised(graph, form, self.context))

    def _thing(self, iri: str) -> None:
        """Write the pages of a thing, as many as its incoming links need, and its data."""
        here = f"doc/{iri.removeprefix(f'{BASE}id/')}"
        described = (self.pages.described(iri, language) for language in LANGUAGES)
        for number, descriptions in enumerate(zip(*described, strict=True), 1):
            said = dict(zip(LANGUAGES, descriptions, strict=True))
            self._page(here, partial(self._told, said), number)
            if number == 1:
                self._data(iri, resource_data(self.store, said["vi"]))

    def _told(self, said: Mapping[Language, Description], links: FolderLinks) -> str:
        return self.pages.resource(said[links.language], links)

    def _asked(self, sheet: Sheet, links: FolderLinks) -> str:
        return self.pages.question(sheet.asked(links), links)

    def _indexes(self) -> None:
        """Write the first page, the lists of kinds and what is in them, the ontology, the search, the texts."""
        self._page("", self.pages.home)
        self._page("kinds", self.pages.kinds)
        for kind in kinds(self.store, self.pages.labels("vi")):
            self._numbered(f"kinds/{kind.name}", -(-kind.count // PAGE_SIZE), partial(self.pages.kind, kind.name))
        self._page("def", self.pages.ontology)
        self._data(f"{BASE}def", graph_data(self.store, f"{BASE}def"))
        empty = Searched("", "", (), None, "")
        self._page("search", partial(self.pages.search, empty))
        for language in LANGUAGES:
            self.folder.put(f"search.{language}.json", seek_index(self.store, language))
        for report in report_iris(self.store):
            here = f"doc/{report.removeprefix(f'{BASE}id/')}/text"
            self._page(here, partial(self.pages.text, report))
            self._data(f"{report}/text", text_data(self.store, report))

    def _numbered(self, here: str, pages: int, make: Callable[[FolderLinks], str | None]) -> None:
        for number in range(1, max(1, pages) + 1):
            self._page(here, make, number)

    def _graphs(self) -> None:
        self._page("graph", self.pages.graphs)
        for name in self.store.graphs:
            if name == f"{BASE}def":
                continue
            self._page(name.removeprefix(BASE), partial(self.pages.graph, name))
            self._data(name, graph_data(self.store, name))

    def _questions(self) -> None:
        """Write each question with its answers: as it comes, and for each value of each parameter."""
        self._page("query", self.pages.question_list)
        for question in self.pages.questions:
            self.folder.put(f"query/{question.name}.rq", question.path.read_bytes())
            for made in answer_files(self.store, question):
                sheet = made.kept(self.folder.before)
                for language in LANGUAGES:
                    for name, content in sheet.files(language).items():
                        self.folder.put(name, content)
                self._page(sheet.path, partial(self._asked, sheet))

    def _dataset(self) -> None:
        """Write the files of the whole graph, its descriptions, feeds, and what hosts and search engines read."""
        release, told_of = numbered(make_release(self.store, self.modified), self.folder.target / "dumps")
        for name, content in bundle(self.home, self.store, release, told_of, self.base).items():
            self.folder.put(f"dumps/{name}", content)
        told = {"catalog": catalogue(self.store, release, self.base)}
        names = [dump.name for dump in release.dumps]
        told[".well-known/void"] = void_description(self.store, self.base, names)
        for path, graph in told.items():
            for form in DATA_FORMS:
                self.folder.put(f"{path}.{form}", serialised(graph, form, self.context))
        self.folder.put(".well-known/void", serialised(told[".well-known/void"], "ttl", self.context))
        self._page("catalog", lambda links: self._catalogue(release, told_of, links))
        self.folder.put("changes.json", told_of.to_json())
        for language in LANGUAGES:
            self.folder.put(f"changes.{language}.atom", feed(told_of, language, self.base))
        pages = [
            {language: self.base + self._links(language, "").page(path) for language in LANGUAGES} for path in self.made
        ]
        for name, content in sitemap(pages, self.base, release.modified.date().isoformat()).items():
            self.folder.put(name, content)
        self.folder.put("robots.txt", robots(self.base))
        for name, content in host_rules(self.base).items():
            self.folder.put(name, content)
        self._page("404", lambda links: self.pages.message(links, "not-found"))

    def _catalogue(self, release: Release, told: History, links: FolderLinks) -> str:
        linked = dataset_description(self.store, release, links.language, self.base)
        return self.pages.catalogue(release, linked, links, told)

    def _assets(self) -> None:
        """Write what pages are made with; the program of the query page is there when it was built."""
        program = _program()
        for name, content in program.items():
            self.folder.put(f"assets/{name}", content)
        self._page("sparql", lambda links: self.pages.sparql(links, built=bool(program)))
        for file in sorted(files("hpkg.pages").joinpath("assets").iterdir(), key=lambda one: one.name):
            self.folder.put(f"assets/{file.name}", file.read_bytes())


def _program() -> dict[str, bytes]:
    """Return the files of the query page's program; none when it was not built."""
    try:
        return {name: asset(name) for name in _PROGRAM}
    except StoreError:
        return {}
