"""The fact records of reports as tables, one a type, with the columns of the interchange format.

The columns follow from the data classes of `hpkg.model`. Not for: files (`hpkg.tables`).
"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin, get_type_hints

from hpkg import model
from hpkg.tables import Column, ColumnKind, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["fact_tables"]

_KINDS: Final[dict[Any, ColumnKind]] = {str: "text", int: "integer", Decimal: "decimal", bool: "boolean"}


def fact_tables(facts: Iterable[model.Fact]) -> list[Table]:
    """Return one table a type of fact that occurs, in order of the types, with rows in the order given."""
    rows: dict[type[model.Fact], list[model.Fact]] = {}
    for fact in facts:
        rows.setdefault(type(fact), []).append(fact)
    return [_table(kind, rows[kind]) for kind in sorted(rows, key=lambda kind: kind.type)]


def _table(kind: type[model.Fact], facts: list[model.Fact]) -> Table:
    columns = _columns(kind)
    return Table(
        kind.type,
        (Column("type", "text"), *columns),
        [(kind.type, *(_cell(getattr(fact, column.name), column) for column in columns)) for fact in facts],
    )


def _columns(kind: type) -> tuple[Column, ...]:
    """Return the columns of a data class: its fields in order, without those that are not printed."""
    hints = get_type_hints(kind, vars(model))
    return tuple(_column(spec.name, hints[spec.name]) for spec in fields(kind) if not spec.metadata.get("inner"))


def _column(name: str, hint: Any) -> Column:  # noqa: ANN401 - an annotation
    if get_origin(hint) is UnionType or NoneType in get_args(hint):
        (hint,) = (part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is Literal:
        return Column(name, "text")
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return Column(name, "texts") if inner is str else Column(name, "records", _columns(inner))
    return Column(name, _KINDS[hint])


def _cell(value: Any, column: Column) -> object:  # noqa: ANN401 - a field of any fact
    if column.kind == "texts":
        return list(value)
    if column.kind == "records":
        return [{inner.name: _cell(getattr(item, inner.name), inner) for inner in column.columns} for item in value]
    return value
