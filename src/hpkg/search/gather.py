"""The things of a store that can be found, each with its names and the reports that speak of it.

Not for: ranking them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from rdflib import Literal

from hpkg.namespaces import BASE
from hpkg.search.thing import Field, Name, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.store import Store

__all__ = ["kind_of", "things"]

_NAMES: Final = """
SELECT ?thing ?naming ?name WHERE {
  VALUES ?naming {
    skos:prefLabel rdfs:label skos:altLabel skos:hiddenLabel hp:sourceLabel hp:documentNumber hp:gsoCode skos:notation
  }
  ?thing ?naming ?name FILTER(isIRI(?thing))
}"""

# What belongs to one report; every other name is that of a thing.
_STATEMENTS: Final = """
SELECT DISTINCT ?thing WHERE {
  VALUES ?class { hp:Statement hp:TextUnit hp:DerivedFigure hp:CoverageFigure }
  ?thing a/rdfs:subClassOf* ?class
}"""

_SENTENCES: Final = """
SELECT ?thing ?text ?passage ?report WHERE {
  ?thing a hp:Sentence ; hp:inReport ?report ; hp:passage ?passage . ?passage hp:quote ?text
}"""

_HEADINGS: Final = "SELECT ?thing ?passage ?report { ?thing a hp:Section ; hp:inReport ?report ; hp:passage ?passage }"

_EVIDENCE: Final = """
SELECT ?thing ?passage ?report WHERE {
  ?thing hp:evidence ?passage . ?passage hp:inReport ?report ; hp:startOffset ?start
} ORDER BY ?report ?start"""

_SPOKEN_OF: Final = """
SELECT DISTINCT ?thing ?report WHERE {
  { ?statement hp:evidence/hp:inReport ?report ; ?property ?thing FILTER(?property NOT IN (rdf:type, hp:evidence)) }
  UNION { ?passage hp:mentions ?thing ; hp:inReport ?report }
  UNION { ?thing a hp:Report BIND(?thing AS ?report) }
  FILTER(isIRI(?thing))
}"""

_BRACKETS: Final = re.compile(r"\(([^()]+)\)")
_LABELS: Final = frozenset({"prefLabel", "label"})
# Grammar and bookkeeping, which no one looks for by name.
_PASSED_OVER: Final = frozenset(
    {"asking", "cue", "correction", "coverage", "coverage-metric", "unread", "rule", "period"}
)

# What a person calls by the last step of its IRI: `p2.v.4.9`, `v.4.13`, the year of a plan.
_CALLED_BY_KEY: Final = frozenset({"sentence", "section", "task", "plan", "theme", "report"})


def things(store: Store) -> Iterator[Thing]:
    """Yield everything in `store` that has a name, and every sentence."""
    names: dict[str, dict[Name, None]] = defaultdict(dict)
    reports: dict[str, set[str]] = defaultdict(set)
    passages: dict[str, str] = {}
    statements = {str(row["thing"]) for row in store.select(_STATEMENTS)}
    for row in store.select(_NAMES):
        thing, said = str(row["thing"]), row["name"]
        language = said.language or "" if isinstance(said, Literal) else ""
        field = _field(str(row["naming"]), thing in statements)
        names[thing][Name(field, str(said), language)] = None
        if field == Field.LABEL:
            names[thing].update((Name(Field.ALIAS, form, language), None) for form in _apart(str(said)))
    for row in store.select(_SENTENCES):
        names[str(row["thing"])][Name(Field.SENTENCE, str(row["text"]), "vi")] = None
    for query in (_SENTENCES, _HEADINGS, _EVIDENCE):
        for row in store.select(query):
            passages.setdefault(str(row["thing"]), str(row["passage"]))
            reports[str(row["thing"])].add(str(row["report"]))
    for row in store.select(_SPOKEN_OF):
        reports[str(row["thing"])].add(str(row["report"]))
    for thing in sorted(names):
        kind = kind_of(thing)
        if kind in _CALLED_BY_KEY:
            names[thing][Name(Field.ALIAS, thing.rpartition("/")[2])] = None
        if kind and kind not in _PASSED_OVER:
            yield Thing(thing, kind, tuple(names[thing]), frozenset(reports[thing]), passages.get(thing, ""))


def kind_of(iri: str) -> str:
    """Return the word of `iri` that says what it names, or nothing for what is not to be found.

    >>> kind_of("https://w3id.org/hpkg/id/project/31-hai-phong/cau-rao-1")
    'project'
    >>> kind_of("https://w3id.org/hpkg/def#Task"), kind_of("https://w3id.org/hpkg/query/sums")
    ('term', 'question')
    >>> kind_of("https://w3id.org/hpkg/id/pillar")
    ''
    """
    path = iri.removeprefix(BASE)
    if path == iri:
        return ""
    if path.startswith("def#"):
        return "term"
    if path.startswith("query/"):
        return "question"
    first, _, rest = path.partition("/")
    kind, _, key = rest.partition("/")
    return kind if first == "id" and key else ""


def _apart(label: str) -> Iterator[str]:
    """Yield the abbreviation that stands in brackets in `label`, and the label without what stands in brackets.

    >>> list(_apart("Chỉ số sản xuất công nghiệp (IIP)"))
    ['IIP', 'Chỉ số sản xuất công nghiệp']
    """
    for match in _BRACKETS.finditer(label):
        if match[1].isupper():
            yield match[1]
        yield " ".join(_BRACKETS.sub(" ", label).split())


def _field(naming: str, of_statement: bool) -> Field:  # noqa: FBT001 — one caller, beside it
    if of_statement:
        return Field.STATEMENT
    return Field.LABEL if naming.rpartition("#")[2] in _LABELS else Field.ALIAS
