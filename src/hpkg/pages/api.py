"""The page of the REST interface: every operation with a form to try it.

Not for: answering.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from hpkg.messages import LANGUAGES
from hpkg.pages.environment import render
from hpkg.pages.links import document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.pages.links import Links
    from hpkg.questions.question import Question

__all__ = ["api_page"]


def api_page(questions: Sequence[Question], version: str, links: Links) -> str:
    """Return the page that shows what can be asked over HTTP, of a graph of this version."""
    subjects = [(name, list(group)) for name, group in groupby(questions, lambda question: question.subject)]
    return render("api.html", links, subjects=subjects, version=version, languages=LANGUAGES, document=document)
