"""The label of a work: its name as the text has it, slips mended, an abbreviation of its kind written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.document import squeeze
from hpkg.grammar.word import tokens

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.extract.correction import CorrectionReader
    from hpkg.extract.project.work import Head

__all__ = ["Labels", "capital"]


class Labels:
    """The labels of the works of one report."""

    def __init__(self, analysis: Analysis, corrections: CorrectionReader) -> None:
        """Take the words from `analysis`, with the slips that `corrections` knows mended."""
        self._analysis = analysis
        self._corrections = corrections

    def mend(self, start: int, end: int) -> str:
        """Return the characters `start` to `end` on one line, slips mended."""
        return self._corrections.mend(squeeze(self._analysis.text[start:end]), start)

    def of(self, head: Head, end: int) -> str:
        """Return the name that `head` begins and that ends at `end`."""
        label = self.mend(head.start, end)
        first = tokens(label)[0]
        if not first.text.isupper() or len(first.text) == 1:
            return label
        forms = self._analysis.lexicon.forms(head.kind)
        meant = [form for form in forms if not form.isupper() and _initials(form) == first.form]
        return f"{meant[0]} {label[first.end :].lstrip(' .')}" if len(meant) == 1 else label


def capital(label: str) -> str:
    """Return `label` with a capital."""
    return label[:1].upper() + label[1:]


def _initials(form: str) -> str:
    return "".join(word[0] for word in form.split()).lower()
