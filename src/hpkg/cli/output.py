"""An answer in the format that was asked for, on stdout or in a file.

Tables are for people at a terminal, the other formats are those of `hpkg.questions.formats`. Whatever the format does
not say itself - how many rows, whether they are all, which graph gave them - goes to stderr. Not for: messages.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hpkg.errors import CallerError
from hpkg.files import replace_file
from hpkg.messages import Language, text
from hpkg.questions.formats import FORMATS, render
from hpkg.questions.formats.reading import remarks, summary

if TYPE_CHECKING:
    from hpkg.questions.answer import Answer

__all__ = [
    "ANSWER_FORMATS",
    "TABLE",
    "answer_options",
    "format_option",
    "limit_option",
    "output_option",
    "reports_option",
    "seed_option",
    "write_answer",
]

TABLE: Final = "table"
"""The format for a terminal, which is made here."""
ANSWER_FORMATS: Final = (TABLE, *FORMATS)


def format_option(language: Language, formats: tuple[str, ...], help_key: str = "cli.option-format") -> click.Option:
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
        ["-o", "--output"],
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


def reports_option(language: Language) -> click.Option:
    """Return the option `--report`, which can be given several times."""
    return click.Option(
        ["--report", "reports"],
        multiple=True,
        metavar=text("export.report", language),
        help=text("export.option-report", language),
    )


def seed_option(language: Language, help_key: str) -> click.Option:
    """Return the option `--seed`, where chance starts."""
    return click.Option(
        ["--seed"],
        type=int,
        default=0,
        show_default=True,
        metavar=text("cli.number", language),
        help=text(help_key, language),
    )


def answer_options(language: Language) -> list[click.Option]:
    """Return the options that say how an answer is to be written: `--format`, `--output`, `--excel`, `--limit`."""
    return [
        click.Option(
            ["--format", "form"], type=click.Choice(ANSWER_FORMATS), help=text("cli.option-answer-format", language)
        ),
        output_option(language, "cli.option-answer-output"),
        click.Option(["--excel"], is_flag=True, help=text("cli.option-excel", language)),
        limit_option(language),
    ]


def write_answer(answer: Answer, form: str | None = None, output: Path | None = None, *, excel: bool = False) -> None:
    """Write `answer` to `output` or stdout, and to stderr what the format does not say itself.

    Without a format, the suffix of `output` tells it, and a terminal gets a table.

    Raises:
        CallerError: The suffix is no format, a terminal cannot show the format, or `excel` means nothing in it.
    """
    chosen = form or _by_suffix(output)
    if excel and not (chosen in FORMATS and FORMATS[chosen].excel):
        raise CallerError("excel-without-csv", where="--excel", form=chosen)
    if chosen == TABLE:
        if output is not None:
            raise CallerError("table-to-file", where="--output")
        # rich is loaded for tables only: the other formats start faster.
        import_module("hpkg.cli.table").print_answer(answer)
    else:
        _write(render(answer, chosen, excel=excel), chosen, output, answer.language)
    # A reader that has gone is noticed here, before what is said of the answer.
    sys.stdout.flush()
    if chosen != TABLE and not FORMATS[chosen].whole:
        for line in ([answer.note] if answer.note else []) + remarks(answer):
            click.echo(line, err=True)
    if chosen == TABLE or not FORMATS[chosen].whole:
        click.echo(summary(answer), err=True)


def _by_suffix(output: Path | None) -> str:
    if output is None:
        return TABLE
    for form in FORMATS.values():
        if output.suffix.lower() == form.suffix:
            return form.name
    raise CallerError("format-not-told", where=str(output), known=" ".join(form.suffix for form in FORMATS.values()))


def _write(content: bytes, form: str, output: Path | None, language: Language) -> None:
    if output is not None:
        replace_file(output, content)
        click.echo(text("cli.wrote-file", language, path=output), err=True)
    elif FORMATS[form].binary and sys.stdout.isatty():
        raise CallerError("format-needs-file", where="--format", form=form, suffix=FORMATS[form].suffix)
    else:
        click.echo(content, nl=False)
