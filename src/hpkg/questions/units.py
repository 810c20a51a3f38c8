"""What units are called after a number: by their plural, where the language has one.

Not for: converting between units.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from rdflib import Literal

from hpkg.questions.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["plural"]

_PLURALS: Final = "SELECT ?unit ?label WHERE { ?unit hp:pluralLabel ?label }"


def plural(store: Store, unit: str, number: Node | str, language: Language) -> str | None:
    """Return the name of `unit` after `number`; None where it is the same as the name of one."""
    try:
        if Decimal(str(number)) == 1:
            return None
    except InvalidOperation:
        return None
    return _plurals(store).get((unit, language))


def _plurals(store: Store) -> Mapping[tuple[str, str | None], str]:
    def find() -> dict[tuple[str, str | None], str]:
        rows = ((str(row["unit"]), row["label"]) for row in store.select(_PLURALS))
        return {(unit, label.language): str(label) for unit, label in rows if isinstance(label, Literal)}

    return remembered(store, "plurals of units", find)
