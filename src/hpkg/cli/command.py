"""Commands that speak the language of the person: their headings, their help, their complaints.

Not for: what any command does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from hpkg.errors import CallerError
from hpkg.home import home
from hpkg.messages import LANGUAGES, Language, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.home import Home
    from hpkg.knowledge import KnowledgeGraph
    from hpkg.serve import Settings

__all__ = ["Command", "Group", "Session", "endpoint_option", "folder_params", "language_option"]


@dataclass(frozen=True, slots=True)
class Session:
    """What all commands share.

    Attributes:
        language: The language to speak.
        root: The folder to work in; None is the shipped one.
        endpoint: Address of a SPARQL endpoint to ask instead of the graph of the folder.
    """

    language: Language
    root: Path | None
    endpoint: str | None = None

    @property
    def home(self) -> Home:
        """Return the home to work in."""
        return home(self.root)

    def graph(self, *, merged: bool = False) -> KnowledgeGraph:
        """Return the graph of the home, loaded, or that behind the endpoint.

        Args:
            merged: For a command that hardly names a graph: load the named graphs only then.
        """
        # The engine and rdflib are loaded only by a command that needs them: help is instant.
        kind = import_module("hpkg.knowledge").KnowledgeGraph
        opened = kind.remote(self.endpoint, self.root) if self.endpoint else kind.open(self.root, merged=merged)
        return cast("KnowledgeGraph", opened)

    def before_endpoint(self, settings: Settings) -> Settings:
        """Return the settings of a service, which is one of the session's endpoint if they name no other."""
        return replace(settings, endpoint=settings.endpoint or self.endpoint or "")


class Command(click.Command):
    """A click command whose help is in `language` throughout."""

    def __init__(self, *args: Any, language: Language, **attributes: Any) -> None:  # noqa: ANN401 — click's own signature
        """Make the command; all other arguments are those of `click.Command`."""
        attributes.setdefault("options_metavar", text("cli.usage-options", language))
        attributes["add_help_option"] = False  # click's own would speak English
        super().__init__(*args, **attributes)
        self.language = language
        self.params.append(_help_option(language))

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=text("cli.usage", self.language) + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each with its help."""
        records = [parameter.get_help_record(ctx) for parameter in self.get_params(ctx)]
        with formatter.section(text("cli.options", self.language)):
            formatter.write_dl([record for record in records if record is not None and record[0].startswith("-")])


class Group(Command, click.Group):
    """A click group whose commands are loaded when they are called.

    Args:
        language: The language to speak.
        places: `module:function` by the name of a command; the function makes the command for a language.
    """

    def __init__(self, *args: Any, language: Language, places: Mapping[str, str], **attributes: Any) -> None:  # noqa: ANN401
        """Make the group; all other arguments are those of `click.Group`."""
        attributes.setdefault("subcommand_metavar", text("cli.usage-command", language))
        super().__init__(*args, language=language, **attributes)
        self.places = dict(places)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — click's signature
        """Return the names of the commands in the order they are told."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command `cmd_name`, or None."""
        if cmd_name not in self.places:
            return None
        module, _, function = self.places[cmd_name].partition(":")
        return cast("click.Command", getattr(import_module(module), function)(self.language))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` begin with, and the rest.

        Raises:
            CallerError: There is no such command.
        """
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None:
            known = self.list_commands(ctx)
            near = get_close_matches(name, known, n=2)
            raise CallerError("command-unknown", where=name, known=", ".join(near or known))
        return name, command, args[1:]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        if commands:
            with formatter.section(text("cli.commands", self.language)):
                formatter.write_dl([(name, command.get_short_help_str(100)) for name, command in commands if command])
        Command.format_options(self, ctx, formatter)


def language_option(language: Language) -> click.Option:
    """Return the option `--lang`; it has been read before any command was made, so it only has to be there."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=text("cli.option-lang", language)
    )


def endpoint_option(language: Language) -> click.Option:
    """Return the option `--endpoint` of a command that can ask one; it may as well stand before the command."""

    def take(ctx: click.Context, _parameter: click.Parameter, told: str | None) -> None:
        if told:
            session = ctx.find_object(Session)
            assert session is not None
            ctx.obj = replace(session, endpoint=told)

    return click.Option(
        ["--endpoint"], metavar="URL", expose_value=False, callback=take, help=text("cli.option-endpoint", language)
    )


def folder_params(language: Language) -> list[click.Parameter]:
    """Return the folder that a command writes into, and the option `--base`: the address its files will stand at."""
    base = import_module("hpkg.namespaces").BASE  # which needs rdflib
    return [
        click.Argument(["folder"], metavar=text("cli.folder", language), type=click.Path(path_type=Path)),
        click.Option(["--base"], metavar="URL", default=base, help=text("cli.option-base", language)),
    ]


def _help_option(language: Language) -> click.Option:
    def show(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 — click's signature
        if wanted and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()

    return click.Option(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=text("cli.option-help", language),
    )
