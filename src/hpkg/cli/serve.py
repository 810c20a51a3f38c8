"""`hpkg serve`: the graph on the web.

Not for: the service itself (`hpkg.serve`).
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.errors import StoreError
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["command"]

_NUMBERS: Final = ("timeout", "quantum", "patience", "freshness")
_COUNTS: Final = (
    "port", "workers", "max-rows", "max-bytes", "max-memory", "max-body", "max-write", "queue", "cache",
)  # fmt: skip
_WORDS: Final = ("host", "base", "endpoint", "allow-service")
_PATHS: Final = ("token-file", "state")


def command(language: Language) -> Command:
    """Return the command `serve`."""
    return Command(
        "serve",
        language=language,
        help=text("cli.serve", language),
        epilog=text("cli.serve-settings", language),
        callback=click.pass_obj(_serve),
        params=[
            *(_option(name, str, "cli.word", language) for name in _WORDS),
            *(_option(name, int, "cli.number", language) for name in _COUNTS),
            *(_option(name, float, "cli.number", language) for name in _NUMBERS),
            *(_option(name, click.Path(path_type=Path), "cli.file", language) for name in _PATHS),
            _option("settings", click.Path(path_type=Path), "cli.file", language),
            language_option(language),
        ],
    )


def _option(name: str, kind: type | click.Path, metavar: str, language: Language) -> click.Option:
    return click.Option([f"--{name}"], type=kind, metavar=text(metavar, language), help=text(f"serve.{name}", language))


def _serve(session: Session, /, settings: Path | None, **flags: object) -> None:
    if not hasattr(os, "fork"):
        raise StoreError("serve-without-fork")
    service = import_module("hpkg.serve")
    told = session.before_endpoint(service.load_settings(flags, os.environ, settings))
    app = service.create_app(session.home, told)
    service.serve(app, told, _teller(session.language))


def _teller(language: Language) -> Callable[[str], None]:
    def tell(address: str) -> None:
        click.echo(text("serve.started", language, address=address), err=True)

    return tell
