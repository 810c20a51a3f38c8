"""Turtle whose bytes depend on the graph alone: sorted, without blank nodes, written aside and then put in place.

It is laid out as rdflib's own writer lays it out, at a fifth of the time or less: there are no blank nodes to nest, and
the name of each IRI is looked up once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD, split_uri

from hpkg.errors import OntologyError
from hpkg.files import replace_file
from hpkg.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path
    from typing import Any

    from rdflib.term import Node

__all__ = ["render_turtle", "write_turtle"]

_FIRST: Final[Mapping[Node, int]] = {RDF.type: 0, RDFS.label: 1}
_LOOSE_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def render_turtle(graph: Iterable[tuple[Node, Node, Node]], header: str = "") -> str:
    """Return `graph` as Turtle, the same for equal graphs, after comment lines that say `header`.

    Raises:
        OntologyError: The graph holds a blank node, which has no stable name.
    """
    triples = list(graph)
    loose = [triple for triple in triples if any(isinstance(term, BNode) for term in triple)]
    if loose:
        raise OntologyError("blank-node", where=str(min(loose)[0]))
    names = _Names({p for _, p, _ in triples})
    told: dict[Node, dict[Node, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for s, p, o in triples:
        told[s][p].append(o)
    blocks = [_block(subject, told[subject], names) for subject in _ordered(told, triples)]
    comment = "".join(f"# {line}\n" for line in header.splitlines())
    return f"{comment}{names.declared()}\n" + "\n".join(blocks)


def write_turtle(graph: Iterable[tuple[Node, Node, Node]], path: Path, header: str = "") -> bool:
    """Write `graph` to `path` as Turtle and tell whether the file changed; it is never seen half written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return replace_file(path, render_turtle(graph, header).encode())


class _Names:
    """The prefixed names of IRIs, and the prefixes that they need."""

    def __init__(self, properties: Collection[Node]) -> None:
        """Know the usual prefixes, and number the namespaces of `properties` that have none of those."""
        self._prefixes = {namespace: prefix for prefix, namespace in PREFIXES.items()}
        self._used: dict[str, str] = {}
        self._known: dict[Node, str] = {}
        for namespace in sorted({_split(str(one))[0] for one in properties} - self._prefixes.keys() - {""}):
            self._prefixes[namespace] = f"ns{len(self._prefixes) - len(PREFIXES) + 1}"

    def of(self, iri: Node) -> str:
        """Return the prefixed name of `iri`, or the whole of it between angle brackets."""
        found = self._known.get(iri)
        if found is None:
            found = self._known[iri] = self._name(str(iri)) or iri.n3()
        return found

    def of_literal(self, literal: Literal) -> str:
        """Return `literal`: a number or a truth value as it is, everything else between quotation marks."""
        kind = literal.datatype
        if kind is None:
            return literal.n3()
        name = self.of(kind)
        if literal.value is not None:
            if kind in {XSD.integer, XSD.boolean}:
                return str(literal)
            if kind == XSD.decimal and literal.value.is_finite():
                return str(literal) if "." in literal else f"{literal}.0"
        return literal.n3().removesuffix(f"<{kind}>") + name

    def declared(self) -> str:
        """Return the lines that declare the prefixes in use."""
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(self._used.items()))

    def _name(self, iri: str) -> str | None:
        namespace, local = _split(iri)
        prefix = self._prefixes.get(namespace)
        if prefix is None or local.endswith("."):
            return None
        self._used[prefix] = namespace
        local = local.replace("(", r"\(").replace(")", r"\)")
        return f"{prefix}:" + _LOOSE_PERCENT.sub(r"\\%", local)


def _split(iri: str) -> tuple[str, str]:
    """Return the namespace and the local name of an IRI; all of it is the namespace where it ends with none."""
    try:
        return split_uri(iri)
    except ValueError:
        return iri, ""


def _ordered(told: Iterable[Node], triples: Iterable[tuple[Node, Node, Node]]) -> list[Node]:
    """Return the subjects: what is pointed to least comes first, each in the order of names."""
    pointed: Counter[Node] = Counter(o for _, _, o in triples if isinstance(o, URIRef))
    return sorted(told, key=lambda node: (pointed[node], str(node)))


def _block(subject: Node, told: Mapping[Node, Collection[Node]], names: _Names) -> str:
    """Return all that is said of `subject`."""
    properties = sorted(told, key=lambda one: (_FIRST.get(one, len(_FIRST)), str(one)))
    said = " ;\n    ".join(_said(one, told[one], names) for one in properties)
    return f"{names.of(subject)} {said} .\n"


def _said(verb: Node, objects: Collection[Node], names: _Names) -> str:
    """Return a property and its values: IRIs by name, then literals as rdflib orders them, which compares by value."""
    literals: list[Any] = [one for one in objects if isinstance(one, Literal)]
    values = [
        *(names.of(iri) for iri in sorted((one for one in objects if isinstance(one, URIRef)), key=str)),
        *(names.of_literal(literal) for literal in sorted(literals)),
    ]
    return f"{'a' if verb == RDF.type else names.of(verb)} " + ",\n        ".join(values)
