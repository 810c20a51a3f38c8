"""`hpkg search`: things and sentences found by their words, with tones or without.

Not for: questions in whole sentences (`hpkg ask`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from hpkg.cli.command import Command, Session, endpoint_option, language_option
from hpkg.cli.output import format_option, limit_option
from hpkg.messages import Language, text
from hpkg.understand import open_index, search_index

if TYPE_CHECKING:
    from hpkg.search import Found

__all__ = ["command"]

_LIMIT: Final = 20


def command(language: Language) -> Command:
    """Return the command `search`."""
    return Command(
        "search",
        language=language,
        help=text("cli.search", language),
        epilog=text("cli.search-example", language),
        callback=click.pass_obj(_search),
        params=[
            click.Argument(["words"], nargs=-1, metavar=text("search.words", language)),
            click.Option(
                ["--kind", "kinds"],
                multiple=True,
                metavar=text("search.kind", language),
                help=text("search.option-kind", language),
            ),
            click.Option(
                ["--report"], metavar=text("search.report", language), help=text("search.option-report", language)
            ),
            format_option(language, ("table", "json", "csv")),
            limit_option(language),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _search(session: Session, /, form: Literal["table", "json", "csv"], **given: Any) -> None:  # noqa: ANN401 — click's values
    # The graph itself is not needed where its index was kept.
    index = search_index(session.home, session.graph().store) if session.endpoint else open_index(session.home)
    found = index.search(
        " ".join(given["words"]),
        kinds=given["kinds"],
        report=given["report"],
        limit=given["limit"] or _LIMIT,
        language=session.language,
    )
    if form == "json":
        click.echo(found.to_json())
    elif form == "csv":
        click.echo(found.to_csv(), nl=False)
    else:
        import_module("hpkg.cli.findings").print_found(found)
    if form != "json":
        _tell(found)


def _tell(found: Found) -> None:
    """Say on stderr how many things were found, and what was not."""
    language = found.language
    if not found.all_words and found.hits:
        click.echo(text("search.some-words", language), err=True)
    for word, near in found.nearest:
        key = "search.unknown-word" if near else "search.unknown-word-alone"
        click.echo(text(key, language, word=word, near=", ".join(near)), err=True)
    key = "search.count" if found.complete else "search.count-cut"
    click.echo(text(key, language, count=len(found), total=found.total, dataset=found.dataset[:12]), err=True)
