"""Where each thing's page and data stand, for a service and for a folder of files.

Every IRI below the base has a document: `id/task/…` has `doc/task/…`, a term of `def` stands on the page `def`, graphs
and questions have pages of their own. Templates ask a `Links` for every address, so that one set serves all places.
Not for: what stands in a document.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, Self
from urllib.parse import quote, urlencode

from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.messages import Language

__all__ = ["DATA_FORMS", "FolderLinks", "Links", "ServedLinks", "Target", "document", "thing"]

DATA_FORMS: Final[Mapping[str, str]] = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
"""Media type of each form of data, by the ending of its file."""

_KEPT: Final = "/:@!$&'()*+,;=~-._%"
"""Characters of an IRI that stand in an address as they are; what is percent-encoded in the IRI stays so."""


class Target(NamedTuple):
    """A document below the base, and the place in it."""

    path: str
    fragment: str = ""


def document(iri: str) -> Target | None:
    """Return where the page of `iri` stands; None for what is not below the base.

    >>> document("https://w3id.org/hpkg/id/task/31-hai-phong/2020-402-bc-ubnd/v.4.9").path
    'doc/task/31-hai-phong/2020-402-bc-ubnd/v.4.9'
    >>> document("https://w3id.org/hpkg/def#Task")
    Target(path='def', fragment='Task')
    >>> document("http://www.w3.org/2004/02/skos/core#Concept") is None
    True
    """
    if not iri.startswith(BASE):
        return None
    path, _, fragment = iri.removeprefix(BASE).partition("#")
    if path.startswith("id/"):
        path = f"doc/{path.removeprefix('id/')}"
    elif path.startswith("def/"):
        path = "def"
    elif path == "query/parameter":  # what parameters of several questions share stands with the questions
        return Target("query")
    elif path.partition("/")[0] == "alignments":
        path = "graph/alignments"
    elif path not in {"", "def", "query"} and not path.startswith(("graph/", "query/")):
        return None
    return Target(path, fragment)


def thing(path: str) -> str:
    """Return the IRI that the document at `path` tells of.

    >>> thing("doc/place/31")
    'https://w3id.org/hpkg/id/place/31'
    """
    return BASE + (f"id/{path.removeprefix('doc/')}" if path.startswith("doc/") else path)


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that a page gives.

    Attributes:
        language: Language of the page.
        here: Path of its document.
        number: Which page of several.
        parameters: What else the address of the page says, kept when the language is switched.
    """

    language: Language
    here: str = ""
    number: int = 1
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the forms of data that each thing has here."""
        return tuple(DATA_FORMS)

    def page(self, path: str, *, fragment: str = "", number: int = 1) -> str:
        """Return the address of the page at `path`, in the language of this page."""
        raise NotImplementedError

    def file(self, path: str) -> str:
        """Return the address of a file that is the same in every language."""
        raise NotImplementedError

    def switched(self, language: Language) -> str:
        """Return the address of this page in `language`, as an answer to a reader who asks for that language."""
        raise NotImplementedError

    def asked(self, path: str, parameters: Mapping[str, str]) -> str:
        """Return the address of the page at `path` with parameters."""
        address = self.page(path)
        return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"

    def to(self, iri: str, *, number: int = 1) -> str:
        """Return the address of the page of `iri`, or `iri` itself when it is not ours."""
        target = document(iri)
        return iri if target is None else self.page(target.path, fragment=target.fragment, number=number)

    def data(self, iri: str, form: str) -> str:
        """Return the address of the data of `iri` in one of `DATA_FORMS`."""
        target = document(iri)
        path = target.path if target else ""
        stem = f"data/{path.removeprefix('doc/')}" if path.startswith("doc/") else path
        return self.file(f"{stem}.{form}")

    def asset(self, name: str) -> str:
        """Return the address of a file of the pages' own, such as `site.css`."""
        return self.file(f"assets/{name}")

    def at(self, here: str, number: int = 1, parameters: tuple[tuple[str, str], ...] = ()) -> Self:
        """Return the links of another page in the same language."""
        return replace(self, here=here, number=number, parameters=parameters)

    def canonical(self) -> str:
        """Return the lasting address of this page, below the base."""
        return BASE + quote(self.here, safe=_KEPT)


