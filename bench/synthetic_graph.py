"""A large graph of the shape of the shipped one: its report said again of every province and of ten years.

Each copy has IRIs of its own, so that areas, districts, projects, plans and years differ; vocabularies, reference data
and the ontology stand once. The figures in it are copies and mean nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from hpkg.namespaces import BASE
from hpkg.store.files import graph_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.home import Home

__all__ = ["YEARS", "contents", "copies_for"]

YEARS: Final = range(2015, 2025)
_AREAS: Final = 63
"""Made-up areas, as many as there were provinces."""
_YEAR: Final = re.compile(r"(?<=[/-])(20[12]\d)(?=[-/>])")
_INTEGER: Final = re.compile(r'"(20[12]\d)"\^\^<http://www.w3.org/2001/XMLSchema#integer>')


def contents(home: Home, copies: int) -> Iterator[tuple[str, bytes]]:
    """Yield named graphs as N-Triples: those of `home`, and its first report `copies` times in all."""
    triples: dict[str, str] = {}
    for file in graph_files(home):
        triples[file.graph] = _n_triples(file.path.read_bytes())
    report = next(iri for iri in triples if re.search(r"graph/\d\d-", iri))
    area, _, first = report.removeprefix(f"{BASE}graph/").partition("/")
    followed = [report, f"{BASE}graph/derived", f"{BASE}graph/entailed"]
    places = _districts(triples, area.partition("-")[0])
    for graph, text in triples.items():
        yield graph, text.encode()
    for number in range(min(copies, _AREAS * len(YEARS) + 1) - 1):
        place, at = divmod(number, len(YEARS))
        year = YEARS[at]
        other = f"9{place + 1:02}-tinh-{place + 1}"
        if at == 0:
            yield f"{BASE}graph/reference/districts/{other}", _moved(places, area, other).encode()
        for graph in (name for name in followed if name in triples):
            of = graph.replace(area, other).replace(first, f"{year}{first[4:]}")
            name = of if graph == report else f"{graph}/{other}/{year}"
            yield name, _copy(triples[graph], area, other, year - int(first[:4])).encode()


def copies_for(home: Home, triples: int) -> int:
    """Return how many copies of the first report of `home` make about that many triples."""
    sizes = {file.graph: _n_triples(file.path.read_bytes()).count("\n") for file in graph_files(home)}
    each = sum(size for graph, size in sizes.items() if re.search(r"graph/(\d\d-|derived|entailed)", graph))
    return max(1, (triples - sum(sizes.values()) + each) // each)


def _n_triples(turtle: bytes) -> str:
    written = ox.serialize(ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=BASE), format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    return written.decode()


def _districts(triples: dict[str, str], code: str) -> str:
    mark = f"<{BASE}id/place/{code}-"
    lines = [
        line for graph, text in triples.items() if "/reference/" in graph for line in text.splitlines(keepends=True)
    ]
    own = f"<{BASE}id/place/{code}> "
    return "".join(line for line in lines if line.startswith((mark, own)))


def _copy(text: str, area: str, other: str, shift: int) -> str:
    """Return the triples of a report as those of another area and year."""

    def year(match: re.Match[str]) -> str:
        return str(int(match[1]) + shift)

    def integer(match: re.Match[str]) -> str:
        return match[0].replace(match[1], str(int(match[1]) + shift))

    lines = []
    for line in _moved(text, area, other).splitlines(keepends=True):
        subject = line.partition(" ")[0]
        line = _YEAR.sub(year, line) if f"{BASE}id/document/" not in line else line  # noqa: PLW2901
        lines.append(_INTEGER.sub(integer, line) if "/id/period/" in subject else line)
    return "".join(lines)


def _moved(text: str, area: str, other: str) -> str:
    code, new = area.partition("-")[0], other.partition("-")[0]
    text = text.replace(f"/{area}/", f"/{other}/")
    return re.sub(rf"(?<=/id/place/){code}(?=[->])", new, text)
