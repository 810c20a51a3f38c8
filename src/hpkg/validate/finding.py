"""What a check found: data, with its text in every language.

Not for: looking for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from hpkg.messages import LANGUAGES, Language, text

if TYPE_CHECKING:
    from rdflib import URIRef
    from rdflib.term import Node

__all__ = ["SEVERITIES", "Finding", "Severity", "found"]

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""From what makes a graph unfit to publish to what is only worth knowing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, doubtful or worth knowing.

    Attributes:
        severity: A violation keeps the graph from conforming; a warning and an info do not.
        check: The name of the check that found it.
        node: The IRI of what it is about, or an empty text.
        where: The place: a file, a passage, a property, an axiom.
        messages: What is found, by language.
        shacl: What a shape's result says of it beside the above, as property and value.
    """

    severity: Severity
    check: str
    node: str
    where: str
    messages: tuple[tuple[Language, str], ...]
    shacl: tuple[tuple[URIRef, Node], ...] = ()

    def message(self, language: Language) -> str:
        """Return what is found in `language`, else in the first language there is."""
        return dict(self.messages).get(language, self.messages[0][1])


def found(check: str, severity: Severity, key: str, *, node: str = "", where: str = "", **values: object) -> Finding:
    """Return a finding whose texts stand in the catalogues under `check.<key>`.

    >>> found("quotes", "warning", "source-missing", where="a.txt").message("en")
    'the source text is missing.'
    """
    messages = tuple(
        (language, text(f"check.{key}", language, **{name: _shown(value, language) for name, value in values.items()}))
        for language in LANGUAGES
    )
    return Finding(severity, check, node, where, messages)


def _shown(value: object, language: Language) -> object:
    """Return a number as `language` prints it, anything else as it is.

    >>> _shown(Decimal("84199.2"), "vi")
    '84.199,2'
    """
    if not isinstance(value, Decimal):
        return value
    english = f"{value:,f}"
    return english.translate(str.maketrans(",.", ".,")) if language == "vi" else english
