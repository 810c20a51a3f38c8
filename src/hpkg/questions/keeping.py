"""The question modules of a home, read once for each content and kept: what was kept had passed every check.

Not for: reading a module (`hpkg.questions.header`).
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

from hpkg.files import keep_file
from hpkg.questions.question import Bilingual, Column, Empty, Golden, Parameter, Question
from hpkg.store.files import version_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["kept_questions", "read_question"]

_FORMAT: Final = 1
"""To be raised when what is kept of the same modules changes, or a check of them."""


def kept_questions(folder: Path | None, paths: Sequence[Path]) -> tuple[Question, ...]:
    """Return the modules in the files `paths`: as they lie in `folder` under this content, else read and laid there.

    A folder that cannot be written, and a file that is something else, are no errors: a cache is a convenience.

    Raises:
        OntologyError: A module is wrong.
    """
    if folder is None:
        return tuple(map(read_question, paths))
    sources = [path.read_text("utf-8") for path in paths]
    named = ((f"{path.parent.name}/{path.stem}", source.encode()) for path, source in zip(paths, sources, strict=True))
    file = folder / f"questions-{_FORMAT}-{version_of(named)}.json"
    try:
        said = json.loads(file.read_bytes())
        return tuple(_read(path, source, one) for path, source, one in zip(paths, sources, said, strict=True))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        questions = tuple(map(read_question, paths))
    if tuple(question.sparql for question in questions) == tuple(sources):  # nobody wrote in between
        told = json.dumps([_written(one) for one in questions], ensure_ascii=False, separators=(",", ":"))
        keep_file(file, told.encode(), "questions-*.json")
    return questions


def read_question(path: Path) -> Question:
    """Return the question module in `path`.

    Raises:
        OntologyError: The module is wrong.
    """
    # What reads headers is loaded only where modules are not kept.
    return cast("Question", import_module("hpkg.questions.header").read(path))


def _written(one: Question) -> dict[str, Any]:
    """Return all that does not stand in the name of the file and is not its text."""
    return {
        "texts": [_said(text) for text in (one.title, one.question, one.description)],
        "keywords": [one.keywords_vi, one.keywords_en],
        "parameters": [
            [each.name, each.type, _said(each.description), each.required, each.default, each.example]
            for each in one.parameters
        ],
        "columns": [[each.name, each.type, _said(each.label), each.shown, each.unit] for each in one.columns],
        "empty": [one.empty.not_stated, _said(one.empty.says)],
        "omissions": one.omissions,
        "golden": [one.golden.file, one.golden.parameters],
        "reads": one.reads,
        "wordings": one.wordings,
    }


def _read(path: Path, source: str, said: dict[str, Any]) -> Question:
    title, question, description = (Bilingual(*text) for text in said["texts"])
    keywords_vi, keywords_en = map(tuple, said["keywords"])
    not_stated, says = said["empty"]
    file, given = said["golden"]
    return Question(
        name=path.stem,
        subject=path.parent.name,
        path=path,
        title=title,
        question=question,
        description=description,
        keywords_vi=keywords_vi,
        keywords_en=keywords_en,
        parameters=tuple(
            Parameter(name, kind, Bilingual(*told), required, default, example)
            for name, kind, told, required, default, example in said["parameters"]
        ),
        columns=tuple(
            Column(name, kind, Bilingual(*label), shown, unit) for name, kind, label, shown, unit in said["columns"]
        ),
        empty=Empty(not_stated, Bilingual(*says)),
        omissions=tuple(said["omissions"]),
        golden=Golden(file, tuple(map(tuple, given))),
        sparql=source,
        reads=None if said["reads"] is None else tuple(said["reads"]),
        wordings=tuple(map(tuple, said["wordings"])),
    )


def _said(text: Bilingual) -> tuple[str, str]:
    return text.vi, text.en
