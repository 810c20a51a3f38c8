"""`hpkg facts`: what the reader finds, as JSON Lines or as one table a type.

Not for: the graph.
"""

from __future__ import annotations

import json
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.cli.metadata import asking, given, metadata_options
from hpkg.cli.output import format_option, output_option
from hpkg.errors import CallerError
from hpkg.files import replace_file
from hpkg.messages import Language, text
from hpkg.model import FACT_TYPES, to_record
from hpkg.pipeline import find_sources, read
from hpkg.source import list_sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hpkg.model import Fact
    from hpkg.tables import Table

__all__ = ["command"]

_FORMATS: Final = ("jsonl", "csv", "xlsx", "parquet")


def command(language: Language) -> Command:
    """Return the command `facts`."""
    parameters: list[Any] = [
        click.Argument(["source"], required=False, metavar=text("cli.source", language)),
        click.Option(
            ["--type", "kind"],
            type=click.Choice(FACT_TYPES),
            metavar=text("cli.word", language),
            help=text("cli.option-type", language),
        ),
        format_option(language, _FORMATS, "cli.option-facts-format"),
        output_option(language, "cli.option-facts-output"),
        *metadata_options(language),
        language_option(language),
    ]
    return Command(
        "facts", language=language, help=text("cli.facts", language), callback=click.pass_obj(_facts), params=parameters
    )


def _facts(
    session: Session,
    /,
    source: str | None,
    kind: str | None,
    form: str,
    output: Path | None,
    **options: Any,  # noqa: ANN401
) -> None:
    facts = _read(session, source, kind, given(options))
    if form == "jsonl":
        lines = (json.dumps(to_record(fact), ensure_ascii=False) for fact in facts)
        if output is None:
            for line in lines:
                click.echo(line)
        else:
            _write(output, "".join(f"{line}\n" for line in lines).encode(), session.language)
        return
    # The libraries of the formats take long to load, and the help of all commands is made from these modules.
    tables: list[Table] = import_module("hpkg.export.facts").fact_tables(facts)
    _write_tables(tables, form, output, one=kind is not None, language=session.language)


def _read(session: Session, source: str | None, kind: str | None, values: dict[str, Any]) -> Iterator[Fact]:
    place = session.home
    if values and not source:
        raise CallerError("metadata-without-source", where="facts")
    for path in find_sources(source, place) if source else list_sources(place):
        for fact in asking(partial(read, path, place), values, session.language).facts:
            if kind in (None, fact.type):
                yield fact


def _write_tables(tables: list[Table], form: str, output: Path | None, *, one: bool, language: Language) -> None:
    """Write a workbook with a sheet a table, or a folder with a file a table; one CSV may go to standard output."""
    export = import_module("hpkg.tables")
    if output is None and not (one and form == "csv"):
        raise CallerError("output-missing", where="--output", form=form)
    if output is None:
        for table in tables:
            click.echo(export.to_csv(table), nl=False)
    elif form == "xlsx":
        _write(output, export.to_xlsx(tables), language)
    else:
        write = export.to_csv if form == "csv" else export.to_parquet
        made = [(table.name, write(table)) for table in tables]
        output.mkdir(exist_ok=True)
        for name, content in made:
            replace_file(output / f"{name}.{form}", content)
        click.echo(text("cli.wrote-files", language, path=output, count=len(tables)), err=True)


def _write(path: Path, content: bytes, language: Language) -> None:
    replace_file(path, content)
    click.echo(text("cli.wrote-file", language, path=path), err=True)
