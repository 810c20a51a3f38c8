"""A view of a store as a network: what it constructs, joined with what the graph says of each node.

The queries for the attributes are those in `attributes/`. Not for: what a view is (`hpkg.export.views`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from rdflib import BNode, Literal, URIRef
from rdflib.namespace import RDF

from hpkg.errors import CallerError
from hpkg.export.kinds import group_of
from hpkg.export.network import Link, Network, Span, Value, ego, kept
from hpkg.export.views import EGO, View, view
from hpkg.messages import LANGUAGES
from hpkg.namespaces import BASE, HP, fold
from hpkg.questions.labels import Labels
from hpkg.store.query import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rdflib.term import Node

    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["Selection", "network_of", "reports_of"]

_ADDED: Final = ("entailed", "derived")
_LABEL_LANGUAGES: Final = ("vi", "en")
_FEW: Final = 600


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the graph to take.

    Attributes:
        view: Name of a view, `ego`, or a file with a SPARQL CONSTRUCT.
        node: The node in the middle of the view `ego`.
        depth: How far the view `ego` reaches.
        reports: Keys or IRIs of reports; without any, what all of them say.
        include: Names of classes; without any, all kinds of nodes.
        exclude: Names of classes to leave out.
    """

    view: str = "full"
    node: URIRef | None = None
    depth: int = 1
    reports: Sequence[str] = field(default=())
    include: Sequence[str] = field(default=())
    exclude: Sequence[str] = field(default=())


def network_of(store: Store, selection: Selection | None = None, language: Language = "en") -> Network:
    """Return what `selection` takes of `store`, nodes and links in a fixed order.

    Raises:
        CallerError: A view, report, kind or node is not there, or the query of a view is wrong.
        StoreError: The store does not answer.
    """
    chosen = selection or Selection()
    around = chosen.view == EGO
    if around and chosen.node is None:
        raise CallerError("view-without-node", where=EGO)
    source = "full" if around else chosen.view
    shown = view(source)
    terms = _Terms(store)
    network = replace(_described(store, terms, shown, language), source=source)
    if chosen.reports:
        network = _of_reports(store, network, reports_of(store, chosen.reports))
    if chosen.include or chosen.exclude:
        network = _of_kinds(network, terms, chosen)
    if around:
        if str(chosen.node) not in network.nodes:
            raise CallerError("node-not-in-view", where=str(chosen.node))
        through = {kind for kind, above in network.kinds.items() if group_of(above).through}
        middle, nodes_said = str(chosen.node), network.nodes
        network = ego(network, middle, chosen.depth, lambda node: nodes_said[node]["kind"] in through)
        network = replace(network, name=EGO, title=network.label(middle))
    return network


