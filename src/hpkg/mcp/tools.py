"""What each tool answers, as plain data: made from the same parts as the command line and the pages.

Not for: the protocol (`hpkg.mcp.server`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from rdflib import URIRef

from hpkg.errors import CallerError
from hpkg.namespaces import BASE
from hpkg.questions.asking import ask
from hpkg.questions.catalogue import is_free, named, names
from hpkg.questions.parameter import choices

if TYPE_CHECKING:
    from hpkg.knowledge import KnowledgeGraph
    from hpkg.messages import Language
    from hpkg.questions.answer import Answer
    from hpkg.questions.question import Parameter, Question
    from hpkg.search import Found

__all__ = ["MOST", "asked", "found", "listed_questions", "section_text", "sections_of", "told"]

MOST: Final = 200
"""The most rows of one page of an answer."""
_CHOICES: Final = 24

_SECTIONS: Final = """
SELECT ?section ?level ?label ?start WHERE {
  VALUES ?report { UNDEF }
  ?section a hp:Section ; hp:inReport ?report ; hp:level ?level ; skos:prefLabel ?label ;
    hp:passage/hp:startOffset ?start .
} ORDER BY ?start ?level"""

_TEXT: Final = """
SELECT ?sentence ?quote ?start WHERE {
  VALUES ?section { UNDEF }
  ?sentence hp:inSection+ ?section ; a hp:Sentence ; hp:passage ?passage .
  ?passage hp:quote ?quote ; hp:startOffset ?start .
} ORDER BY ?start"""


def listed_questions(graph: KnowledgeGraph, about: str, language: Language) -> dict[str, Any]:
    """Return the questions about a word, or all, with their parameters and the values that these take."""
    known = graph.questions(about or None)
    return {
        "count": len(known),
        "complete": True,
        "dataset": graph.version,
        # With the values of each parameter only where one looks at a few.
        "questions": [_question(graph, question, language, detailed=len(known) <= _CHOICES) for question in known],
    }


def asked(  # noqa: PLR0913, PLR0917 — what the tool takes
    graph: KnowledgeGraph, question: str, parameters: dict[str, str], language: Language, limit: int, offset: int
) -> dict[str, Any]:
    """Return the answer to a question by its name, or in plain words with how they were understood.

    Raises:
        CallerError: There is no such question, it is not understood, or a parameter is wrong.
    """
    if parameters or not is_free([question.strip()], names(graph.home)):
        module = named(graph.home, question.strip())
        return _answered(ask(graph.store, module, parameters, language=language), limit, offset)
    understood = graph.ask_text(question, lang=language)
    return {"understood": understood.reading.to_dict(), **_answered(understood.answer, limit, offset)}


def _answered(answer: Answer, limit: int, offset: int) -> dict[str, Any]:
    """Return rows `offset` to `offset + limit` of an answer; each has the sentence it stands on."""
    limit, offset = _within(limit), max(0, offset)
    document: dict[str, Any] = json.loads(answer.part(offset, limit).to_json())
    document["total"] = len(answer)
    if offset + limit < len(answer):
        document["next_offset"] = offset + limit
    return document


def found(hits: Found) -> dict[str, Any]:
    """Return what a search found, the best first."""
    document: dict[str, Any] = json.loads(hits.to_json())
    return {"complete": len(hits) == hits.total, **document}


def told(graph: KnowledgeGraph, name: str, language: Language) -> dict[str, Any]:
    """Return all that the graph says of one thing, with its evidence."""
    description = graph.show(name, lang=language)
    document: dict[str, Any] = json.loads(description.to_json())
    cut = description.told > len(description.timeline) or description.quoted > len(description.evidence)
    incoming = description.incoming.total > len(description.incoming.links)
    return {"complete": not (cut or incoming), "dataset": graph.version, **document}


def sections_of(graph: KnowledgeGraph, report: str) -> str:
    """Return the outline of a report, a line a section: its path and heading.

    Raises:
        CallerError: There is no such report.
    """
    rows = graph.store.select(_SECTIONS, {"report": _iri(f"report/{report}")})
    if not rows:
        raise CallerError("thing-unknown", where=report, nearest="–")
    lines = [
        f"{'  ' * (int(str(row['level'])) - 1)}- {str(row['section']).rpartition('/')[2]}: {row['label']}"
        for row in rows
    ]
    return "\n".join(lines)


def section_text(graph: KnowledgeGraph, report: str, path: str) -> str:
    """Return the sentences of a section and of those in it, each with its key, in text order.

    Raises:
        CallerError: There is no such section.
    """
    rows = graph.store.select(_TEXT, {"section": _iri(f"section/{report}/{path}")})
    if not rows:
        raise CallerError("thing-unknown", where=f"{report}/{path}", nearest="–")
    return "\n".join(f"[{str(row['sentence']).rpartition('/')[2]}] {row['quote']}" for row in rows)


def _question(graph: KnowledgeGraph, question: Question, language: Language, *, detailed: bool) -> dict[str, Any]:
    return {
        "name": question.name,
        "subject": question.subject,
        "question": question.question.in_(language),
        "description": question.description.in_(language),
        "parameters": [_parameter(graph, p, language, detailed=detailed) for p in question.parameters],
        "columns": [column.name for column in question.columns],
    }


def _parameter(graph: KnowledgeGraph, parameter: Parameter, language: Language, *, detailed: bool) -> dict[str, Any]:
    known = choices(graph.store, parameter) if detailed else ()
    return {
        **parameter.to_record(language),
        **({"values": {choice.key: choice.label(language) for choice in known[:_CHOICES]}} if known else {}),
        **({"values_in_all": len(known)} if len(known) > _CHOICES else {}),
    }


def _within(limit: int) -> int:
    return min(max(1, limit), MOST)


def _iri(key: str) -> URIRef:
    return URIRef(f"{BASE}id/{key}")
