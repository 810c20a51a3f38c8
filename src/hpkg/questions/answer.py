"""An answer: typed rows under named columns, with what the report leaves unsaid, ready to be passed on.

Not for: finding it (`hpkg.questions.asking`) or laying it out for a person (`hpkg.cli.render`).
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from hpkg.errors import CallerError

if TYPE_CHECKING:
    import pandas as pd

    from hpkg.messages import Language
    from hpkg.questions.question import Column

__all__ = ["Answer", "Omission", "Value"]

Value: TypeAlias = str | int | Decimal | bool | date | None


@dataclass(frozen=True, slots=True)
class Omission:
    """Something the report announces and does not state: "03 hướng đột phá" are never named.

    `announced` is the number that the report gives, `quote` and `passage` are where it announces.
    """

    label: str
    kind: str
    announced: int | None
    quote: str
    section: str
    passage: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    Attributes:
        question: Name of the question, or empty for a query of the caller's own.
        title: What is answered, in the language of the answer.
        language: Language of labels and notes.
        parameters: The values the question was narrowed by, as keys, IRIs or texts.
        columns: One column for each value of a row.
        rows: Text, IRI (as text), int, Decimal, bool, date or None.
        dataset: Content hash of the graph that was asked.
        complete: False when a limit cut the rows off.
        note: What it means that there are no rows, or None when there are.
        not_stated: There are no rows because the report does not state it.
        omissions: What the report announces on this matter and does not state.
    """

    question: str
    title: str
    language: Language
    parameters: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    dataset: str
    complete: bool = True
    note: str | None = None
    not_stated: bool = False
    omissions: tuple[Omission, ...] = ()

    @property
    def count(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def to_records(self) -> list[dict[str, Value]]:
        """Return each row as a dictionary by column name."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def to_csv(self, delimiter: str = ",") -> str:
        """Return the rows as CSV with one heading line of column names; None is an empty field."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(column.name for column in self.columns)
        writer.writerows([_field(value) for value in row] for row in self.rows)
        return out.getvalue()

    def to_json(self) -> str:
        """Return the whole answer as a JSON object; numbers are numbers, dates ISO 8601."""
        return json.dumps(
            {
                "question": self.question,
                "title": self.title,
                "language": self.language,
                "parameters": dict(self.parameters),
                "dataset": self.dataset,
                "count": self.count,
                "complete": self.complete,
                "note": self.note,
                "not_stated": self.not_stated,
                "omissions": [
                    {
                        "label": omission.label,
                        "kind": omission.kind,
                        "announced": omission.announced,
                        "quote": omission.quote,
                        "section": omission.section,
                        "passage": omission.passage,
                    }
                    for omission in self.omissions
                ],
                "columns": [
                    {"name": column.name, "type": column.type, "label": column.label.in_(self.language)}
                    for column in self.columns
                ],
                "rows": self.to_records(),
            },
            ensure_ascii=False,
            indent=2,
            default=_number_or_date,
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a data frame: integer columns as Int64, decimals as Float64, dates as datetime64.

        Raises:
            CallerError: pandas is not installed; it comes with `hpkg[pandas]`.
        """
        try:
            import pandas as pd  # noqa: PLC0415 — an optional extra, and slow to load
        except ModuleNotFoundError as cause:
            raise CallerError("pandas-missing") from cause

        kinds: dict[str, Any] = {
            "integer": "Int64",
            "decimal": "Float64",
            "boolean": "boolean",
            "date": "datetime64[s]",
        }
        frame: dict[str, pd.Series[Any]] = {}
        for place, column in enumerate(self.columns):
            values = [float(v) if isinstance(v := row[place], Decimal) else v for row in self.rows]
            frame[column.name] = pd.Series(values, dtype=kinds.get(column.type, "object"))
        return pd.DataFrame(frame)


def _field(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number_or_date(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)
