"""An answer: typed rows under named columns, how far it can be trusted, and what the report leaves unsaid.

Not for: finding it (`hpkg.questions.asking`) or what a format looks like (`hpkg.questions.formats`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast, overload

from hpkg.errors import CallerError
from hpkg.questions.question import INFERENCE
from hpkg.questions.quotation import quotations_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from rdflib.term import Node

    from hpkg.messages import Language
    from hpkg.questions.question import Column
    from hpkg.questions.quotation import Quotation

__all__ = ["Answer", "Gap", "Omission", "Row", "State", "Value"]

Value: TypeAlias = str | int | Decimal | bool | date | None
State: TypeAlias = Literal["complete", "truncated", "partial"]


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
class Gap:
    """A part that a report lacks, so that what would stand there is in no answer: `part` is the key of its role."""

    report: str
    report_name: str
    part: str
    part_name: str


class Row(Mapping[str, "Value"]):
    """One row of an answer: its values by the name of the column, and what it stands on."""

    __slots__ = ("_columns", "_values")

    def __init__(self, columns: tuple[Column, ...], values: tuple[Value, ...]) -> None:
        """Put `values` under `columns`."""
        self._columns = columns
        self._values = dict(zip((column.name for column in columns), values, strict=True))

    def __getitem__(self, name: str) -> Value:
        """Return the value of the column `name`."""
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the columns."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return the number of columns."""
        return len(self._values)

    def __repr__(self) -> str:
        """Return the values as Python would write them."""
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self._values.items())})"

    @property
    def evidence(self) -> tuple[Quotation, ...]:
        """Return the passages that the row stands on, that of the row itself first."""
        return quotations_of(self._columns, self._values)

    @property
    def rests_on(self) -> str | None:
        """Return the IRI of the rule or basis that the row rests on beyond the report's words, or None."""
        ground = self._values.get(INFERENCE.name)
        return None if ground is None else str(ground)


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The answer to a question: a sequence of rows that says how far it can be trusted.

    Attributes:
        question: Name of the question, or empty for a query of the caller's own.
        title: What is answered, in the language of the answer.
        language: Language of labels and notes.
        parameters: The values the question was narrowed by, as keys, IRIs or texts.
        columns: One column for each value of a row.
        rows: Text, IRI (as text), int, Decimal, bool, date or None.
        dataset: Content hash of the graph that was asked; empty when an endpoint tells none.
        state: `truncated` when the limit of the caller cut rows off; `partial` when the engine did, or when a report
            lacks a part that could have given more rows (`gaps`); else `complete`.
        note: What it means that there are no rows, or None when there are.
        not_stated: There are no rows because the report does not state it.
        omissions: What the report announces on this matter and does not state.
        gaps: The parts that reports lack, of those the question reads.
        grounds: Names of what rows rest on beyond the report's words, by IRI (see the column `rests_on`).
        units: Names of the units of columns, by key.
        terms: The RDF terms behind `rows`.
    """

    question: str
    title: str
    language: Language
    parameters: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    dataset: str
    state: State = "complete"
    note: str | None = None
    not_stated: bool = False
    omissions: tuple[Omission, ...] = ()
    gaps: tuple[Gap, ...] = ()
    grounds: tuple[tuple[str, str], ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    terms: tuple[tuple[Node | None, ...], ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        """Return in a few words what it answers, how many rows it has, and whether they are all."""
        return f"<Answer {self.question or 'SPARQL'}: {self.count} rows, {self.state}>"

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows."""
        return (Row(self.columns, row) for row in self.rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        """Return the row at `place`, or the rows of a slice."""
        if isinstance(place, slice):
            return tuple(Row(self.columns, row) for row in self.rows[place])
        return Row(self.columns, self.rows[place])

    @property
    def count(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    @property
    def complete(self) -> bool:
        """Tell whether nothing was cut off and no report lacks a part that the question reads."""
        return self.state == "complete"

    @property
    def inferred(self) -> tuple[int, ...]:
        """Return the places of the rows that rest on inference, from 0."""
        place = next((place for place, column in enumerate(self.columns) if column == INFERENCE), None)
        return () if place is None else tuple(at for at, row in enumerate(self.rows) if row[place] is not None)

    def part(self, begin: int, count: int) -> Answer:
        """Return rows `begin` (from 0) to `begin + count` as an answer, `truncated` unless these are all rows."""
        end = begin + count
        state = "truncated" if begin or end < len(self) else self.state
        return replace(self, rows=self.rows[begin:end], terms=self.terms[begin:end], state=state)

    def column(self, name: str) -> tuple[Value, ...]:
        """Return the values of one column.

        Raises:
            KeyError: The answer has no such column.
        """
        names = [column.name for column in self.columns]
        if name not in names:
            raise KeyError(name)
        place = names.index(name)
        return tuple(row[place] for row in self.rows)

    def unit_of(self, column: Column) -> str | None:
        """Return what all numbers of a column are in, or None when it has no unit or its rows differ in it."""
        if column.unit is None:
            return None
        if column.unit not in {other.name for other in self.columns}:
            return dict(self.units).get(column.unit, column.unit)
        pairs = zip(self.column(column.name), self.column(column.unit), strict=True)
        found = {str(unit) for value, unit in pairs if value is not None and unit is not None}
        return found.pop() if len(found) == 1 else None

    def to_records(self) -> list[dict[str, Value]]:
        """Return each row as a dictionary by column name."""
        return [dict(row) for row in self]

    def to(self, form: str, *, excel: bool = False) -> bytes:
        """Return the answer in one of the formats of `hpkg.questions.formats`, as the bytes of a file.

        Raises:
            CallerError: There is no such format, or what it needs is not installed.
        """
        # The formats stand above the answer, and some load much: they are looked for when one is asked for.
        content = import_module("hpkg.questions.formats").render(self, form, excel=excel)
        return cast("bytes", content)

    def to_csv(self, *, excel: bool = False) -> str:
        """Return the rows as CSV with one heading line of column names; None is an empty field.

        With `excel` it opens right in Excel: a byte order mark, and no text that Excel would run as a formula.
        """
        return self.to("csv", excel=excel).decode()

    def to_json(self) -> str:
        """Return the whole answer as a JSON object; numbers are numbers, dates ISO 8601."""
        return self.to("json").decode()

    def to_markdown(self) -> str:
        """Return the answer as Markdown, numbers as its language writes them."""
        return self.to("md").decode()

    def to_html(self) -> str:
        """Return the answer as a fragment of HTML: a table whose rows show the quotes they stand on."""
        return self.to("html").decode()

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return self.to_html()

    def to_xlsx(self) -> bytes:
        """Return the answer as a workbook: rows, evidence, and what was asked, each on a sheet.

        Raises:
            CallerError: A text is longer than a cell can hold.
        """
        return self.to("xlsx")

    def to_parquet(self) -> bytes:
        """Return the rows as Parquet.

        Raises:
            CallerError: pyarrow is not installed; it comes with `hpkg[parquet]`.
        """
        return self.to("parquet")

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
