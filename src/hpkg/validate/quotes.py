"""Evidence: every quote equals the characters of its source, and every statement has one.

Offsets are code points into the file as it lies on disk. Not for: whether the statement says what the quote says.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hpkg.namespaces import BASE
from hpkg.validate.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

    from hpkg.store import Store

__all__ = ["quote_findings"]

_CHECK: Final = "quotes"
_REPORTS: Final = "SELECT ?report ?sha { ?report a hp:Report OPTIONAL { ?report hp:sha256 ?sha } } ORDER BY ?report"
_PASSAGES: Final = """
SELECT ?passage ?start ?end ?quote WHERE {
  VALUES ?report { UNDEF }
  ?passage hp:inReport ?report ; hp:startOffset ?start ; hp:endOffset ?end ; hp:quote ?quote
} ORDER BY ?start ?end
"""
_STRANGERS: Final = """
SELECT DISTINCT ?node ?passage WHERE {
  ?node hp:evidence|hp:passage ?passage FILTER NOT EXISTS { ?passage hp:quote ?quote }
} ORDER BY ?node ?passage
"""
_UNPROVEN: Final = """
SELECT DISTINCT ?node WHERE {
  ?node a ?kind . ?kind rdfs:subClassOf* hp:Statement FILTER NOT EXISTS { ?node hp:evidence ?passage }
} ORDER BY ?node
"""
_SHOWN: Final = 60  # characters of a quote in a message


def quote_findings(store: Store, sources: Path) -> Iterator[Finding]:
    """Yield what is wrong with quotes and evidence; `sources` holds `<report key>.txt` and `.toml` for each report."""
    for row in store.select(_REPORTS):
        yield from _report_findings(store, row, sources)
    for row in store.select(_STRANGERS):
        yield found(_CHECK, "violation", "passage-unknown", node=str(row["node"]), where=str(row["passage"]))
    for row in store.select(_UNPROVEN):
        yield found(_CHECK, "violation", "evidence-missing", node=str(row["node"]))


def _report_findings(store: Store, row: Mapping[str, Node], sources: Path) -> Iterator[Finding]:
    report = row["report"]
    key = str(report).removeprefix(f"{BASE}id/report/")
    path = sources / f"{key}.txt"
    if not path.is_file():
        yield found(_CHECK, "violation", "source-missing", node=str(report), where=f"{key}.txt")
        return
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != str(row.get("sha", "")):
        yield found(_CHECK, "violation", "source-changed", node=str(report), where=f"{key}.txt")
    yield from _kept_findings(str(report), path, content)
    source = content.decode("utf-8")
    for passage in store.select(_PASSAGES, {"report": report}):
        yield from _passage_findings(passage, source)


def _kept_findings(report: str, path: Path, content: bytes) -> Iterator[Finding]:
    """Yield where a kept text, or the file it was extracted from, is not the one that its metadata file tells of."""
    beside = path.with_suffix(".toml")
    try:
        stated = tomllib.loads(beside.read_text("utf-8"))
    except (OSError, ValueError) as cause:
        yield found(_CHECK, "violation", "metadata-unreadable", node=report, where=beside.name, reason=str(cause))
        return
    if "sha256" not in stated:
        yield found(_CHECK, "warning", "digest-missing", node=report, where=beside.name)
    elif stated["sha256"] != hashlib.sha256(content).hexdigest():
        yield found(_CHECK, "violation", "digest-differs", node=report, where=path.name, metadata=beside.name)
    if "original" not in stated:
        return
    original = path.with_name(Path(str(stated["original"])).name)
    if not original.is_file():
        yield found(_CHECK, "violation", "original-missing", node=report, where=original.name)
    elif stated.get("original_sha256") != hashlib.sha256(original.read_bytes()).hexdigest():
        yield found(_CHECK, "violation", "digest-differs", node=report, where=original.name, metadata=beside.name)


def _passage_findings(row: Mapping[str, Node], source: str) -> Iterator[Finding]:
    iri, quote = str(row["passage"]), str(row["quote"])
    start, end = int(str(row["start"])), int(str(row["end"]))
    stands = source[start:end]
    if not 0 <= start < end <= len(source):
        yield found(_CHECK, "violation", "passage-outside", node=iri, start=start, end=end, length=len(source))
    elif stands != quote:
        yield found(_CHECK, "violation", "quote-differs", node=iri, quote=quote[:_SHOWN], source=stands[:_SHOWN])
    if not iri.endswith(f"#char={start},{end}"):
        yield found(_CHECK, "violation", "passage-misnamed", node=iri, start=start, end=end)
