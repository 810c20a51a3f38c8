"""`hpkg build`: read reports into the graph.

Not for: reading itself (`hpkg.pipeline`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.lexicon import load_lexicon
from hpkg.messages import Language, text
from hpkg.pipeline import build, find_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.pipeline import Built

__all__ = ["command", "tell"]


def command(language: Language) -> Command:
    """Return the command `build`."""
    parameters: list[Any] = [
        click.Argument(["sources"], nargs=-1, metavar=text("cli.sources", language)),
        language_option(language),
    ]
    return Command(
        "build", language=language, help=text("cli.build", language), callback=click.pass_obj(_build), params=parameters
    )


def _build(session: Session, /, sources: tuple[str, ...]) -> None:
    paths = [find_source(name, session.home) for name in sources]
    for built in build(session.home, paths):
        tell(built, session)


def tell(built: Built, session: Session) -> None:
    """Print the account of one report."""
    language, coverage = session.language, built.coverage
    key = "build.written" if built.changed else "build.unchanged"
    click.echo(text(key, language, report=coverage.report, path=built.path, triples=built.triples))
    read, total = coverage.sentences
    click.echo("  " + text("build.facts", language, facts=_counts(coverage.facts)))
    click.echo("  " + text("build.sentences", language, read=read, total=total, silent=total - read))
    click.echo("  " + text("build.characters", language, counts=_counts(coverage.characters)))
    click.echo(
        "  " + text("build.digits", language, counts=_counts(coverage.digits), unread=coverage.digits.get("unread", 0))
    )
    for role in coverage.missing:
        concept = load_lexicon(session.home).get("section-role", role)
        named = concept.label if language == "vi" else concept.label_en
        click.echo("  " + text("build.missing", language, role=f"“{named}”"), err=True)
    if built.to_review:
        sheet = built.path.with_suffix(".review.csv")
        click.echo("  " + text("build.review", language, count=built.to_review, path=sheet))
    if built.stale:
        click.echo("  " + text("build.stale", language, decisions=", ".join(built.stale)), err=True)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
