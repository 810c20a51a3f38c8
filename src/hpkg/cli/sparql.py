"""`hpkg sparql`: a query of one's own, from the command line, a file, or stdin.

Not for: changing the graph.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from hpkg.cli.command import Command, Session, endpoint_option, language_option
from hpkg.cli.output import answer_options, write_answer
from hpkg.errors import CallerError
from hpkg.files import replace_file
from hpkg.messages import Language, text
from hpkg.questions.answer import Answer

__all__ = ["command"]

_GRAPH_FORMATS: Final = {"json": "json-ld"}


def command(language: Language) -> Command:
    """Return the command `sparql`."""
    return Command(
        "sparql",
        language=language,
        help=text("cli.sparql", language),
        epilog=text("cli.sparql-example", language),
        callback=click.pass_obj(_query),
        params=[
            click.Argument(["query"], metavar=text("cli.usage-query", language)),
            *answer_options(language),
            endpoint_option(language),
            language_option(language),
        ],
    )


def _query(  # noqa: PLR0913, PLR0917 — one for each option
    session: Session,
    /,
    query: str,
    form: str | None,
    output: Path | None,
    excel: bool,  # noqa: FBT001 — click's flag
    limit: int | None,
) -> None:
    result = session.graph(merged=True).sparql(_text_of(query), lang=session.language, max_rows=limit)
    if isinstance(result, Answer):
        write_answer(result, form, output, excel=excel)
    elif isinstance(result, bool):
        said = str(result).lower()
        click.echo(f'{{"head": {{}}, "boolean": {said}}}' if form == "sparql-json" else said)
    else:
        content = result.serialize(format=_GRAPH_FORMATS.get(form or "", "turtle")).rstrip("\n") + "\n"
        if output is None:
            click.echo(content, nl=False)
        else:
            replace_file(output, content.encode())


def _text_of(query: str) -> str:
    """Return the query that the argument is or points to: `-` is stdin, an existing file its content."""
    if query == "-":
        return sys.stdin.read()
    if "{" in query or "\n" in query:
        return query
    path = Path(query)
    if path.is_file():
        return _content(path)
    if " " not in query:
        raise CallerError("query-file-missing", where=query)
    return query


def _content(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise CallerError("query-file-encoding", where=str(path)) from error
