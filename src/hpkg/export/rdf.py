"""A view as RDF in every syntax: its links, and what the graph says of its nodes and of the passages they stand on.

The triples keep the named graph that states them, in the syntaxes that can say so (TriG, N-Quads). Not for: dumps of
everything, which `graph/` itself is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, Literal

from rdflib import Literal as Text
from rdflib.namespace import RDF
from rdflib.term import Node

from hpkg.export.views import view
from hpkg.export.xml_text import content, quoted, write_lines
from hpkg.jsonld import json_ld
from hpkg.lift.turtle import render_turtle
from hpkg.namespaces import HP, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from hpkg.export.network import Network
    from hpkg.store import Store

    Triple = tuple[Node, Node, Node]

__all__ = ["SYNTAXES", "Syntax", "collected", "write", "write_collected"]

Syntax = Literal["turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads"]
SYNTAXES: Final[tuple[Syntax, ...]] = ("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads")

_STANDS_ON: Final = frozenset({HP.evidence, HP.passage})
_QUADS: Final = "SELECT ?graph ?s ?p ?o { GRAPH ?graph { ?s ?p ?o } }"


def write(store: Store, network: Network, stream: BinaryIO, syntax: Syntax, context: Path | None = None) -> None:
    """Write `network`, a view of `store`, to `stream`.

    Args:
        store: Where it came from.
        network: The view.
        stream: Where to write.
        syntax: One of `SYNTAXES`.
        context: A JSON-LD context to write `jsonld` with.
    """
    write_collected(collected(store, network), stream, syntax, context)


def write_collected(
    graphs: Mapping[str, Collection[Triple]], stream: BinaryIO, syntax: Syntax, context: Path | None = None
) -> None:
    """Write triples, by the named graph that states them, as `write` does."""
    if syntax == "trig":
        stream.write(_trig(graphs).encode())
        return
    if syntax == "nquads":
        written = _Written()
        tails = {name: f" <{name}> .\n" if name else " .\n" for name in graphs}
        lines = [line for name, triples in graphs.items() for line in _n_lines(triples, written, tails[name])]
        write_lines(sorted(lines), stream)
        return
    merged = {triple for triples in graphs.values() for triple in triples}
    if syntax == "ntriples":
        write_lines(sorted(_n_lines(merged, _Written(), " .\n")), stream)
    elif syntax == "turtle":
        stream.write(render_turtle(merged).encode())
    elif syntax == "rdfxml":
        write_lines(_rdf_xml(merged), stream)
    else:
        stream.write(json_ld("".join(_n_lines(merged, _Written(), " .\n")).encode(), context))


def collected(store: Store, network: Network) -> dict[str, set[Triple]]:
    """Return the triples of the network by the named graph that states them; what only the view says, under ""."""
    links = {(link.source, link.property, link.target) for link in network.links}
    told: dict[str, set[Triple]] = defaultdict(set)
    passages: set[Node] = set()
    rows = [(row["graph"], row["s"], row["p"], row["o"]) for row in store.select(_QUADS)]
    for graph, s, p, o in rows:
        if str(s) in network.nodes and _belongs(s, p, o, links, network):
            told[str(graph)].add((s, p, o))
            if p in _STANDS_ON:
                passages.add(o)
    for graph, s, p, o in rows:
        if s in passages and (isinstance(o, Text) or p == RDF.type):
            told[str(graph)].add((s, p, o))
    known = {triple for triples in told.values() for triple in triples}
    for s, p, o in store.construct(view(network.source).query):
        if str(s) in network.nodes and (s, p, o) not in known and (isinstance(o, Text) or str(o) in network.nodes):
            told[""].add((s, p, o))
    return dict(sorted(told.items()))


def _belongs(s: Node, p: Node, o: Node, links: set[tuple[str, str, str]], network: Network) -> bool:
    """Tell whether a triple is said of a node itself, or is a link of the network."""
    if isinstance(o, Text) or p == RDF.type or p in _STANDS_ON:
        return True
    if (str(s), str(p).removeprefix(str(HP)), str(o)) in links:
        return True
    return not str(p).startswith(str(HP)) and str(o) not in network.nodes


class _Written(dict[Node, str]):
    """IRIs as N-Triples writes them, each made once."""

    def __missing__(self, iri: Node) -> str:
        found = self[iri] = iri.n3()
        return found

    def value(self, term: Node) -> str:
        """Return an IRI or a literal."""
        return _literal(term) if type(term) is Text else self[term]


def _n_lines(triples: Iterable[Triple], written: _Written, tail: str) -> Iterator[str]:
    value = written.value
    return (f"{written[s]} {written[p]} {value(o)}{tail}" for s, p, o in triples)


def _literal(text: Text) -> str:
    said = text.translate(_ESCAPES) if _ESCAPED.search(text) else text
    tail = f"@{text.language}" if text.language else f"^^<{text.datatype}>" if text.datatype else ""
    return f'"{said}"{tail}'


_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_ESCAPED: Final = re.compile(r'[\\"\n\r]')


def _rdf_xml(triples: Collection[Triple]) -> Iterator[str]:
    """Yield RDF/XML in the order of the triples; rdflib's own goes by the order of hashing."""
    names = {p: _name(p) for p in {p for _, p, _ in triples}}
    spaces = {p: str(p)[: -len(name)] for p, name in names.items()}
    known = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    prefixes = {space: known.get(space, f"n{number}") for number, space in enumerate(sorted({*spaces.values()}))}
    declared = "".join(f"\n   xmlns:{prefix}={quoted(space)}" for space, prefix in sorted(prefixes.items()))
    rdf = "" if str(RDF) in prefixes else f"\n   xmlns:rdf={quoted(str(RDF))}"
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{rdf}{declared}>\n'
    tags = {p: f"{prefixes[spaces[p]]}:{name}" for p, name in names.items()}
    # rdflib compares literals by value, which takes long.
    written = _Written()
    ordered = sorted(triples, key=lambda triple: (written[triple[0]], written[triple[1]], written.value(triple[2])))
    for subject, told in groupby(ordered, key=itemgetter(0)):
        yield f"  <rdf:Description rdf:about={quoted(str(subject))}>\n"
        for _, p, o in told:
            tag = tags[p]
            if not isinstance(o, Text):
                yield f"    <{tag} rdf:resource={quoted(str(o))}/>\n"
                continue
            kind = f" xml:lang={quoted(o.language)}" if o.language else ""
            kind = f" rdf:datatype={quoted(str(o.datatype))}" if o.datatype else kind
            yield f"    <{tag}{kind}>{content(str(o))}</{tag}>\n"
        yield "  </rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _name(term: Node) -> str:
    """Return the longest end of an IRI that can be the name of an XML element."""
    found = _LOCAL.search(str(term))
    return found[0] if found else "_"


_LOCAL: Final = re.compile(r"[A-Za-z_][\w.-]*$")


def _trig(graphs: Mapping[str, Collection[Triple]]) -> str:
    heads: set[str] = set()
    bodies: list[str] = []
    for name, triples in graphs.items():
        lines = render_turtle(triples).splitlines()
        heads |= {line for line in lines if line.startswith("@prefix ")}
        body = "\n".join(f"  {line}" if line else "" for line in lines if not line.startswith("@prefix ")).strip("\n")
        bodies.append(f"{f'<{name}> ' if name else ''}{{\n{body}\n}}\n")
    return "\n".join(["\n".join(sorted(heads)) + "\n", *bodies])
