"""Addresses of pages at a service and in a folder."""

from __future__ import annotations

import pytest

from hpkg.namespaces import BASE
from hpkg.pages import FolderLinks, ServedLinks, document, thing

R = "31-hai-phong/2020-402-bc-ubnd"


@pytest.mark.parametrize(
    ("iri", "path", "fragment"),
    [
        (f"id/task/{R}/v.4.9", f"doc/task/{R}/v.4.9", ""),
        (f"id/report/{R}/text#char=1332,1385", f"doc/report/{R}/text", "char=1332,1385"),
        ("def#Task", "def", "Task"),
        ("def", "def", ""),
        ("def/0.1.0", "def", ""),
        (f"graph/{R}", f"graph/{R}", ""),
        ("query/tasks-by-pillar", "query/tasks-by-pillar", ""),
        ("", "", ""),
    ],
)
def test_every_iri_has_a_document(iri: str, path: str, fragment: str) -> None:
    """What stands below the base has a page, and the page knows its thing."""
    assert document(BASE + iri) == (path, fragment)
    if "def/" not in iri:
        assert thing(path) == BASE + iri.partition("#")[0]


@pytest.mark.parametrize("iri", ["http://www.w3.org/2004/02/skos/core#Concept", "https://w3id.org/other/x", "urn:x"])
def test_what_is_not_ours_keeps_its_address(iri: str) -> None:
    """A link to another's thing leads to its own IRI."""
    assert document(iri) is None
    assert ServedLinks("vi").to(iri) == iri
    assert FolderLinks("vi", here="doc/x/y").to(iri) == iri


def test_a_service_gives_paths() -> None:
    """Paths open on any host; the language is told only when the reader chose it."""
    links = ServedLinks("en", here="doc/place/31", number=2, parameters=(("q", "cảng"),))
    assert links.to(f"{BASE}def#Task") == "/def#Task"
    assert links.to(f"{BASE}id/report/{R}/text#char=1,2") == f"/doc/report/{R}/text#char=1,2"
    assert links.switched("vi") == "/doc/place/31?page=2&q=c%E1%BA%A3ng&lang=vi"
    assert links.asked("sparql", {"query": "ASK {}"}) == "/sparql?query=ASK+%7B%7D"
    chosen = ServedLinks("en", explicit=True, root="/hpkg")
    assert chosen.page("kinds/Task", fragment="x", number=3) == "/hpkg/kinds/Task?page=3&lang=en#x"
    assert chosen.asked("search", {"q": "x"}) == "/hpkg/search?lang=en&q=x"
    assert chosen.data(f"{BASE}id/place/31", "ttl") == "/hpkg/data/place/31.ttl"


def test_a_folder_gives_relative_files() -> None:
    """Files open from any place in the folder, in the language of the page they are linked from."""
    links = FolderLinks("en", here=f"doc/task/{R}/v.4.9")
    assert links.to(f"{BASE}id/place/31") == "../../../place/31.en.html"
    assert links.switched("vi") == "v.4.9.html"
    assert links.data(f"{BASE}id/place/31", "jsonld") == "../../../../data/place/31.jsonld"
    assert links.asset("site.css") == "../../../../assets/site.css"
    assert links.at("").page("", number=2) == "index~2.en.html"
    assert links.canonical() == f"{BASE}doc/task/{R}/v.4.9"


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("doc/place/Hải Phòng", "/doc/place/H%E1%BA%A3i%20Ph%C3%B2ng"),
        ("doc/x/a%20b", "/doc/x/a%20b"),
        ('doc/x/"><script>', "/doc/x/%22%3E%3Cscript%3E"),
        ("doc/x/a?b#c", "/doc/x/a%3Fb%23c"),
    ],
)
def test_a_path_is_encoded_once(path: str, address: str) -> None:
    """Vietnamese letters and signs are encoded; what is encoded in the IRI stays as it is."""
    assert ServedLinks("vi").page(path) == address
