"""`hpkg review`: what a person should look at in a report, and what a person decided.

Not for: applying decisions (`hpkg.review`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hpkg.cli.build import tell
from hpkg.cli.command import Command, Session, language_option
from hpkg.cli.output import limit_option
from hpkg.errors import CallerError
from hpkg.messages import Language, text
from hpkg.pipeline import find_source, review, take_decisions
from hpkg.source import list_sources

if TYPE_CHECKING:
    from hpkg.review import ReviewItem

__all__ = ["command"]


def command(language: Language) -> Command:
    """Return the command `review`."""
    parameters: list[Any] = [
        click.Argument(["source"], required=False, metavar=text("cli.source", language)),
        click.Option(
            ["--take"],
            type=click.Path(path_type=Path),
            metavar=text("cli.file", language),
            help=text("cli.option-take", language),
        ),
        click.Option(["--by"], metavar=text("cli.name", language), help=text("cli.option-by", language)),
        limit_option(language),
        language_option(language),
    ]
    return Command(
        "review",
        language=language,
        help=text("cli.review", language),
        callback=click.pass_obj(_review),
        params=parameters,
    )


def _review(session: Session, /, source: str | None, take: Path | None, by: str | None, limit: int | None) -> None:
    if take is not None:
        if not by:
            raise CallerError("review-by", where="--by")
        for built in take_decisions(session.home, take, by, dt.datetime.now(tz=dt.UTC).date()):
            tell(built, session)
        return
    place = session.home
    for path in [find_source(source, place)] if source else list_sources(place):
        _show(review(place, path), session.language, limit)


def _show(items: list[ReviewItem], language: Language, limit: int | None) -> None:
    """Print the items as one block each, then how many of each kind there are."""
    for item in items[:limit]:
        click.echo(f"{text(f'review.{item.kind}', language)} · {item.section}")
        click.echo(f"  “{item.text}”")
        click.echo(f"  {item.said}")
        click.echo(f"  {item.node}")
    counts = Counter(item.kind for item in items)
    said = ", ".join(f"{text(f'review.{kind}', language)} {count}" for kind, count in sorted(counts.items()))
    click.echo(text("review.counted", language, count=len(items), kinds=said or "0"), err=True)
