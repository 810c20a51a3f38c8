"""The search index of a graph with its questions, built once for each content and kept.

Not for: searching in it (`hpkg.search`).
"""

from __future__ import annotations

import hashlib
import re
from functools import partial
from typing import TYPE_CHECKING, Final

from hpkg.home import cache_folder
from hpkg.questions import all_questions
from hpkg.search import Field, Index, Name, Thing, kept, things
from hpkg.store import open_store
from hpkg.store.files import graph_files, version_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hpkg.home import Home
    from hpkg.questions import Question
    from hpkg.store import Store

__all__ = ["open_index", "questions_version", "search_index"]

_OPEN: Final[dict[str, Index]] = {}
_MOST_OPEN: Final = 4
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def open_index(home: Home) -> Index:
    """Return the index over `home`; its graph is loaded only when no index of this content was kept.

    Raises:
        OntologyError: A file of the ontology or a question module cannot be read.
        StoreError: A file of the graph cannot be read.
    """
    version = version_of([(file.graph, file.path.read_bytes()) for file in graph_files(home)])
    return _index(home, version, lambda: open_store(home))


def search_index(home: Home, store: Store) -> Index:
    """Return the index over `store` and the questions of `home`.

    Raises:
        OntologyError: A question module cannot be read.
        StoreError: The store did not answer.
    """
    return _index(home, store.version, lambda: store)


def _index(home: Home, version: str, store: Callable[[], Store]) -> Index:
    # What is no hash of a content says nothing of it outside this process, and no version nothing at all.
    folder = cache_folder() if _HASH.fullmatch(version) else None
    build = partial(_built, home, store, version)
    content = f"{version[:32]}-{questions_version(home)[:16]}"
    if not version:
        return kept(None, content, build)
    if content not in _OPEN:
        while len(_OPEN) >= _MOST_OPEN:
            _OPEN.pop(next(iter(_OPEN)), None)
        _OPEN[content] = kept(folder, content, build)
    return _OPEN[content]


def _built(home: Home, store: Callable[[], Store], version: str) -> Index:
    found = {thing.iri: thing for thing in things(store())}
    for question in all_questions(home):
        found[question.iri] = _thing(question)
    return Index.build(found.values(), version)


def _thing(question: Question) -> Thing:
    return Thing(question.iri, "question", tuple(_names(question)))


def _names(question: Question) -> Iterator[Name]:
    yield Name(Field.LABEL, question.title.vi, "vi")
    yield Name(Field.LABEL, question.title.en, "en")
    yield Name(Field.ALIAS, question.question.vi, "vi")
    yield Name(Field.ALIAS, question.question.en, "en")
    yield Name(Field.ALIAS, question.name)
    for keyword in question.keywords:
        yield Name(Field.ALIAS, keyword)


def questions_version(home: Home) -> str:
    """Return a hash of all question modules of `home`."""
    modules = sorted(home.queries.glob("*/*.rq"))
    return version_of([(path.stem, hashlib.sha256(path.read_bytes()).digest()) for path in modules])
