"""The tables of a report as Parquet, a file a table, with typed columns. Not for: what stands in them (`sheets`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.export.documents.sheets import sheets
from hpkg.namespaces import LICENCE
from hpkg.tables import to_parquet

if TYPE_CHECKING:
    from hpkg.export.documents.reading import Reading

__all__ = ["written"]


def written(report: Reading) -> dict[str, bytes]:
    """Return a Parquet file a table of `report`; metadata of each file say what it was read from.

    Raises:
        CallerError: pyarrow is not installed; it comes with `hpkg[parquet]`.
    """
    return {
        f"{sheet.key}.parquet": to_parquet(
            sheet.data(),
            {
                "hpkg.report": report.iri,
                "hpkg.number": report.number,
                "hpkg.issued": report.issued.isoformat(),
                "hpkg.table": sheet.table(report).name,
                "hpkg.dataset": report.store.version,
                "hpkg.licence": LICENCE,
            },
        )
        for sheet in sheets(report)
    }
