"""`hpkg ask NAME`: one command a question module, with an option for each of its parameters.

Not for: questions in plain words, which `hpkg.cli.free` takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from hpkg.cli import free
from hpkg.cli.command import Command, Group, Session, endpoint_option, language_option
from hpkg.cli.output import answer_options, write_answer
from hpkg.messages import Language, text
from hpkg.questions.catalogue import is_free, named, names
from hpkg.questions.parameter import choices

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.questions.question import Parameter, Question

__all__ = ["command"]

_LISTED: Final = 30


def command(language: Language) -> Group:
    """Return the command `ask`."""
    return _Questions(
        "ask",
        language=language,
        places={},
        help=text("cli.ask", language),
        no_args_is_help=True,
        params=[endpoint_option(language), language_option(language)],
        subcommand_metavar=text("cli.usage-question", language),
    )


class _Questions(Group):
    """The questions of the home as commands."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(names(_session(ctx).home))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        return _Question(named(_session(ctx).home, cmd_name), self.language)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the question that `args` begin with and the rest; or, for plain words, the command that reads them."""
        if is_free(args, self.list_commands(ctx)):
            return self.name, free.command(self.language), args
        return super().resolve_command(ctx, args)


class _Question(Command):
    """One question as a command."""

    def __init__(self, question: Question, language: Language) -> None:
        super().__init__(
            question.name,
            language=language,
            help=f"{question.question.in_(language)}\n\n{question.description.in_(language)}",
            short_help=question.question.in_(language),
            callback=click.pass_obj(self._answer),
            params=[
                *(_option(parameter, language) for parameter in question.parameters),
                *answer_options(language),
                endpoint_option(language),
                language_option(language),
            ],
        )
        self.question = question

    def _answer(
        self,
        session: Session,
        /,
        form: str | None,
        output: Path | None,
        excel: bool,  # noqa: FBT001 — click's flag
        limit: int | None,
        **given: str | None,
    ) -> None:
        parameters = {name: value for name, value in given.items() if value is not None}
        answer = session.graph(merged=True).ask(self.question.name, lang=session.language, max_rows=limit, **parameters)
        write_answer(answer, form, output, excel=excel)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the values each parameter takes in this graph, and an example."""
        for parameter in self.question.parameters:
            allowed = choices(_session(ctx).graph(merged=True).store, parameter)
            if allowed:
                with formatter.section(text("cli.values-of", self.language, option=parameter.option)):
                    formatter.write_dl([(choice.key, choice.label(self.language)) for choice in allowed[:_LISTED]])
                    if len(allowed) > _LISTED:
                        formatter.write_text(text("cli.more", self.language, count=len(allowed) - _LISTED))
        with formatter.section(text("cli.example", self.language)):
            formatter.write_text(_example(self.question))


def _option(parameter: Parameter, language: Language) -> click.Option:
    return click.Option(
        [parameter.option, parameter.name],
        metavar=text(f"cli.kind-{parameter.type.partition(':')[0]}", language),
        help=parameter.description.in_(language),
    )


def _example(question: Question) -> str:
    given = " ".join(
        f"{parameter.option} {parameter.example}"
        if " " not in parameter.example
        else f'{parameter.option} "{parameter.example}"'
        for parameter in question.parameters
    )
    return f"hpkg ask {question.name} {given}".rstrip()


def _session(ctx: click.Context) -> Session:
    session = ctx.find_object(Session)
    assert session is not None
    return session
