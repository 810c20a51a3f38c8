"""`hpkg show`: everything the graph says of one thing.

Not for: finding things by free words.
"""

from __future__ import annotations

from importlib import import_module
from typing import Literal

import click

from hpkg.cli.command import Command, Session, endpoint_option, language_option
from hpkg.cli.output import format_option
from hpkg.messages import Language, text

__all__ = ["command"]


def command(language: Language) -> Command:
    """Return the command `show`."""
    return Command(
        "show",
        language=language,
        help=text("cli.show", language),
        epilog=text("cli.show-example", language),
        callback=click.pass_obj(_show),
        params=[
            click.Argument(["name"], metavar=text("cli.usage-thing", language)),
            format_option(language, ("table", "json")),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _show(session: Session, /, name: str, form: Literal["table", "json"]) -> None:
    description = session.graph().show(name, lang=session.language)
    if form == "json":
        click.echo(description.to_json())
    else:
        import_module("hpkg.cli.description").print_description(description)
