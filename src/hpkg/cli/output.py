"""An answer or a description in the format that was asked for, on stdout.

Tables are for people, the other formats for programs: those carry every column, numbers as plain numbers. Not for:
messages, which go to stderr.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

import click

from hpkg.messages import Language, text

if TYPE_CHECKING:
    from hpkg.questions.answer import Answer, Value

__all__ = ["FORMATS", "Format", "format_option", "limit_option", "output_option", "write_answer"]

Format = Literal["table", "json", "csv", "tsv", "md"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
_HASH_SHOWN: Final = 12


def format_option(
    language: Language, formats: tuple[str, ...] = FORMATS, help_key: str = "cli.option-format"
) -> click.Option:
    """Return the option `--format`; the first of `formats` is the usual one."""
    return click.Option(
        ["--format", "form"],
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=text(help_key, language),
    )


def output_option(language: Language, help_key: str) -> click.Option:
    """Return the option `--output`, a path to write to."""
    return click.Option(
        ["--output"],
        type=click.Path(path_type=Path),
        metavar=text("cli.file", language),
        help=text(help_key, language),
    )


def limit_option(language: Language) -> click.Option:
    """Return the option `--limit`."""
    return click.Option(
        ["--limit"],
        type=click.IntRange(min=1),
        metavar=text("cli.number", language),
        help=text("cli.option-limit", language),
    )


def write_answer(answer: Answer, form: Format) -> None:
    """Print `answer`, and on stderr how many rows it has and of which graph."""
    if form == "json":
        click.echo(answer.to_json())
    elif form == "csv":
        click.echo(answer.to_csv(), nl=False)
    elif form == "tsv":
        click.echo(answer.to_csv("\t"), nl=False)
    elif form == "md":
        click.echo(_markdown(answer), nl=False)
    else:
        # rich is loaded for tables only: the other formats start faster.
        import_module("hpkg.cli.table").print_answer(answer)
    if answer.note and form in {"csv", "tsv"}:
        click.echo(answer.note, err=True)
    if form in {"table", "md"}:
        key = "cli.count" if answer.complete else "cli.count-cut"
        dataset = answer.dataset[:_HASH_SHOWN]
        click.echo(text(key, answer.language, count=answer.count, dataset=dataset), err=True)


def _markdown(answer: Answer) -> str:
    lines = [f"### {answer.title}", ""] if answer.title else []
    if answer.rows:
        lines.append("| " + " | ".join(column.label.in_(answer.language) for column in answer.columns) + " |")
        lines.append(
            "|" + "|".join("---:" if c.type in {"integer", "decimal"} else "---" for c in answer.columns) + "|"
        )
        lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in answer.rows]
    if answer.note:
        lines.append(answer.note)
    for omission in answer.omissions:
        lines += [
            "",
            f"- {text('cli.omission', answer.language, label=omission.label)}: “{omission.quote}” ({omission.section})",
        ]
    return "\n".join(lines) + "\n"


def _cell(value: Value) -> str:
    said = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return said.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
