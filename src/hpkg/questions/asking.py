"""Ask a question of a store: resolve the parameters, run the query, type the rows, say what is not stated.

Not for: laying the answer out.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from rdflib import Literal, URIRef

from hpkg.errors import CallerError, OntologyError
from hpkg.messages import text
from hpkg.questions.answer import Answer, Gap, Omission, State, Value
from hpkg.questions.memory import remembered
from hpkg.questions.parameter import resolve
from hpkg.questions.question import EVIDENCE, INFERENCE, OFFSETS, Bilingual, Column
from hpkg.questions.quotation import offsets
from hpkg.store.query import parameters, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rdflib.term import Node

    from hpkg.messages import Language
    from hpkg.questions.question import ColumnType, Question
    from hpkg.store import Solutions, Store

__all__ = ["ask", "omissions", "tabulate"]

_OMISSIONS: Final = """
SELECT ?label ?kind ?announced ?quote ?section ?passage WHERE {
  VALUES ?lang { "vi" }
  ?omission a hp:Omission ; hp:omittedKind/skos:notation ?kind ; hp:evidence ?passage .
  OPTIONAL { ?omission skos:prefLabel ?own FILTER(LANG(?own) = ?lang) }
  OPTIONAL { ?omission skos:prefLabel ?other FILTER(LANG(?other) != ?lang) }
  BIND(COALESCE(?own, ?other) AS ?label)
  ?passage hp:quote ?quote ; hp:startOffset ?start ; hp:inReport ?report .
  OPTIONAL { ?omission hp:announcedCount ?announced }
  OPTIONAL { ?passage hp:inSection ?part BIND(REPLACE(STR(?part), "^.*/", "") AS ?section) }
} ORDER BY ?report ?start"""

_GAPS: Final = """
SELECT DISTINCT ?report ?report_name ?part ?part_name ?language WHERE {
  ?report hp:lacksRole ?role ; skos:prefLabel ?report_name .
  ?role skos:notation ?part ; skos:prefLabel ?part_name .
  BIND(LANG(?part_name) AS ?language)
} ORDER BY ?report ?part_name"""

_LABELS: Final = """
SELECT ?thing ?label WHERE {
  VALUES ?thing { %s }
  ?thing skos:prefLabel ?label FILTER(LANG(?label) = "%s")
} ORDER BY ?thing"""

_UNITS: Final = """
SELECT ?key ?label WHERE {
  ?unit skos:inScheme <https://w3id.org/hpkg/id/unit> ; skos:notation ?key ; skos:prefLabel ?label
} ORDER BY ?key"""

_PASSAGE: Final = EVIDENCE[-1].name


def ask(
    store: Store,
    question: Question,
    given: Mapping[str, str] | None = None,
    *,
    language: Language = "en",
    max_rows: int | None = None,
) -> Answer:
    """Return the answer of `store` to `question`, narrowed by the values `given` to its parameters.

    Raises:
        CallerError: A parameter is unknown or missing, or its value means nothing in this graph.
        OntologyError: The module gives a value that its column does not declare.
    """
    bound = _bindings(store, question, given or {})
    with_language = dict(bound)
    if "lang" in parameters(question.sparql):
        with_language["lang"] = Literal(language)
    found = store.select(question.sparql, with_language, max_rows=max_rows)
    gaps = _gaps(store, question, language)
    empty = not found.rows
    return Answer(
        question=question.name,
        title=question.title.in_(language),
        language=language,
        parameters=tuple((name, str(term)) for name, term in bound.items()),
        columns=question.columns,
        rows=tuple(_rows(question, found)),
        dataset=store.version,
        state=_state(found, max_rows, gaps),
        note=_note(question, gaps, language) if empty else None,
        not_stated=empty and question.empty.not_stated,
        omissions=omissions(store, question.omissions, language) if question.omissions else (),
        gaps=gaps,
        grounds=_grounds(store, question, found, language),
        units=_units(store, question, language),
        terms=found.rows,
    )


def tabulate(store: Store, found: Solutions, language: Language = "en", *, max_rows: int | None = None) -> Answer:
    """Return the solutions of a caller's own query, which was cut at `max_rows`, as an answer.

    A column has the type its values share. What rows rest on is not told: only a question module knows.
    """
    columns = tuple(
        Column(name, _shared_type([row[place] for row in found.rows]), Bilingual(name, name))
        for place, name in enumerate(found.variables)
    )
    rows = tuple(
        tuple(_python(term, column.type) for term, column in zip(row, columns, strict=True)) for row in found.rows
    )
    note = None if rows else text("answer.no-rows", language)
    return Answer("", "", language, (), columns, rows, store.version, _state(found, max_rows), note, terms=found.rows)


def omissions(store: Store, kinds: tuple[str, ...] = (), language: Language = "en") -> tuple[Omission, ...]:
    """Return what the reports announce and do not state, of the given kinds or of all, in text order."""
    found: list[Omission] = []
    rows = remembered(
        store, f"omissions in {language}", lambda: list(store.select(_OMISSIONS, {"lang": Literal(language)}))
    )
    for row in rows:
        kind = str(row["kind"])
        if not kinds or kind in kinds:
            announced = row.get("announced")
            found.append(
                Omission(
                    label=str(row["label"]),
                    kind=kind,
                    announced=None if announced is None else int(str(announced)),
                    quote=str(row["quote"]),
                    section=str(row.get("section", "")),
                    passage=str(row["passage"]),
                )
            )
    return tuple(found)


def _bindings(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, Node]:
    known = {parameter.name for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise CallerError(
                "parameter-unknown", where=name, question=question.name, known=", ".join(sorted(known)) or "–"
            )
    bound: dict[str, Node] = {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            bound[parameter.name] = resolve(store, parameter, value)
        elif parameter.required:
            raise CallerError("parameter-missing", where=parameter.option, example=parameter.example)
    return bound


def _state(found: Solutions, max_rows: int | None, gaps: tuple[Gap, ...] = ()) -> State:
    """Return how complete an answer is; what the caller cut off himself is told first."""
    if not found.complete and max_rows is not None and len(found) >= max_rows:
        return "truncated"
    return "complete" if found.complete and not gaps else "partial"


def _gaps(store: Store, question: Question, language: Language) -> tuple[Gap, ...]:
    """Return the parts that reports lack, of those the question reads."""
    rows = remembered(store, "gaps", lambda: list(store.select(_GAPS)))
    found: dict[tuple[str, str], Gap] = {}
    for row in rows:
        report, part, name = str(row["report"]), str(row["part"]), row["report_name"]
        if str(row["language"]) != language or (question.reads is not None and part not in question.reads):
            continue
        if (report, part) not in found or (isinstance(name, Literal) and name.language == language):
            found[report, part] = Gap(report, str(name), part, str(row["part_name"]))
    return tuple(found.values())


def _note(question: Question, gaps: tuple[Gap, ...], language: Language) -> str:
    """Return what an empty answer means, and which sections a report lacks that might have told more."""
    says = question.empty.says.in_(language)
    note = text("answer.not-stated", language, says=says) if question.empty.not_stated else says
    missing = list(dict.fromkeys(gap.part_name for gap in gaps))
    return f"{note} {text('answer.lacking', language, roles=', '.join(missing))}" if missing else note


def _grounds(store: Store, question: Question, found: Solutions, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the names of what rows rest on, by IRI; none when all rows are the report's words."""
    if not question.may_infer:
        return ()
    place = [column.name for column in question.selected].index(INFERENCE.name)
    grounds = sorted({row[place] for row in found.rows if row[place] is not None}, key=str)
    if not grounds:
        return ()
    query = _LABELS % (" ".join(written(ground) for ground in grounds if ground is not None), language)
    rows = remembered(store, query, lambda: list(store.select(query)))
    labels = {str(row["thing"]): str(row["label"]) for row in rows}
    return tuple((str(ground), labels.get(str(ground), str(ground))) for ground in grounds)


