"""`hpkg stats`: what the network of things and links says, in words.

Not for: finding it out (`hpkg.export.stats`).
"""

from __future__ import annotations

import json
from importlib import import_module

import click

from hpkg.cli.command import Command, Session, endpoint_option, language_option
from hpkg.cli.output import format_option, reports_option, seed_option
from hpkg.messages import Language, text

__all__ = ["command"]


def command(language: Language) -> Command:
    """Return the command `stats`."""
    return Command(
        "stats",
        language=language,
        help=text("stats.help", language),
        callback=click.pass_obj(_stats),
        params=[
            reports_option(language),
            format_option(language, ("md", "json"), "stats.option-format"),
            seed_option(language, "stats.option-seed"),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _stats(session: Session, /, reports: tuple[str, ...], form: str, seed: int) -> None:
    # networkx takes long to load, and the help of all commands is made from these modules.
    stats = import_module("hpkg.export.stats")
    found = stats.statistics(session.graph().store, reports, session.language, seed)
    if form == "json":
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo(stats.told(found), nl=False)
