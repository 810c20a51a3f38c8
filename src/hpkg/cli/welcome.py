"""`hpkg` itself: the options of all commands, and what to do next when no command is given.

Not for: the commands.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hpkg.cli.command import Group, Session, language_option
from hpkg.errors import CallerError
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["root"]

_OF_THE_FOLDER: Final = frozenset({"build", "check", "facts", "review"})
"""Commands that work on files, and so on no endpoint."""


def root(language: Language, places: Mapping[str, str]) -> Group:
    """Return the command `hpkg` with the commands that are made at `places`."""

    def begin(ctx: click.Context, /, home: Path | None, endpoint: str | None) -> None:
        if endpoint and ctx.invoked_subcommand in _OF_THE_FOLDER:
            raise CallerError("endpoint-only-asks", where=ctx.invoked_subcommand)
        ctx.obj = Session(language, home, endpoint)
        if ctx.invoked_subcommand is None:
            click.echo(text("cli.welcome", language))

    def tell_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
        if wanted:
            click.echo(f"hpkg {version('hpkg')}")
            ctx.exit()

    return Group(
        "hpkg",
        language=language,
        places=places,
        help=text("cli.hpkg", language),
        invoke_without_command=True,
        callback=click.pass_context(begin),
        context_settings={"max_content_width": 100},
        params=[
            language_option(language),
            click.Option(
                ["--home"],
                type=click.Path(path_type=Path),
                metavar=text("cli.folder", language),
                help=text("cli.option-home", language),
            ),
            click.Option(
                ["--endpoint"],
                metavar="URL",
                envvar="HPKG_ENDPOINT",
                help=text("cli.option-endpoint", language),
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=tell_version,
                help=text("cli.option-version", language),
            ),
        ],
    )
