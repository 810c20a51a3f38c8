"""The tables of a report as CSV with their metadata (CSV on the Web, https://www.w3.org/TR/tabular-metadata/).

Not for: what stands in the tables (`sheets`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from hpkg.export.documents.sheets import name_of, sheets
from hpkg.messages import LANGUAGES, text
from hpkg.namespaces import LICENCE
from hpkg.tables import to_csv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.export.documents.reading import Reading
    from hpkg.export.documents.sheets import Sheet

__all__ = ["METADATA", "written"]

METADATA: Final = "csv-metadata.json"
_TYPES: Final[Mapping[str, str]] = {
    "text": "string",
    "link": "anyURI",
    "integer": "integer",
    "decimal": "decimal",
    "boolean": "boolean",
    "date": "date",
}
_OF_THE_REPORT: Final = frozenset({"quote", "stated", "result-stated", "target-stated"})
"""Columns in the report's own words, whatever language the rest is in."""


def written(report: Reading) -> dict[str, bytes]:
    """Return a CSV file a table of `report`, and the metadata of all."""
    made = sheets(report)
    files = {f"{sheet.key}.csv": to_csv(sheet.table(report)) for sheet in made}
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "vi"}],
        "dc:title": [{"@value": report.name(report.iri), "@language": "vi"}],
        "dc:source": {"@id": report.iri},
        "dc:issued": {"@value": report.issued.isoformat(), "@type": "xsd:date"},
        "dc:license": {"@id": LICENCE},
        "tables": [_described(sheet, report) for sheet in made],
    }
    files[METADATA] = (json.dumps(metadata, ensure_ascii=False, indent=1) + "\n").encode()
    return files


def _described(sheet: Sheet, report: Reading) -> dict[str, object]:
    return {
        "url": f"{sheet.key}.csv",
        "lang": report.language,  # of the table and not of the group: readers compare it with the heading line
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "lineTerminators": ["\n"]},
        "dc:title": [{"@value": text(f"documents.{sheet.key}", one), "@language": one} for one in LANGUAGES],
        "tableSchema": {
            "columns": [
                {
                    "name": name_of(key),
                    "titles": {one: text(f"documents.{key}", one) for one in (report.language, *LANGUAGES)},
                    "datatype": _TYPES[kind],
                    **({"lang": "vi"} if key in _OF_THE_REPORT else {}),
                }
                for key, kind in sheet.columns.items()
            ],
            **({"primaryKey": ["about", "address"]} if sheet.key == "evidence" else {}),
        },
    }