def reports_of(store: Store, wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the named graphs of the reports that are meant: by IRI, key, end of the key or document number.

    Raises:
        CallerError: There is no such report, or there are several.
    """
    rows = store.select("SELECT ?report ?number { ?report a hp:Report ; hp:documentNumber ?number } ORDER BY ?report")
    known = {str(row["report"]): str(row["number"]) for row in rows}
    keys = {iri: iri.removeprefix(f"{BASE}id/report/") for iri in known}
    found: list[str] = []
    for name in wanted:
        near = [
            iri
            for iri, number in known.items()
            if name in {iri, keys[iri], number} or keys[iri].endswith(f"/{name.lower()}")
        ]
        if len(near) != 1:
            raise CallerError("report-unknown", where=name, known=", ".join(keys.values()) or "–")
        found.append(f"{BASE}graph/{keys[near[0]]}")
    return tuple(found)


class _Terms:
    """The names of classes and properties, and the order of classes."""

    def __init__(self, store: Store) -> None:
        self.labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._above: dict[str, set[str]] = defaultdict(set)
        for row in store.select(_query("classes")):
            name = _local(row["term"])
            if "above" in row:
                self._above[name].add(_local(row["above"]))
            elif isinstance(row["label"], Literal) and row["label"].language in _LABEL_LANGUAGES:
                self.labels[name][str(row["label"].language)] = str(row["label"])

    def above(self, name: str) -> tuple[str, ...]:
        """Return the class `name` and all above it, nearest first."""
        found = [name]
        for known in found:
            found += sorted(self._above.get(known, set()) - set(found))
        return tuple(found)

    def most_specific(self, classes: Iterable[str]) -> str:
        """Return the class that no other of `classes` stands below; of several, the first by name."""
        given = set(classes)
        over = {upper for name in given for upper in self.above(name)[1:]}
        return min(given - over or given)

    def named(self, name: str) -> str:
        """Return the class that a person means by `name`: its name or its label in either language."""
        wanted = fold(name.removeprefix("hp:"))
        known = {*self.labels, *self._above, *(above for upper in self._above.values() for above in upper)}
        classes = sorted(term for term in known if term[0].isupper())
        for term in classes:
            if wanted in {fold(term), *map(fold, self.labels.get(term, {}).values())}:
                return term
        near = get_close_matches(name, classes, n=5, cutoff=0.5)
        raise CallerError("kind-unknown", where=name, nearest=", ".join(near) or "–")


@cache
def _query(name: str) -> str:
    return (files("hpkg.export") / "attributes" / f"{name}.rq").read_text("utf-8")


def _about(name: str, nodes: Mapping[str, object], variable: str = "node") -> str:
    """Return a query of attributes, narrowed to `nodes` where they are few: then only their rows are answered."""
    query = _query(name)
    if len(nodes) > _FEW:
        return query
    named = " ".join(written(URIRef(node)) for node in nodes)
    return query.replace("WHERE {", f"WHERE {{\n  VALUES ?{variable} {{ {named} }}", 1)


def _local(term: Node) -> str:
    return str(term).removeprefix(str(HP))


def _constructed(store: Store, shown: View) -> tuple[dict[str, dict[str, Value]], set[tuple[str, str, str]]]:
    """Return the nodes of a view with the attributes it gives them, and its links."""
    nodes: dict[str, dict[str, Value]] = {}
    links: set[tuple[str, str, str]] = set()
    for source, property_, target in store.construct(shown.query):
        if isinstance(source, BNode) or isinstance(target, BNode):
            raise CallerError("view-blank-node", where=shown.name)
        said = nodes.setdefault(str(source), {})
        if isinstance(target, Literal):
            said[_short(property_)] = _value(target)
        elif property_ != RDF.type:
            nodes.setdefault(str(target), {})
            links.add((str(source), str(property_), str(target)))
    return nodes, links


def _short(term: Node) -> str:
    return str(term).rpartition("#")[2].rpartition("/")[2]


def _value(term: Node) -> Value:
    value = term.toPython() if isinstance(term, Literal) else str(term)
    if isinstance(value, bool | int | float):
        return value
    return float(value) if isinstance(value, Decimal) else str(term)


def _described(store: Store, terms: _Terms, shown: View, language: Language) -> Network:
    """Return what a view constructs, with all that the graph says of its nodes."""
    given, links = _constructed(store, shown)
    nodes: dict[str, dict[str, Value]] = {}
    kinds = _kinds(store, terms, given)
    labels = _labels(store, given)
    _name_the_rest(store, [node for node in given if node not in labels], labels)
    numbers = _gathered(store, "numbers", "number", given)
    evidence = _evidence(store, given)
    spans = _spans(store, given, language)
    for node in sorted(given):
        kind = kinds.get(node, "Thing")
        said = {key: value for key, value in labels[node].items() if key} or {"vi": _fallback(node)}
        quotes = evidence.get(node, [])
        years = [span for span in spans.get(node, ()) if not span.name]
        values: dict[str, Value | None] = {
            "iri": node,
            "kind": kind,
            **{f"kind_{key}": terms.labels[kind].get(key) for key in _LABEL_LANGUAGES if kind in terms.labels},
            "group": group_of(terms.above(kind)).name,
            "label": said.get(language) or next(iter(said.values())),
            **{f"label_{key}": labels[node].get(key) for key in _LABEL_LANGUAGES},
            "number": min(numbers[node]) if node in numbers else None,
            "evidence": len(quotes),
            "weight": float(max(1, len(quotes))),
            "quote": "\n".join(quotes) or None,
            "start_year": min((span.start for span in years), default=None),
            "end_year": max((span.end for span in years), default=None),
            **given[node],
        }
        nodes[node] = {name: value for name, value in values.items() if value is not None}
    found = set(kinds.values()) | {"Thing"}
    return Network(
        name=shown.name,
        title=shown.title[language],
        language=language,
        nodes=nodes,
        links=tuple(_links(store, terms, nodes, links, language)),
        spans=spans,
        kinds={kind: terms.above(kind) for kind in sorted(found)},
    )


def _kinds(store: Store, terms: _Terms, nodes: Mapping[str, object]) -> dict[str, str]:
    stated: dict[str, set[str]] = defaultdict(set)
    entailed: dict[str, set[str]] = defaultdict(set)
    for row in store.select(_about("kinds", nodes)):
        node = str(row["node"])
        if node in nodes:
            (entailed if str(row["entailed"]) == "true" else stated)[node].add(_local(row["class"]))
    return {node: terms.most_specific(stated.get(node) or entailed[node]) for node in stated.keys() | entailed.keys()}


def _labels(store: Store, nodes: Mapping[str, object]) -> dict[str, dict[str | None, str]]:
    """Return the names of each node by language, those of the best rank."""
    ranked: dict[str, dict[str | None, tuple[int, str]]] = defaultdict(dict)
    for row in store.select(_about("labels", nodes)):
        node, label = str(row["node"]), row["label"]
        if node in nodes:
            language = label.language if isinstance(label, Literal) else None
            for key in (language,) if language else _LABEL_LANGUAGES:
                one = (int(str(row["rank"])), str(label))
                ranked[node][key] = min(one, ranked[node].get(key, one))
    return defaultdict(dict, {node: {key: said for key, (_, said) in kept.items()} for node, kept in ranked.items()})


def _name_the_rest(store: Store, nodes: Sequence[str], labels: dict[str, dict[str | None, str]]) -> None:
    """Name what has no name of its own, such as an inferred location, by what makes it the thing it is."""
    for language in LANGUAGES if nodes else ():
        for node, said in Labels(store, language).of(nodes).items():
            if said.language:
                labels[node][language] = said.text


def _fallback(node: str) -> str:
    return node.removeprefix(f"{BASE}id/")


def _gathered(store: Store, query: str, column: str, nodes: Mapping[str, object]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in store.select(_about(query, nodes)):
        if str(row["node"]) in nodes:
            found[str(row["node"])].append(str(row[column]))
    return found


def _evidence(store: Store, nodes: Mapping[str, object]) -> dict[str, list[str]]:
    """Return the quotes of each node, one a passage, in the order of the text."""
    found: dict[str, set[tuple[int, str, str]]] = defaultdict(set)
    for row in store.select(_about("evidence", nodes)):
        node = str(row["node"])
        if node in nodes:
            passage = str(row["passage"])
            found[node].add((int(str(row["start"])), passage, str(row["quote"])))
    return {node: [quote for _, _, quote in sorted(passages)] for node, passages in found.items()}


def _spans(store: Store, nodes: Mapping[str, object], language: Language) -> dict[str, tuple[Span, ...]]:
    found: dict[str, set[Span]] = defaultdict(set)
    for row in store.select(_about("years", nodes)):
        node = str(row["node"])
        if node in nodes:
            found[node].add(Span(int(str(row["start"])), int(str(row["end"]))))
    for row in store.select(_about("states", nodes), {"lang": Literal(language)}):
        node = str(row["node"])
        if node in nodes:
            value = _value(row["value"])
            said = value if isinstance(value, str) else float(value)
            found[node].add(Span(int(str(row["start"])), int(str(row["end"])), str(row["name"]), said))
    # A number and a word never stand under one name, so spans of one name have an order.
    return {node: tuple(sorted(spans, key=_in_time)) for node, spans in sorted(found.items())}


def _in_time(span: Span) -> tuple[str, int, int, str]:
    return span.name, span.start, span.end, str(span.value)


def _links(
    store: Store,
    terms: _Terms,
    nodes: Mapping[str, Mapping[str, Value]],
    links: set[tuple[str, str, str]],
    language: Language,
) -> Iterator[Link]:
    graphs = _stated_in(store, links)
    behind = {
        (str(row["source"]), str(row["target"])): int(str(row["count"]))
        for row in store.select(_about("contributions", nodes, "source"))
    }
    shared: dict[tuple[Value | None, ...], Mapping[str, Value]] = {}
    for link in sorted(links):
        source, property_, target = link
        name = _local(URIRef(property_))
        short = name if "/" not in name else _short(URIRef(property_))
        labels = terms.labels.get(short, {})
        count = behind.get((source, target)) or int(nodes[source]["evidence"])
        values: dict[str, Value | None] = {
            "property": short,
            "label": labels.get(language) or short,
            **{f"label_{key}": labels.get(key) for key in _LABEL_LANGUAGES},
            "graph": graphs.get(link),
            "evidence": count,
            "weight": float(max(1, count)),
        }
        said = {key: value for key, value in values.items() if value is not None}
        yield Link(source, target, shared.setdefault(tuple(values.values()), said))


def _stated_in(store: Store, links: set[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    for row in store.select(_about("links", {source: None for source, _, _ in links}, "source")):
        link = (str(row["source"]), str(row["property"]), str(row["target"]))
        if link in links:
            graph = str(row["graph"]).removeprefix(f"{BASE}graph/")
            found[link] = min(graph, found.get(link, graph), key=lambda name: (name in _ADDED, name))
    return found


def _of_kinds(network: Network, terms: _Terms, chosen: Selection) -> Network:
    included = {terms.named(name) for name in chosen.include}
    excluded = {terms.named(name) for name in chosen.exclude}
    wanted = {
        kind
        for kind, above in network.kinds.items()
        if (not included or included & set(above)) and not excluded & set(above)
    }
    return kept(network, lambda node: network.nodes[node]["kind"] in wanted)


_OF_REPORT: Final = """
SELECT ?source ?property ?target WHERE {
  VALUES ?graph { UNDEF }
  GRAPH ?graph { ?source ?property ?target }
}"""


def _of_reports(store: Store, network: Network, graphs: tuple[str, ...]) -> Network:
    """Return what the given reports say, and what was entailed or is known of the things they speak of."""
    spoken: set[str] = set()
    stated: set[tuple[str, str, str]] = set()
    for graph in graphs:
        for row in store.select(_OF_REPORT, {"graph": URIRef(graph)}):
            source, property_, target = (str(row[name]) for name in ("source", "property", "target"))
            spoken |= {source, target}
            stated.add((source, property_.rpartition("#")[2], target))
    names = {graph.removeprefix(f"{BASE}graph/") for graph in graphs}
    others = {name.removeprefix(f"{BASE}graph/") for name in store.graphs} - names
    of_other_reports = {name for name in others if _is_report(name)}
    links = tuple(
        link
        for link in network.links
        if (link.source, link.property, link.target) in stated or link.attributes.get("graph") not in of_other_reports
    )
    shrunk = replace(network, links=links)
    # The districts of the area belong to the report whether or not it names them: those it passes over are an answer.
    own = {graph.replace("/graph/", "/id/report/") for graph in graphs}
    areas = {target for source, property_, target in stated if property_ == "refArea" and source in own}
    districts = {kind for kind, above in network.kinds.items() if "District" in above}
    also = _derived_from(shrunk, spoken) | {
        link.source
        for link in links
        if link.property == "within" and link.target in areas and network.nodes[link.source]["kind"] in districts
    }
    return kept(shrunk, lambda node: node in spoken or node in also)


def _derived_from(network: Network, spoken: set[str]) -> set[str]:
    """Return the derived figures that stand on nothing but statements that were spoken of."""
    grounds: dict[str, set[str]] = defaultdict(set)
    for link in network.links:
        if link.attributes.get("graph") == "derived" and link.source not in spoken:
            grounds[link.source].add(link.target)
    statements = {kind for kind, above in network.kinds.items() if "Statement" in above}
    return {
        node
        for node, targets in grounds.items()
        if targets & spoken
        and all(target in spoken or network.nodes[target]["kind"] not in statements for target in targets)
    }


def _is_report(graph: str) -> bool:
    return "/" in graph and not graph.startswith(("vocab/", "reference/"))
