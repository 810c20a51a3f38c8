"""The statements of reports, one by one, with the first passage each stands on.

Not for: what a statement says in full (`/api/resource`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rdflib import Literal, URIRef

from hpkg.namespaces import BASE, HP
from hpkg.questions.parameter import resolve
from hpkg.questions.question import Bilingual, Parameter
from hpkg.questions.quotation import offsets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from hpkg.messages import Language
    from hpkg.store import Solutions, Store

__all__ = ["PARAMETERS", "facts"]

PARAMETERS: Final = (
    Parameter(
        "report",
        "instance:hp:Report",
        Bilingual("Báo cáo; bỏ trống để lấy mọi báo cáo.", "The report; left out, all of them."),
        required=False,
        default=None,
        example="402/BC-UBND",
    ),
    Parameter(
        "kind",
        "subclass:hp:Statement",
        Bilingual("Loại phát biểu, kể cả các loại hẹp hơn.", "The kind of statement, with the kinds below it."),
        required=False,
        default=None,
        example="task",
    ),
)

_FACTS: Final = """
SELECT DISTINCT ?statement ?kind ?kind_name ?label ?report ?passage ?quote WHERE {
  VALUES (?report ?wanted ?lang) { (UNDEF UNDEF "vi") }
  ?statement hp:evidence ?passage ; a ?kind .
  ?passage hp:inReport ?report ; hp:startOffset ?start ; hp:endOffset ?end ; hp:quote ?quote .
  ?kind rdfs:subClassOf* ?wanted . ?wanted rdfs:subClassOf* hp:Statement .
  FILTER NOT EXISTS { ?statement a ?narrower . ?narrower rdfs:subClassOf+ ?kind FILTER(?narrower != ?kind) }
  OPTIONAL { ?kind rdfs:label ?kind_name FILTER(LANG(?kind_name) = ?lang) }
  OPTIONAL { ?statement skos:prefLabel ?label FILTER(LANG(?label) = "vi") }
} ORDER BY ?report ?start ?end ?kind ?statement"""


def facts(store: Store, given: Mapping[str, str], language: Language) -> list[dict[str, Any]]:
    """Return the statements that `given` narrows to, in text order, one record each.

    Raises:
        CallerError: A value means nothing in this graph.
    """
    bound: dict[str, Node] = {"lang": Literal(language), "wanted": URIRef(HP.Statement)}
    for parameter in PARAMETERS:
        if parameter.name in given:
            name = "wanted" if parameter.name == "kind" else parameter.name
            bound[name] = resolve(store, parameter, given[parameter.name])
    return _records(store.select(_FACTS, bound))


def _records(rows: Solutions) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        statement, passage = str(row["statement"]), str(row["passage"])
        start, end = offsets(passage) or (None, None)
        found.setdefault(
            statement,
            {
                "statement": statement,
                "kind": str(row["kind"]).removeprefix(str(HP)),
                "kind_name": str(row.get("kind_name", "")),
                "label": str(row.get("label", "")) or None,
                "report": str(row["report"]).removeprefix(f"{BASE}id/report/"),
                "quote": str(row["quote"]),
                "start": start,
                "end": end,
                "passage": passage,
            },
        )
    return list(found.values())
