"""The formats an answer can be written in: names, media types, and what each can hold.

One table for everything that negotiates, writes or links to a format. Not for: writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["GRAPH_FORMATS", "RESULT_FORMATS", "Format", "Holds"]

Holds = Literal["results", "graph"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its short name, as in `?format=`, and its media types, the registered one first."""

    name: str
    holds: Holds
    media_types: tuple[str, ...]
    suffix: str
    is_text: bool = False
    """Whether the media type is told with `charset=utf-8`; for the others UTF-8 is a matter of course."""

    @property
    def media_type(self) -> str:
        """Return the registered media type."""
        return self.media_types[0]


RESULT_FORMATS: Final = (
    Format("json", "results", ("application/sparql-results+json", "application/json"), "srj"),
    Format("xml", "results", ("application/sparql-results+xml", "application/xml", "text/xml"), "srx"),
    Format("csv", "results", ("text/csv",), "csv", is_text=True),
    Format("tsv", "results", ("text/tab-separated-values",), "tsv", is_text=True),
)
"""What the solutions of a SELECT and the truth value of an ASK can be written in, the usual one first."""

GRAPH_FORMATS: Final = (
    Format("turtle", "graph", ("text/turtle",), "ttl", is_text=True),
    Format("jsonld", "graph", ("application/ld+json", "application/json"), "jsonld"),
    Format("ntriples", "graph", ("application/n-triples",), "nt"),
    Format("rdfxml", "graph", ("application/rdf+xml", "application/xml", "text/xml"), "rdf"),
    Format("trig", "graph", ("application/trig",), "trig"),
    Format("nquads", "graph", ("application/n-quads",), "nq"),
)
"""What the triples of a CONSTRUCT or DESCRIBE can be written in, the usual one first."""
