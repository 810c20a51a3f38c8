"""`hpkg questions`: what can be asked.

Not for: asking it.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Literal

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.cli.output import format_option
from hpkg.errors import CallerError
from hpkg.messages import Language, text
from hpkg.questions.catalogue import all_questions
from hpkg.questions.reference import reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.questions.question import Question

__all__ = ["command"]


def command(language: Language) -> Command:
    """Return the command `questions`."""
    return Command(
        "questions",
        language=language,
        help=text("cli.questions", language),
        callback=click.pass_obj(_list),
        params=[
            click.Option(["--about"], metavar=text("cli.word", language), help=text("cli.option-about", language)),
            format_option(language, ("table", "json", "md")),
            language_option(language),
        ],
    )


def _list(session: Session, /, about: str | None, form: Literal["table", "json", "md"]) -> None:
    found = all_questions(session.home, about)
    if not found and about:
        raise CallerError("no-question-about", where="--about", word=about)
    if form == "json":
        click.echo(json.dumps([_record(question) for question in found], ensure_ascii=False, indent=2))
    elif form == "md":
        click.echo(reference(found), nl=False)
    else:
        _tell(found, session.language)


def _tell(found: Sequence[Question], language: Language) -> None:
    longest = max(len(question.name) for question in found)
    for subject, group in groupby(found, key=lambda question: question.subject):
        click.echo(click.style(subject, bold=True))
        for question in group:
            click.echo(f"  {question.name:<{longest}}  {question.question.in_(language)}")
            for parameter in question.parameters:
                click.echo(f"  {'':<{longest}}    {parameter.option}: {parameter.description.in_(language)}")
    click.echo(text("cli.questions-next", language), err=True)


def _record(question: Question) -> dict[str, object]:
    return {
        "name": question.name,
        "iri": question.iri,
        "subject": question.subject,
        "title": {"vi": question.title.vi, "en": question.title.en},
        "question": {"vi": question.question.vi, "en": question.question.en},
        "parameters": [
            {"name": p.name, "type": p.type, "required": p.required, "default": p.default, "example": p.example}
            for p in question.parameters
        ],
        "columns": [{"name": column.name, "type": column.type} for column in question.columns],
    }