def _units(store: Store, question: Question, language: Language) -> tuple[tuple[str, str], ...]:
    """Return the names of the units that the columns name by key."""
    keys = {column.unit for column in question.columns if column.unit} - {column.name for column in question.columns}
    if not keys:
        return ()
    rows = remembered(store, "units", lambda: list(store.select(_UNITS)))
    return tuple(
        (str(row["key"]), str(row["label"]))
        for row in rows
        if str(row["key"]) in keys and isinstance(row["label"], Literal) and row["label"].language == language
    )


def _rows(question: Question, found: Solutions) -> Iterator[tuple[Value, ...]]:
    """Yield the rows as typed values, with the offsets of the passage when the question gives evidence."""
    columns = question.selected
    place = [column.name for column in columns].index(_PASSAGE) if question.has_evidence else None
    for row in found.rows:
        typed = _typed(row, columns, question)
        yield typed if place is None else (*typed, *(offsets(str(row[place])) or (None,) * len(OFFSETS)))


def _typed(row: tuple[Node | None, ...], columns: Sequence[Column], question: Question) -> tuple[Value, ...]:
    values: list[Value] = []
    for term, column in zip(row, columns, strict=True):
        try:
            values.append(_python(term, column.type))
        except (TypeError, ValueError, ArithmeticError) as error:
            raise OntologyError(
                "question-column-type", where=str(question.path), column=column.name, type=column.type, value=term
            ) from error
    return tuple(values)


def _python(term: Node | None, kind: ColumnType) -> Value:
    if term is None:
        return None
    if kind == "integer":
        return int(str(term))
    if kind == "decimal":
        return Decimal(str(term))
    if kind == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}[str(term)]
    if kind == "date":
        return datetime.fromisoformat(str(term)).date() if "T" in str(term) else date.fromisoformat(str(term))
    return str(term)


def _shared_type(terms: list[Node | None]) -> ColumnType:
    kinds = {_type_of(term) for term in terms if term is not None}
    if kinds == {"integer", "decimal"}:
        return "decimal"
    return kinds.pop() if len(kinds) == 1 else "text"


def _type_of(term: Node) -> ColumnType:
    if isinstance(term, URIRef):
        return "iri"
    if isinstance(term, Literal) and term.value is not None:
        if isinstance(term.value, bool):
            return "boolean"
        if isinstance(term.value, int):
            return "integer"
        if isinstance(term.value, Decimal):
            return "decimal"
        if isinstance(term.value, date):
            return "date"
    return "text"
