"""One report as a document or a table of another trade: calendar, workbook, cube, plan, CSV with metadata, Parquet.

`document(store, name, form, language)` writes one of `DOCUMENTS`. Not for: networks (`hpkg.export.formats`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from hpkg.export.documents.reading import Reading
from hpkg.export.formats import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["DOCUMENTS", "document"]

DOCUMENTS: Final[Mapping[str, tuple[Form, str]]] = {
    "ical": (Form("text/calendar; charset=utf-8", ".ics"), "hpkg.export.documents.deadlines:written"),
    "workbook": (
        Form("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        "hpkg.export.documents.workbook:written",
    ),
    "cube": (Form("text/turtle", ".ttl"), "hpkg.export.documents.cube:written"),
    "stratml": (Form("application/xml", ".xml"), "hpkg.export.documents.stratml:written"),
    "csvw": (Form("application/zip", ""), "hpkg.export.documents.csvw:written"),
    "parquet": (Form("application/zip", ""), "hpkg.export.documents.parquet:written"),
}
"""The form of each, and the function that makes its files from what is read of a report."""


def document(store: Store, report: str | None, form: str, language: Language) -> dict[str, bytes]:
    """Return a report in the format `form`: its files by name, one without a name or several.

    Args:
        store: The graph.
        report: Its IRI, key or document number; None when the graph holds one only.
        form: One of `DOCUMENTS`.
        language: Language of headings and of the names of concepts; a report's own words stay as they are.

    Raises:
        CallerError: No report is meant, or several are.
        StoreError: The store does not answer.
    """
    module, _, name = DOCUMENTS[form][1].partition(":")
    files: dict[str, bytes] = getattr(import_module(module), name)(Reading.of(store, report, language))
    return files
