"""The options that say what a report is, and the questions for what stands nowhere.

Not for: what the values mean (`hpkg.letterhead`).
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from hpkg.errors import SourceError
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["asking", "given", "metadata_options"]

_FIELDS: Final = ("area", "year", "plan_year", "number", "date", "issuer", "title", "licence", "url")
_T = TypeVar("_T")


def metadata_options(language: Language) -> list[click.Option]:
    """Return the options of the metadata."""
    return [
        click.Option(
            [f"--{name.replace('_', '-')}"],
            metavar=text("cli.value", language),
            help=text(f"cli.option-{name.replace('_', '-')}", language),
        )
        for name in _FIELDS
    ]


def given(options: dict[str, Any]) -> dict[str, Any]:
    """Return the metadata among `options` that were given, taken out of it."""
    values = {name: options.pop(name) for name in _FIELDS if options.get(name)}
    for name in _FIELDS:
        options.pop(name, None)
    return values


def asking(step: Callable[[dict[str, Any]], _T], values: dict[str, Any], language: Language) -> _T:
    """Return what `step` makes of `values`; where a person watches, ask for the metadata that it lacks.

    Raises:
        SourceError: Something is lacking and nobody is there to ask.
    """
    while True:
        try:
            return step(values)
        except SourceError as error:
            if error.code != "metadata-asked" or not (sys.stdin.isatty() and sys.stderr.isatty()):
                raise
            click.echo(error.message(language), err=True)
            answers = {
                name: click.prompt(text(f"cli.option-{name.replace('_', '-')}", language), err=True)
                for name in error.details["fields"]  # type: ignore[attr-defined] # a tuple of names
            }
            values = values | given(answers)
