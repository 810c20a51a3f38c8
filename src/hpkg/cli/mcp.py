"""`hpkg mcp`: the graph for a language model, over stdin and stdout.

Not for: the tools (`hpkg.mcp`).
"""

from __future__ import annotations

import asyncio
import os
from importlib import import_module

import click

from hpkg.cli.command import Command, Session, endpoint_option, language_option
from hpkg.errors import StoreError
from hpkg.messages import Language, text

__all__ = ["command"]


def command(language: Language) -> Command:
    """Return the command `mcp`."""
    return Command(
        "mcp",
        language=language,
        help=text("cli.mcp", language),
        callback=click.pass_obj(_talk),
        params=[endpoint_option(language), language_option(language)],
    )


def _talk(session: Session, /) -> None:
    if not hasattr(os, "fork"):
        raise StoreError("serve-without-fork")
    settings = session.before_endpoint(import_module("hpkg.serve").load_settings({}, os.environ))
    asyncio.run(import_module("hpkg.serve.models").talk(session.home, settings, session.language))
