"""`hpkg questions`: what can be asked.

Not for: asking it.
"""

from __future__ import annotations

import json
from itertools import groupby
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Final, Literal

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.cli.output import format_option
from hpkg.errors import CallerError
from hpkg.messages import Language, catalogue, text
from hpkg.questions.catalogue import all_questions
from hpkg.questions.reference import reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.questions.question import Question

__all__ = ["command"]

_WIDEST: Final = 120
_NARROWEST: Final = 30


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
    """Print the questions by subject: name, what it asks, and the options it takes, none of them broken."""
    longest = max(len(question.name) for question in found)
    for number, (subject, group) in enumerate(groupby(found, key=lambda question: question.subject)):
        # A home of the user's own may have subjects that no catalogue names.
        heading = catalogue(language).get(f"subject.{subject}", subject)
        click.echo(f"{chr(10) if number else ''}{click.style(heading, bold=True)}:")
        for question in group:
            begin = f"  {question.name:<{longest}}  "
            lines = wrap(
                _what(question, language),
                width=max(_width(), len(begin) + _NARROWEST),
                initial_indent=begin,
                subsequent_indent=" " * len(begin),
                break_on_hyphens=False,
                break_long_words=False,
            )
            click.echo("\n".join(lines))
    click.echo(text("cli.questions-next", language), err=True)


def _width() -> int:
    return min(get_terminal_size().columns, _WIDEST)


def _what(question: Question, language: Language) -> str:
    """Return what a question asks, and the options it takes."""
    options = " ".join(parameter.option for parameter in question.parameters)
    return f"{question.question.in_(language)} {f'({options})' if options else ''}".rstrip()


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
