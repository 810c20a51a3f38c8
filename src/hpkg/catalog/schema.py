"""The dataset for search engines: schema.org/Dataset, as the data of a page.

Not for: single things, which their own pages describe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hpkg.catalog.about import DATASET, LICENCE, coverage, said
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from hpkg.catalog.release import Release
    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["dataset_description"]


def dataset_description(store: Store, release: Release, language: Language, address: str = BASE) -> dict[str, Any]:
    """Return the dataset in the words of schema.org, for files that stand at `address`."""
    told = coverage(store)
    other: Language = "en" if language == "vi" else "vi"
    description: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": DATASET,
        "url": BASE,
        "name": said("title")[language],
        "alternateName": said("title")[other],
        "description": said("description")[language],
        "keywords": said("keywords")[language].split(", "),
        "inLanguage": ["vi", "en"],
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": said("publisher")[language], "url": BASE},
        "version": release.name,
        "dateModified": release.modified.isoformat(),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": said("catalogue-title")[language],
            "url": f"{BASE}catalog",
        },
        "spatialCoverage": [
            {"@type": "Place", "@id": area, "name": names.get(language) or names["vi"]}
            for area, names in told.areas.items()
        ],
        "isBasedOn": [report.iri for report in told.reports],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": dump.name,
                "contentUrl": f"{address}dumps/{dump.name}",
                "encodingFormat": [dump.media_type, "application/gzip"],
                "contentSize": f"{dump.size} B",
                "sha256": dump.sha256,
            }
            for dump in release.dumps
        ],
    }
    if told.first_year is not None:
        description["temporalCoverage"] = f"{told.first_year}/{told.last_year}"
    return description
