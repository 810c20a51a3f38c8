"""`hpkg publish`: the whole service as files that any web host serves.

Not for: what stands in them (`hpkg.publish`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from hpkg.cli.command import Command, Session, endpoint_option, folder_params, language_option
from hpkg.cli.progress import progress
from hpkg.errors import StoreError
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from pathlib import Path

    from hpkg.publish import Fault, Tally

__all__ = ["command"]

_TOLD = 20


def command(language: Language) -> Command:
    """Return the command `publish`."""
    return Command(
        "publish",
        language=language,
        help=text("cli.publish", language),
        epilog=text("cli.publish-example", language),
        callback=click.pass_obj(_publish),
        params=[
            *folder_params(language),
            click.Option(["--check"], is_flag=True, help=text("cli.option-check-links", language)),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _publish(session: Session, /, folder: Path, base: str, *, check: bool) -> None:
    kit = import_module("hpkg.publish")
    graph = session.graph()
    with progress(text("publish.writing", session.language)) as tell:
        tally = kit.publish(graph.home, graph.store, folder, base, tell)
    _tell(tally, folder, session.language)
    if check:
        count, faults = kit.check_site(folder)
        _check(count, faults, session.language)


def _tell(tally: Tally, folder: Path, language: Language) -> None:
    counts = {
        "written": tally.written,
        "unchanged": tally.unchanged,
        "removed": tally.removed,
        "files": tally.files,
        "megabytes": f"{tally.size / 1e6:.1f}",
    }
    click.echo(text("publish.done", language, folder=folder, **counts), err=True)


def _check(count: int, faults: list[Fault], language: Language) -> None:
    for fault in faults[:_TOLD]:
        click.echo(f"{fault.page}: {fault.link}: {fault.why}", err=True)
    if faults:
        raise StoreError("site-dead-links", count=len(faults), links=count)
    click.echo(text("publish.checked", language, links=count), err=True)
