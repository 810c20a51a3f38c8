"""The answers of a question that are made beforehand: without parameters, and for each value of each parameter alone.

A parameter that takes any text has no list of values, and combinations of two are too many: both are left to the live
service and to SPARQL. Not for: a page (`hpkg.pages`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from hpkg.messages import LANGUAGES, Language, text
from hpkg.namespaces import BASE, slug
from hpkg.pages import Asked
from hpkg.questions.asking import ask
from hpkg.questions.formats import render
from hpkg.questions.memory import remembered
from hpkg.questions.parameter import Choice, choices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hpkg.pages import FolderLinks
    from hpkg.questions.answer import Answer
    from hpkg.questions.question import Parameter, Question
    from hpkg.store import Store

__all__ = ["Sheet", "answer_files"]

_FORMS: Final = ("csv", "json", "xlsx")
_FEW: Final = 60
_FIRST: Final[Language] = "vi"
_SPOKEN_OF: Final = """
SELECT DISTINCT ?thing WHERE {
  GRAPH ?graph { ?report a hp:Report . { ?any ?property ?thing } UNION { ?thing a ?class } }
  FILTER(isIRI(?thing))
}"""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A question with one answer in each language, at the path of its page.

    Attributes:
        question: The question.
        path: Path of the page, without its ending.
        given: The value it was narrowed by, by the name of the parameter.
        answers: The answers by language; none when the question needs a value and has none here.
        values: Paths of the pages of each value, by parameter: key, names, path.
    """

    question: Question
    path: str
    given: Mapping[str, str]
    answers: Mapping[Language, Answer]
    values: Mapping[str, tuple[tuple[Choice, str], ...]] = field(default_factory=dict)

    def files(self, language: Language) -> dict[str, bytes]:
        """Return the answer in each format that stands beside the page, by the path of its file."""
        if language not in self.answers:
            return {}
        return {self._file(language, form): render(self.answers[language], form) for form in _FORMS}

    def kept(self, before: Callable[[str], bytes | None]) -> Sheet:
        """Return the sheet with answers that are as they were naming the graph that gave them then.

        `before` gives a file of the earlier site by its path. Each answer says which graph it is of; where a change
        elsewhere in the graph has not touched it, its files stay as they are.
        """
        answers = {language: _kept(one, before(self._file(language, "json"))) for language, one in self.answers.items()}
        return replace(self, answers=answers)

    def _file(self, language: Language, form: str) -> str:
        return f"{self.path}.{language}.{form}"

    def asked(self, links: FolderLinks) -> Asked:
        """Return what the page shows: the answer, its files, and links to the other values in place of a form."""
        language = links.language
        forms = [(form, links.file(self._file(language, form))) for form in _FORMS if self.answers]
        forms.append(("rq", links.file(f"query/{self.question.name}.rq")))
        pages = [
            (parameter, self._named(found, links))
            for parameter in self.question.parameters
            if (found := self.values.get(parameter.name))
        ]
        return Asked(self.question, self.given, self.answers.get(language), {}, "", forms, pages)

    def _named(self, found: tuple[tuple[Choice, str], ...], links: FolderLinks) -> list[tuple[str, str, bool]]:
        """Return the values that the page of this one links to: all of a few; of many, the page that has them all.

        Many values are those of many reports: if each had links to all, a site would grow with their square.
        """
        language, home = links.language, f"query/{self.question.name}"
        few = len(found) <= _FEW or self.path == home
        shown = [(choice, path) for choice, path in found if few or path == self.path]
        named = [(choice.label(language), links.page(path), path == self.path) for choice, path in shown]
        return named if few else [(text("page.any", language), links.page(home), False), *named]


def answer_files(store: Store, question: Question) -> Iterator[Sheet]:
    """Yield the question as it comes, then with each value that gives rows of each parameter."""
    here = f"query/{question.name}"
    spoken_of = _spoken_of(store)
    found: dict[str, list[tuple[Choice, str]]] = {}
    made: list[Sheet] = []
    for parameter in question.parameters:
        if not _alone(question, parameter):
            continue
        for choice in choices(store, parameter):
            if parameter.type.startswith("instance:") and str(choice.term) not in spoken_of:
                continue
            path = f"{here}/{parameter.name}/{_key(choice)}"
            given = {parameter.name: choice.key}
            bound = {parameter.name: str(choice.term)}
            # Most values give no rows, which one language tells.
            if (first := ask(store, question, bound, language=_FIRST)).rows:
                answers = _answers(store, question, bound, {_FIRST: first})
                found.setdefault(parameter.name, []).append((choice, path))
                made.append(Sheet(question, path, given, answers))
    values = {name: tuple(sorted(pairs, key=lambda pair: slug(pair[0].label("vi")))) for name, pairs in found.items()}
    yield Sheet(question, here, {}, _answers(store, question, {}) if _alone(question, None) else {}, values)
    for sheet in made:
        yield Sheet(sheet.question, sheet.path, sheet.given, sheet.answers, values)


def _spoken_of(store: Store) -> frozenset[str]:
    """Return what a graph of a report speaks of: of the hundreds of districts, those that can give rows."""

    def find() -> frozenset[str]:
        found = store.select(_SPOKEN_OF)
        return frozenset(str(row["thing"]) for row in found)

    return remembered(store, "spoken of", find)


def _alone(question: Question, given: Parameter | None) -> bool:
    """Tell whether the question can be asked with nothing but `given`."""
    return all(one.default is not None or one == given for one in question.parameters if one.required)


def _answers(
    store: Store, question: Question, given: Mapping[str, str], known: Mapping[Language, Answer] | None = None
) -> dict[Language, Answer]:
    """Return the answer in each language; those that are `known` are not asked for again."""
    answers = dict(known or {})
    for language in LANGUAGES:
        if language not in answers:
            answers[language] = ask(store, question, given, language=language)
    return answers


def _kept(answer: Answer, before: bytes | None) -> Answer:
    """Return `answer` of the graph that the JSON `before` names, where that says the same."""
    if before is None:
        return answer
    same = replace(answer, dataset=str(json.loads(before)["dataset"]))
    return same if render(same, "json") == before else answer


def _key(choice: Choice) -> str:
    """Return the key of a value as the name of a file."""
    return slug(choice.key.removeprefix(f"{BASE}id/")) or slug(choice.label("vi"))
