"""The embedded engine: Oxigraph, in the memory of this process.

The engine's own union of graphs counts a triple that stands in two graphs twice, so the merge is built here: every
triple once in the default graph. Not for: any other engine, or limits of time, which need a process that can be killed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Self

import pyoxigraph as ox

from hpkg.errors import CallerError, OntologyError, StoreError
from hpkg.home import cache_folder
from hpkg.namespaces import BASE, PREFIXES
from hpkg.store.files import graph_files, version_of
from hpkg.store.guard import Dataset, Form, check, source_graphs
from hpkg.store.interface import Solutions
from hpkg.store.keeping import kept_engine
from hpkg.store.lookup import Term, Triple, Walk, walk
from hpkg.store.query import bind, projection
from hpkg.store.syntax import explained
from hpkg.store.terms import as_graph, as_node, once
from hpkg.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from rdflib import Graph
    from rdflib.term import Node

    from hpkg.home import Home

__all__ = ["EmbeddedStore", "Found", "Plan", "engine_of", "planned", "triples_of"]

_MERGE: Final = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
_DEFAULT: Final = ox.DefaultGraph()
_COMMENTS: Final = re.compile(r"\A(?:\s|#[^\r\n]*)*")
"""What stands before the first word of a query, such as the header of a question module."""
_NO_BINDINGS: Final[Mapping[str, Node]] = {}
_DECLARED: Final = re.compile(r"(?i)\bprefix\s+([^\s:]*):")
_MAKES_IRIS: Final = re.compile(r"(?i)\b[iu]ri\b")

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True, slots=True)
class Plan:
    """What the engine needs beside a query, for all queries of one shape (`hpkg.store.shape`).

    Attributes:
        base: The base of relative IRIs, if it may make any; it has none as it stands.
        prefixes: The prefixes that it uses and does not declare.
        is_named: Whether it may look into named graphs.
        walk: How it is answered from the indexes, without the engine's reading it, if it can be.
    """

    base: str | None
    prefixes: dict[str, str] | None
    is_named: bool
    walk: Walk | None = None


def planned(key: str, arrange: Callable[[Sequence[Triple]], Sequence[int]]) -> Plan:
    r"""Return the plan of the queries whose shape has the key `key`; none of them has a dataset clause.

    `arrange` is that of `hpkg.store.lookup.walk`.

    >>> as_said = lambda triples: range(len(triples))
    >>> planned("ASK { \0 a hp:Task ; skos:prefLabel ?label }", as_said).prefixes.keys()
    dict_keys(['hp', 'skos'])
    >>> planned("PREFIX hp: <https://w3id.org/hpkg/def#> ASK { \0 a hp:Task FILTER(?x) }", as_said)
    Plan(base=None, prefixes=None, is_named=False, walk=None)
    """
    declared = set(_DECLARED.findall(key))
    used = {name: iri for name, iri in PREFIXES.items() if name not in declared and f"{name}:" in key}
    return Plan(BASE if _MAKES_IRIS.search(key) else None, used or None, _names_graph(key), walk(key, arrange))


class EmbeddedStore:
    """A `Store` on an in-memory Oxigraph.

    Args:
        contents: Turtle by the IRI of its named graph.
        merged: Load only the merge, in half the time; the first query that can tell the graphs apart loads them anew,
            with other blank nodes.
        kept: Where the merge may lie, loaded by an earlier run; None loads it.
    """

    def __init__(self, contents: Mapping[str, bytes], *, merged: bool = False, kept: Path | None = None) -> None:
        """Load the graphs and build their merge."""
        self._graphs = tuple(sorted(contents))
        self._version = version_of(contents.items())
        self._unnamed: Mapping[str, bytes] = contents if merged else {}
        load = partial(_loaded, contents, named=not merged)
        # Without contents nothing tells a merge from graphs, so that it might be written into.
        self._engine = kept_engine(kept, self._version, load) if merged and contents else load()

    @classmethod
    def open(cls, home: Home, *, merged: bool = False) -> Self:
        """Return a store with every Turtle file of `home`.

        Args:
            home: Where the files are.
            merged: As in the class, and what was loaded is kept for the next run.

        Raises:
            OntologyError: A file of the ontology cannot be read.
            StoreError: A file of the graph cannot be read.
        """
        files = list(graph_files(home))
        try:
            contents = {file.graph: file.path.read_bytes() for file in files}
            return cls(contents, merged=merged, kept=cache_folder() if merged else None)
        except StoreError as error:
            path = next(file.path for file in files if file.graph == error.where)
            raise _unreadable(path, home, error) from error

    @classmethod
    def of(cls, graphs: Mapping[str, Graph]) -> Self:
        """Return a store with the given rdflib graphs, by the IRI of each."""
        return cls({iri: _turtle(graph) for iri, graph in graphs.items()})

    @classmethod
    def around(cls, engine: ox.Store, content: bytes) -> Self:
        """Return a store on an engine that is loaded and merged already, from `content`, whose hash is its version."""
        store = cls({})
        store._engine = engine
        store._graphs = tuple(sorted(graph.value for graph in engine.named_graphs()))
        store._version = version_of([("", content)])
        return store

    @property
    def version(self) -> str:
        """Return the content hash of the dataset."""
        return self._version

    @property
    def graphs(self) -> tuple[str, ...]:
        """Return the IRIs of the named graphs, sorted."""
        return self._graphs

    def __len__(self) -> int:
        """Return the number of triples of the merged default graph."""
        return sum(1 for _ in self._engine.quads_for_pattern(None, None, None, _DEFAULT))

    def select(
        self, query: str, bindings: Mapping[str, Node] | None = None, *, max_rows: int | None = None
    ) -> Solutions:
        """Return the solutions of a SELECT, at most `max_rows`.

        >>> store = EmbeddedStore({"urn:g": b"<urn:s> <urn:p> 1 ."})
        >>> store.select("SELECT ?o { ?s ?p ?o }").rows
        ((rdflib.term.Literal('1', datatype=rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#integer')),),)
        """
        found = self._run(query, bindings, "SELECT")
        assert isinstance(found, ox.QuerySolutions)
        told = [variable.value for variable in found.variables]
        names = _in_order(query, told)
        places = [told.index(name) for name in names]
        rows: list[tuple[Node | None, ...]] = []
        complete = True
        try:
            for solution in found:
                if max_rows is not None and len(rows) >= max_rows:
                    complete = False
                    break
                values = [None if term is None else as_node(term) for term in solution]
                rows.append(tuple([values[place] for place in places]))
        except (OSError, RuntimeError) as error:
            raise StoreError("engine-failed", reason=str(error)) from error
        return Solutions(names, tuple(rows), complete)

    def ask(self, query: str, bindings: Mapping[str, Node] | None = None) -> bool:
        """Return the answer of an ASK.

        >>> EmbeddedStore({"urn:g": b""}).ask("ASK { ?s ?p ?o }")
        False
        """
        return bool(self._run(query, bindings, "ASK"))

    def construct(self, query: str, bindings: Mapping[str, Node] | None = None) -> Graph:
        """Return the graph of a CONSTRUCT or DESCRIBE."""
        return as_graph(self._triples(query, bindings))

    def ntriples(self, query: str, bindings: Mapping[str, Node] | None = None) -> bytes:
        r"""Return the graph of a CONSTRUCT or DESCRIBE as N-Triples, each triple once.

        >>> EmbeddedStore({"urn:g": b"<urn:s> <urn:p> 1 ."}).ntriples("CONSTRUCT { ?s <urn:q> ?s } WHERE { ?s ?p ?o }")
        b'<urn:s> <urn:q> <urn:s> .\n'
        """
        found = self._run(query, bindings, "CONSTRUCT", "DESCRIBE")
        assert isinstance(found, ox.QueryTriples)
        try:
            return once(found.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
        except (OSError, RuntimeError) as error:
            raise StoreError("engine-failed", reason=str(error)) from error

    def part(self, query: str) -> Self:
        """Return a store of the triples of a CONSTRUCT, as its default graph, without the way over rdflib.

        >>> store = EmbeddedStore({"urn:g": b"<urn:s> <urn:p> 1 . <urn:s> <urn:q> 2 ."})
        >>> len(store.part("CONSTRUCT { ?s <urn:p> ?o } WHERE { ?s <urn:p> ?o }"))
        1
        """
        engine = ox.Store()
        engine.bulk_extend(ox.Quad(*triple) for triple in self._triples(query))
        return type(self).around(engine, f"{self._version} {query}".encode())

    def grow(self, queries: Iterable[str]) -> Graph:
        """Add what CONSTRUCTs over the store as it is give to its default graph, and return that.

        >>> store = EmbeddedStore({"urn:g": b"<urn:s> <urn:p> 1 ."})
        >>> len(store.grow(["CONSTRUCT { ?s <urn:q> ?o } WHERE { ?s <urn:p> ?o }"])), len(store)
        (1, 2)
        """
        new = dict.fromkeys(triple for query in queries for triple in self._triples(query))
        self._whole().bulk_extend(ox.Quad(*triple) for triple in new)
        return as_graph(new)

    def _triples(self, query: str, bindings: Mapping[str, Node] | None = None) -> list[ox.Triple]:
        found = self._run(query, bindings, "CONSTRUCT", "DESCRIBE")
        assert isinstance(found, ox.QueryTriples)
        try:
            return list(found)
        except (OSError, RuntimeError) as error:
            raise StoreError("engine-failed", reason=str(error)) from error

    def _run(self, query: str, bindings: Mapping[str, Node] | None, *allowed: Form) -> Found:
        found = check(query, self._graphs)
        if found not in allowed:
            raise CallerError("query-form-other", found=found, wanted=" / ".join(allowed))
        bound = bind(query, bindings or _NO_BINDINGS)
        return self._evaluate(bound, source_graphs(query))  # no term that is bound stands in the dataset clause

    def variables(self, query: str) -> tuple[str, ...]:
        """Return the variables that a SELECT gives, as this engine orders them, without looking for any solution.

        Raises:
            CallerError: The query is wrong.
        """
        found = self._evaluate(query, source_graphs(query))
        return tuple(v.value for v in found.variables) if isinstance(found, ox.QuerySolutions) else ()

    def evaluate(self, query: str, dataset: Dataset | None = None) -> tuple[Form, Found]:
        """Return the form of `query` and what the engine finds, over `dataset` instead of the one the query names.

        Raises:
            CallerError: The query is wrong or not allowed, or a graph of `dataset` is not there.
            StoreError: The engine fails.
        """
        found = check(query, self._graphs)
        for graph in (*dataset[0], *dataset[1]) if dataset else ():
            if graph not in self._graphs:
                raise CallerError("query-graph-unknown", graph=graph)
        return found, self._evaluate(query, dataset or source_graphs(query))

    def evaluate_planned(self, query: str, plan: Plan) -> Found:
        """Return what the engine finds for a query whose shape has been checked (`evaluate`), with the least around it.

        A full IRI has a base only for dots in its path.

        Raises:
            CallerError: The query is wrong or not allowed.
            StoreError: The engine fails.
        """
        if "service" in query.lower():  # in a constant, or what an engine could take for one
            return self.evaluate(query)[1]
        engine = self._whole() if plan.is_named else self._engine
        try:
            base = BASE if "/." in query else plan.base
            if base is None and plan.prefixes is None:
                return engine.query(query)
            return engine.query(query, base_iri=base, prefixes=plan.prefixes)
        except SyntaxError as error:
            raise explained(query, str(error)) from error
        except (OSError, RuntimeError) as error:
            raise StoreError("engine-failed", reason=str(error)) from error

    def walk(self, way: Walk, constants: Sequence[str]) -> list[tuple[Term, ...]] | bool | None:
        """Return what the lookup `way` finds with these constants (`hpkg.store.lookup.Walk.rows`)."""
        return way.rows(self._engine, constants)

    def _evaluate(self, query: str, dataset: Dataset) -> Found:
        plain, named = dataset
        engine = self._whole() if plain or named or _names_graph(query) else self._engine
        default: ox.DefaultGraph | list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
        names: list[ox.NamedNode | ox.BlankNode] | None = None
        if len(plain) > 1:  # one graph is its own merge
            engine, default = self._merged(plain, named), _DEFAULT
        elif plain or named:
            default = [ox.NamedNode(graph) for graph in plain]
        if plain or named:
            names = [ox.NamedNode(graph) for graph in named]
        try:
            used = {prefix: iri for prefix, iri in PREFIXES.items() if f"{prefix}:" in query}
            return engine.query(query, base_iri=BASE, prefixes=used, default_graph=default, named_graphs=names)
        except SyntaxError as error:
            raise explained(query, str(error)) from error
        except (OSError, RuntimeError) as error:
            raise StoreError("engine-failed", reason=str(error)) from error

    def _merged(self, plain: Iterable[str], named: Iterable[str]) -> ox.Store:
        """Return an engine whose default graph is the merge of `plain`, each triple once, and that has `named`."""
        engine = ox.Store()
        for graph in plain:
            for quad in self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
                engine.add(ox.Quad(quad.subject, quad.predicate, quad.object))
        for graph in named:
            engine.bulk_extend(self._engine.quads_for_pattern(None, None, None, ox.NamedNode(graph)))
        return engine

    def _whole(self) -> ox.Store:
        """Return the engine with all named graphs."""
        if self._unnamed:
            self._engine, self._unnamed = _loaded(self._unnamed, named=True), {}
        return self._engine


def engine_of(store: EmbeddedStore) -> ox.Store:
    """Return the engine of a store, for those who change what it holds (`hpkg.store.writing`)."""
    return store._whole()  # noqa: SLF001


def triples_of(home: Home) -> dict[str, list[bytes]]:
    """Return every named graph of `home` as sorted lines of N-Triples, each triple once, by the IRI of the graph.

    Raises:
        OntologyError: A file of the ontology cannot be read.
        StoreError: A file of the graph cannot be read.
    """
    found: dict[str, list[bytes]] = {}
    for file in graph_files(home):
        try:
            quads = ox.parse(file.path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=BASE)
            lines = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
        except (SyntaxError, ValueError) as error:
            wrong = StoreError("graph-unreadable", where=file.graph, reason=str(error))
            raise _unreadable(file.path, home, wrong) from error
        found[file.graph] = sorted(set(lines.splitlines(keepends=True)))
    return found


def _loaded(contents: Mapping[str, bytes], *, named: bool) -> ox.Store:
    """Return an engine with the merge of the graphs and, if `named`, the graphs."""
    engine = ox.Store()
    for graph, turtle in contents.items():
        place = ox.NamedNode(graph) if named else _DEFAULT
        try:
            engine.bulk_load(input=turtle, format=ox.RdfFormat.TURTLE, base_iri=BASE, to_graph=place)
        except (SyntaxError, ValueError) as error:
            raise StoreError("graph-unreadable", where=graph, reason=str(error)) from error
    if named:
        engine.update(_MERGE)
    return engine


def _names_graph(query: str) -> bool:
    r"""Tell whether a query may look into named graphs: only `GRAPH` does, besides a dataset clause.

    >>> _names_graph("#+ title: a graph\nSELECT * { ?s ?p ?o }"), _names_graph("SELECT * { Graph?g { ?s ?p ?o } }")
    (False, True)
    """
    return "graph" in _COMMENTS.sub("", query, count=1).lower()


def _in_order(query: str, names: list[str]) -> tuple[str, ...]:
    """Return the variables of `SELECT *` in the order they come in the query, where the engine sorts by name."""
    if projection(query):
        return tuple(names)
    seen = [token.text[1:] for token in tokens(query) if token.kind == "variable"]
    return tuple(sorted(names, key=seen.index))


def _turtle(graph: Graph) -> bytes:
    return graph.serialize(format="nt", encoding="utf-8")  # N-Triples is Turtle, and its order can be fixed


def _unreadable(path: Path, home: Home, error: StoreError) -> StoreError | OntologyError:
    kind = OntologyError if path.is_relative_to(home.ontology) else StoreError
    return kind("graph-unreadable", where=str(path.relative_to(home.root)), **error.details)
