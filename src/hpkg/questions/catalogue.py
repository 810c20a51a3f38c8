"""The question modules of a home: one by name, all of them, those about a word.

Not for: what stands in a module (`hpkg.questions.header`).
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from hpkg.errors import CallerError
from hpkg.home import cache_folder
from hpkg.questions.keeping import kept_questions, read_question

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hpkg.home import Home
    from hpkg.questions.question import Question

__all__ = ["all_questions", "is_free", "named", "names", "near_names"]


def names(home: Home) -> tuple[str, ...]:
    """Return the names of all questions, sorted by subject and name."""
    return tuple(path.stem for path in _files(home))


def all_questions(home: Home, about: str | None = None) -> tuple[Question, ...]:
    """Return the questions of `home`, or those in whose texts each word of `about` occurs.

    Raises:
        OntologyError: A module is wrong.
    """
    found = kept_questions(cache_folder(), _files(home))
    return tuple(question for question in found if about is None or question.is_about(about))


def named(home: Home, name: str) -> Question:
    """Return the question `name`.

    Raises:
        CallerError: There is none.
        OntologyError: The module is wrong.
    """
    for path in _files(home):
        if path.stem == name:
            return read_question(path)
    known = names(home)
    near = near_names(name, known) or get_close_matches(name, known, n=3, cutoff=0.5)
    raise CallerError("question-unknown", where=name, known=", ".join(near or known))


def near_names(name: str, known: Sequence[str]) -> list[str]:
    """Return those of the names `known` that `name` is a slip for, the nearest first.

    >>> near_names("tasks-by-pilar", ["sums", "tasks-by-pillar"])
    ['tasks-by-pillar']
    """
    return get_close_matches(name, known, n=3, cutoff=0.7)


def is_free(said: Sequence[str], known: Sequence[str]) -> bool:
    """Tell whether `said` is a question in plain words, and not the name of a module or a slip for one.

    >>> is_free(["which projects are in Cat Hai?"], ["sums"]), is_free(["sum"], ["sums"]), is_free(["sums"], ["sums"])
    (True, False, False)
    """
    first, *rest = said
    if first in known:
        return False
    several = bool(rest) and not rest[0].startswith("-")
    return several or len(first.split()) > 1 or not near_names(first, known)


def _files(home: Home) -> list[Path]:
    return sorted(home.queries.glob("*/*.rq"))
