"""`hpkg ask "…"`: a question in plain words, with what was understood told before the answer.

Not for: understanding it (`hpkg.understand`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hpkg.cli.command import Command, Session, endpoint_option, language_option
from hpkg.cli.output import answer_options, write_answer
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from hpkg.understand import Reading

__all__ = ["command"]


def command(language: Language) -> Command:
    """Return the command that takes a question in plain words."""
    return Command(
        "ask",
        language=language,
        help=text("cli.ask", language),
        callback=click.pass_obj(_answer),
        params=[
            click.Argument(["words"], nargs=-1, metavar=text("cli.usage-free", language)),
            *answer_options(language),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _answer(session: Session, /, words: tuple[str, ...], limit: int | None, **written: Any) -> None:  # noqa: ANN401 — click's values
    understood = session.graph(merged=True).ask_text(" ".join(words), lang=session.language, max_rows=limit)
    _tell(understood.reading, session.language)
    write_answer(understood.answer, written["form"], written["output"], excel=written["excel"])


def _tell(reading: Reading, language: Language) -> None:
    """Say on stderr what was understood, which words were taken for slips, and what else it may mean."""
    for said, meant in reading.mended:
        click.echo(text("cli.taken-for", language, said=said, meant=meant), err=True)
    click.echo(text("cli.understood-as", language, call=reading.best.call), err=True)
    named = [f"{parameter} = {label}" for parameter, label in reading.best.labels.items()]
    click.echo("  " + " · ".join([reading.best.question.question.in_(language), *named]), err=True)
    if not reading.sure and reading.others:
        click.echo(text("cli.unsure", language), err=True)
        for other in reading.others:
            click.echo(f"  hpkg ask {other.call}  – {other.question.question.in_(language)}", err=True)
