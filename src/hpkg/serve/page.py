"""The query page: the same address as the endpoint, for a person with a browser.

It works without script; everything shown is escaped. Not for: pages of things (`hpkg.pages`).
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup
from starlette.responses import Response

from hpkg.messages import LANGUAGES, Language, text
from hpkg.namespaces import BASE
from hpkg.pages.environment import render
from hpkg.store.formats import GRAPH_FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    from hpkg.errors import HpkgError
    from hpkg.pages import ServedLinks

__all__ = ["query_page", "results_table"]

_EXAMPLE: Final = """\
SELECT ?task ?label WHERE {
  ?task a hp:Task ; skos:prefLabel ?label .
}
LIMIT 10"""
_SHOWN: Final = 200
"""The most rows on a page; the formats have all."""


def query_page(  # noqa: PLR0913 — the parts of a page
    links: ServedLinks,
    version: str,
    query: str = "",
    *,
    content: str = "",
    error: HpkgError | None = None,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return the page with `query` in its form, and below it `content`, which is HTML, or what is wrong.

    `version` is that of the dataset.
    """
    language = links.language
    page = render(
        "sparql.html",
        links,
        version=version,
        languages=LANGUAGES,
        heading=text("serve.page-title", language),
        labels={name: text(f"serve.page-{name}", language) for name in ("query", "format", "here", "run")},
        offers=_OFFERED,
        query=query or _EXAMPLE,
        problem=f"{error.message(language)} {error.hint(language)}" if error else "",
        content=Markup(content),  # noqa: S704 — made below, escaped there
    )
    fields = {"Content-Language": language, "Vary": "Accept, Accept-Language"} | (headers or {})
    return Response(page, status, fields, "text/html")


_OFFERED: Final = (*RESULT_FORMATS, *GRAPH_FORMATS)


def results_table(body: bytes, cut: str | None, language: Language) -> str:
    """Return the results, given as SPARQL Results JSON, as HTML: a table, or a truth value."""
    told = json.loads(body)
    if "boolean" in told:
        return f"<p><output>{escape(text('answer.yes' if told['boolean'] else 'answer.no', language))}</output></p>"
    names, rows = told["head"]["vars"], told["results"]["bindings"]
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    lines = "".join(
        f"<tr>{''.join(f'<td>{_cell(row.get(name))}</td>' for name in names)}</tr>\n" for row in rows[:_SHOWN]
    )
    key = "page-rows-cut" if cut or len(rows) > _SHOWN else "page-rows"
    count = escape(text(f"serve.{key}", language, count=len(rows), shown=min(len(rows), _SHOWN)))
    return f"<table>\n<caption>{count}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>"


def _cell(term: dict[str, Any] | None) -> str:
    if term is None:
        return ""
    value = escape(term["value"])
    if term["type"] == "uri" and term["value"].startswith(("http://", "https://")):
        # What is ours opens here, wherever "here" is.
        here = "/" + value.removeprefix(BASE) if value.startswith(BASE) else value
        return f'<a href="{here}">{value}</a>'
    return f'<span lang="{escape(term["xml:lang"])}">{value}</span>' if "xml:lang" in term else value
