"""`hpkg release`: the graph as a data release, for an archive.

Not for: the site (`hpkg publish`), which has the same files in its folder `dumps`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from hpkg.cli.command import Command, Session, endpoint_option, folder_params, language_option
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


def command(language: Language) -> Command:
    """Return the command `release`."""
    return Command(
        "release",
        language=language,
        help=text("cli.release", language),
        epilog=text("cli.release-example", language),
        callback=click.pass_obj(_release),
        params=[
            *folder_params(language),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _release(session: Session, /, folder: Path, base: str) -> None:
    graph = session.graph()
    tally, told = import_module("hpkg.publish").release(graph.home, graph.store, folder, base)
    newest = told.releases[0]
    said = (
        text("publish.first", session.language)
        if newest["first"]
        else text("publish.changed", session.language, **newest["counts"])
    )
    about = {"number": newest["release"], "dataset": newest["version"][:12], "said": said}
    sizes = {"files": tally.files, "megabytes": f"{tally.size / 1e6:.1f}"}
    click.echo(text("release.done", session.language, folder=folder, **about, **sizes), err=True)
