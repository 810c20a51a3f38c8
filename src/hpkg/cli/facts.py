"""`hpkg facts`: print what the reader finds, one record a line.

Not for: the graph.
"""

from __future__ import annotations

import json
from typing import Any

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.messages import Language, text
from hpkg.model import FACT_TYPES, to_record
from hpkg.pipeline import find_source, read
from hpkg.source import list_sources

__all__ = ["command"]


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
        language_option(language),
    ]
    return Command(
        "facts", language=language, help=text("cli.facts", language), callback=click.pass_obj(_facts), params=parameters
    )


def _facts(session: Session, /, source: str | None, kind: str | None) -> None:
    place = session.home
    for path in [find_source(source, place)] if source else list_sources(place):
        for fact in read(path, place).facts:
            if kind in (None, fact.type):
                click.echo(json.dumps(to_record(fact), ensure_ascii=False))
