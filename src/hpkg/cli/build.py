"""`hpkg build`: read reports into the graph.

Not for: reading itself (`hpkg.pipeline`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.cli.metadata import asking, given, metadata_options
from hpkg.errors import EXIT_CODES, CallerError
from hpkg.lexicon import load_lexicon
from hpkg.messages import Language, text
from hpkg.pipeline import build, build_each, find_sources

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hpkg.pipeline import Built, Failed

__all__ = ["command", "tell"]


def command(language: Language) -> Command:
    """Return the command `build`."""
    parameters: list[Any] = [
        click.Argument(["sources"], nargs=-1, metavar=text("cli.sources", language)),
        *metadata_options(language),
        language_option(language),
    ]
    return Command(
        "build", language=language, help=text("cli.build", language), callback=click.pass_obj(_build), params=parameters
    )


def _build(session: Session, /, sources: tuple[str, ...], **options: Any) -> int:  # noqa: ANN401 - those of the metadata
    paths = [path for name in sources for path in find_sources(name, session.home)]
    values = given(options)
    if values and not paths:
        raise CallerError("metadata-without-source", where="build")
    if len(paths) == 1:
        for built in asking(lambda known: build(session.home, paths, known), values, session.language):
            tell(built, session)
        return 0
    made, failed = build_each(session.home, paths, values)
    for built in made:
        tell(built, session)
    return _tell_failed(failed, len(made) + len(failed), session.language)


def _tell_failed(failed: Sequence[Failed], count: int, language: Language) -> int:
    """Print which sources could not be built and why; return the exit code of the first."""
    for fault in failed:
        where = "" if fault.error.where == str(fault.path) else f"{fault.path}: "
        click.echo(f"hpkg: {where}{fault.error.message(language)}\n  {fault.error.hint(language)}", err=True)
    if not failed:
        return 0
    click.echo(text("build.failed", language, failed=len(failed), count=count), err=True)
    return EXIT_CODES[type(failed[0].error)]


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
