"""A report as a workbook, a sheet a table. Not for: what stands in the tables (`sheets`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.export.documents.sheets import sheets
from hpkg.tables import to_xlsx

if TYPE_CHECKING:
    from hpkg.export.documents.reading import Reading

__all__ = ["written"]


def written(report: Reading) -> dict[str, bytes]:
    """Return the workbook of `report`."""
    return {"": to_xlsx([sheet.table(report) for sheet in sheets(report)])}
