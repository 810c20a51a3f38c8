"""The server: tools and resources of the graph, by the official SDK.

Texts for the model stand in the catalogues like all others. A mistake of the caller comes back as the result of the
tool, with what to do about it, so that the model can mend its call. Not for: what a tool answers (`hpkg.mcp.tools`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

from hpkg.errors import CallerError, HpkgError
from hpkg.mcp.digest import schema_digest
from hpkg.mcp.tools import MOST, asked, found, listed_questions, section_text, sections_of, told
from hpkg.messages import text

try:
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ResourceError, ToolError
    from mcp.types import ToolAnnotations
except ModuleNotFoundError as cause:
    raise CallerError("mcp-missing") from cause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.knowledge import KnowledgeGraph

__all__ = ["QueryAnswer", "RunQuery", "create_server"]

_Result = TypeVar("_Result")
Speech: TypeAlias = Literal["vi", "en"]
_READS: Final = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """What a query gave: a JSON document of results, or Turtle; and which limit cut it off, if one did."""

    document: Any
    cut: str | None = None


RunQuery: TypeAlias = Callable[[str], Awaitable[QueryAnswer]]
"""Runs a query that is not trusted, under limits; raises `HpkgError` when there is no answer."""


def create_server(graph: KnowledgeGraph, run: RunQuery, language: Speech = "en") -> MCPServer[None]:
    """Return the server of `graph`, whose free queries `run` answers; it speaks of itself in `language`.

    Raises:
        CallerError: The SDK is not installed; it comes with `hpkg[mcp]`.
    """
    server: MCPServer[None] = MCPServer(
        "hpkg", instructions=text("mcp.instructions", language), version=version("hpkg"), log_level="WARNING"
    )
    for tool in (*_of_questions(graph), *_of_things(graph), _of_queries(graph, run)):
        server.add_tool(
            tool, description=text(f"mcp.{tool.__name__}", language), annotations=_READS, structured_output=True
        )
    _add_resources(server, graph)
    return server


def _of_questions(graph: KnowledgeGraph) -> Iterator[Callable[..., Any]]:
    async def find_questions(about: str = "", lang: Speech = "en") -> dict[str, Any]:
        return await _apart(listed_questions, graph, about, lang)

    async def ask(
        question: str,
        parameters: dict[str, str] | None = None,
        lang: Speech = "en",
        limit: int = 50,
        offset: int = 0,
    ) -> dict[str, Any]:
        return await _apart(asked, graph, question, parameters or {}, lang, limit, offset)

    yield from (find_questions, ask)


def _of_things(graph: KnowledgeGraph) -> Iterator[Callable[..., Any]]:
    async def search(
        words: str,
        kind: str = "",
        report: str = "",
        lang: Speech = "en",
        limit: int = 20,
    ) -> dict[str, Any]:
        most = min(max(1, limit), MOST)
        return await _apart(
            lambda: found(graph.search(words, kind=kind or (), report=report or None, limit=most, lang=lang))
        )

    async def resource(name: str, lang: Speech = "en") -> dict[str, Any]:
        return await _apart(told, graph, name, lang)

    async def schema() -> dict[str, Any]:
        return {"dataset": graph.version, "complete": True, "schema": await _apart(schema_digest, graph.store)}

    yield from (search, resource, schema)


def _of_queries(graph: KnowledgeGraph, run: RunQuery) -> Callable[..., Any]:
    async def sparql(query: str) -> dict[str, Any]:
        with _told_to_the_model():
            answer = await run(query)
        return {
            "dataset": graph.version,
            "complete": answer.cut is None,
            **({"cut_by": answer.cut} if answer.cut else {}),
            "answer": answer.document,
        }

    return sparql


def _add_resources(server: MCPServer[None], graph: KnowledgeGraph) -> None:
    @server.resource("hpkg://schema", title="Schema", mime_type="text/markdown")
    async def schema_of_graph() -> str:
        return await _read(schema_digest, graph.store)

    @server.resource("hpkg://report/{area}/{key}", title="Outline of a report", mime_type="text/markdown")
    async def report(area: str, key: str) -> str:
        return await _read(sections_of, graph, f"{area}/{key}")

    @server.resource("hpkg://report/{area}/{key}/{section}", title="Text of a section", mime_type="text/plain")
    async def section(area: str, key: str, section: str) -> str:
        return await _read(section_text, graph, f"{area}/{key}", section)


async def _apart(call: Callable[..., _Result], *arguments: object) -> _Result:
    """Return what `call` gives, from another thread, so that the server goes on listening."""
    with _told_to_the_model():
        return await asyncio.to_thread(call, *arguments)


async def _read(call: Callable[..., str], *arguments: object) -> str:
    try:
        return await asyncio.to_thread(call, *arguments)
    except HpkgError as error:
        raise ResourceError(str(error)) from error


@contextlib.contextmanager
def _told_to_the_model() -> Iterator[None]:
    """Turn an error of ours into one that the model reads."""
    try:
        yield
    except HpkgError as error:
        raise ToolError(str(error)) from error
