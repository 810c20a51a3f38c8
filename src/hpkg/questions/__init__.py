"""What is asked of the graph: question modules, their parameters, and answers with evidence.

Not for: the command line.
"""

from __future__ import annotations

from hpkg.questions.answer import Answer, Omission, Value
from hpkg.questions.asking import ask, omissions, tabulate
from hpkg.questions.catalogue import all_questions, named, names
from hpkg.questions.parameter import Choice, choices, resolve
from hpkg.questions.question import Column, Parameter, Question

__all__ = [
    "Answer",
    "Choice",
    "Column",
    "Omission",
    "Parameter",
    "Question",
    "Value",
    "all_questions",
    "ask",
    "choices",
    "named",
    "names",
    "omissions",
    "resolve",
    "tabulate",
]
