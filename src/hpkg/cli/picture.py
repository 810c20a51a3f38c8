"""`hpkg picture`: a picture to show, drawn from what reports say.

Not for: drawing (`hpkg.export.pictures`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from hpkg.cli.command import Command, Session, endpoint_option, language_option
from hpkg.cli.output import output_option, reports_option
from hpkg.errors import CallerError
from hpkg.files import replace_file
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

PICTURES: Final = ("pillars", "flows", "timeline", "indicators", "map")
_FORMS: Final = ("svg", "png", "pdf")


def command(language: Language) -> Command:
    """Return the command `picture`."""
    return Command(
        "picture",
        language=language,
        help=text("picture.help", language),
        epilog=text("picture.example", language),
        callback=click.pass_obj(_picture),
        params=[
            click.Argument(["name"], type=click.Choice(PICTURES), metavar=text("picture.name", language)),
            click.Option(["--format", "form"], type=click.Choice(_FORMS), help=text("picture.option-format", language)),
            output_option(language, "picture.option-output"),
            reports_option(language),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _picture(session: Session, /, name: str, form: str | None, output: Path | None, reports: tuple[str, ...]) -> None:
    by_name = output.suffix.removeprefix(".") if output else ""
    form = form or (by_name if by_name in _FORMS else "svg")
    if output is None and form != "svg":
        raise CallerError("output-missing", where="--output", form=form)
    # matplotlib takes long to load, and the help of all commands is made from these modules.
    draw = import_module("hpkg.export.pictures").picture
    made = draw(session.graph().store, name, form, session.language, reports)
    if output is None:
        click.echo(made.content, nl=False)
    else:
        replace_file(output, made.content)
    click.echo(f"{made.title}. {made.alt}", err=True)
