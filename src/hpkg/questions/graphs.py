"""What the named graphs of a dataset are called, by language.

A graph is called by its own title, by the report or the vocabulary it holds, or, where it is one that every dataset
has, by the message catalogues. Not for: what stands in a graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Literal

from hpkg.messages import LANGUAGES, catalogue
from hpkg.namespaces import BASE
from hpkg.questions.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["graph_titles"]

_TITLES: Final = f"""
SELECT ?graph ?title WHERE {{
  {{ GRAPH ?in {{ ?graph dct:title ?title FILTER(?graph = <{BASE}def> || STRSTARTS(STR(?graph), "{BASE}graph/")) }} }}
  UNION {{ GRAPH ?graph {{ ?report a hp:Report ; skos:prefLabel ?title }} }}
  UNION {{ GRAPH ?graph {{ ?scheme a skos:ConceptScheme ; dct:title ?title }} }}
}} ORDER BY DESC(?title)"""


def graph_titles(store: Store) -> Mapping[str, Mapping[Language, str]]:
    """Return the titles of the named graphs that have any, by the IRI of the graph and by language."""

    def find() -> dict[str, dict[Language, str]]:
        found: dict[str, dict[Language, str]] = {}
        for graph in store.graphs:
            key = f"graph.{graph.removeprefix(f'{BASE}graph/')}"
            found[graph] = {language: said for language in LANGUAGES if (said := catalogue(language).get(key))}
        for row in store.select(_TITLES):
            title = row["title"]
            for language in LANGUAGES:
                if isinstance(title, Literal) and title.language == language and str(row["graph"]) in found:
                    found[str(row["graph"])][language] = str(title)
        return {graph: titles for graph, titles in found.items() if titles}

    return remembered(store, "titles of graphs", find)
