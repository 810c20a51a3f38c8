"""Where engines leave SPARQL 1.1, and what is done about it: the one place that knows.

Each deviation is named with the engine and version it was seen in. Not for: HTTP.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urljoin

from hpkg.store.paths import has_repeated, unrolled
from hpkg.store.query import single_rows
from hpkg.store.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hpkg.store.tokens import Token

__all__ = ["VERSION", "Engine", "adapted", "engine_of", "graph_store", "truth", "with_prologue"]

Engine = Literal["hpkg", "oxigraph", "virtuoso", "other"]
"""The make of a server."""

VERSION: Final = "Hpkg-Dataset"
"""The header in which a service of ours tells the content hash of the dataset it answered from."""

_LITERAL: Final = frozenset("\"'0123456789+-.")
_IN_ORDER: Final = 'DEFINE sql:select-option "order" '
_VIRTUOSO_TRUTH: Final = "__ASK_RETVAL"
_GRAPH_STORES: Final[Mapping[Engine, str]] = {
    "hpkg": "graph-store",
    "oxigraph": "store",
    "virtuoso": "sparql-graph-crud-auth",
}


def engine_of(headers: Mapping[str, str]) -> Engine:
    """Return the make of a server by the fields of one of its answers, their names in lower case.

    >>> engine_of({"server": "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu"})
    'virtuoso'
    """
    if VERSION.lower() in headers:
        return "hpkg"
    server = headers.get("server", "").lower()
    return "virtuoso" if server.startswith("virtuoso/") else "oxigraph" if server.startswith("oxigraph/") else "other"


def graph_store(endpoint: str, engine: Engine) -> str | None:
    """Return the address of the graph store beside an endpoint; None for a make that has no fixed place for it.

    >>> graph_store("http://localhost:7878/query", "oxigraph")
    'http://localhost:7878/store'
    """
    name = _GRAPH_STORES.get(engine)
    return None if name is None else urljoin(endpoint, name)


def adapted(query: str, engine: Engine, depth: Callable[[str], int | None]) -> str:
    """Return `query` so that `engine` answers as SPARQL 1.1 says; `depth` is that of `hpkg.store.paths.unrolled`."""
    if engine != "virtuoso":
        return query
    return _planned(_errors_kept(_constants_in_place(_one_block_each(unrolled(query, depth)))))


def with_prologue(query: str, prologue: str) -> str:
    """Return `query` with `prologue`, which stands behind what an engine wants to be told first.

    >>> with_prologue("ASK {}", "BASE <urn:> "), with_prologue(_IN_ORDER + "ASK {}", "BASE <urn:> ")
    ('BASE <urn:> ASK {}', 'DEFINE sql:select-option "order" BASE <urn:> ASK {}')
    """
    if query.startswith(_IN_ORDER):
        return f"{_IN_ORDER}{prologue}{query.removeprefix(_IN_ORDER)}"
    return prologue + query


def _planned(query: str) -> str:
    """Return `query` with the word that its patterns are to be joined in their order.

    Virtuoso 7.2 tries orders of the patterns for seconds, and for minutes where there are many OPTIONAL and subqueries;
    our questions name first what narrows them down. In a fixed order its `p*` and `p+` give wrong rows: a query that
    still has one is left to it.

    >>> _planned("ASK { ?s a ?c }"), _planned("ASK { ?s ex:in* ?o }")
    ('DEFINE sql:select-option "order" ASK { ?s a ?c }', 'ASK { ?s ex:in* ?o }')
    """
    return query if has_repeated(query) else _IN_ORDER + query


def _one_block_each(query: str) -> str:
    """Return `query` with each `VALUES` block of one row and several variables as one block a variable.

    Virtuoso 7.2 reads them right, but joins them last: a question that takes a moment takes minutes.

    >>> _one_block_each('ASK { VALUES (?k ?l) { (UNDEF "vi"@vi) } }')
    'ASK { VALUES ?k { UNDEF } VALUES ?l { "vi"@vi } }'
    """
    for block in reversed(single_rows(query)):
        if len(block.variables) > 1:
            told = " ".join(
                f"VALUES ?{name} {{ {query[start:end]} }}"
                for name, (start, end) in zip(block.variables, block.spans, strict=True)
            )
            query = f"{query[: block.start]}{told}{query[block.end :]}"
    return query


def _constants_in_place(query: str) -> str:
    """Return `query` with literals of single-row `VALUES` blocks in the filters that name them, and no row of UNDEF.

    Virtuoso 7.2 loses the variable of such a block in filters of an OPTIONAL, joins a row of UNDEF with nothing, and
    has no row for the other branches of a UNION where such a block stands in one (SPARQL 1.1, sections 6.2, 7, 10.2 and
    18.5). A block whose variable only such filters name is left out.

    >>> _constants_in_place('SELECT ?s { VALUES ?l { "vi" } VALUES ?k { UNDEF } ?s ?p ?k FILTER(LANG(?k) = ?l) }')
    'SELECT ?s {   ?s ?p ?k FILTER(LANG(?k) = "vi") }'
    >>> _constants_in_place('SELECT ?s { VALUES ?n { 1 } ?s ?p ?n FILTER(?n = 1) }')
    'SELECT ?s { VALUES ?n { 1 } ?s ?p ?n FILTER(1 = 1) }'
    """
    found = list(tokens(query))
    blocks = single_rows(query)
    edits: list[tuple[int, int, str]] = []
    for block in blocks:
        term = query[slice(*block.spans[0])]
        if term.upper() == "UNDEF":
            edits.append((block.start, block.end, ""))
        elif term[0] in _LITERAL:
            edits += [(used.start, used.end, term) for used in _uses(found, f"?{block.variables[0]}", block.end)]
    told = {start for start, _, _ in edits}
    named = {
        token.text
        for token in found
        if token.start not in told and not any(block.start <= token.start < block.end for block in blocks)
    }
    edits += [(block.start, block.end, "") for block in blocks if f"?{block.variables[0]}" not in named]
    for start, end, text in sorted(set(edits), reverse=True):
        query = query[:start] + text + query[end:]
    return query


def _uses(found: Sequence[Token], name: str, end: int) -> Iterator[Token]:
    """Yield the tokens of a variable in filters and expressions of its group, after the end of its block."""
    depth = brackets = 0
    in_list = False
    hidden: list[int] = []  # depths of subqueries, whose variables are their own
    for at in range(len(found)):
        if found[at].start < end:
            continue
        text = found[at].text
        depth += (text == "{") - (text == "}")
        if depth < 0:
            return
        while hidden and depth < hidden[-1]:
            hidden.pop()
        if text == "{" and found[at + 1].text.upper() == "SELECT":
            hidden.append(depth)
        brackets += (text == "(") - (text == ")")
        in_list |= text.upper() == "VALUES"
        in_list &= text != "{"
        if text == name and brackets and not in_list and not hidden and found[at - 1].text.upper() != "AS":
            yield found[at]


def _errors_kept(query: str) -> str:
    """Return `query` with every IF such that an error in its condition is an error of the whole.

    Virtuoso 7.2 takes an unbound condition for a false one (SPARQL 1.1, section 17.4.1.2).

    >>> _errors_kept("SELECT (IF(?a > 1, ?b, ?c) AS ?d) {}")
    'SELECT (IF(?a > 1, ?b, IF(!(?a > 1), ?c, ?unbound_)) AS ?d) {}'
    """
    found = list(tokens(query))
    for place in reversed(range(len(found) - 1)):
        if found[place].text.upper() != "IF" or found[place + 1].text != "(":
            continue
        found = list(tokens(query))  # those behind have moved
        parts = _parts(found, place + 1)
        if len(parts) != 3:  # noqa: PLR2004 — condition, then, else
            continue
        condition = query[parts[0][0] : parts[0][1]]
        start, end = parts[2]
        query = f"{query[:start]}IF(!({condition}), {query[start:end]}, ?unbound_){query[end:]}"
    return query


def _parts(found: Sequence[Token], place: int) -> list[tuple[int, int]]:
    """Return where each argument of the call stands whose bracket is at `place`."""
    parts: list[tuple[int, int]] = []
    depth, begin = 0, found[place + 1].start
    for at in range(place, len(found)):
        text = found[at].text
        depth += (text in {"(", "{"}) - (text in {")", "}"})
        if (text == "," and depth == 1) or depth == 0:
            parts.append((begin, found[at - 1].end))
            begin = found[at + 1].start if at + 1 < len(found) else 0
        if depth == 0:
            break
    return parts


def truth(document: Mapping[str, Any]) -> bool | None:
    """Return the truth value in the results document of an ASK, or None when there is none.

    Virtuoso 7.2 answers with a row of one integer, or with no row where nothing is found (SPARQL 1.1 Query Results
    JSON, section 3.3 wants `boolean`).

    >>> truth({"head": {}, "boolean": False})
    False
    """
    said = document.get("boolean")
    if isinstance(said, bool):
        return said
    try:
        if document["head"]["vars"] != [_VIRTUOSO_TRUTH]:
            return None
        rows = document["results"]["bindings"]
        return bool(rows) and {"0": False, "1": True}[rows[0][_VIRTUOSO_TRUTH]["value"]]
    except (KeyError, TypeError, IndexError):
        return None
