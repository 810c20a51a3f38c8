"""Everything the graph says of one thing: the model that the command line, pages and programs share.

What is said of it and who says so, in the words of one language; what is said in terms of it, page by page; the
statements about it in time order, each with its sentence; the passages it stands on. Not for: laying it out.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from rdflib import Literal as RDFLiteral
from rdflib import URIRef
from rdflib.namespace import RDF, RDFS, SKOS

from hpkg.namespaces import BASE, HP, natural
from hpkg.questions.evidence import Evidence, evidence_of
from hpkg.questions.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rdflib.term import Node

    from hpkg.messages import Language
    from hpkg.questions.term import Term
    from hpkg.store import Store

__all__ = [
    "Description",
    "Evidence",
    "Fact",
    "Incoming",
    "Link",
    "Standing",
    "Statement",
    "describe",
    "described",
    "standing",
]

Standing = Literal["stated", "reference", "entailed", "derived"]
_STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)

_PAGE: Final = 100
_TOLD: Final = 200
_QUOTED: Final = 60

_OUTGOING: Final = """
SELECT ?graph ?property ?value WHERE {
  VALUES ?thing { UNDEF }
  GRAPH ?graph { ?thing ?property ?value } FILTER(!isBlank(?value))
}"""

# The parts of a text say where they stand: those links are the least telling, and come last.
_INCOMING: Final = """
SELECT ?property ?from (GROUP_CONCAT(STR(?graph); separator=" ") AS ?graphs) WHERE {{
  VALUES ?thing {{ UNDEF }}
  GRAPH ?graph {{ ?from ?property ?thing }} FILTER(isIRI(?from) && ?property NOT IN (rdf:type, skos:topConceptOf))
}} GROUP BY ?property ?from
ORDER BY (?property IN (hp:inReport, hp:inSection, hp:inSentence)) ?property ?from {part}"""

_COUNT: Final = """
SELECT (COUNT(*) AS ?count) WHERE {
  SELECT DISTINCT ?property ?from WHERE {
    VALUES ?thing { UNDEF }
    ?from ?property ?thing FILTER(isIRI(?from) && ?property NOT IN (rdf:type, skos:topConceptOf))
  }
}"""

_PASSAGES: Final = """
SELECT ?passage WHERE {
  VALUES ?thing { UNDEF }
  { ?thing hp:evidence|hp:passage|^hp:mentions ?passage } UNION { ?thing hp:quote ?quote BIND(?thing AS ?passage) }
  ?passage hp:inReport ?report ; hp:startOffset ?start
} GROUP BY ?passage ?report ?start ORDER BY ?report ?start"""

# What carries evidence and speaks of the thing; a plan's elements are of the plan's years.
_ABOUT: Final = """
SELECT ?about (MIN(?begins) AS ?year) (MIN(?when) AS ?period) (MIN(?at) AS ?start) ?report WHERE {
  VALUES ?thing { UNDEF }
  ?about ?property ?thing ; hp:evidence ?passage .
  FILTER(?property NOT IN (rdf:type, hp:evidence, hp:decisionOn))
  ?passage hp:inReport ?report ; hp:startOffset ?at .
  OPTIONAL { ?about hp:refPeriod|hp:partOfPlan/hp:refPeriod ?when . ?when hp:startYear ?begins }
} GROUP BY ?about ?report ORDER BY ?year ?report ?start"""

_READ_FROM: Final = """
SELECT ?about (MIN(?at) AS ?start) ?report WHERE {
  VALUES ?thing { UNDEF }
  { ?passage hp:inSentence|hp:inSection ?thing } UNION { ?thing hp:passage ?passage }
  UNION { ?passage hp:quote ?quote FILTER(?passage = ?thing) }
  ?about hp:evidence ?passage .
  ?passage hp:inReport ?report ; hp:startOffset ?at
} GROUP BY ?about ?report ORDER BY ?start ?about"""

_KINDS_AND_PASSAGES: Final = """
SELECT DISTINCT ?about ?kind ?passage ?start ?modality WHERE {{
  VALUES ?about {{ {things} }}
  {{ ?about a ?kind FILTER(STRSTARTS(STR(?kind), STR(hp:))) }}
  UNION {{ ?about hp:evidence ?passage . ?passage hp:startOffset ?start }}
  UNION {{ ?about hp:status/hp:modality ?modality }}
}} ORDER BY ?about ?start"""

_REFERENCE: Final = ("vocab/", "reference/", "alignments", "queries")
_NOT_TOLD: Final = frozenset({RDF.type, HP.evidence, HP.passage, HP.quote, HP.mentions})
_NAMING: Final = (SKOS.prefLabel, RDFS.label, SKOS.definition, SKOS.altLabel)
_MEASURED: Final = frozenset({HP.value, HP.lowerBound, HP.upperBound})


@dataclass(frozen=True, slots=True)
class Fact:
    """What is said of a thing, and by which graphs: those of reports come before those that rules filled."""

    property: Term
    value: Term
    standing: Standing
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """What another thing says in terms of this one."""

    source: Term
    property: Term
    standing: Standing
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One page of the links that lead to a thing; `page` counts from 1."""

    links: tuple[Link, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a report says, with the passages it stands on in text order.

    `period` is what it speaks of and `modality` whether that came about or is planned; None where it says neither.
    """

    name: Term
    kind: Term | None
    period: Term | None
    modality: Term | None
    report: Term
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """All that the graph says of one thing.

    After the first page of incoming links, statements and passages are left out: they stand on the first.

    Attributes:
        iri: The thing.
        language: Language of names; what has a name in another language only is marked with it.
        label: Its name, or its IRI when it has none.
        kinds: Its most specific classes.
        facts: What is said of it; names first, then by property.
        incoming: What other things say in terms of it.
        timeline: The statements of reports about it, in time order, the first 200.
        told: How many of those there are.
        read_from: For a part of a text: the statements that stand on its characters, in text order.
        evidence: The passages it stands on or is named in, in text order, the first 60.
        quoted: How many of those there are.
        reports: The reports that speak of it, each with how many passages.
    """

    iri: str
    language: Language
    label: Term
    kinds: tuple[Term, ...]
    facts: tuple[Fact, ...]
    incoming: Incoming
    timeline: tuple[Statement, ...]
    told: int
    read_from: tuple[Statement, ...]
    evidence: tuple[Evidence, ...]
    quoted: int
    reports: tuple[tuple[Term, int], ...]

    @property
    def exists(self) -> bool:
        """Tell whether the graph says anything of it."""
        return bool(self.facts or self.kinds or self.incoming.total)

    def values(self, name: str) -> tuple[Term, ...]:
        """Return the values of the property `hp:<name>`."""
        return tuple(fact.value for fact in self.facts if fact.property.iri == str(HP[name]))

    def to_json(self) -> str:
        """Return the description as a JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def standing(graphs: Iterable[str]) -> Standing:
    """Return who vouches for what `graphs` say: a report, reference data, or a rule.

    >>> standing(["https://w3id.org/hpkg/graph/entailed", "https://w3id.org/hpkg/graph/vocab/unit"])
    'reference'
    """
    found = [_of_graph(graph) for graph in graphs]
    return min(found, key=_STANDINGS.index, default="stated")


def describe(
    store: Store, thing: URIRef, language: Language = "en", *, labels: Labels | None = None, page: int = 1
) -> Description:
    """Return what `store` says of `thing`, in the words of `language`.

    Args:
        store: The store to ask.
        thing: Any IRI; `Description.exists` is False when the graph does not know it.
        language: Language of names, figures and dates.
        labels: Names that are known already, for many descriptions of one graph.
        page: Which hundred of the incoming links, from 1.
    """
    names = labels or Labels(store, language)
    return _described(store, thing, names, _incoming(store, thing, names, page))


def described(
    store: Store, thing: URIRef, language: Language = "en", *, labels: Labels | None = None
) -> Iterator[Description]:
    """Yield what `describe` returns for each page, with the incoming links asked for once."""
    names = labels or Labels(store, language)
    rows = list(store.select(_INCOMING.format(part=""), {"thing": thing}))
    pages = max(1, -(-len(rows) // _PAGE))
    for page in range(1, pages + 1):
        links = _links(rows[(page - 1) * _PAGE : page * _PAGE], names)
        yield _described(store, thing, names, Incoming(links, len(rows), page, pages))


def _described(store: Store, thing: URIRef, names: Labels, incoming: Incoming) -> Description:
    bound: dict[str, Node] = {"thing": thing}
    first = incoming.page == 1
    outgoing = list(store.select(_OUTGOING, bound))
    # What has no year comes last; Virtuoso orders by no expression of an aggregate.
    told = sorted(store.select(_ABOUT, bound), key=lambda row: "year" not in row) if first else []
    passages = [str(row["passage"]) for row in store.select(_PASSAGES, bound)] if first else []
    is_text = first and any(row["property"] in {HP.passage, HP.quote} for row in outgoing)
    read = list(store.select(_READ_FROM, bound)) if is_text else []
    evidence = evidence_of(store, passages[:_QUOTED], names)
    timeline = _statements(store, told[:_TOLD], names)
    return Description(
        iri=str(thing),
        language=names.language,
        label=names[str(thing)],
        kinds=tuple(names[kind] for kind in _kinds(outgoing, names)),
        facts=tuple(_facts(outgoing, names)),
        incoming=incoming,
        timeline=timeline,
        told=len(told),
        read_from=_statements(store, read, names),
        evidence=tuple(evidence.values()),
        quoted=len(passages),
        reports=_reports(evidence.values(), timeline),
    )


def _of_graph(graph: str) -> Standing:
    name = graph.removeprefix(f"{BASE}graph/")
    if name in {"entailed", "derived"}:
        return "entailed" if name == "entailed" else "derived"
    return (
        "reference"
        if graph == f"{BASE}def" or name.startswith(("vocab/", "reference/", "alignments", "queries"))
        else "stated"
    )


def _kinds(outgoing: Sequence[Mapping[str, Node]], names: Labels) -> list[str]:
    classes = {str(row["value"]) for row in outgoing if row["property"] == RDF.type}
    own = {one for one in classes if one.startswith(HP)}
    return names.narrowest(own or classes)


def _facts(outgoing: Sequence[Mapping[str, Node]], names: Labels) -> list[Fact]:
    found: dict[tuple[Node, Node], set[str]] = {}
    for row in outgoing:
        if row["property"] not in _NOT_TOLD:
            found.setdefault((row["property"], row["value"]), set()).add(str(row["graph"]))
    names.of({str(one) for pair in found for one in pair if isinstance(one, URIRef)})
    spoken = {
        prop: {value.language for p, value in found if p == prop and isinstance(value, RDFLiteral) and value.language}
        for prop, _ in found
    }
    unit = next((str(value) for prop, value in found if prop == HP.unit), None)
    facts: list[tuple[tuple[int, str, str], Fact]] = []
    for (prop, value), graphs in found.items():
        language = getattr(value, "language", None)
        if language and language != names.language and names.language in spoken[prop]:
            continue  # said in the reader's language too
        property_ = names[str(prop)]
        counted = names.counted(unit, value) if unit and prop in _MEASURED else None
        term = names.value(value, counted, of=str(prop))
        first = _NAMING.index(prop) if prop in _NAMING else len(_NAMING)
        order = (first, property_.text, term.text if isinstance(value, RDFLiteral) else natural(str(value)))
        facts.append((order, Fact(property_, term, standing(graphs), _sorted(graphs))))
    return [fact for _, fact in sorted(facts, key=lambda pair: pair[0])]


def _incoming(store: Store, thing: URIRef, names: Labels, page: int) -> Incoming:
    bound: dict[str, Node] = {"thing": thing}
    total = int(str(next(iter(store.select(_COUNT, bound)))["count"]))
    pages = max(1, -(-total // _PAGE))
    page = min(max(page, 1), pages)
    query = _INCOMING.format(part=f"LIMIT {_PAGE} OFFSET {(page - 1) * _PAGE}")
    rows = list(store.select(query, bound)) if total else []
    return Incoming(_links(rows, names), total, page, pages)


def _links(rows: Sequence[Mapping[str, Node]], names: Labels) -> tuple[Link, ...]:
    names.of([str(row[part]) for row in rows for part in ("from", "property")])
    links = []
    for row in rows:
        graphs = str(row["graphs"]).split()
        links.append(
            Link(names[str(row["from"])], names[str(row["property"])], standing(graphs), _sorted(graphs)),
        )
    return tuple(links)


def _statements(store: Store, rows: Sequence[Mapping[str, Node]], names: Labels) -> tuple[Statement, ...]:
    if not rows:
        return ()
    kinds: dict[str, set[str]] = {}
    passages: dict[str, list[str]] = {}
    modalities: dict[str, str] = {}
    things = " ".join(dict.fromkeys(f"<{row['about']}>" for row in rows))
    for found in store.select(_KINDS_AND_PASSAGES.format(things=things)):
        about = str(found["about"])
        if "kind" in found:
            kinds.setdefault(about, set()).add(str(found["kind"]))
        elif "passage" in found:
            passages.setdefault(about, []).append(str(found["passage"]))
        else:
            modalities[about] = str(found["modality"])
    evidence = evidence_of(store, [passage for group in passages.values() for passage in group], names)
    names.of(
        [str(row[part]) for row in rows for part in ("about", "period", "report") if part in row]
        + [*modalities.values(), *(kind for group in kinds.values() for kind in group)]
    )
    told = []
    for row in rows:
        about, report = str(row["about"]), str(row["report"])
        kind = names.narrowest(kinds.get(about, ()))
        quotes = [evidence[passage] for passage in passages.get(about, ()) if passage in evidence]
        told.append(
            Statement(
                name=names[about],
                kind=names[kind[0]] if kind else None,
                period=names[str(row["period"])] if "period" in row else None,
                modality=names[modalities[about]] if about in modalities else None,
                report=names[report],
                evidence=tuple(quote for quote in quotes if quote.report.iri == report),
            )
        )
    return tuple(told)


def _reports(evidence: Iterable[Evidence], timeline: Iterable[Statement]) -> tuple[tuple[Term, int], ...]:
    places: dict[Term, set[str]] = {}
    for quote in (*evidence, *(quote for one in timeline for quote in one.evidence)):
        places.setdefault(quote.report, set()).add(quote.passage)
    return tuple((report, len(found)) for report, found in places.items())


def _sorted(graphs: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(graphs), key=lambda graph: (_STANDINGS.index(_of_graph(graph)), graph)))
