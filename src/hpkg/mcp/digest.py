"""The schema in a few words: what a language model needs in order to write a query of its own.

Classes with what is said of each, vocabularies with their keys, and a query that works, in less than 4,000 tokens:
a word piece has three characters or more, so `BUDGET` characters are enough. Not for: people, who have pages.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from hpkg.namespaces import BASE, HP, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from hpkg.store import Store

__all__ = ["BUDGET", "schema_digest"]

BUDGET: Final = 10_800
"""The most characters of the digest: 4,000 tokens, of which names and signs need one for 2.7 characters."""
_FEW: Final = 14
"""So many keys of a vocabulary are told; of a longer one only how many there are."""

_CLASSES: Final = """
SELECT ?class ?above WHERE {
  ?class a owl:Class . FILTER(STRSTARTS(STR(?class), STR(hp:)))
  OPTIONAL { ?class rdfs:subClassOf ?above FILTER(STRSTARTS(STR(?above), STR(hp:))) }
} ORDER BY ?class ?above"""

_PROPERTIES: Final = """
SELECT DISTINCT ?property ?domain ?range WHERE {
  ?property a ?kind FILTER(?kind IN (owl:ObjectProperty, owl:DatatypeProperty))
  FILTER(STRSTARTS(STR(?property), STR(hp:)))
  OPTIONAL { ?property rdfs:domain/(owl:unionOf/rdf:rest*/rdf:first)? ?domain FILTER(isIRI(?domain)) }
  OPTIONAL { ?property rdfs:range/(owl:unionOf/rdf:rest*/rdf:first)? ?range FILTER(isIRI(?range)) }
} ORDER BY ?domain ?property ?range"""

_SCHEMES: Final = """
SELECT ?scheme ?key WHERE { ?concept skos:inScheme ?scheme ; skos:notation ?key } ORDER BY ?scheme ?key"""

_REPORTS: Final = """
SELECT ?report ?label WHERE {
  ?report a hp:Report ; skos:prefLabel ?label FILTER(LANG(?label) = "vi")
} ORDER BY ?report"""

_OPENING: Final = """\
# Schema of the graph
Plans and reports of governments as RDF. Base of IRIs: {base}. Known prefixes: {prefixes}.
The default graph is the merge of all graphs; GRAPH <{base}graph/derived> holds computed figures, <{base}graph/entailed>
what a reasoner added, <{base}graph/AREA/REPORT> what one report says. Names are skos:prefLabel, in @vi and mostly @en.
Everything a report says has hp:evidence: a passage with hp:quote (the exact characters), hp:startOffset, hp:endOffset,
hp:inSentence/hp:passage/hp:quote (the sentence), hp:inSection. Cite the quote. What is not there is not stated.
IRIs of concepts: {base}id/SCHEME/KEY (id/pillar/port-logistics); of years: id/period/2021.

"""

_EXAMPLE: Final = f"""
## A query
SELECT ?task ?name ?quote WHERE {{
  ?task a hp:Task ; skos:prefLabel ?name ; hp:contributesTo <{BASE}id/pillar/port-logistics> ;
    hp:evidence/hp:quote ?quote
}} LIMIT 5
"""


def schema_digest(store: Store) -> str:
    """Return the digest of the ontology and vocabularies in `store`, at most `BUDGET` characters of Markdown."""
    text = _OPENING.format(base=BASE, prefixes=" ".join(f"{name}:" for name in PREFIXES))
    parts = ["\n".join(lines) for lines in (_reports(store), _classes(store), _schemes(store))]
    text += "\n".join(parts) + "\n" + _EXAMPLE
    # Reports may be many; classes and vocabularies are what they are.
    if len(text) > BUDGET:
        text = text.replace(parts[0], f"{parts[0][: max(0, len(parts[0]) - (len(text) - BUDGET) - 1)]}…")
    return text


def _reports(store: Store) -> Iterator[str]:
    yield "## Reports"
    for row in store.select(_REPORTS):
        yield f"- <{row['report']}> {row['label']}"


def _classes(store: Store) -> Iterator[str]:
    """Yield a line a class: what it is a kind of, and the properties that are said of it."""
    above: dict[str, list[str]] = defaultdict(list)
    for row in store.select(_CLASSES):
        above[_short(row["class"])] += [_short(row["above"])] if "above" in row else []
    ranges: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in store.select(_PROPERTIES):
        of = (_short(row["domain"]) if "domain" in row else "", _short(row["property"]))
        ranges[of] += [_short(row["range"])] if "range" in row else []
    yield "## Classes: Class < what it is a kind of: property → range (all in hp:)"
    told: dict[str, list[str]] = defaultdict(list)
    for (domain, name), kinds in ranges.items():
        told[domain].append(f"{name} → {'|'.join(dict.fromkeys(kinds))}" if kinds else name)
    silent: dict[str, list[str]] = defaultdict(list)
    for name, wider in above.items():
        kind = f" < {', '.join(wider)}" if wider else ""
        if told.get(name):
            yield f"- {name}{kind}: {', '.join(told[name])}"
        else:
            silent[kind].append(name)
    yield from (f"- {', '.join(names)}{kind}" for kind, names in silent.items())
    if told.get(""):
        yield f"- any: {', '.join(told[''])}"


def _schemes(store: Store) -> Iterator[str]:
    keys: dict[str, list[str]] = defaultdict(list)
    for row in store.select(_SCHEMES):
        keys[str(row["scheme"]).removeprefix(f"{BASE}id/")].append(str(row["key"]))
    yield "## Vocabularies: scheme: skos:notation of its concepts"
    for scheme, known in keys.items():
        yield f"- {scheme}: {_listed(known)}"


def _listed(known: Iterable[str]) -> str:
    some = list(known)
    return ", ".join(some) if len(some) <= _FEW else f"{', '.join(some[:4])} … ({len(some)})"


def _short(term: Node) -> str:
    iri = str(term)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            local = iri.removeprefix(namespace)
            return local if namespace == str(HP) else f"{prefix}:{local}"
    return f"<{iri}>"
