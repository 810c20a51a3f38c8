"""Read a question module: a `#+` header in YAML, and below it a SPARQL query.

Everything is checked here, so that a module which loads can be asked. An error names file and line. Not for: checking
values of parameters against a graph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

import yaml

from hpkg.errors import OntologyError
from hpkg.messages import LANGUAGES
from hpkg.questions.question import (
    COLUMN_TYPES,
    EVIDENCE,
    INFERENCE,
    OFFSETS,
    Bilingual,
    Column,
    Empty,
    Golden,
    Parameter,
    Question,
)
from hpkg.store.query import parameters, projection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hpkg.messages import Language

__all__ = ["read"]

_MARK: Final = "#+"
_PARAMETER_TYPES: Final = ("concept:", "instance:", "subclass:", "subproperty:", "year", "integer", "string")
_FIELDS: Final = frozenset(
    {
        "title",
        "question",
        "description",
        "keywords",
        "wordings",
        "params",
        "columns",
        "inference",
        "evidence",
        "empty",
        "reads",
        "omissions",
        "golden",
    }
)
_LANGUAGE_PARAMETER: Final = "lang"
_SLOT: Final = re.compile(r"\{(\w+)\}")
_Word = TypeVar("_Word", bound=str)


def read(path: Path) -> Question:
    """Return the question module in `path`.

    Raises:
        OntologyError: The header is missing or wrong, or does not fit its query.
    """
    source = path.read_text("utf-8")
    lines = source.splitlines()
    header = [line for line in lines if line.startswith(_MARK)]
    if not header or lines[: len(header)] != header:
        raise OntologyError("question-without-header", where=f"{path}:1")
    node = _Node(path, _composed(path, "\n".join(line.removeprefix(_MARK).removeprefix(" ") for line in header)))
    node.only(_FIELDS)
    columns = tuple(_column(column) for column in node["columns"])
    if "inference" in node and node["inference"].flag():
        columns += (INFERENCE,)
    if "evidence" in node and node["evidence"].flag():
        columns += (*EVIDENCE, *OFFSETS)
    question = Question(
        name=path.stem,
        subject=path.parent.name,
        path=path,
        title=node["title"].bilingual(),
        question=node["question"].bilingual(),
        description=node["description"].bilingual(),
        keywords_vi=tuple(word.text() for word in node["keywords"]["vi"]),
        keywords_en=tuple(word.text() for word in node["keywords"]["en"]),
        parameters=tuple(_parameter(parameter) for parameter in node["params"]) if "params" in node else (),
        columns=columns,
        empty=_empty(node["empty"]),
        omissions=tuple(kind.text() for kind in node["omissions"]) if "omissions" in node else (),
        golden=_golden(node["golden"]),
        sparql=source,
        reads=tuple(part.text() for part in node["reads"]) if "reads" in node else None,
        wordings=tuple(_wordings(node["wordings"])) if "wordings" in node else (),
    )
    _fits(node, question)
    return question


def _composed(path: Path, header: str) -> yaml.Node:
    try:
        node = yaml.compose(header, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise OntologyError("question-header-unreadable", where=f"{path}:{line}", reason=error.problem) from error
    if node is None:
        raise OntologyError("question-without-header", where=f"{path}:1")
    return node


def _column(node: _Node) -> Column:
    node.only(frozenset({"name", "type", "label", "shown", "unit"}))
    return Column(
        name=node["name"].text(),
        type=node["type"].one_of(COLUMN_TYPES),
        label=node["label"].bilingual(),
        shown="shown" not in node or node["shown"].flag(),
        unit=node["unit"].text() if "unit" in node else None,
    )


def _parameter(node: _Node) -> Parameter:
    node.only(frozenset({"name", "type", "description", "required", "default", "example"}))
    kind = node["type"].text()
    if not kind.startswith(_PARAMETER_TYPES):
        node["type"].wrong(", ".join(_PARAMETER_TYPES))
    return Parameter(
        name=node["name"].text(),
        type=kind,
        description=node["description"].bilingual(),
        required="required" in node and node["required"].flag(),
        default=node["default"].text() if "default" in node else None,
        example=node["example"].text(),
    )


def _wordings(node: _Node) -> Iterator[tuple[Language, str]]:
    node.only(frozenset(LANGUAGES))
    for language in LANGUAGES:
        for said in node[language]:
            yield language, said.text()


def _empty(node: _Node) -> Empty:
    node.only(frozenset({"not-stated", "vi", "en"}))
    return Empty("not-stated" in node and node["not-stated"].flag(), Bilingual(node["vi"].text(), node["en"].text()))


def _golden(node: _Node) -> Golden:
    node.only(frozenset({"file", "parameters"}))
    given = node["parameters"].items() if "parameters" in node else ()
    return Golden(node["file"].text(), tuple((name, value.text()) for name, value in given))


def _fits(node: _Node, question: Question) -> None:
    """Refuse a header whose columns or parameters are not those of the query."""
    selected = projection(question.sparql)
    declared = tuple(column.name for column in question.selected)
    if selected != declared:
        node.fail("question-columns-differ", declared=" ".join(declared), selected=" ".join(selected))
    taken = parameters(question.sparql) - {_LANGUAGE_PARAMETER}
    named = {parameter.name for parameter in question.parameters}
    if taken != named:
        node.fail("question-parameters-differ", declared=" ".join(sorted(named)), taken=" ".join(sorted(taken)))
    filled = {slot for _, said in question.wordings for slot in _SLOT.findall(said)}
    if not filled <= named:
        node["wordings"].wrong(", ".join(f"{{{name}}}" for name in sorted(named)))


class _Node:
    """A piece of the header that knows its place."""

    def __init__(self, path: Path, node: yaml.Node, name: str = "header") -> None:
        self._path = path
        self._node = node
        self._name = name

    def __contains__(self, field: str) -> bool:
        return any(name == field for name, _ in self.items())

    def __getitem__(self, field: str) -> _Node:
        for name, value in self.items():
            if name == field:
                return value
        return self.fail("question-field-missing", field=field, inside=self._name)

    def __iter__(self) -> Iterator[_Node]:
        if not isinstance(self._node, yaml.SequenceNode):
            self.wrong("[…]")
        for item in self._node.value:
            yield _Node(self._path, item, self._name)

    def items(self) -> Iterator[tuple[str, _Node]]:
        """Yield the fields of a mapping."""
        if not isinstance(self._node, yaml.MappingNode):
            self.wrong("{…}")
        for key, value in self._node.value:
            yield str(key.value), _Node(self._path, value, str(key.value))

    def only(self, fields: frozenset[str]) -> None:
        """Refuse a field that is not among `fields`."""
        for name, value in self.items():
            if name not in fields:
                value.fail("question-field-unknown", field=name, known=", ".join(sorted(fields)))

    def text(self) -> str:
        """Return a text that is not empty."""
        if not isinstance(self._node, yaml.ScalarNode) or not str(self._node.value).strip():
            self.wrong("text")
        return str(self._node.value).strip()

    def flag(self) -> bool:
        """Return a truth value."""
        return self.one_of(("true", "false")) == "true"

    def one_of(self, values: tuple[_Word, ...]) -> _Word:
        """Return the text, which must be one of `values`."""
        said = self.text()
        for value in values:
            if value == said:
                return value
        return self.wrong(", ".join(values))

    def bilingual(self) -> Bilingual:
        """Return a text in both languages."""
        self.only(frozenset({"vi", "en"}))
        return Bilingual(self["vi"].text(), self["en"].text())

    def wrong(self, wanted: str) -> NoReturn:
        """Raise the error for a value that is not `wanted`."""
        self.fail("question-field-wrong", field=self._name, wanted=wanted)

    def fail(self, code: str, **details: str) -> NoReturn:
        """Raise the error `code` at this place."""
        raise OntologyError(code, where=f"{self._path}:{self._node.start_mark.line + 1}", **details)
