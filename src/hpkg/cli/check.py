"""`hpkg check`: is the graph fit to be published?

Leaves with 0 when it conforms, 1 when it does not, 2 when a check failed to answer. Not for: mending.
"""

from __future__ import annotations

from importlib import import_module
from typing import Literal

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.cli.output import format_option
from hpkg.messages import Language, text

__all__ = ["command"]


def command(language: Language) -> Command:
    """Return the command `check`."""
    return Command(
        "check",
        language=language,
        help=text("cli.check", language),
        callback=click.pass_obj(_check),
        params=[
            click.Option(["--thorough"], is_flag=True, help=text("cli.option-thorough", language)),
            format_option(language, ("table", "json", "turtle")),
            language_option(language),
        ],
    )


def _check(session: Session, /, *, thorough: bool, form: Literal["table", "json", "turtle"]) -> int:
    # The engines of the checks are loaded by this command alone.
    report = import_module("hpkg.validate").check(session.home, thorough=thorough)
    if form == "json":
        click.echo(report.to_json())
    elif form == "turtle":
        click.echo(report.to_turtle())
    else:
        click.echo("\n".join(report.lines(session.language)))
    return int(report.exit_code)
