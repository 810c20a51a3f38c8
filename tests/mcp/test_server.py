"""The graph for language models, driven by the SDK's own client."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError

import hpkg
from hpkg.errors import StoreError
from hpkg.mcp import QueryAnswer, create_server
from hpkg.mcp.digest import BUDGET, schema_digest
from hpkg.messages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

REPORT = "31-hai-phong/2020-402-bc-ubnd"


@pytest.fixture(scope="module")
def graph() -> hpkg.KnowledgeGraph:
    """The shipped graph."""
    return hpkg.open()


@pytest.fixture
def drive(graph: hpkg.KnowledgeGraph) -> Callable[[Callable[[Client], Awaitable[Any]]], Any]:
    """Return what a client gets from a server whose queries run in this process, cut after two rows."""

    async def run(query: str) -> QueryAnswer:
        if "forever" in query:
            raise StoreError("endpoint-slow", where="pool")
        found = graph.store.select(query, max_rows=2)
        return QueryAnswer([[str(term) for term in row] for row in found.rows], None if found.complete else "rows")

    def driven(use: Callable[[Client], Awaitable[Any]]) -> Any:  # noqa: ANN401 — what the client got
        async def main() -> Any:  # noqa: ANN401
            async with Client(create_server(graph, run)) as client:
                return await use(client)

        return asyncio.run(main())

    return driven


def test_the_tools_say_what_they_do(graph: hpkg.KnowledgeGraph, drive: Callable[..., Any]) -> None:
    """Six tools, each with a description, all of which only read; in Vietnamese as well."""
    tools = drive(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["find_questions", "ask", "search", "resource", "schema", "sparql"]
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)

    async def run(_: str) -> QueryAnswer:
        return QueryAnswer(None)

    said = {language: create_server(graph, run, language).instructions for language in LANGUAGES}
    assert "không nêu" in (said["vi"] or "")
    assert "not stated" in (said["en"] or "")


def test_a_question_is_answered_in_pages_with_evidence(drive: Callable[..., Any]) -> None:
    """Each page says how many rows there are, where the next begins, and the rows bear their sentences."""

    def page(offset: int) -> dict[str, Any]:
        given = {"question": "tasks-by-pillar", "parameters": {"pillar": "cang bien - logistics"}, "limit": 5}
        result = drive(lambda client: client.call_tool("ask", {**given, "offset": offset, "lang": "vi"}))
        assert not result.is_error
        found: dict[str, Any] = result.structured_content
        return found

    first = page(0)
    assert (first["count"], first["complete"], first["next_offset"]) == (5, False, 5)
    assert all(row["quote"] in (row["sentence"] or row["quote"]) for row in first["rows"])
    assert any(row["sentence"] for row in first["rows"])
    last = page(5)
    assert "next_offset" not in last
    assert first["count"] + last["count"] == first["total"]
    assert {row["number"] for row in first["rows"]}.isdisjoint(row["number"] for row in last["rows"])
    assert first["dataset"] == hpkg.open().version


def test_plain_words_are_answered_as_they_are_understood(drive: Callable[..., Any]) -> None:
    """The same rows as the question they mean, with that question, its values and the next best told before them."""
    words = drive(lambda client: client.call_tool("ask", {"question": "viec gi phuc vu tru cot cang bien?"}))
    said = words.structured_content
    best, *others = said.pop("understood")["interpretations"]
    assert (best["question"], best["parameters"]) == ("tasks-by-pillar", {"pillar": "port-logistics"})
    assert len(others) <= 2
    given = {"question": best["question"], "parameters": best["parameters"]}
    assert drive(lambda client: client.call_tool("ask", given)).structured_content == said


def test_questions_are_found_with_the_values_of_their_parameters(drive: Callable[..., Any]) -> None:
    """A few questions come with the values to choose from; all come without."""
    few = drive(lambda client: client.call_tool("find_questions", {"about": "tru cot"})).structured_content
    pillar = next(p for q in few["questions"] if q["name"] == "tasks-by-pillar" for p in q["parameters"])
    assert pillar["values"]["port-logistics"]
    every = drive(lambda client: client.call_tool("find_questions", {})).structured_content
    assert every["count"] == len(hpkg.open().questions())


def test_things_are_searched_and_told(drive: Callable[..., Any]) -> None:
    """A search without tones finds the bridge, and the bridge is told with its evidence."""
    hits = drive(lambda client: client.call_tool("search", {"words": "cau rao 1", "kind": "project"}))
    iri = hits.structured_content["hits"][0]["iri"]
    told = drive(lambda client: client.call_tool("resource", {"name": iri})).structured_content
    assert told["complete"] is True
    assert "Rào 1" in str(told["evidence"])


def test_a_query_says_when_it_was_cut(drive: Callable[..., Any]) -> None:
    """Three pillars under a limit of two rows are an answer that is not complete."""
    cut = drive(lambda client: client.call_tool("sparql", {"query": "SELECT ?p { ?p a hp:Pillar }"})).structured_content
    assert (len(cut["answer"]), cut["complete"], cut["cut_by"]) == (2, False, "rows")
    whole = drive(lambda client: client.call_tool("sparql", {"query": "SELECT ?t { ?t a hp:Theme }"}))
    assert whole.structured_content["complete"] is True


@pytest.mark.parametrize(
    ("tool", "given", "says"),
    [
        ("ask", {"question": "tasks-by-piller"}, "tasks-by-pillar"),
        ("ask", {"question": "tasks-by-pillar", "parameters": {"pillar": "ports"}}, "port-logistics"),
        ("ask", {"question": "will it rain tomorrow"}, "not understood"),
        ("search", {"words": "  "}, ""),
        ("resource", {"name": "no such thing at all"}, "holds nothing"),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, "SERVICE"),
        ("sparql", {"query": "forever"}, "did not answer in time"),
    ],
)
def test_a_mistake_is_told_with_what_to_do(
    drive: Callable[..., Any], tool: str, given: dict[str, Any], says: str
) -> None:
    """The model reads what was wrong as the result of its call, and can call again."""
    result = drive(lambda client: client.call_tool(tool, given))
    assert result.is_error
    assert says in result.content[0].text
    assert "Traceback" not in result.content[0].text


def test_a_report_and_its_sections_can_be_read(drive: Callable[..., Any]) -> None:
    """The outline gives the paths of sections, and a section its sentences with their keys."""

    async def read(client: Client) -> tuple[str, str]:
        outline = await client.read_resource(f"hpkg://report/{REPORT}")
        section = await client.read_resource(f"hpkg://report/{REPORT}/p2.v.4")
        return outline.contents[0].text, section.contents[0].text  # type: ignore[union-attr]

    outline, section = drive(read)
    assert re.search(r"^ +- p2\.v\.4: ", outline, re.MULTILINE)
    lines = section.splitlines()
    assert lines[-1].startswith("[p2.v.4.")
    assert len(lines) == len({line.partition("]")[0] for line in lines})


def test_a_section_that_is_not_there_is_an_error(drive: Callable[..., Any]) -> None:
    """The client is told, and the server goes on."""

    async def read(client: Client) -> int:
        with pytest.raises(MCPError, match="holds nothing"):
            await client.read_resource(f"hpkg://report/{REPORT}/p9")
        return len((await client.list_tools()).tools)

    assert drive(read) == 6


def test_the_schema_fits_in_four_thousand_tokens(graph: hpkg.KnowledgeGraph, drive: Callable[..., Any]) -> None:
    """It tells every class and every scheme, in fewer characters than so many tokens have, and its example works."""
    digest = schema_digest(graph.store)
    assert len(digest) <= BUDGET
    classes = graph.store.select("SELECT ?c { ?c a owl:Class FILTER(STRSTARTS(STR(?c), STR(hp:))) }")
    assert all(re.search(rf"\b{str(row['c']).rpartition('#')[2]}\b", digest) for row in classes)
    query = digest[digest.index("SELECT ?task") :]
    assert len(graph.store.select(query)) == 5
    assert drive(lambda client: client.call_tool("schema", {})).structured_content["schema"] == digest
