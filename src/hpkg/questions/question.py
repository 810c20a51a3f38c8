"""What a question module is: a SPARQL query that says in words what it asks, takes and answers.

Not for: reading the module (`hpkg.questions.header`) or running it (`hpkg.questions.asking`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from hpkg.namespaces import BASE, fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hpkg.messages import Language

__all__ = [
    "COLUMN_TYPES",
    "EVIDENCE",
    "INFERENCE",
    "OFFSETS",
    "Bilingual",
    "Column",
    "ColumnType",
    "Empty",
    "Golden",
    "Parameter",
    "Question",
]

ColumnType = Literal["text", "integer", "decimal", "boolean", "iri", "date"]
COLUMN_TYPES: tuple[ColumnType, ...] = get_args(ColumnType)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in both languages."""

    vi: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.vi if language == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: the variable of the query, the type of its values, how it is headed.

    `shown` is False for a column that only programs want: a figure whose text stands beside it. `unit` is what its
    numbers are in: the key of a unit (`percent`) for all rows, or the name of the column that says it row by row.
    """

    name: str
    type: ColumnType
    label: Bilingual
    shown: bool = True
    unit: str | None = None


INFERENCE: Column = Column("rests_on", "iri", Bilingual("Dựa trên suy luận", "Rests on inference"), shown=False)
"""What a row rests on beyond the words of the report: the rule that gave it (`id/rule/growth-needed`), or the basis of
a link that no sentence states (`id/basis/heading`, `id/basis/inferred`). No value: the report says it."""

EVIDENCE: tuple[Column, ...] = (
    Column("quote", "text", Bilingual("Trích dẫn", "Quote")),
    Column("sentence", "text", Bilingual("Câu văn", "Sentence")),
    Column("section", "text", Bilingual("Mục", "Section")),
    Column("passage", "iri", Bilingual("Đoạn văn", "Passage")),
)
"""The columns of a row that stands on a passage: its characters, the sentence around them, the path of the section, and
the IRI, which holds the offsets."""

OFFSETS: tuple[Column, ...] = (
    Column("start", "integer", Bilingual("Từ ký tự", "First character"), shown=False),
    Column("end", "integer", Bilingual("Đến ký tự", "After the last character"), shown=False),
)
"""The columns read off the IRI of the passage, which no query has to give: offsets into the text of the report in
characters, the first from 0, the end exclusive."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be narrowed by.

    `type` is `concept:<scheme>`, `instance:<class>`, `subclass:<class>` or `subproperty:<property>` (terms as
    `hp:District`), `year`, `integer` or `string`. `default` and `example` are written as a caller would write them.
    """

    name: str
    type: str
    description: Bilingual
    required: bool
    default: str | None
    example: str

    @property
    def option(self) -> str:
        """Return the name of the parameter on the command line."""
        return "--" + self.name.replace("_", "-")

    def to_record(self, language: Language) -> dict[str, str | bool | None]:
        """Return what a caller must know of the parameter, in `language`, by field."""
        return {
            "name": self.name,
            "type": self.type,
            "description": self.description.in_(language),
            "required": self.required,
            "default": self.default,
            "example": self.example,
        }


@dataclass(frozen=True, slots=True)
class Empty:
    """What an answer without rows means: the report does not state it, or a finding in itself."""

    not_stated: bool
    says: Bilingual


@dataclass(frozen=True, slots=True)
class Golden:
    """The reviewed answer of a question: a CSV file below the root of the project, and the parameters it is for."""

    file: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question module: `queries/<subject>/<name>.rq`.

    `reads` are the parts of a report that it draws on, as keys of section roles: when a report lacks one, the answer
    is partial. None means any part. `wordings` are other ways to ask the same, each with its language; `{pillar}` in
    one stands for a value of that parameter.
    """

    name: str
    subject: str
    path: Path
    title: Bilingual
    question: Bilingual
    description: Bilingual
    keywords_vi: tuple[str, ...]
    keywords_en: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    empty: Empty
    omissions: tuple[str, ...]
    golden: Golden
    sparql: str
    reads: tuple[str, ...] | None = None
    wordings: tuple[tuple[Language, str], ...] = ()

    @property
    def keywords(self) -> tuple[str, ...]:
        """Return the keywords in both languages, Vietnamese ones first."""
        return self.keywords_vi + self.keywords_en

    @property
    def iri(self) -> str:
        """Return the IRI of the question."""
        return f"{BASE}query/{self.name}"

    @property
    def selected(self) -> tuple[Column, ...]:
        """Return the columns that the query gives: all but those read off the passage."""
        return tuple(column for column in self.columns if column not in OFFSETS)

    @property
    def may_infer(self) -> bool:
        """Tell whether a row can rest on more than the words of the report; then its column `rests_on` says so."""
        return INFERENCE in self.columns

    @property
    def has_evidence(self) -> bool:
        """Tell whether each row stands on a passage of the report."""
        return set(EVIDENCE) <= set(self.columns)

    def is_about(self, word: str) -> bool:
        """Tell whether `word` occurs in the name, the texts or the keywords, in any language, with tones or without."""
        return all(part in fold(" ".join(self._texts())) for part in fold(word).split())

    def _texts(self) -> Iterator[str]:
        yield from (self.name, self.name.replace("-", " "), self.subject, *self.keywords)
        for text in (self.title, self.question, self.description):
            yield from (text.vi, text.en)