@dataclass(frozen=True, slots=True)
class ServedLinks(Links):
    """Addresses at a service: absolute paths, so that they open on any host.

    `explicit` tells that the language was asked for by `?lang=` and goes on from page to page; else the reader's
    browser asks for it. `root` is the path that the service stands under.

    >>> ServedLinks("vi").page("doc/place/31")
    '/doc/place/31'
    >>> ServedLinks("en", explicit=True).page("doc/place/31", number=2)
    '/doc/place/31?page=2&lang=en'
    """

    explicit: bool = False
    root: str = ""

    def page(self, path: str, *, fragment: str = "", number: int = 1) -> str:
        """Return the address of the page at `path`, in the language of this page."""
        return self._address(path, fragment, number, (("lang", self.language),) if self.explicit else ())

    def file(self, path: str) -> str:
        """Return the address of a file that is the same in every language."""
        return f"{self.root}/{quote(path, safe=_KEPT)}"

    def switched(self, language: Language) -> str:
        """Return the address of this page in `language`."""
        return self._address(self.here, "", self.number, (*self.parameters, ("lang", language)))

    def _address(self, path: str, fragment: str, number: int, parameters: tuple[tuple[str, str], ...]) -> str:
        asked = urlencode([*((("page", str(number)),) if number > 1 else ()), *parameters])
        return (
            f"{self.root}/{quote(path, safe=_KEPT)}"
            f"{f'?{asked}' if asked else ''}{f'#{quote(fragment, safe=_KEPT)}' if fragment else ''}"
        )


@dataclass(frozen=True, slots=True)
class FolderLinks(Links):
    """Addresses in a folder of files: relative, so that it opens on any host and from disk.

    A page is `<path>.html` in the language `first`, `<path>.<language>.html` in the other.

    >>> FolderLinks("vi", here="doc/place/31").page("doc/task/x")
    '../task/x.html'
    >>> FolderLinks("en", here="doc/place/31").page("", number=2)
    '../../index~2.en.html'
    """

    first: Language = "vi"
    known: frozenset[str] = frozenset()
    """Paths of the pages that the folder has; what has none is called by its IRI. Empty: all are there."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the forms of data that each thing has here: the others are those of the whole graph."""
        return "ttl", "jsonld"

    def to(self, iri: str, *, number: int = 1) -> str:
        """Return the address of the page of `iri`, or `iri` itself when the folder has none."""
        target = document(iri)
        if target is None or (self.known and target.path not in self.known):
            return iri
        return self.page(target.path, fragment=target.fragment, number=number)

    def page(self, path: str, *, fragment: str = "", number: int = 1) -> str:
        """Return the address of the page at `path`, in the language of this page."""
        return self._relative(self.name(path, self.language, number)) + (
            f"#{quote(fragment, safe=_KEPT)}" if fragment else ""
        )

    def file(self, path: str) -> str:
        """Return the address of a file that is the same in every language."""
        return self._relative(path)

    def switched(self, language: Language) -> str:
        """Return the address of this page in `language`."""
        return self._relative(self.name(self.here, language, self.number))

    def name(self, path: str, language: Language, number: int = 1) -> str:
        """Return the name of the file of a page, from the top of the folder."""
        ending = "" if language == self.first else f".{language}"
        return f"{path or 'index'}{f'~{number}' if number > 1 else ''}{ending}.html"

    def _relative(self, path: str) -> str:
        return _relative(path, posixpath.dirname(self.here) or ".")


@lru_cache(maxsize=10_000)  # most links of a page are those of the page before
def _relative(path: str, folder: str) -> str:
    return quote(posixpath.relpath(path, folder), safe=_KEPT)
