"""`hpkg load`: the graph into a server of another make, by the Graph Store Protocol.

Not for: the protocol (`hpkg.store.sending`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.cli.progress import progress
from hpkg.errors import CallerError
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from hpkg.store.sending import Sent

__all__ = ["command"]

_TOLD = 20


def command(language: Language) -> Command:
    """Return the command `load`."""
    return Command(
        "load",
        language=language,
        help=text("cli.load", language),
        epilog=text("cli.load-example", language),
        callback=click.pass_obj(_load),
        params=[
            click.Option(["--endpoint"], metavar="URL", help=text("cli.option-load-endpoint", language)),
            click.Option(["--graph-store"], metavar="URL", help=text("cli.option-graph-store", language)),
            _secret("--token", "HPKG_TOKEN", language),
            click.Option(["--user"], metavar=text("cli.name", language), help=text("cli.option-user", language)),
            _secret("--password", "HPKG_PASSWORD", language),
            click.Option(["--prune"], is_flag=True, help=text("cli.option-prune", language)),
            language_option(language),
        ],
    )


def _secret(option: str, variable: str, language: Language) -> click.Option:
    word = text("cli.word", language)
    return click.Option([option], metavar=word, envvar=variable, help=text(f"cli.option{option[1:]}", language))


def _load(  # noqa: PLR0913 — one for each option
    session: Session,
    /,
    *,
    endpoint: str | None,
    graph_store: str | None,
    token: str | None,
    user: str | None,
    password: str | None,
    prune: bool,
) -> None:
    place = endpoint or session.endpoint
    if not place:
        raise CallerError("load-nowhere")
    if user and password is None:
        password = click.prompt(text("cli.password-of", session.language, user=user), hide_input=True, err=True)
    sending = import_module("hpkg.store.sending")
    with progress(text("cli.loading", session.language)) as tell:
        login = sending.Login(token or "", user or "", password or "")
        sent = sending.send_graphs(session.home, place, login, address=graph_store, prune=prune, tell=tell)
    _tell(sent, session.language)


def _tell(sent: Sent, language: Language) -> None:
    click.echo(text("cli.loaded", language, graphs=sent.graphs, triples=sent.triples, address=sent.address), err=True)
    if sent.others:
        told = "cli.load-removed" if sent.removed else "cli.load-others"
        click.echo(text(told, language, count=len(sent.others)), err=True)
        for graph in sent.others[:_TOLD]:
            click.echo(f"  {graph}", err=True)
