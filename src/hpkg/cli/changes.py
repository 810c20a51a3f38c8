"""`hpkg changes`: what changed in the graph since an earlier build.

Not for: making a build (`hpkg build`) or a release of one.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from hpkg import catalog
from hpkg.cli.command import Command, Session, endpoint_option, language_option
from hpkg.cli.output import format_option
from hpkg.errors import CallerError, StoreError
from hpkg.home import home
from hpkg.messages import Language, text
from hpkg.questions.labels import Labels
from hpkg.questions.term import shortened
from hpkg.store import open_store

if TYPE_CHECKING:
    from hpkg.catalog import Changes

__all__ = ["command"]

_SIGNS: Final = {"added": "+", "removed": "-", "changed": "~"}


def command(language: Language) -> Command:
    """Return the command `changes`."""
    return Command(
        "changes",
        language=language,
        help=text("cli.changes", language),
        epilog=text("cli.changes-example", language),
        callback=click.pass_obj(_changes),
        params=[
            click.Argument(["before"], metavar=text("cli.usage-before", language), type=click.Path(path_type=Path)),
            click.Option(["--retire"], is_flag=True, help=text("cli.option-retire", language)),
            format_option(language, ("table", "json")),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _changes(session: Session, /, before: Path, retire: bool, form: Literal["table", "json"]) -> None:  # noqa: FBT001 — click's flag
    store = session.graph().store
    old, new = _read(before), catalog.quads(store)
    found = catalog.changes(old, new)
    if retire:
        _retire(session, old, new)
    if form == "json":
        click.echo(found.to_json())
    else:
        _print(found, Labels(store, session.language))
    counts = {sort: len(found.of(sort)) for sort in _SIGNS}
    click.echo(text("cli.changed", session.language, **counts), err=True)


def _print(found: Changes, labels: Labels) -> None:
    names = labels.of(change.thing for change in found.things)
    for change in found.things:
        name = shortened(str(names[change.thing]))
        click.echo(f"{_SIGNS[change.sort]} {change.thing}  {name}  +{len(change.added)} -{len(change.removed)}")


def _retire(session: Session, old: bytes, new: bytes) -> None:
    gone = catalog.retire(session.home, _things(old), _things(new))
    click.echo(text("cli.retired", session.language, count=len(gone)), err=True)


def _things(lines: bytes) -> set[str]:
    return {line.partition(" ")[0].strip("<>") for line in lines.decode().splitlines()}


def _read(before: Path) -> bytes:
    """Return an earlier build as N-Quads: a file of the whole graph, packed or not, or a folder that holds a home."""
    if before.is_dir():
        return catalog.quads(open_store(home(before)))
    if not before.is_file():
        raise CallerError("build-missing", where=str(before))
    content = before.read_bytes()
    try:
        return gzip.decompress(content) if before.suffix == ".gz" else content
    except (OSError, EOFError) as error:
        raise StoreError("file-unreadable", where=str(before), reason=str(error)) from error
