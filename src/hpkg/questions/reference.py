"""The reference of all questions, in both languages: `docs/questions.md`.

Not for: answering.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.questions.question import Column, Parameter, Question

__all__ = ["reference"]

_OPENING = """\
# Questions · Câu hỏi

What can be asked, as the headers of the modules in `queries/` say it. Written by `hpkg questions --format md`; a test
keeps it true. `hpkg ask NAME --help` lists the values that each parameter takes.

Những câu hỏi có thể hỏi, theo phần khai báo của các mô-đun trong `queries/`. `hpkg ask TÊN --help` liệt kê các giá trị
mà mỗi tham số nhận.
"""
_INFERENCE = """\
Rows may rest on inference: `rests_on` says on what / Có dòng dựa trên suy luận: `rests_on` cho biết dựa vào đâu
"""


def reference(questions: Iterable[Question]) -> str:
    """Return the reference of `questions` as Markdown."""
    return "\n".join((_OPENING, *_chapters(questions)))


def _chapters(questions: Iterable[Question]) -> Iterator[str]:
    for subject, group in groupby(questions, key=lambda question: question.subject):
        yield f"## {subject}\n"
        for question in group:
            yield from _section(question)


def _section(question: Question) -> Iterator[str]:
    yield f"### `{question.name}`\n"
    for language in ("en", "vi"):
        yield f"**{question.title.in_(language)}** – {question.question.in_(language)}"
        yield f"{question.description.in_(language)}\n"
    if question.parameters:
        yield "| parameter | type | | example |\n|---|---|---|---|"
        yield from (_row(parameter) for parameter in question.parameters)
        yield ""
    yield f"Columns: {', '.join(_column(column) for column in question.columns)}\n"
    if question.may_infer:
        yield _INFERENCE
    meaning = "not stated / văn bản không nêu" if question.empty.not_stated else "a finding / một kết quả"
    yield f"No rows ({meaning}): {question.empty.says.en} / {question.empty.says.vi}\n"


def _column(column: Column) -> str:
    unit = f", unit `{column.unit}`" if column.unit else ""
    return f"`{column.name}` ({column.type}{unit})"


def _row(parameter: Parameter) -> str:
    needed = "required, " if parameter.required else ""
    said = f"{parameter.description.en} / {parameter.description.vi}"
    return f"| `{parameter.option}` | {needed}`{parameter.type}` | {said} | `{parameter.example}` |"
