"""What is known of a report besides its text, and the `.toml` file in which it is kept.

Not for: reading it from the report itself (`hpkg.letterhead`).
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from hpkg.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["REQUIRED", "Metadata", "make_metadata", "metadata_toml", "read_metadata"]

REQUIRED: Final[dict[str, type]] = {
    "title": str,
    "number": str,
    "date": dt.date,
    "issuer": str,
    "area": str,
    "year": int,
    "licence": str,
}
"""The fields without which nothing can be built, and what each is."""

_OPTIONAL: Final[dict[str, type]] = {
    "plan_year": int,
    "period": str,
    "plan_period": str,
    "issuer_name": str,
    "title_en": str,
    "url": str,
    "retrieved": dt.date,
    "note": str,
    "sha256": str,
    "original": str,
    "original_sha256": str,
}
_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PERIOD: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report besides its text.

    `area` is an area key (`31-hai-phong`), `year` the year reported on, `plan_year` the year planned for if it sets
    out a plan, `issuer` the key of an organisation, `licence` an IRI or a sentence on the rights in the text. A report
    on something other than one calendar year has `period` in ISO 8601 (`2011/2015`, `2025-01/2025-10`), whose last
    year is `year`; a plan of several years has `plan_period`, whose first year is `plan_year`. A document that only
    plans has the same year in both. `issuer_name` names an issuer that the reference data lack. `sha256` is that of the
    text; `original` is the file that the text was extracted from, `original_sha256` its digest.
    """

    title: str
    number: str
    date: dt.date
    issuer: str
    area: str
    year: int
    licence: str
    plan_year: int | None = None
    period: str = ""
    plan_period: str = ""
    issuer_name: str = ""
    title_en: str = ""
    url: str = ""
    retrieved: dt.date | None = None
    note: str = ""
    sha256: str = ""
    original: str = ""
    original_sha256: str = ""

    @property
    def reported(self) -> str:
        """Return the period reported on, in ISO 8601."""
        return self.period or str(self.year)

    @property
    def planned(self) -> str | None:
        """Return the period planned for, in ISO 8601, None when no plan is set out."""
        return self.plan_period or (str(self.plan_year) if self.plan_year else None)

    @property
    def plan_reported(self) -> str:
        """Return the period of the plan whose results are reported: of whole years."""
        return str(self.year) if "-" in self.reported else self.reported

    @property
    def own_plan(self) -> str:
        """Return the period of the plan that tasks and targets belong to when they name none."""
        return self.planned or self.plan_reported

    @property
    def last_past_year(self) -> int:
        """Return the last year whose results the document can know: that before the plan when it only plans."""
        return self.plan_year - 1 if self.only_plans and self.plan_year else self.year

    @property
    def only_plans(self) -> bool:
        """Tell whether the document sets out a plan and reports on nothing."""
        return self.planned == self.reported


def read_metadata(path: Path) -> dict[str, Any]:
    """Return the fields that the `.toml` file at `path` gives, none when there is no such file.

    Raises:
        SourceError: It is no TOML, or a field is unknown or of the wrong kind.
    """
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise SourceError("metadata-broken", where=str(path), reason=str(cause)) from cause
    known = REQUIRED | _OPTIONAL
    for name, value in values.items():
        if name not in known:
            raise SourceError("metadata-unknown", where=str(path), name=name)
        if type(value) is not known[name]:
            raise SourceError("metadata-field", where=str(path), name=name, kind=known[name].__name__)
    _check(values, str(path))
    return values


def _check(values: Mapping[str, Any], where: str) -> None:
    """Raise an error when a field that becomes part of a name could not be one."""
    if "area" in values and not _KEY.fullmatch(values["area"]):
        raise SourceError("metadata-field", where=where, name="area", kind="area key")
    for name in ("period", "plan_period"):
        if values.get(name) and not _PERIOD.fullmatch(values[name]):
            raise SourceError("metadata-field", where=where, name=name, kind="period")


def make_metadata(values: Mapping[str, Any], where: str) -> Metadata:
    """Return `values` as metadata.

    Raises:
        SourceError: A field that is required is not there.
    """
    for name, kind in REQUIRED.items():
        if not values.get(name):
            raise SourceError("metadata-field", where=where, name=name, kind=kind.__name__)
    _check(values, where)
    return Metadata(**values)


def metadata_toml(metadata: Metadata) -> str:
    """Return the `.toml` file that keeps `metadata`: the fields that say something, in their order."""
    lines = ["# Metadata of the source text beside this file."]
    for spec in fields(metadata):
        value = getattr(metadata, spec.name)
        if value not in ("", None):
            lines.append(f"{spec.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
