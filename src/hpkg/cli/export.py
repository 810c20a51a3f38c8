"""`hpkg export`: a view of the graph in a form that another tool takes.

Not for: making that form (`hpkg.export`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from hpkg.cli.command import Command, Session, endpoint_option, language_option
from hpkg.cli.output import output_option, reports_option, seed_option
from hpkg.errors import CallerError
from hpkg.files import replace_file
from hpkg.messages import Language, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hpkg.export.network import Network
    from hpkg.store import Store

__all__ = ["command"]

# Named here, so that the help of all commands is made without loading what writes them.
FORMATS: Final = (
    *("graphml", "gexf", "cytoscape", "json-graph", "node-link", "gml"),
    *("html", "dot", "svg", "png", "pdf", "mermaid", "neo4j", "gephi"),
    *("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads"),
)
_DOCUMENTS: Final = ("ical", "workbook", "cube", "stratml", "csvw", "parquet")
_FOLDERS: Final = ("neo4j", "gephi", "csvw", "parquet")
_ANALYSES: Final = ("centrality", "community", "layout")
_ENGINES: Final = ("networkx", "igraph")


def command(language: Language) -> Command:
    """Return the command `export`."""
    return Command(
        "export",
        language=language,
        help=text("cli.export", language),
        epilog=text("export.example", language),
        callback=click.pass_obj(_export),
        params=[
            click.Option(
                ["--view", "view"],
                default="full",
                show_default=True,
                metavar=text("export.view", language),
                help=text("export.option-view", language),
            ),
            click.Option(
                ["--format", "form"],
                type=click.Choice((*FORMATS, *_DOCUMENTS)),
                default=FORMATS[0],
                show_default=True,
                metavar=text("export.format", language),
                help=text("cli.option-export-format", language),
            ),
            output_option(language, "cli.option-output"),
            click.Option(
                ["--node"], metavar=text("cli.usage-thing", language), help=text("export.option-node", language)
            ),
            click.Option(
                ["--depth"],
                type=click.IntRange(min=0),
                default=1,
                show_default=True,
                metavar=text("cli.number", language),
                help=text("export.option-depth", language),
            ),
            reports_option(language),
            *(
                click.Option(
                    [f"--{name}"],
                    multiple=True,
                    metavar=text("export.kind", language),
                    help=text(f"export.option-{name}", language),
                )
                for name in ("include", "exclude")
            ),
            click.Option(
                ["--with", "analyses"],
                metavar=",".join(_ANALYSES),
                help=text("export.option-with", language),
            ),
            click.Option(
                ["--engine"],
                type=click.Choice(_ENGINES),
                default=_ENGINES[0],
                show_default=True,
                help=text("export.option-engine", language),
            ),
            seed_option(language, "export.option-seed"),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _export(session: Session, /, form: str, output: Path | None, **chosen: Any) -> None:  # noqa: ANN401
    if form in _FOLDERS and output is None:
        raise CallerError("output-missing", where="--output", form=form)
    # The libraries behind an export take long to load, and the help of all commands is made from these modules.
    export = import_module("hpkg.export")
    graph = session.graph()
    if form in _DOCUMENTS:
        _export_document(session, graph.store, form, output, chosen["reports"])
        return
    network = _network(session, graph, chosen)
    files: dict[str, bytes] = export.written(network, form, graph.store, session.home.ontology / "context.jsonld")
    _put(files, output)
    nodes, links = len(network.nodes), len(network.links)
    click.echo(text("cli.exported", session.language, nodes=nodes, links=links), err=True)
    if form == "mermaid":
        mermaid = import_module("hpkg.export.mermaid")
        if links > mermaid.MOST_LINKS or len(files[""].decode()) > mermaid.MOST_CHARACTERS:
            most = {"links": mermaid.MOST_LINKS, "characters": mermaid.MOST_CHARACTERS}
            click.echo(text("export.mermaid-large", session.language, **most), err=True)


def _export_document(session: Session, store: Store, form: str, output: Path | None, reports: Sequence[str]) -> None:
    if len(reports) > 1:
        raise CallerError("report-unknown", where="--report", known=", ".join(reports))
    report = reports[0] if reports else None
    files: dict[str, bytes] = import_module("hpkg.export.documents").document(store, report, form, session.language)
    _put(files, output)
    size = sum(len(content) for content in files.values())
    click.echo(text("documents.written", session.language, form=form, files=len(files), size=size), err=True)


def _put(files: Mapping[str, bytes], output: Path | None) -> None:
    """Write the one file to its place or to stdout, or several into a folder."""
    if output is None:
        click.echo(files[""], nl=False)
    elif "" in files:
        replace_file(output, files[""])
    else:
        output.mkdir(exist_ok=True)
        for name, content in files.items():
            replace_file(output / name, content)


def _network(session: Session, graph: Any, chosen: dict[str, Any]) -> Network:  # noqa: ANN401 — loaded late
    export = import_module("hpkg.export")
    node = chosen["node"]
    if node is not None and chosen["view"] != "ego":
        raise CallerError("node-without-ego", where="--node")
    analyses = [name for name in (chosen["analyses"] or "").split(",") if name]
    for name in analyses:
        if name not in _ANALYSES:
            raise CallerError("option-value-wrong", where="--with", allowed=", ".join(_ANALYSES))
    selection = export.Selection(
        view=chosen["view"],
        node=import_module("hpkg.questions.lookup").find(graph.store, node) if node else None,
        depth=chosen["depth"],
        reports=chosen["reports"],
        include=chosen["include"],
        exclude=chosen["exclude"],
    )
    network: Network = export.network_of(graph.store, selection, session.language)
    if analyses:
        network = export.analysed(network, analyses, chosen["seed"], chosen["engine"])
    return network
