"""A network as one page that opens from disk: zoom, search without tones, filter by kind, evidence on click.

Script and style are in the page; it fetches nothing, and says so to the browser. Not for: the pages of the service.
"""

from __future__ import annotations

import json
from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any, Final

from hpkg.export.cytoscape import SCALE, style
from hpkg.export.kinds import groups
from hpkg.home import asset
from hpkg.messages import text

if TYPE_CHECKING:
    from typing import BinaryIO

    from hpkg.export.network import Network

__all__ = ["write"]

_PAGE: Final = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; \
style-src 'unsafe-inline'; img-src data: blob:">
<title>{title} · hpkg</title>
<style>{style}</style>
</head>
<body>
<header><h1>{title}</h1><p>{summary}</p></header>
<aside>
<label for="search"><strong>{search}</strong></label>
<input id="search" type="search" autocomplete="off" placeholder="{placeholder}">
<ul id="results" aria-live="polite"></ul>
<fieldset><legend>{kinds}</legend><div id="kinds"></div></fieldset>
<div class="zoom"><button type="button" id="zoom-in" aria-label="{zoom_in}">+</button>
<button type="button" id="zoom-out" aria-label="{zoom_out}">−</button>
<button type="button" id="fit">{fit}</button></div>
</aside>
<main id="drawing" role="img" aria-label="{title}. {summary}"></main>
<section id="panel" aria-live="polite" aria-label="{details}"></section>
<script type="application/json" id="network">{data}</script>
<script>{script}</script>
</body>
</html>
"""
_SHOWN: Final = ("label", "label_vi", "label_en", "number", "quote", "group", "start_year", "end_year")


def write(network: Network, stream: BinaryIO) -> None:
    """Write `network` to `stream` as a page.

    Raises:
        StoreError: What pages run in a browser was not built.
    """
    language = network.language
    said = {
        name.replace("-", "_"): escape(text(f"network.{name}", language))
        for name in ("search", "placeholder", "kinds", "zoom-in", "zoom-out", "fit", "details")
    }
    page = _PAGE.format(
        language=language,
        title=escape(network.title),
        summary=escape(
            text("network.summary", language, nodes=len(network.nodes), links=len(network.links)),
        ),
        style=asset("network.css").decode(),
        data=_in_script(json.dumps(_data(network), ensure_ascii=False, separators=(",", ":"))),
        script=_in_script(asset("network.js").decode()),
        **said,
    )
    stream.write(page.encode())


def _in_script(content: str) -> str:
    r"""Return what stands in a script element so that no text in it ends the element.

    >>> _in_script('{"a": "</script>"}')
    '{"a": "<\\/script>"}'
    """
    return content.replace("</", "<\\/").replace("<!--", "<\\!--")


def _data(network: Network) -> dict[str, Any]:
    language = network.language
    nodes = []
    for node, values in network.nodes.items():
        data = {name: values[name] for name in _SHOWN if name in values}
        data |= {"id": node, "kind_name": values.get(f"kind_{language}", values["kind"])}
        made: dict[str, Any] = {"data": data}
        if "x" in values:
            made["position"] = {"x": float(values["x"]) * SCALE, "y": float(values["y"]) * SCALE}
        nodes.append(made)
    edges = [
        {"data": {"id": f"e{number}", "source": source, "target": target, "label": values["label"]}}
        for number, (source, target, values) in enumerate(network.links)
    ]
    counts = Counter(str(values["group"]) for values in network.nodes.values())
    return {
        "elements": {"nodes": nodes, "edges": edges},
        "style": style(),
        "placed": any("position" in node for node in nodes),
        "groups": [
            {"name": group.name, "label": group.label(language), "colour": group.colour, "count": counts[group.name]}
            for group in groups().values()
            if counts[group.name]
        ],
        "texts": {name: text(f"network.{name}", language) for name in ("hint", "evidence", "links", "found")},
    }
