"""`hpkg export`: the whole graph in a form that another tool takes.

Not for: making that form (`hpkg.export`).
"""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

import click

from hpkg.cli.command import Command, Session, language_option
from hpkg.cli.output import format_option, output_option
from hpkg.files import replace_file
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

FORMATS = ("graphml",)


def command(language: Language) -> Command:
    """Return the command `export`."""
    return Command(
        "export",
        language=language,
        help=text("cli.export", language),
        callback=click.pass_obj(_export),
        params=[
            format_option(language, FORMATS, "cli.option-export-format"),
            output_option(language, "cli.option-output"),
            language_option(language),
        ],
    )


def _export(session: Session, /, form: str, output: Path | None) -> None:
    assert form == "graphml"
    # networkx takes long to load, and the help of all commands is made from these modules.
    export = import_module("hpkg.export")
    network = export.to_networkx(session.graph().store)
    written = BytesIO()
    export.write_graphml(network, written)
    if output is None:
        click.echo(written.getvalue(), nl=False)
    else:
        replace_file(output, written.getvalue())
    nodes, links = network.number_of_nodes(), network.number_of_edges()
    click.echo(text("cli.exported", session.language, nodes=nodes, links=links), err=True)
